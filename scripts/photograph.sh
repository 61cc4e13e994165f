#!/usr/bin/env bash
# Photographs every screen of the kiosk in both themes and all three text sizes: docs/screens (the usual
# panel, larger) and tests/golden/kiosk (the other panels). The tests compare with these pictures, so look at
# each before it is committed.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-deps.sh --test
cmake --preset release -DHAILONG_TESTS=ON
cmake --build --preset release --target kiosk_golden_test --parallel "$(nproc)"
UPDATE_GOLDEN=1 build/release/bin/kiosk_golden_test --gtest_filter='Screens/*'
