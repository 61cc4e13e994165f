#include "district/web/appraisal_view.h"

#include "core/numbers.h"
#include "district/scoring/appraisal.h"
#include "district/web/figures.h"
#include "district/web/periods.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using kainjow::mustache::data;
using storage::AppraisalEntry;
using storage::AppraisalStep;

constexpr int kFirstAppraisedYear = 2024;  // the plan's first

std::string points_text(const AppraisalEntry& entry) {
  return entry.points_x100 ? core::vietnamese(*entry.points_x100) : "";
}

/// "Mức 2, 8,70 điểm"
std::string outcome(const AppraisalEntry& entry) {
  std::string text = scoring::level_name(entry.level);
  if (entry.points_x100) text.append(", ").append(points_text(entry)).append(" điểm");
  return text;
}

/// "12/QĐ-UBND ngày 05/01/2027"
std::string decision_words(const AppraisalEntry& entry) {
  return entry.decision +
         (entry.decided_on ? " ngày " + vietnamese_date(*entry.decided_on) : std::string());
}

struct Standing {
  const char* words;
  const char* badge;  // class of its badge
};

Standing standing(const scoring::AppraisalState& state) {
  if (state.recognised != nullptr) return {"Đã công nhận", "good"};
  if (state.ranked != nullptr) return {"Chờ quyết định công nhận", "level"};
  if (state.appraised != nullptr) return {"Chờ xếp loại", "level"};
  if (state.answered != nullptr) {
    return state.is_confirmed() ? Standing{"Chờ thẩm định", "level"}
                                : Standing{"Xã có ý kiến, chờ thẩm định", "warn"};
  }
  if (state.proposed != nullptr) return {"Chờ xã tự chấm", "warn"};
  return {"Chưa đề xuất", ""};
}

void set_outcome(data& row, const char* name, const AppraisalEntry* entry) {
  row.set(name, entry == nullptr ? "–" : outcome(*entry));
}

data year_chips(int shown, core::LocalDate today) {
  data years(data::type::list);
  const int last = static_cast<int>(today.year());
  for (int year = kFirstAppraisedYear; year <= last; ++year) {
    data chip{"year", std::to_string(year)};
    chip.set("current", year == shown);
    years << chip;
  }
  return years;
}

data unit_row(const AppraisalYearView::Unit& unit, int year) {
  const scoring::AppraisalState state = scoring::state_of(unit.history);
  const Standing now = standing(state);
  data row{"name", unit.name};
  row.set("href", "/appraisal/" + std::to_string(year) + "/" + unit.id);
  row.set("standing", now.words);
  row.set("badge", now.badge);
  set_outcome(row, "proposed", state.proposed);
  row.set("answered",
          state.answered == nullptr ? "–" : (state.is_confirmed() ? "Xác nhận" : "Có ý kiến"));
  set_outcome(row, "appraised", state.appraised);
  row.set("ranked", state.ranked == nullptr ? "–" : scoring::level_name(state.ranked->level));
  if (state.recognised == nullptr) {
    row.set("recognised", "–");
  } else {
    row.set("recognised", scoring::level_name(state.recognised->level) + ", QĐ " +
                              decision_words(*state.recognised));
  }
  return row;
}

data history_row(const AppraisalEntry& entry) {
  data row{"step", scoring::step_name(entry.step)};
  row.set("date", vietnamese_date(core::local_date(entry.at_ms)));
  row.set("who", entry.who);
  row.set("role", entry.role);
  if (entry.level || entry.points_x100) row.set("outcome", data{"text", outcome(entry)});
  if (!entry.decision.empty()) {
    row.set("decision", data{"text", "Quyết định số " + decision_words(entry)});
  }
  if (!entry.words.empty()) row.set("words", data{"text", entry.words});
  return row;
}

data level_options(std::optional<int> chosen, int least) {
  data options(data::type::list);
  for (int level = least; level <= 4; ++level) {
    data option{"value", std::to_string(level)};
    option.set("label", scoring::level_name(level));
    option.set("chosen", level == chosen);
    options << option;
  }
  return options;
}

void set_forms(data& page, const AppraisalUnitView& view) {
  const scoring::AppraisalState state = scoring::state_of(view.history);
  const bool open = state.proposed != nullptr;
  if (view.may_answer && open && state.answered == nullptr && state.appraised == nullptr) {
    page.set("answer", true);
  }
  if (!view.may_appraise) return;
  page.set("propose", state.recognised == nullptr);
  page.set("again", open);
  if (open && state.ranked == nullptr) {
    const AppraisalEntry& last = state.appraised == nullptr ? *state.proposed : *state.appraised;
    data form;
    form.set("levels", level_options(last.level, 0));
    form.set("points", points_text(last));
    form.set("unconfirmed", !state.is_confirmed());
    page.set("appraise", form);
  }
  if (state.appraised != nullptr && state.recognised == nullptr) {
    data form;
    form.set("levels",
             level_options((state.ranked == nullptr ? state.appraised : state.ranked)->level, 0));
    page.set("rank", form);
  }
  if (state.ranked != nullptr && state.recognised == nullptr) {
    data form;
    form.set("levels", level_options(state.ranked->level, 1));
    form.set("today", core::to_string(view.today));
    page.set("recognise", form);
  }
}

}  // namespace

std::string standing_words(const storage::AppraisalHistory& history) {
  return standing(scoring::state_of(history)).words;
}

std::string appraisal_year_main(const AppraisalYearView& view) {
  data page{"year", std::to_string(view.year)};
  page.set("years", year_chips(view.year, view.today));
  page.set("may_propose", view.may_propose);
  page.set("csrf", view.csrf);
  data units(data::type::list);
  std::vector<ListRow> names;
  names.reserve(view.units.size());
  for (const AppraisalYearView::Unit& unit : view.units) names.push_back({unit.name, {}});
  const ListPart part = part_of(names, view.list);
  for (const std::size_t i : part.rows) units << unit_row(view.units[i], view.year);
  page.set("units", units);
  set_list_tools(page, view.list, part);
  return render(templates::k_appraisal_year_mustache, page);
}

std::string appraisal_unit_main(const AppraisalUnitView& view) {
  data page{"year", std::to_string(view.year)};
  page.set("name", view.unit_name);
  page.set("here", "/appraisal/" + std::to_string(view.year) + "/" + view.unit_id);
  page.set("csrf", view.csrf);
  const Standing now = standing(scoring::state_of(view.history));
  page.set("standing", now.words);
  page.set("badge", now.badge);
  data steps(data::type::list);
  for (const AppraisalEntry& entry : view.history) steps << history_row(entry);
  page.set("steps", steps);
  page.set("empty", view.history.empty());
  set_forms(page, view);
  return render(templates::k_appraisal_unit_mustache, page);
}

}  // namespace hailong::district::web
