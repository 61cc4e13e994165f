#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/result.h"
#include "district/access/principal.h"
#include "district/storage/accounts.h"
#include "district/storage/login_tries.h"

namespace hailong::district::access {

inline constexpr std::chrono::hours kSessionLength{12};
/// A session that nobody used for so long is over.
inline constexpr std::chrono::minutes kIdleLength{60};
/// How many wrong passwords in a row are free for an account, and from an address, which a whole
/// office may share.
inline constexpr int kFreeTriesOfAccount = 5;
inline constexpr int kFreeTriesOfAddress = 30;

struct Admitted {
  std::string secret;  // of the new session
};
struct WrongPassword {};
struct MustRest {
  std::chrono::seconds wait{};
};

using LogIn = std::variant<Admitted, WrongPassword, MustRest>;

/// Counts tries to enrol, as those to log in are: by the invitation that is named and by address.
/// Any thread.
class EnrolmentTries {
 public:
  explicit EnrolmentTries(storage::Store& store) : tries_(store) {}

  /// Zero when it may be tried now; else how long to wait.
  core::Result<std::chrono::seconds> try_now(const std::string& invitation,
                                             const std::string& address, std::int64_t now_ms);
  core::Result<void> passed(const std::string& invitation, const std::string& address);

 private:
  storage::LoginTries tries_;
};

/// Where a login comes from.
struct Visitor {
  std::string address;
  std::optional<std::string> session;  // that the browser has already
};

/// Lets people and programs in. Any thread.
class Gate {
 public:
  Gate(storage::Store& store, const core::UnitRegister& units)
      : accounts_(store), tries_(store), audit_(store), units_(units) {}

  /// A right password opens a session with a new secret. Failures are audited without the name,
  /// unless there is such an account. Errors: the store's.
  core::Result<LogIn> log_in(const std::string& name, const std::string& password,
                             const Visitor& visitor, std::int64_t now_ms);
  /// The person whose session it is; nothing for one that is unknown or over.
  core::Result<std::optional<Principal>> person_of(const std::string& secret, std::int64_t now_ms);
  core::Result<void> log_out(const std::string& secret, const storage::Author& by);

  /// Ends every session of the account, and opens a new one in their place. A wrong `old` password
  /// counts as a failed login.
  core::Result<LogIn> change_password(const Principal& person, const std::string& old,
                                      const std::string& wanted, const Visitor& visitor,
                                      std::int64_t now_ms);

  /// The program that bears the token; nothing for one that is unknown or revoked.
  core::Result<std::optional<Principal>> program_of(const std::string& token, std::int64_t now_ms);

 private:
  using Checked = std::variant<storage::Credentials, WrongPassword, MustRest>;

  core::Result<Checked> check(const std::string& name, const std::string& password,
                              const Visitor& visitor, std::int64_t now_ms);
  core::Result<LogIn> open_session(const std::string& name, const Visitor& visitor,
                                   std::int64_t now_ms);
  void bind_to_unit(Principal& principal, const std::string& unit_id, std::int64_t now_ms) const;

  storage::Accounts accounts_;
  storage::LoginTries tries_;
  storage::Audit audit_;
  const core::UnitRegister& units_;
};

}  // namespace hailong::district::access
