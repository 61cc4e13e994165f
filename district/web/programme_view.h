#pragma once

#include <string>

#include "core/local_date.h"
#include "district/scoring/programme_progress.h"
#include "district/web/long_list.h"

namespace hailong::district::web {

struct ProgrammeView {
  core::LocalDate today;
  scoring::ProgrammeProgress progress;
  bool may_confirm = false;
  std::string csrf;
  ListAsked list;
};

/// The plan's targets of a year against what is recognised and what the criterion alone would give;
/// the units; the criterion's values with their sources. Template: programme.mustache.
std::string programme_main(const ProgrammeView& view);

}  // namespace hailong::district::web
