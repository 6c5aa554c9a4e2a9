#!/bin/sh
# A bgjob job script (docs/files.md). By hand, `sh THIS` runs the command again and touches no record.
# recipe: cwd $'/it\'s a repo/sub\ndir' env 'A=b c' env EMPTY= env 'Q=it'\''s $HOME' -- '' ' ' 'a b' 'it'\''s' '"q"' '\' '\n' '$HOME' '$(id)' '`id`' '*' '?' '~' $'a\nb' $'\n' $'\t' 'é日' @ID@ @COMMAND@ @ -n -- '=ls' A=b %s '#' '!' '&' ';' '{a,b}'
[ -z "${ZSH_VERSION-}" ] || emulate sh
bgjob_mode=${1-}
bgjob_id=x_20260101_000000_2
bgjob_label=x
bgjob_dir='/it'\''s a repo/.logs'
bgjob_sh='/opt/my shell'
bgjob_cwd='/it'\''s a repo/sub
dir'
bgjob_git='/it'\''s a repo'
bgjob_venv='/it'\''s a repo/.venv/bin/activate'
bgjob_attempt=1 bgjob_tree='' bgjob_timeout='' bgjob_nice='' bgjob_retry='' bgjob_hook='' bgjob_most='' bgjob_notify=''
set -- '' ' ' 'a b' 'it'\''s' '"q"' '\' '\n' '$HOME' '$(id)' '`id`' '*' '?' '~' 'a
b' '
' '	' 'é日' @ID@ @COMMAND@ @ -n -- '=ls' A=b %s '#' '!' '&' ';' '{a,b}'

bgjob_new=$bgjob_dir/jobs/.$bgjob_id
bgjob_meta=$bgjob_dir/$bgjob_id.meta

# What every way of running prepares. Names start with bgjob_ so that none of the caller's variables changes.
bgjob_prepare() {
  export PYTHONUNBUFFERED=1 GH_PAGER=cat GIT_PAGER=cat
  cd "$bgjob_cwd" || exit 126
  # shellcheck source=/dev/null
  [ -z "$bgjob_venv" ] || . "$bgjob_venv"
}

# shellcheck disable=SC2016 # the programs in quotes are perl's and sh's own
# Becomes the command. env, never the shell itself, looks it up: `echo` is the program, not a builtin.
bgjob_become() {
  case $1 in *=*) set -- "$bgjob_sh" -c 'exec "$@"' "$bgjob_sh" "$@" ;; esac # env would take it for a variable
  set -- env -- 'A=b c' EMPTY= 'Q=it'\''s $HOME' "$@"
  case $bgjob_reset in
    env) set -- env --default-signal=INT,QUIT -- "$@" ;;
    perl) set -- perl -e '$SIG{INT} = $SIG{QUIT} = "DEFAULT"; exec { $ARGV[0] } @ARGV;
      print STDERR "bgjob: cannot run $ARGV[0]: $!\n"; exit($!{ENOENT} ? 127 : 126)' -- "$@" ;;
    python3) set -- python3 -c 'import os, signal as s, sys
for n in (s.SIGINT, s.SIGQUIT, s.SIGPIPE, s.SIGXFSZ): s.signal(n, s.SIG_DFL)
try: os.execvp(sys.argv[1], sys.argv[1:])
except OSError as e:
  sys.stderr.write("bgjob: cannot run %s: %s\n" % (sys.argv[1], e.strerror)); sys.exit(127 if e.errno == 2 else 126)' "$@" ;;
    *) set -- env -- "$@" ;;
  esac
  if command -v caffeinate >/dev/null 2>&1; then set -- caffeinate -i "$@"; fi
  [ -z "$bgjob_nice" ] || set -- nice -n "$bgjob_nice" "$@"
  exec "$@"
}
bgjob_main() { bgjob_become "$@"; } # a batch has another one

