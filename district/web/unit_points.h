#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/units.h"
#include "district/feedback/desk_names.h"
#include "district/storage/device_states.h"
#include "district/storage/places.h"
#include "district/web/unit_page.h"

namespace hailong::district::web {

/// Where the people of a unit are received, and the kiosks of today.
struct UnitPlaces {
  const core::Unit& unit;
  const core::UnitRegister& units;
  const feedback::DeskNames& names;
  std::vector<storage::ReceptionPoint> points;  // of all units
  std::vector<storage::DeviceState> devices;    // those that stand in the unit now
  std::map<std::string, std::string> point_of;  // a device's point by device, both ids
  WorkingClock clock;
};

/// The devices that stand in `unit` on `today`.
std::vector<storage::DeviceState> devices_of_unit(const std::vector<storage::DeviceState>& all,
                                                  const core::Unit& unit,
                                                  const core::UnitRegister& units,
                                                  core::LocalDate today);

/// The unit's points, those that its predecessors had as well, each with its kiosks; then the
/// kiosks of which nobody said at which point they stand.
std::vector<PointLine> point_lines(const UnitPlaces& places);

}  // namespace hailong::district::web
