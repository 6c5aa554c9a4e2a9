# shellcheck shell=sh disable=SC2154 # a part of job.sh
# Ends the command when its time is up: TERM to the group, and after the grace KILL to all of it but the leader, which records.
# shellcheck disable=SC2317 # job.sh calls it, in the background
bgjob_watch() {
  trap '' HUP INT QUIT USR1 USR2
  trap '[ "$!" = "$bgjob_child" ] || kill -s KILL "$!" 2>/dev/null; exit 0' TERM # KILL, since dash loses others in a fork; from the leader, when the command has ended in time
  kill -0 "$bgjob_child" 2>/dev/null || exit 0 # it has ended already, and a TERM from before the trap is lost
  sleep "$bgjob_timeout" &
  bgjob_x=$!
  bgjob_wait "$bgjob_x" && [ "$bgjob_st" -eq 0 ] || exit 0
  trap '' TERM
  { read -r bgjob_self bgjob_x </proc/self/stat; } 2>/dev/null || bgjob_self=$(exec sh -c 'echo "$PPID"')
  bgjob_note "timeout_at=$(date -u +%Y-%m-%dT%H:%M:%SZ)" "timeout_signal=TERM" 2>/dev/null
  kill -s TERM -- "-$$" 2>/dev/null
  bgjob_n=0 bgjob_nap=0.1
  while bgjob_others group && [ "$bgjob_n" -lt "$bgjob_grace" ]; do
    sleep $bgjob_nap 2>/dev/null || sleep 1
    [ $bgjob_nap = 0.1 ] || bgjob_n=$((bgjob_n + 1))
    bgjob_nap=1
  done
  while bgjob_others group; do # what is forked meanwhile is met in the next round
    # shellcheck disable=SC2086
    kill -s KILL $bgjob_left 2>/dev/null || return 0
  done
}