# The index of ids (docs/files.md) is only good while the directory is as old as its stamp. What changes here it knows of: if the stamp
# was right just before, it is set right afterwards. A shell that compares whole seconds cannot say, and lets it be.
bgjob_stamp=$bgjob_dir/index/stamp
bgjob_indexed() {
  # shellcheck disable=SC3013 # -nt: POSIX since 2024, known to every shell for long
  [ -e "$bgjob_stamp" ] && [ ! -L "$bgjob_stamp" ] && [ -e "$bgjob_dir/index/older" ] && [ "$bgjob_dir/index/newer" -nt "$bgjob_dir/index/older" ] &&
    ! [ "$bgjob_dir" -nt "$bgjob_stamp" ] && ! [ "$bgjob_stamp" -nt "$bgjob_dir" ]
}

bgjob_die() {
  printf '%s\n' "$1"
  exit 125
}

case $bgjob_mode in
  '') # by hand: nothing of the record is named, so nothing of it can be written
    unset BGJOB_ID BGJOB_LABEL BGJOB_DIR BGJOB_LOG BGJOB_ATTEMPT
    BGJOB_PROGRESS=/dev/null BGJOB_RESULT=/dev/null
    BGJOB_CHECKPOINT=$(mktemp -d 2>/dev/null) || BGJOB_CHECKPOINT=${TMPDIR:-/tmp}
    export BGJOB_PROGRESS BGJOB_RESULT BGJOB_CHECKPOINT
    bgjob_reset=
    bgjob_prepare </dev/null
    bgjob_main "$@" </dev/null
    ;;
  detach | record | "${bgjob_remote-}") ;;
  *) bgjob_die "usage: sh $0" ;;
esac

# Exported before the leader is exec'ed: its /proc/PID/environ is how a descendant that left the group is found.
BGJOB_ID=$bgjob_id BGJOB_LABEL=$bgjob_label BGJOB_DIR=$bgjob_dir BGJOB_LOG=$bgjob_dir/$bgjob_id.log
BGJOB_PROGRESS=$bgjob_dir/jobs/$bgjob_id.progress BGJOB_RESULT=$bgjob_dir/jobs/$bgjob_id.result
BGJOB_CHECKPOINT=$bgjob_dir/jobs/$bgjob_id.checkpoint BGJOB_ATTEMPT=$bgjob_attempt
export BGJOB_ID BGJOB_LABEL BGJOB_DIR BGJOB_LOG BGJOB_PROGRESS BGJOB_RESULT BGJOB_CHECKPOINT BGJOB_ATTEMPT

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

[ "$bgjob_mode" != detach ] || bgjob_detach

# From here on this process is the leader. Standard output is bgjob's ear until the record is made.
[ "$bgjob_mode" != slurm ] || bgjob_allocated
[ "$bgjob_mode" = slurm ] || [ ! -e "$bgjob_meta" ] || bgjob_die "$bgjob_id is already recorded; a job runs once. By hand: sh $0"
bgjob_umask=
{ while [ -z "$bgjob_umask" ] && read -r bgjob_x bgjob_y; do [ "$bgjob_x" != Umask: ] || bgjob_umask=$bgjob_y; done </proc/self/status; } 2>/dev/null
[ -n "$bgjob_umask" ] || bgjob_umask=$(umask)
umask 077
[ ! -L "$BGJOB_LOG" ] || bgjob_die "$BGJOB_LOG is a symbolic link, which is not written to"
exec 3>&1 2>&1 </dev/null >>"$BGJOB_LOG"

