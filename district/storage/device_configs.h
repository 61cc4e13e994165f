#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "district/storage/audit.h"
#include "district/storage/store.h"

/// Configuration bundles as they were published for kiosks, all of them, packed. Any thread.

namespace hailong::district::storage {

struct DeviceConfig {
  core::DeviceId device;
  std::int64_t number = 0;
  std::string id;
  std::string bundle;  // its text
};

class DeviceConfigs {
 public:
  explicit DeviceConfigs(Store& store) : store_(store) {}

  /// The one in force; nothing when none was published.
  core::Result<std::optional<DeviceConfig>> newest(const core::DeviceId& device);

  /// Any that was ever published for it, which its ratings name; nothing when there was none.
  core::Result<std::optional<DeviceConfig>> published(const core::DeviceId& device,
                                                      const std::string& id);

  /// All of them or none. Errors: kConflict when one is not newer than the one in force.
  core::Result<void> publish(const std::vector<DeviceConfig>& configs, const Author& by);

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
