#include "district/web/erasure_page.h"

#include <map>
#include <vector>

#include "core/numbers.h"
#include "district/web/figures.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using core::vietnamese_count;
using kainjow::mustache::data;

std::string name_of_unit(const ErasureView& view, const core::UnitCode& code) {
  const core::Unit* unit = view.units.find(code, view.today);
  return unit == nullptr ? "Đơn vị " + code.value : unit->full_name();
}

/// Units with the kiosks of each that may hold more.
data holding_of(const ErasureView& view) {
  std::map<std::string, std::string> kiosks;
  for (const storage::HoldingKiosk& kiosk : view.erased->kiosks) {
    std::string& names = kiosks[name_of_unit(view, kiosk.unit)];
    names.append(names.empty() ? "" : ", ").append(kiosk.device.value);
  }
  data units(data::type::list);
  for (const auto& [unit, names] : kiosks) {
    data row("unit", unit);
    row.set("kiosks", names);
    units << row;
  }
  return units;
}

data result_of(const ErasureView& view) {
  data result("contents", vietnamese_count(view.erased->contents));
  result.set("may_hold", !view.erased->kiosks.empty());
  result.set("holding", holding_of(view));
  std::string without;
  for (const core::UnitCode& unit : view.erased->units_without_key) {
    without.append(without.empty() ? "" : "; ").append(name_of_unit(view, unit));
  }
  if (!without.empty()) result.set("without_key", data("units", without));
  return result;
}

}  // namespace

std::string erasure_html(const ErasureView& view) {
  data page("csrf", view.csrf);
  if (!view.error.empty()) page.set("error", data("text", view.error));
  if (view.erased) page.set("erased", result_of(view));
  page.set("by_dossier", view.by_dossier);
  page.set("reason", view.reason);
  page.set("days", vietnamese_count(view.words_days));
  page.set("days_after_close", vietnamese_count(view.words_days_after_close));
  return render(templates::k_erasure_mustache, page);
}

}  // namespace hailong::district::web
