#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test.
#   scripts/test.sh [PRESET]      PRESET: release (default), debug, asan, tsan
set -euo pipefail
cd "$(dirname "$0")/.."

preset=${1:-release}
scripts/install-deps.sh --test
cmake --preset "$preset" -DHAILONG_TESTS=ON
cmake --build --preset "$preset" --parallel "$(nproc)"
ctest --preset "$preset" --parallel "$(nproc)"
