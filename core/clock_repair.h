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
inline constexpr std::int64_t kSureWithinMs = 1'800'000;

/// Whether a stamp, or what was learnt, can be worked with at all: moments of the years 1970 to
/// 9999, and a boot of 30 years at most.
bool is_sane(const Stamp& stamp);
bool is_sane(const BootTime& time);

/// When an event happened: `best_ms` lies between `earliest_ms` and `latest_ms`, which lie between
/// the other two.
struct EventTime {
  std::int64_t best_ms = 0;
  std::int64_t earliest_ms = 0;  // by all that is believed, the kiosk's claims too
  std::int64_t latest_ms = 0;
  /// By what the district itself knows; no `known_from_ms`: it knows of no moment before.
  std::optional<std::int64_t> known_from_ms;
  std::int64_t known_to_ms = 0;

  /// How far off `best_ms` is at most, as far as the kiosk's claims are true.
  [[nodiscard]] std::int64_t error_ms() const;
  /// Whether the local day of `best_ms` is the day on which it happened. A kiosk's claim decides
  /// that only within one month: its clock alone neither opens nor closes a period.
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

  [[nodiscard]] bool has_earliest() const { return !lower_.empty(); }
  [[nodiscard]] std::int64_t earliest(std::int64_t mono_ms) const;
  [[nodiscard]] std::int64_t latest(std::int64_t mono_ms) const;
  /// Whether what `time` says can be.
  [[nodiscard]] bool allows(const BootTime& time) const;

  bool operator==(const BootClock&) const = default;

 private:
  std::vector<BootMoment> lower_;
  std::vector<BootMoment> upper_;
};

/// Of one boot what the district itself knows, and with it what else is believed.
struct BootClocks {
  BootClock known;
  BootClock believed;

  /// When it happened that was here by `received_ms`: as the kiosk's clock says, so far as that can
  /// be, where the bounds are not narrow.
  [[nodiscard]] EventTime at(std::int64_t mono_ms, std::int64_t wall_ms,
                             std::int64_t received_ms) const;

  bool operator==(const BootClocks&) const = default;
};

/// What was told of a boot's time, first and last.
struct BootWords {
  std::optional<BootTime> first;
  std::optional<BootTime> last;

  void add(const BootTime& time);

  bool operator==(const BootWords&) const = default;
};

/// What the events of one boot tell of it.
struct Boot {
  std::string id;
  Seq first = 0;
  Seq last = 0;
  std::int64_t first_mono = 0;
  std::int64_t last_mono = 0;
  BootWords told;         // by the district
  BootWords claimed;      // by the kiosk's own clock, and believed
  bool disputed = false;  // its claims contradict each other or the district: none is believed
  std::optional<BootMoment> received;     // what the arrivals of its events tell most narrowly
  std::optional<BootMoment> known_floor;  // what follows was not before, by the district's word
  std::optional<BootMoment> floor;        // the same, by claims too
  std::int64_t unsure = 0;                // events that their own stamp does not settle

  bool operator==(const Boot&) const = default;
};

/// What becomes of a synchronised stamp.
struct Noted {
  bool believed = false;
  /// When the event happened, where the stamp decides that, unless its boot is disputed later.
  std::optional<std::int64_t> settled_ms;

  bool operator==(const Noted&) const = default;
};

/// The boots of one journal, in its order.
///
/// What the district told a boot is known, and so is that nothing happened after it arrived. What a
/// synchronised stamp says is a claim, since anybody on its network can set a kiosk's clock. It is
/// not believed where it cannot be by what is known, or goes back behind what was believed before;
/// and of a boot whose claims contradict each other, or what becomes known later, none is. A claim
/// that is believed decides the day only where all that is known lies in one month; where the
/// district never told a time, only in the month of the latest moment that is possible.
class ClockHistory {
 public:
  /// Goes on behind these boots. Nothing of the journal happened before `since_ms`, which the
  /// district knows, if it does.
  explicit ClockHistory(std::vector<Boot> boots = {},
                        std::optional<std::int64_t> since_ms = std::nullopt)
      : boots_(std::move(boots)), since_ms_(since_ms) {}

  /// Takes the next event, which the district had by `received_ms`, if that is known.
  Noted note(const Event& event, std::optional<std::int64_t> received_ms = std::nullopt);

  [[nodiscard]] const std::vector<Boot>& boots() const { return boots_; }
  /// The clocks of each boot by all that is known; boots before and after bound each other.
  [[nodiscard]] std::vector<BootClocks> clocks() const;
  /// Which boot event `seq` belongs to; nothing when none does.
  [[nodiscard]] std::optional<std::size_t> boot_of(Seq seq) const;

 private:
  Boot& boot_for(const Event& event);

  std::vector<Boot> boots_;
  std::optional<std::int64_t> since_ms_;
};

/// The clocks of a boot by what was told up to its last event.
BootClocks clocks_so_far(const Boot& boot);

/// Of the events of one journal, in order, with when each was received: when they happened. Times
/// never run backwards. `received_ms` is empty, or has one for each event; `since_ms` as for
/// ClockHistory.
std::vector<EventTime> event_times(std::span<const Event> events,
                                   std::span<const std::int64_t> received_ms = {},
                                   std::optional<std::int64_t> since_ms = std::nullopt);

}  // namespace hailong::core
