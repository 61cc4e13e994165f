#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/local_date.h"
#include "core/units.h"
#include "district/storage/device_states.h"
#include "district/web/device_concerns.h"
#include "district/web/long_list.h"

namespace hailong::district::web {

struct DevicesView {
  WorkingClock clock;
  std::vector<storage::DeviceState> devices;
  const core::UnitRegister& units;
  bool may_manage = false;
  std::string csrf;
  ListAsked list;
  std::map<std::string, storage::UncertainRatings> uncertain{};  // by id of the unit
};

/// The inside of the page. Everything that came from outside is escaped.
std::string devices_html(const DevicesView& view);

/// The same for programs: the body of GET /api/v1/devices.
std::string devices_json(const DevicesView& view);

}  // namespace hailong::district::web
