#include "district/ingest/stream_clock.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace hailong::district::ingest {
namespace {

using storage::KeptBoot;

constexpr std::size_t kBootsAtOnce = 4;

std::optional<std::int64_t> end_by(const core::BootClock& clock, const core::Boot& boot) {
  if (!clock.has_earliest()) return std::nullopt;
  return clock.earliest(boot.last_mono);
}

KeptBoot kept_of(const core::Boot& boot, const core::BootClocks& clocks) {
  return {boot, end_by(clocks.known, boot), end_by(clocks.believed, boot)};
}

/// Bounds what follows as the boot did that was kept so, and all before it.
core::Boot stand_in_for(const KeptBoot& kept) {
  core::Boot boot;
  boot.id = kept.boot.id;
  boot.first = kept.boot.first;
  boot.last = kept.boot.last;
  boot.first_mono = boot.last_mono = kept.boot.last_mono;
  if (kept.known_end) boot.known_floor = core::BootMoment{boot.last_mono, *kept.known_end};
  if (kept.believed_end) {
    boot.claimed.add(
        {boot.id, *kept.believed_end - boot.last_mono, 0, boot.last_mono, core::TimeSource::kNtp});
  }
  return boot;
}

}  // namespace

StreamClock::StreamClock(storage::Ledger::Transaction& ledger, std::int64_t stream)
    : ledger_(ledger), stream_(stream), since_ms_(ledger.known_since(stream)) {
  // What the district tells a boot disputes claims back to the last one that it told something.
  std::size_t more = kBootsAtOnce;
  for (look_back(more); stand_ins_ == 1 && !holds_told_boot(); look_back(more)) more *= 2;
}

bool StreamClock::holds_told_boot() const {
  return std::any_of(kept_.begin() + static_cast<std::ptrdiff_t>(stand_ins_),
                     std::prev(kept_.end()),
                     [](const KeptBoot& kept) { return kept.boot.told.first.has_value(); });
}

void StreamClock::look_back(std::size_t more) {
  // One more bounds those that are read; it was read before as a stand-in.
  const core::Seq before = kept_.size() > stand_ins_ ? kept_[stand_ins_].boot.first
                                                     : std::numeric_limits<core::Seq>::max();
  std::vector<KeptBoot> kept = ledger_.boots(stream_, before, more + 1);
  const std::size_t stand_ins = kept.size() > more ? 1 : 0;
  std::vector<core::Boot> earlier;
  earlier.reserve(kept.size());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    earlier.push_back(i < stand_ins ? stand_in_for(kept[i]) : kept[i].boot);
  }
  const auto with_earlier = [&](const core::ClockHistory& history) {
    std::vector<core::Boot> boots = earlier;
    const auto& known = history.boots();
    boots.insert(boots.end(), known.begin() + static_cast<std::ptrdiff_t>(stand_ins_), known.end());
    return core::ClockHistory(std::move(boots), since_ms_);
  };
  past_ = with_earlier(past_);
  ahead_ = with_earlier(ahead_);
  kept.insert(kept.end(), kept_.begin() + static_cast<std::ptrdiff_t>(stand_ins_), kept_.end());
  kept_ = std::move(kept);
  stand_ins_ = stand_ins;
}

bool StreamClock::reaches_back() const {
  if (stand_ins_ == 0) return false;
  const core::Boot& was = past_.boots()[stand_ins_];
  const core::Boot& is = ahead_.boots()[stand_ins_];
  const auto clocks_before = past_.clocks();
  const auto clocks_now = ahead_.clocks();
  const core::BootClocks& before = clocks_before[stand_ins_];
  const core::BootClocks& now = clocks_now[stand_ins_];
  return before.known.latest(was.first_mono) != now.known.latest(is.first_mono) ||
         before.believed.latest(was.first_mono) != now.believed.latest(is.first_mono);
}

void StreamClock::look_ahead(const core::Event& event, std::int64_t received_ms) {
  ahead_.note(event, received_ms);
}

std::vector<StreamClock::Changed> StreamClock::settle() {
  for (std::size_t more = kBootsAtOnce; reaches_back(); more *= 2) look_back(more);
  const std::vector<core::BootClocks> before = past_.clocks();
  clocks_ = ahead_.clocks();
  const auto& boots = ahead_.boots();
  std::vector<Changed> changed;
  for (std::size_t i = stand_ins_; i < boots.size(); ++i) {
    const bool is_new = i >= before.size();
    const KeptBoot kept = kept_of(boots[i], clocks_[i]);
    if (is_new || kept != kept_[i]) ledger_.keep_boot(stream_, kept);
    if (is_new) continue;
    const core::Boot& past = kept_[i].boot;
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
