#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "district/storage/places.h"
#include "district/storage/store.h"

/// How the kiosks are: what each sent, when, and what of it was odd. Any thread.

namespace hailong::district::storage {

struct KeyState {
  std::string public_key;  // hex
  std::int64_t added_at = 0;
  std::optional<std::int64_t> revoked_at;
};

/// One life of a kiosk's card.
struct EpochState {
  std::string epoch;
  core::Seq first = 1;           // number of its first event
  core::Seq last = 0;            // of the last one that is stored
  core::Seq told = 0;            // the highest number that the kiosk ever signed for in it
  core::Seq known_before = 0;    // highest number that was known of the kiosk when it began
  std::int64_t first_seen = 0;   // by the receiver's clock
  std::int64_t received_at = 0;  // when its last new event came
  std::optional<std::int64_t> last_event_at;        // by the kiosk's clock; nothing: not readable
  bool clock_synced = false;                        // whether the kiosk trusted its clock then
  std::map<std::string, std::int64_t> quarantined;  // events by reason
  std::string bundle{};  // configuration bundle of its last rating; empty: none

  [[nodiscard]] std::int64_t events() const { return last - first + 1; }
  /// Whether it used numbers again that stood for other events before.
  [[nodiscard]] bool renumbers() const { return first <= known_before; }
};

/// The configuration bundle in force for a kiosk.
struct PublishedState {
  std::string id;
  std::int64_t published_at = 0;
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
  std::vector<ConflictState> conflicts;  // the latest first
  std::optional<PublishedState> config;  // nothing: none was published

  [[nodiscard]] std::int64_t events() const;
  [[nodiscard]] std::int64_t quarantined() const;
  /// Events that earlier epochs signed for and that never came, now that another one has begun.
  [[nodiscard]] std::int64_t lost() const;
  /// When the last new event came; nothing: never.
  [[nodiscard]] std::optional<std::int64_t> received_at() const;
};

class DeviceStates {
 public:
  explicit DeviceStates(Store& store) : store_(store) {}

  /// All devices by id, as of one moment.
  core::Result<std::vector<DeviceState>> read();

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
