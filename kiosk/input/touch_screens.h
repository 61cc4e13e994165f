#pragma once

#include <cstdint>
#include <vector>

#include "kiosk/input/calibration.h"

namespace hailong::kiosk::input {

/// The touch screens that udev knows now. None where there is no udev.
std::vector<TouchScreen> touch_screens();

/// What udev says of one of SDL's touch devices.
Matrix calibration_of(std::int64_t device);

}  // namespace hailong::kiosk::input
