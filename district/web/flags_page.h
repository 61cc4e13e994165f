#pragma once

#include <string>
#include <vector>

#include "district/scoring/score_table.h"
#include "district/storage/flag_decisions.h"
#include "district/web/period_picker.h"

namespace hailong::district::web {

/// The doubtful ratings of a period by unit, with both figures, and the decisions about them.
struct FlagsView {
  Asked asked;
  std::vector<scoring::ScoreRow> rows;           // units as they were, with flagged ratings
  std::vector<storage::FlagDecision> decisions;  // the last one first
  const core::UnitRegister& units;
  bool may_decide = false;
  std::string csrf;
};

/// The inside of the page. Everything that came from outside is escaped.
std::string flags_html(const FlagsView& view);

}  // namespace hailong::district::web
