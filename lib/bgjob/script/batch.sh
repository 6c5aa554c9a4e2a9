# shellcheck shell=sh disable=SC2154 # a part of job.sh
# Runs the items of a batch (docs/batch.md): workers, forks of the one that becomes the command otherwise, each take the next item that
# nobody has taken. An item is taken by making its log, which only one can.
bgjob_main() { bgjob_batch; }
bgjob_batch_dir=$bgjob_dir/jobs/$bgjob_id.batch

bgjob_clock() {
  { read -r bgjob_now bgjob_x </proc/uptime; } 2>/dev/null || bgjob_now=$(date +%s)
}

# bgjob_item NUMBER ITEM [NAME]: runs one item and records how it ended; standard output is the item's log, the name is for people.
bgjob_item() {
  bgjob_clock
  bgjob_from=$bgjob_now bgjob_tries=0 bgjob_pause=$bgjob_item_delay
  while :; do
    (
      trap - TERM HUP INT QUIT USR1 USR2
      umask "$bgjob_umask"
      BGJOB_ITEM=$2 BGJOB_ITEM_NUMBER=$1 BGJOB_LOG=$bgjob_batch_dir/$1.log BGJOB_RESULT=$bgjob_batch_dir/$1.result
      BGJOB_PROGRESS=/dev/null BGJOB_ATTEMPT=$((BGJOB_ATTEMPT + bgjob_tries))
      export BGJOB_ITEM BGJOB_ITEM_NUMBER BGJOB_LOG BGJOB_RESULT BGJOB_PROGRESS BGJOB_ATTEMPT
      bgjob_words "$1" "$2"
    ) 2>&1
    bgjob_rc=$?
    [ "$bgjob_rc" -le 255 ] || bgjob_rc=$((128 + bgjob_rc % 128))
    [ "$bgjob_rc" -le 128 ] || bgjob_asked # a signal that this shell cannot trap may have been meant for all
    [ "$bgjob_rc" -ne 0 ] && [ "$bgjob_tries" -lt "$bgjob_item_retry" ] && [ -z "$bgjob_quit" ] || break
    case " $bgjob_item_retry_on " in '  ' | *" $bgjob_rc "*) ;; *) break ;; esac
    sleep "$bgjob_pause"
    [ -z "$bgjob_quit" ] || break
    bgjob_tries=$((bgjob_tries + 1)) bgjob_pause=$((bgjob_pause * 2))
    [ "$bgjob_pause" -le 3600 ] || bgjob_pause=3600
    printf '\n--- bgjob: attempt %s, after exit %s ---\n' "$((BGJOB_ATTEMPT + bgjob_tries))" "$bgjob_rc"
  done
  bgjob_clock
  if [ -s "$bgjob_batch_dir/$1.log" ]; then bgjob_add "$1"; fi
  bgjob_x="$1 $bgjob_rc $bgjob_from $bgjob_now"
  if [ "$bgjob_rc" -eq 0 ]; then
    bgjob_keep "$bgjob_x" "+1/$bgjob_count ${3-$2}"
    return 0
  fi
  [ -z "$(tail -c 1 "$bgjob_batch_dir/$1.log" 2>/dev/null)" ] || echo >>"$BGJOB_LOG"
  printf 'bgjob: item %s ended with %s: %s\n' "$1" "$bgjob_rc" "${3-$2}" >>"$BGJOB_LOG"
  if [ "$bgjob_rc" -eq 75 ]; then # paused, which is no failure
    bgjob_keep "$bgjob_x" "+1/$bgjob_count ${3-$2}"
    [ "$bgjob_worst" -gt 0 ] || bgjob_worst=75
  else
    bgjob_keep "$bgjob_x" "+1/$bgjob_count ${3-$2}
failed ${3-$2}"
    bgjob_worst=123
  fi
}

bgjob_add() { cat "$bgjob_batch_dir/$1.log" >>"$BGJOB_LOG"; } # cap.sh has another one

# A full disk may have room again in a moment; each line is one small write at the end of the file.
bgjob_keep() {
  bgjob_n=0
  until printf '%s\n' "$1" >>"$bgjob_batch_dir/results"; do
    [ "$bgjob_n" -lt 60 ] && [ -d "$bgjob_batch_dir" ] || break
    [ "$bgjob_n" -gt 0 ] || set -- "
$1" "$2" # ends a line that was cut off
    bgjob_n=$((bgjob_n + 1))
    sleep 1
  done
  printf '%s\n' "$2" >>"$BGJOB_PROGRESS"
}

bgjob_asked() {
  ! grep -q -e '^stop_signal=' -e '^timeout_signal=' "$bgjob_meta" 2>/dev/null || bgjob_quit=15
}

