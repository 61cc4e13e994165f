#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/hex.h"
#include "core/local_date.h"
#include "core/result.h"
#include "district/storage/store.h"

/// The register of dossiers: what one-stop systems export, a row for each dossier. Codes are kept
/// as keyed hashes only. Ledger::Transaction::add_to_register() writes it.

namespace hailong::district::storage {

/// What was complained of (phản ánh, kiến nghị) with a dossier.
enum class Complaint : std::uint8_t {
  kNone,
  kConduct,    // how officers behaved
  kUnfounded,  // the same, and found to be false
  kOther,
};
/// "none", "conduct", "unfounded", "other".
std::string_view word_of(Complaint complaint);
std::optional<Complaint> complaint_of(std::string_view word);

/// A dossier as one export describes it.
struct RegisterRow {
  core::Bytes32 dossier{};  // hash of its code that only the district's key can repeat
  core::Bytes32 key{};      // core::dossier_key with the secret of the unit's kiosks
  std::string unit_id;
  std::string field_id;  // empty: unknown
  core::LocalDate received_on;
  core::LocalDate due_on;
  std::optional<core::LocalDate> returned_on;  // nothing: not yet
  Complaint complaint = Complaint::kNone;
  core::LocalDate exported_on;
  std::string source;
};

/// The day on which a dossier counts: its return, or its due day when that passed before. Nothing
/// while it is neither returned nor overdue, as far as its export knows. So a late dossier stays
/// where it became late, and each counts once.
std::optional<core::LocalDate> counted_on(const RegisterRow& row);

enum class ReturnTime : std::uint8_t { kEarly, kOnTime, kLate };

/// Dossiers that are alike.
struct DossierGroup {
  bool unsatisfied = false;  // the rating that counts of it is 1 or 2
  Complaint complaint = Complaint::kNone;
  ReturnTime time = ReturnTime::kEarly;
  std::int64_t n = 0;
};

/// Any thread.
class DossierRegister {
 public:
  explicit DossierRegister(Store& store) : store_(store) {}

  /// The dossiers of `unit_ids` that count on the days from one to another, both included. Ratings
  /// are looked for in `rated_in`: the same units and all that they were or became. One that a
  /// decision leaves out is none.
  core::Result<std::vector<DossierGroup>> read(core::LocalDate from, core::LocalDate to,
                                               const std::vector<std::string>& unit_ids,
                                               const std::vector<std::string>& rated_in);

  /// Of each of these dossiers the unit that has it in the register already; empty: none has.
  core::Result<std::vector<std::string>> units_of(const std::vector<core::Bytes32>& dossiers);

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
