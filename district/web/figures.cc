#include "district/web/figures.h"

#include <array>

#include "core/numbers.h"
#include "core/text.h"
#include "district/scoring/verdict.h"
#include "district/web/periods.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using core::vietnamese_count;
using core::vietnamese_tenths;
using kainjow::mustache::data;

constexpr std::int64_t kBarWidth = 1000;  // the bars' viewBox

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
    data score;
    score.set("score", std::to_string(i + 1));
    score.set("label", std::string(score_name(i)));
    score.set("count", vietnamese_count(counts.by_score[i]));
    score.set("value", std::to_string(counts.by_score[i]));
    const std::int64_t share = n == 0 ? 0 : (2000 * counts.by_score[i] + n) / (2 * n);
    score.set("share", n == 0 ? "" : "(" + vietnamese_tenths(share * 10) + " %)");
    scores << score;
  }
  return scores;
}

std::string spoken(const core::Counts& counts) {
  std::string text;
  for (std::size_t i = 0; i < counts.by_score.size(); ++i) {
    text.append(i == 0 ? "" : ", ").append(score_name(i)).append(" ");
    text.append(vietnamese_count(counts.by_score[i]));
  }
  return text;
}

/// "91.3" for 9130 hundredths: what the chart's script reads.
std::string chart_value(std::int64_t hundredths) {
  const std::string decimals = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + (decimals.size() == 1 ? ".0" : ".") + decimals;
}

data share_data(const core::Counts& counts) {
  const scoring::Figures figures = scoring::figures_of(counts);
  data share;
  share.set("satisfied", vietnamese_tenths(*figures.satisfied));
  share.set("low", vietnamese_tenths(*figures.low));
  share.set("high", vietnamese_tenths(*figures.high));
  share.set("satisfied_value", chart_value(*figures.satisfied));
  share.set("low_value", chart_value(*figures.low));
  share.set("high_value", chart_value(*figures.high));
  return share;
}

data group_data(const Group& group) {
  data row = group.counts ? sample_data(*group.counts) : data(data::type::object);
  row.set("name", group.name);
  row.set("hidden", !group.counts);
  row.set("shown", group.counts.has_value());
  if (group.counts && group.counts->n() > 0) {
    row.set("share", share_data(*group.counts));
  }
  return row;
}

std::string grouped_html(std::string_view page_template, const Grouped& grouped) {
  data page;
  page.set("caption", grouped.caption);
  page.set("head", grouped.head);
  data rows(data::type::list);
  for (const Group& group : grouped.groups) rows << group_data(group);
  page.set("rows", rows);
  page.set("empty", grouped.groups.empty());
  page.set("any", !grouped.groups.empty());
  return render(page_template, page);
}

}  // namespace

std::string_view score_name(std::size_t index) {
  static constexpr std::array<std::string_view, 5> kNames = {
      "Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"};
  return kNames.at(index);
}

std::string satisfied_words(const core::Counts& counts) {
  const scoring::Figures figures = scoring::figures_of(counts);
  return figures.satisfied ? vietnamese_tenths(*figures.satisfied) + " %" : kNothing;
}

std::string interval_words(const core::Counts& counts) {
  const scoring::Figures figures = scoring::figures_of(counts);
  if (!figures.low) return "";
  return vietnamese_tenths(*figures.low) + "–" + vietnamese_tenths(*figures.high);
}

CoverageWords coverage_words(const std::optional<scoring::Coverage>& coverage) {
  if (!coverage || coverage->returned == 0) {
    return {"không đủ dữ liệu", "chưa có số hồ sơ đã trả", false};
  }
  return {core::percent_words(coverage->rated, coverage->returned),
          vietnamese_count(coverage->rated) + "/" + vietnamese_count(coverage->returned) +
              " hồ sơ đã trả" +
              (coverage->counted_by_unit ? ", có ngày theo số đơn vị tự đếm" : ""),
          true};
}

std::string easy_words(const std::vector<scoring::FieldPart>& fields,
                       const std::optional<scoring::Programme>& programme,
                       const scoring::ProcedureFields& names) {
  if (!programme || programme->easy_fields.empty()) return "";
  const scoring::Breakdown breakdown = scoring::break_down(fields, programme->easy_fields);
  if (breakdown.total.n() == 0) return "";
  std::string easy;
  for (const std::string& field : programme->easy_fields) {
    easy.append(easy.empty() ? "lĩnh vực " : ", ").append(names.name_of(field));
  }
  return breakdown.words(easy);
}

std::string moment_words(std::int64_t at_ms, core::LocalDate today) {
  const core::LocalDate day = core::local_date(at_ms);
  const std::int64_t minutes = (at_ms - core::start_of_day_ms(day)) / 60'000;
  const auto two = [](std::int64_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
  };
  const std::string clock = two(minutes / 60) + ":" + two(minutes % 60);
  return day == today ? clock : clock + " " + vietnamese_date(day);
}

std::string as_heading(const std::string& name) {
  std::u32string text = core::code_points(name);
  if (!text.empty()) text.front() = core::capital(text.front());
  return core::utf8(text);
}

data sample_data(const core::Counts& counts) {
  const scoring::Figures figures = scoring::figures_of(counts);
  data sample;
  sample.set("n", vietnamese_count(counts.n()));
  sample.set("satisfied", satisfied_words(counts));
  if (figures.low) sample.set("interval", one_text(interval_words(counts)));
  sample.set("mean", figures.mean ? core::vietnamese(*figures.mean) : kNothing);
  sample.set("segments", segments_of(counts));
  sample.set("scores", scores_of(counts));
  sample.set("spoken", spoken(counts));
  return sample;
}

std::string breakdown_html(const Grouped& grouped) {
  return grouped_html(templates::k_breakdown_mustache, grouped);
}

std::string share_chart_html(const Grouped& grouped) {
  return grouped_html(templates::k_share_chart_mustache, grouped);
}

std::string scores_chart_html(const Grouped& grouped) {
  return grouped_html(templates::k_scores_chart_mustache, grouped);
}

std::string render(std::string_view page_template, const data& page) {
  return kainjow::mustache::mustache(std::string(page_template)).render(page);
}

data one_text(const std::string& text) {
  data object;
  object.set("text", text);
  return object;
}

}  // namespace hailong::district::web