# In a container, nobody may fetch the ending of a process whose parent has gone; it then looks alive to kill.
bgjob_alive() {
  if { IFS= read -r bgjob_x <"/proc/$1/stat"; } 2>/dev/null; then
    case ${bgjob_x##*') '} in Z* | X*) return 1 ;; esac
  else
    kill -0 "$1" 2>/dev/null
  fi
}

# A line of the items file: bgjob_i NUMBER ITEM [NAME]. A worker begins nothing more when it is told to end or its job has gone.
bgjob_i() {
  [ ! -e "$bgjob_batch_dir/$1.log" ] || return 0
  [ -z "$bgjob_quit" ] || exit "$bgjob_worst"
  bgjob_alive "$$" && bgjob_alive "$bgjob_runner" || exit 1
  # With noclobber, the redirection fails where the file is there; only one process can make it.
  { bgjob_item "$@"; } >"$bgjob_batch_dir/$1.log" || [ -e "$bgjob_batch_dir/$1.log" ] || bgjob_worst=123
}

bgjob_work() {
  bgjob_worst=0
  trap 'bgjob_quit=15' TERM
  trap 'bgjob_quit=1' HUP
  trap 'bgjob_quit=2' INT # bash, otherwise, dies with an item that INT ended
  trap 'bgjob_quit=3' QUIT
  trap : USR1 USR2
  set -C
  exec 2>/dev/null # what shells say about killed items, and about logs that are there
  # shellcheck source=/dev/null
  . "$bgjob_batch_dir/items"
  exit "$bgjob_worst"
}

# How many items ended with 0, with 75, and otherwise; a line that was cut off is none.
bgjob_sum() {
  bgjob_ok=0 bgjob_again=0 bgjob_bad=0
  while read -r bgjob_n bgjob_x bgjob_y bgjob_now; do
    case $bgjob_x-$bgjob_now in
      *-) ;;
      0-*) bgjob_ok=$((bgjob_ok + 1)) ;;
      75-*) bgjob_again=$((bgjob_again + 1)) ;;
      *) bgjob_bad=$((bgjob_bad + 1)) ;;
    esac
  done <"$bgjob_batch_dir/results"
}

bgjob_batch() {
  if [ -z "$bgjob_mode" ]; then # by hand: one after the other, and nothing is recorded
    bgjob_worst=0
    bgjob_i() {
      (
        BGJOB_ITEM=$2 BGJOB_ITEM_NUMBER=$1
        export BGJOB_ITEM BGJOB_ITEM_NUMBER
        bgjob_words "$1" "$2"
      ) || bgjob_worst=123
    }
    # shellcheck source=/dev/null
    . "$bgjob_batch_dir/items"
    exit "$bgjob_worst"
  fi
  bgjob_quit=''
  trap 'bgjob_quit=15 bgjob_got=1' TERM
  trap 'bgjob_quit=1 bgjob_got=1' HUP
  trap 'bgjob_quit=2 bgjob_got=1' INT
  trap 'bgjob_quit=3 bgjob_got=1' QUIT
  trap 'bgjob_got=1' USR1 USR2
  umask 077
  { read -r bgjob_runner bgjob_x </proc/self/stat; } 2>/dev/null || bgjob_runner=$(exec sh -c 'echo "$PPID"')
  printf '0/%s\n' "$bgjob_count" >>"$BGJOB_PROGRESS"
  bgjob_round=0
  while :; do
    set --
    while [ $# -lt "$bgjob_slots" ]; do
      bgjob_work &
      set -- "$@" $!
    done
    bgjob_odd='' bgjob_worst=0
    for bgjob_pid; do
      while :; do
        bgjob_got=''
        wait "$bgjob_pid" 2>/dev/null
        bgjob_rc=$?
        [ -n "$bgjob_got" ] || break # no trap ran, so the worker has ended
      done
      case $bgjob_rc in
        0) ;;
        75 | 123) bgjob_worst=$bgjob_rc ;;
        *) bgjob_odd=1 bgjob_worst=123 ;;
      esac
    done
    bgjob_round=$((bgjob_round + 1))
    # a worker was killed: new ones take what nobody has begun
    [ -n "$bgjob_odd" ] && [ -z "$bgjob_quit" ] && [ "$bgjob_round" -lt 20 ] || break
  done
  [ "$bgjob_worst" -gt 0 ] || [ -n "$bgjob_quit" ] || [ "$bgjob_round" -gt 1 ] || exit 0
  bgjob_sum
  bgjob_note "items_ok=$bgjob_ok" "items_failed=$bgjob_bad" "items_paused=$bgjob_again"
  [ -z "$bgjob_quit" ] || exit $((128 + bgjob_quit))
  [ "$bgjob_ok" -lt "$bgjob_count" ] || exit 0
  [ $((bgjob_ok + bgjob_again)) -lt "$bgjob_count" ] || exit 75
  exit 123
}
