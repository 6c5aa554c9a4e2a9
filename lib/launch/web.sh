# shellcheck shell=sh disable=SC2154
# Sourced by start.sh: becomes the dashboard where that is asked for. It is a program of its own with libraries of its own,
# in the folder web of the build; the command line never loads them.

# Whether the verb is web; with --help, the command line answers.
bgjob_is_web() {
  bgjob_verb='' bgjob_skip=false
  for bgjob_word; do
    case $bgjob_word in -h | --help) return 1 ;; esac
    if [ -n "$bgjob_verb" ]; then continue; fi
    if $bgjob_skip; then bgjob_skip=false; continue; fi
    case $bgjob_word in --dir) bgjob_skip=true ;; --dir=*) ;; *) bgjob_verb=$bgjob_word ;; esac
  done
  [ "$bgjob_verb" = web ]
}

# bgjob_web ARG…: the arguments with the verb
bgjob_web() {
  if ! [ -f "$bgjob_app/web/classpath" ]; then
    sh "$bgjob_launch/web-build.sh" "$bgjob_launch" "$bgjob_app" "$bgjob_java_home" </dev/null >&2 || exit 1
  fi
  bgjob_verb='' bgjob_skip=false bgjob_left=$#
  while [ "$bgjob_left" -gt 0 ]; do # all but the verb
    bgjob_left=$((bgjob_left - 1)) bgjob_word=$1
    shift
    if [ -z "$bgjob_verb" ] && ! $bgjob_skip; then
      case $bgjob_word in --dir) bgjob_skip=true ;; --dir=*) ;; *) bgjob_verb=$bgjob_word; continue ;; esac
    else
      bgjob_skip=false
    fi
    set -- "$@" "$bgjob_word"
  done
  bgjob_read_class_path
  bgjob_web_path=
  while IFS= read -r bgjob_jar; do bgjob_web_path=$bgjob_web_path${bgjob_web_path:+:}$bgjob_app/web/$bgjob_jar; done <"$bgjob_app/web/classpath"
  set -- -cp "$bgjob_web_path:$bgjob_class_path" "-Dbgjob.called=${bgjob_command:-$0}" "-Dbgjob.tty=$([ -t 1 ] && echo 1 || echo 0)" web "$@"
  bgjob_archive=$bgjob_app/web/$bgjob_java_vendor-$bgjob_java_version.jsa
  if [ -r "$bgjob_archive" ]; then set -- "-XX:SharedArchiveFile=$bgjob_archive" "$@"; fi
  for bgjob_word in JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS; do
    eval "[ -z \"\${$bgjob_word+x}\" ] || export BGJOB_SAVED_$bgjob_word=\"\$$bgjob_word\""
    unset "$bgjob_word"
  done
  bgjob_speak_utf8
  # shellcheck disable=SC2086 # options are words
  exec "$bgjob_java_home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss512k -Xmx160m -XX:MaxHeapFreeRatio=30 -XX:MinHeapFreeRatio=10 \
    -XX:ReservedCodeCacheSize=32m -Xshare:auto -XX:-MaxFDLimit -XX:-UsePerfData -Xlog:disable ${BGJOB_JAVA_OPTIONS-} "$@"
}
