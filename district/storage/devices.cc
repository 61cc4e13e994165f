#include "district/storage/devices.h"

#include "district/storage/connection.h"

namespace hailong::district::storage {
namespace {

using core::Fault;

std::optional<std::string> unit_of(SQLite::Database& database, const core::DeviceId& device) {
  SQLite::Statement query(database, "SELECT unit_code FROM device WHERE device_id = ?");
  query.bindNoCopy(1, device.value);
  if (!query.executeStep()) return std::nullopt;
  return query.getColumn(0).getString();
}

void insert_device(SQLite::Database& database, const NewDevice& device, std::int64_t now_ms) {
  SQLite::Statement insert(database, "INSERT INTO device VALUES (?, ?, ?, ?, ?, NULL)");
  insert.bindNoCopy(1, device.device.value);
  insert.bindNoCopy(2, device.unit.value);
  insert.bindNoCopy(3, device.counter.value);
  insert.bindNoCopy(4, device.note);
  insert.bind(5, now_ms);
  insert.exec();
}

core::Result<void> add_key(SQLite::Database& database, const NewDevice& device,
                           std::int64_t now_ms) {
  SQLite::Statement query(database,
                          "SELECT device_id, revoked_at FROM device_key WHERE public_key = ?");
  sqlite::bind_blob(query, 1, device.key);
  if (query.executeStep()) {
    const std::string owner = query.getColumn(0).getString();
    if (owner != device.device.value) {
      return core::fail(Fault::kConflict, "this key belongs to device " + owner);
    }
    if (!query.getColumn(1).isNull()) {
      return core::fail(Fault::kConflict, "this key was revoked; the device needs a new one");
    }
    return {};
  }
  SQLite::Statement insert(database, "INSERT INTO device_key VALUES (?, ?, ?, NULL)");
  sqlite::bind_blob(insert, 1, device.key);
  insert.bindNoCopy(2, device.device.value);
  insert.bind(3, now_ms);
  insert.exec();
  return {};
}

}  // namespace

core::Result<bool> Devices::add(const NewDevice& device, std::int64_t now_ms) {
  return writing(store_, "adding a device", [&](SQLite::Database& database) -> core::Result<bool> {
    const auto unit = unit_of(database, device.device);
    if (unit && *unit != device.unit.value) {
      return core::fail(Fault::kConflict, device.device.value + " belongs to unit " + *unit +
                                              "; a kiosk that moves gets a new id");
    }
    if (!unit) insert_device(database, device, now_ms);
    if (auto added = add_key(database, device, now_ms); !added) {
      return core::Failure(added.error());
    }
    return !unit.has_value();
  });
}

core::Result<void> Devices::suspend(const core::DeviceId& device, std::int64_t now_ms) {
  return set_suspended(device, now_ms);
}

core::Result<void> Devices::resume(const core::DeviceId& device) {
  return set_suspended(device, std::nullopt);
}

core::Result<void> Devices::set_suspended(const core::DeviceId& device,
                                          std::optional<std::int64_t> at) {
  return writing(store_, "changing a device",
                 [&](SQLite::Database& database) -> core::Result<void> {
                   SQLite::Statement update(
                       database, "UPDATE device SET suspended_at = ? WHERE device_id = ?");
                   if (at) {
                     update.bind(1, *at);
                   } else {
                     update.bind(1);
                   }
                   update.bindNoCopy(2, device.value);
                   if (update.exec() == 0)
                     return core::fail(Fault::kNotFound, "no device " + device.value);
                   return {};
                 });
}

core::Result<std::vector<DeviceLine>> Devices::list() {
  using Lines = std::vector<DeviceLine>;
  return reading(store_, "listing devices", [](SQLite::Database& database) -> core::Result<Lines> {
    SQLite::Statement query(
        database,
        "SELECT device_id, unit_code, counter_id, note, suspended_at IS NOT NULL, "
        "(SELECT count(*) FROM device_key k WHERE k.device_id = d.device_id "
        "  AND revoked_at IS NULL), count(s.id), ifnull(sum(s.position), 0), max(s.received_at) "
        "FROM device d LEFT JOIN stream s USING (device_id) GROUP BY device_id ORDER BY device_id");
    Lines lines;
    while (query.executeStep()) {
      DeviceLine line{core::DeviceId{query.getColumn(0).getString()},
                      core::UnitCode{query.getColumn(1).getString()},
                      core::CounterId{query.getColumn(2).getString()},
                      query.getColumn(3).getString(),
                      query.getColumn(4).getInt() != 0,
                      query.getColumn(5).getInt64(),
                      query.getColumn(6).getInt64(),
                      query.getColumn(7).getInt64(),
                      std::nullopt};
      if (!query.getColumn(8).isNull()) line.received_at = query.getColumn(8).getInt64();
      lines.push_back(std::move(line));
    }
    return lines;
  });
}

}  // namespace hailong::district::storage
