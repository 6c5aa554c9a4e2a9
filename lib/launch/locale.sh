# shellcheck shell=sh
# Sourced: gives Java a locale in which it does not mangle arguments, file names and sources.

# On Linux that is UTF-8 only, and one that is installed: after ssh, one is often only named.
# The caller's own is kept for the jobs.
bgjob_speak_utf8() {
  if ! [ -e /proc/self ]; then return; fi
  case ${LC_ALL:-${LC_CTYPE:-${LANG-}}} in
    C.[Uu][Tt][Ff]-8 | C.[Uu][Tt][Ff]8) return ;;
    *[Uu][Tt][Ff]-8* | *[Uu][Tt][Ff]8*) [ -d /usr/lib/locale/C.utf8 ] || [ -d /usr/lib/locale/C.UTF-8 ] || return 0 ;;
  esac
  if [ -n "${LC_ALL+x}" ]; then export BGJOB_SAVED_LC_ALL="$LC_ALL"; else export BGJOB_UNSET_LC_ALL=1; fi
  export LC_ALL=C.UTF-8
}
