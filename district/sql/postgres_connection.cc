#include <libpq-fe.h>

#include <array>
#include <charconv>
#include <memory>
#include <pqxx/pqxx>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/hex.h"
#include "district/sql/engine.h"
#include "district/sql/exception.h"
#include "district/sql/postgres_migrations.h"

namespace hailong::district::sql {

/// A parameter as libpqxx shall send it: as text, or as NULL.
struct PostgresParameter {
  bool null = false;
  std::string text;
};

}  // namespace hailong::district::sql

namespace pqxx {

template <>
struct string_traits<hailong::district::sql::PostgresParameter> {
  using Parameter = hailong::district::sql::PostgresParameter;
  static constexpr const char* name() { return "parameter"; }
  static bool has_null() { return true; }
  static bool is_null(const Parameter& parameter) { return parameter.null; }
  static std::string to_string(const Parameter& parameter) { return parameter.text; }
};

}  // namespace pqxx

namespace hailong::district::sql {
namespace {

using core::Fault;
using PostgresParameters = std::vector<PostgresParameter>;

constexpr std::size_t kWriters = 8;
constexpr int kFetchedAtOnce = 2000;

// From PostgreSQL's catalogue, where they never change.
constexpr pqxx::oid kBool = 16;
constexpr pqxx::oid kBytea = 17;
constexpr pqxx::oid kInt8 = 20;
constexpr pqxx::oid kInt2 = 21;
constexpr pqxx::oid kInt4 = 23;
constexpr pqxx::oid kNumeric = 1700;
constexpr pqxx::oid kVoid = 2278;

void append_hex(std::string& text, ByteView bytes) {
  text.append("\\x").append(core::to_hex(bytes));
}

/// Text cannot hold a zero byte there, and libpq would cut it in silence.
void refuse_zero(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) {
    throw Exception({Fault::kInvalid, "a text with a zero byte cannot be stored"});
  }
}

PostgresParameter parameter_of(const Value& value) {
  const Value::Held& held = value.held();
  if (const auto* number = std::get_if<std::int64_t>(&held)) {
    return {false, std::to_string(*number)};
  }
  if (const auto* text = std::get_if<std::string_view>(&held)) {
    refuse_zero(*text);
    return {false, std::string(*text)};
  }
  PostgresParameter parameter;
  if (const auto* bytes = std::get_if<ByteView>(&held)) {
    append_hex(parameter.text, *bytes);
  } else {
    parameter.null = true;
  }
  return parameter;
}

PostgresParameters parameters_of(std::span<const Value> values) {
  PostgresParameters parameters;
  parameters.reserve(values.size());
  for (const Value& value : values) parameters.push_back(parameter_of(value));
  return parameters;
}

std::int64_t number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw Exception({Fault::kInvalid, "a column holds no whole number: " + std::string(text)});
  }
  return number;
}

Blob blob_in(std::string_view text) {
  std::vector<std::uint8_t> bytes(text.size() / 2 - 1);
  if (!core::from_hex(text.substr(2), bytes)) {
    throw Exception({Fault::kIo, "PostgreSQL sent bytes that are not in hexadecimal digits"});
  }
  return {std::string(bytes.begin(), bytes.end())};
}

Cell cell_of(const pqxx::field& field) {
  if (field.is_null()) return std::monostate{};
  const std::string_view text(field.c_str(), field.size());
  switch (field.type()) {
    case kBool:
      return std::int64_t{text == "t" ? 1 : 0};
    case kInt2:
    case kInt4:
    case kInt8:
    case kNumeric:
      return number_in(text);
    case kBytea:
      return blob_in(text);
    case kVoid:
      return std::monostate{};
    default:
      return std::string(text);
  }
}

Rows rows_of(const pqxx::result& result) {
  Rows rows(result.columns());
  for (const pqxx::row& row : result) {
    const std::span<Cell> cells = rows.add();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      cells[i] = cell_of(row[static_cast<pqxx::row::size_type>(i)]);
    }
  }
  return rows;
}

Fault fault_of_state(std::string_view state) {
  const std::string_view family = state.substr(0, 2);
  if (family == "23" || state == "P0001") return Fault::kConflict;  // a rule of the schema
  if (state == "53100") return Fault::kFull;
  if (family == "53" || family == "57" || state == "55P03") return Fault::kBusy;
  // A standby, which takes no writes until it becomes the primary, nor SERIALIZABLE.
  if (state == "25006" || state == "0A000") return Fault::kBusy;
  if (family == "XX" && state != "XX000") return Fault::kCorrupt;
  return Fault::kIo;
}

