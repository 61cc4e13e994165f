#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test.
#   scripts/test.sh [PRESET]      PRESET: release (default), debug, asan, tsan
set -euo pipefail
cd "$(dirname "$0")/.."

preset=${1:-release}
scripts/install-deps.sh --test
cmake --preset "$preset" -DHAILONG_TESTS=ON
cmake --build --preset "$preset" --parallel "$(nproc)"
# Kiosks and receivers sync each event to the disk, in thousands of tests: in memory that takes no time. What a disk may
# lose is shown by disks of the tests' own.
memory=/dev/shm
if [ "$(df --output=avail --block-size=1M "$memory" 2> /dev/null | tail -n 1)" -ge 4096 ] 2> /dev/null &&
  ! findmnt --noheadings --output OPTIONS "$memory" | grep -q noexec; then
  TMPDIR=$(mktemp -d "$memory/hailong-XXXXXX")
  export TMPDIR
  trap 'rm -rf "$TMPDIR"' EXIT
fi
ctest --preset "$preset" --parallel "$(nproc)"
