#!/bin/sh
# bgjob @VERB@. Made by 'bgjob install', removed by 'bgjob uninstall'; do not edit.
if [ -n "${ZSH_VERSION-}" ]; then emulate sh; fi
bgjob_home=@DATA@ bgjob_command=@COMMAND@ bgjob_launcher=@COMMAND@
if ! [ -r "$bgjob_home/current" ]; then
  printf 'bgjob: its files in %s are gone; install it again, or remove %s.\n' "$bgjob_home" "$0" >&2
  exit 1
fi
# `bgrun LABEL CMD [ARG…]`: where the first two words are no options, the command begins with the second
case @VERB@:${1--}:${2--} in
  run:-* | run:*:-*) ;;
  run:*) bgjob_label=$1; shift; set -- "$bgjob_label" -- "$@" ;;
esac
set -- @VERB@ "$@"
# shellcheck disable=SC1091 # written by install
. "$bgjob_home/current"
