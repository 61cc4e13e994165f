#include "district/web/overview.h"

#include <array>

#include "core/folding.h"
#include "core/numbers.h"
#include "district/web/alert_words.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using core::vietnamese_count;
using kainjow::mustache::data;

constexpr std::array kUnitColumns = {
    ListColumn{"rank", "Hạng", true},
    ListColumn{"name", "Đơn vị"},
    ListColumn{"n", "Số phiếu", true, true},
    ListColumn{"", "Phân bố, từ rất không hài lòng đến rất hài lòng"},
    ListColumn{"satisfied", "Hài lòng", true, true},
    ListColumn{"flagged", "Cần xem lại", true, true},
    ListColumn{"open", "Ý kiến chờ trả lời", true, true},
    ListColumn{"", "Kết luận"},
    ListColumn{"received", "Nhận lần cuối", true, true}};

Arrivals arrivals_of_unit(const scoring::ScoreRow& score, const OverviewView& view) {
  const auto found = view.arrivals.find(score.unit_id);
  return found == view.arrivals.end() ? Arrivals{} : found->second;
}

OpenFeedback feedback_of_unit(const std::string& unit_id, const OverviewView& view) {
  const auto found = view.feedback.find(unit_id);
  return found == view.feedback.end() ? OpenFeedback{} : found->second;
}

SortKey sort_key(const scoring::ScoreRow& score, const OverviewView& view) {
  const std::string& column = view.list.sort;
  if (column == "name") return {0, core::fold(score.unit_name)};
  if (column == "n") return {score.counts.n(), ""};
  if (column == "satisfied") return {score.figures.satisfied.value_or(-1), ""};
  if (column == "flagged") return {score.flagged, ""};
  if (column == "received") return {arrivals_of_unit(score, view).last_received.value_or(0), ""};
  if (column == "open") {
    const OpenFeedback open = feedback_of_unit(score.unit_id, view);
    return {open.overdue * 1'000'000 + open.open, ""};
  }
  // By rank, as when nothing is asked for: those without one after all that have one.
  return {static_cast<std::int64_t>(score.rank.value_or(view.table.rows.size() + 1)), ""};
}

ListPart units_to_show(const OverviewView& view) {
  std::vector<ListRow> rows;
  rows.reserve(view.table.rows.size());
  for (const scoring::ScoreRow& score : view.table.rows) {
    rows.push_back({score.unit_name + " " + score.unit_code.value, sort_key(score, view)});
  }
  return part_of(rows, view.list);
}

data row_data(const scoring::ScoreRow& score, const OverviewView& view) {
  data row = sample_data(score.counts);
  row.set("name", score.unit_name);
  row.set("code", score.unit_code.value);
  row.set("href", "/units/" + score.unit_id + query_of(view.asked));
  row.set("flagged", vietnamese_count(score.flagged));
  row.set("verdict", score.brief);
  row.set("rank", score.rank ? std::to_string(*score.rank) : kNothing);
  row.set("rank_words", score.rank_words);
  if (score.appraisal.level && *score.appraisal.level > 0) {
    row.set("level", one_text(std::to_string(*score.appraisal.level)));
  }
  row.set("received", received_words(arrivals_of_unit(score, view), view.asked.today));
  const OpenFeedback open = feedback_of_unit(score.unit_id, view);
  row.set("open", vietnamese_count(open.open));
  if (open.overdue > 0) row.set("overdue", one_text(vietnamese_count(open.overdue) + " quá hạn"));
  if (const auto found = view.unsigned_days.find(score.unit_id);
      found != view.unsigned_days.end()) {
    row.set("unsigned", one_text(vietnamese_count(found->second)));
    row.set("unsigned_href", "/sign-offs?unit=" + score.unit_id);
  }
  if (const auto found = view.alerts.find(score.unit_id); found != view.alerts.end()) {
    row.set("alert", one_text(alert_words(found->second)));
  }
  return row;
}

/// Rated and returned dossiers of all units together; nothing unless all are known.
std::optional<scoring::Coverage> coverage_of_all(const scoring::ScoreTable& table) {
  scoring::Coverage all;
  for (const scoring::ScoreRow& row : table.rows) {
    if (!row.evidence.coverage) return std::nullopt;
    all.rated += row.evidence.coverage->rated;
    all.returned += row.evidence.coverage->returned;
    all.counted_by_unit = all.counted_by_unit || row.evidence.coverage->counted_by_unit;
  }
  return all;
}

OpenFeedback all_feedback(const OverviewView& view) {
  OpenFeedback all;
  for (const auto& [unit, open] : view.feedback) {
    all.open += open.open;
    all.overdue += open.overdue;
  }
  return all;
}

data total_data(const OverviewView& view) {
  data total = sample_data(view.table.total);
  total.set("flagged", vietnamese_count(view.table.flagged));
  std::int64_t later = 0;
  for (const scoring::ScoreRow& row : view.table.rows) later += row.later;
  if (later > 0) total.set("later", one_text(vietnamese_count(later)));
  if (view.table.uncertain_day > 0) {
    total.set("uncertain_day", one_text(vietnamese_count(view.table.uncertain_day)));
  }
  const CoverageWords coverage = coverage_words(coverage_of_all(view.table));
  total.set("coverage", coverage.share);
  total.set("coverage_unknown", !coverage.known);
  total.set("coverage_basis", coverage.basis);
  const OpenFeedback feedback = all_feedback(view);
  total.set("open", vietnamese_count(feedback.open));
  total.set("overdue", vietnamese_count(feedback.overdue));
  return total;
}

data programme_data(const scoring::Programme& programme) {
  std::string levels;
  for (const scoring::LevelRule& level : programme.levels) {
    levels.append(levels.empty() ? "" : " / ").append(std::to_string(level.satisfied_percent));
  }
  data shown = one_text(levels);
  shown.set("minimum", vietnamese_count(programme.minimum_sample));
  shown.set("source", programme.sources());
  shown.set("temporary", !programme.official());
  return shown;
}

}  // namespace

std::string received_words(const Arrivals& arrivals, core::LocalDate today) {
  if (arrivals.last_received) return moment_words(*arrivals.last_received, today);
  return arrivals.kiosks > 0 ? "chưa nhận gì" : "chưa có kiosk";
}

std::string overview_title(const OverviewView& view) {
  return std::string(scoring::kMeasure) + " · " + period_words(view.asked.shown, view.asked.today);
}

std::string overview_html(const OverviewView& view) {
  data page;
  page.set("measure", scoring::kMeasure);
  page.set("when", period_words(view.asked.shown, view.asked.today));
  page.set("today", core::to_string(view.asked.today));
  page.set("download", "/api/v1/scores" + query_of(view.asked) + "&format=");
  if (!view.asked.error.empty()) page.set("error", one_text(view.asked.error));
  page.set("picker", period_picker_html("/", view.asked));
  page.set("total", total_data(view));
  page.set("fields", breakdown_html({"Theo lĩnh vực", "Lĩnh vực", view.fields}));
  if (!view.easy.empty()) page.set("easy", one_text(view.easy));
  page.set("trend", share_chart_html({"12 tháng gần đây", "Tháng", view.months}));
  const ListPart part = units_to_show(view);
  page.set("heads", list_heads_html(kUnitColumns, view.list));
  set_list_tools(page, view.list, part);
  data rows(data::type::list);
  for (const std::size_t i : part.rows) rows << row_data(view.table.rows[i], view);
  page.set("rows", rows);
  if (view.table.programme) {
    page.set("programme", programme_data(*view.table.programme));
  }
  return render(templates::k_overview_mustache, page);
}

}  // namespace hailong::district::web
