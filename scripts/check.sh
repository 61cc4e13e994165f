#!/usr/bin/env bash
# What a reviewer should not have to say: formatting, ShellCheck, layers, links, clang-tidy.
#   scripts/check.sh           all of it
#   scripts/check.sh --quick   without clang-tidy, which takes minutes
set -euo pipefail
cd "$(dirname "$0")/.."

quick=no
case "${1:-}" in
  '') ;;
  --quick) quick=yes ;;
  *) echo "check.sh: unknown option '$1' (known: --quick)" >&2; exit 2 ;;
esac

mapfile -t sources < <(git ls-files '*.cc' '*.h')
mapfile -t scripts < <(git ls-files '*.sh' '*.bash' '*.bats' .ci/run packaging/appliance/hailong-appliance \
  'packaging/*/p*inst' 'packaging/*/p*rm' packaging/kiosk/before-start)

echo "formatting of ${#sources[@]} files"
clang-format --dry-run --Werror "${sources[@]}"

echo "ShellCheck of ${#scripts[@]} scripts"
shellcheck "${scripts[@]}"

echo "layers"
tests/layers/check_layers.sh .

echo "links of the documents"
tests/layers/check_links.sh .

if [ "$quick" = no ]; then
  # CMake's unity files, each of which includes some sources of one target: headers are read once for all of them,
  # which makes clang-tidy six times faster. Nothing is built.
  mkdir -p build
  cmake --preset check > build/check.log || { cat build/check.log >&2; exit 1; }
  mapfile -t units < <(grep -oP '"file": "\K[^"]+\.(cc|cxx)(?=")' build/check/compile_commands.json | sort -u)
  unread=$(comm -23 <(git ls-files '*.cc' | sed "s|^|$PWD/|" | sort) \
    <({ printf '%s\n' "${units[@]}"; sed -n 's/^#include "\(.*\)"$/\1/p' "${units[@]}"; } | sort -u))
  [ -z "$unread" ] || { echo "no target builds these:" "$unread" >&2; exit 1; }
  echo "clang-tidy of ${#units[@]} units"
  # g++ knows warnings that clang does not. Including sources is what a unity file is for; tests/layers refuses it
  # everywhere else.
  printf '%s\n' "${units[@]}" | xargs -P "$(nproc)" -n 1 \
    clang-tidy -p build/check --quiet --checks=-bugprone-suspicious-include \
      --extra-arg=-Wno-unknown-warning-option 2> >(grep -vE 'warnings? generated' >&2)
fi
echo "checks passed"
