# shellcheck shell=sh disable=SC2154 # a part of job.sh
# Waits for other jobs and for a slot (docs/queue.md). Whoever waits in a line holds its place, a FIFO, open. The next one reads from that, so
# the kernel wakes it when the place is left or its holder is killed. Only the first in a line looks for itself now and then.
# shellcheck disable=SC3040 # bash only
[ -z "${BASH_VERSION-}" ] || set -o posix # else a signal does not end bash's read
bgjob_begun=queued bgjob_place='' bgjob_open='' bgjob_at=''
unset bgjob_up

# bgjob_join STEP: takes a place in the line for `after:ID:CONDITION`, or for `queue:ORDER`.
bgjob_join() {
  case $1 in
    after:*)
      bgjob_target=${1#after:}
      bgjob_target=${bgjob_target%:*} bgjob_order=50000
      bgjob_line=$bgjob_dir/jobs/$bgjob_target.waiters
      ;;
    *) bgjob_order=${1#queue:} bgjob_line=$bgjob_dir/queue/$bgjob_queue ;;
  esac
  bgjob_n=10000000
  for bgjob_y in "$bgjob_line"/line.*; do
    bgjob_x=${bgjob_y##*/line.}
    bgjob_x=${bgjob_x#*.}
    [ "${bgjob_x#*.}" != "$bgjob_id" ] || rm -f "$bgjob_y" # of one that was killed before it was recorded, so the id was free again
    bgjob_x=${bgjob_x%%.*}
    case $bgjob_x in '' | *[!0-9]*) ;; *) [ "$bgjob_x" -le "$bgjob_n" ] || bgjob_n=$bgjob_x ;; esac
  done
  bgjob_place=$bgjob_line/line.$bgjob_order.$((bgjob_n + 1)).$bgjob_id
  bgjob_take
}
bgjob_take() {
  bgjob_x=$(umask)
  umask 077
  [ -d "$bgjob_line" ] || mkdir -p "$bgjob_line" 2>/dev/null
  # where FIFOs cannot be had, a file keeps the place, and who waits behind it looks now and then
  mkfifo "$bgjob_place" 2>/dev/null || [ -p "$bgjob_place" ] || { true >"$bgjob_place"; } 2>/dev/null
  [ -p "$bgjob_line/wake" ] || mkfifo "$bgjob_line/wake" 2>/dev/null
  umask "$bgjob_x"
  [ ! -p "$bgjob_place" ] || {
    exec 8<>"$bgjob_place"
    bgjob_open=1
  }
}
bgjob_leave() {
  rm -f "$bgjob_place"
  [ -z "$bgjob_open" ] || exec 8>&-
  bgjob_place='' bgjob_open=''
}

# bgjob_know ID: what is recorded of a job; fails when that has ended, or is not there.
bgjob_know() {
  bgjob_p='' bgjob_s='' bgjob_b='' bgjob_h='' bgjob_ns=''
  [ -e "$bgjob_dir/$1.meta" ] && [ ! -e "$bgjob_dir/$1.exit" ] || return 1
  while IFS= read -r bgjob_x; do
    case $bgjob_x in
      pid=*) bgjob_p=${bgjob_x#*=} ;;
      start_time=*) bgjob_s=${bgjob_x#*=} ;;
      boot_id=*) bgjob_b=${bgjob_x#*=} ;;
      host=*) bgjob_h=${bgjob_x#*=} ;;
      pid_ns=*) bgjob_ns=${bgjob_x#*=} ;;
      exit=*) return 1 ;;
    esac
  done 2>/dev/null <"$bgjob_dir/$1.meta"
}
# bgjob_lives ID: whether a job has not ended, as far as can be seen; a pid alone proves nothing.
bgjob_lives() {
  bgjob_know "$1" || return 1
  [ -n "$bgjob_p" ] || return 0
  if [ "$bgjob_b" != "$bgjob_boot" ]; then
    [ "$bgjob_h" != "$bgjob_host" ]
    return
  fi
  [ "$bgjob_ns" = "$bgjob_space" ] || return 0
  if [ -r /proc/self/stat ]; then
    { IFS= read -r bgjob_x <"/proc/$bgjob_p/stat"; } 2>/dev/null || return 1
    # shellcheck disable=SC2086
    set -- ${bgjob_x##*') '}
    [ "$1" != Z ] && [ "$1" != X ] || return 1
    shift 19
    [ "ticks:$1" = "$bgjob_s" ]
  else
    # shellcheck disable=SC2005,SC2046 # echo takes the blanks off
    bgjob_x=$(echo $(LC_ALL=C TZ=UTC0 ps -o lstart= -p "$bgjob_p" 2>/dev/null))
    [ -n "$bgjob_x" ] && [ "lstart:$bgjob_x" = "$bgjob_s" ]
  fi
}

# Sleeps until fd 5 has a line or nobody is left to write one. A read that no signal ends is left to a child.
bgjob_read() {
  case ${ZSH_VERSION-}${YASH_VERSION-} in
    '') read -r bgjob_x <&5 ;;
    *)
      {
        exec 8>&-
        read -r bgjob_x
      } <&5 &
      bgjob_pause $!
      ;;
  esac
}
bgjob_pause() {
  wait "$1" 2>/dev/null
  kill "$1" 2>/dev/null && wait "$1" 2>/dev/null
}
# shellcheck disable=SC2317 # traps call it
bgjob_poke() { # a signal between a look and the read would be slept over
  [ ! -p "$bgjob_at" ] || printf '\n' 1<>"$bgjob_at"
}
bgjob_doze() {
  sleep "$bgjob_nap" 8>&- &
  bgjob_pause $!
  [ "$bgjob_nap" -ge 5 ] || bgjob_nap=$((bgjob_nap + 1))
}

