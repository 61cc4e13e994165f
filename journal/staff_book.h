#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/journal.h"

/// What the commune's staff add to the journal: accounts, PINs, and everything they do. Nothing
/// here touches a rating, or anything else that a resident left.

namespace hailong::journal {

struct Person {
  std::string id;
  std::string name;
  core::StaffRole role = core::StaffRole::kOfficer;
  bool active = true;

  bool operator==(const Person&) const = default;
};

/// A PIN as it is kept.
struct Pin {
  std::string hash;    // opaque here
  bool given = false;  // by somebody else: it has to be changed

  bool operator==(const Pin&) const = default;
};

/// Wrong tries since the last right one, and when the last was, by the clock of that boot.
struct PinTries {
  int wrong = 0;
  std::string boot_id;
  std::int64_t mono_ms = 0;

  bool operator==(const PinTries&) const = default;
};

/// Works on a journal that must outlive it; on the journal's thread. Each addition is one durable
/// transaction, with errors as Journal's.
class StaffBook {
 public:
  explicit StaffBook(Journal& journal) : store_(*journal.store_) {}

  /// By name; those who have left, too.
  core::Result<std::vector<Person>> people();
  core::Result<std::optional<Pin>> pin(std::string_view person);

  /// `who`: a person, or empty for the set-up code.
  core::Result<PinTries> tries(std::string_view who);
  /// One more, with its event; `locks`: nothing more is taken for a while.
  core::Result<Appended> add_wrong_try(const core::Stamp& stamp, std::string_view who, bool locks);
  /// The right PIN: forgets the wrong tries.
  core::Result<Appended> sign_in(const core::Stamp& stamp, std::string_view who);

  /// Whether the one-time code with this digest was taken before.
  core::Result<bool> is_used(const core::Bytes32& code);
  /// The one-time code was right: makes the account of a head of unit with its PIN. Errors also
  /// kRefused when the code was taken before, kConflict when somebody else has the id.
  core::Result<Appended> set_up(const core::Stamp& stamp, const core::Bytes32& code,
                                const core::StaffAccount& account, std::string_view pin_hash);

  /// Makes an account, with its first PIN. Errors also kConflict when somebody has the id.
  core::Result<Appended> add(const core::Stamp& stamp, const core::StaffAccount& account,
                             std::string_view pin_hash);
  /// Changes an account. Errors also kNotFound; kRefused when no head of unit would be left.
  core::Result<Appended> change(const core::Stamp& stamp, const core::StaffAccount& account);
  /// A new PIN for `person`, who has to change it unless it is `who`. Errors also kNotFound.
  core::Result<Appended> set_pin(const core::Stamp& stamp, std::string_view who,
                                 std::string_view person, std::string_view pin_hash);

  core::Result<Appended> append(const core::Stamp& stamp, const core::StaffAct& act);
  /// Repeated when the same count stands there. Errors also kInvalid for a negative one.
  core::Result<Appended> append(const core::Stamp& stamp, const core::Served& served);
  /// All or none.
  core::Result<void> append(const core::Stamp& stamp, const std::vector<core::Served>& served);
  core::Result<Appended> append(const core::Stamp& stamp, const core::SignOff& sign_off);

  /// A step in the case of a rating, of which `known_steps` were known. Errors also kNotFound
  /// without such a case; kConflict when somebody has dealt with it meanwhile; those of
  /// core::after(), in Vietnamese.
  core::Result<Appended> append(const core::Stamp& stamp, core::Seq rating,
                                const core::CaseStep& step, int known_steps);

 private:
  Journal::Store& store_;
};

}  // namespace hailong::journal
