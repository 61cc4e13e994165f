#include "core/clock_repair.h"

#include <algorithm>
#include <cstdlib>

namespace hailong::core {
namespace {

constexpr std::int64_t kFirstMoment = 0;
constexpr std::int64_t kLastMoment = 253'402'275'599'999;  // end of 9999-12-31 in Vietnam
constexpr std::int64_t kAnewAfterMs = 60 * 60'000;         // clocks do not drift apart before
constexpr std::int64_t kLongestBootMs = 1'000'000'000'000;

bool is_moment_of_clock(std::int64_t at_ms) {
  return at_ms >= kFirstMoment && at_ms <= kLastMoment;
}

bool is_of_boot(std::int64_t mono_ms) { return mono_ms >= 0 && mono_ms <= kLongestBootMs; }

/// Rounded up.
std::int64_t drift_ms(std::int64_t distance_ms) {
  constexpr std::int64_t kParts = 1'000'000 / kDriftPpm;
  return (std::abs(distance_ms) + kParts - 1) / kParts;
}

/// What a synchronised stamp tells of its boot.
BootTime told_by(const Stamp& stamp) {
  return {stamp.boot_id, stamp.wall_ms - stamp.mono_ms, kSyncedErrorMs, stamp.mono_ms,
          TimeSource::kNtp};
}

}  // namespace

bool is_sane(const Stamp& stamp) {
  return is_moment_of_clock(stamp.wall_ms) && is_of_boot(stamp.mono_ms);
}

bool is_sane(const BootTime& time) {
  return is_of_boot(time.learnt_ms) && is_of_boot(time.error_ms) &&
         time.began_ms >= -kLongestBootMs && time.began_ms <= kLastMoment &&
         is_moment_of_clock(time.began_ms + time.learnt_ms);
}

std::int64_t EventTime::error_ms() const {
  return std::max(best_ms - earliest_ms, latest_ms - best_ms);
}

bool EventTime::is_day_certain() const {
  return error_ms() <= kSureWithinMs || local_date(earliest_ms) == local_date(latest_ms);
}

void BootClock::learn(const BootTime& time) {
  const std::int64_t at_ms = time.began_ms + time.learnt_ms;
  not_before({time.learnt_ms, at_ms - time.error_ms});
  not_after({time.learnt_ms, at_ms + time.error_ms});
}

std::int64_t BootClock::earliest(std::int64_t mono_ms) const {
  std::int64_t earliest = kFirstMoment;
  for (const BootMoment& bound : lower_) {
    const std::int64_t away = mono_ms - bound.mono_ms;
    earliest = std::max(earliest, bound.at_ms + away - drift_ms(away));
  }
  return earliest;
}

std::int64_t BootClock::latest(std::int64_t mono_ms) const {
  std::int64_t latest = kLastMoment;
  for (const BootMoment& bound : upper_) {
    const std::int64_t away = mono_ms - bound.mono_ms;
    latest = std::min(latest, bound.at_ms + away + drift_ms(away));
  }
  return std::max(latest, kFirstMoment);
}

EventTime BootClock::at(std::int64_t mono_ms, std::int64_t wall_ms) const {
  EventTime time;
  time.latest_ms = latest(mono_ms);
  // What contradicts itself was at the latest moment that is possible.
  time.earliest_ms = std::min(earliest(mono_ms), time.latest_ms);
  const std::int64_t width = time.latest_ms - time.earliest_ms;
  time.best_ms = width <= 2 * kSureWithinMs ? time.earliest_ms + width / 2
                                            : std::clamp(wall_ms, time.earliest_ms, time.latest_ms);
  return time;
}

bool ClockHistory::note(const Event& event, std::optional<std::int64_t> received_ms) {
  if (!is_sane(event.stamp)) return false;
  Boot& boot = boot_for(event);
  if (received_ms) {
    const BootMoment arrival{event.stamp.mono_ms, *received_ms};
    const auto began = [](const BootMoment& moment) { return moment.at_ms - moment.mono_ms; };
    if (!boot.received || began(arrival) < began(*boot.received)) boot.received = arrival;
  }
  const bool believed =
      event.stamp.clock == ClockState::kSynced && believe(boot, told_by(event.stamp), received_ms);
  const auto* time = std::get_if<BootTime>(&event.body);
  if (time != nullptr && time->boot == boot.id && is_sane(*time)) {
    believe(boot, *time, received_ms);
  }
  if (!believed) ++boot.unsure;
  return believed;
}

Boot& ClockHistory::boot_for(const Event& event) {
  const Stamp& stamp = event.stamp;
  if (boots_.empty() || boots_.back().id != stamp.boot_id) {
    const std::int64_t floor_ms = boots_.empty() ? kFirstMoment : boots_.back().floor_ms;
    boots_.push_back({stamp.boot_id, event.seq, event.seq, stamp.mono_ms, stamp.mono_ms,
                      std::nullopt, std::nullopt, std::nullopt, floor_ms, 0});
  }
  Boot& boot = boots_.back();
  boot.last = event.seq;
  boot.first_mono = std::min(boot.first_mono, stamp.mono_ms);
  boot.last_mono = std::max(boot.last_mono, stamp.mono_ms);
  return boot;
}

bool ClockHistory::believe(Boot& boot, const BootTime& time,
                           std::optional<std::int64_t> received_ms) {
  const std::int64_t at_ms = time.began_ms + time.learnt_ms;
  if (received_ms && at_ms - time.error_ms > *received_ms) return false;
  if (at_ms + time.error_ms < boot.floor_ms) return false;
  boot.floor_ms = std::max(boot.floor_ms, at_ms - time.error_ms);
  if (!boot.learnt_first) boot.learnt_first = time;
  const bool tells_more = !boot.learnt_last || time.error_ms < boot.learnt_last->error_ms ||
                          time.learnt_ms - boot.learnt_last->learnt_ms >= kAnewAfterMs;
  if (tells_more) boot.learnt_last = time;
  return true;
}

std::vector<BootClock> ClockHistory::clocks() const {
  std::vector<BootClock> clocks(boots_.size());
  for (std::size_t i = 0; i < boots_.size(); ++i) {
    const Boot& boot = boots_[i];
    if (boot.learnt_first) clocks[i].learn(*boot.learnt_first);
    if (boot.learnt_last && boot.learnt_last != boot.learnt_first) {
      clocks[i].learn(*boot.learnt_last);
    }
    if (boot.received) clocks[i].not_after(*boot.received);
  }
  for (std::size_t i = 1; i < boots_.size(); ++i) {
    clocks[i].not_before({boots_[i].first_mono, clocks[i - 1].earliest(boots_[i - 1].last_mono)});
  }
  for (std::size_t i = boots_.size(); i-- > 1;) {
    clocks[i - 1].not_after({boots_[i - 1].last_mono, clocks[i].latest(boots_[i].first_mono)});
  }
  return clocks;
}

std::optional<std::size_t> ClockHistory::boot_of(Seq seq) const {
  const auto after = std::upper_bound(boots_.begin(), boots_.end(), seq,
                                      [](Seq s, const Boot& boot) { return s < boot.first; });
  if (after == boots_.begin() || std::prev(after)->last < seq) return std::nullopt;
  return static_cast<std::size_t>(std::prev(after) - boots_.begin());
}

EventTime stamped_time(const Stamp& stamp) {
  return {stamp.wall_ms, std::max(stamp.wall_ms - kSyncedErrorMs, kFirstMoment),
          std::min(stamp.wall_ms + kSyncedErrorMs, kLastMoment)};
}

EventTime not_after(EventTime time, std::int64_t received_ms) {
  time.latest_ms = std::min(time.latest_ms, received_ms);
  time.best_ms = std::min(time.best_ms, time.latest_ms);
  time.earliest_ms = std::min(time.earliest_ms, time.best_ms);
  return time;
}

std::vector<EventTime> event_times(std::span<const Event> events,
                                   std::span<const std::int64_t> received_ms) {
  const auto received = [&](std::size_t i) {
    return received_ms.empty() ? std::nullopt : std::optional(received_ms[i]);
  };
  ClockHistory history;
  std::vector<bool> believed;
  believed.reserve(events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    believed.push_back(history.note(events[i], received(i)));
  }
  const std::vector<BootClock> clocks = history.clocks();
  std::vector<EventTime> times;
  times.reserve(events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Stamp& stamp = events[i].stamp;
    const auto boot = history.boot_of(events[i].seq);
    EventTime time = believed[i] ? stamped_time(stamp)
                     : boot      ? clocks[*boot].at(stamp.mono_ms, stamp.wall_ms)
                                 : BootClock{}.at(0, stamp.wall_ms);
    times.push_back(received_ms.empty() ? time : not_after(time, received_ms[i]));
  }
  for (std::size_t i = 1; i < times.size(); ++i) {
    times[i].earliest_ms = std::max(times[i].earliest_ms, times[i - 1].earliest_ms);
  }
  for (std::size_t i = times.size(); i-- > 1;) {
    times[i - 1].latest_ms = std::min(times[i - 1].latest_ms, times[i].latest_ms);
  }
  std::int64_t before_ms = kFirstMoment;
  for (EventTime& time : times) {
    time.earliest_ms = std::min(time.earliest_ms, time.latest_ms);
    time.best_ms = std::clamp(std::max(time.best_ms, before_ms), time.earliest_ms, time.latest_ms);
    before_ms = time.best_ms;
  }
  return times;
}

}  // namespace hailong::core
