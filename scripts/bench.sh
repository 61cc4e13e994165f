#!/usr/bin/env bash
# Builds the release preset and runs every benchmark; fails when a limit is missed. Wants a quiet machine.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-deps.sh --test
cmake --preset release -DHAILONG_TESTS=ON
cmake --build --preset release --parallel "$(nproc)"
missed=0
for bench in build/release/bin/bench_*; do
  echo "== $(basename "$bench")"
  "$bench" || missed=1
done
exit $missed
