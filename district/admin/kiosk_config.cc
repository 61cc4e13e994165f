#include <iostream>

#include "district/admin/admin.h"
#include "district/clock.h"
#include "district/kiosks/publisher.h"
#include "district/storage/device_configs.h"

/// What kiosks ask and say, from above.

namespace hailong::district::admin {

core::Result<void> Admin::publish_config(const std::string& device, const std::string& unit) {
  const auto published =
      kiosks::publish(store_, config_, {core::DeviceId{device}, core::UnitCode{unit}},
                      {storage::kOperator, now_ms()});
  if (!published) return core::Failure(published.error());
  for (const kiosks::Publication& each : *published) {
    std::cout << each.device.value << "  " << each.id
              << (each.is_new ? "  published" : "  in force already") << "\n";
  }
  return {};
}

core::Result<void> Admin::show_config(const std::string& device, const std::string& bundle) {
  storage::DeviceConfigs configs(store_);
  const core::DeviceId kiosk{device};
  const auto config = bundle.empty() ? configs.newest(kiosk) : configs.published(kiosk, bundle);
  if (!config) return core::Failure(config.error());
  if (!config->has_value()) {
    return core::fail(core::Fault::kNotFound, (bundle.empty() ? "nothing" : "no bundle " + bundle) +
                                                  " was published for a kiosk " + device);
  }
  std::cout << (*config)->bundle << "\n";
  return {};
}

}  // namespace hailong::district::admin
