# shellcheck shell=sh disable=SC2154 # a part of job.sh
# Ends the command when its time is up: TERM to the group, and after the grace KILL to all of it but the leader, which records.
# shellcheck disable=SC2317 # job.sh calls it, in the background
bgjob_watch() {
  trap '' HUP INT QUIT USR1 USR2
  bgjob_x=
  trap '[ -z "$bgjob_x" ] || kill "$bgjob_x" 2>/dev/null; exit 0' TERM # from the leader, when the command has ended in time
  sleep "$bgjob_timeout" &
  bgjob_x=$!
  bgjob_wait "$bgjob_x" && [ "$bgjob_st" -eq 0 ] || exit 0
  trap '' TERM
  { read -r bgjob_self bgjob_x </proc/self/stat; } 2>/dev/null || bgjob_self=$(exec sh -c 'echo "$PPID"')
  bgjob_note "timeout_at=$(date -u +%Y-%m-%dT%H:%M:%SZ)" "timeout_signal=TERM" 2>/dev/null
  kill -s TERM -- "-$$" 2>/dev/null
  bgjob_n=0 bgjob_nap=0.1
  while bgjob_others && [ "$bgjob_n" -lt "$bgjob_grace" ]; do
    sleep $bgjob_nap 2>/dev/null || sleep 1
    [ $bgjob_nap = 0.1 ] || bgjob_n=$((bgjob_n + 1))
    bgjob_nap=1
  done
  while bgjob_others; do # what is forked meanwhile is met in the next round
    # shellcheck disable=SC2086
    kill -s KILL $bgjob_left 2>/dev/null || return 0
  done
}

# Whether the group has others than the leader and the watcher; their ids are in bgjob_left.
bgjob_others() {
  bgjob_left=
  if [ -r /proc/self/stat ]; then
    for bgjob_x in /proc/[0-9]*/stat; do
      { IFS= read -r bgjob_y <"$bgjob_x"; } 2>/dev/null || continue
      bgjob_x=${bgjob_x#/proc/}
      # shellcheck disable=SC2086
      set -- ${bgjob_y##*') '}
      [ "$1" = Z ] || bgjob_other "${bgjob_x%/stat}" "$3"
    done
  else
    # shellcheck disable=SC2046
    set -- $(ps -A -o pid= -o pgid= 2>/dev/null)
    while [ $# -gt 1 ]; do
      bgjob_other "$1" "$2"
      shift 2
    done
  fi
  [ -n "$bgjob_left" ]
}

# bgjob_other PID GROUP
bgjob_other() {
  if [ "$2" = $$ ] && [ "$1" != $$ ] && [ "$1" != "$bgjob_self" ]; then bgjob_left="$bgjob_left $1"; fi
}
