#!/bin/sh
# What a user does with jobs, and what bgjob answers, with all that differs from run to run taken out: scenario.sh WHERE. The answers must be the
# same wherever the jobs run.
# shellcheck disable=SC2016 # the jobs expand these
set -u
where=$1

# answer LABEL: how it stands
answer() {
  bgjob status "$1" | sed -n -e '1s/ pid=.*//p' -e '2s/ (.*//p' -e 's/^State: */  state /p'
}
# begun LABEL: waits until the command has written "up"
begun() {
  log=$(bgjob latest "$1") n=0
  until grep -q up "$log"; do n=$((n + 1)); [ "$n" -lt 300 ] || { echo "$1 did not begin"; exit 1; }; sleep 0.1; done
}
run() {
  label=$1
  shift
  bgjob run "$label" --on "$where" "$@" >/dev/null || echo "run $label failed: $?"
}

echo '== endings'
run good -- true
run three -- sh -c 'exit 3'
run none -- /no/such/program
run signal -- sh -c 'kill -KILL $$'
for label in good three none signal; do bgjob wait "$label" >/dev/null 2>&1; echo "wait $label: $?"; answer "$label"; done

echo '== what the command gets'
run words --env 'A=b c' -- sh -c 'printf "<%s>" "$@" "$A" "$BGJOB_LABEL" "$BGJOB_ATTEMPT"; pwd | sed "s|.*/||"; cat; echo to-stderr >&2' sh 'a  b' '' '$HOME' "it's" 'é
2'
bgjob wait words >/dev/null
cat "$(bgjob latest words)"
run text --sh 'echo one | tr o O; exit "$1"' -- 7
bgjob wait text >/dev/null; echo "wait text: $?"
bgjob logs text -n 1

echo '== stop'
run long -- sh -c 'echo up; exec sleep 100'
run deaf -- sh -c 'trap "" TERM; echo up; while :; do sleep 0.2; done'
run tidy -- sh -c 'trap "echo bye; exit 5" TERM; echo up; while :; do sleep 0.2; done'
begun long; begun deaf; begun tidy
bgjob stop long tidy --reason enough >/dev/null; echo "stop: $?"
bgjob stop deaf --grace 1s >/dev/null; echo "stop deaf: $?"
for label in long deaf tidy; do answer "$label"; bgjob wait "$label" >/dev/null 2>&1; echo "wait $label: $?"; done
tail -n 1 "$(bgjob latest tidy)"
bgjob stop long >/dev/null; echo "stop again: $?"

echo '== pause'
run held -- sh -c 'echo up; exec sleep 100'
begun held
bgjob pause held >/dev/null; echo "pause: $?"; answer held
bgjob resume held >/dev/null; echo "resume: $?"; answer held
bgjob stop held >/dev/null; answer held

echo '== time and tries'
run late --timeout 1s -- sleep 100
run again --retry 2 --retry-delay 1s -- sh -c 'echo try "$BGJOB_ATTEMPT"; [ "$BGJOB_ATTEMPT" = 3 ]'
run later -- sh -c 'if [ -e "$BGJOB_CHECKPOINT/at" ]; then echo goes on; else echo 1 >"$BGJOB_CHECKPOINT/at"; echo limit >"$BGJOB_RESULT"; exit 75; fi'
for label in late again later; do bgjob wait "$label" >/dev/null 2>&1; echo "wait $label: $?"; answer "$label"; done
grep -v '^$' "$(bgjob latest again)"
bgjob resume later >/dev/null; bgjob wait later >/dev/null; echo "resumed: $?"; bgjob logs later

echo '== what it leaves'
run leaves -- sh -c 'echo "1/4 a" >>"$BGJOB_PROGRESS"; echo "4/4 d" >>"$BGJOB_PROGRESS"; echo "{\"n\": 1}" >"$BGJOB_RESULT"; echo out'
bgjob follow leaves 2>/dev/null
bgjob result leaves --raw
bgjob status leaves --json | sed -n -e 's/^    "\(current\|total\)": /\1 /p'
bgjob rerun leaves >/dev/null; bgjob wait leaves >/dev/null; echo "rerun: $?"
bgjob status leaves --json | sed -n -e 's/^  "parent": "leaves_.*/has a parent/p' -e "s/^  \"backend\": \"$where\",/runs there too/p"

echo '== all of them'
bgjob list --json | sed -n -e 's/^    "label": //p' -e 's/^    "state": //p' -e 's/^    "exit_code": //p' -e 's/^    "signal": //p' \
  -e 's/^    "attempt": //p' | paste -d ' ' - - - - - | sort
bgjob prune --keep 0 >/dev/null
bgjob list --quiet | sed 's/_[0-9].*/ stays/'
bgjob prune --keep 0 --state paused >/dev/null
bgjob list 2>&1
find .logs -name '*_[0-9]*'
