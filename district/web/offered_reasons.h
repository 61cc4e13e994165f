#pragma once

#include <string>
#include <vector>

#include "core/score.h"

namespace hailong::district::web {

/// Ids of the reasons that residents may tick after their answer, as assets/survey.toml says.
struct OfferedReasons {
  std::vector<std::string> low;     // scores 1 and 2
  std::vector<std::string> middle;  // 3
  std::vector<std::string> high;    // 4 and 5
  std::vector<std::string> alert;   // of these: tell of money or misconduct

  [[nodiscard]] const std::vector<std::string>& with(core::Score score) const;
};

const OfferedReasons& offered_reasons();

}  // namespace hailong::district::web
