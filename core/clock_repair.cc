#include "core/clock_repair.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "core/local_date.h"

namespace hailong::core {
namespace {

constexpr std::int64_t kFirstMoment = 0;
constexpr std::int64_t kLastMoment = 253'402'275'599'999;  // end of 9999-12-31 in Vietnam
constexpr std::int64_t kAnewAfterMs = 3'600'000;           // clocks do not drift apart before
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

std::int64_t moment_of(const BootTime& time) { return time.began_ms + time.learnt_ms; }

bool is_narrow(std::int64_t from_ms, std::int64_t to_ms) {
  return to_ms - from_ms <= 2 * kSureWithinMs;
}

bool is_one_month(std::int64_t a_ms, std::int64_t b_ms) {
  const LocalDate a = local_date(a_ms);
  const LocalDate b = local_date(b_ms);
  return a.year() == b.year() && a.month() == b.month();
}

void learn(BootClock& clock, const BootWords& words) {
  if (words.first) clock.learn(*words.first);
  if (words.last && words.last != words.first) clock.learn(*words.last);
}

bool allows(const BootClock& clock, const BootWords& words) {
  return (!words.first || clock.allows(*words.first)) && (!words.last || clock.allows(*words.last));
}

/// The later of both, where `time` was told.
void raise(std::optional<BootMoment>& floor, const BootTime& time) {
  const BootMoment moment{time.learnt_ms, moment_of(time) - time.error_ms};
  BootClock before;
  if (floor) before.not_before(*floor);
  if (before.earliest(moment.mono_ms) < moment.at_ms) floor = moment;
}

/// By the district's words and the arrivals.
BootClock known_of(const Boot& boot) {
  BootClock clock;
  learn(clock, boot.told);
  if (boot.received) clock.not_after(*boot.received);
  if (boot.known_floor) clock.not_before(*boot.known_floor);
  return clock;
}

bool take_word(Boot& boot, const BootTime& time) {
  if (!known_of(boot).allows(time)) return false;
  boot.told.add(time);
  raise(boot.known_floor, time);
  BootClock before;
  if (boot.floor) before.not_before(*boot.floor);
  if (!before.allows(time)) boot.floor = boot.known_floor;
  raise(boot.floor, time);
  return true;
}

/// The claims of the last boot, and of those before it that nobody told a time, against its word.
void dispute(std::vector<Boot>& boots) {
  BootClock known = known_of(boots.back());
  for (std::size_t i = boots.size(); i-- > 0;) {
    Boot& boot = boots[i];
    if (i + 1 < boots.size()) {
      if (boot.told.first) return;
      const BootMoment end{boot.last_mono, known.latest(boots[i + 1].first_mono)};
      known = known_of(boot);
      known.not_after(end);
    }
    boot.disputed = boot.disputed || !allows(known, boot.claimed);
  }
}

bool believe(Boot& boot, const BootTime& claim) {
  if (boot.disputed) return false;
  BootClock before = known_of(boot);
  if (boot.floor) before.not_before(*boot.floor);
  if (!before.allows(claim)) return false;
  BootClock claimed;
  learn(claimed, boot.claimed);
  boot.disputed = !boot.told.first && !claimed.allows(claim);
  if (boot.disputed) return false;
  boot.claimed.add(claim);
  raise(boot.floor, claim);
  return true;
}

/// When it happened, where a stamp that is believed decides that.
std::optional<std::int64_t> settle(const Boot& boot, const Stamp& stamp, std::int64_t received_ms) {
  const BootClock known = known_of(boot);
  const std::int64_t to_ms = std::min(known.latest(stamp.mono_ms), received_ms);
  const std::int64_t from_ms = std::min(known.earliest(stamp.mono_ms), to_ms);
  const bool decides =
      !known.has_earliest() || is_narrow(from_ms, to_ms) || is_one_month(from_ms, to_ms);
  if (!decides) return std::nullopt;
  return std::clamp(stamp.wall_ms, from_ms, to_ms);
}

/// Each boot began after the one before had ended.
void bound_each_other(const std::vector<Boot>& boots, std::vector<BootClocks>& clocks,
                      BootClock BootClocks::*which) {
  for (std::size_t i = 1; i < boots.size(); ++i) {
    const BootClock& before = clocks[i - 1].*which;
    if (!before.has_earliest()) continue;
    (clocks[i].*which).not_before({boots[i].first_mono, before.earliest(boots[i - 1].last_mono)});
  }
  for (std::size_t i = boots.size(); i-- > 1;) {
    (clocks[i - 1].*which)
        .not_after({boots[i - 1].last_mono, (clocks[i].*which).latest(boots[i].first_mono)});
  }
}

}  // namespace

bool is_sane(const Stamp& stamp) {
  return is_moment_of_clock(stamp.wall_ms) && is_of_boot(stamp.mono_ms);
}

bool is_sane(const BootTime& time) {
  return is_of_boot(time.learnt_ms) && is_of_boot(time.error_ms) &&
         time.began_ms >= -kLongestBootMs && time.began_ms <= kLastMoment &&
         is_moment_of_clock(moment_of(time));
}

std::int64_t EventTime::error_ms() const {
  return std::max(best_ms - earliest_ms, latest_ms - best_ms);
}

bool EventTime::is_day_certain() const {
  if (error_ms() > kSureWithinMs && local_date(earliest_ms) != local_date(latest_ms)) return false;
  return !known_from_ms || is_narrow(*known_from_ms, known_to_ms) ||
         is_one_month(*known_from_ms, known_to_ms);
}

void BootClock::learn(const BootTime& time) {
  not_before({time.learnt_ms, moment_of(time) - time.error_ms});
  not_after({time.learnt_ms, moment_of(time) + time.error_ms});
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

bool BootClock::allows(const BootTime& time) const {
  return moment_of(time) + time.error_ms >= earliest(time.learnt_ms) &&
         moment_of(time) - time.error_ms <= latest(time.learnt_ms);
}

EventTime BootClocks::at(std::int64_t mono_ms, std::int64_t wall_ms,
                         std::int64_t received_ms) const {
  EventTime time;
  time.known_to_ms = std::min(known.latest(mono_ms), received_ms);
  std::int64_t from_ms = known.earliest(mono_ms);
  if (from_ms > time.known_to_ms) from_ms = kFirstMoment;  // what contradicts itself tells nothing
  if (known.has_earliest()) time.known_from_ms = from_ms;
  time.latest_ms = std::min(believed.latest(mono_ms), time.known_to_ms);
  time.earliest_ms = believed.earliest(mono_ms);
  if (is_narrow(from_ms, time.known_to_ms) || time.earliest_ms > time.latest_ms) {
    time.earliest_ms = from_ms;
    time.latest_ms = time.known_to_ms;
  }
  time.best_ms = is_narrow(time.earliest_ms, time.latest_ms)
                     ? time.earliest_ms + (time.latest_ms - time.earliest_ms) / 2
                     : std::clamp(wall_ms, time.earliest_ms, time.latest_ms);
  return time;
}

void BootWords::add(const BootTime& time) {
  if (!first) first = time;
  const bool tells_more =
      !last || time.error_ms < last->error_ms || time.learnt_ms - last->learnt_ms >= kAnewAfterMs;
  if (tells_more) last = time;
}

Noted ClockHistory::note(const Event& event, std::optional<std::int64_t> received_ms) {
  const Stamp& stamp = event.stamp;
  if (!is_sane(stamp)) return {};
  Boot& boot = boot_for(event);
  if (received_ms) {
    const BootMoment arrival{stamp.mono_ms, *received_ms};
    const auto began = [](const BootMoment& moment) { return moment.at_ms - moment.mono_ms; };
    if (!boot.received || began(arrival) < began(*boot.received)) boot.received = arrival;
  }
  const auto* word = std::get_if<BootTime>(&event.body);
  const bool is_word = word != nullptr && word->boot == boot.id && is_sane(*word);
  const bool is_districts = is_word && word->by == TimeSource::kDistrict;
  if (is_districts && take_word(boot, *word)) dispute(boots_);
  Noted noted;
  if (stamp.clock == ClockState::kSynced) noted.believed = believe(boot, told_by(stamp));
  if (is_word && word->by == TimeSource::kNtp) believe(boot, *word);
  if (noted.believed) noted.settled_ms = settle(boot, stamp, received_ms.value_or(kLastMoment));
  if (!noted.settled_ms) ++boot.unsure;
  return noted;
}

Boot& ClockHistory::boot_for(const Event& event) {
  const Stamp& stamp = event.stamp;
  if (boots_.empty() || boots_.back().id != stamp.boot_id) {
    Boot boot;
    boot.id = stamp.boot_id;
    boot.first = event.seq;
    boot.first_mono = stamp.mono_ms;
    if (boots_.empty() && since_ms_) {
      boot.known_floor = boot.floor = BootMoment{stamp.mono_ms, *since_ms_};
    } else if (!boots_.empty()) {
      const Boot& before = boots_.back();
      const auto carried = [&](const std::optional<BootMoment>& floor) {
        if (!floor) return floor;
        BootClock clock;
        clock.not_before(*floor);
        return std::optional(BootMoment{stamp.mono_ms, clock.earliest(before.last_mono)});
      };
      boot.known_floor = carried(before.known_floor);
      boot.floor = carried(before.floor);
    }
    boots_.push_back(std::move(boot));
  }
  Boot& boot = boots_.back();
  boot.last = event.seq;
  boot.first_mono = std::min(boot.first_mono, stamp.mono_ms);
  boot.last_mono = std::max(boot.last_mono, stamp.mono_ms);
  return boot;
}

std::vector<BootClocks> ClockHistory::clocks() const {
  std::vector<BootClocks> clocks;
  clocks.reserve(boots_.size());
  for (const Boot& boot : boots_) clocks.push_back({known_of(boot), {}});
  bound_each_other(boots_, clocks, &BootClocks::known);
  for (std::size_t i = 0; i < boots_.size(); ++i) {
    const Boot& boot = boots_[i];
    clocks[i].believed = clocks[i].known;
    const bool can_be = !boot.disputed && allows(clocks[i].known, boot.claimed);
    if (can_be) learn(clocks[i].believed, boot.claimed);
  }
  bound_each_other(boots_, clocks, &BootClocks::believed);
  return clocks;
}

std::optional<std::size_t> ClockHistory::boot_of(Seq seq) const {
  const auto after = std::upper_bound(boots_.begin(), boots_.end(), seq,
                                      [](Seq s, const Boot& boot) { return s < boot.first; });
  if (after == boots_.begin() || std::prev(after)->last < seq) return std::nullopt;
  return static_cast<std::size_t>(std::prev(after) - boots_.begin());
}

BootClocks clocks_so_far(const Boot& boot) {
  BootClocks clocks{known_of(boot), known_of(boot)};
  if (!boot.disputed) learn(clocks.believed, boot.claimed);
  if (boot.floor) clocks.believed.not_before(*boot.floor);
  return clocks;
}

std::vector<EventTime> event_times(std::span<const Event> events,
                                   std::span<const std::int64_t> received_ms,
                                   std::optional<std::int64_t> since_ms) {
  const auto received = [&](std::size_t i) {
    return received_ms.empty() ? std::nullopt : std::optional(received_ms[i]);
  };
  ClockHistory history({}, since_ms);
  for (std::size_t i = 0; i < events.size(); ++i) history.note(events[i], received(i));
  const std::vector<BootClocks> clocks = history.clocks();
  std::vector<EventTime> times;
  times.reserve(events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Stamp& stamp = events[i].stamp;
    const auto boot = is_sane(stamp) ? history.boot_of(events[i].seq) : std::nullopt;
    times.push_back((boot ? clocks[*boot] : BootClocks())
                        .at(stamp.mono_ms, stamp.wall_ms, received(i).value_or(kLastMoment)));
  }
  for (std::size_t i = times.size(); i-- > 1;) {
    times[i - 1].latest_ms = std::min(times[i - 1].latest_ms, times[i].latest_ms);
    times[i - 1].known_to_ms = std::min(times[i - 1].known_to_ms, times[i].known_to_ms);
  }
  EventTime before;
  for (EventTime& time : times) {
    time.known_from_ms = std::max(time.known_from_ms, before.known_from_ms);
    time.earliest_ms = std::max(time.earliest_ms, before.earliest_ms);
    if (time.earliest_ms > time.latest_ms) {
      time.earliest_ms = time.known_from_ms.value_or(kFirstMoment);
    }
    time.earliest_ms = std::min(time.earliest_ms, time.latest_ms);
    time.best_ms =
        std::clamp(std::max(time.best_ms, before.best_ms), time.earliest_ms, time.latest_ms);
    before = time;
  }
  return times;
}

}  // namespace hailong::core
