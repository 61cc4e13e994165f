#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "district/storage/accounts.h"
#include "tests/district/running_district.h"
#include "tests/district/shell.h"

/// Backups and moves, as an operator makes them.

namespace hailong::district {
namespace {

namespace fs = std::filesystem;

class Upkeep : public ::testing::Test {
 protected:
  Upkeep() : home_(make_config(folder_.path() / "home")), config_(must(read_config(home_))) {
    auto store = must(storage::Store::open(config_.data_dir));
    register_kiosk(store, kiosk_);
    ingest::Receiver receiver(store, config_.rules.units, {config_.case_limits, config_.calendar},
                              config_.limits.unpacked_bytes);
    for (int i = 0; i < 5; ++i) kiosk_.rate(5 - i);
    kiosk_.say(kiosk_.rate(1), "chờ lâu \"quá\" \\ {đắt}, NULL");
    accepted(must(receiver.receive(kiosk_.device(), kiosk_.sealed(), kNoon)));
    must(storage::Accounts(store).add_token({"demo", "scores", "", 0, false}, core::Bytes32{1},
                                            {"test", kNoon}));
    must(storage::Ledger(store).write([](storage::Ledger::Transaction& ledger) {
      const core::LocalDate today = core::local_date(kNoon);
      ledger.add_to_register({{core::Bytes32{1},
                               core::Bytes32{2},
                               "10750@2025-07-01",
                               "",
                               today,
                               today,
                               {},
                               storage::Complaint::kOther,
                               today,
                               "Hệ thống một cửa"}},
                             {"test", kNoon});
      return core::Result<void>();
    }));
  }

  /// A configuration whose store is in SQLite, whatever the suite runs on.
  static fs::path make_config(const fs::path& folder, const std::string& postgres = {}) {
    fs::create_directories(folder);
    Setting setting;
    setting.postgres = postgres;
    return write_config(folder, setting);
  }
  static Outcome admin(const fs::path& config, const std::string& arguments) {
    return run(std::string(HAILONG_DISTRICT_PROGRAM) + " admin --config " + config.string() + " " +
               arguments);
  }
  /// Every row of every table but the audit log, which tells of backups and restores.
  static std::string all_of(const fs::path& data_dir) {
    sql::Pool pool(must(sql::sqlite_engine(data_dir / storage::kStoreFile, {})));
    std::string text;
    must(sql::transact(pool, sql::Access::kRead, "reading", [&](sql::Connection& c) {
      for (const sql::Row table : c.query("SELECT name FROM sqlite_master WHERE type = 'table' "
                                          "AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'audit%' "
                                          "ORDER BY name")) {
        text += table.text(0) + "\n" + dump_rows(c.query("SELECT * FROM " + table.text(0)));
      }
      return core::Result<void>();
    }));
    return text;
  }

  /// What the audit log says was done, in order.
  static std::string done_in(const fs::path& data_dir) {
    sql::Pool pool(must(sql::sqlite_engine(data_dir / storage::kStoreFile, {})));
    return must(sql::transact(
        pool, sql::Access::kRead, "reading", [&](sql::Connection& c) -> core::Result<std::string> {
          return dump_rows(c.query("SELECT who, action, subject FROM audit ORDER BY seq"));
        }));
  }

