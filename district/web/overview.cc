#include "district/web/overview.h"

#include <algorithm>

#include "district/scoring/numbers.h"
#include "district/web/alert_words.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using kainjow::mustache::data;
using scoring::vietnamese_count;

/// When the unit's kiosks were last heard of, or why they were not. No data is not the same as
/// nobody complaining.
void set_received(data& row, const scoring::ScoreRow& score, const OverviewView& view) {
  const auto found = view.arrivals.find(score.unit_code.value);
  const core::Unit* unit = view.units.find_id(score.unit_id);
  const std::optional<std::int64_t> last =
      found == view.arrivals.end() ? std::nullopt : found->second.last_received;
  // A code that was used again: the arrival belongs to the unit that bears it now.
  const bool its_own = last && (unit == nullptr || unit->is_valid_on(core::local_date(*last)));
  const bool has_kiosk = found != view.arrivals.end() && found->second.kiosks > 0;
  row.set("received", its_own     ? moment_words(*last, view.asked.today)
                      : has_kiosk ? "chưa nhận gì"
                                  : "chưa có kiosk");
  row.set("sort_received", its_own ? std::to_string(*last) : "0");
}

void set_feedback(data& row, const std::string& unit_id, const OverviewView& view) {
  const auto found = view.feedback.find(unit_id);
  const OpenFeedback open = found == view.feedback.end() ? OpenFeedback{} : found->second;
  row.set("open", vietnamese_count(open.open));
  row.set("sort_open", std::to_string(open.overdue * 1'000'000 + open.open));
  if (open.overdue > 0) row.set("overdue", one_text(vietnamese_count(open.overdue) + " quá hạn"));
}

data row_data(const scoring::ScoreRow& score, std::size_t order, const OverviewView& view) {
  data row = sample_data(score.counts);
  row.set("order", std::to_string(order));
  row.set("name", score.unit_name);
  row.set("code", score.unit_code.value);
  row.set("href", "/units/" + score.unit_id + query_of(view.asked));
  row.set("sort_n", std::to_string(score.counts.n()));
  row.set("sort_satisfied", std::to_string(score.figures.satisfied.value_or(-1)));
  row.set("flagged", vietnamese_count(score.flagged));
  row.set("sort_flagged", std::to_string(score.flagged));
  row.set("verdict", score.brief);
  row.set("rank", score.rank ? std::to_string(*score.rank) : kNothing);
  // Without a rank: after all that have one.
  row.set("sort_rank", std::to_string(score.rank.value_or(view.table.rows.size() + 1)));
  row.set("rank_words", score.rank_words);
  if (score.appraisal.level && *score.appraisal.level > 0) {
    row.set("level", one_text(std::to_string(*score.appraisal.level)));
  }
  set_received(row, score, view);
  set_feedback(row, score.unit_id, view);
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

/// The best first; those without a rank after them, by code.
std::vector<const scoring::ScoreRow*> by_rank(const scoring::ScoreTable& table) {
  std::vector<const scoring::ScoreRow*> rows;
  rows.reserve(table.rows.size());
  for (const scoring::ScoreRow& row : table.rows) rows.push_back(&row);
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const scoring::ScoreRow* a, const scoring::ScoreRow* b) {
                     const std::size_t last = rows.size() + 1;
                     return a->rank.value_or(last) < b->rank.value_or(last);
                   });
  return rows;
}

data total_data(const OverviewView& view) {
  data total = sample_data(view.table.total);
  total.set("flagged", vietnamese_count(view.table.flagged));
  std::int64_t later = 0;
  for (const scoring::ScoreRow& row : view.table.rows) later += row.later;
  if (later > 0) total.set("later", one_text(vietnamese_count(later)));
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
  data rows(data::type::list);
  const std::vector<const scoring::ScoreRow*> ranked = by_rank(view.table);
  for (std::size_t i = 0; i < ranked.size(); ++i) rows << row_data(*ranked[i], i, view);
  page.set("rows", rows);
  if (view.table.programme) {
    page.set("programme", programme_data(*view.table.programme));
  }
  return render(templates::k_overview_mustache, page);
}

}  // namespace hailong::district::web
