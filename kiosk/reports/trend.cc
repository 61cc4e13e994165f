#include "kiosk/reports/trend.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "core/numbers.h"
#include "core/text.h"

namespace hailong::kiosk::reports {
namespace {

using documents::Align;
using documents::Chart;
using documents::date_words;
using documents::text_cell;
using std::chrono::days;
using std::chrono::sys_days;

constexpr int kMostDays = 62;  // of a chart by day
constexpr int kWeek = 7;

/// A day or week of the chart.
struct Step {
  core::LocalDate from;
  core::Counts sum;
  std::optional<core::Counts> counts;  // nothing: none, or too few to be shown
  bool few = false;                    // there were some

  void show_unless_few() {
    few = sum.n() > 0 && sum.n() < staff::kLeastSum;
    if (sum.n() > 0 && !few) counts = sum;
  }
};

/// Every day of the chart, also those that nobody rated on.
std::vector<Step> by_day(const staff::Range& range, const std::vector<staff::DayPoint>& trend) {
  std::map<core::LocalDate, const staff::Sum*> sums;
  for (const staff::DayPoint& point : trend) sums[point.day] = &point.sum;
  std::vector<Step> steps;
  for (core::LocalDate day = range.from; day <= range.to; day = core::next_day(day)) {
    Step step{day, {}, std::nullopt, false};
    if (const auto found = sums.find(day); found != sums.end()) step.sum = found->second->counts;
    step.show_unless_few();
    steps.push_back(step);
  }
  return steps;
}

std::vector<Step> by_week(const std::vector<Step>& of_days) {
  std::vector<Step> weeks;
  for (std::size_t i = 0; i < of_days.size(); ++i) {
    if (i % kWeek == 0) weeks.push_back({of_days[i].from, {}, std::nullopt, false});
    weeks.back().sum += of_days[i].sum;
  }
  for (Step& week : weeks) week.show_unless_few();
  return weeks;
}

/// The first and last day that the trend tells of.
staff::Range range_of(const staff::Figures& figures) {
  if (figures.range.from != figures.range.to) return figures.range;
  constexpr int kBefore = 29;
  return {sys_days(figures.range.to) - days(kBefore), figures.range.to};
}

std::string share_words(const Step& step) {
  return percent_words(core::satisfied_basis_points(*step.counts).value_or(0)) + " (" +
         date_words(step.from) + ", " + core::vietnamese_count(step.counts->n()) + " phiếu)";
}

/// The latest, lowest and highest of the steps that are known, of which there are some.
std::string trend_words(const std::vector<Step>& known) {
  const auto lower = [](const Step& a, const Step& b) {
    return core::satisfied_basis_points(*a.counts) < core::satisfied_basis_points(*b.counts);
  };
  const auto [lowest, highest] = std::minmax_element(known.begin(), known.end(), lower);
  return "Mới nhất: " + share_words(known.back()) + "; thấp nhất: " + share_words(*lowest) +
         "; cao nhất: " + share_words(*highest) + ".";
}

/// "05/11"
std::string short_words(core::LocalDate day) { return date_words(day).substr(0, 5); }

Chart trend_chart(const std::vector<Step>& steps, const std::vector<Step>& known, bool weekly) {
  Chart chart;
  chart.name = "Biểu đồ xu hướng";
  chart.caption = std::string("Tỷ lệ hài lòng tại quầy theo ") + (weekly ? "tuần" : "ngày");
  chart.kind = documents::ChartKind::kLine;
  chart.categories = weekly ? "Tuần từ ngày" : "Ngày";
  chart.values = "Tỷ lệ hài lòng (%)";
  chart.top = 100;
  chart.words = trend_words(known);
  chart.points.reserve(steps.size());
  for (const Step& step : steps) {
    chart.points.push_back(
        {short_words(step.from),
         step.counts ? documents::hundredths_cell(core::satisfied_basis_points(*step.counts))
                     : text_cell(step.few ? "dưới 5 phiếu" : "không có phiếu")});
  }
  return chart;
}

documents::Table trend_table(const std::vector<Step>& steps, bool weekly) {
  documents::Table table{"Xu hướng",
                         weekly ? "Số liệu theo tuần" : "Số liệu theo ngày",
                         {{weekly ? "Tuần từ ngày" : "Ngày", 3, Align::kCenter},
                          {"Số phiếu", 3, Align::kRight},
                          {"Tỷ lệ hài lòng (%)", 3, Align::kRight},
                          {"KTC 95 %", 3, Align::kCenter}},
                         {}};
  for (const Step& step : steps) {
    if (!step.counts && !step.few) continue;
    documents::Row row{{text_cell(date_words(step.from))}, false};
    append_figures(row, step.counts, "dưới 5 phiếu");
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

documents::Section trend_section(const staff::Figures& figures) {
  documents::Section section{"XU HƯỚNG", {}};
  std::vector<Step> steps = by_day(range_of(figures), figures.trend);
  const bool weekly = steps.size() > kMostDays;
  if (weekly) steps = by_week(steps);
  std::vector<Step> known;
  std::copy_if(steps.begin(), steps.end(), std::back_inserter(known),
               [](const Step& step) { return step.counts.has_value(); });
  if (known.size() < 2) {
    section.blocks.emplace_back("Chưa đủ ngày có từ 5 phiếu trở lên để vẽ xu hướng.");
    return section;
  }
  section.blocks.emplace_back(trend_chart(steps, known, weekly));
  section.blocks.emplace_back(trend_table(steps, weekly));
  return section;
}

std::string percent_words(std::int64_t basis_points) {
  return core::vietnamese(basis_points) + " %";
}

std::string interval_words(const core::Counts& counts) {
  const core::Interval interval = core::wilson95(counts.satisfied(), counts.n());
  constexpr double kHundredthsOfPercent = 10'000;
  const auto words = [](double share) {
    return core::vietnamese_tenths(std::llround(share * kHundredthsOfPercent));
  };
  return words(interval.low) + "–" + words(interval.high);
}

void append_figures(documents::Row& row, const std::optional<core::Counts>& counts,
                    const char* hidden) {
  if (!counts) {
    row.cells.insert(row.cells.end(), {text_cell(hidden), text_cell("–"), text_cell("–")});
    return;
  }
  row.cells.insert(row.cells.end(),
                   {documents::count_cell(counts->n()),
                    documents::hundredths_cell(core::satisfied_basis_points(*counts)),
                    text_cell(interval_words(*counts))});
}

std::string capitalised(std::string_view words) {
  std::u32string points = core::code_points(words);
  if (!points.empty()) points.front() = core::capital(points.front());
  return core::utf8(points);
}

}  // namespace hailong::kiosk::reports
