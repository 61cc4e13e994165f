#include "district/storage/transfer.h"

#include <algorithm>
#include <set>

#include "core/chain.h"
#include "district/sql/postgres_migrations.h"
#include "district/sql/transaction.h"
#include "district/storage/schema.h"
#include "district/storage/store.h"

namespace hailong::district::storage {
namespace {

using core::Failure;
using core::Fault;
using sql::Connection;

constexpr std::int64_t kRowsAtOnce = 2000;
constexpr std::int64_t kToldEvery = 100'000;  // rows

using Tell = std::function<void(const CopyProgress&)>;

struct CopyTable {
  std::string name;
  std::vector<std::string> columns;  // quoted
  std::vector<sql::Type> types;
  std::string key;  // the columns of the primary key, quoted
  std::set<std::string> refers_to;
};

std::string quoted(const std::string& name) { return '"' + name + '"'; }

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list.append(list.empty() ? "" : ", ").append(name);
  return list;
}

sql::Type type_of(const std::string& declared) {
  if (declared == "INTEGER") return sql::Type::kInteger;
  return declared == "TEXT" ? sql::Type::kText : sql::Type::kBytes;
}

CopyTable describe(Connection& c, const std::string& name) {
  CopyTable table{name, {}, {}, {}, {}};
  std::vector<std::string> key;
  for (const sql::Row row :
       c.query("SELECT name, type, pk FROM pragma_table_info($1) ORDER BY cid", name)) {
    table.columns.push_back(quoted(row.text(0)));
    table.types.push_back(type_of(row.text(1)));
    if (row.integer(2) > 0) key.push_back(quoted(row.text(0)));
  }
  table.key = listed(key.empty() ? table.columns : key);
  for (const sql::Row row : c.query("SELECT \"table\" FROM pragma_foreign_key_list($1)", name)) {
    if (row.text(0) != name) table.refers_to.insert(row.text(0));
  }
  return table;
}

/// All tables, each after those that it refers to.
std::vector<CopyTable> tables_of(Connection& c) {
  std::vector<CopyTable> waiting;
  for (const sql::Row row : c.query("SELECT name FROM sqlite_master WHERE type = 'table' "
                                    "AND name NOT LIKE 'sqlite%' ORDER BY name")) {
    waiting.push_back(describe(c, row.text(0)));
  }
  std::vector<CopyTable> ordered;
  ordered.reserve(waiting.size());
  std::set<std::string> done;
  while (!waiting.empty()) {
    const auto ready = std::find_if(waiting.begin(), waiting.end(), [&](const CopyTable& table) {
      return std::includes(done.begin(), done.end(), table.refers_to.begin(),
                           table.refers_to.end());
    });
    if (ready == waiting.end()) {
      throw sql::Exception({Fault::kInvalid, "tables refer to each other in a circle"});
    }
    done.insert(ready->name);
    ordered.push_back(std::move(*ready));
    waiting.erase(ready);
  }
  return ordered;
}

std::int64_t size_of(Connection& c, const CopyTable& table) {
  return c.query("SELECT count(*) FROM " + table.name)[0].integer(0);
}

/// What the migrations put in is replaced by what the old store holds.
void empty_tables(Connection& to, const std::vector<CopyTable>& tables) {
  for (auto table = tables.rbegin(); table != tables.rend(); ++table) {
    if (size_of(to, *table) == 0) continue;
    to.execute("DELETE FROM " + table->name);
  }
}

sql::Value value_of(const sql::Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* blob = std::get_if<sql::Blob>(&cell)) return sql::bytes(blob->bytes);
  return {};
}

void copy(Connection& from, Connection& to, const CopyTable& table, const Tell& tell) {
  std::vector<sql::Column> columns;
  columns.reserve(table.columns.size());
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    columns.push_back({table.columns[i], table.types[i]});
  }
  const auto appender = to.appender({table.name, columns});
  std::vector<sql::Value> values(columns.size());
  const std::int64_t size = size_of(from, table);
  std::int64_t rows = 0;
  from.each("SELECT " + listed(table.columns) + " FROM " + table.name + " ORDER BY " + table.key,
            [&](const sql::Row& row) {
              for (std::size_t i = 0; i < values.size(); ++i) values[i] = value_of(row.cell(i));
              appender->add(values);
              if (++rows % kRowsAtOnce == 0) appender->flush();
              if (rows % kToldEvery == 0) tell({table.name, rows, size});
            });
  appender->flush();
  if (rows % kToldEvery != 0 || rows == 0) tell({table.name, rows, size});
}

