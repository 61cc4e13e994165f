#include "district/storage/store.h"

#include <gtest/gtest.h>

#include <map>

#include "district/storage/accounts.h"
#include "district/storage/audit.h"
#include "district/storage/schema.h"
#include "tests/district/sample.h"

namespace hailong::district::storage {
namespace {

using core::Fault;

TEST(Store, KeepsItsFolderToItself) {
  const tests::TempFolder folder;
  const auto store = must(Store::open(folder.path() / "a" / "b"));
  const auto mode = std::filesystem::status(folder.path() / "a" / "b").permissions();
  EXPECT_EQ(mode, std::filesystem::perms::owner_all);
}

TEST(Store, SurvivesAPowerCutByItsPragmas) {
  if (postgres_server() != nullptr) GTEST_SKIP() << "SQLite's own";
  Reception reception;
  auto peek = reception.peek();
  EXPECT_EQ(peek.text("PRAGMA journal_mode"), "wal");
}

TEST(Store, RefusesAFileOfANewerProgram) {
  const tests::TempFolder folder;
  const std::string postgres = test_postgres(folder.path());
  { must(Store::open(folder.path(), postgres)); }
  must(Peek(folder.path())
           .execute(postgres.empty() ? "PRAGMA user_version = 1000"
                                     : "UPDATE schema_version SET number = 1000"));
  const auto store = Store::open(folder.path(), postgres);
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().fault, Fault::kInvalid);
}

/// A change of the schema is two files of one number: migrations/NNN_name.sql for SQLite and
/// postgres/NNN_name.sql for PostgreSQL, numbered without a gap.
TEST(Store, HasEachStepOfItsSchemaForBothEngines) {
  const auto numbers = [](std::span<const sqlite::Migration> migrations) {
    std::vector<int> listed;
    for (const sqlite::Migration& migration : migrations) listed.push_back(migration.number);
    return listed;
  };
  const auto sqlite = numbers(sqlite_migrations());
  EXPECT_EQ(sqlite, numbers(postgres_migrations()))
      << "district/storage/migrations and district/storage/postgres must hold the same numbers";
  for (std::size_t i = 0; i < sqlite.size(); ++i) {
    EXPECT_EQ(sqlite[i], static_cast<int>(i) + 1) << "each number once, and none left out";
  }
}

constexpr const char* kPostgresColumns =
    "SELECT table_name::text || '.' || column_name::text || ' ' || CASE data_type "
    "WHEN 'bigint' THEN 'INTEGER' WHEN 'text' THEN 'TEXT' WHEN 'bytea' THEN 'BLOB' "
    "ELSE data_type::text END FROM information_schema.columns JOIN pg_tables "
    "ON schemaname = table_schema AND tablename = table_name "
    "WHERE table_schema = current_schema() AND table_name <> 'schema_version' ORDER BY 1";

constexpr const char* kSqliteColumns =
    "SELECT m.name || '.' || c.name || ' ' || c.type FROM sqlite_master m "
    "JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' "
    "ORDER BY 1";

TEST(Store, HasTheSameTablesInBothEngines) {
  if (postgres_server() == nullptr) GTEST_SKIP() << "compares PostgreSQL with SQLite";
  Reception reception;
  const std::string postgres = reception.peek().dump(kPostgresColumns);
  const tests::TempFolder folder;
  { must(Store::open(folder.path())); }
  sql::Pool pool(must(sql::sqlite_engine(folder.path() / kStoreFile, {})));
  std::string sqlite;
  must(sql::transact(pool, sql::Access::kRead, "reading", [&](sql::Connection& c) {
    for (const sql::Row row : c.query(kSqliteColumns)) sqlite += row.text(0) + "\n";
    return core::Result<void>();
  }));
  EXPECT_EQ(postgres, sqlite);
}

TEST(Store, NeverLetsAnEventBeChangedOrDeleted) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(1);
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk));
  auto peek = reception.peek();
  for (const char* change : {"UPDATE event SET bytes = hash", "DELETE FROM event"}) {
    const auto changed = peek.execute(change);
    ASSERT_FALSE(changed.has_value());
    EXPECT_EQ(changed.error().fault, Fault::kConflict) << changed.error().message;
  }
  EXPECT_EQ(peek.number("SELECT count(*) FROM event"), 1);
}

