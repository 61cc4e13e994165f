#include "district/web/served_view.h"

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <map>
#include <utility>

#include "core/numbers.h"
#include "district/dossiers/export_file.h"
#include "district/scoring/served.h"
#include "district/web/figures.h"
#include "district/web/periods.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using core::vietnamese_count;
using kainjow::mustache::data;
using storage::ServedTotal;

constexpr int kFirstServedYear = 2024;
constexpr std::size_t kMostFaults = 50;  // on the page

data served_item(const std::string& name, const std::string& value) {
  data item;
  item.set(name, value);
  return item;
}

/// All that is known of one unit and month.
struct ServedMonth {
  std::vector<const ServedTotal*> entered;  // by field, all together first
  const ServedTotal* registered = nullptr;
  const storage::KioskMonth* at_kiosks = nullptr;
};

/// What counts of what was entered: the row of all fields together, else the sum of the fields.
std::pair<std::int64_t, std::int64_t> entered_sums(const ServedMonth& month) {
  if (month.entered.front()->field_id.empty()) {
    return {month.entered.front()->received, month.entered.front()->returned};
  }
  std::pair<std::int64_t, std::int64_t> sums;
  for (const ServedTotal* total : month.entered) {
    sums.first += total->received;
    sums.second += total->returned;
  }
  return sums;
}

std::string entered_words(const ServedMonth& month) {
  const ServedTotal& first = *month.entered.front();
  std::string words = first.source + "; " + first.who + " nhập ngày " +
                      vietnamese_date(core::local_date(first.at_ms));
  if (!first.field_id.empty()) {
    words.append("; cộng ").append(std::to_string(month.entered.size())).append(" lĩnh vực");
  }
  return words;
}

/// What the unit's staff counted on days of which the register has nothing.
std::string kiosk_words(const storage::KioskMonth* own) {
  return own == nullptr ? std::string(kNothing) : vietnamese_count(own->counted);
}

/// What is returned, and why that counts, where nobody entered the month.
std::pair<std::string, std::string> returned_words(const ServedMonth& month,
                                                   const core::WorkingCalendar& calendar) {
  const storage::KioskMonth* own = month.at_kiosks;
  if (month.registered == nullptr) {
    if (own->is_whole(calendar)) {
      return {vietnamese_count(own->returned), "Đơn vị tự đếm trên kiosk, đủ mọi ngày làm việc"};
    }
    return {kNothing, "Chưa tính: số đếm trên kiosk còn thiếu ngày làm việc"};
  }
  if (own == nullptr) return {vietnamese_count(month.registered->returned), "Cộng từ sổ hồ sơ"};
  return {vietnamese_count(month.registered->returned + own->counted),
          "Cộng từ sổ hồ sơ; ngày sổ không có thì theo số đơn vị đếm trên kiosk"};
}

std::string served_unit_words(const core::UnitRegister& units, const std::string& unit_id) {
  const core::Unit* unit = units.find_id(unit_id);
  return unit == nullptr ? unit_id : unit->full_name() + " (mã " + unit->code.value + ")";
}

data month_row(const ServedView& view, const std::string& unit_id, const std::string& month,
               const ServedMonth& known) {
  data row = served_item("unit", served_unit_words(view.units, unit_id));
  row.set("month", vietnamese_month(*core::parse_date(month + "-01")));
  if (known.entered.empty()) {
    const auto [returned, basis] = returned_words(known, view.calendar);
    row.set("received",
            known.registered == nullptr ? kNothing : vietnamese_count(known.registered->received));
    row.set("returned", returned);
    row.set("basis", basis);
  } else {
    const auto [received, returned] = entered_sums(known);
    row.set("received", vietnamese_count(received));
    row.set("returned", vietnamese_count(returned));
    row.set("basis", entered_words(known));
  }
  row.set("at_kiosks", kiosk_words(known.at_kiosks));
  row.set("registered", known.registered == nullptr
                            ? std::string(kNothing)
                            : vietnamese_count(known.registered->received) + " / " +
                                  vietnamese_count(known.registered->returned));
  return row;
}

