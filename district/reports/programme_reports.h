#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/scoring.h"
#include "district/dossiers/dossier_figures.h"
#include "district/reports/letterhead.h"
#include "documents/report.h"

/// The two reports that the plan orders (Kế hoạch 154-KH/HU, III.3 and IV.1): every half year and
/// every year, on the satisfaction criterion of "Chính quyền thân thiện". Whatever is not known is
/// said to be so, never filled in.

namespace hailong::district::reports {

/// Which part of a year.
enum class Span { kFirstHalf, kSecondHalf, kYear };

struct ReportPeriod {
  int year = 0;
  Span span = Span::kYear;

  [[nodiscard]] core::LocalDate from() const;
  [[nodiscard]] core::LocalDate to() const;  // the last day
  /// "first-half", "second-half", "year": for addresses.
  [[nodiscard]] std::string word() const;
  /// "6 tháng đầu năm 2026", "6 tháng cuối năm 2026", "năm 2026"
  [[nodiscard]] std::string words() const;
};

std::optional<Span> span_of(std::string_view word);

struct FieldFigures {
  std::string name;
  std::optional<core::Counts> counts;  // nothing: too few to be shown to this reader
};

/// How feedback of the period was handled.
struct FeedbackFigures {
  std::int64_t received = 0;
  std::int64_t due = 0;      // an answer was given, or should have been by now
  std::int64_t on_time = 0;  // of those, given in time
  std::int64_t open = 0;     // no answer yet, still in time
  std::int64_t overdue = 0;  // no answer yet, too late

  FeedbackFigures& operator+=(const FeedbackFigures& other);
};

/// One step of the year's appraisal, as it was signed.
struct AppraisalStep {
  core::LocalDate date;
  std::string step;   // "Thẩm định"
  std::string words;  // outcome and reasons
  std::string who;
};

/// A component index of TT 01/2018/TT-VPCP.
struct IndexScores {
  int number = 0;
  scoring::DossierScores scores;
  bool hidden = false;  // too few for this reader
};

struct Recognition {
  int level = 0;
  std::string decision;  // number of the decision
  core::LocalDate date;
};

struct UnitFigures {
  std::string unit_id;
  std::string name;  // "xã Phú Thái"
  core::Counts counts;
  std::int64_t flagged = 0;
  std::optional<core::Counts> without;  // what a decision leaves out; nothing: there is no decision
  std::optional<std::int64_t> served;   // dossiers returned
  std::optional<std::int64_t> rated_dossiers;  // of those, with a rating; the response rate's part
  std::string level;                           // "Mức 2", "Chưa đủ mẫu"
  std::optional<std::int64_t> points_x100;
  std::string explanation;
  std::vector<FieldFigures> fields;
  std::optional<FeedbackFigures> feedback;
  dossiers::DossierFigures registered;  // by the register of dossiers
  bool fault_parts = true;              // their faults are for this reader
  std::vector<IndexScores> indices;     // TT 01/2018
  std::vector<AppraisalStep> appraisal;
  std::optional<Recognition> recognition;
};

/// One target of the plan and where the programme stands.
struct TargetProgress {
  std::string target;
  std::string planned;
  std::string recognised;    // by decisions of recognition
  std::string by_criterion;  // what the satisfaction criterion alone would give
  std::string met;           // "Đạt", "Chưa đạt" or why that cannot be said
};

/// Whom residents praised in their own words.
struct Praise {
  std::string unit;
  std::string whom;  // "Công chức Nguyễn Văn A", "Quầy số 1", "Bộ phận Một cửa"
  std::int64_t times = 0;
};

struct ReportData {
  Letterhead letterhead;
  core::LocalDate date;
  ReportPeriod period;
  std::vector<UnitFigures> units;
  bool whole = true;  // all units of the authority: the plan's targets are theirs together
  std::optional<std::vector<TargetProgress>>
      progress;                               // nothing: the plan has no targets that year
  std::optional<std::vector<Praise>> praise;  // nothing: not gathered
  std::string rules_source;                   // document the thresholds come from
  bool official = false;                      // thresholds are confirmed
};

/// The report of data.period; a whole year's has the recognition as well.
documents::Report programme_report(const ReportData& data);

/// The units' table alone, as it stands in the report: what CSV downloads hold.
documents::Table units_table(const ReportData& data);

}  // namespace hailong::district::reports
