#include "district/web/dashboard.h"

#include <array>
#include <kainjow/mustache.hpp>

#include "district/scoring/numbers.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

namespace mustache = kainjow::mustache;
using mustache::data;
using scoring::vietnamese;
using scoring::vietnamese_count;
using scoring::vietnamese_tenths;

constexpr std::array kScoreNames = {"Rất không hài lòng", "Không hài lòng", "Bình thường",
                                    "Hài lòng", "Rất hài lòng"};

/// Answers that raise an alert, by the ids of assets/survey.toml.
struct AlertName {
  std::string_view question;
  std::string_view choice;
  const char* name;
};
constexpr std::array kAlertNames = {
    AlertName{"reasons", "extra-money", "Thu thêm tiền ngoài quy định"},
    AlertName{"extra-payment", "yes", "Phải trả thêm khoản tiền ngoài niêm yết"}};

constexpr const char* kNothing = "–";
constexpr std::int64_t kBarWidth = 1000;  // the bars' viewBox

data one(const std::string& name, const std::string& value) {
  data object;
  object.set(name, value);
  return object;
}

data segments_of(const core::Counts& counts) {
  data segments(data::type::list);
  const std::int64_t n = counts.n();
  std::int64_t before = 0;
  for (std::size_t i = 0; i < counts.by_score.size(); ++i) {
    const std::int64_t count = counts.by_score[i];
    if (count == 0) continue;
    const std::int64_t left = before * kBarWidth / n;
    before += count;
    data segment;
    segment.set("score", std::to_string(i + 1));
    segment.set("x", std::to_string(left));
    segment.set("width", std::to_string(before * kBarWidth / n - left));
    segments << segment;
  }
  return segments;
}

data scores_of(const core::Counts& counts) {
  data scores(data::type::list);
  const std::int64_t n = counts.n();
  for (std::size_t i = 0; i < counts.by_score.size(); ++i) {
    data score = one("score", std::to_string(i + 1));
    score.set("label", kScoreNames[i]);
    score.set("count", vietnamese_count(counts.by_score[i]));
    const std::int64_t share = n == 0 ? 0 : (2000 * counts.by_score[i] + n) / (2 * n);
    score.set("share", n == 0 ? "" : "(" + vietnamese_tenths(share * 10) + " %)");
    scores << score;
  }
  return scores;
}

std::string spoken(const core::Counts& counts) {
  std::string text;
  for (std::size_t i = 0; i < counts.by_score.size(); ++i) {
    text += (i == 0 ? "" : ", ") + std::string(kScoreNames[i]) + " " +
            vietnamese_count(counts.by_score[i]);
  }
  return text;
}

/// What every sample shows: a unit's or the sum's.
data sample_data(const core::Counts& counts, std::int64_t flagged) {
  const scoring::Figures figures = scoring::figures_of(counts);
  data sample;
  sample.set("n", vietnamese_count(counts.n()));
  sample.set("satisfied", figures.satisfied ? vietnamese(*figures.satisfied) + " %" : kNothing);
  if (figures.low) {
    sample.set("interval", one("text", vietnamese_tenths(*figures.low) + "–" +
                                           vietnamese_tenths(*figures.high)));
  }
  sample.set("mean", figures.mean ? vietnamese(*figures.mean) : kNothing);
  sample.set("flagged", vietnamese_count(flagged));
  sample.set("segments", segments_of(counts));
  sample.set("scores", scores_of(counts));
  sample.set("spoken", spoken(counts));
  return sample;
}

/// "14:05" today, else "14:05 23/11/2026".
std::string moment_words(std::int64_t at_ms, core::LocalDate today) {
  const core::LocalDate day = core::local_date(at_ms);
  const std::int64_t minutes = (at_ms - core::start_of_day_ms(day)) / 60'000;
  const auto two = [](std::int64_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
  };
  const std::string clock = two(minutes / 60) + ":" + two(minutes % 60);
  return day == today ? clock : clock + " " + vietnamese_date(day);
}

