#include "district/access/gate.h"

#include <algorithm>
#include <array>

#include "core/chain.h"
#include "district/access/secrets.h"

namespace hailong::district::access {
namespace {

using core::Failure;
using core::Result;
using std::chrono::milliseconds;

/// How old `seen_at` may grow before it is written again.
constexpr milliseconds kTouchEvery = std::chrono::minutes(5);

/// What an unknown name's password is compared with, so that the answer takes as long.
const std::string& nobodys_hash() {
  static const std::string hash = hash_password(new_secret()).value_or("");
  return hash;
}

core::Bytes32 subject_of(const std::string& kind, const std::string& value) {
  return core::chain_next({}, "hailong try 1\n" + kind + "\n" + value);
}

/// "scores feedback" as it is stored; words that this program does not know give no right.
std::vector<Scope> scopes_of(std::string_view words) {
  std::vector<Scope> scopes;
  for (const Scope scope : kScopes) {
    const std::string padded = " " + std::string(words) + " ";
    if (padded.find(" " + std::string(word_of(scope)) + " ") != std::string::npos) {
      scopes.push_back(scope);
    }
  }
  return scopes;
}

}  // namespace

Result<std::chrono::seconds> EnrolmentTries::try_now(const std::string& invitation,
                                                     const std::string& address,
                                                     std::int64_t now_ms) {
  const std::array tried = {
      storage::Tried{subject_of("invitation", invitation), kFreeTriesOfAccount},
      storage::Tried{subject_of("enrolling address", address), kFreeTriesOfAddress}};
  const auto wait = tries_.try_now(tried, now_ms);
  if (!wait) return Failure(wait.error());
  return std::chrono::ceil<std::chrono::seconds>(milliseconds(*wait));
}

Result<void> EnrolmentTries::passed(const std::string& invitation, const std::string& address) {
  return tries_.passed(subject_of("invitation", invitation),
                       subject_of("enrolling address", address));
}

Result<Gate::Checked> Gate::check(const std::string& name, const std::string& password,
                                  const Visitor& visitor, std::int64_t now_ms) {
  const std::array tried = {
      storage::Tried{subject_of("account", name), kFreeTriesOfAccount},
      storage::Tried{subject_of("address", visitor.address), kFreeTriesOfAddress}};
  const auto wait = tries_.try_now(tried, now_ms);
  if (!wait) return Failure(wait.error());
  if (*wait > 0) {
    return Checked{MustRest{std::chrono::ceil<std::chrono::seconds>(milliseconds(*wait))}};
  }
  auto found = accounts_.find(name);
  if (!found) return Failure(found.error());
  const bool known = found->has_value() && !(*found)->account.disabled;
  if (!is_password(known ? (*found)->password_hash : nobodys_hash(), password) || !known) {
    // What was typed may be a password in the wrong box: only a name that exists is written down.
    const std::string who = found->has_value() ? name : "";
    auto noted = audit_.add({now_ms, who, "login-failed", who, "từ " + visitor.address});
    if (!noted) return Failure(noted.error());
    return Checked{WrongPassword{}};
  }
  if (auto passed = tries_.passed(tried[0].subject, tried[1].subject); !passed) {
    return Failure(passed.error());
  }
  return Checked{std::move(**found)};
}

Result<LogIn> Gate::open_session(const std::string& name, const Visitor& visitor,
                                 std::int64_t now_ms) {
  Admitted admitted{new_secret()};
  const auto old = visitor.session ? std::optional(hash_of_secret(*visitor.session)) : std::nullopt;
  const auto opened = accounts_.open_session(
      hash_of_secret(admitted.secret), name, old, now_ms + milliseconds(kSessionLength).count(),
      {now_ms, name, "login", name, "từ " + visitor.address});
  if (!opened) return Failure(opened.error());
  return LogIn{std::move(admitted)};
}

Result<LogIn> Gate::log_in(const std::string& name, const std::string& password,
                           const Visitor& visitor, std::int64_t now_ms) {
  const auto checked = check(name, password, visitor, now_ms);
  if (!checked) return Failure(checked.error());
  if (const auto* rest = std::get_if<MustRest>(&*checked)) return LogIn{*rest};
  if (std::holds_alternative<WrongPassword>(*checked)) return LogIn{WrongPassword{}};
  return open_session(name, visitor, now_ms);
}

Result<LogIn> Gate::change_password(const Principal& person, const std::string& old,
                                    const std::string& wanted, const Visitor& visitor,
                                    std::int64_t now_ms) {
  const auto checked = check(person.name, old, visitor, now_ms);
  if (!checked) return Failure(checked.error());
  if (const auto* rest = std::get_if<MustRest>(&*checked)) return LogIn{*rest};
  if (std::holds_alternative<WrongPassword>(*checked)) return LogIn{WrongPassword{}};
  const auto hash = hash_password(wanted);
  if (!hash) return Failure(hash.error());
  const auto set = accounts_.set_password(person.name, *hash, false, {person.name, now_ms});
  if (!set) return Failure(set.error());
  return open_session(person.name, visitor, now_ms);
}

void Gate::bind_to_unit(Principal& principal, const std::string& unit_id,
                        std::int64_t now_ms) const {
  if (unit_id.empty()) return;
  principal.unit.value = unit_id.substr(0, unit_id.find('@'));
  const core::Unit* unit = units_.find_id(unit_id);
  if (unit == nullptr) return;  // gone from the register: then it sees nothing
  principal.unit_ids = with_predecessors(units_, *unit, core::local_date(now_ms));
}

Result<std::optional<Principal>> Gate::person_of(const std::string& secret, std::int64_t now_ms) {
  using Person = std::optional<Principal>;
  const core::Bytes32 hash = hash_of_secret(secret);
  auto session = accounts_.session(hash, now_ms, now_ms - milliseconds(kIdleLength).count());
  if (!session) return Failure(session.error());
  if (!session->has_value()) return Person{};
  const storage::Account& account = (*session)->account;
  const auto role = role_of(account.role);
  if (!role) return Person{};  // a newer program's
  if ((*session)->seen_at + kTouchEvery.count() <= now_ms) {
    if (auto kept = accounts_.touch_session(hash, now_ms); !kept) return Failure(kept.error());
  }
  Principal person;
  person.name = account.name;
  person.shown_name = account.shown_name.empty() ? account.name : account.shown_name;
  person.role = *role;
  person.must_change_password = account.must_change;
  person.csrf = csrf_of(secret);
  bind_to_unit(person, account.unit_id, now_ms);
  return Person{std::move(person)};
}

Result<void> Gate::log_out(const std::string& secret, const storage::Author& by) {
  return accounts_.end_session(hash_of_secret(secret), by);
}

Result<std::optional<Principal>> Gate::program_of(const std::string& token, std::int64_t now_ms) {
  using Program = std::optional<Principal>;
  const auto found = accounts_.token(hash_of_secret(token));
  if (!found) return Failure(found.error());
  if (!found->has_value()) return Program{};
  Principal program;
  program.name = (*found)->name;
  program.shown_name = program.name;
  program.program = true;
  program.scopes = scopes_of((*found)->scopes);
  bind_to_unit(program, (*found)->unit_id, now_ms);
  return Program{std::move(program)};
}

}  // namespace hailong::district::access
