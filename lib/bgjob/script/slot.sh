# shellcheck shell=sh disable=SC2154,SC2317 # a part of job.sh; line.sh calls it
# Takes a slot: makes the next generation of the lowest one that nobody who lives holds. The newest of a slot's files is never removed, so
# of those who saw the same holder gone one alone can make the next.
bgjob_slot() {
  { read -r bgjob_room <"$bgjob_line/slots"; } 2>/dev/null || bgjob_room=1
  case $bgjob_room in '' | *[!0-9]*) bgjob_room=1 ;; esac
  set --
  bgjob_n=10000 bgjob_free='' bgjob_live=0
  for bgjob_x in "$bgjob_line"/slot.*; do
    [ -e "$bgjob_x" ] || continue
    bgjob_y=${bgjob_x##*/slot.}
    [ "${bgjob_y%.*}" != "$bgjob_n" ] || shift
    bgjob_n=${bgjob_y%.*}
    set -- "$bgjob_x" "$@"
  done
  for bgjob_y; do
    { read -r bgjob_x <"$bgjob_y"; } 2>/dev/null || bgjob_x=
    if [ -n "$bgjob_x" ] && bgjob_lives "$bgjob_x"; then bgjob_live=$((bgjob_live + 1)); else bgjob_free=$bgjob_y; fi
  done
  [ "$bgjob_live" -lt "$bgjob_room" ] || return 1
  if [ -n "$bgjob_free" ]; then
    bgjob_x=${bgjob_free##*/slot.}
    bgjob_n=${bgjob_x%.*} bgjob_x=$((${bgjob_x#*.} + 1))
  else
    bgjob_n=$((bgjob_n + 1)) bgjob_x=10000001
  fi
  [ "$bgjob_n" -le $((10000 + bgjob_room)) ] || return 1
  bgjob_free=$bgjob_line/slot.$bgjob_n.$bgjob_x
  (umask 077 && printf '%s\n' "$bgjob_id" >"$BGJOB_CHECKPOINT/$bgjob_id.slot") 2>/dev/null || return 1
  # a program that is killed may have done its work
  if ln "$BGJOB_CHECKPOINT/$bgjob_id.slot" "$bgjob_free" 2>/dev/null || { read -r bgjob_x <"$bgjob_free" && [ "$bgjob_x" = "$bgjob_id" ]; } 2>/dev/null; then
    rm -f "$BGJOB_CHECKPOINT/$bgjob_id.slot"
    for bgjob_x in "$bgjob_line/slot.$bgjob_n".*; do :; done
    if [ "$bgjob_x" = "$bgjob_free" ]; then
      for bgjob_x in "$bgjob_line/slot.$bgjob_n".*; do [ "$bgjob_x" = "$bgjob_free" ] || rm -f "$bgjob_x"; done
      return 0
    fi
    rm -f "$bgjob_free" # others came and went since the look
  else
    rm -f "$BGJOB_CHECKPOINT/$bgjob_id.slot"
    [ -e "$bgjob_free" ] || return 1
  fi
  bgjob_slot
}
