#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/case_deadlines.h"
#include "core/working_days.h"
#include "documents/report.h"
#include "journal/review.h"
#include "kiosk/staff/figures.h"

/// The report of a day or range that staff take away as PDF or XLSX. It holds figures only: no
/// words of residents and no contact data. Pure.

namespace hailong::kiosk::reports {

/// How what residents left was dealt with.
struct CaseFigures {
  std::array<std::int64_t, core::kCaseStatuses> by_status{};
  std::int64_t overdue = 0;  // not answered, and too late

  [[nodiscard]] std::int64_t received() const;
};

/// Of the cases that whoever asks may see.
CaseFigures case_figures(const std::vector<journal::CaseHead>& cases,
                         const core::CaseLimits& limits, const core::WorkingCalendar& calendar,
                         std::int64_t now_ms);

struct UnitReportData {
  std::string unit;      // "UBND xã Phú Thái"
  std::string place;     // "Bộ phận Một cửa"
  core::LocalDate date;  // on which it is made
  std::string made_by;
  staff::Figures figures;  // what may not be seen is hidden in them
  CaseFigures cases;
  bool all_cases = false;  // with those that only the head of the unit may see
  std::vector<journal::SignedDay> signed_days;
  std::vector<core::LocalDate> unsigned_days;  // that should have been signed off
  std::function<std::string(const std::string& id)> counter_name;
  std::function<std::string(const std::string& id)> field_name;
  std::function<std::string(const std::string& id)> person_name;
};

documents::Report unit_report(const UnitReportData& data);

/// "bao-cao-2026-11-05.pdf", "bao-cao-2026-11-01-den-2026-11-30.xlsx": a name for any file system.
std::string report_file_name(const staff::Range& range, const std::string& extension);

}  // namespace hailong::kiosk::reports
