#pragma once

#include <cstdint>
#include <vector>

#include "core/clock_repair.h"
#include "district/storage/ledger.h"

/// When the events of one stream happened, by all that its events and their arrivals tell.
///
/// A rating has the time that is known once everything that arrived was looked at, and gets another
/// one when more becomes known. What else happened keeps the time that was known when it came, in
/// the stream's own order, so that neither depends on how the events were batched.

namespace hailong::district::ingest {

struct When {
  std::int64_t at_ms = 0;  // while the day is not certain: the latest that is possible
  bool day_is_certain = true;
  bool stamped = true;       // settled by its own stamp
  std::int64_t told_ms = 0;  // as it was known when the event came
};

/// Looks at the last boots alone, back to one that the district told the time, and further as far
/// as what comes changes what is known there. Lives no longer than the ledger's transaction.
class StreamClock {
 public:
  /// Goes on where the stream's last events ended.
  StreamClock(storage::Ledger::Transaction& ledger, std::int64_t stream);

  /// First all events that are to come are shown to it, in order.
  void look_ahead(const core::Event& event, std::int64_t received_ms);
  /// Then it keeps what it knows, and tells of which earlier boots that changed the time.
  struct Changed {
    core::Seq first = 0;
    core::Seq last = 0;
    bool unsettled = false;  // also what its own stamp had settled
  };
  std::vector<Changed> settle();
  /// Then the same events once more, each with its time.
  When next(const core::Event& event, std::int64_t received_ms);

  /// Of an event that came before and that its own stamp does not settle.
  [[nodiscard]] When again(const core::Event& event, std::int64_t received_ms) const;

  /// How many boots it had to read.
  [[nodiscard]] std::size_t boots_read() const { return kept_.size(); }

 private:
  /// Whether the district told something to a boot before the last one.
  [[nodiscard]] bool holds_told_boot() const;
  /// Reads so many boots more, before those that are there.
  void look_back(std::size_t more);
  /// Whether what came changes something for boots that were not read.
  [[nodiscard]] bool reaches_back() const;
  [[nodiscard]] std::int64_t told_time(const core::Stamp& stamp, bool believed,
                                       std::int64_t received_ms) const;

  storage::Ledger::Transaction& ledger_;
  std::int64_t stream_;
  std::optional<std::int64_t> since_ms_;  // nothing happened before, as far as that is known
  std::vector<storage::KeptBoot> kept_;   // as they were stored
  std::size_t stand_ins_ = 0;             // 1: the first of them bounds the others, no more
  core::ClockHistory past_;               // up to the event that next() gave last
  core::ClockHistory ahead_;              // with all that were shown
  std::vector<core::BootClocks> clocks_;  // by that
};

}  // namespace hailong::district::ingest
