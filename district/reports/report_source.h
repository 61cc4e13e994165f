#pragma once

#include <functional>

#include "district/reports/programme_reports.h"
#include "district/scoring/score_table.h"

namespace hailong::district::reports {

/// Gathers the figures of a report from the store. Any thread.
class ReportSource {
 public:
  /// True for units that the report is to hold.
  using Wanted = std::function<bool(const std::string& unit_id)>;

  ReportSource(storage::Store& store, const scoring::Rules& rules, const Letterhead& letterhead)
      : roll_ups_(store), rules_(rules), letterhead_(letterhead) {}

  /// Units stand as they are at the end of the period, or today while it lasts, with the ratings of
  /// all that merged into them. `whole`: nothing of the authority is left out. Errors: the store's.
  core::Result<ReportData> gather(const ReportPeriod& period, core::LocalDate today, bool whole,
                                  const Wanted& wanted);

 private:
  storage::RollUpReader roll_ups_;
  const scoring::Rules& rules_;
  const Letterhead& letterhead_;
};

}  // namespace hailong::district::reports
