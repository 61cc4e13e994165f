#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "bench/report.h"
#include "core/chain.h"
#include "district/sql/transaction.h"
#include "tests/district/test_postgres.h"
#include "tests/temp_folder.h"

/// What docs/scaling.md claims of a distributed PostgreSQL, as far as one machine can show it: each
/// shard is a schema of one server, with the events and ratings of its streams and the roll-ups of
/// its units, as Citus would place them. Measured are how evenly the hash spreads them, what a
/// batch costs, and what a question to one unit and to all units costs when its parts are added up.
///
/// All shards share one processor and one disk here, so nothing gets faster with more of them; what
/// can be seen is what the spreading itself costs. The limits hold that down.

namespace hailong::district {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kStreams = 96;
constexpr std::int64_t kBatches = 6;  // of each stream
constexpr std::int64_t kBatchEvents = 500;
constexpr std::int64_t kUnits = 17;
constexpr std::int64_t kMonths = 24;
constexpr std::int64_t kFields = 10;
constexpr std::size_t kWriters = 2;
constexpr std::size_t kQueries = 101;
constexpr std::size_t kEventBytes = 260;

constexpr std::array kShardSchema = {sqlite::Migration{
    1,
    "CREATE TABLE event (stream_id BIGINT, seq BIGINT, hash BYTEA NOT NULL, bytes BYTEA NOT NULL,"
    "  PRIMARY KEY (stream_id, seq));"
    "CREATE TABLE rating (stream_id BIGINT, seq BIGINT, cell_id BIGINT NOT NULL,"
    "  score BIGINT NOT NULL, flags TEXT NOT NULL, PRIMARY KEY (stream_id, seq));"
    "CREATE TABLE month_cell (unit_id TEXT, month TEXT, field_id TEXT, n1 BIGINT NOT NULL,"
    "  n2 BIGINT NOT NULL, n3 BIGINT NOT NULL, n4 BIGINT NOT NULL, n5 BIGINT NOT NULL,"
    "  PRIMARY KEY (unit_id, month, field_id));"}};

/// Cluster-wide place of a key: the first bytes of its hash.
std::size_t shard_of(const std::string& key, std::size_t shards) {
  const core::Bytes32 hash = core::chain_next({}, key);
  return (std::size_t{hash[0]} * 256 + hash[1]) % shards;
}

std::string unit_name(std::int64_t unit) {
  return std::to_string(10700 + 3 * unit) + "@2025-07-01";
}

class Shards {
 public:
  explicit Shards(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::string url = test_postgres(folder_.path() / std::to_string(i));
      pools_.push_back(std::make_unique<sql::Pool>(must(sql::postgres_engine(url, kShardSchema))));
    }
  }

  [[nodiscard]] std::size_t size() const { return pools_.size(); }
  sql::Pool& at(std::size_t shard) { return *pools_[shard]; }
  sql::Pool& of(const std::string& key) { return at(shard_of(key, size())); }

 private:
  tests::TempFolder folder_;
  std::vector<std::unique_ptr<sql::Pool>> pools_;
};

void add_batch(sql::Pool& pool, std::int64_t stream, std::int64_t first) {
  static const std::string kEvent(kEventBytes, 'e');
  must(sql::transact(pool, sql::Access::kWriteLocked, "adding", [&](sql::Connection& c) {
    const auto events = c.appender({"event",
                                    {{"stream_id", sql::Type::kInteger},
                                     {"seq", sql::Type::kInteger},
                                     {"hash", sql::Type::kBytes},
                                     {"bytes", sql::Type::kBytes}}});
    const auto ratings = c.appender({"rating",
                                     {{"stream_id", sql::Type::kInteger},
                                      {"seq", sql::Type::kInteger},
                                      {"cell_id", sql::Type::kInteger},
                                      {"score", sql::Type::kInteger},
                                      {"flags", sql::Type::kText}}});
    for (std::int64_t seq = first; seq < first + kBatchEvents; ++seq) {
      events->add(std::array<sql::Value, 4>{stream, seq, core::Bytes32{}, sql::bytes(kEvent)});
      ratings->add(std::array<sql::Value, 5>{stream, seq, seq % 1000, seq % 5 + 1, ""});
    }
    events->flush();
    ratings->flush();
    return core::Result<void>();
  }));
}

