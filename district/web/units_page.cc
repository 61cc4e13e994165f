#include "district/web/units_page.h"

#include "core/numbers.h"
#include "district/web/figures.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

kainjow::mustache::data unit_line(const core::Unit& unit, const UnitsView& view) {
  const auto found = view.arrivals.find(unit.id());
  const Arrivals arrival = found == view.arrivals.end() ? Arrivals{} : found->second;
  kainjow::mustache::data line;
  line.set("name", unit.full_name());
  line.set("code", unit.code.value);
  line.set("href", "/units/" + unit.id());
  line.set("since", unit.valid_from ? vietnamese_date(*unit.valid_from) : kNothing);
  line.set("kiosks", core::vietnamese_count(arrival.kiosks));
  const bool day = view.days_only && arrival.last_received;
  line.set("received", day ? vietnamese_date(core::local_date(*arrival.last_received))
                           : received_words(arrival, view.today));
  return line;
}

}  // namespace

std::string units_html(const UnitsView& view) {
  kainjow::mustache::data page;
  kainjow::mustache::data rows(kainjow::mustache::data::type::list);
  std::vector<ListRow> names;
  names.reserve(view.units.size());
  for (const core::Unit* unit : view.units)
    names.push_back({unit->full_name() + " " + unit->code.value, {}});
  const ListPart part = part_of(names, view.list);
  for (const std::size_t i : part.rows) rows << unit_line(*view.units[i], view);
  page.set("rows", rows);
  set_list_tools(page, view.list, part);
  page.set("empty", view.units.empty());
  return render(templates::k_units_mustache, page);
}

}  // namespace hailong::district::web
