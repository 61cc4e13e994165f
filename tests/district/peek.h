#pragma once

#include <map>
#include <memory>
#include <string>

#include "district/sql/transaction.h"
#include "district/storage/store.h"
#include "tests/district/test_postgres.h"

namespace hailong::district {

/// Bytes in hexadecimal digits.
inline std::string shown(const sql::Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* blob = std::get_if<sql::Blob>(&cell)) {
    return core::to_hex(sql::bytes(blob->bytes));
  }
  return {};
}

/// A line for each row.
inline std::string dump_rows(const sql::Rows& rows) {
  std::string text;
  for (const sql::Row row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      text.append(i == 0 ? "" : "|").append(shown(row.cell(i)));
    }
    text.append("\n");
  }
  return text;
}

/// Looks into a store from beside.
class Peek {
 public:
  explicit Peek(const std::filesystem::path& data_dir) : Peek(engine_of(data_dir)) {}
  explicit Peek(std::unique_ptr<sql::Engine> engine) : pool_(std::move(engine)) {}

  std::int64_t number(const std::string& sql) { return rows(sql)[0].integer(0); }
  std::string bytes(const std::string& sql) { return rows(sql)[0].bytes(0); }
  std::string text(const std::string& sql) { return shown(rows(sql)[0].cell(0)); }

  sql::Rows rows(const std::string& sql) {
    return must(
        sql::transact(pool_, sql::Access::kRead, "peeking",
                      [&](sql::Connection& c) -> core::Result<sql::Rows> { return c.query(sql); }));
  }

  /// Changes what nobody should change.
  template <typename... Parameters>
  core::Result<void> execute(const std::string& sql, const Parameters&... parameters) {
    return sql::transact(pool_, sql::Access::kWriteLocked, "meddling",
                         [&](sql::Connection& c) -> core::Result<void> {
                           c.execute(sql, parameters...);
                           return {};
                         });
  }

  /// From here on nothing keeps an append-only table from being changed.
  void unlock(const std::string& table) {
    if (postgres_server() != nullptr) {
      must(execute("DROP TRIGGER " + table + "_is_never_changed ON " + table));
      return;
    }
    must(execute("DROP TRIGGER " + table + "_is_never_changed"));
    must(execute("DROP TRIGGER " + table + "_is_never_deleted"));
  }

  /// While this lives, nobody else can write.
  class Hold {
   public:
    explicit Hold(sql::Pool& pool)
        : connection_(pool.take(sql::Access::kWriteLocked)),
          transaction_(*connection_, sql::Access::kWriteLocked) {
      if ((*connection_).dialect() == sql::Dialect::kPostgres) {
        (*connection_).run_script("LOCK TABLE state, device, stream IN EXCLUSIVE MODE");
      }
    }

   private:
    sql::Pool::Loan connection_;
    sql::Transaction transaction_;
  };
  Hold hold() { return Hold(pool_); }

  /// Rows of every table. `state` alone is left out: the health check writes it.
  std::map<std::string, std::int64_t> counts() {
    std::map<std::string, std::int64_t> counts;
    const char* tables = postgres_server() == nullptr
                             ? "SELECT name FROM sqlite_master WHERE type = 'table' "
                               "AND name NOT LIKE 'sqlite%' AND name NOT IN ('state')"
                             : "SELECT tablename::text FROM pg_tables "
                               "WHERE schemaname = current_schema() "
                               "AND tablename NOT IN ('state', 'schema_version')";
    for (const sql::Row row : rows(tables)) {
      counts[row.text(0)] = number("SELECT count(*) FROM " + row.text(0));
    }
    return counts;
  }

  /// Everything derived, as one text.
  std::string projections() {
    return dump(
               "SELECT stream_id, seq, day, unit_id, field_id, counter_id, score, flags, "
               "superseded, rating.later FROM rating JOIN cell ON cell.id = cell_id ORDER BY 1, "
               "2") +
           roll_ups() + kept_sums() + dump("SELECT * FROM quarantine ORDER BY 1, 2") +
           dump("SELECT * FROM answer ORDER BY 1, 2, 3") +
           dump(
               "SELECT stream_id, rating_seq, unit_id, key, rated_at, procedure_id, field_id, "
               "seq FROM dossier ORDER BY 1, 2") +
           dump("SELECT stream_id, seq, rating_seq, digest FROM visit_token ORDER BY 1, 2") +
           dump("SELECT * FROM consent ORDER BY 1, 2") +
           dump("SELECT * FROM feedback_case ORDER BY 1, 2") +
           dump("SELECT * FROM case_words ORDER BY 1, 2") +
           dump("SELECT * FROM sign_off ORDER BY 1, 2") +
           dump("SELECT * FROM staff_act ORDER BY 1, 2") +
           dump("SELECT * FROM staff_account ORDER BY 1, 2") +
           dump("SELECT * FROM kiosk_served ORDER BY 1, 2, 3") +
           dump("SELECT * FROM kiosk_served_month ORDER BY 1, 2") +
           dump(
               "SELECT stream_id, seq, hour, linked, excluded, at_ms, stamped FROM rating "
               "ORDER BY 1, 2") +
           dump("SELECT * FROM boot ORDER BY 1, 2");
  }

  /// Counts, then reasons, then what is left out.
  std::string roll_ups() {
    return dump(
               "SELECT day, unit_id, field_id, counter_id, n1, n2, n3, n4, n5, flagged FROM cell "
               "WHERE n1 + n2 + n3 + n4 + n5 + flagged > 0 ORDER BY 1, 2, 3, 4") +
           dump(
               "SELECT day, unit_id, field_id, counter_id, reason, n FROM cell_flag "
               "JOIN cell ON id = cell_id ORDER BY 1, 2, 3, 4, 5") +
           dump(
               "SELECT day, unit_id, field_id, counter_id, 'left out', left_out FROM cell "
               "WHERE left_out <> 0 ORDER BY 1, 2, 3, 4");
  }

  /// What decisions leave out and what is about dossiers; then months, hours and answers.
  std::string kept_sums() {
    return dump(
               "SELECT day, unit_id, field_id, counter_id, x1, x2, x3, x4, x5, linked, later FROM "
               "cell WHERE x1 + x2 + x3 + x4 + x5 + linked + later > 0 ORDER BY 1, 2, 3, 4") +
           dump(
               "SELECT * FROM month_cell WHERE n1 + n2 + n3 + n4 + n5 + flagged > 0 "
               "ORDER BY 1, 2, 3") +
           dump("SELECT * FROM month_flag WHERE n <> 0 ORDER BY 1, 2, 3, 4") +
           dump(
               "SELECT * FROM unit_month WHERE n1 + n2 + n3 + n4 + n5 + flagged > 0 "
               "ORDER BY 1, 2") +
           dump("SELECT * FROM unit_month_flag WHERE n <> 0 ORDER BY 1, 2, 3") +
           dump("SELECT * FROM hour_cell WHERE n1 + n2 + n3 + n4 + n5 > 0 ORDER BY 1, 2, 3") +
           dump("SELECT * FROM answer_cell WHERE n <> 0 ORDER BY 1, 2, 3, 4");
  }

  std::string dump(const std::string& sql) { return dump_rows(rows(sql)); }

 private:
  static std::unique_ptr<sql::Engine> engine_of(const std::filesystem::path& data_dir) {
    if (postgres_server() != nullptr)
      return must(sql::postgres_engine(test_postgres(data_dir), {}));
    return must(sql::sqlite_engine(data_dir / storage::kStoreFile, {}));
  }

  sql::Pool pool_;
};

}  // namespace hailong::district
