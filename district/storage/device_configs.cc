#include "district/storage/device_configs.h"

#include "district/storage/connection.h"

namespace hailong::district::storage {
namespace {

using sql::Connection;

std::optional<DeviceConfig> newest_of(Connection& c, const core::DeviceId& device) {
  const sql::Rows rows = c.query(
      "SELECT number, id, bundle FROM device_config WHERE device_id = $1 "
      "ORDER BY number DESC LIMIT 1",
      device.value);
  if (rows.empty()) return std::nullopt;
  return DeviceConfig{device, rows[0].integer(0), rows[0].text(1), rows[0].text(2)};
}

}  // namespace

core::Result<std::optional<DeviceConfig>> DeviceConfigs::newest(const core::DeviceId& device) {
  using Newest = std::optional<DeviceConfig>;
  return reading(store_, "reading a kiosk's configuration",
                 [&](Connection& c) -> core::Result<Newest> { return newest_of(c, device); });
}

core::Result<void> DeviceConfigs::publish(const std::vector<DeviceConfig>& configs,
                                          const Author& by) {
  return writing(store_, "publishing configurations", [&](Connection& c) -> core::Result<void> {
    for (const DeviceConfig& config : configs) {
      const auto before = newest_of(c, config.device);
      if (before && before->number >= config.number) {
        return core::fail(core::Fault::kConflict,
                          config.device.value + ": somebody else has just published for it");
      }
      c.execute(
          "INSERT INTO device_config (device_id, number, id, bundle, published_by) "
          "VALUES ($1, $2, $3, $4, $5)",
          config.device.value, config.number, config.id, config.bundle, by.who);
      add_audit(
          c, {by.at_ms, by.who, "config-published", config.device.value, "cấu hình " + config.id});
    }
    return {};
  });
}

}  // namespace hailong::district::storage
