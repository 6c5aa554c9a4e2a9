# shellcheck shell=sh disable=SC2154 # a part of job.sh
# Whether the command is run again, after the wait. An ending that somebody asked for is no failure.
bgjob_again() {
  [ "$bgjob_rc" -ne 0 ] && [ "$bgjob_tries" -lt "$bgjob_retry" ] && { [ -z "$bgjob_told" ] || [ -n "$bgjob_late" ]; } || return 1
  case $bgjob_retry_on- in -) ;; *) case " $bgjob_retry_on " in *" $bgjob_rc "*) ;; *) return 1 ;; esac ;; esac
  ! grep -q '^stop_signal=' "$bgjob_meta" 2>/dev/null || return 1
  bgjob_tries=$((bgjob_tries + 1))
  bgjob_note "attempt_exit=$bgjob_rc" "attempt_ended=$(date -u +%Y-%m-%dT%H:%M:%SZ)" "retry_delay=$bgjob_delay" 2>/dev/null
  [ -z "$bgjob_late" ] || bgjob_got='' bgjob_told='' bgjob_late='' # else a signal that comes from here on counts
  bgjob_listen
  sleep "$bgjob_delay" &
  bgjob_child=$!
  [ "${bgjob_got:-0}" -eq 0 ] || kill -s KILL "$bgjob_child" 2>/dev/null # it may have been started deaf
  bgjob_wait "$bgjob_child" && [ "$bgjob_st" -eq 0 ] || return 1
  ! grep -q '^stop_signal=' "$bgjob_meta" 2>/dev/null || return 1
  bgjob_delay=$((bgjob_delay * 2))
  [ "$bgjob_delay" -le 3600 ] || bgjob_delay=3600
  BGJOB_ATTEMPT=$((BGJOB_ATTEMPT + 1))
  export BGJOB_ATTEMPT
  printf '\n--- bgjob: attempt %s, after exit %s ---\n' "$BGJOB_ATTEMPT" "$bgjob_rc"
  bgjob_note "attempt=$BGJOB_ATTEMPT" 2>/dev/null
  [ ! -s "$BGJOB_PROGRESS" ] || [ -L "$BGJOB_PROGRESS" ] || true >"$BGJOB_PROGRESS" # it begins anew
}
# A stop that was noted behind the look above found no process to signal yet.
bgjob_late_stop() {
  [ "$bgjob_tries" -gt 0 ] || return 0
  bgjob_x=$(sed -n 's/^stop_signal=//p' "$bgjob_meta" 2>/dev/null | tail -n 1)
  [ -z "$bgjob_x" ] || {
    kill -s "$bgjob_x" "$bgjob_child" 2>/dev/null
    bgjob_insist "$bgjob_x"
  }
}
bgjob_tries=0 bgjob_delay=$bgjob_retry_delay
