#!/usr/bin/env bash
# Builds the fuzzing programs and runs them, one on each core at a time. Exits with 1 on a finding and keeps its input.
#   scripts/fuzz.sh [SECONDS] [TARGET]     SECONDS: for each (default 30); TARGET: batch, event … (default: all)
# What is found of new ways through the code stays in build/fuzz/corpus, so that the next run goes on from there.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-30}
targets=(${2:+"$2"})
case "$seconds" in
  '' | *[!0-9]*) echo "fuzz.sh: expected whole seconds, got '$seconds'" >&2; exit 2 ;;
esac
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(find tests/fuzz/corpus -mindepth 1 -type d -printf '%f\n' | sort)

run_one() {
  local target=$1 seconds=$2 at=build/fuzz
  mkdir -p "$at/corpus/$target" "$at/findings"
  if "$at/bin/fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=16384 \
    -dict=tests/fuzz/json.dict -artifact_prefix="$at/findings/$target-" -print_final_stats=1 \
    "$at/corpus/$target" "tests/fuzz/corpus/$target" > "$at/$target.log" 2>&1; then
    sed -n "s/^stat::number_of_executed_units: */fuzz_$target: nothing found in inputs: /p" "$at/$target.log"
  else
    tail -n 40 "$at/$target.log" >&2
    echo "fuzz_$target: FOUND something; its input is in $at/findings. Once mended, it belongs into tests/fuzz/corpus/$target" >&2
    return 1
  fi
}
export -f run_one

for target in "${targets[@]}"; do
  [ -d "tests/fuzz/corpus/$target" ] || {
    echo "fuzz.sh: no target '$target'; each folder of tests/fuzz/corpus is one" >&2
    exit 2
  }
done
scripts/install-deps.sh --test
cmake --preset fuzz > /dev/null
cmake --build --preset fuzz --parallel "$(nproc)" --target "${targets[@]/#/fuzz_}"
# shellcheck disable=SC2016 # the inner shell expands them
printf '%s\n' "${targets[@]}" | xargs -P "$(nproc)" -I{} bash -c 'run_one "$1" "$2"' - {} "$seconds"
