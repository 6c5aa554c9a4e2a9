#!/bin/sh
# web-build.sh LAUNCH APP JAVA_HOME: makes the dashboard in the folder web of the build in APP, from its sources, which
# are in APP/bgjob.jar. JBang fetches its libraries. What is in that folder is whole, or is not there.
set -u

launch=$1 app=$2 java_home=$3

say() { printf 'bgjob: %s\n' "$*"; }

# shellcheck source=lib/launch/lock.sh
. "$launch/lock.sh"

# shellcheck disable=SC2317 # called by traps
stop() {
  trap - INT TERM HUP
  [ -z "$child" ] || kill "$child" 2>/dev/null
  rm -rf "$work"
  unlock
  exit "$1"
}

[ -w "$app" ] || { say "cannot write to $app to put the dashboard there; make it writable, or install bgjob for yourself: bgjob install"; exit 1; }
if [ -x "$java_home/bin/javac" ]; then export JAVA_HOME="$java_home"; elif ! [ -x "${JAVA_HOME-}/bin/javac" ]; then unset JAVA_HOME; fi
tools=${JAVA_HOME:+$JAVA_HOME/bin/}
command -v "${tools}javac" >/dev/null 2>&1 ||
  { say 'the dashboard is built on its first use, which needs a JDK 17 or later, and there is only a Java to run programs; install one, or set JAVA_HOME.'; exit 1; }

child='' work=$app/web-work.$$
if lock "$app/web-lock"; then rm -rf "$app"/web-work.*; fi # left by killed ones
trap 'stop 129' HUP; trap 'stop 130' INT; trap 'stop 143' TERM
if [ -f "$app/web/classpath" ]; then stop 0; fi # made while this one waited
mkdir -p "$work/made" && cd "$work" || stop 1

say 'preparing the dashboard (once; its libraries come from Maven Central) …'
set --
while IFS= read -r jar; do set -- "$@" --cp "$app/$jar"; done <"$app/classpath"
make() {
  "${tools}jar" xf "$app/bgjob.jar" bgjob/dashboard && cd bgjob/dashboard &&
    sed '/^\/\/SOURCES bgjob\.java$/d' web.java >web.new && mv web.new web.java &&
    JBANG_CACHE_DIR_JARS="$work/jars" sh ./jbang export portable --force "$@" -O "$work/made/web.jar" web.java 9>&-
}
if ! attend make "$@" >"$work/log" 2>&1; then
  cat "$work/log"
  say 'could not prepare the dashboard; see the messages above. It needs to reach Maven Central once, directly or through the settings of your Maven.'
  stop 1
fi
cd "$work/made" || stop 1
# what bgjob itself has is taken from there
for jar in lib/*.jar; do if [ -f "$app/$jar" ]; then rm -f "$jar"; fi; done
(echo web.jar && ls lib/*.jar) >classpath
mv "$work/made" "$app/web" || stop 1
stop 0
