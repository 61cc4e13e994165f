#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "district/sql/rows.h"
#include "district/sql/value.h"

/// One SQL for every engine. Statements are plain enough for SQLite and PostgreSQL alike:
/// parameters are $1, $2 …, in any order and as often as one likes; texts are compared byte by
/// byte.

namespace hailong::district::sql {

enum class Dialect { kSqlite, kPostgres };

/// What a transaction may do, and how it is kept apart from others.
enum class Access {
  kRead,         // sees one moment; changes nothing
  kWrite,        // as if it were alone
  kWriteLocked,  // as alone as the locks make it that it takes
};

enum class Type { kInteger, kText, kBytes };

struct Column {
  std::string_view name;
  Type type;
};

/// What an Appender adds to: columns of a table, and what follows the values, e.g. "ON CONFLICT …".
struct Insertion {
  std::string_view table;
  std::vector<Column> columns;
  std::string_view on_conflict = {};
};

/// Adds many rows, in as few statements as the engine likes. Lives no longer than its transaction.
class Appender {
 public:
  Appender() = default;
  Appender(const Appender&) = delete;
  Appender& operator=(const Appender&) = delete;
  virtual ~Appender() = default;

  /// `values`: as many as columns. What they point at may go away afterwards.
  virtual void add(std::span<const Value> values) = 0;

  /// Until then, or another statement of the connection, rows may be missing from the table.
  virtual void flush() = 0;
};

/// A connection to the store, inside one transaction (sql::transact). Statements
/// are prepared once for each connection. All functions throw sql::Exception. One thread at a time.
class Connection {
 public:
  using Visit = std::function<void(const Row&)>;

  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  template <typename... Parameters>
  Rows query(std::string_view sql, const Parameters&... parameters) {
    const std::array<Value, sizeof...(parameters)> values{Value(parameters)...};
    return query_values(sql, values);
  }

  /// How many rows it added, changed or deleted.
  template <typename... Parameters>
  std::int64_t execute(std::string_view sql, const Parameters&... parameters) {
    const std::array<Value, sizeof...(parameters)> values{Value(parameters)...};
    return execute_values(sql, values);
  }

  /// Hands out an answer that is too large for memory row by row; `visit` may use the connection.
  template <typename... Parameters>
  void each(std::string_view sql, const Visit& visit, const Parameters&... parameters) {
    const std::array<Value, sizeof...(parameters)> values{Value(parameters)...};
    each_value(sql, visit, values);
  }

  virtual Rows query_values(std::string_view sql, std::span<const Value> values) = 0;
  virtual std::int64_t execute_values(std::string_view sql, std::span<const Value> values) = 0;
  virtual void each_value(std::string_view sql, const Visit& visit,
                          std::span<const Value> values) = 0;

  /// Many statements without parameters, separated by semicolons.
  virtual void run_script(std::string_view sql) = 0;

  virtual std::unique_ptr<Appender> appender(const Insertion& insertion) = 0;

  /// Until the transaction ends, no other one holds the lock of this name.
  virtual void lock(std::string_view name) = 0;

  /// Until the transaction ends, others may share the lock of this name, but none may have it
  /// alone.
  virtual void share_lock(std::string_view name) = 0;

  /// The SELECT `sql`, so that no other transaction changes its rows before this one ends.
  [[nodiscard]] virtual std::string for_update(std::string_view sql) const = 0;

  /// This transaction erases words or contact data: once it is committed, they must be gone from
  /// the engine's log, too.
  virtual void erase_from_log() = 0;

  [[nodiscard]] virtual Dialect dialect() const = 0;

  /// For Transaction and Pool. `again`: after a try that others were in the way of. Then it waits
  /// for those who write, and whoever is to write as if alone waits for it.
  virtual void begin(Access access, bool again) = 0;
  virtual void commit() = 0;
  virtual void roll_back() noexcept = 0;
  /// False once the connection is lost.
  [[nodiscard]] virtual bool usable() const = 0;
};

}  // namespace hailong::district::sql
