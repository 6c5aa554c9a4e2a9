#!/bin/sh
# build.sh CHECKOUT BUILDS JAVA_HOME: builds bgjob into a folder of its own below BUILDS, then
# names that in BUILDS/current. A running bgjob keeps the folder it was started from.
set -u

home=$1 builds=$2 java_home=$3

say() { printf 'bgjob: %s\n' "$*"; }

# shellcheck source=lib/launch/lock.sh
. "$home/lib/launch/lock.sh"

# prints a source that isn't older than the noted time
source_of_now() {
  for source in "$home/bgjob.java" "$home/web.java" "$home"/lib/* "$home"/lib/*/* "$home"/lib/*/*/* "$home"/lib/*/*/*/*; do
    # shellcheck disable=SC3013 # as in ./bgjob, whose answer this must be
    if [ -e "$source" ] && ! [ "$work/time" -nt "$source" ]; then printf '%s\n' "$source"; return; fi
  done
}

# A build is as old as the moment before it began. Every source must be older, or one saved
# while it ran could look as old as those that went into it.
note_the_time() {
  : >"$work/time"
  tries=0
  while newest=$(source_of_now) && [ -n "$newest" ]; do
    tries=$((tries + 1))
    if [ $tries -gt 15 ]; then say "the time of ${newest#"$home"/} lies in the future, so every run looks for changes; touch it to end that."; return; fi
    sleep 0.1 2>/dev/null || sleep 1
    : >"$work/time"
  done
}

fingerprint() { (cd "$home" && find bgjob.java web.java lib -type f -exec cksum {} + 2>/dev/null | sort); }

built_from_the_same() {
  [ -f "$builds/current" ] && read -r app <"$builds/current" && [ -f "$builds/$app/bgjob.jar" ] &&
    cmp -s "$work/sources" "$builds/$app/sources"
}

# in a folder of jars of its own: JBang's keeps an old jar when a resource has only got another name
export_portable() {
  cd "$home" && attend env JBANG_CACHE_DIR_JARS="$work/jars" "$home/jbang" export portable --force -O "$work/app/bgjob.jar" bgjob.java \
    >"$work/log" 2>&1 9>&-
}

# picocli's published classes are of Java 5, which an archive refuses. Compiled from its own sources they are of Java 17;
# made once, kept beside the builds. Where that fails the published ones serve, only slower.
renew_picocli() {
  published=$(cd "$work/app/lib" && echo picocli-*.jar)
  if ! [ -f "$builds/$published" ]; then
    version=${published#picocli-}
    mkdir "$work/picocli" "$work/picocli/classes"
    printf '//DEPS info.picocli:picocli:%s:sources@jar\nclass Sources {}\n' "${version%.jar}" >"$work/picocli/Sources.java"
    sources=$("$home/jbang" --quiet info classpath --deps-only "$work/picocli/Sources.java" 9>&-) && [ -f "$sources" ] || return 1
    (cd "$work/picocli" && "${tools}jar" xf "$sources" picocli &&
      "${tools}javac" -nowarn -g:none -encoding UTF-8 --release 17 -XDstringConcat=inline -d classes picocli/*.java &&
      "${tools}jar" cf "$published" -C classes .) || return 1
    mv "$work/picocli/$published" "$builds/$published"
  fi
  cp "$builds/$published" "$work/app/lib/$published"
}

publish() {
  printf '%s\n' "$1" >"$work/current"
  touch -r "$work/time" "$work/current"
  mv -f "$work/current" "$builds/current"
}

stop() {
  trap - INT TERM HUP
  [ -z "$child" ] || kill "$child" 2>/dev/null
  rm -rf "$work"
  unlock
  exit "$1"
}

mkdir -p "$builds" 2>/dev/null
[ -w "$builds" ] || { say "cannot write to $builds to build bgjob there; make it writable, or set XDG_CACHE_HOME."; exit 1; }
case $builds in "$home"/*) [ -e "$builds/.gitignore" ] || echo '*' >"$builds/.gitignore" ;; esac
[ -n "${JBANG_DIR-}${HOME-}" ] || export JBANG_DIR="$builds/jbang"
if [ -x "$java_home/bin/javac" ]; then export JAVA_HOME="$java_home"; elif ! [ -x "${JAVA_HOME-}/bin/javac" ]; then unset JAVA_HOME; fi

child='' work=$builds/work.$$
if lock "$builds/lock"; then rm -rf "$builds"/work.*; fi # left by killed builds
trap 'stop 129' HUP; trap 'stop 130' INT; trap 'stop 143' TERM
mkdir -p "$work"

note_the_time
fingerprint >"$work/sources"
if built_from_the_same; then # saved again without a change, or built while this one waited
  publish "$app"
  stop 0
fi

say 'building (once after a change) …'
if ! export_portable; then
  cat "$work/log"
  say "could not build $home; see the messages above."
  stop 1
fi
tools=${JAVA_HOME:+$JAVA_HOME/bin/}
renew_picocli >>"$work/log" 2>&1
(cd "$work/app" && echo bgjob.jar && ls lib/*.jar 2>/dev/null) >"$work/classpath"
cp "$home"/lib/bgjob/script/*.sh "$work/app"
mv "$work/sources" "$work/classpath" "$work/app"
app=app-$(date +%Y%m%d%H%M%S)-$$
mv "$work/app" "$builds/$app"
publish "$app"
# what a bgjob may still be starting from stays: three, and all of the last hour
find "$builds"/app-* -prune -mmin +60 | sort -r | sed 1,3d | while IFS= read -r old; do rm -rf "$old"; done
stop 0
