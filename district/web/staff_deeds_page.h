#pragma once

#include <string>

#include "core/ids.h"
#include "core/local_date.h"
#include "district/storage/staff_records.h"

namespace hailong::district::web {

/// How many deeds of a kiosk's staff are shown.
inline constexpr int kMostDeeds = 50;

/// What the commune's staff did at one kiosk.
struct StaffDeedsView {
  core::LocalDate today;
  core::DeviceId device;
  storage::KioskDeeds found;  // of days on which the kiosk stood where the reader may look
};

/// The inside of the page. Everything that came from outside is escaped.
std::string staff_deeds_html(const StaffDeedsView& view);

}  // namespace hailong::district::web
