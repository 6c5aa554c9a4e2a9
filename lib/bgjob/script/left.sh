# shellcheck shell=sh disable=SC2154 # a part of job.sh
# Whether the job has processes beside the leader and bgjob_self; their ids are in bgjob_left. `group`: only those of the group; else also
# those of the session, and those that left it and carry the job's mark. grep reads /proc ten times faster than a shell does.
bgjob_others() {
  bgjob_left=
  if ! [ -r /proc/self/stat ]; then
    # shellcheck disable=SC2046
    set -- $(ps -A -o pid= -o pgid= 2>/dev/null)
    while [ $# -gt 1 ]; do
      if [ "$2" = $$ ] && [ "$1" != $$ ] && [ "$1" != "$bgjob_self" ] && kill -0 "$1" 2>/dev/null; then bgjob_left="$bgjob_left $1"; fi
      shift 2
    done
  elif [ "${1-}" = group ]; then
    bgjob_pick "$(grep -slE "\\) [A-Y] [0-9]+ $$ " /proc/[0-9]*/stat 2>/dev/null)"
  else
    bgjob_pick "$(grep -slE "\\) [A-Y] [0-9]+ ($$|[0-9]+ $$) |BGJOB_ID=$bgjob_id" /proc/[0-9]*/stat /proc/[0-9]*/environ 2>/dev/null)"
  fi
  [ -n "$bgjob_left" ]
}

# Looks again, since grep saw itself, too, and others' marks that only begin like this one.
bgjob_pick() {
  for bgjob_x in $1; do
    bgjob_x=${bgjob_x#/proc/}
    bgjob_x=${bgjob_x%/*}
    case " $$ $bgjob_self$bgjob_left " in *" $bgjob_x "*) continue ;; esac
    { IFS= read -r bgjob_y <"/proc/$bgjob_x/stat"; } 2>/dev/null || continue
    # shellcheck disable=SC2086
    set -- ${bgjob_y##*') '}
    if [ "$1" = Z ]; then
      :
    elif [ "$3" = $$ ] || [ "$4" = $$ ]; then
      bgjob_left="$bgjob_left $bgjob_x"
    elif [ "$({ tr '\0' '\n' <"/proc/$bgjob_x/environ"; } 2>/dev/null | grep -cxF -e "BGJOB_ID=$bgjob_id" -e "BGJOB_DIR=$bgjob_dir")" -ge 2 ]; then
      bgjob_left="$bgjob_left $bgjob_x"
    fi
  done
}

# What the command has left is recorded, and goes on. What only takes a moment to end has that; what a stop was to end is its affair.
bgjob_look() {
  bgjob_self=$$
  # Most commands are short and start few processes, whose ids follow the leader's; if none of them is there, nothing has to be read.
  { read -r bgjob_x bgjob_x bgjob_x bgjob_x bgjob_y </proc/loadavg; } 2>/dev/null || bgjob_y=0
  if [ -n "$bgjob_now" ] && [ -n "$bgjob_up" ] && [ $((${bgjob_now%.*} - ${bgjob_up%.*})) -lt 10 ] && [ "$bgjob_y" -ge $$ ] &&
    [ $((bgjob_y - $$)) -lt 100 ]; then
    bgjob_x=$$
    while bgjob_x=$((bgjob_x + 1)) && [ "$bgjob_x" -le "$bgjob_y" ] && ! [ -d "/proc/$bgjob_x" ]; do :; done
    [ "$bgjob_x" -le "$bgjob_y" ] || return 0
  fi
  for bgjob_n in 0.1 0.2 ''; do
    bgjob_others || return 0
    [ -z "$bgjob_n" ] || { bgjob_was=$bgjob_left && { sleep "$bgjob_n" 2>/dev/null || sleep 1; }; }
  done
  ! grep -q '^stop_signal=' "$bgjob_meta" 2>/dev/null || return 0
  set --
  for bgjob_x in $bgjob_left; do # not what one of them starts every moment
    case "$bgjob_was " in *" $bgjob_x "*) set -- "$@" "$bgjob_x" ;; esac
  done
  # shellcheck disable=SC2086
  [ $# -gt 0 ] || set -- $bgjob_left
  for bgjob_x in "$@"; do
    { IFS= read -r bgjob_y <"/proc/$bgjob_x/stat"; } 2>/dev/null || bgjob_y='(?)'
    bgjob_y=${bgjob_y#*'('}
    bgjob_note "left_process=$bgjob_x ${bgjob_y%')'*}"
  done 2>/dev/null
  bgjob_note "left=$#" 2>/dev/null
}
