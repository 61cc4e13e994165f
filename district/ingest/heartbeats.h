#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "district/ingest/receiver.h"
#include "district/storage/ledger.h"
#include "wire/heartbeat.h"

namespace hailong::district::ingest {

/// What a heartbeat came to.
struct TakenHeartbeat {
  wire::Heartbeat told;
  std::string contradiction;  // what it says against what is known; empty: nothing
  bool new_epoch = false;     // the first sign of life of this epoch
};

using HeartbeatOutcome = std::variant<TakenHeartbeat, Refused>;

/// Takes heartbeats in: keeps what each kiosk told last, and holds its signed chain head against
/// all that it was seen to have. A journal that ends before an event that was there when the
/// heartbeat was made was rolled back or cut; one with another hash under a number was made anew.
/// Both are kept as conflicts, with the signed text as evidence. An old heartbeat that came late,
/// or was played again, accuses nobody: it was made before the event.
///
/// Any thread; lives no longer than the store.
class Heartbeats {
 public:
  explicit Heartbeats(storage::Store& store) : ledger_(store) {}

  /// Takes what was sent to `addressed`. Errors: the store's.
  core::Result<HeartbeatOutcome> take(const core::DeviceId& addressed, std::string_view body,
                                      std::int64_t now_ms);

 private:
  storage::Ledger ledger_;
};

}  // namespace hailong::district::ingest
