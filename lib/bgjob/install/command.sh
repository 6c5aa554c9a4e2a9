#!/bin/sh
# bgjob. Made by 'bgjob install', removed by 'bgjob uninstall'; do not edit.
if [ -n "${ZSH_VERSION-}" ]; then emulate sh; fi
bgjob_home=@DATA@ bgjob_command='' bgjob_launcher=$0
if ! [ -r "$bgjob_home/current" ]; then
  printf 'bgjob: its files in %s are gone; install it again, or remove %s.\n' "$bgjob_home" "$0" >&2
  exit 1
fi
# shellcheck disable=SC1091 # written by install
. "$bgjob_home/current"
