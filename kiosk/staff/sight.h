#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/case_life.h"
#include "core/result.h"
#include "core/scoring.h"
#include "core/staff.h"
#include "journal/review.h"
#include "journal/staff_book.h"

/// Who of the commune's staff sees and does what. The rater is confidential by law and must feel no
/// pressure (NĐ 61/2018 Điều 27, Luật 10/2022 Điều 35), so all rules stand here.
///
///                                     officer                     head of unit
/// ratings                             sums of whole fives         sums of at least five
/// by counter, field, hour             of the last whole month     of any range
/// words                               with their five, time to    at once, time to half a day
///                                     half a day
/// score, counter, answers beside them no                          yes
/// money, misconduct, complaints,      no, not even their number   yes
/// an officer's behaviour, what is
/// about an officer whom the resident
/// named
/// a case that names this person       no                          no
///
/// Whole fives (Review::five_cells) and single months keep an officer from working out a rating
/// from two looks or two ranges, and from telling by who just left whose the words are that just
/// came.

namespace hailong::kiosk::staff {

/// No sum of less is shown.
inline constexpr std::int64_t kLeastSum = 5;

bool sees_restricted(core::StaffRole role);
bool sees_details(core::StaffRole role);  // score, counter and answers beside the words
bool sees_growth(core::StaffRole role);   // rating by rating, not by fives; splits of any range
bool manages_people(core::StaffRole role);

/// The sums that this person may see, of the days from `from` to `to`. Errors: as Review's.
core::Result<std::vector<journal::Cell>> cells_for(journal::Review& review, core::StaffRole role,
                                                   core::LocalDate from, core::LocalDate to);

/// Which cases somebody may know of whom residents know as these officers. Errors: as Review's.
core::Result<journal::CaseScope> case_scope(journal::Review& review, core::StaffRole role,
                                            const std::vector<std::string>& officers);

/// Whether a case within their scope may be listed for this person, and opened. Nobody opens a case
/// about themselves: the words could tell who complained.
bool may_open(const journal::Person& person, const journal::CaseHead& head);

/// Whether the words may stand in front of this person: hidden ones are for the head of the unit.
bool sees_words(core::StaffRole role, const core::CaseState& state);

/// Whether this person may take a step with this action in the case. Errors: kRefused, in
/// Vietnamese.
core::Result<void> may_take(const journal::Person& person, const journal::CaseHead& head,
                            core::CaseAction action);

/// 0:00 or 12:00 of the local day, and "sáng 12/11/2026".
std::int64_t half_day(std::int64_t moment_ms);
std::string half_day_words(std::int64_t moment_ms);

/// One part of a sum that is split up.
struct Part {
  std::string id;
  core::Counts counts;
  bool hidden = false;

  bool operator==(const Part&) const = default;
};

/// Hides parts of less than five, and as many more, smallest first, that the hidden ones together
/// are at least five: nobody can subtract the others from the whole.
void hide_small(std::vector<Part>& parts);

/// "0912 345 678" as "09** *** 678".
std::string masked_phone(const std::string& phone);

}  // namespace hailong::kiosk::staff
