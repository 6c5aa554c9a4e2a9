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
  bgjob_note "on_exit_status=$?" 2>/dev/null
}
