#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/communes.h"
#include "bench/report.h"
#include "core/local_date.h"
#include "district/config.h"
#include "district/feedback/desk.h"
#include "district/feedback/timeliness.h"
#include "district/sql/transaction.h"
#include "district/storage/store.h"
#include "program/log.h"
#include "tests/district/fake_kiosk.h"
#include "tests/district/test_postgres.h"
#include "tests/temp_folder.h"

/// The inbox of an authority with 100,000 cases, as pages show it, beside a bare SELECT that reads
/// one column of the same rows in the order of an index, on the same store in the same run. With
/// HAILONG_TEST_POSTGRES on PostgreSQL.
///
/// Exit code 0: all limits are kept.

namespace hailong::district {
namespace {

using Clock = std::chrono::steady_clock;
using sql::Type;
using sql::Value;

constexpr std::int64_t kCases = 100'000;
constexpr std::int64_t kUnits = 17;
constexpr std::int64_t kStreams = 3 * kUnits;
constexpr std::int64_t kDays = 730;
constexpr std::int64_t kCells = kUnits * kDays;
constexpr int kOnAPage = 50;
constexpr int kRounds = 15;
constexpr double kMostPage = 10;        // times the bare SELECT, at any filter
constexpr double kMostTimeliness = 60;  // likewise: here each case is read and judged

std::string unit_id(std::int64_t unit) { return bench::commune_code(static_cast<int>(unit)) + "@"; }

std::int64_t moment_of(std::int64_t day) { return kNoon - (kDays - day) * kDay; }

std::string day_text(std::int64_t day) { return core::to_string(core::local_date(moment_of(day))); }

void fill_streams(sql::Connection& c) {
  for (std::int64_t i = 1; i <= kStreams; ++i) {
    const std::string device = "d" + std::to_string(i);
    c.execute(
        "INSERT INTO device (device_id, unit_code, counter_id, note, added_at) "
        "VALUES ($1, '20000', 'q1', '', 0)",
        device);
    c.execute(
        "INSERT INTO stream (id, device_id, epoch, position, head, first_seen, received_at) "
        "VALUES ($1, $2, 'e', 0, $3, 0, 0)",
        i, device, core::Bytes32{});
  }
  const auto cells = c.appender({"cell",
                                 {{"id", Type::kInteger},
                                  {"day", Type::kText},
                                  {"unit_id", Type::kText},
                                  {"field_id", Type::kText},
                                  {"counter_id", Type::kText}}});
  for (std::int64_t i = 0; i < kCells; ++i) {
    cells->add(
        std::array<Value, 5>{i + 1, day_text(i / kUnits), unit_id(i % kUnits), "ho-tich", "q1"});
  }
  cells->flush();
}

/// Seven of ten are closed, two wait for somebody, one nobody has seen; an eighth of them
/// restricted.
void fill_cases(sql::Connection& c) {
  const auto ratings = c.appender({"rating",
                                   {{"stream_id", Type::kInteger},
                                    {"seq", Type::kInteger},
                                    {"cell_id", Type::kInteger},
                                    {"score", Type::kInteger},
                                    {"flags", Type::kText}}});
  const auto cases = c.appender({"feedback_case",
                                 {{"stream_id", Type::kInteger},
                                  {"rating_seq", Type::kInteger},
                                  {"unit_id", Type::kText},
                                  {"day", Type::kText},
                                  {"given_at", Type::kInteger},
                                  {"alert", Type::kInteger},
                                  {"last_seq", Type::kInteger}}});
  const auto words = c.appender({"case_words",
                                 {{"stream_id", Type::kInteger},
                                  {"seq", Type::kInteger},
                                  {"rating_seq", Type::kInteger},
                                  {"folded", Type::kText}}});
  const auto states = c.appender({"case_state",
                                  {{"stream_id", Type::kInteger},
                                   {"rating_seq", Type::kInteger},
                                   {"status", Type::kText},
                                   {"classed", Type::kText},
                                   {"misconduct", Type::kInteger},
                                   {"hidden", Type::kInteger},
                                   {"due_at", Type::kInteger},
                                   {"answer_due", Type::kInteger},
                                   {"settled_at", Type::kInteger},
                                   {"seen", Type::kInteger},
                                   {"steps", Type::kInteger}}});
  for (std::int64_t i = 1; i <= kCases; ++i) {
    const std::int64_t mixed = i * 2654435761 % 4294967296;
    const std::int64_t stream = 1 + mixed % kStreams;
    const std::int64_t unit = stream % kUnits;
    const std::int64_t day = mixed / kStreams % kDays;
    const std::int64_t given = moment_of(day) + i % 1000;
    ratings->add(std::array<Value, 5>{stream, i, day * kUnits + unit + 1, mixed % 5 + 1, ""});
    cases->add(std::array<Value, 7>{stream, i, unit_id(unit), day_text(day), given, i % 8 == 0, i});
    words->add(std::array<Value, 4>{stream, i, i, " cho lau qua " + std::to_string(i)});
    const auto kind = mixed / 7 % 10;
    if (kind == 0) continue;
    const bool open = kind < 3;
    const std::int64_t due = given + 10 * kDay;
    states->add(std::array<Value, 11>{
        stream, i, open ? "seen" : "closed", open ? "none" : "suggestion", false, false,
        open ? Value(due) : Value(), due, open ? Value() : Value(given + kDay), i, 1});
  }
  for (auto* each : {ratings.get(), cases.get(), words.get(), states.get()}) each->flush();
  for (std::int64_t stream = 1; stream <= kStreams; ++stream) {
    for (const sql::Row row :
         c.query("SELECT rating_seq FROM case_state WHERE stream_id = $1", stream)) {
      storage::copy_standing(c, {stream, row.integer(0)});
    }
  }
  c.run_script("ANALYZE");
}

/// The median of some runs, in ms.
template <typename Work>
double timed(Work work) {
  std::vector<double> times;
  for (int i = -2; i < kRounds; ++i) {
    const auto start = Clock::now();
    work();
    if (i >= 0) {
      times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    }
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

int run() {
  const tests::TempFolder folder;
  Config config = must(read_config(bench::write_district_of(kUnits, folder.path())));
  config.postgres = test_postgres(config.data_dir);
  auto store = must(storage::Store::open(config.data_dir, config.postgres));
  const bool on_postgres = !config.postgres.empty();
  sql::Pool pool(on_postgres ? must(sql::postgres_engine(config.postgres, {}))
                             : must(sql::sqlite_engine(config.data_dir / storage::kStoreFile, {})));
  must(sql::transact(pool, sql::Access::kWriteLocked, "filling",
                     [](sql::Connection& c) -> core::Result<void> {
                       fill_streams(c);
                       fill_cases(c);
                       return {};
                     }));
  // A server does so by itself after so many new rows.
  const std::string vacuum = "psql -X -q -d '" + config.postgres + "' -c VACUUM";
  if (on_postgres && std::system(vacuum.c_str()) != 0) std::abort();

  const double bare = timed([&] {
    must(sql::transact(pool, sql::Access::kRead, "reading",
                       [](sql::Connection& c) -> core::Result<std::int64_t> {
                         return c.query("SELECT sum(given_at) FROM feedback_case")[0].integer(0);
                       }));
  });
  feedback::Desk desk(store, config.case_limits, config.calendar);
  access::Principal officer;
  officer.name = "bench";
  officer.role = access::Role::kDistrictOfficer;
  const auto page = [&](const feedback::InboxFilter& filter) {
    return timed([&] {
      const auto inbox = must(desk.inbox(officer, filter, std::nullopt, kOnAPage, false, kNoon));
      if (inbox.rows.size() != kOnAPage) std::abort();
    });
  };
  feedback::InboxFilter overdue;
  overdue.overdue = true;
  feedback::InboxFilter commune;
  commune.unit_id = unit_id(3);
  feedback::InboxFilter search;
  search.search = "lâu";
  feedback::TimelinessReader timeliness(store, config.case_limits, config.calendar);
  const double times = timed([&] {
    must(timeliness.read(core::local_date(moment_of(0)), core::local_date(kNoon), kNoon));
  });

  bench::Report report;
  bench::Report::note("bare_select", bare, "ms, one column of 100,000 cases");
  report.at_most("ratio first page : bare", page({}) / bare, kMostPage, "");
  report.at_most("ratio overdue cases : bare", page(overdue) / bare, kMostPage, "");
  report.at_most("ratio one commune : bare", page(commune) / bare, kMostPage, "");
  report.at_most("ratio timeliness of all : bare", times / bare, kMostTimeliness, "");
  bench::Report::note("search", page(search) / bare, "times the bare SELECT");
  return report.exit_code();
}

}  // namespace
}  // namespace hailong::district

int main() {
  hailong::program::start_log("warn");
  return hailong::district::run();
}
