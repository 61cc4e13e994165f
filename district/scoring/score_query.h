#pragma once

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

  /// "unit,month"
  [[nodiscard]] std::string by_text() const;
};

/// Reads from, to and by (default "unit"); leaves every other parameter to the caller.
/// Errors: kInvalid with what was expected.
core::Result<ScoreQuery> parse_score_query(
    const std::vector<std::pair<std::string, std::string>>& parameters);

}  // namespace hailong::district::scoring
