# shellcheck shell=sh disable=SC2154,SC3028
# Sourced by ./bgjob and by an installed bgjob: finds java and becomes it. Builtins only.
# Wants bgjob_launcher (the command's own path), bgjob_home (the checkout, or the folder of
# an installation), bgjob_launch (the folder of this file), bgjob_app (the folder of bgjob.jar
# and its list `classpath`) and bgjob_builds (a folder to remember things in). An installation
# also knows bgjob_class_path, bgjob_java_chosen and bgjob_javas_spare (homes, a colon between).

# shellcheck source=lib/launch/locale.sh
. "$bgjob_launch/locale.sh"

# Closed by the caller, it would be the next file that java opens, and java would read that for standard input. A
# redirection that fails ends some shells where it is a special builtin's, not where it is true's; 0<&0 is none to others.
{ true 3<&0; } 2>/dev/null || exec </dev/null

bgjob_fail() { printf 'bgjob: %s\n' "$*" >&2; exit 1; }

# Sets bgjob_java_home, bgjob_java_version (like 17.0.15+6) and bgjob_java_major.
bgjob_find_java() {
  case ${OSTYPE-} in msys* | cygwin*) bgjob_fail "needs a POSIX system, which Windows is not; use WSL." ;; esac
  if [ -n "${BGJOB_JAVA_HOME-}" ]; then
    bgjob_java_home=$BGJOB_JAVA_HOME bgjob_java_from=BGJOB_JAVA_HOME
  elif bgjob_java_installed; then
    bgjob_java_from='the Java chosen at install time'
  elif [ -n "${JAVA_HOME-}" ]; then
    bgjob_java_home=$JAVA_HOME bgjob_java_from=JAVA_HOME
  else
    bgjob_java_on_path; bgjob_java_from='the java on PATH'
  fi
  [ -x "$bgjob_java_home/bin/java" ] ||
    bgjob_fail "$bgjob_java_from is $bgjob_java_home, but there is no bin/java in it; set it to a Java 17 or later, or unset it."

  bgjob_java_version='' bgjob_java_vendor=''
  if [ -r "$bgjob_java_home/release" ]; then
    while IFS='=' read -r bgjob_key bgjob_value; do
      bgjob_value=${bgjob_value#\"}; bgjob_value=${bgjob_value%\"}
      case $bgjob_key in
        JAVA_RUNTIME_VERSION) bgjob_java_version=$bgjob_value ;;
        JAVA_VERSION) bgjob_java_version=${bgjob_java_version:-$bgjob_value} ;;
        IMPLEMENTOR) bgjob_java_vendor=${bgjob_value%%/*} ;;
      esac
      # a shell reads byte by byte, and behind these the file is long
      if [ -n "$bgjob_java_vendor" ] && [ "$bgjob_key" = JAVA_RUNTIME_VERSION ]; then break; fi
    done <"$bgjob_java_home/release"
  fi
  bgjob_java_major=${bgjob_java_version%%[!0-9]*}
  [ "${bgjob_java_major:-17}" -ge 17 ] ||
    bgjob_fail "needs Java 17 or later, but $bgjob_java_from ($bgjob_java_home) is Java $bgjob_java_version; set BGJOB_JAVA_HOME or JAVA_HOME to a newer one."
}

# The Java chosen when bgjob was installed, or the best of those found beside it that is still there.
bgjob_java_installed() {
  bgjob_rest=${bgjob_java_chosen-}:${bgjob_javas_spare-}:
  while [ -n "$bgjob_rest" ]; do
    bgjob_java_home=${bgjob_rest%%:*} bgjob_rest=${bgjob_rest#*:}
    if [ -n "$bgjob_java_home" ] && [ -x "$bgjob_java_home/bin/java" ]; then return 0; fi
  done
  return 1
}

# The java on PATH is mostly a link, or a stub, to one elsewhere; where it led is remembered,
# as finding out takes other programs.
bgjob_java_on_path() {
  bgjob_java='' bgjob_rest=$PATH:
  while [ -n "$bgjob_rest" ]; do
    bgjob_folder=${bgjob_rest%%:*} bgjob_rest=${bgjob_rest#*:}
    if [ -x "${bgjob_folder:-.}/java" ] && ! [ -d "${bgjob_folder:-.}/java" ]; then bgjob_java=${bgjob_folder:-.}/java; break; fi
  done
  [ -n "$bgjob_java" ] ||
    bgjob_fail "needs Java 17 or later, but there is no java on PATH; install a JDK (Debian: apt install openjdk-17-jdk-headless; macOS: brew install openjdk) or set JAVA_HOME."
  bgjob_memory=$bgjob_builds/java
  if [ -r "$bgjob_memory" ]; then
    { read -r bgjob_key; read -r bgjob_java_home; } <"$bgjob_memory"
    # shellcheck disable=SC3013 # -ef: POSIX since 2024, known to every shell for long
    if [ "$bgjob_key" = "$bgjob_java" ] && [ "$bgjob_java" -ef "$bgjob_java_home/bin/java" ]; then return; fi
  fi
  bgjob_java_home=$bgjob_java
  while [ -L "$bgjob_java_home" ]; do
    bgjob_target=$(readlink "$bgjob_java_home")
    case $bgjob_target in /*) bgjob_java_home=$bgjob_target ;; *) bgjob_java_home=${bgjob_java_home%/*}/$bgjob_target ;; esac
  done
  bgjob_java_home=${bgjob_java_home%/*}/..
  if [ -r "$bgjob_java_home/release" ]; then
    bgjob_java_home=$(CDPATH='' cd -P -- "$bgjob_java_home" && pwd -P)
  else # a stub (macOS, version managers) knows its Java; no java at all behind it says why itself
    bgjob_java_home=$("$bgjob_java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
    [ -n "$bgjob_java_home" ] ||
      bgjob_fail "needs Java 17 or later, but $bgjob_java does not run; install a JDK or set JAVA_HOME."
  fi
  if [ -w "$bgjob_builds" ]; then
    printf '%s\n' "$bgjob_java" "$bgjob_java_home" >"$bgjob_memory.$$" && mv -f "$bgjob_memory.$$" "$bgjob_memory"
  fi
}

# Sets bgjob_class_path, if an installation has not.
bgjob_read_class_path() {
  if [ -n "${bgjob_class_path-}" ]; then return; fi
  bgjob_class_path=
  while IFS= read -r bgjob_jar; do
    bgjob_class_path=$bgjob_class_path${bgjob_class_path:+:}$bgjob_app/$bgjob_jar
  done <"$bgjob_app/classpath"
}

# bgjob_start ARG…: becomes java.
bgjob_start() {
  # shellcheck disable=SC3013 # -ef: POSIX since 2024, known to every shell for long
  [ . -ef "$PWD" ] || bgjob_fail "the current directory has been removed; go to another one."
  case ${1-} in web | --dir | --dir=*)
    # shellcheck source=lib/launch/web.sh
    . "$bgjob_launch/web.sh"
    if bgjob_is_web "$@"; then bgjob_web "$@"; fi ;;
  esac
  bgjob_read_class_path
  # Java 24 and later load all that is in the archive, so there is one with what is typed all day, and one with everything.
  case " $* " in *' --json '* | *' --help '* | *' -h '*) bgjob_group='all' ;; *)
    case ${1-} in run | status | list | latest) bgjob_group='hot' ;; *) bgjob_group='all' ;; esac ;;
  esac
  # for the lines that say what to type next: as typed, or by its name alone where PATH finds it
  bgjob_called=${bgjob_command:-$0}
  case $bgjob_called in /*) case :$PATH: in *":${bgjob_called%/*}:"*) bgjob_called=${bgjob_called##*/} ;; esac ;; esac
  if [ -t 1 ]; then bgjob_tty=1; else bgjob_tty=0; fi
  set -- -cp "$bgjob_class_path" "-Dbgjob.home=$bgjob_home" "-Dbgjob.app=$bgjob_app" "-Dbgjob.launcher=$bgjob_launcher" "-Dbgjob.called=$bgjob_called" \
    "-Dbgjob.tty=$bgjob_tty" bgjob "$@"

  # An archive of loaded classes belongs to one Java and one build. Until there is one, the
  # command does without, and a trainer makes one in the background.
  if [ -n "$bgjob_java_major" ]; then
    bgjob_archive=$bgjob_app/$bgjob_java_vendor-$bgjob_java_version-$bgjob_group.jsa
    if [ -r "$bgjob_archive" ]; then
      # refused for the caller's own options, it is none the worse
      if [ -z "${BGJOB_JAVA_OPTIONS-}" ]; then set -- "-Dbgjob.archive=$bgjob_archive" "$@"; fi
      set -- "-XX:SharedArchiveFile=$bgjob_archive" "$@"
    elif [ "${BGJOB_TRAIN-}" != off ] && [ -w "$bgjob_app" ] && ! [ -e "$bgjob_archive.failed" ]; then
      # with no descriptor of the caller's, who may wait for the end of a pipe
      sh "$bgjob_launch/train.sh" "$bgjob_java_home" "$bgjob_app" "${bgjob_archive%-*}" \
        </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
    fi
  fi

  # Java 17 maps the objects in an archive with G1 only; for later ones Serial is faster, and the archive at the place
  # that it was made for (docs/decisions/0016-two-archives.md)
  if [ "${bgjob_java_major:-17}" -ge 24 ]; then
    bgjob_collector='-XX:+UseSerialGC -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0'
  else
    bgjob_collector=-XX:+UseG1GC
  fi

  # Meant for other Javas, these print a line on stderr and may clash with our options.
  # bgjob gives them back to the jobs it starts.
  if [ -n "${JAVA_TOOL_OPTIONS+x}" ]; then export BGJOB_SAVED_JAVA_TOOL_OPTIONS="$JAVA_TOOL_OPTIONS"; unset JAVA_TOOL_OPTIONS; fi
  if [ -n "${JDK_JAVA_OPTIONS+x}" ]; then export BGJOB_SAVED_JDK_JAVA_OPTIONS="$JDK_JAVA_OPTIONS"; unset JDK_JAVA_OPTIONS; fi
  if [ -n "${_JAVA_OPTIONS+x}" ]; then export BGJOB_SAVED__JAVA_OPTIONS="$_JAVA_OPTIONS"; unset _JAVA_OPTIONS; fi

  bgjob_speak_utf8

  # -Xlog: a rejected archive would be reported on stdout
  # shellcheck disable=SC2086 # options are words
  exec "$bgjob_java_home/bin/java" $bgjob_collector -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=4 \
    -Xshare:auto -XX:-MaxFDLimit -XX:-UsePerfData -Xlog:disable ${BGJOB_JAVA_OPTIONS-} "$@"
}
