#include "district/web/sign_offs_page.h"

#include <algorithm>
#include <array>

#include "core/folding.h"
#include "core/numbers.h"
#include "district/web/figures.h"
#include "district/web/periods.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using core::vietnamese_count;
using kainjow::mustache::data;

constexpr std::array kSignOffColumns = {
    ListColumn{"name", "Đơn vị"}, ListColumn{"missing", "Chưa ký", true, true},
    ListColumn{"", "Những ngày chưa ký, cũ nhất trước"}, ListColumn{"", "Ngày ký gần nhất"}};

const std::vector<core::LocalDate>& missing_of(const core::Unit& unit, const SignOffsView& view) {
  static const std::vector<core::LocalDate> kNone;
  const auto found = view.missing.find(unit.id());
  return found == view.missing.end() ? kNone : found->second;
}

/// "09/11, 10/11/2026": the year stands with the last of its days.
std::string days_words(const std::vector<core::LocalDate>& dates) {
  std::string words;
  for (std::size_t i = 0; i < dates.size(); ++i) {
    const bool last_of_year = i + 1 == dates.size() || dates[i + 1].year() != dates[i].year();
    const std::string day = vietnamese_date(dates[i]);
    words.append(words.empty() ? "" : ", ").append(last_of_year ? day : day.substr(0, 5));
  }
  return words;
}

std::string last_signed_words(const core::Unit& unit, const SignOffsView& view) {
  const std::string id = unit.id();
  const auto last = std::find_if(view.found.days.rbegin(), view.found.days.rend(),
                                 [&](const auto& one) { return one.unit_id == id; });
  return last == view.found.days.rend() ? kNothing : vietnamese_date(last->day);
}

/// Those with most days to sign first, as when nothing is asked for.
SortKey sign_off_key(const core::Unit& unit, const SignOffsView& view) {
  if (view.list.sort == "name") return {0, core::fold(unit.full_name())};
  const auto missing = static_cast<std::int64_t>(missing_of(unit, view).size());
  return {view.list.sort == "missing" ? missing : -missing, ""};
}

data sign_off_row(const core::Unit& unit, const SignOffsView& view) {
  const auto& missing = missing_of(unit, view);
  data row;
  row.set("name", unit.full_name());
  row.set("code", unit.code.value);
  row.set("href", "/sign-offs?unit=" + unit.id());
  row.set("missing", vietnamese_count(static_cast<std::int64_t>(missing.size())));
  row.set("late", !missing.empty());
  row.set("days", missing.empty() ? kNothing : days_words(missing));
  row.set("last", last_signed_words(unit, view));
  return row;
}

std::string signer_words(const storage::SignedDay& one, const SignOffsView& view) {
  if (!view.names_people) return "cán bộ của đơn vị";
  return one.name.empty() ? one.who : one.name + " (" + one.who + ")";
}

/// The days that the unit signed, the last one first.
data signatures_data(const SignOffsView& view) {
  data shown;
  shown.set("name", view.unit->full_name());
  data list(data::type::list);
  const std::string id = view.unit->id();
  bool any = false;
  for (auto one = view.found.days.rbegin(); one != view.found.days.rend(); ++one) {
    if (one->unit_id != id) continue;
    data line;
    line.set("day", vietnamese_date(one->day));
    line.set("who", signer_words(*one, view));
    line.set("when", moment_words(one->at_ms, view.today));
    line.set("device", one->device.value);
    list << line;
    any = true;
  }
  shown.set("any", any);
  shown.set("lines", list);
  return shown;
}

}  // namespace

std::string sign_offs_html(const SignOffsView& view) {
  data page;
  page.set("days", std::to_string(feedback::kSignOffDays));
  std::vector<ListRow> rows;
  rows.reserve(view.units.size());
  for (const core::Unit* unit : view.units) {
    rows.push_back({unit->full_name() + " " + unit->code.value, sign_off_key(*unit, view)});
  }
  const ListPart part = part_of(rows, view.list);
  data list(data::type::list);
  for (const std::size_t i : part.rows) list << sign_off_row(*view.units[i], view);
  page.set("rows", list);
  page.set("empty", view.units.empty());
  page.set("heads", list_heads_html(kSignOffColumns, view.list));
  set_list_tools(page, view.list, part);
  if (view.unit != nullptr) page.set("signatures", signatures_data(view));
  return render(templates::k_sign_offs_mustache, page);
}

}  // namespace hailong::district::web
