#include "district/storage/device_configs.h"

#include <utility>

#include "district/sql/exception.h"
#include "district/storage/connection.h"
#include "wire/bundle.h"
#include "wire/compression.h"

namespace hailong::district::storage {
namespace {

using sql::Connection;

std::string bundle_in(const sql::Row& row) {
  if (row.is_null(3)) return row.text(2);
  auto bundle = wire::decompress(row.bytes(3), wire::kMostBundleBytes);
  if (!bundle) throw sql::Exception({core::Fault::kCorrupt, bundle.error().message});
  return std::move(*bundle);
}

std::optional<DeviceConfig> one_of(const core::DeviceId& device, const sql::Rows& rows) {
  if (rows.empty()) return std::nullopt;
  return DeviceConfig{device, rows[0].integer(0), rows[0].text(1), bundle_in(rows[0])};
}

std::optional<DeviceConfig> newest_of(Connection& c, const core::DeviceId& device) {
  return one_of(device, c.query("SELECT number, id, bundle, packed FROM device_config "
                                "WHERE device_id = $1 ORDER BY number DESC LIMIT 1",
                                device.value));
}

}  // namespace

core::Result<std::optional<DeviceConfig>> DeviceConfigs::newest(const core::DeviceId& device) {
  using Newest = std::optional<DeviceConfig>;
  return reading(store_, "reading a kiosk's configuration",
                 [&](Connection& c) -> core::Result<Newest> { return newest_of(c, device); });
}

core::Result<std::optional<DeviceConfig>> DeviceConfigs::published(const core::DeviceId& device,
                                                                   const std::string& id) {
  using Published = std::optional<DeviceConfig>;
  return reading(store_, "reading a kiosk's configuration", [&](Connection& c) {
    return core::Result<Published>(
        one_of(device, c.query("SELECT number, id, bundle, packed FROM device_config "
                               "WHERE device_id = $1 AND id = $2 ORDER BY number DESC LIMIT 1",
                               device.value, id)));
  });
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
      const std::string packed = wire::compress(config.bundle);
      c.execute(
          "INSERT INTO device_config (device_id, number, id, bundle, packed, published_by) "
          "VALUES ($1, $2, $3, '', $4, $5)",
          config.device.value, config.number, config.id, sql::bytes(packed), by.who);
      add_audit(
          c, {by.at_ms, by.who, "config-published", config.device.value, "cấu hình " + config.id});
    }
    return {};
  });
}

}  // namespace hailong::district::storage
