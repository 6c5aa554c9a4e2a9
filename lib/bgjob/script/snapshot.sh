# shellcheck shell=sh
# Saves what is not committed as a patch: sh -c THIS sh ROOT COMMIT PATCH FOLDER MOST EXCEPT. Prints the commit; ends with 2 where there is
# none, with 3 and a size where there is too much. Index and objects of the repository stay as they are: what is new goes to FOLDER.
[ -z "${ZSH_VERSION-}" ] || emulate sh
umask 077
exec 2>&1 </dev/null
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR GIT_NAMESPACE
commit=$2 patch=$3 folder=$4 most=$5 except=$6
cd "$1" || exit 1
[ -n "$commit" ] || commit=$(git rev-parse -q --verify 'HEAD^{commit}') || {
  git rev-parse --git-dir >/dev/null || exit 1
  exit 2
}
set -- ':/'
[ -z "$except" ] || set -- ':/' ":(top,exclude,literal)$except"

# Untracked files are saved whole, so that too much of them is refused before any of it is read.
git ls-files -z --others --exclude-standard -- "$@" | LC_ALL=C xargs -0 ls -lnqd -- 2>/dev/null |
  LC_ALL=C awk -v most="$most" 'substr($1, 1, 1) == "-" { sum += $5 } END { if (sum > most) { printf "%.0f\n", sum; exit 3 } }' || exit 3

objects=$(cd "$(git rev-parse --git-path objects)" && pwd -P) && mkdir -p "$folder/objects/info" && printf '%s\n' "$objects" >"$folder/objects/info/alternates" || exit 1
index=$(git rev-parse --git-path index)
if [ -f "$index" ]; then cp "$index" "$folder/index" || exit 1; fi
GIT_INDEX_FILE=$folder/index GIT_OBJECT_DIRECTORY=$folder/objects
export GIT_INDEX_FILE GIT_OBJECT_DIRECTORY
if [ -n "$except" ] && git check-ignore -q -- "$except"; then # it is not added anyway, and git refuses to leave out what it ignores
  git -c core.safecrlf=false -c add.ignoreErrors=false -c advice.addEmbeddedRepo=false add -A -- ':/' || exit 1
else
  git -c core.safecrlf=false -c add.ignoreErrors=false -c advice.addEmbeddedRepo=false add -A -- "$@" || exit 1
fi
{
  git diff --cached --binary --full-index --no-color --no-ext-diff --no-textconv --no-renames --no-relative -U3 \
    --submodule=short --ignore-submodules=none --src-prefix=a/ --dst-prefix=b/ "$commit" -- "$@" || : >"$folder/failed"
} | head -c "$((most + 1))" >"$folder/patch" || exit 1
size=$(wc -c <"$folder/patch")
if [ "$size" -gt "$most" ]; then
  echo "$size"
  exit 3
fi
[ ! -e "$folder/failed" ] || {
  cat "$folder/patch"
  exit 1
}
if [ "$size" -gt 0 ]; then mv -f "$folder/patch" "$patch" || exit 1; fi
printf '%s\n' "$commit"
