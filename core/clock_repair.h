#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/event.h"

/// When the events of a device happened, in spite of its clock, which may say anything until
/// somebody sets it. What is sure is their order, the time that passes within a boot, what was
/// learnt of a boot's true time, and when the district had received them. From these every event
/// gets the earliest and the latest moment at which it can have happened. Moments are milliseconds
/// since 1970 UTC, `mono_ms` milliseconds since a boot. Pure; not thread-safe.

namespace hailong::core {

/// How far a boot's own clock and true time drift apart: what Linux assumes at most (MAXFREQ,
/// 500 parts per million, by which it lets the error of a clock that nobody corrects grow).
inline constexpr std::int64_t kDriftPpm = 500;

/// How far off a clock may be that Linux calls synchronised (NTP_PHASE_LIMIT).
inline constexpr std::int64_t kSyncedErrorMs = 16'000;

/// A time that is known within this counts on the day of its best guess, also around midnight.
inline constexpr std::int64_t kSureWithinMs = 30 * 60'000;

/// Whether a stamp, or what was learnt, can be worked with at all: moments of the years 1970 to
/// 9999, and a boot of 30 years at most.
bool is_sane(const Stamp& stamp);
bool is_sane(const BootTime& time);

/// When an event happened: `best_ms` lies between the other two.
struct EventTime {
  std::int64_t best_ms = 0;
  std::int64_t earliest_ms = 0;
  std::int64_t latest_ms = 0;

  /// How far off `best_ms` is at most.
  [[nodiscard]] std::int64_t error_ms() const;
  /// Whether the local day of `best_ms` is the day on which it happened.
  [[nodiscard]] bool is_day_certain() const;

  bool operator==(const EventTime&) const = default;
};

/// A point on the line of a boot.
struct BootMoment {
  std::int64_t mono_ms = 0;
  std::int64_t at_ms = 0;

  bool operator==(const BootMoment&) const = default;
};

/// Bounds of one boot's time, each held at a moment of it; away from there they drift.
class BootClock {
 public:
  void not_before(const BootMoment& moment) { lower_.push_back(moment); }
  void not_after(const BootMoment& moment) { upper_.push_back(moment); }
  void learn(const BootTime& time);

  [[nodiscard]] std::int64_t earliest(std::int64_t mono_ms) const;
  [[nodiscard]] std::int64_t latest(std::int64_t mono_ms) const;
  /// When it happened by this clock; `wall_ms`, as far as it is possible, where that is not narrow.
  [[nodiscard]] EventTime at(std::int64_t mono_ms, std::int64_t wall_ms) const;

  bool operator==(const BootClock&) const = default;

 private:
  std::vector<BootMoment> lower_;
  std::vector<BootMoment> upper_;
};

/// What the events of one boot tell of it.
struct Boot {
  std::string id;
  Seq first = 0;
  Seq last = 0;
  std::int64_t first_mono = 0;
  std::int64_t last_mono = 0;
  std::optional<BootTime> learnt_first;  // what was believed of its true time
  std::optional<BootTime> learnt_last;
  std::optional<BootMoment> received;  // what the arrivals of its events tell most narrowly
  std::int64_t floor_ms = 0;           // before its end, believed: it was not before this
  std::int64_t unsure = 0;             // events whose own stamp is not believed

  bool operator==(const Boot&) const = default;
};

/// The boots of one journal, in its order.
///
/// A synchronised stamp and a BootTime are believed unless they cannot be: when they are later than
/// the district received them, or earlier than what was believed before them. So whoever sets a
/// clock can neither rate ahead nor go back to a time that is over.
class ClockHistory {
 public:
  explicit ClockHistory(std::vector<Boot> boots = {}) : boots_(std::move(boots)) {}

  /// Takes the next event, which the district had by `received_ms`, if that is known. Says whether
  /// its stamp is believed: then it happened when it says.
  bool note(const Event& event, std::optional<std::int64_t> received_ms = std::nullopt);

  [[nodiscard]] const std::vector<Boot>& boots() const { return boots_; }
  /// The clock of each boot by all that is known; boots before and after bound each other.
  [[nodiscard]] std::vector<BootClock> clocks() const;
  /// Which boot event `seq` belongs to; nothing when none does.
  [[nodiscard]] std::optional<std::size_t> boot_of(Seq seq) const;

 private:
  Boot& boot_for(const Event& event);
  bool believe(Boot& boot, const BootTime& time, std::optional<std::int64_t> received_ms);

  std::vector<Boot> boots_;
};

/// When an event with a believed stamp happened.
EventTime stamped_time(const Stamp& stamp);

/// The time, no later than the event was received.
EventTime not_after(EventTime time, std::int64_t received_ms);

/// Of the events of one journal, in order, with when each was received: when they happened. Times
/// never run backwards. `received_ms` is empty, or has one for each event.
std::vector<EventTime> event_times(std::span<const Event> events,
                                   std::span<const std::int64_t> received_ms = {});

}  // namespace hailong::core
