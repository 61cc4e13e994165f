#!/usr/bin/env bash
# The check of named tests finds a name without a test.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir "$tree/tests"
printf 'TEST_F(Lock, HoldsAgainstThree) {\nTEST_P(Door, Closes) {\n' >"$tree/tests/lock_test.cc"

says() {
  printf '%s\n' "$1" >"$tree/model.md"
  "$here/check_named_tests.sh" "$tree" model.md 2>/dev/null
}
# shellcheck disable=SC2016
{
  says '| `Lock.HoldsAgainstThree`, `Door.*`, `Lock.Holds…Three` |'
  for wrong in '`Lock.HoldsAgainstFour`' '`Lock.HoldsAgainst`' '`Gate.*`' '`Door.Opens…`' 'no name at all'; do
    if says "$wrong"; then
      echo "$wrong is taken, but must not be" >&2
      exit 1
    fi
  done
}
