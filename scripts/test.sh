#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test.
#   scripts/test.sh [PRESET]      PRESET: release (default), debug, asan, tsan, arm64 (emulated: what differs there)
set -euo pipefail
cd "$(dirname "$0")/.."

preset=${1:-release}
scripts/install-deps.sh --test
if [ "$preset" = arm64 ]; then
  # The domain, the bytes, the journal, the flow and the pictures, by the programs that a Raspberry Pi gets. The
  # emulator takes ten times as long: properties are tried ten times each, each screen is
  # compared on one panel, and of the journal runs what reads and writes it, without the thousands of cuts.
  tests=(core_test wire_test journal_test program_test kiosk_flow_test kiosk_golden_test)
  scripts/cross.sh cmake --preset arm64 -DHAILONG_TESTS=ON
  scripts/cross.sh cmake --build --preset arm64 --parallel "$(nproc)" --target packaged "${tests[@]}"
  for test in "${tests[@]}"; do
    some='*'
    [ "$test" != journal_test ] || some='JournalCommand.*:Journal.*:Outbox.*:Upgrade.*:VerifyFrom.*'
    echo "$test"
    scripts/cross.sh env RC_PARAMS='seed=15420240814 max_success=10' \
      qemu-aarch64-static "build/arm64/bin/$test" --gtest_brief=1 --gtest_filter="$some"
  done
  exit 0
fi
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
