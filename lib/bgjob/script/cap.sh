# shellcheck shell=sh disable=SC2154 # a part of job.sh
# Once a second while the command runs, and more often at first and where it writes much, sees to it that the log takes no more room than it may.
# shellcheck disable=SC2317 # job.sh calls it, in the background
bgjob_cap() {
  trap '' HUP INT QUIT TERM USR2 # what ends the command is not for this
  trap '[ "$!" = "$bgjob_child" ] || kill -s KILL "$!" 2>/dev/null; exit 0' USR1 # from the leader, when the command has ended
  bgjob_known
  bgjob_short=0.2 bgjob_n=0
  while [ -n "$bgjob_to" ] && kill -0 "$bgjob_child" 2>/dev/null; do
    bgjob_n=$((bgjob_n + 1)) bgjob_nap=1
    [ "$bgjob_n" -gt 5 ] || bgjob_nap=$bgjob_short
    bgjob_trim
    [ -z "${bgjob_batch_dir-}" ] || bgjob_trim_items
    sleep "$bgjob_nap" 2>/dev/null &
    wait "$!" || bgjob_short=1 # not every sleep knows parts of a second
  done
  exit 0
}

# What was dropped before, as the meta has it. All is counted in KiB, since mksh counts to 2^31 only.
bgjob_known() {
  bgjob_to=$bgjob_head bgjob_dropped=$(sed -n "s/^$bgjob_fact//p" "$bgjob_meta" 2>/dev/null | tail -n 1)
  [ -z "$bgjob_dropped" ] || bgjob_to=$(awk "BEGIN { printf \"%d\", ${bgjob_dropped#*-} / 1024 }")
  ! grep -q '^max_log_failed=' "$bgjob_meta" 2>/dev/null || bgjob_to=''
}

# Makes a hole in the middle: what stands before and behind keeps its place, so byte cursors stay valid and no writer notices.
# The hole is noted before it is made, so that none of its zeros passes for output.
bgjob_trim() {
  [ -n "$(find "$bgjob_file" -prune -size +$((2 * (bgjob_most + bgjob_to - bgjob_head))) 2>/dev/null)" ] || return 0
  # shellcheck disable=SC2012 # its fifth column is wanted, and the name is known
  bgjob_y=$(LC_ALL=C ls -n "$bgjob_file" | awk '{ printf "%d", $5 / 1024; exit }')
  bgjob_y=$(((bgjob_y - bgjob_most / 2) / 4 * 4))
  bgjob_x="$bgjob_fact$(awk "BEGIN { printf \"%.0f-%.0f\", $bgjob_head * 1024, $bgjob_y * 1024 }")"
  bgjob_note "$bgjob_x" 2>/dev/null
  if bgjob_z=$(bgjob_punch "$bgjob_y" 2>&1); then
    bgjob_to=$bgjob_y bgjob_nap=${bgjob_short-} # who writes that fast may fill the disk within a second
    grep -qx "$bgjob_x" "$bgjob_meta" 2>/dev/null || printf '\n%s\n' "$bgjob_x" >>"$bgjob_meta" 2>/dev/null # there was no room before
  else
    bgjob_note "$bgjob_fact$bgjob_dropped" "max_log_failed=$(printf '%s' "$bgjob_z" | tr '\n' ' ')" 2>/dev/null
    bgjob_to='' # it would not work the next time either
  fi
}

# bgjob_punch TO: by util-linux, else by Python's way to the C library, where 3 means to punch and to keep the length. For those who read
# the file itself, the hole begins with a line.
bgjob_punch() {
  fallocate -p -o "${bgjob_head}KiB" -l "$(($1 - bgjob_head))KiB" "$bgjob_file" ||
    python3 -c 'import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
at, to = (ctypes.c_int64(int(n) * 1024) for n in sys.argv[2:4])
if libc.fallocate64(os.open(sys.argv[1], os.O_RDWR), 3, at, ctypes.c_int64(to.value - at.value)):
  sys.exit(os.strerror(ctypes.get_errno()))' "$bgjob_file" "$bgjob_head" "$1" || return
  bgjob_mark_of "$1" |
    dd of="$bgjob_file" bs=1024 seek="$bgjob_head" conv=notrunc 2>/dev/null
}

bgjob_mark_of() {
  printf '\n--- bgjob: %s KiB were dropped here, see --max-log ---\n' "$(($1 - bgjob_head))"
}

# When the command has ended. A hole that was noted, and not made since the watcher was killed, is made now.
bgjob_capped() {
  kill -s USR1 "$bgjob_keeper" 2>/dev/null
  wait "$bgjob_keeper" 2>/dev/null
  bgjob_settle
}
bgjob_settle() {
  bgjob_known
  [ -n "$bgjob_to" ] || return 0
  [ "$bgjob_to" = "$bgjob_head" ] || bgjob_punch "$bgjob_to" >/dev/null 2>&1
  bgjob_trim
}

# Each item of a batch has a log of its own, for which the same holds: while it runs, and before that goes to the batch's log.
bgjob_trim_items() {
  for bgjob_y in $(cd "$bgjob_batch_dir" && find . -name '*.log' -size +$((2 * bgjob_most)) 2>/dev/null); do
    bgjob_y=${bgjob_y#./}
    (
      bgjob_of "${bgjob_y%.log}"
      bgjob_known
      bgjob_nap=
      [ -z "$bgjob_to" ] || bgjob_trim
      [ -z "$bgjob_nap" ]
    ) || bgjob_nap=$bgjob_short
  done
}
bgjob_of() {
  bgjob_file=$bgjob_batch_dir/$1.log bgjob_fact="item_log_dropped=$1 "
}
# shellcheck disable=SC2317 # batch.sh calls it
bgjob_add() {
  if [ -z "$(find "$bgjob_batch_dir/$1.log" -prune -size +$((2 * bgjob_most)) 2>/dev/null)" ]; then
    cat "$bgjob_batch_dir/$1.log" >>"$BGJOB_LOG"
    return
  fi
  (
    bgjob_of "$1"
    bgjob_settle
    if [ "${bgjob_to:-$bgjob_head}" = "$bgjob_head" ]; then
      cat "$bgjob_file"
    else # the zeros of the hole would take room there
      dd if="$bgjob_file" bs=1024 count="$bgjob_head"
      bgjob_mark_of "$bgjob_to"
      dd if="$bgjob_file" bs=1024 skip="$bgjob_to"
    fi 2>/dev/null | cat >>"$BGJOB_LOG"
  )
}
bgjob_file=$BGJOB_LOG bgjob_fact="log_dropped="
bgjob_head=$((bgjob_most / 4)) # both are multiples of 4, the size of a block
