# shellcheck shell=sh
# names.sh DIR WORD: prints the labels that begin with WORD and, where WORD reaches beyond one, its job ids; the newest
# first, fifty at most. DIR is the value of --dir, or empty. Part of the completion scripts, which must not wait for Java.
bgjob_dir=${1:-${BGJOB_DIR-}}
if [ -z "$bgjob_dir" ]; then
  # as bgjob itself: the innermost git work tree, else the current directory
  bgjob_dir=$(pwd -P)
  bgjob_at=$bgjob_dir
  while :; do
    if [ -e "$bgjob_at/.git/HEAD" ] || [ -f "$bgjob_at/.git" ]; then bgjob_dir=$bgjob_at; break; fi
    [ -n "$bgjob_at" ] || break
    bgjob_at=${bgjob_at%/*}
  done
  bgjob_dir=$bgjob_dir/.logs
fi
bgjob_index=$bgjob_dir/index
# Where there is an index of ids, and it is as old as its directory, its first pages hold those of the newest 512 jobs (docs/files.md).
bgjob_first=
# shellcheck disable=SC3013 # -nt: POSIX since 2024, known to every shell for long
if [ -e "$bgjob_index/stamp" ] && [ -e "$bgjob_index/older" ] && [ "$bgjob_index/newer" -nt "$bgjob_index/older" ] &&
  ! [ "$bgjob_dir" -nt "$bgjob_index/stamp" ] && ! [ "$bgjob_index/stamp" -nt "$bgjob_dir" ]; then
  { read -r bgjob_first && read -r bgjob_first && read -r bgjob_first; } <"$bgjob_index/ids" 2>/dev/null || bgjob_first=
  case $bgjob_first in *[!0-9]*) bgjob_first= ;; esac
fi
bgjob_ids() {
  case $1-$bgjob_first in
    *-) # every job has a script there, and one file is quicker to list than its four others
      command ls -f -- "$bgjob_dir/jobs" || command ls -- "$bgjob_dir/jobs" ;;
    newest-*) command cat "$bgjob_index/new" && command dd bs=1024 count="$bgjob_first" <"$bgjob_index/ids" ;;
    *) command dd bs=1024 skip="$bgjob_first" <"$bgjob_index/ids" ;;
  esac 2>/dev/null
}
bgjob_pick() {
  LC_ALL=C bgjob_word=$1 command awk '
  function keep(name, key,  i) {
    if (kept == most && key <= keys[kept]) return
    if (kept < most) kept++
    for (i = kept; i > 1 && keys[i - 1] < key; i--) { keys[i] = keys[i - 1]; names[i] = names[i - 1] }
    keys[i] = key; names[i] = name
  }
  BEGIN {
    most = 50; word = ENVIRON["bgjob_word"]; d = "[0-9][0-9]"
    id = "_" d d d d "_" d d d "(_[0-9]+)?([.]sh)?$"
  }
  index($0, word) == 1 && match($0, id) {
    label = substr($0, 1, RSTART - 1)
    key = substr($0, RSTART + 1, 15) sprintf("%9d", substr($0, RSTART + 17) + 0)
    if (length(word) <= length(label)) { if (key > newest[label]) newest[label] = key }
    else { sub(/[.]sh$/, ""); keep($0, key) }
  }
  END {
    for (label in newest) keep(label, newest[label])
    for (i = 1; i <= kept; i++) print names[i]
  }'
}
bgjob_names=$(bgjob_ids newest | bgjob_pick "$2")
# what none of the newest fits is looked for among all
if [ -z "$bgjob_names" ] && [ -n "$bgjob_first" ]; then bgjob_names=$(bgjob_ids all | bgjob_pick "$2"); fi
[ -z "$bgjob_names" ] || printf '%s\n' "$bgjob_names"