void set_months(data& page, const ServedView& view) {
  using Key = std::pair<std::string, std::string>;  // unit, month
  std::map<Key, ServedMonth> months;
  for (const ServedTotal& total : view.months.entered) {
    months[{total.unit_id, total.month}].entered.push_back(&total);
  }
  for (const ServedTotal& total : view.months.registered) {
    months[{total.unit_id, total.month}].registered = &total;
  }
  for (const storage::KioskMonth& own : view.months.at_kiosks) {
    months[{own.unit_id, own.month}].at_kiosks = &own;
  }
  std::vector<data> rows;
  std::vector<ListRow> names;
  rows.reserve(months.size());
  names.reserve(months.size());
  for (const auto& [key, known] : months) {
    rows.push_back(month_row(view, key.first, key.second, known));
    names.push_back({served_unit_words(view.units, key.first), {}});
  }
  const ListPart part = part_of(names, view.list);
  data shown(data::type::list);
  for (const std::size_t i : part.rows) shown << rows[i];
  page.set("rows", shown);
  set_list_tools(page, view.list, part);
}

data served_years(const ServedView& view) {
  data years(data::type::list);
  const int last = static_cast<int>(view.today.year());
  for (int year = kFirstServedYear; year <= last; ++year) {
    data chip = served_item("year", std::to_string(year));
    chip.set("current", year == view.year);
    years << chip;
  }
  return years;
}

data preview_data(const ServedPreview& preview, const std::string& csrf) {
  data shown;
  shown.set("kind", preview.dossiers ? "dossiers" : "totals");
  shown.set("csv", preview.csv);
  shown.set("csrf", csrf);
  shown.set("rows", vietnamese_count(preview.rows));
  if (preview.dossiers) shown.set("register", one_text(vietnamese_count(preview.known)));
  shown.set("good", preview.faults.empty() && preview.rows > 0);
  data contents(data::type::list);
  for (const std::string& line : preview.contents) contents << one_text(line);
  shown.set("contents", contents);
  data faults(data::type::list);
  const std::size_t most = std::min(kMostFaults, preview.faults.size());
  for (std::size_t i = 0; i < most; ++i) {
    data fault = served_item("line", std::to_string(preview.faults[i].line));
    fault.set("text", preview.faults[i].vietnamese);
    faults << fault;
  }
  shown.set("any_faults", !preview.faults.empty());
  shown.set("faults", faults);
  shown.set("number", vietnamese_count(static_cast<std::int64_t>(preview.faults.size())));
  return shown;
}

data entry_data(const ServedView& view) {
  data entry = served_item("csrf", view.csrf);
  data units(data::type::list);
  for (const core::Unit* unit : view.communes) {
    data one = served_item("code", unit->code.value);
    one.set("name", unit->full_name());
    units << one;
  }
  data fields(data::type::list);
  for (const auto& [id, name] : view.fields.all()) {
    data one = served_item("id", id);
    one.set("name", name);
    fields << one;
  }
  entry.set("units", units);
  entry.set("fields", fields);
  entry.set("last_month", core::to_string(month_start(view.today, -1)).substr(0, 7));
  entry.set("totals_heading", scoring::kServedHeading);
  entry.set("dossiers_heading", dossiers::kExportHeading);
  return entry;
}

}  // namespace

std::string served_main(const ServedView& view) {
  data page = served_item("year", std::to_string(view.year));
  page.set("years", served_years(view));
  if (view.imported) page.set("imported", one_text(vietnamese_count(*view.imported)));
  if (view.preview) page.set("preview", preview_data(*view.preview, view.csrf));
  page.set("any", !view.months.entered.empty() || !view.months.registered.empty() ||
                      !view.months.at_kiosks.empty());
  set_months(page, view);
  if (view.may_enter) page.set("entry", entry_data(view));
  return render(templates::k_served_mustache, page);
}

}  // namespace hailong::district::web