void set_received(data& row, const scoring::ScoreRow& score, const DashboardView& view) {
  const auto found = view.received.find(score.unit_code.value);
  const core::Unit* unit = view.units.find_id(score.unit_id);
  // A code that was used again: the arrival belongs to the unit that bears it now.
  const bool its_own = found != view.received.end() &&
                       (unit == nullptr || unit->is_valid_on(core::local_date(found->second)));
  row.set("received", its_own ? moment_words(found->second, view.today) : kNothing);
  row.set("sort_received", its_own ? std::to_string(found->second) : "0");
}

/// "Cảnh báo: 3 phiếu (Thu thêm tiền ngoài quy định: 2)". What else the same people answered on the
/// same screen is no alert and is not named.
std::string alert_words(const storage::UnitAlerts& alerts) {
  std::string named;
  for (const AlertName& known : kAlertNames) {
    const auto found =
        alerts.answers.find({std::string(known.question), std::string(known.choice)});
    if (found == alerts.answers.end()) continue;
    named.append(named.empty() ? "" : "; ").append(known.name).append(": ");
    named.append(vietnamese_count(found->second));
  }
  const std::string count = "Cảnh báo: " + vietnamese_count(alerts.ratings) + " phiếu";
  return named.empty() ? count : count + " (" + named + ")";
}

void set_alert(data& row, const std::string& unit_id, const DashboardView& view) {
  const auto found = view.alerts.find(unit_id);
  if (found != view.alerts.end()) row.set("alert", one("text", alert_words(found->second)));
}

data row_data(const scoring::ScoreRow& score, std::size_t order, const DashboardView& view) {
  data row = sample_data(score.counts, score.flagged);
  row.set("order", std::to_string(order));
  row.set("name", score.unit_name);
  row.set("code", score.unit_code.value);
  row.set("sort_n", std::to_string(score.counts.n()));
  row.set("sort_satisfied", std::to_string(score.figures.satisfied.value_or(-1)));
  row.set("sort_mean", std::to_string(score.figures.mean.value_or(-1)));
  row.set("verdict", score.brief);
  set_received(row, score, view);
  set_alert(row, score.unit_id, view);
  return row;
}

std::string query_of(const Period& period) {
  return "?from=" + core::to_string(period.from) + "&to=" + core::to_string(period.to);
}

data ranges_data(const DashboardView& view) {
  data ranges(data::type::list);
  for (const auto& [label, period] : offered_periods(view.shown, view.today)) {
    data range = one("label", label);
    // Without dates the page stays on today, also after midnight.
    const bool is_today = period == Period{view.today, view.today};
    range.set("href", is_today ? "/" : "/" + query_of(period));
    range.set("current", period == view.shown);
    ranges << range;
  }
  return ranges;
}

data programme_data(const core::Programme& programme) {
  std::string levels;
  for (const int percent : programme.level_percent) {
    levels += (levels.empty() ? "" : " / ") + std::to_string(percent);
  }
  data shown = one("levels", levels);
  shown.set("minimum", vietnamese_count(programme.minimum_sample));
  shown.set("source", programme.source);
  return shown;
}

}  // namespace

std::string dashboard_title(const DashboardView& view) {
  return std::string(scoring::kMeasure) + " · " + period_words(view.shown, view.today);
}

std::string dashboard_main(const DashboardView& view) {
  data page;
  page.set("measure", scoring::kMeasure);
  page.set("when", period_words(view.shown, view.today));
  page.set("today", core::to_string(view.today));
  page.set("from", core::to_string(view.shown.from));
  page.set("to", core::to_string(view.shown.to));
  page.set("csv", "/api/v1/scores" + query_of(view.shown) + "&format=csv");
  if (!view.error.empty()) page.set("error", one("text", view.error));
  page.set("ranges", ranges_data(view));
  page.set("total", sample_data(view.table.total, view.table.flagged));
  data rows(data::type::list);
  for (std::size_t i = 0; i < view.table.rows.size(); ++i) {
    rows << row_data(view.table.rows[i], i, view);
  }
  page.set("rows", rows);
  if (view.table.programme != nullptr) {
    page.set("programme", programme_data(*view.table.programme));
  }
  return mustache::mustache(std::string(templates::k_dashboard_mustache)).render(page);
}

}  // namespace hailong::district::web
