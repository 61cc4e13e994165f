#include "district/web/flags_page.h"

#include "core/numbers.h"
#include "district/web/doubt_words.h"
#include "district/web/figures.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using core::vietnamese_count;
using kainjow::mustache::data;

core::Counts without(const core::Counts& all, const core::Counts& excluded) {
  core::Counts rest = all;
  for (std::size_t i = 0; i < rest.by_score.size(); ++i) {
    rest.by_score[i] -= excluded.by_score[i];
  }
  return rest;
}

std::string counted_reasons(const scoring::ScoreRow& row) {
  std::string text;
  for (const auto& [reason, count] : row.reasons) {
    text.append(text.empty() ? "" : "; ").append(doubt_words(reason)).append(": ");
    text.append(vietnamese_count(count));
  }
  return text;
}

data flagged_unit(const scoring::ScoreRow& row) {
  const core::Counts rest = without(row.counts, row.excluded);
  data line;
  line.set("name", row.unit_name);
  line.set("id", row.unit_id);
  line.set("reasons", counted_reasons(row));
  line.set("n", vietnamese_count(row.counts.n()));
  line.set("satisfied", satisfied_words(row.counts));
  line.set("excluded", vietnamese_count(row.excluded.n()));
  line.set("n_without", vietnamese_count(rest.n()));
  line.set("satisfied_without", satisfied_words(rest));
  return line;
}

data decision_line(const storage::FlagDecision& decision, const FlagsView& view) {
  const core::Unit* unit = view.units.find_id(decision.unit_id);
  std::string reasons;
  for (const std::string& reason : decision.reasons) {
    reasons.append(reasons.empty() ? "" : "; ").append(doubt_words(reason));
  }
  data line;
  line.set("when", moment_words(decision.at_ms, view.asked.today));
  line.set("who", decision.who);
  line.set("unit", unit == nullptr ? decision.unit_id : unit->full_name());
  line.set("from", vietnamese_date(decision.from));
  line.set("to", vietnamese_date(decision.to));
  line.set("reasons", reasons);
  line.set("effect", decision.leaves_out ? "không tính" : "tính lại");
  line.set("why", decision.why);
  return line;
}

data doubt_choices() {
  data choices(data::type::list);
  for (const std::string& doubt : decidable_doubts()) {
    data choice;
    choice.set("value", doubt);
    choice.set("label", doubt_words(doubt));
    choices << choice;
  }
  return choices;
}

}  // namespace

std::string flags_html(const FlagsView& view) {
  data page;
  page.set("when", period_words(view.asked.shown, view.asked.today));
  page.set("picker", period_picker_html("/flags", view.asked));
  if (!view.asked.error.empty()) page.set("error", one_text(view.asked.error));
  data rows(data::type::list);
  for (const scoring::ScoreRow& row : view.rows) rows << flagged_unit(row);
  page.set("rows", rows);
  page.set("none", view.rows.empty());
  page.set("any", !view.rows.empty());
  data decisions(data::type::list);
  for (const auto& decision : view.decisions) decisions << decision_line(decision, view);
  page.set("decisions", decisions);
  page.set("decided", !view.decisions.empty());
  page.set("may_decide", view.may_decide && !view.rows.empty());
  page.set("csrf", view.csrf);
  page.set("from", core::to_string(view.asked.shown.from));
  page.set("to", core::to_string(view.asked.shown.to));
  page.set("doubts", doubt_choices());
  return render(templates::k_flags_mustache, page);
}

}  // namespace hailong::district::web
