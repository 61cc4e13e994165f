#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/local_date.h"
#include "core/result.h"
#include "core/scoring.h"
#include "core/staff.h"
#include "journal/review.h"
#include "kiosk/staff/sight.h"

/// The figures of a day or range, with what this person may not see left out (sight.h).

namespace hailong::kiosk::staff {

struct Range {
  core::LocalDate from;
  core::LocalDate to;  // included

  bool operator==(const Range&) const = default;
};

/// A sum of ratings. Of a hidden one nothing is known but that it is small.
struct Sum {
  core::Counts counts;
  bool hidden = false;

  bool operator==(const Sum&) const = default;
};

struct DayPoint {
  core::LocalDate day;
  Sum sum;

  bool operator==(const DayPoint&) const = default;
};

struct Figures {
  Range range;
  bool in_fives = false;  // an officer's (sight.h)
  Sum sum;
  std::int64_t flagged = 0;            // of these, how many are doubtful; 0 where the sum is hidden
  std::optional<std::int64_t> served;  // procedures finished; nothing: unknown for all days
  int days_without_served = 0;         // with ratings, but no count
  std::int64_t rated_of_served = 0;    // ratings of the days of which it is known
  Sum week_before;                     // the 7 days before the range
  Sum month_before;                    // the 30 days before it
  std::optional<Range> split;          // what the parts are of; nothing: of no whole month yet
  std::vector<Part> by_counter;
  std::vector<Part> by_field;
  std::vector<Part> by_hour;
  std::vector<DayPoint> trend;  // days with ratings: of the range, or of the 30 days up to one day
};

/// What `role` may see of `range`. Errors as Review's.
core::Result<Figures> figures_of(journal::Review& review, core::StaffRole role, const Range& range);

}  // namespace hailong::kiosk::staff
