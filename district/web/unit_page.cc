#include "district/web/unit_page.h"

#include <algorithm>

#include "core/numbers.h"
#include "district/web/alert_words.h"
#include "district/web/doubt_words.h"
#include "district/web/small_samples.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using core::vietnamese_count;
using kainjow::mustache::data;

void set_flagged(data& page, const UnitView& view) {
  const scoring::ScoreRow& score = view.score;
  if (score.later > 0) page.set("later", one_text(vietnamese_count(score.later)));
  if (score.uncertain_day > 0) {
    page.set("uncertain_day", one_text(vietnamese_count(score.uncertain_day)));
  }
  page.set("flagged", score.flagged > 0);
  page.set("flagged_count", vietnamese_count(score.flagged));
  std::string reasons;
  for (const auto& [reason, count] : score.reasons) {
    reasons.append(reasons.empty() ? "" : "; ").append(doubt_words(reason)).append(": ");
    reasons.append(vietnamese_count(count));
  }
  if (!reasons.empty() && !view.small_groups_hidden) page.set("reasons", one_text(reasons));
  if (view.without_left_out && view.without_left_out->counts) {
    page.set("without", sample_data(*view.without_left_out->counts));
  }
}

data answers_data(const std::vector<AnswerLine>& answers) {
  data list(data::type::list);
  for (const AnswerLine& answer : answers) {
    data line;
    line.set("name", answer.name);
    line.set("count", answer.count ? vietnamese_count(*answer.count) : "dưới 5");
    list << line;
  }
  return list;
}

data figures_data(const std::vector<FigureLine>& figures) {
  data list(data::type::list);
  for (const FigureLine& figure : figures) {
    data line;
    line.set("name", figure.name);
    line.set("value", figure.value);
    line.set("basis", figure.basis);
    list << line;
  }
  return list;
}

data history_data(const std::vector<HistoryLine>& history) {
  data list(data::type::list);
  for (std::size_t i = 0; i < history.size(); ++i) {
    data line;
    line.set("name", history[i].name);
    line.set("validity", history[i].validity);
    line.set("current", i == 0);
    if (!history[i].note.empty()) line.set("note", one_text(history[i].note));
    list << line;
  }
  return list;
}

data kiosks_data(const std::vector<KioskLine>& kiosks) {
  data list(data::type::list);
  for (const KioskLine& kiosk : kiosks) {
    data line;
    line.set("id", kiosk.id);
    line.set("place", kiosk.place);
    line.set("concerns", concerns_data(kiosk.concerns));
    line.set("well", kiosk.concerns.empty());
    list << line;
  }
  return list;
}

data points_data(const std::vector<PointLine>& points) {
  data list(data::type::list);
  for (const PointLine& point : points) {
    data line;
    line.set("name", point.name);
    line.set("validity", point.validity);
    line.set("kiosks", kiosks_data(point.kiosks));
    line.set("empty", point.kiosks.empty());
    list << line;
  }
  return list;
}

void set_groups(data& page, const UnitView& view) {
  page.set("trend", share_chart_html({view.by_week ? "Diễn biến theo tuần" : "Diễn biến theo tháng",
                                      view.by_week ? "Tuần từ ngày" : "Tháng", view.trend}));
  page.set("fields", breakdown_html({"Theo lĩnh vực", "Lĩnh vực", view.fields}));
  page.set("counters", breakdown_html({"Theo quầy", "Quầy", view.counters}));
  page.set("hours", scores_chart_html({"Theo giờ trong ngày", "Giờ", view.hours}));
}

void set_other_logics(data& page, const UnitView& view) {
  page.set("has_indices", !view.indices.empty());
  page.set("indices", figures_data(view.indices));
  page.set("ratio", view.dossiers.words);
  page.set("has_faults", !view.dossiers.faults.empty());
  page.set("faults", answers_data(view.dossiers.faults));
}

void set_state(data& page, const UnitView& view) {
  if (view.feedback) {
    data feedback;
    feedback.set("href", "/feedback?unit=" + view.unit.id());
    feedback.set("open", vietnamese_count(view.feedback->open));
    feedback.set("overdue", vietnamese_count(view.feedback->overdue));
    page.set("feedback", feedback);
  }
  if (view.alerts) page.set("alert", one_text(alert_words(*view.alerts)));
  if (view.unsigned_days > 0) {
    page.set("unsigned", one_text(vietnamese_count(view.unsigned_days)));
  }
  page.set("sign_offs", "/sign-offs?unit=" + view.unit.id());
  data appraisal;
  appraisal.set("state", view.appraisal.state);
  appraisal.set("href", view.appraisal.href);
  page.set("appraisal", appraisal);
}

}  // namespace

std::string unit_title(const UnitView& view) {
  return as_heading(view.unit.full_name()) + " · " +
         period_words(view.asked.shown, view.asked.today);
}

std::string unit_html(const UnitView& view) {
  const std::string path = "/units/" + view.unit.id();
  data page;
  page.set("name", as_heading(view.unit.full_name()));
  page.set("measure", scoring::kMeasure);
  page.set("when", period_words(view.asked.shown, view.asked.today));
  if (!view.asked.error.empty()) page.set("error", one_text(view.asked.error));
  page.set("picker", period_picker_html(path, view.asked));
  page.set("total", sample_data(view.score.counts));
  if (view.ratings_needed > 0) {
    page.set("needed", one_text(vietnamese_count(view.ratings_needed)));
  }
  page.set("verdict", view.score.verdict);
  if (!view.score.rank_words.empty()) page.set("rank", one_text(view.score.rank_words));
  if (!view.easy.empty()) page.set("easy", one_text(view.easy));
  const CoverageWords coverage = coverage_words(view.score.evidence.coverage);
  page.set("coverage", coverage.share);
  page.set("coverage_unknown", !coverage.known);
  page.set("coverage_basis", coverage.basis);
  set_flagged(page, view);
  page.set("by_month", path + query_of(view.asked));
  page.set("by_week", path + query_of(view.asked) + "&trend=week");
  page.set("week", view.by_week);
  set_groups(page, view);
  page.set("answers", answers_data(view.reasons));
  page.set("any_answers", !view.reasons.empty());
  set_other_logics(page, view);
  page.set("history", history_data(view.history));
  page.set("has_points", !view.points.empty());
  page.set("has_kiosks", std::any_of(view.points.begin(), view.points.end(),
                                     [](const auto& point) { return !point.kiosks.empty(); }));
  page.set("points", points_data(view.points));
  set_state(page, view);
  page.set("small", view.small_groups_hidden);
  const std::int64_t n = view.score.counts.n();
  page.set("too_few", view.small_groups_hidden && n > 0 && n < kSmallestGroup);
  return render(templates::k_unit_mustache, page);
}

}  // namespace hailong::district::web
