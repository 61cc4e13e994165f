#!/usr/bin/env bash
# Builds the release preset and runs every benchmark; fails when a limit is missed. Wants a quiet machine.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-deps.sh --test
cmake --preset release -DHAILONG_TESTS=ON
cmake --build --preset release --parallel "$(nproc)"
postgres=$(mktemp -d /tmp/hailong-bench-XXXX)
trap 'tests/district/postgres.sh stop "$postgres"' EXIT
tests/district/postgres.sh start "$postgres" durable
on_postgres() { HAILONG_TEST_POSTGRES="host=$postgres user=hailong dbname=postgres" "$@"; }

missed=0
for bench in build/release/bin/bench_*; do
  name=$(basename "$bench")
  echo "== $name"
  case $name in
    bench_shards) on_postgres "$bench" || missed=1 ;;
    bench_ingest | bench_inbox)
      "$bench" || missed=1
      echo "== $name on PostgreSQL"
      on_postgres "$bench" || missed=1
      ;;
    *) "$bench" || missed=1 ;;
  esac
done
exit $missed
