#include "district/web/units_page.h"

#include "district/scoring/numbers.h"
#include "district/web/figures.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

kainjow::mustache::data unit_line(const core::Unit& unit, const UnitsView& view) {
  const auto found = view.arrivals.find(unit.code.value);
  const Arrivals arrival = found == view.arrivals.end() ? Arrivals{} : found->second;
  kainjow::mustache::data line;
  line.set("name", unit.full_name());
  line.set("code", unit.code.value);
  line.set("href", "/units/" + unit.id());
  line.set("since", unit.valid_from ? vietnamese_date(*unit.valid_from) : kNothing);
  line.set("kiosks", scoring::vietnamese_count(arrival.kiosks));
  line.set("received", arrival.last_received ? moment_words(*arrival.last_received, view.today)
                       : arrival.kiosks > 0  ? "chưa nhận gì"
                                             : "chưa có kiosk");
  return line;
}

}  // namespace

std::string units_html(const UnitsView& view) {
  kainjow::mustache::data page;
  kainjow::mustache::data rows(kainjow::mustache::data::type::list);
  for (const core::Unit* unit : view.units) rows << unit_line(*unit, view);
  page.set("rows", rows);
  page.set("empty", view.units.empty());
  return render(templates::k_units_mustache, page);
}

}  // namespace hailong::district::web
