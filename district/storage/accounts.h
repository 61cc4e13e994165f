#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/hex.h"
#include "core/result.h"
#include "district/storage/audit.h"
#include "district/storage/store.h"

/// Accounts of people, their sessions, and the tokens of programs. Holds hashes only; every change
/// goes into the audit log. What roles and scopes mean is access/principal.h's business. Any
/// thread.

namespace hailong::district::storage {

struct Account {
  std::string name;
  std::string shown_name;
  std::string role;
  std::string unit_id;       // of an account of a commune
  bool must_change = false;  // the password was given, not chosen
  bool disabled = false;
  std::int64_t added_at = 0;
};

struct Credentials {
  Account account;
  std::string password_hash;
};

struct Session {
  Account account;
  std::int64_t seen_at = 0;
};

struct Token {
  std::string name;
  std::string scopes;   // separated by spaces
  std::string unit_id;  // empty: all units
  std::int64_t added_at = 0;
  bool revoked = false;
};

class Accounts {
 public:
  explicit Accounts(Store& store) : store_(store) {}

  /// `account.added_at` and `disabled` are not read. Errors: kConflict when the name is taken.
  core::Result<void> add(const Account& account, const std::string& password_hash,
                         const Author& by);
  core::Result<std::vector<Account>> list();
  core::Result<std::optional<Credentials>> find(const std::string& name);

  /// Shown name, role and unit become the account's; its sessions end. Errors: kNotFound.
  core::Result<void> change(const Account& account, const Author& by);
  /// A disabled account has no sessions and opens none. Errors: kNotFound.
  core::Result<void> set_disabled(const std::string& name, bool disabled, const Author& by);
  /// Ends the account's sessions. Errors: kNotFound.
  core::Result<void> set_password(const std::string& name, const std::string& password_hash,
                                  bool must_change, const Author& by);

  /// Adds a session in the place of `old`, which the browser had before, and forgets those that
  /// are over.
  core::Result<void> open_session(const core::Bytes32& hash, const std::string& person,
                                  const std::optional<core::Bytes32>& old, std::int64_t expires_at,
                                  const AuditEntry& entry);
  /// Nothing for a session that is unknown, over, not used since `idle_since`, or of a disabled
  /// account.
  core::Result<std::optional<Session>> session(const core::Bytes32& hash, std::int64_t now_ms,
                                               std::int64_t idle_since);
  core::Result<void> touch_session(const core::Bytes32& hash, std::int64_t now_ms);
  core::Result<void> end_session(const core::Bytes32& hash, const Author& by);
  core::Result<void> end_sessions(const std::string& person, const Author& by);

  /// Errors: kConflict when the name is taken.
  core::Result<void> add_token(const Token& token, const core::Bytes32& hash, const Author& by);
  core::Result<std::vector<Token>> tokens();
  /// Errors: kNotFound.
  core::Result<void> revoke_token(const std::string& name, const Author& by);
  /// Nothing for a token that is unknown or revoked.
  core::Result<std::optional<Token>> token(const core::Bytes32& hash);

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
