# shellcheck shell=sh disable=SC2154,SC2034 # a part of job.sh
# A batch on Slurm: `sbatch --array … THIS task` has each task run every so many-th item; `sbatch … THIS slurm`, which waits for all of them, sums up.
# Tasks of several nodes write to the same files, so each does it under a lock: not every shared file system can append.
bgjob_lock() {
  bgjob_n=0
  until mkdir "$bgjob_batch_dir/lock" 2>/dev/null; do
    bgjob_n=$((bgjob_n + 1))
    [ "$bgjob_n" -lt 200 ] || break # whoever holds it for ten seconds was killed
    sleep 0.05 2>/dev/null || sleep 1
  done
}
bgjob_unlock() {
  rmdir "$bgjob_batch_dir/lock" 2>/dev/null
}

bgjob_task() {
  bgjob_umask=$(umask)
  umask 077
  exec </dev/null 2>/dev/null
  bgjob_quit='' bgjob_reset='' bgjob_worst=0 bgjob_nth=-1
  trap 'bgjob_quit=15' TERM
  trap 'bgjob_quit=1' HUP
  trap 'bgjob_quit=2' INT
  trap 'bgjob_quit=3' QUIT
  trap : USR1 USR2
  bgjob_out=$bgjob_batch_dir/.out.$SLURM_ARRAY_TASK_ID
  rm -f "$bgjob_out"
  bgjob_lock
  grep -q '^started=' "$bgjob_meta" ||
    printf '%s\n' "node=${SLURMD_NODENAME-}" "partition=${SLURM_JOB_PARTITION-}" "started=$(date -u +%Y-%m-%dT%H:%M:%SZ)" >>"$bgjob_meta"
  bgjob_unlock
  bgjob_prepare
  BGJOB_LOG=$bgjob_out
  # shellcheck disable=SC2317 # bgjob_item calls it
  bgjob_keep() {
    bgjob_lock
    [ ! -s "$bgjob_out" ] || cat "$bgjob_out" >>"$bgjob_dir/$bgjob_id.log"
    printf '%s\n' "$1" >>"$bgjob_batch_dir/results"
    printf '%s\n' "$2" >>"$BGJOB_PROGRESS"
    bgjob_unlock
    rm -f "$bgjob_out"
  }
  # shellcheck disable=SC2317 # the items file calls it
  bgjob_i() {
    bgjob_nth=$((bgjob_nth + 1))
    [ $((bgjob_nth % SLURM_ARRAY_TASK_COUNT)) -eq "$SLURM_ARRAY_TASK_ID" ] || return 0
    [ -z "$bgjob_quit" ] || exit "$bgjob_worst"
    [ ! -e "$bgjob_batch_dir/$1.log" ] || return 0 # this task was put back, and the item had been begun
    { bgjob_item "$@"; } >"$bgjob_batch_dir/$1.log"
  }
  set -C
  # shellcheck source=/dev/null
  . "$bgjob_batch_dir/items"
  exit "$bgjob_worst"
}

# What Slurm says of the array's tasks but those that it calls completed, `3 CANCELLED, 1 NODE_FAIL` say, is in bgjob_verdict; nothing where it
# has forgotten them or its programs are not on this node.
bgjob_asks() {
  bgjob_n=0
  bgjob_x=$(sed -n 's/^slurm_array=//p' "$bgjob_meta" | tail -n 1)
  [ -n "$bgjob_x" ] || return 0
  while [ "$bgjob_n" -lt 10 ]; do # what is being tidied up is not called by how it ended yet
    bgjob_y=$(
      unset SQUEUE_ACCOUNT SQUEUE_LICENSES SQUEUE_NAMES SQUEUE_PARTITION SQUEUE_QOS SQUEUE_USERS SQUEUE_FEDERATION SQUEUE_SIBLING
      squeue -h -r -t all -j "$bgjob_x" -o %T 2>/dev/null
    )
    case $bgjob_y in *COMPLETING*) ;; *) break ;; esac
    bgjob_n=$((bgjob_n + 1))
    sleep 1
  done
  [ -n "$bgjob_y" ] || bgjob_y=$(sacct -n -P -X -j "$bgjob_x" -o state 2>/dev/null)
  bgjob_verdict=$(printf '%s\n' "$bgjob_y" | sed -e 's/ .*//' -e '/^COMPLETED$/d' -e '/^$/d' | sort | uniq -c | {
    bgjob_y=
    while read -r bgjob_n bgjob_x; do bgjob_y="$bgjob_y${bgjob_y:+, }$bgjob_n $bgjob_x"; done
    printf '%s' "$bgjob_y"
  })
}

[ "$bgjob_mode" != slurm ] || bgjob_main() {
  bgjob_unlock
  rm -f "$bgjob_batch_dir"/.out.*
  bgjob_sum
  [ "$bgjob_ok" -lt "$bgjob_count" ] || exit 0
  bgjob_verdict=
  grep -q '^stop_signal=' "$bgjob_meta" || bgjob_asks
  case $bgjob_verdict-$((bgjob_count - bgjob_ok - bgjob_bad - bgjob_again)) in
    *CANCELLED*) ;;
    *-0) bgjob_verdict= ;; # the items tell it themselves
    *FAILED*) # the only beginning in the record may be this one's
      [ "$(grep -c '^started=' "$bgjob_meta")" -gt 1 ] ||
        bgjob_verdict="$bgjob_verdict, none of which began; is its directory on a file system that all nodes share?"
      ;;
  esac
  printf '%s\n' "items_ok=$bgjob_ok" "items_failed=$bgjob_bad" "items_paused=$bgjob_again" ${bgjob_verdict:+"items_said=$bgjob_verdict"} >>"$bgjob_meta"
  ! grep -q '^stop_signal=' "$bgjob_meta" || exit 143
  case $bgjob_verdict in
    *CANCELLED*)
      printf '%s\n' "stop_at=$(date -u +%Y-%m-%dT%H:%M:%SZ)" "stop_by=Slurm" "stop_reason=Slurm cancelled its array" "stop_signal=TERM" >>"$bgjob_meta"
      exit 143
      ;;
  esac
  [ $((bgjob_ok + bgjob_again)) -lt "$bgjob_count" ] || exit 75
  exit 123
}
