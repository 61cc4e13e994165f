#include "district/storage/ledger.h"

namespace hailong::district::storage {

std::optional<ToldEvents> Ledger::Transaction::told_events(const core::DeviceId& device,
                                                           const core::EpochId& epoch) {
  const sql::Rows rows = c_.query(
      "SELECT most, most_wall, most_boot, most_mono FROM heartbeat "
      "WHERE device_id = $1 AND epoch = $2",
      device.value, epoch.value);
  if (rows.empty()) return std::nullopt;
  return ToldEvents{rows[0].integer(0), {rows[0].integer(1), rows[0].text(2), rows[0].integer(3)}};
}

void Ledger::Transaction::keep_heartbeat(const core::DeviceId& device, const core::EpochId& epoch,
                                         std::string_view text, const ToldEvents& told,
                                         std::int64_t now_ms) {
  c_.execute(
      "INSERT INTO heartbeat (device_id, epoch, first_seen, received_at, text, most, most_boot, "
      "most_mono, most_wall) VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8) "
      "ON CONFLICT (device_id, epoch) DO UPDATE SET received_at = excluded.received_at, "
      "text = excluded.text, most = excluded.most, most_boot = excluded.most_boot, "
      "most_mono = excluded.most_mono, most_wall = excluded.most_wall",
      device.value, epoch.value, now_ms, text, told.most, told.since.boot_id, told.since.mono_ms,
      told.since.wall_ms);
}

}  // namespace hailong::district::storage
