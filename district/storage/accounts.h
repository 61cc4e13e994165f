#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/hex.h"
#include "core/result.h"
#include "district/storage/store.h"

/// People, their sessions, and the tokens of programs. Holds hashes only. Any thread.

namespace hailong::district::storage {

struct TokenLine {
  std::string name;
  std::int64_t added_at = 0;
  bool revoked = false;
};

class Accounts {
 public:
  explicit Accounts(Store& store) : store_(store) {}

  /// Errors: kConflict when the name is taken.
  core::Result<void> add_person(const std::string& name, const std::string& password_hash,
                                std::int64_t now_ms);
  core::Result<std::vector<std::string>> people();
  /// The password hash; nothing for an unknown name.
  core::Result<std::optional<std::string>> password_hash(const std::string& name);

  /// Adds a session, and forgets those that are over.
  core::Result<void> add_session(const core::Bytes32& hash, const std::string& person,
                                 std::int64_t now_ms, std::int64_t expires_at);
  /// Whose session it is; nothing for one that is unknown or over.
  core::Result<std::optional<std::string>> session_owner(const core::Bytes32& hash,
                                                         std::int64_t now_ms);
  core::Result<void> end_session(const core::Bytes32& hash);

  /// Errors: kConflict when the name is taken.
  core::Result<void> add_token(const std::string& name, const core::Bytes32& hash,
                               std::int64_t now_ms);
  core::Result<std::vector<TokenLine>> tokens();
  /// Errors: kNotFound.
  core::Result<void> revoke_token(const std::string& name, std::int64_t now_ms);
  core::Result<bool> token_is_valid(const core::Bytes32& hash);

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
