#!/usr/bin/env bash
# The layer check finds what it is there to find.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree"/{core,documents} "$tree/kiosk/flow" "$tree"/district/{sql,storage,web,webhook}

echo '#include "core/ids.h"' >"$tree/core/good.cc"
echo '#include <cairo-pdf.h>' >"$tree/documents/good.cc"
echo '#include <curl/curl.h>' >"$tree/district/webhook/good.cc"
"$here/check_layers.sh" "$tree"

expect_refusal() {
  echo "#include $2" >"$tree/$1/bad.cc"
  if "$here/check_layers.sh" "$tree" >/dev/null 2>&1; then
    echo "$1/ may include $2, but must not" >&2
    exit 1
  fi
  rm "$tree/$1/bad.cc"
}
expect_refusal core '"journal/journal.h"'
expect_refusal core '<fstream>'
expect_refusal kiosk/flow '<SDL.h>'
expect_refusal district/storage '<SQLiteCpp/SQLiteCpp.h>'
expect_refusal district/sql '"district/storage/store.h"'
expect_refusal district/web '<cairo-pdf.h>'
expect_refusal documents '"district/config.h"'
expect_refusal documents '"program/descriptor.h"'
