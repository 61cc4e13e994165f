#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "district/config.h"
#include "district/storage/audit.h"
#include "district/storage/devices.h"
#include "district/storage/store.h"

namespace hailong::district::kiosks {

/// Which kiosks to publish for; both empty: all of them.
struct Chosen {
  core::DeviceId device;
  core::UnitCode unit;
};

/// What publishing came to for one kiosk.
struct Publication {
  core::DeviceId device;
  std::string id;
  bool is_new = false;  // false: what is in force says the same
};

/// Makes each chosen kiosk's bundle out of the folder of [kiosks] and the public holidays, and
/// publishes those that say something new; every one of them is read back by the kiosk's own rules
/// first, and none is published when one of them is wrong. Errors: kInvalid (naming kiosk, place
/// and what was expected; no folder is configured), kNotFound (no such kiosk, no file for one),
/// those of the store.
core::Result<std::vector<Publication>> publish(storage::Store& store, const Config& config,
                                               const Chosen& chosen, const storage::Author& by);

}  // namespace hailong::district::kiosks
