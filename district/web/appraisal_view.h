#pragma once

#include <string>
#include <vector>

#include "core/local_date.h"
#include "core/units.h"
#include "district/storage/appraisals.h"
#include "district/web/long_list.h"

/// The pages of the year's appraisal. Templates: appraisal_year.mustache, appraisal_unit.mustache.

namespace hailong::district::web {

/// "Chờ xã tự chấm": what was done last, and what is due next.
std::string standing_words(const storage::AppraisalHistory& history);

struct AppraisalYearView {
  int year = 0;
  core::LocalDate today;
  struct Unit {
    std::string id;
    std::string name;
    storage::AppraisalHistory history;
  };
  std::vector<Unit> units;
  bool may_propose = false;
  std::string csrf;
  ListAsked list;
};

/// A table of the units: who has done what, and what is due next.
std::string appraisal_year_main(const AppraisalYearView& view);

struct AppraisalUnitView {
  int year = 0;
  core::LocalDate today;
  std::string unit_id;
  std::string unit_name;
  storage::AppraisalHistory history;
  bool may_answer = false;    // for the commune
  bool may_appraise = false;  // for the authority
  std::string csrf;
};

/// All steps in their order, and the forms of those that are due and that this person may take.
std::string appraisal_unit_main(const AppraisalUnitView& view);

}  // namespace hailong::district::web
