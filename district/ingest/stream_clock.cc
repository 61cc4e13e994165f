#include "district/ingest/stream_clock.h"

#include <algorithm>

namespace hailong::district::ingest {
StreamClock::StreamClock(storage::Ledger::Transaction& ledger, std::int64_t stream)
    : ledger_(ledger),
      stream_(stream),
      past_(ledger.boots(stream), ledger.known_since(stream)),
      ahead_(past_),
      clocks_(past_.clocks()) {}

void StreamClock::look_ahead(const core::Event& event, std::int64_t received_ms) {
  ahead_.note(event, received_ms);
}

std::vector<StreamClock::Changed> StreamClock::settle() {
  const std::vector<core::BootClocks> before = std::move(clocks_);
  clocks_ = ahead_.clocks();
  const auto& boots = ahead_.boots();
  std::vector<Changed> changed;
  for (std::size_t i = 0; i < boots.size(); ++i) {
    const bool is_new = i >= before.size();
    if (is_new || boots[i] != past_.boots()[i]) ledger_.keep_boot(stream_, boots[i]);
    if (is_new) continue;
    const core::Boot& past = past_.boots()[i];
    const bool unsettled = boots[i].disputed && !past.disputed;
    const bool moves = (past.unsure > 0 || boots[i].disputed) && clocks_[i] != before[i];
    if (unsettled || moves) changed.push_back({past.first, past.last, unsettled});
  }
  return changed;
}

When StreamClock::next(const core::Event& event, std::int64_t received_ms) {
  const core::Noted noted = past_.note(event, received_ms);
  const auto boot = noted.settled_ms ? ahead_.boot_of(event.seq) : std::nullopt;
  if (boot && !ahead_.boots()[*boot].disputed) {
    return {*noted.settled_ms, true, true, *noted.settled_ms};
  }
  When when = again(event, received_ms);
  when.told_ms = told_time(event.stamp, noted.believed, received_ms);
  return when;
}

/// By what was believed so far.
std::int64_t StreamClock::told_time(const core::Stamp& stamp, bool believed,
                                    std::int64_t received_ms) const {
  if (believed) return std::min(stamp.wall_ms, received_ms);
  if (!core::is_sane(stamp)) return received_ms;
  const core::EventTime told =
      core::clocks_so_far(past_.boots().back()).at(stamp.mono_ms, stamp.wall_ms, received_ms);
  return told.error_ms() <= core::kSureWithinMs ? told.best_ms : received_ms;
}

When StreamClock::again(const core::Event& event, std::int64_t received_ms) const {
  const core::Stamp& stamp = event.stamp;
  const auto boot = core::is_sane(stamp) ? ahead_.boot_of(event.seq) : std::nullopt;
  const core::EventTime time =
      (boot ? clocks_[*boot] : core::BootClocks()).at(stamp.mono_ms, stamp.wall_ms, received_ms);
  const bool certain = time.is_day_certain();
  return {certain ? time.best_ms : time.latest_ms, certain, false, 0};
}

}  // namespace hailong::district::ingest
