#include <algorithm>
#include <iostream>

#include "district/admin/admin.h"
#include "district/clock.h"
#include "district/scoring/appraisal.h"
#include "district/scoring/recognitions.h"
#include "district/scoring/served.h"
#include "district/storage/audit.h"
#include "program/config.h"

/// What comes into the store from files.

namespace hailong::district::admin {
namespace {

using core::Failure;

/// A unit and year has one decision; later ones are for people to sort out.
core::Result<void> check_none_there(const storage::AppraisalHistory& history) {
  if (scoring::state_of(history).recognised == nullptr) return {};
  return core::fail(core::Fault::kConflict, history.front().unit_id + " has a decision for " +
                                                std::to_string(history.front().year) + " already");
}

}  // namespace

core::Result<void> Admin::import_served(const std::string& file) {
  const auto text = program::read_text_file(file);
  if (!text) return Failure(text.error());
  const std::int64_t now = now_ms();
  auto totals = scoring::parse_served(*text, config_.rules.units, config_.rules.fields,
                                      core::local_date(now));
  if (!totals) return core::fail(totals.error(), file);
  for (storage::ServedTotal& total : *totals) {
    total.who = storage::kOperator;
    total.at_ms = now;
  }
  auto added = storage::ProgrammeRecords(store_).add_served(*totals);
  if (added) std::cout << "imported " << totals->size() << " rows\n";
  return added;
}

core::Result<void> Admin::import_recognitions(const std::string& file) {
  const auto text = program::read_text_file(file);
  if (!text) return Failure(text.error());
  const std::int64_t now = now_ms();
  auto entries = scoring::parse_recognitions(*text, config_.rules.units, core::local_date(now));
  if (!entries) return core::fail(entries.error(), file);
  for (storage::AppraisalEntry& entry : *entries) {
    entry.who = storage::kOperator;
    entry.at_ms = now;
  }
  auto added = storage::Appraisals(store_).add_all(*entries, check_none_there);
  if (added) std::cout << "imported " << entries->size() << " decisions\n";
  return added;
}

}  // namespace hailong::district::admin
