#include "district/web/unit_points.h"

#include <algorithm>

#include "district/ingest/projection.h"
#include "district/web/periods.h"

namespace hailong::district::web {
namespace {

/// Whether the point is the unit's: now, or on its first day.
bool is_point_of(const storage::ReceptionPoint& point, const UnitPlaces& places,
                 core::LocalDate today) {
  const core::Unit* first = places.units.find(point.unit, point.from);
  if (first == nullptr) return false;
  const std::string id = places.unit.id();
  return first->id() == id || places.units.successor(*first, today).id() == id;
}

std::string open_words(const storage::ReceptionPoint& point) {
  const std::string from = "từ " + vietnamese_date(point.from);
  return point.to ? from + " đến " + vietnamese_date(*point.to) : from;
}

KioskLine kiosk_line(const storage::DeviceState& device, const UnitPlaces& places) {
  std::string place = device.counter.empty()
                          ? ""
                          : places.names.counter(places.unit.code.value, device.counter.value);
  if (!device.note.empty()) place.append(place.empty() ? "" : ", ").append(device.note);
  return {device.device.value, place, concerns_of(device, places.clock)};
}

std::vector<KioskLine> kiosks_at(const std::string& point, const UnitPlaces& places) {
  std::vector<KioskLine> kiosks;
  for (const storage::DeviceState& device : places.devices) {
    const auto found = places.point_of.find(device.device.value);
    const std::string& own = found == places.point_of.end() ? std::string() : found->second;
    if (own == point) kiosks.push_back(kiosk_line(device, places));
  }
  return kiosks;
}

}  // namespace

std::vector<storage::DeviceState> devices_of_unit(const std::vector<storage::DeviceState>& all,
                                                  const core::Unit& unit,
                                                  const core::UnitRegister& units,
                                                  core::LocalDate today) {
  std::vector<storage::DeviceState> devices;
  std::copy_if(all.begin(), all.end(), std::back_inserter(devices), [&](const auto& device) {
    return ingest::unit_id_on(units, device.places, today) == unit.id();
  });
  return devices;
}

std::vector<PointLine> point_lines(const UnitPlaces& places) {
  const core::LocalDate today = core::local_date(places.clock.now_ms);
  std::vector<PointLine> lines;
  for (const storage::ReceptionPoint& point : places.points) {
    if (!is_point_of(point, places, today)) continue;
    lines.push_back({point.name, open_words(point), kiosks_at(point.id, places)});
  }
  auto elsewhere = kiosks_at("", places);
  if (!elsewhere.empty()) {
    lines.push_back({"Chưa ghi điểm tiếp nhận", "", std::move(elsewhere)});
  }
  return lines;
}

}  // namespace hailong::district::web
