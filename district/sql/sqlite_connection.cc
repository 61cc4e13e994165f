#include <sqlite3.h>

#include <charconv>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "district/sql/engine.h"
#include "district/sql/exception.h"
#include "sqlite/database.h"

namespace hailong::district::sql {
namespace {

using core::Fault;

Exception exception_of(const SQLite::Exception& exception) {
  return Exception(
      {sqlite::fault_of(exception), std::string(exception.what()) + " (SQLite " +
                                        std::to_string(exception.getExtendedErrorCode()) + ")"});
}

/// Runs `work` and turns what SQLiteCpp throws into our exception.
template <typename Work>
auto translated(Work work) {
  try {
    return work();
  } catch (const SQLite::Exception& exception) {
    throw exception_of(exception);
  }
}

/// A prepared statement. SQLite numbers `$2 … $1` by first sight, so each parameter is bound by its
/// name.
class SqliteStatement {
 public:
  SqliteStatement(sqlite3* database, std::string_view sql) : database_(database) {
    const char* rest = nullptr;
    check(sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                             SQLITE_PREPARE_PERSISTENT, &statement_, &rest));
    if (rest != sql.data() + sql.size()) {
      sqlite3_finalize(statement_);
      throw Exception({Fault::kInvalid, "expected one statement: " + std::string(sql)});
    }
    const int parameters = sqlite3_bind_parameter_count(statement_);
    value_of_.reserve(static_cast<std::size_t>(parameters));
    for (int index = 1; index <= parameters; ++index) {
      const char* name = sqlite3_bind_parameter_name(statement_, index);
      const std::string_view digits = name == nullptr ? "" : std::string_view(name).substr(1);
      std::size_t number = 0;
      std::from_chars(digits.data(), digits.data() + digits.size(), number);
      if (number == 0) {
        sqlite3_finalize(statement_);
        throw Exception({Fault::kInvalid, "a parameter is no $number in " + std::string(sql)});
      }
      value_of_.push_back(number - 1);
    }
  }
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;
  ~SqliteStatement() { sqlite3_finalize(statement_); }

  void bind(std::span<const Value> values) {
    for (std::size_t i = 0; i < value_of_.size(); ++i) {
      if (value_of_[i] >= values.size()) {
        throw Exception(
            {Fault::kInvalid, std::string("too few parameters for ") + sqlite3_sql(statement_)});
      }
      check(bind_one(static_cast<int>(i) + 1, values[value_of_[i]]));
    }
  }

  /// True while there is a row.
  bool step() {
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) check(code);
    return code == SQLITE_ROW;
  }

  [[nodiscard]] std::size_t columns() const {
    return static_cast<std::size_t>(sqlite3_column_count(statement_));
  }

  /// `cells`: one for each column.
  void read(std::span<Cell> cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = cell(static_cast<int>(i));
  }

  /// To its end; it is ready to be bound anew then, and keeps its bindings until that.
  void run() {
    const int code = sqlite3_step(statement_);
    sqlite3_reset(statement_);
    if (code != SQLITE_DONE) check(code);
  }

  /// A statement left half-way would hold its read lock, and its bindings point at bytes that go
  /// away.
  void reset() noexcept {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }

 private:
  void check(int code) const {
    if (code != SQLITE_OK) throw SQLite::Exception(database_, code);
  }

  int bind_one(int index, const Value& value) {
    const Value::Held& held = value.held();
    if (const auto* number = std::get_if<std::int64_t>(&held)) {
      return sqlite3_bind_int64(statement_, index, *number);
    }
    // A null pointer would be bound as NULL, and empty words are words.
    if (const auto* text = std::get_if<std::string_view>(&held)) {
      return sqlite3_bind_text(statement_, index, text->empty() ? "" : text->data(),
                               static_cast<int>(text->size()), SQLITE_STATIC);
    }
    if (const auto* bytes = std::get_if<ByteView>(&held)) {
      const void* data = bytes->empty() ? static_cast<const void*>("") : bytes->data();
      return sqlite3_bind_blob(statement_, index, data, static_cast<int>(bytes->size()),
                               SQLITE_STATIC);
    }
    return sqlite3_bind_null(statement_, index);
  }