  tests::TempFolder folder_;
  FakeKiosk kiosk_{"kt-1"};
  fs::path home_;
  Config config_;
};

TEST_F(Upkeep, RestoresEveryTableOfABackup) {
  const std::string before = all_of(config_.data_dir);
  const std::string done_before = done_in(config_.data_dir);
  const std::string backup = (folder_.path() / "backup.db").string();
  const Outcome wrote = admin(home_, "backup " + backup);
  EXPECT_EQ(wrote.code, 0) << wrote.output;
  EXPECT_EQ(fs::status(backup).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(admin(home_, "backup " + backup).output,
            "hailong-district: " + backup + " is there already\n");

  const fs::path other = make_config(folder_.path() / "other");
  EXPECT_EQ(admin(other, "restore " + backup).code, 0);
  EXPECT_EQ(all_of(folder_.path() / "other" / "data"), before);
  // The backup tells of nothing that came after it; who restored it is written down there.
  EXPECT_EQ(done_in(config_.data_dir),
            done_before + "(dòng lệnh)|store-backed-up|" + backup + "\n");
  EXPECT_EQ(done_in(folder_.path() / "other" / "data"),
            done_before + "(dòng lệnh)|store-restored|" + backup + "\n");
  EXPECT_EQ(admin(other, "audit verify").code, 0);
}

TEST_F(Upkeep, RestoresOverAStoreOnlyWhenToldTo) {
  const std::string backup = (folder_.path() / "backup.db").string();
  ASSERT_EQ(admin(home_, "backup " + backup).code, 0);
  const std::string before = all_of(config_.data_dir);
  ASSERT_EQ(admin(home_, "token add later").code, 0);
  const Outcome refused = admin(home_, "restore " + backup);
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.output.find("--replace"), std::string::npos) << refused.output;
  EXPECT_NE(all_of(config_.data_dir), before);
  EXPECT_EQ(admin(home_, "restore --replace " + backup).code, 0);
  EXPECT_EQ(all_of(config_.data_dir), before);
}

TEST_F(Upkeep, BacksUpWhileTheReceiverRunsAndTakesBatches) {
  const auto service = must(Service::start(must(read_config(home_))));
  HttpClient client(service.url());
  std::atomic<bool> enough = false;
  std::atomic<int> sent = 0;
  std::thread sender([&] {
    while (!enough) {
      const auto next = kiosk_.last() + 1;
      kiosk_.rate(4);
      EXPECT_EQ(client
                    .post(RunningDistrict::batches_of(kiosk_), kiosk_.sealed(next, next),
                          {"Content-Type: application/zstd"})
                    .status,
                200);
      ++sent;
    }
  });
  while (sent < 3) std::this_thread::yield();
  const Outcome wrote = admin(home_, "backup " + (folder_.path() / "backup.db").string());
  enough = true;
  sender.join();
  EXPECT_EQ(wrote.code, 0) << wrote.output;

  const fs::path other = make_config(folder_.path() / "other");
  ASSERT_EQ(admin(other, "restore " + (folder_.path() / "backup.db").string()).code, 0);
  sql::Pool pool(
      must(sql::sqlite_engine(folder_.path() / "other" / "data" / storage::kStoreFile, {})));
  must(sql::transact(pool, sql::Access::kRead, "reading", [&](sql::Connection& c) {
    const auto rows =
        c.query("SELECT (SELECT sum(position) FROM stream), (SELECT count(*) FROM event)");
    EXPECT_EQ(rows[0].integer(0), rows[0].integer(1));
    EXPECT_GE(rows[0].integer(1), 9);
    return core::Result<void>();
  }));
}

TEST_F(Upkeep, RefusesWhatIsNoBackup) {
  const fs::path file = folder_.path() / "file";
  std::ofstream(file) << "no database";
  EXPECT_EQ(admin(home_, "restore --replace " + file.string()).code, 1);
  EXPECT_EQ(admin(home_, "restore --replace " + file.string() + "2").code, 1);
}

TEST_F(Upkeep, MovesEveryTableToPostgres) {
  if (postgres_server() == nullptr) GTEST_SKIP() << "needs PostgreSQL";
  const std::string postgres = test_postgres(folder_.path() / "moved");
  const fs::path moving = make_config(folder_.path() / "home", postgres);
  const Outcome moved = admin(moving, "migrate");
  EXPECT_EQ(moved.code, 0) << moved.output;
  EXPECT_NE(moved.output.find("all tables are equal"), std::string::npos);

  // It goes on where the old store ended: with the kiosk's next events, and with new numbers.
  const Config config = must(read_config(moving));
  auto store = must(storage::Store::open(config.data_dir, config.postgres));
  ingest::Receiver receiver(store, config.rules.units, {config.case_limits, config.calendar},
                            config.limits.unpacked_bytes);
  kiosk_.rate(2);
  const auto next = kiosk_.last();
  EXPECT_EQ(
      accepted(must(receiver.receive(kiosk_.device(), kiosk_.sealed(next, next), kNoon))).added, 1);
  FakeKiosk second("kt-2");
  second.rate(3);
  register_kiosk(store, second);
  EXPECT_TRUE(accepted(must(receiver.receive(second.device(), second.sealed(), kNoon))).new_epoch);

  storage::AuditFilter moves{0, INT64_MAX, "", "store-migrated", "", {}};
  EXPECT_EQ(must(storage::Audit(store).read(moves, 9)).size(), 1U);

  const Outcome again = admin(moving, "migrate");
  EXPECT_EQ(again.code, 1);
  EXPECT_NE(again.output.find("give an empty one"), std::string::npos) << again.output;
  const Outcome backup = admin(moving, "backup x.db");
  EXPECT_EQ(backup.code, 2);
  EXPECT_NE(backup.output.find("pg_dump --format=custom --file='x.db' --dbname='"),
            std::string::npos)
      << backup.output;
}

TEST_F(Upkeep, MovesNothingUnlessItMovesEverything) {
  if (postgres_server() == nullptr) GTEST_SKIP() << "needs PostgreSQL";
  const fs::path moving =
      make_config(folder_.path() / "home", test_postgres(folder_.path() / "moved"));
  sql::Pool pool(must(sql::sqlite_engine(config_.data_dir / storage::kStoreFile, {})));
  const auto set_note = [&](const std::string& note) {
    must(sql::transact(pool, sql::Access::kWriteLocked, "meddling",
                       [&](sql::Connection& c) -> core::Result<void> {
                         c.execute("UPDATE device SET note = $1", note);
                         return {};
                       }));
  };
  set_note(std::string("a\0b", 3));
  const Outcome refused = admin(moving, "migrate");
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.output.find("zero byte"), std::string::npos) << refused.output;
  set_note("a");
  const Outcome moved = admin(moving, "migrate");
  EXPECT_EQ(moved.code, 0) << moved.output;
  EXPECT_NE(moved.output.find("copied event: 7 of 7 rows"), std::string::npos) << moved.output;
}

/// A database beside the one that the suite runs on.
class FurtherDatabase {
 public:
  explicit FurtherDatabase(const std::string& name) : name_(name + std::to_string(getpid())) {
    psql("DROP DATABASE IF EXISTS " + name_);
    psql("CREATE DATABASE " + name_);
  }
  FurtherDatabase(const FurtherDatabase&) = delete;
  FurtherDatabase& operator=(const FurtherDatabase&) = delete;
  ~FurtherDatabase() { psql("DROP DATABASE " + name_); }

