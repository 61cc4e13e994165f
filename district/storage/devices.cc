#include "district/storage/devices.h"

#include "core/local_date.h"
#include "district/storage/connection.h"

namespace hailong::district::storage {
namespace {

using core::Fault;
using sql::Connection;

std::optional<std::string> unit_of(Connection& c, const core::DeviceId& device) {
  const sql::Rows rows = c.query("SELECT unit_code FROM device WHERE device_id = $1", device.value);
  if (rows.empty()) return std::nullopt;
  return rows[0].text(0);
}

void insert_device(Connection& c, const NewDevice& device, std::int64_t now_ms) {
  c.execute(
      "INSERT INTO device (device_id, unit_code, counter_id, note, added_at) "
      "VALUES ($1, $2, $3, $4, $5)",
      device.device.value, device.unit.value, device.counter.value, device.note, now_ms);
  c.execute(
      "INSERT INTO device_place (device_id, from_day, unit_code, counter_id) "
      "VALUES ($1, $2, $3, $4)",
      device.device.value, core::to_string(core::local_date(now_ms)), device.unit.value,
      device.counter.value);
}

/// False when the device has the key already.
core::Result<bool> add_key(Connection& c, const NewDevice& device, std::int64_t now_ms) {
  const sql::Rows rows =
      c.query("SELECT device_id, revoked_at FROM device_key WHERE public_key = $1", device.key);
  if (!rows.empty()) {
    const std::string owner = rows[0].text(0);
    if (owner != device.device.value) {
      return core::fail(Fault::kConflict, "this key belongs to device " + owner);
    }
    if (!rows[0].is_null(1)) {
      return core::fail(Fault::kConflict, "this key was revoked; the device needs a new one");
    }
    return false;
  }
  c.execute("INSERT INTO device_key (public_key, device_id, added_at) VALUES ($1, $2, $3)",
            device.key, device.device.value, now_ms);
  return true;
}

/// "đơn vị 10750, quầy q1"
std::string place_text(const NewDevice& device) {
  return "đơn vị " + device.unit.value +
         (device.counter.empty() ? "" : ", quầy " + device.counter.value);
}

}  // namespace

core::Result<DeviceAdded> Devices::add(const NewDevice& device, const Author& by) {
  return writing(store_, "adding a device", [&](Connection& c) -> core::Result<DeviceAdded> {
    const auto unit = unit_of(c, device.device);
    if (unit && *unit != device.unit.value) {
      return core::fail(Fault::kConflict, device.device.value + " belongs to unit " + *unit +
                                              "; a kiosk that moves is moved: admin device move");
    }
    if (!unit) insert_device(c, device, by.at_ms);
    const auto new_key = add_key(c, device, by.at_ms);
    if (!new_key) return core::Failure(new_key.error());
    if (!*new_key) return DeviceAdded::kNothing;
    add_audit(c, {by.at_ms, by.who, unit ? "device-key-added" : "device-added", device.device.value,
                  place_text(device)});
    return unit ? DeviceAdded::kKey : DeviceAdded::kDevice;
  });
}

core::Result<void> Devices::suspend(const core::DeviceId& device, const Author& by) {
  return set_suspended(device, true, by);
}

core::Result<void> Devices::resume(const core::DeviceId& device, const Author& by) {
  return set_suspended(device, false, by);
}

core::Result<void> Devices::set_suspended(const core::DeviceId& device, bool suspended,
                                          const Author& by) {
  return writing(store_, "changing a device", [&](Connection& c) -> core::Result<void> {
    const auto at = suspended ? std::optional(by.at_ms) : std::nullopt;
    const auto changed =
        c.execute("UPDATE device SET suspended_at = $1 WHERE device_id = $2", at, device.value);
    if (changed == 0) return core::fail(Fault::kNotFound, "no device " + device.value);
    add_audit(
        c, {by.at_ms, by.who, suspended ? "device-suspended" : "device-resumed", device.value, ""});
    return {};
  });
}

core::Result<std::vector<DeviceLine>> Devices::list() {
  using Lines = std::vector<DeviceLine>;
  return reading(store_, "listing devices", [](Connection& c) -> core::Result<Lines> {
    const sql::Rows rows = c.query(
        "SELECT device_id, unit_code, counter_id, note, suspended_at IS NOT NULL, "
        "(SELECT count(*) FROM device_key k WHERE k.device_id = d.device_id "
        "  AND revoked_at IS NULL), count(s.id), coalesce(sum(s.position), 0), "
        "max(s.received_at) "
        "FROM device d LEFT JOIN stream s USING (device_id) WHERE unit_code <> '' "
        "GROUP BY d.device_id ORDER BY d.device_id");
    Lines lines;
    lines.reserve(rows.size());
    for (const sql::Row row : rows) {
      lines.push_back({core::DeviceId{row.text(0)}, core::UnitCode{row.text(1)},
                       core::CounterId{row.text(2)}, row.text(3), row.integer(4) != 0,
                       row.integer(5), row.integer(6), row.integer(7), row.maybe_integer(8)});
    }
    return lines;
  });
}

}  // namespace hailong::district::storage