std::string one_line(std::string_view message) {
  std::string line(message.substr(0, message.find_last_not_of('\n') + 1));
  for (char& c : line) {
    if (c == '\n') c = ' ';
  }
  return line;
}

core::Error postgres_error(Fault fault, const std::exception& exception) {
  return {fault, one_line(exception.what())};
}

class PostgresAppender;

class PostgresConnection : public Connection {
 public:
  /// Nobody gains by trying again at once when the server is not there: callers are told.
  explicit PostgresConnection(const std::string& url) {
    translated(false, [&] {
      connection_ = std::make_unique<pqxx::connection>(url);
      work_ = std::make_unique<pqxx::nontransaction>(*connection_);
      work_->exec("SET client_min_messages = warning; SET lock_timeout = '5s'");
    });
  }

  Rows query_values(std::string_view sql, std::span<const Value> values) override {
    return rows_of(run(sql, values));
  }

  std::int64_t execute_values(std::string_view sql, std::span<const Value> values) override {
    return static_cast<std::int64_t>(run(sql, values).affected_rows());
  }

  void each_value(std::string_view sql, const Visit& visit,
                  std::span<const Value> values) override {
    flush_appenders();
    const std::string cursor = "each_" + std::to_string(++cursors_);
    translated(true, [&] {
      const PostgresParameters parameters = parameters_of(values);
      work_->exec_params("DECLARE " + cursor + " NO SCROLL CURSOR FOR " + std::string(sql),
                         pqxx::prepare::make_dynamic_params(parameters));
    });
    const std::string fetch = "FETCH " + std::to_string(kFetchedAtOnce) + " FROM " + cursor;
    for (bool more = true; more;) {
      const Rows rows = rows_of(translated(true, [&] { return work_->exec(fetch); }));
      for (const Row row : rows) visit(row);
      more = !rows.empty();
    }
    translated(true, [&] { work_->exec("CLOSE " + cursor); });
  }

  void run_script(std::string_view sql) override {
    flush_appenders();
    translated(true, [&] { work_->exec(std::string(sql)); });
  }

  std::unique_ptr<Appender> appender(const Insertion& insertion) override;

  /// Waiting rows are added before any other statement runs.
  void enlist(PostgresAppender& appender) { appenders_.push_back(&appender); }
  void dismiss(PostgresAppender& appender) { std::erase(appenders_, &appender); }

  void lock(std::string_view name) override {
    query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", name);
  }

  void share_lock(std::string_view name) override {
    query("SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))", name);
  }

  [[nodiscard]] std::string for_update(std::string_view sql) const override {
    return std::string(sql).append(" FOR UPDATE");
  }

  /// PostgreSQL's log and old row versions belong to its own upkeep (docs/scaling.md).
  void erase_from_log() override {}

  [[nodiscard]] Dialect dialect() const override { return Dialect::kPostgres; }

  /// Unlike any query, LOCK TABLE waits before the transaction's snapshot is taken: so what runs
  /// again sees what it waited for.
  void begin(Access access, bool again) override {
    static constexpr std::array kBegin = {"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                                          "BEGIN ISOLATION LEVEL SERIALIZABLE",
                                          "BEGIN ISOLATION LEVEL READ COMMITTED"};
    std::string begin = kBegin[static_cast<std::size_t>(access)];
    if (again && access != Access::kRead) {
      begin += "; LOCK TABLE schema_version IN EXCLUSIVE MODE";
    } else if (access == Access::kWrite) {
      begin += "; LOCK TABLE schema_version IN ROW SHARE MODE";
    }
    try {
      translated(true, [&] { work_->exec(begin); });
    } catch (...) {
      roll_back();
      throw;
    }
  }

  /// A connection that breaks here leaves open whether the transaction took place.
  void commit() override {
    translated(false, [&] { work_->exec("COMMIT"); });
  }

  void roll_back() noexcept override {
    if (!is_there()) return;
    try {
      work_->exec("ROLLBACK");
    } catch (const std::exception&) {
      lost_ = true;  // and the server rolls back by itself
    }
  }

  [[nodiscard]] bool usable() const override { return is_there(); }

 private:
  [[nodiscard]] bool is_there() const { return !lost_ && connection_->is_open(); }

