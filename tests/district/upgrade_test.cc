#include <gtest/gtest.h>

#include <sstream>

#include "district/storage/schema.h"
#include "sqlite/database.h"
#include "tests/district/sample.h"

/// A store that an older program left.

namespace hailong::district {
namespace {

/// As tests/district/data holds it.
void restore(const std::filesystem::path& data_dir, const std::string& name) {
  std::ostringstream dump;
  dump << std::ifstream(std::string(HAILONG_DISTRICT_DATA) + "/" + name).rdbuf();
  ASSERT_FALSE(dump.str().empty());
  std::filesystem::create_directories(data_dir);
  SQLite::Database((data_dir / storage::kStoreFile).string(),
                   SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec(dump.str());
}

constexpr const char* kCounts =
    "SELECT day, unit_id, field_id, counter_id, n1, n2, n3, n4, n5, flagged FROM cell "
    "WHERE n1 + n2 + n3 + n4 + n5 > 0 ORDER BY 1, 2, 3, 4";

TEST(Upgrade, KeepsTheCountsAndMakesUseOfWhatWasNotUnderstood) {
  if (postgres_server() != nullptr) GTEST_SKIP() << "no PostgreSQL store is as old as that";
  const tests::TempFolder folder;
  const Config config = must(read_config(write_config(folder.path())));
  restore(config.data_dir, "district_001.sql");
  Peek peek(config.data_dir);
  const std::string before = peek.dump(kCounts);
  EXPECT_EQ(before,
            "2026-11-24|10750@2025-07-01|chung-thuc|q2|0|0|0|1|0|0\n"
            "2026-11-24|10750@2025-07-01|ho-tich|q1|0|0|1|0|1|1\n");
  auto store = must(storage::Store::open(config.data_dir));
  EXPECT_EQ(peek.number("PRAGMA user_version"), storage::sqlite_migrations().back().number);
  EXPECT_EQ(peek.dump(kCounts), before);
  EXPECT_EQ(peek.number("SELECT count(*) FROM quarantine"), 3);
  EXPECT_EQ(peek.number("SELECT count(*) FROM device_place"),
            peek.number("SELECT count(*) FROM device WHERE device_id <> '@district'"));

  ingest::Receiver receiver(store, config.rules.units, {config.case_limits, config.calendar},
                            config.limits.unpacked_bytes);
  EXPECT_TRUE(must(receiver.rebuild_if_outdated()));
  EXPECT_FALSE(must(receiver.rebuild_if_outdated()));
  EXPECT_EQ(peek.dump("SELECT seq, reason FROM quarantine"), "8|refers to no rating\n");
  EXPECT_EQ(peek.dump(kCounts),
            "2026-11-24|10750@2025-07-01|chung-thuc|q2|0|0|0|1|0|0\n"
            "2026-11-24|10750@2025-07-01|dat-dai|q1|0|0|0|0|1|0\n"
            "2026-11-24|10750@2025-07-01|ho-tich|q1|0|0|1|0|0|1\n");
  EXPECT_EQ(peek.dump("SELECT unit_id, month, sum(n3), sum(n5) FROM month_cell GROUP BY 1, 2"),
            "10750@2025-07-01|2026-11|1|1\n");
  EXPECT_EQ(peek.dump("SELECT unit_id, month, n3, n5 FROM unit_month"),
            "10750@2025-07-01|2026-11|1|1\n");
  EXPECT_EQ(peek.number("SELECT count(*) FROM visit_token"), 1);
  EXPECT_EQ(peek.number("SELECT count(*) FROM v_alert WHERE choice = 'extra-money'"), 1);
}

}  // namespace
}  // namespace hailong::district
