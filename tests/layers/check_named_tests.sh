#!/usr/bin/env bash
# Every test that the documents name must be there: `Suite.Name`, `Suite.*`, or `Suite.Beginning…End`.
#   check_named_tests.sh SOURCE_DIR [DOCUMENT …]
set -euo pipefail
cd "$1"
shift
documents=("$@")
[ $# -gt 0 ] || documents=(docs/threat-model.md docs/architecture.md)

tests=$(grep -rhoE --include='*.cc' '^(TEST|TEST_F|TEST_P)\([A-Za-z0-9_]+, *[A-Za-z0-9_]+' tests |
  sed -E 's/^[A-Z_]+\(//; s/, */./' | sort -u)
bad=0
named=0
# shellcheck disable=SC2016
in_backticks='`\K[A-Z][A-Za-z0-9]*\.(\*|[A-Z][A-Za-z0-9…]*)(?=`)'
while IFS=: read -r document name; do
  named=$((named + 1))
  pattern=${name//./\\.}
  pattern=${pattern//\*/.*}
  pattern=${pattern//…/.*}
  if ! grep -aqxE "$pattern" <<<"$tests"; then
    echo "$document names a test that is not there: $name" >&2
    bad=1
  fi
done < <(grep -aHoP "$in_backticks" "${documents[@]}")
if [ "$named" -eq 0 ]; then
  echo "no test is named in ${documents[*]}" >&2
  bad=1
fi
exit $bad
