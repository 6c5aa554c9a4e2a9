# shellcheck shell=sh disable=SC2154,SC2034 # a part of job.sh
# For a leader that Slurm starts: `sbatch … THIS slurm`. The record is there since the submission; a leader that finds none was given up.
# jobs/ID.slurm is this process's standard output and holds what Slurm itself says of the job, so that the log has the command's words alone.
bgjob_remote=slurm
bgjob_allocated() {
  [ -n "${SLURM_JOB_ID-}" ] || bgjob_die "Slurm starts this, by sbatch. By hand: sh $0"
  [ -z "${SLURM_ARRAY_TASK_ID-}" ] || bgjob_mode=task
  bgjob_n=0 # a shared file system may show late what another machine wrote; and two machines should not write at the same moment
  until grep -q '^slurm_job_id=' "$bgjob_meta" 2>/dev/null || [ "$bgjob_n" -ge 50 ]; do
    bgjob_n=$((bgjob_n + 1))
    sleep 0.1 2>/dev/null || { sleep 1 && bgjob_n=$((bgjob_n + 9)); }
  done
  [ -e "$bgjob_meta" ] || bgjob_die "$bgjob_meta is not there: the job was given up, or $bgjob_dir is not the same directory on this node"
  if [ "$bgjob_mode" = task ]; then
    grep -q '^slurm_job_id=' "$bgjob_meta" || bgjob_die "the job was given up" # its number is noted when all of it is submitted
    bgjob_task
  fi
  [ ! -e "$bgjob_dir/$bgjob_id.exit" ] || bgjob_die "$bgjob_id has ended already; a job runs once"
  bgjob_anew=
  if grep -q '^pid=' "$bgjob_meta"; then # Slurm put it into its queue again
    bgjob_attempt=$(grep '^attempt=' "$bgjob_meta" | tail -n 1)
    bgjob_attempt=${bgjob_attempt#attempt=}
    BGJOB_ATTEMPT=$((${bgjob_attempt:-1} + 1))
    bgjob_anew="attempt=$BGJOB_ATTEMPT"
  fi
}

bgjob_joined() {
  bgjob_slurm=$SLURM_JOB_ID
  ! grep -q -x "slurm_job_id=$bgjob_slurm" "$bgjob_meta" || bgjob_slurm=
  bgjob_n=1
  printf '%s\n' ${bgjob_anew:+"$bgjob_anew"} ${bgjob_slurm:+"slurm_job_id=$bgjob_slurm"} "node=${SLURMD_NODENAME:-$(uname -n)}" \
    "partition=${SLURM_JOB_PARTITION-}" "git_dirty=$bgjob_dirty" "pid=$$" "pgid=$bgjob_pgid" "sid=$bgjob_sid" "start_time=$bgjob_start" \
    "boot_id=$bgjob_boot" "started=$(date -u +%Y-%m-%dT%H:%M:%SZ)" >>"$bgjob_meta" &&
    printf '%s\n' "$$" >"$bgjob_x.pid" && mv -f "$bgjob_x.pid" "$bgjob_dir/" && bgjob_n=0
  [ "$bgjob_n" = 0 ] && return
  rm -f "$bgjob_x.pid"
  bgjob_die "the record could not be written" >&3
}

# Slurm warns by XCPU some time before its own limit.
# shellcheck disable=SC2317 # a trap calls it
bgjob_warned() {
  grep -q -e '^stop_signal=' -e '^timeout_signal=' "$bgjob_meta" 2>/dev/null && return
  printf '%s\n' "timeout_at=$(date -u +%Y-%m-%dT%H:%M:%SZ)" "timeout_by=Slurm" "timeout_signal=TERM" >>"$bgjob_meta" 2>/dev/null
  [ -z "$bgjob_child" ] || kill -s TERM -- "-$$" 2>/dev/null
}

bgjob_leaving() {
  bgjob_why
  # jobs that wait in Slurm for this one to be completed go by the status of this shell
  [ "$bgjob_rc" -ne 0 ] || ! grep -q -e '^stop_signal=' -e '^timeout_signal=' "$bgjob_meta" || bgjob_status=143
}

# Why Slurm sent a signal, if it did, stands in what its step daemon wrote before, since this leader began. The command may have had it and
# ended, with any status, before this shell gets its own.
bgjob_why() {
  ! grep -q -e '^stop_signal=' "$bgjob_meta" 2>/dev/null || return 0
  bgjob_said=
  [ -r "$bgjob_dir/jobs/$bgjob_id.slurm" ] || return 0
  while IFS= read -r bgjob_x || [ -n "$bgjob_x" ]; do
    case $bgjob_x in "recorded $$ "*) bgjob_said= ;; *'*** JOB '*' ***'*) bgjob_said=$bgjob_x ;; esac
  done <"$bgjob_dir/jobs/$bgjob_id.slurm"
  bgjob_now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  case $bgjob_said in
    '') ;;
    *'DUE TO JOB REQUEUE'* | *'DUE TO NODE FAILURE'* | *'DUE TO PREEMPTION'*)
      printf '%s\n' "attempt_exit=$bgjob_rc" "attempt_ended=$bgjob_now" "retry_delay=0" >>"$bgjob_meta" 2>/dev/null
      exit "$bgjob_rc" # no ending: Slurm says whether it begins again
      ;;
    *'DUE TO TIME LIMIT'*)
      grep -q '^timeout_signal=' "$bgjob_meta" 2>/dev/null ||
        printf '%s\n' "timeout_at=$bgjob_now" "timeout_by=Slurm" "timeout_signal=TERM" >>"$bgjob_meta" 2>/dev/null
      ;;
    *) printf '%s\n' "stop_at=$bgjob_now" "stop_by=Slurm" "stop_reason=Slurm cancelled it" "stop_signal=TERM" >>"$bgjob_meta" 2>/dev/null ;;
  esac
}
