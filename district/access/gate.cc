#include "district/access/gate.h"

#include "district/access/secrets.h"

namespace hailong::district::access {
namespace {

/// What an unknown name's password is compared with, so that the answer takes as long.
const std::string& nobodys_hash() {
  static const std::string hash = hash_password(new_secret()).value_or("");
  return hash;
}

}  // namespace

core::Result<LogIn> Gate::log_in(const std::string& name, const std::string& password,
                                 std::int64_t now_ms) {
  const auto wait = throttle_.try_now(name, std::chrono::steady_clock::now());
  if (wait.count() > 0) return LogIn{MustRest{wait}};
  const auto hash = accounts_.password_hash(name);
  if (!hash) return core::Failure(hash.error());
  const bool right = is_password(hash->value_or(nobodys_hash()), password);
  if (!right || !hash->has_value()) return LogIn{WrongPassword{}};
  throttle_.passed(name);
  Admitted admitted{new_secret()};
  const std::int64_t expires_at = now_ms + std::chrono::milliseconds(kSessionLength).count();
  const auto added =
      accounts_.add_session(hash_of_secret(admitted.secret), name, now_ms, expires_at);
  if (!added) return core::Failure(added.error());
  return LogIn{std::move(admitted)};
}

core::Result<std::optional<Principal>> Gate::person_of(const std::string& secret,
                                                       std::int64_t now_ms) {
  using Person = std::optional<Principal>;
  auto owner = accounts_.session_owner(hash_of_secret(secret), now_ms);
  if (!owner) return core::Failure(owner.error());
  if (!owner->has_value()) return Person{};
  Principal person;
  person.name = **owner;
  person.shown_name = **owner;
  person.role = Role::kAdministrator;
  person.csrf = csrf_of(secret);
  return Person{std::move(person)};
}

core::Result<void> Gate::log_out(const std::string& secret) {
  return accounts_.end_session(hash_of_secret(secret));
}

core::Result<std::optional<Principal>> Gate::program_of(const std::string& token) {
  using Program = std::optional<Principal>;
  const auto valid = accounts_.token_is_valid(hash_of_secret(token));
  if (!valid) return core::Failure(valid.error());
  if (!*valid) return Program{};
  Principal program;
  program.program = true;
  program.scopes = {Scope::kScores};
  return Program{std::move(program)};
}

}  // namespace hailong::district::access
