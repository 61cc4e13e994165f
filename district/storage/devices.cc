#include "district/storage/devices.h"

#include "district/storage/connection.h"
#include "district/storage/device_rows.h"

namespace hailong::district::storage {
namespace {

using core::Fault;
using sql::Connection;

std::optional<std::string> unit_of(Connection& c, const core::DeviceId& device) {
  const sql::Rows rows = c.query("SELECT unit_code FROM device WHERE device_id = $1", device.value);
  if (rows.empty()) return std::nullopt;
  return rows[0].text(0);
}

bool has_active_key(Connection& c, const core::DeviceId& device, const wire::PublicKey& key) {
  return !c.query(
               "SELECT 1 FROM device_key WHERE public_key = $1 AND device_id = $2 "
               "AND revoked_at IS NULL",
               key, device.value)
              .empty();
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
    if (!unit) {
      insert_device(c, {device.device, device.unit, "", device.counter, device.note, ""}, by.at_ms);
    }
    const auto new_key = insert_key(c, device.device, device.key, false, by.at_ms);
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

core::Result<void> Devices::rename(const core::DeviceId& device, const std::string& note,
                                   const Author& by) {
  return writing(store_, "renaming a device", [&](Connection& c) -> core::Result<void> {
    const auto changed =
        c.execute("UPDATE device SET note = $1 WHERE device_id = $2", note, device.value);
    if (changed == 0) return core::fail(Fault::kNotFound, "no device " + device.value);
    add_audit(c, {by.at_ms, by.who, "device-renamed", device.value, note});
    return {};
  });
}

core::Result<std::int64_t> Devices::revoke_keys(const core::DeviceId& device, const Author& by) {
  return writing(store_, "revoking keys", [&](Connection& c) -> core::Result<std::int64_t> {
    if (!unit_of(c, device)) return core::fail(Fault::kNotFound, "no device " + device.value);
    const std::int64_t revoked = c.execute(
        "UPDATE device_key SET revoked_at = $1 WHERE device_id = $2 AND revoked_at IS NULL",
        by.at_ms, device.value);
    if (revoked == 0) return 0;
    add_audit(c, {by.at_ms, by.who, "device-keys-revoked", device.value,
                  std::to_string(revoked) + " khóa"});
    return revoked;
  });
}

core::Result<KeyChanged> Devices::change_key(const wire::KeyChange& change, std::int64_t now_ms) {
  return writing(store_, "changing a key", [&](Connection& c) -> core::Result<KeyChanged> {
    const sql::Rows rows =
        c.query("SELECT suspended_at FROM device WHERE device_id = $1", change.device.value);
    if (rows.empty() || !has_active_key(c, change.device, change.old_key)) {
      return KeyChanged::kUnknownKey;
    }
    if (!rows[0].is_null(0)) return KeyChanged::kSuspended;
    const auto added = insert_key(c, change.device, change.new_key, true, now_ms);
    if (!added) {
      if (added.error().fault == Fault::kConflict) return KeyChanged::kKeyTaken;
      return core::Failure(added.error());
    }
    if (!*added) return KeyChanged::kDone;
    add_audit(c, {now_ms, kItself, "device-key-added", change.device.value, "kiosk đổi khóa"});
    return KeyChanged::kDone;
  });
}

core::Result<std::vector<DeviceLine>> Devices::list() {
  using Lines = std::vector<DeviceLine>;
  return reading(store_, "listing devices", [](Connection& c) -> core::Result<Lines> {
    const sql::Rows rows = c.query(
        "SELECT device_id, unit_code, counter_id, note, suspended_at IS NOT NULL, "
        "(SELECT count(*) FROM device_key k WHERE k.device_id = d.device_id "
        "  AND revoked_at IS NULL), count(s.id), coalesce(sum(s.position - s.first + 1), 0), "
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
