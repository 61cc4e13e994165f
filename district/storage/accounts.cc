#include "district/storage/accounts.h"

#include "district/storage/connection.h"

namespace hailong::district::storage {
namespace {

using core::Fault;
using sql::Connection;

core::Result<void> already_there(const std::string& name) {
  return core::fail(Fault::kConflict, name + " is there already");
}

}  // namespace

core::Result<void> Accounts::add_person(const std::string& name, const std::string& password_hash,
                                        std::int64_t now_ms) {
  return writing(store_, "adding a person", [&](Connection& c) -> core::Result<void> {
    const auto added = c.execute(
        "INSERT INTO person (name, password, added_at) VALUES ($1, $2, $3) "
        "ON CONFLICT (name) DO NOTHING",
        name, password_hash, now_ms);
    if (added == 0) return already_there(name);
    return {};
  });
}

core::Result<std::vector<std::string>> Accounts::people() {
  using Names = std::vector<std::string>;
  return reading(store_, "listing people", [](Connection& c) -> core::Result<Names> {
    const sql::Rows rows = c.query("SELECT name FROM person ORDER BY name");
    Names names;
    names.reserve(rows.size());
    for (const sql::Row row : rows) names.push_back(row.text(0));
    return names;
  });
}

core::Result<std::optional<std::string>> Accounts::password_hash(const std::string& name) {
  using Hash = std::optional<std::string>;
  return reading(store_, "looking up a person", [&](Connection& c) -> core::Result<Hash> {
    const sql::Rows rows = c.query("SELECT password FROM person WHERE name = $1", name);
    return rows.empty() ? Hash{} : Hash{rows[0].text(0)};
  });
}

core::Result<void> Accounts::add_session(const core::Bytes32& hash, const std::string& person,
                                         std::int64_t now_ms, std::int64_t expires_at) {
  return writing(store_, "opening a session", [&](Connection& c) -> core::Result<void> {
    c.execute("DELETE FROM session WHERE expires_at <= $1", now_ms);
    c.execute("INSERT INTO session (hash, person, expires_at) VALUES ($1, $2, $3)", hash, person,
              expires_at);
    return {};
  });
}

core::Result<std::optional<std::string>> Accounts::session_owner(const core::Bytes32& hash,
                                                                 std::int64_t now_ms) {
  using Owner = std::optional<std::string>;
  return reading(store_, "looking up a session", [&](Connection& c) -> core::Result<Owner> {
    const sql::Rows rows =
        c.query("SELECT person FROM session WHERE hash = $1 AND expires_at > $2", hash, now_ms);
    return rows.empty() ? Owner{} : Owner{rows[0].text(0)};
  });
}

core::Result<void> Accounts::end_session(const core::Bytes32& hash) {
  return writing(store_, "ending a session", [&](Connection& c) -> core::Result<void> {
    c.execute("DELETE FROM session WHERE hash = $1", hash);
    return {};
  });
}

core::Result<void> Accounts::add_token(const std::string& name, const core::Bytes32& hash,
                                       std::int64_t now_ms) {
  return writing(store_, "adding a token", [&](Connection& c) -> core::Result<void> {
    const auto added = c.execute(
        "INSERT INTO token (name, hash, added_at) VALUES ($1, $2, $3) "
        "ON CONFLICT (name) DO NOTHING",
        name, hash, now_ms);
    if (added == 0) return already_there(name);
    return {};
  });
}

core::Result<std::vector<TokenLine>> Accounts::tokens() {
  using Lines = std::vector<TokenLine>;
  return reading(store_, "listing tokens", [](Connection& c) -> core::Result<Lines> {
    const sql::Rows rows = c.query("SELECT name, added_at, revoked_at FROM token ORDER BY name");
    Lines lines;
    lines.reserve(rows.size());
    for (const sql::Row row : rows) {
      lines.push_back({row.text(0), row.integer(1), !row.is_null(2)});
    }
    return lines;
  });
}

core::Result<void> Accounts::revoke_token(const std::string& name, std::int64_t now_ms) {
  return writing(store_, "revoking a token", [&](Connection& c) -> core::Result<void> {
    const auto revoked = c.execute(
        "UPDATE token SET revoked_at = coalesce(revoked_at, $1) WHERE name = $2", now_ms, name);
    if (revoked == 0) return core::fail(Fault::kNotFound, "no token " + name);
    return {};
  });
}

core::Result<bool> Accounts::token_is_valid(const core::Bytes32& hash) {
  return reading(store_, "looking up a token", [&](Connection& c) -> core::Result<bool> {
    return !c.query("SELECT 1 FROM token WHERE hash = $1 AND revoked_at IS NULL", hash).empty();
  });
}

}  // namespace hailong::district::storage