TEST(Store, SaysWhatItIsThatCannotBeChanged) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(1);
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk));
  must(Audit(reception.store()).add({kNoon, "a", "login", "", ""}));
  std::map<std::string, std::string> words{{"event", "events are append-only"},
                                           {"audit", "the audit log is append-only"}};
  if (postgres_server() != nullptr) {  // which asks for no row
    words["programme_confirmation"] = "confirmations are append-only";
    words["served"] = "served totals are append-only";
    words["appraisal_step"] = "the appraisal is append-only";
    words["register_row"] = "the register is append-only";
    words["case_step"] = "steps of a case are append-only";
    words["flag_decision"] = "decisions are append-only";
  }
  auto peek = reception.peek();
  for (const auto& [table, expected] : words) {
    const auto changed = peek.execute("DELETE FROM " + table);
    ASSERT_FALSE(changed.has_value());
    EXPECT_NE(changed.error().message.find(expected), std::string::npos) << changed.error().message;
  }
}

TEST(Devices, KeepTheirUnitAndTheirKeysApart) {
  Reception reception;
  Devices devices(reception.store());
  const FakeKiosk kiosk("kt-1");
  NewDevice device{kiosk.device(), core::UnitCode{"10750"}, core::CounterId{"q1"}, "cửa vào",
                   kiosk.key().public_key()};
  const Author by{"test", kNoon};
  EXPECT_EQ(must(devices.add(device, by)), DeviceAdded::kDevice);
  EXPECT_EQ(must(devices.add(device, by)), DeviceAdded::kNothing);
  device.unit.value = "10756";
  EXPECT_EQ(devices.add(device, by).error().fault, Fault::kConflict);
  device.unit.value = "10750";
  device.device.value = "kt-2";
  EXPECT_EQ(devices.add(device, by).error().message, "this key belongs to device kt-1");
  EXPECT_EQ(reception.peek().number("SELECT count(*) FROM device WHERE unit_code <> ''"), 1);
  const auto lines = must(devices.list());
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].keys, 1);
  EXPECT_EQ(lines[0].note, "cửa vào");
  EXPECT_FALSE(lines[0].received_at);
  EXPECT_EQ(devices.suspend(core::DeviceId{"kt-2"}, {"test", kNoon}).error().fault,
            Fault::kNotFound);
}

TEST(Devices, AreListedWithWhatTheySent) {
  Reception reception;
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 3; ++i) kiosk.rate(5);
  register_kiosk(reception.store(), kiosk);
  accepted(reception.take(kiosk, kiosk.sealed(), kNoon + 7));
  const auto lines = must(Devices(reception.store()).list());
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].events, 3);
  EXPECT_EQ(lines[0].epochs, 1);
  EXPECT_EQ(lines[0].received_at, kNoon + 7);
}

TEST(Accounts, RefuseANameThatIsTaken) {
  Reception reception;
  Accounts accounts(reception.store());
  Account account;
  account.name = "a";
  account.role = "auditor";
  must(accounts.add(account, "hash", {"test", kNoon}));
  EXPECT_EQ(accounts.add(account, "other", {"test", kNoon}).error().fault, Fault::kConflict);
  EXPECT_EQ(must(accounts.find("a")).value().password_hash, "hash");
  EXPECT_FALSE(must(accounts.find("b")).has_value());
  EXPECT_EQ(accounts.revoke_token("none", {"test", kNoon}).error().fault, Fault::kNotFound);
}

}  // namespace
}  // namespace hailong::district::storage