# bgjob_stand TEST: waits until this job is the first in its line and TEST holds; fails when a signal comes.
bgjob_stand() {
  bgjob_nap=1 bgjob_was=
  while [ "${bgjob_got:-0}" -le 0 ]; do
    [ -e "$bgjob_place" ] || bgjob_take # somebody removed the folder
    bgjob_ahead=
    for bgjob_x in "$bgjob_line"/line.*; do
      [ "$bgjob_x" != "$bgjob_place" ] || break
      bgjob_ahead=$bgjob_x
    done
    if [ -z "$bgjob_ahead" ]; then
      bgjob_first "$1" && return 0
      bgjob_was=1
    else
      [ -z "$bgjob_was" ] || [ ! -p "$bgjob_line/wake" ] || printf '\n' 1<>"$bgjob_line/wake" # the call was for the new first one
      bgjob_was=
      bgjob_follow
    fi
  done
  return 1
}
bgjob_first() {
  bgjob_yes='' bgjob_at=$bgjob_line/wake
  if [ -p "$bgjob_at" ]; then
    # shellcheck disable=SC2094 # a FIFO
    {
      if "$1"; then
        bgjob_yes=1
      elif [ "${bgjob_got:-0}" -le 0 ]; then
        sleep "$bgjob_nap" 5<&- 8>&- >&7 & # fd 5 ends with it
        bgjob_timer=$!
        exec 7>&-
        bgjob_read
        kill "$bgjob_timer" 2>/dev/null
        wait "$bgjob_timer" 2>/dev/null
        [ "$bgjob_nap" -ge 5 ] || bgjob_nap=$((bgjob_nap + 1))
      fi
    } 7<>"$bgjob_at" 5<"$bgjob_at"
  elif "$1"; then
    bgjob_yes=1
  else
    bgjob_doze
  fi
  bgjob_at=
  [ -n "$bgjob_yes" ]
}
bgjob_follow() {
  bgjob_at=$bgjob_ahead
  if [ -p "$bgjob_ahead" ]; then
    # shellcheck disable=SC2094
    # a FIFO that has a writer opens at once; and then there is none but its holder
    { [ "${bgjob_got:-0}" -gt 0 ] || {
      exec 4>&-
      bgjob_read
    }; } 2>/dev/null 4<>"$bgjob_ahead" 5<"$bgjob_ahead"
    [ -p "$bgjob_ahead" ] || rm -f "$bgjob_ahead" # left meanwhile, and made anew as a file by being opened
  fi
  bgjob_at=
  [ -e "$bgjob_ahead" ] && [ "${bgjob_got:-0}" -le 0 ] || return 0
  bgjob_x=${bgjob_ahead##*/line.}
  bgjob_x=${bgjob_x#*.}
  if bgjob_lives "${bgjob_x#*.}"; then
    bgjob_doze # it is on another machine, or there are no FIFOs
  else
    rm -f "$bgjob_ahead"
  fi
}

# Waits for all that there is to wait for; fails with bgjob_rc set when the job is not to run.
bgjob_queued() {
  bgjob_know "$bgjob_id"
  bgjob_host=$bgjob_h bgjob_space=$bgjob_ns
  trap 'bgjob_got=1; bgjob_poke' HUP
  trap 'bgjob_got=2; bgjob_poke' INT
  trap 'bgjob_got=3; bgjob_poke' QUIT
  trap 'bgjob_got=15; bgjob_poke' TERM
  bgjob_why=
  for bgjob_step in $bgjob_steps; do
    [ -n "$bgjob_place" ] || bgjob_join "$bgjob_step"
    case $bgjob_step in after:*) bgjob_stand bgjob_over ;; *) bgjob_stand bgjob_slot ;; esac
    bgjob_done=$?
    bgjob_leave
    if [ "$bgjob_done" -ne 0 ]; then
      bgjob_rc=$((128 + bgjob_got)) bgjob_why="told to end while it waited"
    elif [ "${bgjob_step%:ok}" != "$bgjob_step" ]; then
      bgjob_judge
      [ "$bgjob_word" = completed ] || bgjob_rc=126 bgjob_why="$bgjob_target ended $bgjob_word${bgjob_x:+, exit $bgjob_x}"
    fi
    [ -z "$bgjob_why" ] || break
  done
  case $bgjob_steps in after:*) bgjob_mark bgjob_unset ;; esac
  bgjob_listen
  if [ -n "$bgjob_why" ]; then
    bgjob_note "not_run=$bgjob_why" 2>/dev/null
    return 1
  fi
  { read -r bgjob_now bgjob_x </proc/uptime; } 2>/dev/null || bgjob_now=
  bgjob_note "uptime=$bgjob_now" "started=$(date -u +%Y-%m-%dT%H:%M:%SZ)" 2>/dev/null
}
bgjob_join "${bgjob_steps%% *}"
