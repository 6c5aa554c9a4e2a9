# shellcheck shell=sh disable=SC2154 # a part of job.sh
# Whether the command is run again, after the wait. An ending that somebody asked for is no failure.
bgjob_again() {
  [ "$bgjob_rc" -ne 0 ] && [ "$bgjob_tries" -lt "$bgjob_retry" ] && { [ -z "$bgjob_cut" ] || [ -n "$bgjob_late" ]; } || return 1
  case $bgjob_retry_on- in -) ;; *) case " $bgjob_retry_on " in *" $bgjob_rc "*) ;; *) return 1 ;; esac ;; esac
  ! grep -q '^stop_signal=' "$bgjob_meta" 2>/dev/null || return 1
  bgjob_tries=$((bgjob_tries + 1))
  bgjob_note "attempt_exit=$bgjob_rc" "attempt_ended=$(date -u +%Y-%m-%dT%H:%M:%SZ)" "retry_delay=$bgjob_delay" 2>/dev/null
  bgjob_got='' bgjob_late=''
  bgjob_listen
  sleep "$bgjob_delay" &
  bgjob_child=$!
  wait "$bgjob_child" 2>/dev/null || return 1
  ! grep -q '^stop_signal=' "$bgjob_meta" 2>/dev/null || return 1
  bgjob_delay=$((bgjob_delay * 2))
  [ "$bgjob_delay" -le 3600 ] || bgjob_delay=3600
  BGJOB_ATTEMPT=$((BGJOB_ATTEMPT + 1))
  export BGJOB_ATTEMPT
  printf '\n--- bgjob: attempt %s, after exit %s ---\n' "$BGJOB_ATTEMPT" "$bgjob_rc"
  bgjob_note "attempt=$BGJOB_ATTEMPT" 2>/dev/null
}
bgjob_tries=0 bgjob_delay=$bgjob_retry_delay
