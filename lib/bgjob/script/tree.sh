# shellcheck shell=sh disable=SC2154 # a part of job.sh
# Removes the job's worktree when all is over: first what git knows of it, so that no end in between leaves git a worktree that is not there.
# What the command has left running may still need it; it then stays for `bgjob prune`.
bgjob_fell() {
  ! grep -q '^left=' "$bgjob_meta" 2>/dev/null && [ -d "$bgjob_tree" ] && [ ! -L "$bgjob_tree" ] || return 0
  if [ -f "$bgjob_tree/.git" ] && IFS= read -r bgjob_x <"$bgjob_tree/.git"; then
    bgjob_x=${bgjob_x#gitdir: }
    case $bgjob_x in
      /*/worktrees/*)
        if [ -f "$bgjob_x/gitdir" ] && IFS= read -r bgjob_y <"$bgjob_x/gitdir" && [ "$bgjob_y" = "$bgjob_tree/.git" ]; then
          rm -rf "$bgjob_x"
          rmdir "${bgjob_x%/*}" # the last one
        fi
        ;;
    esac
  fi
  rm -rf "$bgjob_tree" || { chmod -R u+rwX "$bgjob_tree" && rm -rf "$bgjob_tree"; }
} 2>/dev/null
