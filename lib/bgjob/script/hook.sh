# shellcheck shell=sh disable=SC2154 # a part of job.sh
# Runs what was asked for at the end, once, when the ending is recorded; its output goes into the log.
bgjob_tell() {
  umask "$bgjob_umask"
  (
    cd "$bgjob_cwd" 2>/dev/null || cd /
    trap - TERM HUP INT QUIT USR1 USR2
    BGJOB_EXIT=$bgjob_rc
    export BGJOB_EXIT
    exec "$bgjob_sh" -c "$bgjob_hook"
  )
  bgjob_x=$?
  umask 077
  [ ! -e "$bgjob_meta" ] || bgjob_note "on_exit_status=$bgjob_x" 2>/dev/null # a record that was removed meanwhile does not come back
}
