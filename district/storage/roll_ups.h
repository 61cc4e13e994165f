#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/local_date.h"
#include "core/result.h"
#include "core/scoring.h"
#include "district/storage/places.h"
#include "district/storage/store.h"

/// What the roll-ups say. Never looks at single ratings. Any thread.

namespace hailong::district::storage {

/// By what the ratings of a range of days are told apart, beside their unit.
struct Grouping {
  bool by_month = false;
  bool by_field = false;
  bool by_counter = false;

  bool operator==(const Grouping&) const = default;
};

struct RollUp {
  std::string unit_id;
  std::string month;  // "YYYY-MM"; empty when not grouped by it, likewise below
  std::string field_id;
  std::string counter_id;
  core::Counts counts;
  std::int64_t flagged = 0;
  std::int64_t left_out = 0;  // of the flagged: superseded ones, which `counts` does not hold
  std::map<std::string, std::int64_t> reasons;  // flagged ratings by reason
  core::Counts excluded;    // of `counts`: what decisions on flagged ratings leave out
  std::int64_t linked = 0;  // of `counts`: about a known dossier, each of which counts once
  std::int64_t later = 0;   // of `counts`: given from home
  /// Beside `counts`: ratings of a day that is not certain, whatever the range. 0 by month.
  std::int64_t uncertain_day = 0;
};

struct RollUps {
  std::int64_t revision = 0;  // of the store when these were read
  std::vector<RollUp> rows;   // by unit, month, field, counter
};

/// Counted ratings of a unit by the local hour in which they were given, over a range of days.
struct HourRow {
  std::string unit_id;
  int hour = 0;
  core::Counts counts;
};

/// How many counted ratings of a unit answered a question so, over a range of days.
struct AnswerRow {
  std::string unit_id;
  std::string question;
  std::string choice;
  std::int64_t n = 0;
};

/// Counts for /metrics.
struct Totals {
  std::int64_t devices = 0;
  std::int64_t streams = 0;
  std::int64_t events = 0;
  std::int64_t quarantined = 0;
  std::int64_t conflicts = 0;
};

/// When a device's last new events came, and where it stood when (at least one place).
struct LastArrival {
  std::vector<DevicePlace> places;
  std::int64_t at_ms = 0;
};

/// What of the figures somebody sees.
enum class Shown : std::uint8_t {
  kAll,
  kInFives  // what comes late for months that are over only together (kShownTogether); no number
            // of ratings whose day is not certain
};

class RollUpReader {
 public:
  explicit RollUpReader(Store& store, Shown shown = Shown::kAll) : store_(store), shown_(shown) {}

  /// Of the units named, or of all when none is; both days included. Whole months come from the
  /// months' roll-up, unless counters are told apart.
  core::Result<RollUps> read(core::LocalDate from, core::LocalDate to, const Grouping& grouping,
                             const std::vector<std::string>& unit_ids = {});
  /// By unit and hour; likewise.
  core::Result<std::vector<HourRow>> hours(core::LocalDate from, core::LocalDate to,
                                           const std::vector<std::string>& unit_ids = {});
  /// By unit, question and choice; likewise.
  core::Result<std::vector<AnswerRow>> answers(core::LocalDate from, core::LocalDate to,
                                               const std::vector<std::string>& unit_ids = {});
  core::Result<std::int64_t> revision();

  /// For what else stands in the same store.
  [[nodiscard]] Store& store() const { return store_; }
  [[nodiscard]] Shown shown() const { return shown_; }
  [[nodiscard]] RollUpReader seen(Shown shown) const { return RollUpReader(store_, shown); }
  core::Result<Totals> totals();

  /// Of each device that ever sent anything.
  core::Result<std::vector<LastArrival>> last_received();

 private:
  Store& store_;
  Shown shown_;
};

}  // namespace hailong::district::storage
