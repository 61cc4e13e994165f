#include "district/storage/accounts.h"

#include "district/storage/connection.h"

namespace hailong::district::storage {
namespace {

using core::Fault;
using core::Result;
using sql::Connection;

Result<void> already_there(const std::string& name) {
  return core::fail(Fault::kConflict, name + " is there already");
}

Result<void> no_account(const std::string& name) {
  return core::fail(Fault::kNotFound, "no account " + name);
}

/// Columns name, shown_name, role, unit_id, must_change, disabled_at and added_at from `first` on.
Account account_of(const sql::Row& row, std::size_t first) {
  return {row.text(first),       row.text(first + 1),         row.text(first + 2),
          row.text(first + 3),   row.integer(first + 4) != 0, !row.is_null(first + 5),
          row.integer(first + 6)};
}

/// Columns name, scopes, unit_id, added_at, revoked_at.
Token token_of(const sql::Row& row) {
  return {row.text(0), row.text(1), row.text(2), row.integer(3), !row.is_null(4)};
}

/// "quyền district-officer, đơn vị 10750@2025-07-01"
std::string rights_text(const std::string& rights, const std::string& unit_id) {
  return "quyền " + rights + (unit_id.empty() ? "" : ", đơn vị " + unit_id);
}

void forget_sessions(Connection& c, const std::string& person) {
  c.execute("DELETE FROM session WHERE person = $1", person);
}

}  // namespace

Result<void> Accounts::add(const Account& account, const std::string& password_hash,
                           const Author& by) {
  return writing(store_, "adding an account", [&](Connection& c) -> Result<void> {
    const auto added = c.execute(
        "INSERT INTO person (name, password, added_at, shown_name, role, unit_id, must_change) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO NOTHING",
        account.name, password_hash, by.at_ms, account.shown_name, account.role, account.unit_id,
        account.must_change);
    if (added == 0) return already_there(account.name);
    add_audit(c, {by.at_ms, by.who, "account-added", account.name,
                  rights_text(account.role, account.unit_id)});
    return {};
  });
}

Result<std::vector<Account>> Accounts::list() {
  using List = std::vector<Account>;
  return reading(store_, "listing accounts", [](Connection& c) -> Result<List> {
    const sql::Rows rows = c.query(
        "SELECT name, shown_name, role, unit_id, must_change, disabled_at, added_at FROM person "
        "ORDER BY name");
    List list;
    list.reserve(rows.size());
    for (const sql::Row row : rows) list.push_back(account_of(row, 0));
    return list;
  });
}

Result<std::optional<Credentials>> Accounts::find(const std::string& name) {
  using Found = std::optional<Credentials>;
  return reading(store_, "looking up an account", [&](Connection& c) -> Result<Found> {
    const sql::Rows rows = c.query(
        "SELECT password, name, shown_name, role, unit_id, must_change, disabled_at, added_at "
        "FROM person WHERE name = $1",
        name);
    if (rows.empty()) return Found{};
    return Found{Credentials{account_of(rows[0], 1), rows[0].text(0)}};
  });
}

Result<void> Accounts::change(const Account& account, const Author& by) {
  return writing(store_, "changing an account", [&](Connection& c) -> Result<void> {
    const auto changed =
        c.execute("UPDATE person SET shown_name = $2, role = $3, unit_id = $4 WHERE name = $1",
                  account.name, account.shown_name, account.role, account.unit_id);
    if (changed == 0) return no_account(account.name);
    forget_sessions(c, account.name);
    add_audit(c, {by.at_ms, by.who, "account-changed", account.name,
                  rights_text(account.role, account.unit_id)});
    return {};
  });
}

Result<void> Accounts::set_disabled(const std::string& name, bool disabled, const Author& by) {
  return writing(store_, "disabling an account", [&](Connection& c) -> Result<void> {
    const auto at = disabled ? std::optional(by.at_ms) : std::nullopt;
    if (c.execute("UPDATE person SET disabled_at = $2 WHERE name = $1", name, at) == 0) {
      return no_account(name);
    }
    forget_sessions(c, name);
    add_audit(c, {by.at_ms, by.who, disabled ? "account-disabled" : "account-enabled", name, ""});
    return {};
  });
}

Result<void> Accounts::set_password(const std::string& name, const std::string& password_hash,
                                    bool must_change, const Author& by) {
  return writing(store_, "setting a password", [&](Connection& c) -> Result<void> {
    const auto set = c.execute("UPDATE person SET password = $2, must_change = $3 WHERE name = $1",
                               name, password_hash, must_change);
    if (set == 0) return no_account(name);
    forget_sessions(c, name);
    add_audit(c, {by.at_ms, by.who, must_change ? "password-reset" : "password-changed", name, ""});
    return {};
  });
}

Result<void> Accounts::open_session(const core::Bytes32& hash, const std::string& person,
                                    const std::optional<core::Bytes32>& old,
                                    std::int64_t expires_at, const AuditEntry& entry) {
  return writing(store_, "opening a session", [&](Connection& c) -> Result<void> {
    c.execute("DELETE FROM session WHERE expires_at <= $1", entry.at_ms);
    if (old) c.execute("DELETE FROM session WHERE hash = $1", *old);
    c.execute("INSERT INTO session (hash, person, seen_at, expires_at) VALUES ($1, $2, $3, $4)",
              hash, person, entry.at_ms, expires_at);
    add_audit(c, entry);
    return {};
  });
}

Result<std::optional<Session>> Accounts::session(const core::Bytes32& hash, std::int64_t now_ms,
                                                 std::int64_t idle_since) {
  using Found = std::optional<Session>;
  return reading(store_, "looking up a session", [&](Connection& c) -> Result<Found> {
    const sql::Rows rows = c.query(
        "SELECT session.seen_at, name, shown_name, role, unit_id, must_change, disabled_at, "
        "added_at FROM session JOIN person ON person.name = session.person "
        "WHERE session.hash = $1 AND session.expires_at > $2 AND session.seen_at > $3 "
        "AND person.disabled_at IS NULL",
        hash, now_ms, idle_since);
    if (rows.empty()) return Found{};
    return Found{Session{account_of(rows[0], 1), rows[0].integer(0)}};
  });
}

Result<void> Accounts::touch_session(const core::Bytes32& hash, std::int64_t now_ms) {
  return writing(store_, "keeping a session", [&](Connection& c) -> Result<void> {
    c.execute("UPDATE session SET seen_at = $2 WHERE hash = $1", hash, now_ms);
    return {};
  });
}

Result<void> Accounts::end_session(const core::Bytes32& hash, const Author& by) {
  return writing(store_, "ending a session", [&](Connection& c) -> Result<void> {
    c.execute("DELETE FROM session WHERE hash = $1", hash);
    add_audit(c, {by.at_ms, by.who, "logout", by.who, ""});
    return {};
  });
}

Result<void> Accounts::end_sessions(const std::string& person, const Author& by) {
  return writing(store_, "ending sessions", [&](Connection& c) -> Result<void> {
    forget_sessions(c, person);
    add_audit(c, {by.at_ms, by.who, "logout-everywhere", person, ""});
    return {};
  });
}

Result<void> Accounts::add_token(const Token& token, const core::Bytes32& hash, const Author& by) {
  return writing(store_, "adding a token", [&](Connection& c) -> Result<void> {
    const auto added = c.execute(
        "INSERT INTO token (name, hash, added_at, scopes, unit_id) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (name) DO NOTHING",
        token.name, hash, by.at_ms, token.scopes, token.unit_id);
    if (added == 0) return already_there(token.name);
    add_audit(
        c, {by.at_ms, by.who, "token-added", token.name, rights_text(token.scopes, token.unit_id)});
    return {};
  });
}

Result<std::vector<Token>> Accounts::tokens() {
  using List = std::vector<Token>;
  return reading(store_, "listing tokens", [](Connection& c) -> Result<List> {
    const sql::Rows rows =
        c.query("SELECT name, scopes, unit_id, added_at, revoked_at FROM token ORDER BY name");
    List list;
    list.reserve(rows.size());
    for (const sql::Row row : rows) list.push_back(token_of(row));
    return list;
  });
}

Result<void> Accounts::revoke_token(const std::string& name, const Author& by) {
  return writing(store_, "revoking a token", [&](Connection& c) -> Result<void> {
    const auto revoked = c.execute(
        "UPDATE token SET revoked_at = coalesce(revoked_at, $1) WHERE name = $2", by.at_ms, name);
    if (revoked == 0) return core::fail(Fault::kNotFound, "no token " + name);
    add_audit(c, {by.at_ms, by.who, "token-revoked", name, ""});
    return {};
  });
}

Result<std::optional<Token>> Accounts::token(const core::Bytes32& hash) {
  using Found = std::optional<Token>;
  return reading(store_, "looking up a token", [&](Connection& c) -> Result<Found> {
    const sql::Rows rows = c.query(
        "SELECT name, scopes, unit_id, added_at, revoked_at FROM token WHERE hash = $1 "
        "AND revoked_at IS NULL",
        hash);
    if (rows.empty()) return Found{};
    return Found{token_of(rows[0])};
  });
}

}  // namespace hailong::district::storage
