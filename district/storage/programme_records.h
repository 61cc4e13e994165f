#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/hex.h"
#include "core/result.h"
#include "core/working_days.h"
#include "district/storage/roll_ups.h"
#include "district/storage/store.h"

/// What people record about the programme beside the kiosks' figures: how many dossiers were
/// served, and that a year's criterion is the official one. Rows are added, never changed; each
/// changes the store's revision, since scores depend on them. Any thread.

namespace hailong::district::storage {

/// How many dossiers a unit received and returned in a month, as its one-stop system counts them.
struct ServedTotal {
  std::string unit_id;
  std::string month;     // "2026-11"
  std::string field_id;  // empty: of all fields together
  std::int64_t received = 0;
  std::int64_t returned = 0;
  std::string source;  // the report or system it was read from
  std::string who;     // who entered it, and when
  std::int64_t at_ms = 0;
  std::int64_t own = 0;  // of `returned`: what the unit's staff said at the kiosk
  bool official = true;  // false: nobody above entered the month, and no export holds all of it

  bool operator==(const ServedTotal&) const = default;
};

struct ProgrammeConfirmation {
  int year = 0;            // first year of the criterion
  core::Bytes32 digest{};  // scoring::Programme::digest() of what was confirmed
  std::string document;    // "Quyết định 12/QĐ-UBND ngày 5/1/2026"
  std::string who;
  std::int64_t at_ms = 0;
};

/// A month in which a unit's staff said at the kiosk how many procedures were finished on days of
/// which the register of dossiers has nothing.
struct KioskMonth {
  std::string unit_id;
  std::string month;
  std::int64_t returned = 0;  // of all days, each as the register says, else as the staff do
  std::int64_t counted = 0;   // of those: what the staff say
  std::int64_t days = 0;      // bit n: one of them says something of day n + 1

  /// Whether something is said of each working day.
  [[nodiscard]] bool is_whole(const core::WorkingCalendar& calendar) const;

  bool operator==(const KioskMonth&) const = default;
};

/// What is known of how many dossiers were served: the latest entry of each unit, month and field,
/// the sums of the register of dossiers, and what staff say; all in their order.
struct ServedMonths {
  std::vector<ServedTotal> entered;
  std::vector<ServedTotal> registered;  // by unit and month, nobody's
  std::vector<KioskMonth> at_kiosks;

  /// Of each unit and month what counts: what was entered, else the register and what staff say of
  /// the days of which it has nothing. Where the register has no whole month, staff must have said
  /// something of each working day: else a unit would count the days that suit it.
  [[nodiscard]] std::vector<ServedTotal> counted(const core::WorkingCalendar& calendar) const;
};

/// What scores need beside the ratings, of one moment.
struct ProgrammeFacts {
  std::vector<ServedTotal> served;  // as counted
  /// Dossiers with a counted rating, by unit and month.
  std::map<std::pair<std::string, std::string>, std::int64_t> rated_dossiers;
};

class ProgrammeRecords {
 public:
  explicit ProgrammeRecords(Store& store) : store_(store) {}

  /// All or none.
  core::Result<void> add_served(const std::vector<ServedTotal>& totals);
  core::Result<void> confirm(const ProgrammeConfirmation& confirmation);

  /// Of the months from one to another ("2026-01"), both included.
  core::Result<ProgrammeFacts> facts(const std::string& from, const std::string& to,
                                     const core::WorkingCalendar& calendar,
                                     Shown shown = Shown::kAll);
  core::Result<ServedMonths> served(const std::string& from, const std::string& to);

  /// All of them, the latest last.
  core::Result<std::vector<ProgrammeConfirmation>> confirmations();

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
