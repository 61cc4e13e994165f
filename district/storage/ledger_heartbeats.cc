#include "district/storage/ledger.h"

namespace hailong::district::storage {

std::optional<ToldSoFar> Ledger::Transaction::told(const core::DeviceId& device,
                                                   const core::EpochId& epoch) {
  const sql::Rows rows = c_.query(
      "SELECT most, most_wall, most_boot, most_mono, most_synced, boot, mono FROM heartbeat "
      "WHERE device_id = $1 AND epoch = $2",
      device.value, epoch.value);
  if (rows.empty()) return std::nullopt;
  const sql::Row row = rows[0];
  const auto clock = row.integer(4) != 0 ? core::ClockState::kSynced : core::ClockState::kUnsynced;
  return ToldSoFar{{row.integer(0), {row.integer(1), row.text(2), row.integer(3), clock}},
                   {row.text(5), row.integer(6)}};
}

bool Ledger::Transaction::is_past_boot(const core::DeviceId& device, const core::EpochId& epoch,
                                       const std::string& boot) {
  return !c_.query("SELECT 1 FROM heartbeat_boot WHERE device_id = $1 AND epoch = $2 AND boot = $3",
                   device.value, epoch.value, boot)
              .empty();
}

std::optional<bool> Ledger::Transaction::is_later_boot(std::int64_t stream, const std::string& boot,
                                                       const std::string& than) {
  const sql::Rows rows = c_.query(
      "SELECT boot_id FROM boot WHERE stream_id = $1 AND boot_id IN ($2, $3) ORDER BY first_seq",
      stream, boot, than);
  if (rows.size() != 2) return std::nullopt;
  return rows[1].text(0) == boot;
}

void Ledger::Transaction::keep_heartbeat(const core::DeviceId& device, const core::EpochId& epoch,
                                         std::string_view text, const ToldSoFar& told,
                                         std::int64_t now_ms) {
  c_.execute(
      "INSERT INTO heartbeat_boot (device_id, epoch, boot) "
      "SELECT device_id, epoch, boot FROM heartbeat "
      "WHERE device_id = $1 AND epoch = $2 AND boot <> $3 "
      "ON CONFLICT (device_id, epoch, boot) DO NOTHING",
      device.value, epoch.value, told.last.boot);
  c_.execute(
      "INSERT INTO heartbeat (device_id, epoch, first_seen, received_at, text, most, most_boot, "
      "most_mono, most_wall, most_synced, boot, mono) "
      "VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
      "ON CONFLICT (device_id, epoch) DO UPDATE SET received_at = excluded.received_at, "
      "text = excluded.text, most = excluded.most, most_boot = excluded.most_boot, "
      "most_mono = excluded.most_mono, most_wall = excluded.most_wall, "
      "most_synced = excluded.most_synced, boot = excluded.boot, mono = excluded.mono",
      device.value, epoch.value, now_ms, text, told.events.most, told.events.since.boot_id,
      told.events.since.mono_ms, told.events.since.wall_ms,
      told.events.since.clock == core::ClockState::kSynced, told.last.boot, told.last.mono_ms);
}

void Ledger::Transaction::shed_heartbeats(const SignedClaim& claim, std::int64_t stream,
                                          core::Seq from, core::Seq to) {
  c_.execute(
      "UPDATE pinned_head SET claim = '', key = $1, signature = $1 "
      "WHERE device_id = $2 AND epoch = $3 AND seq BETWEEN $4 AND $5 AND heartbeat = 1 "
      "AND EXISTS (SELECT 1 FROM event WHERE event.stream_id = $6 AND event.seq = pinned_head.seq "
      "AND event.hash = pinned_head.hash)",
      sql::bytes(""), claim.device.value, claim.epoch.value, from, to, stream);
}

}  // namespace hailong::district::storage
