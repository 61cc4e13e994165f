#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "district/scoring/progress.h"
#include "district/scoring/score_table.h"
#include "district/storage/appraisals.h"

namespace hailong::district::scoring {

struct UnitProgress {
  std::string unit_id;
  std::string unit_name;
  std::optional<storage::AppraisalEntry> recognition;  // of this year
  std::optional<int> criterion_level;                  // what the criterion alone would give
  std::string verdict;
};

/// Where the programme stands in one year.
struct ProgrammeProgress {
  int year = 0;
  core::LocalDate until;         // units and figures are of this day
  std::optional<Target> target;  // nothing: the plan has none for that year
  std::optional<Programme> programme;
  std::vector<UnitProgress> units;   // the authority's communes on that day
  std::vector<UnitProgress> merged;  // recognised this year, and no commune any more on that day
  LevelCounts recognised;            // of `units`
  LevelCounts by_criterion;
};

/// Leaves only the units that `seen` is true for, and the sums as they are.
void keep_units(ProgrammeProgress& progress, const std::function<bool(std::string_view)>& seen);

/// "2026": a year from 2000 to 2100, or nothing.
std::optional<int> parse_year(const std::string& text);

/// Errors: the store's. Of a year that has not begun, nothing is reached yet.
core::Result<ProgrammeProgress> programme_progress(storage::RollUpReader& roll_ups,
                                                   storage::Appraisals& appraisals,
                                                   const Rules& rules, int year,
                                                   core::LocalDate today);

}  // namespace hailong::district::scoring