# proc_pid_stat(5): behind the name stand state, ppid, pgrp, session, … and, 20th, the start time in ticks.
bgjob_stat() {
  # shellcheck disable=SC2086
  set -- ${bgjob_x##*') '}
  bgjob_pgid=$3 bgjob_sid=$4
  shift 19
  bgjob_start=ticks:$1
}
if { IFS= read -r bgjob_x </proc/$$/stat; } 2>/dev/null; then
  bgjob_stat
else
  # shellcheck disable=SC2005,SC2046 # echo takes the blanks off
  bgjob_pgid=$(echo $(ps -o pgid= -p $$ 2>/dev/null)) bgjob_sid=
  # shellcheck disable=SC2005,SC2046 # echo takes the blanks off
  bgjob_start=$(echo $(LC_ALL=C TZ=UTC0 ps -o lstart= -p $$ 2>/dev/null))
  bgjob_start=${bgjob_start:+lstart:$bgjob_start}
fi
[ "$bgjob_pgid" = $$ ] || bgjob_die "process $$ leads no group of its own (its group is ${bgjob_pgid:-unknown})" >&3
{ IFS= read -r bgjob_boot </proc/sys/kernel/random/boot_id; } 2>/dev/null || bgjob_boot=$(sysctl -n kern.bootsessionuuid 2>/dev/null)
{ read -r bgjob_up bgjob_x </proc/uptime; } 2>/dev/null || bgjob_up=

bgjob_dirty=
if [ -n "$bgjob_git" ]; then
  bgjob_dirty=$(
    exec 3>&- # what git may leave in the background holds no ear open, and is no part of the job
    unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX BGJOB_ID BGJOB_DIR
    { cd "$bgjob_git" && GIT_OPTIONAL_LOCKS=0 git status --porcelain 2>/dev/null || echo unknown; } | {
      IFS= read -r bgjob_x || bgjob_x=
      case $bgjob_x in ('') echo false ;; (unknown) echo unknown ;; (*) echo true ;; esac
    }
  )
fi

# TERM or HUP sent to the leader alone reaches the whole group. `bgjob stop` signals the others itself and says so in the meta.
# Before there is a command, the signal is only noted, since the command would inherit what is ignored.
# shellcheck disable=SC2317 # traps call it
bgjob_forward() {
  [ -n "$bgjob_child" ] || return 0
  trap '' "$1"
  grep -q -e '^stop_signal=' -e '^timeout_signal=' "$bgjob_meta" 2>/dev/null || kill -s "$1" -- "-$$" 2>/dev/null
  bgjob_insist "$1"
}
bgjob_listen() {
  trap 'bgjob_got=1 bgjob_told=1; bgjob_forward HUP' HUP
  trap 'bgjob_got=2 bgjob_told=1' INT
  trap 'bgjob_got=3 bgjob_told=1' QUIT
  trap 'bgjob_got=15 bgjob_told=1; bgjob_forward TERM' TERM
  trap 'bgjob_got=${bgjob_got:-0}' USR1 USR2
  [ "$bgjob_mode" != slurm ] || trap 'bgjob_got=${bgjob_got:-0}; bgjob_warned' XCPU
}
# shellcheck disable=SC2034 # retry.sh looks at bgjob_told
bgjob_got='' bgjob_told='' bgjob_child='' bgjob_late=''
bgjob_listen

bgjob_steps='' bgjob_queue='' bgjob_begun=started
bgjob_x=$BGJOB_CHECKPOINT/$bgjob_id # the one folder that is the job's alone
bgjob_index=
bgjob_note() { [ -L "$bgjob_meta" ] || printf '%s\n' "$@" >>"$bgjob_meta"; } # what is planted in a file's place is not written to
[ "$bgjob_mode" = slurm ] && bgjob_joined 2>&3 || {
  [ ! -L "$bgjob_x.meta" ] && [ ! -L "$bgjob_x.pid" ] && printf '%s\n' ts=20260101_000000_2 'cmd=$'\''a\nb'\'' '\''it'\''\'\'''\''s'\''' 'repo_dir=/it'\''s a repo' \
    "git_dirty=$bgjob_dirty" "pid=$$" "pgid=$bgjob_pgid" "sid=$bgjob_sid" "start_time=$bgjob_start" \
    "boot_id=$bgjob_boot" ${bgjob_up+"uptime=$bgjob_up"} "$bgjob_begun=$(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$bgjob_x.meta" &&
    printf '%s\n' "$$" >"$bgjob_x.pid" && { ! bgjob_indexed || bgjob_index=1; } &&
    mv -f "$bgjob_x.meta" "$bgjob_x.pid" "$bgjob_dir/"
} 2>&3 || {
  rm -f "$bgjob_x.meta" "$bgjob_x.pid" "$bgjob_meta"
  bgjob_die "the record could not be written" >&3
}
trap : PIPE # bgjob may be gone; that must not end the job
printf 'recorded %s %s\n' "$$" "$bgjob_pgid" >&3 2>/dev/null
trap - PIPE
exec 2>&1 3>&-
[ -z "$bgjob_index" ] || touch -c -r "$bgjob_dir" "$bgjob_stamp" 2>/dev/null
umask "$bgjob_umask"

# A background command ignores INT and QUIT (POSIX, XCU 2.11); only a program that is no shell can undo that.
bgjob_reset=
if env --default-signal=INT,QUIT true 2>/dev/null; then
  bgjob_reset='env'
else
  for bgjob_x in perl python3; do
    if [ -z "$bgjob_reset" ] && command -v "$bgjob_x" >/dev/null 2>&1; then bgjob_reset=$bgjob_x; fi
  done
fi

# Where a process was held, zsh tells first that it stopped, then that it went on, each as if it had ended, and then its status.
bgjob_wait() {
  bgjob_st=
  { wait "$1"; bgjob_st=$?; } 2>/dev/null # some shells would say "Terminated" here, in the job's log
  [ -n "$bgjob_st" ] || { wait "$1"; bgjob_st=$?; } # no file could be opened
  while [ "$bgjob_st" -gt 128 ] && [ -n "${ZSH_VERSION-}" ] && { wait "$1" 2>/dev/null; bgjob_z=$?; [ "$bgjob_z" -ne 127 ]; }; do bgjob_st=$bgjob_z; done
  return 0
}

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
# shellcheck shell=sh disable=SC2154 # a part of job.sh
# Whether the job has processes beside the leader and bgjob_self; their ids are in bgjob_left. `group`: only those of the group; else also
# those of the session, and those that left it and carry the job's mark. grep reads /proc ten times faster than a shell does.
bgjob_others() {
  bgjob_left=
  if ! [ -r /proc/self/stat ]; then
    # shellcheck disable=SC2046
    set -- $(ps -A -o pid= -o pgid= 2>/dev/null)
    while [ $# -gt 1 ]; do
      if [ "$2" = $$ ] && [ "$1" != $$ ] && [ "$1" != "$bgjob_self" ] && kill -0 "$1" 2>/dev/null; then bgjob_left="$bgjob_left $1"; fi
      shift 2
    done
  elif [ "${1-}" = group ]; then
    bgjob_pick "$(grep -slE "\\) [A-Y] [0-9]+ $$ " /proc/[0-9]*/stat 2>/dev/null)"
  else
    bgjob_pick "$(grep -slE "\\) [A-Y] [0-9]+ ($$|[0-9]+ $$) |BGJOB_ID=$bgjob_id" /proc/[0-9]*/stat /proc/[0-9]*/environ 2>/dev/null)"
  fi
  [ -n "$bgjob_left" ]
}

