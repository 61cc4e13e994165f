#pragma once

#include <cstdint>
#include <string_view>

#include "core/hex.h"
#include "core/ids.h"
#include "core/units.h"
#include "district/ingest/own_events.h"
#include "district/storage/ledger.h"

namespace hailong::district::ingest {

/// The stream of the district's own events, inside one transaction.
class OwnStream {
 public:
  OwnStream(storage::Ledger::Transaction& ledger, const core::UnitRegister& units)
      : ledger_(ledger), units_(units) {}

  /// What an answer from home commits to.
  struct Words {
    core::Bytes32 salt{};
    std::string_view text;
  };

  /// Appends the event and applies it. The words of an answer from home come with it; they lie in
  /// the rating's stream, under the event's number with a minus before it.
  void append(const OwnBody& body, std::int64_t now_ms, const Words* words = nullptr);

  /// Does what follows from an event that is stored; for the rebuild, after all events of kiosks.
  void apply(const OwnEvent& event);

 private:
  void take(const OwnEvent& event, const LaterAnswer& answer);
  void take(const OwnEvent& event, const OwnErasure& erasure);

  storage::Ledger::Transaction& ledger_;
  const core::UnitRegister& units_;
};

}  // namespace hailong::district::ingest