  /// Runs `work` and turns what libpqxx throws into our exception. `again`: what a lost connection
  /// undid may be done again.
  template <typename Work>
  auto translated(bool again, Work work) -> std::invoke_result_t<Work> {
    try {
      // libpqxx would connect again in silence, outside of the transaction.
      if (work_ && !is_there()) throw pqxx::broken_connection("the connection was lost");
      return work();
    } catch (const pqxx::sql_error& error) {
      // A server that goes says so, or is gone without a word: then the error is libpq's own.
      const bool gone = error.sqlstate().empty() || error.sqlstate().starts_with("57P");
      lost_ = lost_ || gone;
      core::Error ours =
          postgres_error(gone ? Fault::kBusy : fault_of_state(error.sqlstate()), error);
      ours.message += " (PostgreSQL " + error.sqlstate() + ")";
      throw Exception(std::move(ours), gone && again);
    } catch (const pqxx::statement_completion_unknown& error) {
      throw Exception(postgres_error(Fault::kIo, error));
    } catch (const pqxx::transaction_rollback& error) {  // others were in the way
      throw Exception(postgres_error(Fault::kBusy, error), true);
    } catch (const pqxx::failure& error) {
      lost_ = true;
      throw Exception(postgres_error(Fault::kBusy, error), again);
    } catch (const pqxx::pqxx_exception& error) {
      throw Exception(postgres_error(Fault::kIo, error.base()));
    }
  }

  void flush_appenders();

  pqxx::result run(std::string_view sql, std::span<const Value> values) {
    flush_appenders();
    const PostgresParameters parameters = parameters_of(values);
    return translated(true, [&] {
      auto found = prepared_.find(std::string(sql));
      if (found == prepared_.end()) {
        const std::string name = "s" + std::to_string(prepared_.size());
        connection_->prepare(name, std::string(sql));
        found = prepared_.emplace(std::string(sql), name).first;
      }
      return work_->exec_prepared(found->second, pqxx::prepare::make_dynamic_params(parameters));
    });
  }

  std::unique_ptr<pqxx::connection> connection_;
  std::unique_ptr<pqxx::nontransaction> work_;             // BEGIN and COMMIT are ours
  std::unordered_map<std::string, std::string> prepared_;  // names by text
  std::vector<PostgresAppender*> appenders_;
  std::int64_t cursors_ = 0;
  bool lost_ = false;
};

/// Collects rows as one array for each column, and adds them in one statement.
class PostgresAppender : public Appender {
 public:
  PostgresAppender(PostgresConnection& connection, const Insertion& insertion)
      : connection_(connection), arrays_(insertion.columns.size()) {
    std::string names;
    std::string arrays;
    for (std::size_t i = 0; i < insertion.columns.size(); ++i) {
      const char* between = i == 0 ? "" : ", ";
      names.append(between).append(insertion.columns[i].name);
      arrays.append(between).append("$").append(std::to_string(i + 1));
      arrays.append(array_type(insertion.columns[i].type));
    }
    sql_ = "INSERT INTO " + std::string(insertion.table) + " (" + names +
           ") SELECT * FROM unnest(" + arrays + ") " + std::string(insertion.on_conflict);
    connection_.enlist(*this);
  }
  PostgresAppender(const PostgresAppender&) = delete;
  PostgresAppender& operator=(const PostgresAppender&) = delete;
  ~PostgresAppender() override { connection_.dismiss(*this); }

  void add(std::span<const Value> values) override {
    for (std::size_t i = 0; i < arrays_.size(); ++i) {
      arrays_[i].push_back(rows_ == 0 ? '{' : ',');
      append_element(arrays_[i], values[i]);
    }
    ++rows_;
  }

  void flush() override {
    if (rows_ == 0) return;
    rows_ = 0;  // before the statement runs, which flushes the others
    std::vector<Value> values;
    values.reserve(arrays_.size());
    for (std::string& array : arrays_) {
      array.push_back('}');
      values.emplace_back(array);
    }
    connection_.execute_values(sql_, values);
    for (std::string& array : arrays_) array.clear();
  }

 private:
  static std::string_view array_type(Type type) {
    static constexpr std::array<std::string_view, 3> kTypes = {"::bigint[]", "::text[]",
                                                               "::bytea[]"};
    return kTypes[static_cast<std::size_t>(type)];
  }