  [[nodiscard]] std::string url() const { return postgres_server() + (" dbname=" + name_); }

  /// Every row of every table.
  [[nodiscard]] std::string all() const {
    Peek peek(must(sql::postgres_engine(url(), {})));
    std::string text;
    for (const sql::Row table : peek.rows("SELECT tablename::text FROM pg_tables "
                                          "WHERE schemaname = 'public' ORDER BY 1")) {
      text.append(table.text(0)).append("\n");
      text.append(peek.dump("SELECT t::text FROM " + table.text(0) + " t ORDER BY 1"));
    }
    return text;
  }

 private:
  static void psql(const std::string& sql) {
    const Outcome outcome =
        run("psql -X -q -d '" + std::string(postgres_server()) + "' -c '" + sql + "'");
    EXPECT_EQ(outcome.code, 0) << outcome.output;
  }

  std::string name_;
};

/// What stands behind the last "this: " of an output.
std::string command_in(const Outcome& outcome) {
  const auto at = outcome.output.rfind("this: ");
  return at == std::string::npos ? "false" : outcome.output.substr(at + 6);
}

TEST_F(Upkeep, RestoresAPostgresStoreByTheCommandsThatItNames) {
  if (postgres_server() == nullptr) GTEST_SKIP() << "needs PostgreSQL";
  const FurtherDatabase lived("lived");
  const FurtherDatabase empty("empty");
  const fs::path home = make_config(folder_.path() / "home", lived.url());
  ASSERT_EQ(admin(home, "migrate").code, 0);
  const std::string before = lived.all();
  ASSERT_NE(before.find("demo"), std::string::npos);

  const std::string file = (folder_.path() / "it's a backup").string();
  const std::string quoted = "\"" + file + "\"";
  const Outcome wrote = run(command_in(admin(home, "backup " + quoted)));
  ASSERT_EQ(wrote.code, 0) << wrote.output;
  ASSERT_EQ(admin(home, "token add later").code, 0);
  EXPECT_NE(lived.all(), before);
  const Outcome again = run(command_in(admin(home, "restore " + quoted)));
  EXPECT_EQ(again.code, 0) << again.output;
  EXPECT_EQ(lived.all(), before);

  const fs::path other = make_config(folder_.path() / "other", empty.url());
  const Outcome anew = run(command_in(admin(other, "restore " + quoted)));
  EXPECT_EQ(anew.code, 0) << anew.output;
  EXPECT_EQ(empty.all(), before);
  EXPECT_EQ(admin(other, "verify").code, 0);
  EXPECT_EQ(admin(other, "token add later").code, 0);
}

TEST(UpkeepOfPostgres, NeverPrintsThePassword) {
  const tests::TempFolder folder;
  for (const char* postgres : {"postgresql://hailong:geheim@db.example/hailong",
                               "host=db.example password=geheim user=hailong"}) {
    Setting setting;
    setting.postgres = postgres;
    const Outcome outcome = run(std::string(HAILONG_DISTRICT_PROGRAM) + " admin --config " +
                                write_config(folder.path(), setting).string() + " backup x");
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.output.find("db.example"), std::string::npos);
    EXPECT_EQ(outcome.output.find("geheim"), std::string::npos) << outcome.output;
  }
}

}  // namespace
}  // namespace hailong::district
