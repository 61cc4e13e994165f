#!/usr/bin/env bash
# The check of links finds one that leads nowhere.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/docs/images"
touch "$tree/docs/images/there.png"
printf '# Chuẩn bị\n\n## 5. Gọi hỗ trợ (nhanh)\n' > "$tree/README.md"

says() {
  printf '%s\n' "$1" > "$tree/docs/guide.md"
  "$here/check_links.sh" "$tree" 2> /dev/null
}
# shellcheck disable=SC2016
{
  says '![a](images/there.png) [b](../README.md#chuẩn-bị), [c](https://example.org/x) <img src="images/there.png">'
  says '# Ở đây
[a](#ở-đây) [b](../README.md#5-gọi-hỗ-trợ-nhanh) `[c](nowhere.md)`
```
[d](nowhere.md)
```'
  for wrong in '[a](nowhere.md)' '![a](images/gone.svg)' '<img src="images/gone.png">' '[a](#nowhere)' \
    '[a](../README.md#chuan-bi)' 'no link at all'; do
    if says "$wrong"; then
      echo "$wrong is taken, but must not be" >&2
      exit 1
    fi
  done
}