  static void append_element(std::string& array, const Value& value) {
    const Value::Held& held = value.held();
    if (const auto* number = std::get_if<std::int64_t>(&held)) {
      array.append(std::to_string(*number));
    } else if (const auto* text = std::get_if<std::string_view>(&held)) {
      refuse_zero(*text);
      array.push_back('"');
      for (const char c : *text) {
        if (c == '"' || c == '\\') array.push_back('\\');
        array.push_back(c);
      }
      array.push_back('"');
    } else if (const auto* bytes = std::get_if<ByteView>(&held)) {
      array.append("\"\\");
      append_hex(array, *bytes);
      array.push_back('"');
    } else {
      array.append("NULL");
    }
  }

  PostgresConnection& connection_;
  std::string sql_;
  std::vector<std::string> arrays_;
  std::size_t rows_ = 0;
};

void PostgresConnection::flush_appenders() {
  for (PostgresAppender* appender : appenders_) appender->flush();
}

std::unique_ptr<Appender> PostgresConnection::appender(const Insertion& insertion) {
  return std::make_unique<PostgresAppender>(*this, insertion);
}

/// A server that went away in silence must not hold its callers for ever. The URL may say
/// otherwise.
constexpr const char* kPatience =
    "connect_timeout=5 tcp_user_timeout=10000 keepalives_idle=10 keepalives_interval=5 "
    "keepalives_count=2";

/// The connection string with kPatience before what it says itself.
std::string patient(const std::string& url) {
  char* error = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(url.c_str(), &error), &PQconninfoFree);
  if (!options) {
    const std::unique_ptr<char, decltype(&PQfreemem)> text(error, &PQfreemem);
    throw Exception({Fault::kInvalid, "[store] postgres: " + one_line(text ? text.get() : "")});
  }
  std::string patient(kPatience);
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    patient.append(" ").append(option->keyword).append("='");
    for (const char c : std::string_view(option->val)) {
      if (c == '\'' || c == '\\') patient.push_back('\\');
      patient.push_back(c);
    }
    patient.push_back('\'');
  }
  return patient;
}

class PostgresEngine : public Engine {
 public:
  explicit PostgresEngine(const std::string& url) : url_(patient(url)) {}

  std::unique_ptr<Connection> connect(Access /*access*/) override {
    return std::make_unique<PostgresConnection>(url_);
  }

  [[nodiscard]] std::size_t writers() const override { return kWriters; }

 private:
  std::string url_;
};

/// Texts must compare byte by byte, as they do in SQLite.
void refuse_other_order(Connection& c) {
  const Rows rows = c.query(
      "SELECT datcollate, pg_encoding_to_char(encoding) FROM pg_database "
      "WHERE datname = current_database()");
  const std::string collation = rows[0].text(0);
  const bool bytewise = collation == "C" || collation == "POSIX" || collation.starts_with("C.");
  if (bytewise && rows[0].text(1) == "UTF8") return;
  throw Exception({Fault::kInvalid,
                   "the database orders texts by " + collation +
                       "; make it with: createdb --template=template0 --encoding=UTF8 --locale=C"});
}

}  // namespace

void migrate_postgres(Connection& c, std::span<const sqlite::Migration> migrations) {
  if (migrations.empty()) return;
  c.lock("hailong schema");
  c.run_script("CREATE TABLE IF NOT EXISTS schema_version (number BIGINT NOT NULL)");
  const std::int64_t version =
      c.query("SELECT coalesce(max(number), 0) FROM schema_version")[0].integer(0);
  const std::int64_t newest = migrations.back().number;
  if (version > newest) {
    throw Exception({Fault::kInvalid, "the database has schema " + std::to_string(version) +
                                          ", this program knows " + std::to_string(newest) +
                                          ": install the newer program"});
  }
  for (const sqlite::Migration& migration : migrations) {
    if (migration.number <= version) continue;
    c.run_script(migration.sql);
    c.execute("INSERT INTO schema_version (number) VALUES ($1)", migration.number);
  }
}

core::Result<std::unique_ptr<Engine>> postgres_engine(
    const std::string& url, std::span<const sqlite::Migration> migrations) {
  try {
    auto engine = std::make_unique<PostgresEngine>(url);
    const auto connection = engine->connect(Access::kWriteLocked);
    connection->begin(Access::kWriteLocked, false);
    refuse_other_order(*connection);
    migrate_postgres(*connection, migrations);
    connection->commit();
    return engine;
  } catch (const Exception& exception) {
    return core::fail(exception.error(), "opening the PostgreSQL store");
  }
}

}  // namespace hailong::district::sql
