#include "district/storage/device_rows.h"

#include <algorithm>
#include <set>

#include "core/local_date.h"

namespace hailong::district::storage {

using core::Fault;
using sql::Connection;

void insert_device(Connection& c, const DeviceRow& row, std::int64_t now_ms) {
  const sql::Value point = row.point.empty() ? sql::Value() : sql::Value(row.point);
  c.execute(
      "INSERT INTO device (device_id, unit_code, counter_id, note, added_at, replaces) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      row.device.value, row.unit.value, row.counter.value, row.note, now_ms, row.replaces);
  c.execute(
      "INSERT INTO device_place (device_id, from_day, unit_code, point_id, counter_id) "
      "VALUES ($1, $2, $3, $4, $5)",
      row.device.value, core::to_string(core::local_date(now_ms)), row.unit.value, point,
      row.counter.value);
}

core::Result<bool> insert_key(Connection& c, const core::DeviceId& device,
                              const wire::PublicKey& key, bool takes_over, std::int64_t now_ms) {
  const sql::Rows rows =
      c.query("SELECT device_id, revoked_at FROM device_key WHERE public_key = $1", key);
  if (!rows.empty()) {
    const std::string owner = rows[0].text(0);
    if (owner != device.value) {
      return core::fail(Fault::kConflict, "this key belongs to device " + owner);
    }
    if (!rows[0].is_null(1)) {
      return core::fail(Fault::kConflict, "this key was revoked; the device needs a new one");
    }
    return false;
  }
  c.execute(
      "INSERT INTO device_key (public_key, device_id, added_at, takes_over) "
      "VALUES ($1, $2, $3, $4)",
      key, device.value, now_ms, takes_over);
  return true;
}

core::Seq highest_seen(Connection& c, const core::DeviceId& device) {
  return highest_seen_but(c, device, core::EpochId());
}

core::Seq highest_seen_but(Connection& c, const core::DeviceId& device,
                           const core::EpochId& epoch) {
  core::Seq highest = 0;
  std::set<std::string> looked_at;
  for (std::string id = device.value; !id.empty() && looked_at.insert(id).second;) {
    const sql::Rows seen = c.query(
        "SELECT max(n) FROM ("
        "SELECT max(position) AS n FROM stream WHERE device_id = $1 AND epoch <> $2 UNION ALL "
        "SELECT max(seq) FROM pinned_head WHERE device_id = $1 AND epoch <> $2 UNION ALL "
        "SELECT max(most) FROM heartbeat WHERE device_id = $1 AND epoch <> $2) AS seen",
        id, epoch.value);
    highest = std::max(highest, seen[0].maybe_integer(0).value_or(0));
    const sql::Rows rows = c.query("SELECT replaces FROM device WHERE device_id = $1", id);
    id = rows.empty() ? "" : rows[0].text(0);
  }
  return highest;
}

}  // namespace hailong::district::storage
