#!/usr/bin/env bash
# Every link and picture in README.md and docs/ that leads to a file of this tree must lead to one, and to a heading of
# it where it names one. What is fenced as code or between backticks is no link.
#   check_links.sh SOURCE_DIR
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$1"
bad=0
seen=0

# prose FILE: without code.
# shellcheck disable=SC2016 # backquotes, not commands
prose() { awk '/^ *```/ { fenced = !fenced; next } !fenced' "$1" | sed -E 's/`[^`]*`//g'; }

# targets FILE: what its links and pictures name, one a line.
targets() { prose "$1" | grep -oP '\]\(\K[^)\s]+|<(?:a|img)\b[^>]*?\b(?:href|src)="\K[^"]+' || true; }

# anchors FILE: those of its headings, as GitHub makes them.
anchors() {
  local line
  awk '/^ *```/ { fenced = !fenced; next } !fenced && /^#+ /' "$1" | while IFS= read -r line; do
    line=${line#"${line%%[!#]*}"}
    line=${line# }
    line=${line,,}
    line=${line//[^[:alnum:] _-]/}
    echo "${line// /-}"
  done
}

while IFS= read -r -d '' document; do
  while IFS= read -r target; do
    case "$target" in *://* | mailto:*) continue ;; esac
    seen=$((seen + 1))
    file=${target%%#*}
    if [ -z "$file" ]; then file=$document; else file=$(dirname "$document")/$file; fi
    if [ ! -e "$file" ]; then
      echo "$document: $target is not there" >&2
      bad=1
    elif [[ $target == *#* && $file == *.md ]] && ! grep -qxF -- "${target#*#}" <<< "$(anchors "$file")"; then
      echo "$document: no heading makes the anchor of $target" >&2
      bad=1
    fi
  done < <(targets "$document")
done < <(find README.md docs -name '*.md' -print0 2> /dev/null)
if [ "$seen" -eq 0 ]; then
  echo "no link was found" >&2
  bad=1
fi
exit $bad
