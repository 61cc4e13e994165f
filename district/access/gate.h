#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/result.h"
#include "district/access/principal.h"
#include "district/access/throttle.h"
#include "district/storage/accounts.h"

namespace hailong::district::access {

inline constexpr std::chrono::hours kSessionLength{12};

struct Admitted {
  std::string secret;  // of the new session
};
struct WrongPassword {};
struct MustRest {
  std::chrono::seconds wait{};
};

using LogIn = std::variant<Admitted, WrongPassword, MustRest>;

/// Lets people and programs in. Any thread.
class Gate {
 public:
  explicit Gate(storage::Store& store) : accounts_(store) {}

  /// Errors: the store's.
  core::Result<LogIn> log_in(const std::string& name, const std::string& password,
                             std::int64_t now_ms);
  /// The person whose session it is; nothing for one that is unknown or over.
  core::Result<std::optional<Principal>> person_of(const std::string& secret, std::int64_t now_ms);
  core::Result<void> log_out(const std::string& secret);

  /// The program that bears the token; nothing for one that is unknown or revoked.
  core::Result<std::optional<Principal>> program_of(const std::string& token);

 private:
  storage::Accounts accounts_;
  Throttle throttle_;
};

}  // namespace hailong::district::access
