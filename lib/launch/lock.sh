# shellcheck shell=sh
# Sourced: one process at a time. A crash leaves no lock behind, as flock's ends with the last
# process that has it open, and the link names its owner. Started programs that may outlive
# the work must be given 9>&-.

if command -v flock >/dev/null 2>&1; then

  # try_lock FILE. Some shells hand a program no descriptor but those that it is given (9>&9);
  # where a file system knows no locks, the work goes on without.
  try_lock() { exec 9>"$1"; flock -n 9 9>&9 2>/dev/null; [ $? -ne 1 ]; }

  unlock() { exec 9>&-; }

else

  try_lock() {
    lock_link=$1.owner
    ln -s $$ "$lock_link" 2>/dev/null && return
    owner=$(readlink "$lock_link" 2>/dev/null) || return 1
    if ! kill -0 "$owner" 2>/dev/null && mv "$lock_link" "$lock_link.$$" 2>/dev/null; then
      # another waiter may have taken the lock between the look and the move: give it back
      moved=$(readlink "$lock_link.$$")
      [ "$moved" = "$owner" ] || ln -s "$moved" "$lock_link" 2>/dev/null || :
      rm -f "$lock_link.$$"
    fi
    return 1
  }

  unlock() { [ "$(readlink "$lock_link" 2>/dev/null)" != $$ ] || rm -f "$lock_link"; }

fi

# lock FILE: waits for it for some minutes; false means that the work goes on without it
lock() {
  lock_tries=0
  until try_lock "$1"; do
    lock_tries=$((lock_tries + 1))
    [ $lock_tries -le 3000 ] || return 1
    sleep 0.1 2>/dev/null || sleep 1
  done
}

# attend COMMAND…: runs it where a trap can end it at once, as a shell looks at a signal only
# when a command in the foreground has ended. The child's id is in $child meanwhile.
attend() {
  "$@" & child=$!
  attended=0; wait $child || attended=$?
  child=
  return $attended
}
