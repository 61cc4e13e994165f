#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "district/config.h"
#include "district/feedback/praise.h"
#include "district/feedback/timeliness.h"
#include "district/reports/programme_reports.h"
#include "district/storage/appraisals.h"

namespace hailong::district::reports {

/// Gathers the figures of a report from the store. Any thread.
class ReportSource {
 public:
  /// True for units that the report is to hold.
  using Wanted = std::function<bool(const std::string& unit_id)>;

  ReportSource(storage::Store& store, const Config& config)
      : roll_ups_(store),
        appraisals_(store),
        timeliness_(store, config.case_limits, config.calendar),
        praise_(store),
        figures_(store, config.rules.units),
        config_(config) {}

  /// Units stand as they are at the end of the period, or today while it lasts, with the ratings of
  /// all that merged into them. `whole`: nothing of the authority is left out. `shown`: to whom the
  /// report is. Errors: the store's.
  core::Result<ReportData> gather(const ReportPeriod& period, std::int64_t now_ms, bool whole,
                                  const Wanted& wanted,
                                  storage::Shown shown = storage::Shown::kAll);

 private:
  core::Result<void> add_scores(ReportData& data, core::LocalDate units_on, const Wanted& wanted,
                                storage::RollUpReader& roll_ups);
  core::Result<void> add_feedback(ReportData& data, core::LocalDate units_on, std::int64_t now_ms);
  /// The logics that go by dossiers.
  core::Result<void> add_dossiers(ReportData& data, core::LocalDate units_on,
                                  storage::RollUpReader& roll_ups);
  core::Result<void> add_praise(ReportData& data, core::LocalDate units_on);
  [[nodiscard]] std::string unit_on(const std::string& unit_id, core::LocalDate day) const;

  storage::RollUpReader roll_ups_;
  storage::Appraisals appraisals_;
  feedback::TimelinessReader timeliness_;
  feedback::PraiseReader praise_;
  dossiers::FigureReader figures_;
  const Config& config_;
};

}  // namespace hailong::district::reports