# Looks again, since grep saw itself, too, and others' marks that only begin like this one.
bgjob_pick() {
  for bgjob_x in $1; do
    bgjob_x=${bgjob_x#/proc/}
    bgjob_x=${bgjob_x%/*}
    case " $$ $bgjob_self$bgjob_left " in *" $bgjob_x "*) continue ;; esac
    { IFS= read -r bgjob_y <"/proc/$bgjob_x/stat"; } 2>/dev/null || continue
    # shellcheck disable=SC2086
    set -- ${bgjob_y##*') '}
    if [ "$1" = Z ]; then
      :
    elif [ "$3" = $$ ] || [ "$4" = $$ ]; then
      bgjob_left="$bgjob_left $bgjob_x"
    elif [ "$({ tr '\0' '\n' <"/proc/$bgjob_x/environ"; } 2>/dev/null | grep -cxF -e "BGJOB_ID=$bgjob_id" -e "BGJOB_DIR=$bgjob_dir")" -ge 2 ]; then
      bgjob_left="$bgjob_left $bgjob_x"
    fi
  done
}

# What the command has left is recorded, and goes on. What only takes a moment to end has that; what a stop was to end is its affair.
bgjob_look() {
  bgjob_self=$$
  # Most commands are short and start few processes, whose ids follow the leader's; if none of them is there, nothing has to be read.
  { read -r bgjob_x bgjob_x bgjob_x bgjob_x bgjob_y </proc/loadavg; } 2>/dev/null || bgjob_y=0
  if [ -n "$bgjob_now" ] && [ -n "$bgjob_up" ] && [ $((${bgjob_now%.*} - ${bgjob_up%.*})) -lt 10 ] && [ "$bgjob_y" -ge $$ ] &&
    [ $((bgjob_y - $$)) -lt 100 ]; then
    bgjob_x=$$
    while bgjob_x=$((bgjob_x + 1)) && [ "$bgjob_x" -le "$bgjob_y" ] && ! [ -d "/proc/$bgjob_x" ]; do :; done
    [ "$bgjob_x" -le "$bgjob_y" ] || return 0
  fi
  for bgjob_n in 0.1 0.2 ''; do
    bgjob_others || return 0
    [ -z "$bgjob_n" ] || { bgjob_was=$bgjob_left && { sleep "$bgjob_n" 2>/dev/null || sleep 1; }; }
  done
  ! grep -q '^stop_signal=' "$bgjob_meta" 2>/dev/null || return 0
  set --
  for bgjob_x in $bgjob_left; do # not what one of them starts every moment
    case "$bgjob_was " in *" $bgjob_x "*) set -- "$@" "$bgjob_x" ;; esac
  done
  # shellcheck disable=SC2086
  [ $# -gt 0 ] || set -- $bgjob_left
  for bgjob_x in "$@"; do
    { IFS= read -r bgjob_y <"/proc/$bgjob_x/stat"; } 2>/dev/null || bgjob_y='(?)'
    bgjob_y=${bgjob_y#*'('}
    bgjob_note "left_process=$bgjob_x ${bgjob_y%')'*}"
  done 2>/dev/null
  bgjob_note "left=$#" 2>/dev/null
}

# Runs the command once and sets bgjob_rc; bgjob_cut and bgjob_by are set where a signal came meanwhile.
bgjob_once() {
  bgjob_cut='' bgjob_child=''
  if [ "${bgjob_got:-0}" -gt 0 ]; then # told to end before there was anything to end
    bgjob_rc=$((128 + bgjob_got))
  elif [ -n "$bgjob_reset" ]; then
    {
      bgjob_prepare
      bgjob_main "$@"
    } &
    bgjob_child=$!
    if [ "${bgjob_got:-0}" -gt 0 ]; then # told while it was being started
      kill "-$bgjob_got" "$bgjob_child" 2>/dev/null
      bgjob_insist "$bgjob_got"
    fi
    [ -z "$bgjob_retry" ] || bgjob_late_stop
    bgjob_note "child_pid=$bgjob_child" 2>/dev/null
    bgjob_keeper='' bgjob_watcher=''
    if [ -n "$bgjob_most" ]; then
      bgjob_cap 2>/dev/null & # bash --posix may complain of a signal that comes while it reads $(…)
      bgjob_keeper=$!
    fi
    if [ -n "$bgjob_timeout" ]; then
      bgjob_seen=$(grep -c -e '^timeout_signal=' -e '^attempt=' "$bgjob_meta" 2>/dev/null)
      bgjob_watch &
      bgjob_watcher=$!
    fi
    while :; do
      bgjob_got=
      bgjob_wait "$bgjob_child" && bgjob_rc=$bgjob_st
      [ -n "$bgjob_got" ] || break # no trap ran: this is the command's own status
      bgjob_cut=$bgjob_rc bgjob_by=$bgjob_got
    done
    [ -z "$bgjob_keeper" ] || bgjob_capped
    if [ -z "$bgjob_watcher" ]; then
      :
    elif [ "$(grep -c -e '^timeout_signal=' -e '^attempt=' "$bgjob_meta" 2>/dev/null)" -gt "$bgjob_seen" ]; then
      # shellcheck disable=SC2034 # retry.sh looks at it
      bgjob_late=1
      wait "$bgjob_watcher" # it is about to end what the command has left
    else
      kill "$bgjob_watcher" 2>/dev/null
      wait "$bgjob_watcher" 2>/dev/null # it is no process that the command has left
    fi
  else # no such program: in the foreground, where traps wait until the command has ended
    (
      bgjob_prepare
      bgjob_main "$@"
    )
    bgjob_rc=$?
  fi
  bgjob_doubt=
  if [ -n "${bgjob_cut-}" ]; then
    case $bgjob_rc-${KSH_VERSION-} in
      -1-* | 127-*93*) # bash and ksh93 now and then lose the status of a command that ends while a trap runs
        bgjob_rc=$((128 + bgjob_by)) bgjob_doubt="the shell lost the exit status when a signal came; this is the signal"
        ;;
      127-*) bgjob_rc=$bgjob_cut ;; # the wait that was interrupted had it already
    esac
  fi
  # ksh93 reports a signal as 256+n, yash as 384+n
  [ "$bgjob_rc" -le 255 ] || bgjob_rc=$((128 + bgjob_rc % 128))
}
if [ -z "$bgjob_steps" ] || bgjob_queued; then
  bgjob_once "$@"
  while [ -n "$bgjob_retry" ] && bgjob_again; do bgjob_once "$@"; done
fi
trap '' TERM HUP INT QUIT USR1 USR2
umask 077
[ "$bgjob_mode" != slurm ] || bgjob_leaving

bgjob_sig=
[ "$bgjob_rc" -le 128 ] || bgjob_sig=$(kill -l $((bgjob_rc - 128)) 2>/dev/null)
case $bgjob_sig in *[!A-Z0-9]* | [0-9]*) bgjob_sig= ;; esac # no signal has that number
{ read -r bgjob_now bgjob_x </proc/uptime; } 2>/dev/null || bgjob_now=
bgjob_look
bgjob_end() {
  for bgjob_x in "$bgjob_new.exit" "$bgjob_dir/$bgjob_id.exit"; do
    if [ -L "$bgjob_x" ] || { [ -e "$bgjob_x" ] && ! [ -f "$bgjob_x" ]; }; then rm -rf "$bgjob_x"; fi; done
  [ -n "$bgjob_ended" ] || [ -L "$bgjob_meta" ] || {
    printf "$bgjob_nl%s\n" ${bgjob_sig:+"signal=$bgjob_sig"} ${bgjob_doubt:+"exit_doubt=$bgjob_doubt"} "uptime_end=$bgjob_now" \
      "ended=$(date -u +%Y-%m-%dT%H:%M:%SZ)" "exit=$bgjob_rc" >>"$bgjob_meta" && bgjob_ended=1
  }
  printf '%s\n' "$bgjob_rc" >"$bgjob_new.exit" || return
  bgjob_index=
  ! bgjob_indexed || bgjob_index=1
  mv -f "$bgjob_new.exit" "$bgjob_dir/$bgjob_id.exit" || return
  [ -z "$bgjob_index" ] || touch -c -r "$bgjob_dir" "$bgjob_stamp" || :
}
bgjob_ended='' bgjob_nl='' bgjob_n=0
until bgjob_end 2>/dev/null; do # a full disk may have room again in a moment
  bgjob_nl='\n' # ends a line that was cut off
  if ! [ -d "$bgjob_dir" ] || [ "$bgjob_n" -ge 60 ]; then break; fi
  bgjob_n=$((bgjob_n + 1))
  sleep 1
done
for bgjob_x in "$bgjob_dir/jobs/$bgjob_id.waiters" ${bgjob_queue:+"$bgjob_dir/queue/$bgjob_queue"}; do # who waits for this end is woken
  [ ! -p "$bgjob_x/wake" ] || printf '\n' 1<>"$bgjob_x/wake"
done 2>/dev/null
[ -z "$bgjob_notify" ] || bgjob_ring
[ -z "$bgjob_hook" ] || bgjob_tell
[ -z "$bgjob_tree" ] || bgjob_fell
rmdir "$BGJOB_CHECKPOINT" 2>/dev/null # kept when the job left something in it
exit "${bgjob_status:-$bgjob_rc}"
