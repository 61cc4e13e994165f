#include "district/storage/accounts.h"

#include "district/storage/connection.h"

namespace hailong::district::storage {
namespace {

using core::Fault;
using Database = SQLite::Database;

/// Inserts where the first column is a name that may be taken.
core::Result<void> insert_new(SQLite::Statement& insert, const std::string& name) {
  try {
    insert.exec();
  } catch (const SQLite::Exception& exception) {
    auto error = sqlite::error_of(exception, "adding " + name);
    if (error.fault != Fault::kConflict) throw;
    return core::fail(Fault::kConflict, name + " is there already");
  }
  return {};
}

}  // namespace

core::Result<void> Accounts::add_person(const std::string& name, const std::string& password_hash,
                                        std::int64_t now_ms) {
  return writing(store_, "adding a person", [&](Database& database) {
    SQLite::Statement insert(database, "INSERT INTO person VALUES (?, ?, ?)");
    insert.bindNoCopy(1, name);
    insert.bindNoCopy(2, password_hash);
    insert.bind(3, now_ms);
    return insert_new(insert, name);
  });
}

core::Result<std::vector<std::string>> Accounts::people() {
  using Names = std::vector<std::string>;
  return reading(store_, "listing people", [](Database& database) -> core::Result<Names> {
    SQLite::Statement query(database, "SELECT name FROM person ORDER BY name");
    Names names;
    while (query.executeStep()) names.push_back(query.getColumn(0).getString());
    return names;
  });
}

core::Result<std::optional<std::string>> Accounts::password_hash(const std::string& name) {
  using Hash = std::optional<std::string>;
  return reading(store_, "looking up a person", [&](Database& database) -> core::Result<Hash> {
    SQLite::Statement query(database, "SELECT password FROM person WHERE name = ?");
    query.bindNoCopy(1, name);
    if (!query.executeStep()) return Hash{};
    return Hash{query.getColumn(0).getString()};
  });
}

core::Result<void> Accounts::add_session(const core::Bytes32& hash, const std::string& person,
                                         std::int64_t now_ms, std::int64_t expires_at) {
  return writing(store_, "opening a session", [&](Database& database) -> core::Result<void> {
    SQLite::Statement forget(database, "DELETE FROM session WHERE expires_at <= ?");
    forget.bind(1, now_ms);
    forget.exec();
    SQLite::Statement insert(database, "INSERT INTO session VALUES (?, ?, ?)");
    sqlite::bind_blob(insert, 1, hash);
    insert.bindNoCopy(2, person);
    insert.bind(3, expires_at);
    insert.exec();
    return {};
  });
}

core::Result<std::optional<std::string>> Accounts::session_owner(const core::Bytes32& hash,
                                                                 std::int64_t now_ms) {
  using Owner = std::optional<std::string>;
  return reading(store_, "looking up a session", [&](Database& database) -> core::Result<Owner> {
    SQLite::Statement query(database,
                            "SELECT person FROM session WHERE hash = ? AND expires_at > ?");
    sqlite::bind_blob(query, 1, hash);
    query.bind(2, now_ms);
    if (!query.executeStep()) return Owner{};
    return Owner{query.getColumn(0).getString()};
  });
}

core::Result<void> Accounts::end_session(const core::Bytes32& hash) {
  return writing(store_, "ending a session", [&](Database& database) -> core::Result<void> {
    SQLite::Statement remove(database, "DELETE FROM session WHERE hash = ?");
    sqlite::bind_blob(remove, 1, hash);
    remove.exec();
    return {};
  });
}

core::Result<void> Accounts::add_token(const std::string& name, const core::Bytes32& hash,
                                       std::int64_t now_ms) {
  return writing(store_, "adding a token", [&](Database& database) {
    SQLite::Statement insert(database, "INSERT INTO token VALUES (?, ?, ?, NULL)");
    insert.bindNoCopy(1, name);
    sqlite::bind_blob(insert, 2, hash);
    insert.bind(3, now_ms);
    return insert_new(insert, name);
  });
}

core::Result<std::vector<TokenLine>> Accounts::tokens() {
  using Lines = std::vector<TokenLine>;
  return reading(store_, "listing tokens", [](Database& database) -> core::Result<Lines> {
    SQLite::Statement query(database, "SELECT name, added_at, revoked_at FROM token ORDER BY name");
    Lines lines;
    while (query.executeStep()) {
      lines.push_back({query.getColumn(0).getString(), query.getColumn(1).getInt64(),
                       !query.getColumn(2).isNull()});
    }
    return lines;
  });
}

core::Result<void> Accounts::revoke_token(const std::string& name, std::int64_t now_ms) {
  return writing(store_, "revoking a token", [&](Database& database) -> core::Result<void> {
    SQLite::Statement update(database,
                             "UPDATE token SET revoked_at = ifnull(revoked_at, ?) WHERE name = ?");
    update.bind(1, now_ms);
    update.bindNoCopy(2, name);
    if (update.exec() == 0) return core::fail(Fault::kNotFound, "no token " + name);
    return {};
  });
}

core::Result<bool> Accounts::token_is_valid(const core::Bytes32& hash) {
  return reading(store_, "looking up a token", [&](Database& database) -> core::Result<bool> {
    SQLite::Statement query(database, "SELECT 1 FROM token WHERE hash = ? AND revoked_at IS NULL");
    sqlite::bind_blob(query, 1, hash);
    return query.executeStep();
  });
}

}  // namespace hailong::district::storage
