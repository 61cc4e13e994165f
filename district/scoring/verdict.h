#pragma once

#include <optional>
#include <string>

#include "core/scoring.h"
#include "district/scoring/criterion.h"

namespace hailong::district::scoring {

/// The figures of one sample, rounded half up for showing; all absent for an empty sample.
struct Figures {
  std::optional<std::int64_t> satisfied;  // hundredths of a percent, likewise the interval's ends
  std::optional<std::int64_t> low;
  std::optional<std::int64_t> high;
  std::optional<std::int64_t> mean;  // hundredths of a step
};

Figures figures_of(const core::Counts& counts);

/// What a sample may be appraised as.
struct Judged {
  Appraisal appraisal;
  std::string verdict;  // one Vietnamese sentence that stands by itself
  std::string brief;    // the same beside the figures, which it does not repeat
};

/// Appraises a whole unit: level, points, and why not the next level. Without a programme there is
/// neither level nor points, and the verdict says so.
Judged appraise_unit(const Evidence& evidence, const Programme* programme, int year);

/// A part of a unit, or several units: its figures in words. Levels are for units only.
std::string describe(const core::Counts& counts);

}  // namespace hailong::district::scoring
