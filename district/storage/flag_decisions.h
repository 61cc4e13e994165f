#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/local_date.h"
#include "core/result.h"
#include "district/storage/store.h"

namespace hailong::district::storage {

/// What somebody outside the rated unit decided about flagged ratings of the unit. They are counted
/// until a decision leaves them out, and again after one that takes it back: of all decisions that
/// name a unit, a day and a reason, the last one holds. Nothing is ever deleted, and a rating that
/// arrives after the decision is treated as if it had been there.
struct FlagDecision {
  std::int64_t id = 0;
  std::string unit_id;  // as it was on those days: "10750@2025-07-01"
  core::LocalDate from;
  core::LocalDate to;
  std::vector<std::string> reasons;  // flags: "burst" …
  bool leaves_out = true;            // false: counts them again
  std::string why;
  std::string who;
  std::int64_t at_ms = 0;
};

/// Reading them. Deciding is ingest::FlagDecider's. Any thread.
class FlagDecisions {
 public:
  explicit FlagDecisions(Store& store) : store_(store) {}

  /// The last one first.
  core::Result<std::vector<FlagDecision>> list();

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
