#!/usr/bin/env bash
# What a reviewer should not have to say: formatting, ShellCheck, layers, clang-tidy.
#   scripts/check.sh           all of it
#   scripts/check.sh --quick   without clang-tidy, which takes minutes
# Needs a configured build/release (clang-tidy reads its compile commands).
set -euo pipefail
cd "$(dirname "$0")/.."

quick=no
case "${1:-}" in
  '') ;;
  --quick) quick=yes ;;
  *) echo "check.sh: unknown option '$1' (known: --quick)" >&2; exit 2 ;;
esac

mapfile -t sources < <(git ls-files '*.cc' '*.h')
mapfile -t scripts < <(git ls-files '*.sh' .ci/run)

echo "formatting of ${#sources[@]} files"
clang-format --dry-run --Werror "${sources[@]}"

echo "ShellCheck of ${#scripts[@]} scripts"
shellcheck "${scripts[@]}"

echo "layers"
tests/layers/check_layers.sh .

if [ "$quick" = no ]; then
  mapfile -t units < <(git ls-files '*.cc')
  echo "clang-tidy of ${#units[@]} files"
  # g++ knows warnings that clang does not.
  printf '%s\n' "${units[@]}" | xargs -P "$(nproc)" -n 4 \
    clang-tidy -p build/release --quiet --extra-arg=-Wno-unknown-warning-option \
    2> >(grep -vE 'warnings? generated' >&2)
fi
echo "checks passed"
