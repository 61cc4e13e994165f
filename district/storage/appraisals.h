#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/local_date.h"
#include "core/result.h"
#include "district/storage/store.h"

/// The year's appraisal of each unit, step by step. Steps are added, never changed. Any thread.

namespace hailong::district::storage {

enum class AppraisalStep {
  kProposed,   // the program, from the figures
  kConfirmed,  // the commune agrees (tự chấm)
  kCommented,  // the commune does not, or has something to say
  kAppraised,  // the authority (thẩm định)
  kRanked,     // the authority (xếp loại)
  kRecognised  // the authority enters the decision (công nhận)
};

struct AppraisalEntry {
  std::string unit_id;
  int year = 0;
  AppraisalStep step = AppraisalStep::kProposed;
  std::optional<int> level;  // 0 to 4
  std::optional<std::int64_t> points_x100;
  std::string words;     // explanation, comment or reason
  std::string decision;  // number of the decision of recognition
  std::optional<core::LocalDate> decided_on;
  std::string rules;     // of a proposal: Programme::text() as it stood
  std::string evidence;  // of a proposal: scoring::evidence_text() as it stood
  std::string who;
  std::string role;
  std::int64_t at_ms = 0;
};

using AppraisalHistory = std::vector<AppraisalEntry>;  // in the order in which they were added

class Appraisals {
 public:
  explicit Appraisals(Store& store) : store_(store) {}

  /// Adds the entry if `check` agrees with the history of its unit and year, both in one
  /// transaction with the audit entry. Errors: those of `check`, and the store's.
  using Check = std::function<core::Result<void>(const AppraisalHistory&)>;
  core::Result<void> add(const AppraisalEntry& entry, const Check& check);

  /// All entries or none, as add() does.
  core::Result<void> add_all(const std::vector<AppraisalEntry>& entries, const Check& check);

  core::Result<AppraisalHistory> of_unit(const std::string& unit_id, int year);
  /// By unit.
  core::Result<AppraisalHistory> of_year(int year);

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
