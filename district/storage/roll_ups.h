#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/local_date.h"
#include "core/result.h"
#include "core/scoring.h"
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
};

struct RollUps {
  std::int64_t revision = 0;  // of the store when these were read
  std::vector<RollUp> rows;   // by unit, month, field, counter
};

/// Counts for /metrics.
struct Totals {
  std::int64_t devices = 0;
  std::int64_t streams = 0;
  std::int64_t events = 0;
  std::int64_t quarantined = 0;
  std::int64_t conflicts = 0;
};

class RollUpReader {
 public:
  explicit RollUpReader(Store& store) : store_(store) {}

  core::Result<RollUps> read(core::LocalDate from, core::LocalDate to, const Grouping& grouping);
  core::Result<std::int64_t> revision();
  core::Result<Totals> totals();

  /// When the last new events of each unit code's devices came.
  core::Result<std::map<std::string, std::int64_t>> last_received();

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
