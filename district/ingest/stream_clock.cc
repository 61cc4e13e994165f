#include "district/ingest/stream_clock.h"

#include <algorithm>

namespace hailong::district::ingest {
namespace {

/// By what was believed so far; `stamp` is of the boot's last event.
core::EventTime told_by(const core::Boot& boot, const core::Stamp& stamp) {
  core::BootClock clock;
  clock.not_before({stamp.mono_ms, boot.floor_ms});
  if (boot.learnt_last) clock.learn(*boot.learnt_last);
  if (boot.received) clock.not_after(*boot.received);
  return clock.at(stamp.mono_ms, stamp.wall_ms);
}

}  // namespace

StreamClock::StreamClock(storage::Ledger::Transaction& ledger, std::int64_t stream)
    : ledger_(ledger),
      stream_(stream),
      past_(ledger.boots(stream)),
      ahead_(past_),
      clocks_(past_.clocks()) {}

void StreamClock::look_ahead(const core::Event& event, std::int64_t received_ms) {
  ahead_.note(event, received_ms);
}

std::vector<StreamClock::Changed> StreamClock::settle() {
  const std::vector<core::BootClock> before = std::move(clocks_);
  clocks_ = ahead_.clocks();
  const auto& boots = ahead_.boots();
  std::vector<Changed> changed;
  for (std::size_t i = 0; i < boots.size(); ++i) {
    const bool is_new = i >= before.size();
    if (is_new || boots[i] != past_.boots()[i]) ledger_.keep_boot(stream_, boots[i]);
    if (is_new || past_.boots()[i].unsure == 0 || clocks_[i] == before[i]) continue;
    changed.push_back({past_.boots()[i].first, past_.boots()[i].last});
  }
  return changed;
}

When StreamClock::next(const core::Event& event, std::int64_t received_ms) {
  const bool believed = past_.note(event, received_ms);
  if (believed) {
    // It may be a little ahead of the district's, but not by a day.
    const bool is_ahead = core::local_date(received_ms) < core::local_date(event.stamp.wall_ms);
    const std::int64_t at_ms = is_ahead ? received_ms : event.stamp.wall_ms;
    return {at_ms, true, true, at_ms};
  }
  When when = again(event, received_ms);
  when.told_ms = received_ms;
  if (core::is_sane(event.stamp)) {
    const core::EventTime told = told_by(past_.boots().back(), event.stamp);
    if (told.error_ms() <= core::kSureWithinMs) when.told_ms = std::min(told.best_ms, received_ms);
  }
  return when;
}

When StreamClock::again(const core::Event& event, std::int64_t received_ms) const {
  const core::Stamp& stamp = event.stamp;
  const auto boot = core::is_sane(stamp) ? ahead_.boot_of(event.seq) : std::nullopt;
  const core::EventTime time = core::not_after(
      boot ? clocks_[*boot].at(stamp.mono_ms, stamp.wall_ms) : core::BootClock{}.at(0, 0),
      received_ms);
  const bool certain = time.is_day_certain();
  return {certain ? time.best_ms : time.latest_ms, certain, false, 0};
}

}  // namespace hailong::district::ingest
