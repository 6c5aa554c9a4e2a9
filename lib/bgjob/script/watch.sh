# shellcheck shell=sh disable=SC2154 # a part of job.sh
# Ends the command when its time is up: TERM to the group, and after the grace KILL to all of it but the leader, which records.
# shellcheck disable=SC2317 # job.sh calls it, in the background
bgjob_watch() {
  trap '' HUP INT QUIT USR1 USR2
  bgjob_wait "$bgjob_timeout"
  trap '' TERM # the next one is our own
  printf '%s\n' "timeout_at=$(date -u +%Y-%m-%dT%H:%M:%SZ)" "timeout_signal=TERM" >>"$bgjob_meta" 2>/dev/null
  kill -s TERM -- "-$$" 2>/dev/null
  bgjob_wait "$bgjob_grace"
  { read -r bgjob_self bgjob_x </proc/self/stat; } 2>/dev/null || bgjob_self=
  for bgjob_n in 1 2 3; do # what is forked meanwhile is met in the next round
    if [ -n "$bgjob_self" ]; then
      for bgjob_x in /proc/[0-9]*/stat; do
        { IFS= read -r bgjob_y <"$bgjob_x"; } 2>/dev/null || continue
        # shellcheck disable=SC2086
        set -- ${bgjob_y##*') '}
        bgjob_x=${bgjob_x#/proc/}
        bgjob_kill "${bgjob_x%/stat}" "$3"
      done
    else
      ps -A -o pid= -o pgid= 2>/dev/null | while read -r bgjob_x bgjob_y; do bgjob_kill "$bgjob_x" "$bgjob_y"; done
    fi
  done
}

# bgjob_kill PID GROUP
bgjob_kill() {
  [ "$2" = $$ ] && [ "$1" != $$ ] && [ "$1" != "$bgjob_self" ] && kill -s KILL "$1" 2>/dev/null
}

# Sleeps; the leader ends it with TERM when the command has ended.
bgjob_wait() {
  bgjob_x=
  trap '[ -z "$bgjob_x" ] || kill "$bgjob_x" 2>/dev/null; exit 0' TERM
  sleep "$1" &
  bgjob_x=$!
  wait "$bgjob_x" || exit 0
}
