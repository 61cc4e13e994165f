#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/units.h"
#include "district/web/overview.h"

namespace hailong::district::web {

/// The communes of the authority, and whether anything is heard from them.
struct UnitsView {
  std::vector<const core::Unit*> units;
  std::map<std::string, Arrivals> arrivals;  // by unit id
  core::LocalDate today;
  ListAsked list;
  bool days_only = false;  // no time of day: a tap could be seen arriving
};

/// The inside of the page. Everything that came from outside is escaped.
std::string units_html(const UnitsView& view);

}  // namespace hailong::district::web
