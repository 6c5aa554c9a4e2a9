# shellcheck shell=sh disable=SC2154 # a part of job.sh
# Tells the user, once, when the ending is recorded, and records by which way: on the desktop, else by the bell of the terminal where
# the job was asked for, else not at all. Nothing of that may hold the job up for long.
bgjob_ring() {
  bgjob_y="$bgjob_label has ended with exit status $bgjob_rc${bgjob_sig:+, signal $bgjob_sig}"
  bgjob_tty=$(sed -n 's/^notify_tty=//p' "$bgjob_meta" 2>/dev/null | tail -n 1)
  bgjob_limit=
  if command -v timeout >/dev/null 2>&1; then bgjob_limit='timeout 5'; fi
  # shellcheck disable=SC3067,SC2086,SC2016 # -O: known to every shell for long. A child opens the terminal, so that it becomes nobody's anew.
  if [ -n "${DISPLAY-}${WAYLAND_DISPLAY-}${DBUS_SESSION_BUS_ADDRESS-}" ] && bgjob_told notify-send -a bgjob "bgjob: $bgjob_label" "$bgjob_y"; then
    bgjob_x=notify-send
  elif bgjob_told terminal-notifier -title "bgjob: $bgjob_label" -message "$bgjob_y"; then
    bgjob_x=terminal-notifier
  elif bgjob_told osascript -e 'on run argv' -e 'display notification (item 1 of argv) with title "bgjob"' -e 'end run' "$bgjob_y"; then
    bgjob_x=osascript
  elif [ -c "$bgjob_tty" ] && [ -O "$bgjob_tty" ] && $bgjob_limit sh -c 'printf "\a" >"$1"' sh "$bgjob_tty" 2>/dev/null; then
    bgjob_x=bell
  else
    bgjob_x=none
  fi
  bgjob_note "notified=$bgjob_x" 2>/dev/null
}

bgjob_told() {
  # shellcheck disable=SC2086
  command -v "$1" >/dev/null 2>&1 && $bgjob_limit "$@" >/dev/null 2>&1
}