/// One row as bytes that no other row has.
std::string flat(const sql::Row& row) {
  std::string text;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const sql::Cell& cell = row.cell(i);
    std::string held;
    if (const auto* number = std::get_if<std::int64_t>(&cell)) held = std::to_string(*number);
    if (const auto* words = std::get_if<std::string>(&cell)) held = *words;
    if (const auto* blob = std::get_if<sql::Blob>(&cell)) held = blob->bytes;
    text.append(std::to_string(cell.index())).append(" ").append(std::to_string(held.size()));
    text.append(" ").append(held);
  }
  return text;
}

CopiedTable digest_of(Connection& c, const CopyTable& table) {
  CopiedTable digest{table.name, 0, {}};
  c.each("SELECT " + listed(table.columns) + " FROM " + table.name + " ORDER BY " + table.key,
         [&](const sql::Row& row) {
           ++digest.rows;
           digest.digest = core::chain_next(digest.digest, flat(row));
         });
  return digest;
}

/// Numbers that PostgreSQL gives from now on must be new ones.
void advance_identities(Connection& c) {
  for (const sql::Row row : c.query("SELECT table_name::text, column_name::text "
                                    "FROM information_schema.columns "
                                    "WHERE table_schema = current_schema() "
                                    "AND is_identity = 'YES'")) {
    const std::string table = row.text(0);
    const std::string column = row.text(1);
    std::string restart = "SELECT setval(pg_get_serial_sequence($1, $2), coalesce(max(";
    restart.append(column).append("), 0) + 1, false) FROM ").append(table);
    c.query(restart, table, column);
  }
}

core::Result<std::vector<CopiedTable>> copy_all(Connection& from, Connection& to,
                                                const Tell& tell) {
  const auto tables = tables_of(from);
  empty_tables(to, tables);
  std::vector<CopiedTable> copied;
  copied.reserve(tables.size());
  for (const CopyTable& table : tables) {
    copy(from, to, table, tell);
    const CopiedTable before = digest_of(from, table);
    const CopiedTable after = digest_of(to, table);
    if (before.rows != after.rows || before.digest != after.digest) {
      return core::fail(Fault::kCorrupt, "table " + table.name + " came out differently: " +
                                             std::to_string(before.rows) + " and " +
                                             std::to_string(after.rows) + " rows");
    }
    copied.push_back(after);
  }
  advance_identities(to);
  return copied;
}

core::Result<void> check_empty(Connection& c) {
  const auto tables = c.query("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()");
  if (tables[0].integer(0) == 0) return {};
  return core::fail(Fault::kConflict, "the database holds tables already; give an empty one");
}

}  // namespace

core::Result<std::vector<CopiedTable>> transfer(const std::filesystem::path& data_dir,
                                                const std::string& postgres, const Tell& tell) {
  using Copied = core::Result<std::vector<CopiedTable>>;
  const auto file = data_dir / kStoreFile;
  if (!std::filesystem::exists(file)) {
    return core::fail(Fault::kNotFound, file.string() + ": no such store");
  }
  auto new_engine = sql::postgres_engine(postgres, {});
  if (!new_engine) return Failure(new_engine.error());
  auto old_engine = sql::sqlite_engine(file, sqlite_migrations());
  if (!old_engine) return Failure(old_engine.error());
  sql::Pool from(std::move(*old_engine));
  sql::Pool to(std::move(*new_engine));
  return sql::transact(from, sql::Access::kWrite, "reading the old store", [&](Connection& old) {
    return sql::transact(to, sql::Access::kWriteLocked, "writing the new store",
                         [&](Connection& fresh) -> Copied {
                           if (auto empty = check_empty(fresh); !empty) {
                             return Failure(empty.error());
                           }
                           sql::migrate_postgres(fresh, postgres_migrations());
                           return copy_all(old, fresh, tell);
                         });
  });
}

}  // namespace hailong::district::storage