  Cell cell(int column) {
    const auto held = [&] {
      const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
      const int size = sqlite3_column_bytes(statement_, column);
      return data == nullptr ? std::string() : std::string(data, static_cast<std::size_t>(size));
    };
    switch (sqlite3_column_type(statement_, column)) {
      case SQLITE_INTEGER:
        return sqlite3_column_int64(statement_, column);
      case SQLITE_TEXT:
        return held();
      case SQLITE_BLOB:
        return Blob{held()};
      case SQLITE_NULL:
        return std::monostate{};
      default:
        throw Exception({Fault::kInvalid,
                         std::string("a column holds a fraction in ") + sqlite3_sql(statement_)});
    }
  }

  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
  std::vector<std::size_t> value_of_;  // by index of SQLite, from 0
};

/// A statement out of those that a connection keeps, which gets it back.
class LentStatement {
 public:
  using Kept = std::unique_ptr<SqliteStatement>;

  LentStatement(Kept& place, Kept statement) : place_(place), statement_(std::move(statement)) {}
  LentStatement(const LentStatement&) = delete;
  LentStatement& operator=(const LentStatement&) = delete;
  ~LentStatement() {
    statement_->reset();
    place_ = std::move(statement_);
  }

  SqliteStatement* operator->() const { return statement_.get(); }
  SqliteStatement& operator*() const { return *statement_; }

 private:
  Kept& place_;
  Kept statement_;
};

class SqliteConnection : public Connection {
 public:
  explicit SqliteConnection(std::unique_ptr<SQLite::Database> database)
      : database_(std::move(database)) {}

  Rows query_values(std::string_view sql, std::span<const Value> values) override {
    return with(sql, values, [](SqliteStatement& statement) {
      Rows rows(statement.columns());
      while (statement.step()) statement.read(rows.add());
      return rows;
    });
  }

  std::int64_t execute_values(std::string_view sql, std::span<const Value> values) override {
    return with(sql, values, [&](SqliteStatement& statement) {
      while (statement.step()) {
      }
      return std::int64_t{database_->getChanges()};
    });
  }

  void each_value(std::string_view sql, const Visit& visit,
                  std::span<const Value> values) override {
    with(sql, values, [&](SqliteStatement& statement) {
      std::vector<Cell> cells(statement.columns());
      while (statement.step()) {
        statement.read(cells);
        visit(Row(cells));
      }
    });
  }

  void run_script(std::string_view sql) override { run(std::string(sql).c_str()); }

  std::unique_ptr<Appender> appender(const Insertion& insertion) override;

  /// The one writer of a file is alone already.
  void lock(std::string_view /*name*/) override {}
  void share_lock(std::string_view /*name*/) override {}
  [[nodiscard]] std::string for_update(std::string_view sql) const override {
    return std::string(sql);
  }

  void erase_from_log() override { erases_ = true; }

  [[nodiscard]] Dialect dialect() const override { return Dialect::kSqlite; }

  void begin(Access access, bool /*again*/) override {
    erases_ = false;
    run(access == Access::kRead ? "BEGIN" : "BEGIN IMMEDIATE");
  }

  void commit() override {
    run("COMMIT");
    log_holds_erased_ = log_holds_erased_ || erases_;
    if (!log_holds_erased_) return;
    // Column 0 says whether a reader kept the log from being cut; then the next commit tries again.
    log_holds_erased_ = translated(
        [&] { return database_->execAndGet("PRAGMA wal_checkpoint(TRUNCATE)").getInt() != 0; });
  }

  void roll_back() noexcept override {
    // Some errors have rolled back already.
    if (sqlite3_get_autocommit(database_->getHandle()) == 0) database_->tryExec("ROLLBACK");
  }

  [[nodiscard]] bool usable() const override {
    return sqlite3_get_autocommit(database_->getHandle()) != 0;
  }

