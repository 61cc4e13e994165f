
#include "core/numbers.h"
#include "district/web/feedback_views.h"
#include "district/web/figures.h"
#include "district/web/survey_words.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

namespace mustache = kainjow::mustache;
using feedback::Praised;

std::string reasons_text(const Praised& praised) {
  std::string text;
  for (const auto& [reason, count] : praised.reasons) {
    text.append(text.empty() ? "" : ", ").append(answer_words("reasons", reason));
    if (count > 1) text.append(" (").append(core::vietnamese_count(count)).append(")");
  }
  return text.empty() ? "–" : text;
}

mustache::data praised_data(const Praised& praised, const feedback::DeskNames& names) {
  mustache::data row;
  row.set("officer", praised.officer.empty() ? "Không nêu tên"
                                             : names.officer(praised.unit_id, praised.officer));
  row.set("counter",
          praised.counter_id.empty() ? "–" : names.counter(praised.unit_id, praised.counter_id));
  row.set("visits", core::vietnamese_count(praised.visits));
  row.set("reasons", reasons_text(praised));
  mustache::data words(mustache::data::type::list);
  for (const feedback::PraiseWords& said : praised.words) {
    mustache::data each;
    each.set("text", said.text);
    words << each;
  }
  row.set("words", words);
  return row;
}

/// `first` to before `last` are of one unit.
mustache::data praised_unit(const PraiseView& view, std::size_t first, std::size_t last) {
  mustache::data unit;
  unit.set("name", unit_words(view.config, view.praised[first].unit_id));
  mustache::data rows(mustache::data::type::list);
  std::int64_t visits = 0;
  for (std::size_t i = first; i < last; ++i) {
    visits += view.praised[i].visits;
    rows << praised_data(view.praised[i], view.config.desk_names);
  }
  unit.set("visits", core::vietnamese_count(visits));
  unit.set("rows", rows);
  return unit;
}

}  // namespace

std::string praise_main(const PraiseView& view) {
  mustache::data data;
  data.set("when", day_words(view.from) + " – " + day_words(view.to));
  data.set("from", core::to_string(view.from));
  data.set("to", core::to_string(view.to));
  if (!view.error.empty()) {
    mustache::data error;
    error.set("text", view.error);
    data.set("error", error);
  }
  mustache::data units(mustache::data::type::list);
  for (std::size_t i = 0; i < view.praised.size();) {
    std::size_t end = i;
    while (end < view.praised.size() && view.praised[end].unit_id == view.praised[i].unit_id) ++end;
    units << praised_unit(view, i, end);
    i = end;
  }
  data.set("units", units);
  return render(templates::k_praise_mustache, data);
}

}  // namespace hailong::district::web
