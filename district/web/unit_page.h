#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "district/scoring/score_table.h"
#include "district/web/devices_page.h"
#include "district/web/figures.h"
#include "district/web/overview.h"
#include "district/web/period_picker.h"

namespace hailong::district::web {

/// How often one answer was chosen.
struct AnswerLine {
  std::string name;
  std::optional<std::int64_t> count;  // nothing: too few to be shown to this reader
};

/// A figure of another logic than the counter's share, with what it rests on. The three are never
/// mixed (measurement-rules.md 2, 3).
struct FigureLine {
  std::string name;
  std::string value;  // "1,8 / 2"
  std::string basis;  // "412 câu trả lời"
};

/// The dossier ratio with what lowers it.
struct DossierPanel {
  std::string words;
  std::vector<AnswerLine> faults;  // empty: not to be shown
};

/// What became of a unit, or of what it was made.
struct HistoryLine {
  std::string name;
  std::string validity;  // "01/12/2024 – 30/06/2025"
  std::string note;      // "nhập vào xã Phú Thái"
};

struct KioskLine {
  std::string id;
  std::string place;  // "Quầy mã q1, cạnh cửa"
  std::vector<DeviceConcern> concerns;
};

/// A point where people are received.
struct PointLine {
  std::string name;
  std::string validity;  // "từ 01/07/2025"; empty: for kiosks of which no point is known
  std::vector<KioskLine> kiosks;
};

/// Where the year's appraisal of the unit stands.
struct AppraisalLine {
  std::string state;  // "Chờ xã tự chấm"
  std::string href;
};

/// All that the page of one commune shows.
struct UnitView {
  UnitView(Asked asked_for, const core::Unit& shown) : asked(std::move(asked_for)), unit(shown) {}

  Asked asked;
  const core::Unit& unit;
  bool by_week = false;  // the trend; else by month
  scoring::ScoreRow score;
  std::int64_t ratings_needed = 0;        // 0: there is no programme, or no rating
  std::optional<Group> without_left_out;  // the same without what a decision leaves out
  std::vector<Group> trend;
  std::vector<Group> fields;
  std::string easy;  // how far easy fields lift the total; empty: not said
  std::vector<Group> counters;
  std::vector<Group> hours;
  std::vector<AnswerLine> reasons;
  std::vector<FigureLine> indices;       // TT 01/2018
  DossierPanel dossiers;                 // QĐ 766
  std::optional<OpenFeedback> feedback;  // nothing: not for this reader
  std::optional<storage::UnitAlerts> alerts;
  std::int64_t unsigned_days = 0;  // of the last 60 that nobody signed off
  std::vector<HistoryLine> history;
  std::vector<PointLine> points;
  AppraisalLine appraisal;
  bool small_groups_hidden = false;
};

std::string unit_title(const UnitView& view);

/// The inside of the page. Everything that came from outside is escaped.
std::string unit_html(const UnitView& view);

}  // namespace hailong::district::web
