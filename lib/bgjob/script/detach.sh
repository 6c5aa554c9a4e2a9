# shellcheck shell=sh disable=SC2154 # a part of job.sh
# Passes on what the leader has said, and ends with that: java stops listening when this process ends, and would wait for it, at its own
# end, for 300 ms. So what starts the leader has to fork.
bgjob_relay() {
  printf '%s\n' "$bgjob_x"
  exit
}

# Starts the leader in a session of its own.
bgjob_detach() {
  exec 2>&1
  if command -v setsid >/dev/null 2>&1; then
    bgjob_x=$(setsid --fork "$bgjob_sh" "$0" record) && bgjob_relay # busybox's cannot fork
  fi
  if command -v perl >/dev/null 2>&1; then
    bgjob_x=$(exec perl -e 'use POSIX (); defined($_ = fork) or die "fork: $!\n"; exit if $_;
      POSIX::setsid() > 0 or die "setsid: $!\n"; exec { $ARGV[0] } @ARGV' "$bgjob_sh" "$0" record) && bgjob_relay
  fi
  if command -v python3 >/dev/null 2>&1; then
    bgjob_x=$(exec python3 -c 'import os, signal as s, sys
for n in (s.SIGPIPE, s.SIGXFSZ): s.signal(n, s.SIG_DFL)
if os.fork(): os._exit(0)
os.setsid(); os.execvp(sys.argv[1], sys.argv[1:])' "$bgjob_sh" "$0" record) && bgjob_relay
  fi
  if command -v setsid >/dev/null 2>&1; then exec setsid "$bgjob_sh" "$0" record; fi
  # No new session to be had: a process group of its own by job control, and a hang-up ignored, serve as well.
  # Not every shell has job control without a terminal, so more than one is asked.
  for bgjob_x in bash zsh ksh mksh "$bgjob_sh"; do
    command -v "$bgjob_x" >/dev/null 2>&1 || continue
    "$bgjob_x" -c 'set -m' 2>&1 | grep . >/dev/null && continue
    trap '' HUP
    # cat holds bgjob's ear open until the leader lets go of it; java stops listening when this process ends
    "$bgjob_x" -c 'set -m; "$@" & exit' "$bgjob_x" "$bgjob_sh" "$0" record | cat
    exit
  done
  bgjob_die "a job needs a process group of its own; install setsid (util-linux), perl, python3 or bash"
}
