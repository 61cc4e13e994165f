#include <gtest/gtest.h>

#include "district/sql/transaction.h"
#include "tests/district/fake_kiosk.h"
#include "tests/temp_folder.h"

namespace hailong::district::sql {
namespace {

using core::Fault;

constexpr std::array kSchema = {
    sqlite::Migration{1,
                      "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, "
                      "data BLOB, n INTEGER) STRICT"}};

class Sql : public testing::Test {
 protected:
  template <typename Work>
  auto write(Work work) {
    return transact(pool_, Access::kWrite, "writing", std::move(work));
  }
  template <typename Work>
  auto read(Work work) {
    return transact(pool_, Access::kRead, "reading", std::move(work));
  }

  tests::TempFolder folder_;
  Pool pool_{must(sqlite_engine(folder_.path() / "things.db", kSchema))};
};

TEST_F(Sql, BindsParametersByTheirNumber) {
  must(write([](Connection& c) -> core::Result<void> {
    EXPECT_EQ(c.execute("INSERT INTO thing (n, name, data) VALUES ($3, $1, $2)", "a",
                        bytes(std::string_view("\0x", 2)), 7),
              1);
    return {};
  }));
  must(read([](Connection& c) -> core::Result<void> {
    const Rows rows =
        c.query("SELECT name, data, n FROM thing WHERE n = $2 AND name = $1 AND $2 = n", "a", 7);
    EXPECT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].text(0), "a");
    EXPECT_EQ(rows[0].bytes(1), std::string("\0x", 2));
    EXPECT_EQ(rows[0].integer(2), 7);
    return {};
  }));
}

TEST_F(Sql, TellsNothingFromEmpty) {
  must(write([](Connection& c) -> core::Result<void> {
    c.execute("INSERT INTO thing (name, data) VALUES ($1, $2)", std::string_view(), bytes({}));
    c.execute("INSERT INTO thing (name, data) VALUES ($1, $2)", "none", std::nullopt);
    const Rows rows = c.query("SELECT name, data, n FROM thing ORDER BY name");
    EXPECT_EQ(rows[0].text(0), "");
    EXPECT_EQ(rows[0].bytes(1), "");
    EXPECT_TRUE(rows[1].is_null(1));
    EXPECT_EQ(rows[1].maybe_integer(2), std::nullopt);
    return {};
  }));
}

TEST_F(Sql, UndoesWhatFails) {
  const auto refused = write([](Connection& c) -> core::Result<void> {
    c.execute("INSERT INTO thing (name) VALUES ('a')");
    return core::fail(Fault::kInvalid, "no");
  });
  EXPECT_FALSE(refused.has_value());
  const auto twice = write([](Connection& c) -> core::Result<void> {
    c.execute("INSERT INTO thing (name) VALUES ('b')");
    c.execute("INSERT INTO thing (name) VALUES ('b')");
    return {};
  });
  ASSERT_FALSE(twice.has_value());
  EXPECT_EQ(twice.error().fault, Fault::kConflict);
  EXPECT_EQ(must(read([](Connection& c) -> core::Result<std::size_t> {
              return c.query("SELECT name FROM thing").size();
            })),
            0U);
}

TEST_F(Sql, SaysWhenAColumnHoldsSomethingElse) {
  const auto wrong = read([](Connection& c) -> core::Result<std::int64_t> {
    return c.query("SELECT 'a'")[0].integer(0);
  });
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().message, "reading: column 0 holds no number");
  const auto few = read([](Connection& c) -> core::Result<std::size_t> {
    return c.query("SELECT name FROM thing WHERE name = $1 AND n = $2", "a").size();
  });
  EXPECT_FALSE(few.has_value());
}

TEST_F(Sql, VisitsALargeAnswerWhileItAsksOn) {
  must(write([](Connection& c) -> core::Result<void> {
    for (int i = 0; i < 100; ++i) {
      c.execute("INSERT INTO thing (name, n) VALUES ($1, $2)", std::to_string(i), i);
    }
    std::int64_t seen = 0;
    c.each(
        "SELECT n FROM thing WHERE n >= $1 ORDER BY n",
        [&](const Row& row) {
          seen += c.query("SELECT n FROM thing WHERE n = $1", row.integer(0))[0].integer(0);
        },
        50);
    EXPECT_EQ(seen, (50 + 99) * 50 / 2);
    return {};
  }));
}

}  // namespace
}  // namespace hailong::district::sql
