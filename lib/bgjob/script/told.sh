# shellcheck shell=sh disable=SC2154 # a part of job.sh
# dash loses a signal that meets its fork before that has dropped the traps: a fork that is not the command yet is told again.
# shellcheck disable=SC2317 # traps call it
bgjob_insist() {
  bgjob_m=0
  while [ "$bgjob_m" -lt 100 ] && bgjob_unborn; do
    sleep 0.02 2>/dev/null || sleep 1
    kill "-$1" "$bgjob_child" 2>/dev/null || return 0
    bgjob_m=$((bgjob_m + 1))
  done
}
# The last line of the words it runs by, which a shell reads without the bytes between them. A batch goes on in its fork.
# shellcheck disable=SC2317 # traps call it
bgjob_unborn() {
  { while IFS= read -r bgjob_w; do :; done <"/proc/$bgjob_child/cmdline"; } 2>/dev/null || return
  case $bgjob_w in *"/$bgjob_id.sh$bgjob_mode") [ -z "${bgjob_batch_dir-}" ] || [ ! -s "$BGJOB_PROGRESS" ] ;; *) return 1 ;; esac
}