  /// Prepared now, unless it was before and nobody else has it.
  LentStatement lend(std::string_view sql) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) found = statements_.emplace(std::string(sql), nullptr).first;
    auto statement = std::exchange(found->second, nullptr);
    if (!statement) statement = std::make_unique<SqliteStatement>(database_->getHandle(), sql);
    return {found->second, std::move(statement)};
  }

 private:
  struct SameText {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  using Statements =
      std::unordered_map<std::string, std::unique_ptr<SqliteStatement>, SameText, std::equal_to<>>;

  void run(const char* sql) {
    translated([&] { return database_->exec(sql); });
  }

  /// Runs `work` on the prepared statement. It is out of the cache meanwhile, so that a visitor may
  /// run the same text within.
  template <typename Work>
  auto with(std::string_view sql, std::span<const Value> values, Work work)
      -> std::invoke_result_t<Work, SqliteStatement&> {
    return translated([&] {
      const LentStatement statement = lend(sql);
      statement->bind(values);
      return work(*statement);
    });
  }

  std::unique_ptr<SQLite::Database> database_;
  Statements statements_;  // by text; destroyed before the database
  bool erases_ = false;    // the transaction under way does
  bool log_holds_erased_ = false;
};

/// One prepared statement, run for each row, is what SQLite is fastest with.
class SqliteAppender : public Appender {
 public:
  SqliteAppender(SqliteConnection& connection, const Insertion& insertion)
      : statement_(translated([&] { return connection.lend(sql_of(insertion)); })) {}

  void add(std::span<const Value> values) override {
    translated([&] {
      statement_->bind(values);
      statement_->run();
    });
  }
  void flush() override {}

 private:
  static std::string sql_of(const Insertion& insertion) {
    std::string names;
    std::string values;
    for (std::size_t i = 0; i < insertion.columns.size(); ++i) {
      const char* between = i == 0 ? "" : ", ";
      names.append(between).append(insertion.columns[i].name);
      values.append(between).append("$").append(std::to_string(i + 1));
    }
    return "INSERT INTO " + std::string(insertion.table) + " (" + names + ") VALUES (" + values +
           ") " + std::string(insertion.on_conflict);
  }

  LentStatement statement_;
};

std::unique_ptr<Appender> SqliteConnection::appender(const Insertion& insertion) {
  return std::make_unique<SqliteAppender>(*this, insertion);
}

class SqliteEngine : public Engine {
 public:
  SqliteEngine(std::filesystem::path path, std::span<const sqlite::Migration> migrations,
               std::unique_ptr<SQLite::Database> writer)
      : path_(std::move(path)), migrations_(migrations), writer_(std::move(writer)) {}

  std::unique_ptr<Connection> connect(Access access) override {
    if (access == Access::kRead) return opened(sqlite::open_read_only(path_));
    if (writer_) return std::make_unique<SqliteConnection>(std::move(writer_));
    return opened(sqlite::open_durable(path_, migrations_));
  }

  [[nodiscard]] std::size_t writers() const override { return 1; }

 private:
  static std::unique_ptr<Connection> opened(
      core::Result<std::unique_ptr<SQLite::Database>> database) {
    if (!database) throw Exception(database.error());
    return std::make_unique<SqliteConnection>(std::move(*database));
  }

  std::filesystem::path path_;
  std::span<const sqlite::Migration> migrations_;
  std::unique_ptr<SQLite::Database> writer_;  // that ran the migrations, until it is asked for
};

}  // namespace

core::Result<std::unique_ptr<Engine>> sqlite_engine(const std::filesystem::path& path,
                                                    std::span<const sqlite::Migration> migrations) {
  if (migrations.empty()) return std::make_unique<SqliteEngine>(path, migrations, nullptr);
  auto writer = sqlite::open_durable(path, migrations);
  if (!writer) return core::Failure(writer.error());
  return std::make_unique<SqliteEngine>(path, migrations, std::move(*writer));
}

}  // namespace hailong::district::sql
