# shellcheck shell=sh disable=SC2034,SC1091
# Sourced by the command: the build in use, and what was found out once, when it was installed.
bgjob_app=@APP@ bgjob_builds=@APP@ bgjob_launch=@APP@/launch
bgjob_class_path=@CLASS_PATH@
bgjob_java_chosen=@JAVA@
bgjob_javas_spare=@SPARE@
. "$bgjob_launch/start.sh"
bgjob_find_java
bgjob_start "$@"
