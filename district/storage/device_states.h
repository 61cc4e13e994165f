#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/opening_hours.h"
#include "core/result.h"
#include "core/working_days.h"
#include "district/storage/places.h"
#include "district/storage/store.h"
#include "wire/heartbeat.h"

/// How the kiosks are: what each sent, when, and what of it was odd. Any thread.

namespace hailong::district::storage {

struct KeyState {
  std::string public_key;  // hex
  std::int64_t added_at = 0;
  std::optional<std::int64_t> revoked_at;
};

/// A kiosk that is switched on so often in a day has a bad power supply, or somebody plays with it.
inline constexpr int kManyBoots = 30;

/// The journal of an earlier life could not be used any more. What verified of it is sent on.
struct SalvageState {
  std::string epoch;   // of the earlier life
  core::Seq last = 0;  // its last event that verified; the next one is the first bad one
  std::string why;
  std::int64_t seen_at = 0;  // when the receiver knew

  bool operator==(const SalvageState&) const = default;
};

/// One life of a kiosk's card.
struct EpochState {
  std::string epoch;
  core::Seq first = 1;           // number of its first event
  core::Seq last = 0;            // of the last one that is stored
  core::Seq told = 0;            // the highest number that the kiosk ever signed for or told of
  core::Seq known_before = 0;    // highest number that was known of the kiosk when it began
  std::int64_t first_seen = 0;   // by the receiver's clock
  std::int64_t received_at = 0;  // when its last new event came
  std::optional<std::int64_t> last_event_at;        // by the kiosk's clock; nothing: not readable
  bool clock_synced = false;                        // whether the kiosk trusted its clock then
  std::map<std::string, std::int64_t> quarantined;  // events by reason
  std::string bundle{};  // configuration bundle of its last rating; empty: none
  std::optional<std::int64_t> many_boots_ms{};  // between its last boot and the kManyBoots-th last
  std::optional<SalvageState> salvaged{};  // in whose place it began; nothing: of no damaged one

  [[nodiscard]] std::int64_t events() const { return last - first + 1; }
  /// Whether it used numbers again that stood for other events before.
  [[nodiscard]] bool renumbers() const { return first <= known_before; }
};

/// The configuration bundle in force for a kiosk.
struct PublishedState {
  std::string id;
  std::int64_t published_at = 0;
};

/// What one life of a kiosk's card told of itself last.
struct ToldState {
  wire::Heartbeat told;
  std::int64_t first_seen = 0;   // when that life told anything first, by the receiver's clock
  std::int64_t received_at = 0;  // and last
  std::int64_t most = 0;         // the highest event that it ever told of
};

/// Events that contradicted what was stored.
struct ConflictState {
  std::string epoch;
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::string reason;
  std::int64_t received_at = 0;
};

struct DeviceState {
  core::DeviceId device;
  core::UnitCode unit;              // as it was registered
  std::vector<DevicePlace> places;  // at least one
  core::CounterId counter;
  std::string note;
  std::int64_t added_at = 0;
  std::optional<std::int64_t> suspended_at;
  std::string replaces;                  // id of the device whose place it took; empty: none
  std::vector<KeyState> keys;            // by when they were added
  std::vector<EpochState> epochs;        // the latest first
  std::vector<ToldState> heartbeats;     // the latest first; none: it never told anything
  std::vector<ConflictState> conflicts;  // the latest first
  std::optional<PublishedState> config;  // nothing: none was published

  [[nodiscard]] std::int64_t events() const;
  [[nodiscard]] std::int64_t quarantined() const;
  /// Events that earlier lives signed for or told of and that cannot come any more, now that
  /// another one has begun. What that one holds of a damaged journal is on its way. device_lives.cc
  [[nodiscard]] core::Seq lost() const;
  /// In place of which damaged journal its present life began; nothing: of none. device_lives.cc
  [[nodiscard]] std::optional<SalvageState> salvaged() const;
  /// When the last new event came; nothing: never.
  [[nodiscard]] std::optional<std::int64_t> received_at() const;
  /// When it was heard of last, by events or a heartbeat; nothing: never.
  [[nodiscard]] std::optional<std::int64_t> last_sign() const;
};

/// The time now, and which time is working time.
struct WorkingClock {
  std::int64_t now_ms = 0;
  const core::WorkingCalendar& calendar;
  core::OpeningHours::Span hours;
};

/// A kiosk that gave no sign of life for so much working time is silent.
inline constexpr std::int64_t kSilentWorkingMs = std::int64_t{60} * 60'000;

/// One that never sent a heartbeat tells of itself only when somebody taps, so that a weekend alone
/// is no silence.
inline constexpr std::int64_t kSilentAfterMs = std::int64_t{3} * 86'400'000;

/// True for a kiosk that should tell of itself and does not.
bool is_silent(const DeviceState& device, const WorkingClock& clock);

/// Ratings of a unit: those whose day is not certain, of all that were ever counted.
struct UncertainRatings {
  std::int64_t uncertain = 0;
  std::int64_t all = 0;
};

class DeviceStates {
 public:
  explicit DeviceStates(Store& store) : store_(store) {}

  /// All devices by id, as of one moment.
  core::Result<std::vector<DeviceState>> read();

  /// Of each unit that has any, by its id.
  core::Result<std::map<std::string, UncertainRatings>> uncertain_ratings();

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
