# shellcheck shell=sh
# Makes a worktree of a commit, with saved changes: sh -c THIS sh ROOT COMMIT TREE PATCH. Ends with 3 where the commit is not to be had, with
# 4 where the changes do not go on it. No hook runs: they may do anything.
[ -z "${ZSH_VERSION-}" ] || emulate sh
exec 2>&1 </dev/null
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR GIT_NAMESPACE
GIT_TERMINAL_PROMPT=0
export GIT_TERMINAL_PROMPT
cd "$1" || exit 1
git rev-parse --git-dir >/dev/null || exit 1
git cat-file -e "$2^{commit}" || exit 3
(umask 077 && mkdir "$3") || exit 1
git -c core.hooksPath=/dev/null -c worktree.useRelativePaths=false -c advice.detachedHead=false worktree add --force --detach "$3" "$2" || exit 1
[ -z "$4" ] || git -C "$3" -c apply.ignoreWhitespace=no apply --whitespace=nowarn "$4" || exit 4
