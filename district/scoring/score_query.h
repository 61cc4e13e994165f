#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/local_date.h"
#include "core/result.h"
#include "district/storage/roll_ups.h"

namespace hailong::district::scoring {

/// Which scores are asked for: inclusive local dates.
struct ScoreQuery {
  core::LocalDate from;
  core::LocalDate to;
  storage::Grouping by;
  /// Nothing: units as they were when the ratings were given. A day: what had become of them by
  /// then, so that a commune stands with all that merged into it. Sums are the same either way.
  std::optional<core::LocalDate> units_as_on = std::nullopt;

  /// "unit,month"
  [[nodiscard]] std::string by_text() const;
  /// "then" or "now"
  [[nodiscard]] std::string as_text() const { return units_as_on ? "now" : "then"; }
};

/// Reads from, to, by (default "unit") and as ("then", the default, or "now", which means `today`);
/// leaves every other parameter to the caller. Errors: kInvalid with what was expected.
core::Result<ScoreQuery> parse_score_query(
    const std::vector<std::pair<std::string, std::string>>& parameters, core::LocalDate today);

}  // namespace hailong::district::scoring
