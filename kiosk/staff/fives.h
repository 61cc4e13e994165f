#pragma once

#include <vector>

#include "core/local_date.h"
#include "core/result.h"
#include "journal/review.h"

/// What an officer sees of the ratings: whole fives. In the order of their time, from each month's
/// first day on, a five counts to the day on which its fifth rating came; until then, nothing of it
/// is seen, and the last of a month that make no five are in no sum. So whatever two looks or two
/// ranges differ by is five ratings at least.

namespace hailong::kiosk::staff {

struct Fives {
  std::vector<journal::Cell> cells;  // in order of their day
  std::vector<core::Seq> waiting;    // ratings of the last day's month that make no five yet
};

/// Of the days from `from` to `to`, both included. Errors: as Review's.
core::Result<Fives> whole_fives(journal::Review& review, core::LocalDate from, core::LocalDate to);

}  // namespace hailong::kiosk::staff