/// Events per second of kWriters clients, as the receivers behind a load balancer would send.
double ingest_all(Shards& shards) {
  const auto start = Clock::now();
  std::vector<std::thread> writers;
  writers.reserve(kWriters);
  for (std::size_t writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      for (std::int64_t batch = 0; batch < kBatches; ++batch) {
        for (auto stream = static_cast<std::int64_t>(writer); stream < kStreams;
             stream += static_cast<std::int64_t>(kWriters)) {
          add_batch(shards.of("stream " + std::to_string(stream)), stream,
                    batch * kBatchEvents + 1);
        }
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return static_cast<double>(kStreams * kBatches * kBatchEvents) / seconds;
}

void add_roll_ups(Shards& shards) {
  for (std::int64_t unit = 0; unit < kUnits; ++unit) {
    must(sql::transact(
        shards.of(unit_name(unit)), sql::Access::kWriteLocked, "adding", [&](sql::Connection& c) {
          for (std::int64_t month = 0; month < kMonths; ++month) {
            for (std::int64_t field = 0; field < kFields; ++field) {
              c.execute("INSERT INTO month_cell VALUES ($1, $2, $3, 1, 2, 3, 40, 50)",
                        unit_name(unit), std::to_string(202501 + month),
                        "f" + std::to_string(field));
            }
          }
          return core::Result<void>();
        }));
  }
}

std::int64_t read_scores(sql::Pool& pool, const std::string& condition) {
  return must(sql::transact(
      pool, sql::Access::kRead, "reading", [&](sql::Connection& c) -> core::Result<std::int64_t> {
        std::int64_t n = 0;
        for (const sql::Row row : c.query("SELECT unit_id, month, sum(n1 + n2 + n3), sum(n4 + n5) "
                                          "FROM month_cell " +
                                          condition + " GROUP BY 1, 2")) {
          n += row.integer(2) + row.integer(3);
        }
        return n;
      }));
}

/// Milliseconds, the middle one of many.
double middle_of(const std::function<void()>& work) {
  std::vector<double> times;
  times.reserve(kQueries);
  for (std::size_t i = 0; i < kQueries; ++i) {
    const auto start = Clock::now();
    work();
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  std::sort(times.begin(), times.end());
  return times[kQueries / 2];
}

/// The fullest shard's streams, by what an even share would be.
double unevenness(std::size_t shards) {
  std::vector<std::int64_t> streams(shards);
  for (std::int64_t stream = 0; stream < 10'000; ++stream) {
    ++streams[shard_of("stream " + std::to_string(stream), shards)];
  }
  return static_cast<double>(*std::max_element(streams.begin(), streams.end())) *
         static_cast<double>(shards) / 10'000;
}

struct Figures {
  double events_per_s = 0;
  double one_unit_ms = 0;
  double all_units_ms = 0;
};

Figures measure(std::size_t count) {
  Shards shards(count);
  add_roll_ups(shards);
  Figures figures;
  figures.events_per_s = ingest_all(shards);
  const std::string unit = unit_name(3);
  figures.one_unit_ms =
      middle_of([&] { read_scores(shards.of(unit), "WHERE unit_id = '" + unit + "'"); });
  constexpr std::int64_t kAll = kUnits * kMonths * kFields * 96;
  figures.all_units_ms = middle_of([&] {
    std::int64_t n = 0;
    for (std::size_t i = 0; i < count; ++i) n += read_scores(shards.at(i), "");
    if (n != kAll) {
      std::fprintf(stderr, "bench_shards: the shards add up to something else\n");
      std::exit(2);
    }
  });
  return figures;
}

int measure_all() {
  bench::Report report;
  std::map<std::size_t, Figures> by_count;
  for (const std::size_t count : {1U, 2U, 4U, 8U}) {
    const Figures figures = by_count[count] = measure(count);
    const std::string name = std::to_string(count) + (count == 1 ? " shard" : " shards");
    bench::Report::note(name + ": events stored", figures.events_per_s, "events/s");
    bench::Report::note(name + ": scores of one unit", figures.one_unit_ms, "ms");
    bench::Report::note(name + ": scores of all units", figures.all_units_ms, "ms");
    bench::Report::note(name + ": fullest : even share", unevenness(count), "");
  }
  report.at_least("events/s, 8 shards : 1", by_count[8].events_per_s / by_count[1].events_per_s,
                  0.7, "");
  report.at_most("one unit, 8 shards : 1", by_count[8].one_unit_ms / by_count[1].one_unit_ms, 1.5,
                 "");
  report.at_most("fullest of 8 : even share", unevenness(8), 1.15, "");
  return report.exit_code();
}

}  // namespace
}  // namespace hailong::district

int main() {
  if (hailong::district::postgres_server() == nullptr) {
    std::fprintf(stderr, "bench_shards: HAILONG_TEST_POSTGRES must name a server\n");
    return 2;
  }
  return hailong::district::measure_all();
}
