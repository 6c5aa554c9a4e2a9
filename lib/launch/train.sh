#!/bin/sh
# train.sh JAVA_HOME APP NAME: makes the archives of classes with which that Java starts the build in
# APP faster: NAME-hot.jsa for what is typed all day and NAME-all.jsa for everything. Started in the background by a run that found none. Says nothing: bgjob
# works without it. An archive is code, so nobody else may write it.
set -u
umask 077

java_home=$1 app=$2 name=$3

# shellcheck source=lib/launch/lock.sh
. "${0%/*}/lock.sh"

unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
java_major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$java_home/release")
if [ "${java_major:-17}" -ge 24 ]; then collector=-XX:+UseSerialGC link=-XX:+AOTClassLinking; else collector=-XX:+UseG1GC link=; fi
class_path=
while IFS= read -r jar; do class_path=$class_path${class_path:+:}$app/$jar; done <"$app/classpath"

try_lock "$app/training" || exit 0

# shellcheck disable=SC2317 # called by traps
finish() {
  trap - INT TERM HUP
  [ -z "$child" ] || kill "$child" 2>/dev/null
  rm -rf "$scratch" "$name"-*.jsa.new "$name"-*.jsa.classes
  unlock
  exit 0
}
child='' scratch=$(mktemp -d "${TMPDIR:-/tmp}/bgjob-training.XXXXXX") || { unlock; exit 0; }
trap finish HUP INT TERM

java() { attend nice -n 10 "$java_home/bin/java" $collector -cp "$class_path" "$@"; }

# what a user does often; a build that cannot train itself shows its help
record() {
  java -Xshare:off -XX:DumpLoadedClassList="$archive.classes" bgjob.Training "$scratch" "$group" ||
    java -Xshare:off -XX:DumpLoadedClassList="$archive.classes" bgjob --help
}
dump() { java -Xshare:dump ${link:+"$link"} -XX:SharedClassListFile="$archive.classes" -XX:SharedArchiveFile="$archive.new"; }
loads() { java -Xshare:on -Xlog:disable -XX:SharedArchiveFile="$archive.new" bgjob --version; }

cd "$scratch" || finish
for group in hot all; do
  archive=$name-$group.jsa
  if [ -e "$archive" ] || [ -e "$archive.failed" ]; then continue; fi
  if record && dump && loads; then mv -f "$archive.new" "$archive"; else : >"$archive.failed"; fi
done
finish
