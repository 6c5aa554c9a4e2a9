# shellcheck shell=sh disable=SC2154,SC2317 # a part of job.sh; line.sh calls it
bgjob_over() {
  ! bgjob_lives "$bgjob_target"
}
# How a target ended: the word for it is in bgjob_word, its exit status in bgjob_x.
bgjob_judge() {
  bgjob_word='' bgjob_x=
  while IFS= read -r bgjob_y; do
    case $bgjob_y in
      stop_signal=* | not_run=*) bgjob_word=stopped ;;
      timeout_signal=*) bgjob_word=timed-out ;;
      attempt=*) bgjob_word= ;;
      exit=*)
        bgjob_x=${bgjob_y#*=}
        break
        ;;
    esac
  done 2>/dev/null <"$bgjob_dir/$bgjob_target.meta"
  { read -r bgjob_y <"$bgjob_dir/$bgjob_target.exit"; } 2>/dev/null && bgjob_x=$bgjob_y
  case $bgjob_x-$bgjob_word in
    -*) bgjob_word='without a record of its ending' ;;
    0-) bgjob_word=completed ;;
    75-) bgjob_word=paused ;;
    *-) bgjob_word=failed ;;
  esac
}

# bgjob_mark COMMAND: sets or takes away the marks that keep what it waits for from being pruned.
bgjob_mark() {
  for bgjob_x in $bgjob_steps; do
    case $bgjob_x in
      after:*)
        bgjob_x=${bgjob_x#after:}
        "$1" "$bgjob_dir/jobs/${bgjob_x%:*}.waiters"
        ;;
    esac
  done
}
# shellcheck disable=SC2317
bgjob_set() {
  (umask 077 && mkdir -p "$1" && true >"$1/for.$bgjob_id") 2>/dev/null
}
# shellcheck disable=SC2317
bgjob_unset() {
  rm -f "$1/for.$bgjob_id"
}
bgjob_mark bgjob_set
