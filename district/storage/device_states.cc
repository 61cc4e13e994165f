#include "district/storage/device_states.h"

#include <algorithm>
#include <utility>

#include "core/hex.h"
#include "core/working_time.h"
#include "district/sql/exception.h"
#include "district/storage/connection.h"
#include "district/storage/roll_up_changes.h"
#include "wire/event_codec.h"

namespace hailong::district::storage {
namespace {

using States = std::map<std::string, DeviceState>;

States read_devices(sql::Connection& c) {
  auto places = places_by_device(c);
  States states;
  for (const sql::Row row :
       c.query("SELECT device_id, unit_code, counter_id, note, added_at, "
               "suspended_at, replaces FROM device WHERE unit_code <> '' ORDER BY device_id")) {
    DeviceState& state = states[row.text(0)];
    state.device.value = row.text(0);
    state.unit.value = row.text(1);
    state.places = std::move(places.at(row.text(0)));
    state.counter.value = row.text(2);
    state.note = row.text(3);
    state.added_at = row.integer(4);
    state.suspended_at = row.maybe_integer(5);
    state.replaces = row.text(6);
  }
  return states;
}

void read_keys(sql::Connection& c, States& states) {
  for (const sql::Row row : c.query("SELECT device_id, public_key, added_at, revoked_at "
                                    "FROM device_key ORDER BY added_at, public_key")) {
    states[row.text(0)].keys.push_back(
        {core::to_hex(row.bytes32(1)), row.integer(2), row.maybe_integer(3)});
  }
}

/// Quarantined events of each stream by reason.
std::map<std::int64_t, std::map<std::string, std::int64_t>> read_quarantine(sql::Connection& c) {
  std::map<std::int64_t, std::map<std::string, std::int64_t>> reasons;
  for (const sql::Row row :
       c.query("SELECT stream_id, reason, count(*) FROM quarantine GROUP BY stream_id, reason")) {
    reasons[row.integer(0)][row.text(1)] = row.integer(2);
  }
  return reasons;
}

/// The configuration bundle of the last rating of each stream.
std::map<std::int64_t, std::string> read_bundles(sql::Connection& c) {
  std::map<std::int64_t, std::string> bundles;
  wire::EventDecoder decoder;
  for (const sql::Row row :
       c.query("SELECT stream.id, event.bytes FROM stream JOIN event "
               "ON event.stream_id = stream.id AND event.seq = "
               "(SELECT max(seq) FROM rating WHERE rating.stream_id = stream.id)")) {
    const auto event = decoder.decode(row.bytes(1));
    if (!event) continue;
    if (const auto* rating = std::get_if<core::Rating>(&event->body)) {
      bundles[row.integer(0)] = rating->bundle;
    }
  }
  return bundles;
}

void read_configs(sql::Connection& c, States& states) {
  for (const sql::Row row :
       c.query("SELECT device_id, id, number FROM device_config ORDER BY device_id, number")) {
    const auto state = states.find(row.text(0));
    if (state != states.end()) state->second.config = PublishedState{row.text(1), row.integer(2)};
  }
}

/// When a stream's last boot but so many began, as far as that was told or is believed.
std::string began_of_boot(int from_last) {
  return "(SELECT coalesce(last_told_began, last_claim_began) FROM boot "
         "WHERE boot.stream_id = stream.id ORDER BY first_seq DESC LIMIT 1 OFFSET " +
         std::to_string(from_last) + ")";
}

/// Streams with their last event, whose stamp says how the kiosk's clock was.
void read_epochs(sql::Connection& c, States& states) {
  const auto quarantine = read_quarantine(c);
  auto bundles = read_bundles(c);
  wire::EventDecoder decoder;
  for (const sql::Row row :
       c.query("SELECT stream.device_id, stream.epoch, stream.position, stream.first_seen, "
               "stream.received_at, stream.id, event.bytes, stream.first, stream.known_before, "
               "(SELECT max(seq) FROM pinned_head WHERE pinned_head.device_id = stream.device_id "
               "  AND pinned_head.epoch = stream.epoch), "
               "(SELECT most FROM heartbeat WHERE heartbeat.device_id = stream.device_id "
               "  AND heartbeat.epoch = stream.epoch), begun.bytes, " +
               began_of_boot(0) + ", " + began_of_boot(kManyBoots - 1) +
               " FROM stream LEFT JOIN event "
               "ON event.stream_id = stream.id AND event.seq = stream.position "
               "LEFT JOIN event AS begun "
               "ON begun.stream_id = stream.id AND begun.seq = stream.first "
               "WHERE stream.id <> 0 ORDER BY stream.received_at DESC, stream.id DESC")) {
    EpochState epoch;
    epoch.epoch = row.text(1);
    epoch.last = row.integer(2);
    epoch.first_seen = row.integer(3);
    epoch.received_at = row.integer(4);
    epoch.first = row.integer(7);
    epoch.known_before = row.integer(8);
    epoch.told =
        std::max({row.maybe_integer(9).value_or(0), row.maybe_integer(10).value_or(0), epoch.last});
    if (!row.is_null(6)) {
      if (const auto event = decoder.decode(row.bytes(6))) {
        epoch.last_event_at = event->stamp.wall_ms;
        epoch.clock_synced = event->stamp.clock == core::ClockState::kSynced;
      }
    }
    if (!row.is_null(12) && !row.is_null(13))
      epoch.many_boots_ms = row.integer(12) - row.integer(13);
    if (!row.is_null(11)) {
      const auto begun = decoder.decode(row.bytes(11));
      const auto* salvage = begun ? std::get_if<core::Salvage>(&begun->body) : nullptr;
      if (salvage != nullptr) {
        epoch.salvaged =
            SalvageState{salvage->epoch.value, salvage->last, salvage->why, epoch.first_seen};
      }
    }
    if (const auto odd = quarantine.find(row.integer(5)); odd != quarantine.end()) {
      epoch.quarantined = odd->second;
    }
    epoch.bundle = std::move(bundles[row.integer(5)]);
    states[row.text(0)].epochs.push_back(std::move(epoch));
  }
}

void read_heartbeats(sql::Connection& c, States& states) {
  for (const sql::Row row :
       c.query("SELECT device_id, text, first_seen, received_at, most FROM heartbeat "
               "ORDER BY received_at DESC, epoch")) {
    const auto state = states.find(row.text(0));
    if (state == states.end()) continue;
    auto told = wire::parse_heartbeat(row.text(1));
    if (!told) throw sql::Exception({core::Fault::kCorrupt, told.error().message});
    state->second.heartbeats.push_back(
        {std::move(*told), row.integer(2), row.integer(3), row.integer(4)});
  }
}

void read_conflicts(sql::Connection& c, States& states) {
  for (const sql::Row row : c.query("SELECT device_id, epoch, first, last, reason, received_at "
                                    "FROM conflict ORDER BY received_at DESC, id DESC")) {
    const auto state = states.find(row.text(0));
    if (state == states.end()) continue;
    state->second.conflicts.push_back(
        {row.text(1), row.integer(2), row.integer(3), row.text(4), row.integer(5)});
  }
}

}  // namespace

std::int64_t DeviceState::events() const {
  std::int64_t sum = 0;
  for (const EpochState& epoch : epochs) sum += epoch.events();
  return sum;
}

std::int64_t DeviceState::quarantined() const {
  std::int64_t sum = 0;
  for (const EpochState& epoch : epochs) {
    for (const auto& [reason, count] : epoch.quarantined) sum += count;
  }
  return sum;
}

std::optional<std::int64_t> DeviceState::received_at() const {
  if (epochs.empty()) return std::nullopt;
  return epochs.front().received_at;
}

std::optional<std::int64_t> DeviceState::last_sign() const {
  if (heartbeats.empty()) return received_at();
  return std::max(heartbeats.front().received_at, received_at().value_or(0));
}

bool is_silent(const DeviceState& device, const WorkingClock& clock) {
  const auto sign = device.last_sign();
  if (!sign || device.suspended_at) return false;
  if (device.heartbeats.empty()) return clock.now_ms - *sign >= kSilentAfterMs;
  return core::working_ms_between(clock.calendar, clock.hours, *sign, clock.now_ms) >=
         kSilentWorkingMs;
}

core::Result<std::vector<DeviceState>> DeviceStates::read() {
  using Listed = std::vector<DeviceState>;
  return reading(store_, "reading the devices", [](sql::Connection& c) -> core::Result<Listed> {
    States states = read_devices(c);
    read_keys(c, states);
    read_epochs(c, states);
    read_heartbeats(c, states);
    read_conflicts(c, states);
    read_configs(c, states);
    Listed listed;
    listed.reserve(states.size());
    for (auto& [id, state] : states) listed.push_back(std::move(state));
    return listed;
  });
}

core::Result<std::map<std::string, UncertainRatings>> DeviceStates::uncertain_ratings() {
  using ByUnit = std::map<std::string, UncertainRatings>;
  return reading(store_, "reading uncertain days", [](sql::Connection& c) -> core::Result<ByUnit> {
    ByUnit units;
    for (const sql::Row row : c.query("SELECT unit_id, sum(n1 + n2 + n3 + n4 + n5) FROM cell "
                                      "WHERE day = $1 GROUP BY unit_id",
                                      kUncertainDay)) {
      if (row.integer(1) > 0) units[row.text(0)] = {row.integer(1), row.integer(1)};
    }
    for (auto& [unit, ratings] : units) {
      ratings.all += c.query(
                          "SELECT coalesce(sum(n1 + n2 + n3 + n4 + n5), 0) FROM unit_month "
                          "WHERE unit_id = $1",
                          unit)[0]
                         .integer(0);
    }
    return units;
  });
}

}  // namespace hailong::district::storage
