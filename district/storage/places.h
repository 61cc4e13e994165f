#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/local_date.h"
#include "core/result.h"
#include "district/sql/connection.h"
#include "district/storage/audit.h"
#include "district/storage/store.h"

/// Where kiosks stand: reception points of units, and the places of each kiosk since it was
/// registered.

namespace hailong::district::storage {

/// Where people of a unit are received (điểm tiếp nhận). Its unit is the one that bore the code on
/// its first day, and what became of it since.
struct ReceptionPoint {
  std::string id;
  core::UnitCode unit;
  std::string name;
  core::LocalDate from;
  std::optional<core::LocalDate> to;  // its last day; nothing while it is open

  [[nodiscard]] bool is_open_on(core::LocalDate day) const {
    return from <= day && (!to || day <= *to);
  }
};

/// Where a kiosk stood from a day on.
struct DevicePlace {
  core::LocalDate from;
  core::UnitCode unit;
  std::string point;  // empty: not said
  core::CounterId counter;
};

/// Of every kiosk by its id, its first place first.
std::map<std::string, std::vector<DevicePlace>> places_by_device(sql::Connection& c);

/// Any thread. Moving a kiosk is ingest::Receiver's, since its ratings follow.
class Places {
 public:
  explicit Places(Store& store) : store_(store) {}

  /// Errors: kConflict when there is a point of that id.
  core::Result<void> add(const ReceptionPoint& point, const Author& by);
  /// Errors: kNotFound.
  core::Result<void> close(const std::string& point, core::LocalDate last_day, const Author& by);
  /// By unit, then by id.
  core::Result<std::vector<ReceptionPoint>> points();
  /// Of one kiosk, the first place first. Empty when it is not registered.
  core::Result<std::vector<DevicePlace>> of(const core::DeviceId& device);

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
