#include <algorithm>
#include <iostream>

#include "district/admin/admin.h"
#include "district/clock.h"
#include "district/dossiers/intake.h"
#include "district/scoring/appraisal.h"
#include "district/scoring/recognitions.h"
#include "district/scoring/served.h"
#include "district/service.h"
#include "district/storage/audit.h"
#include "program/config.h"
#include "wire/key_file.h"

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

/// Prints every bad line.
core::Failure refused(const std::vector<scoring::LineFault>& faults, const std::string& file) {
  for (const scoring::LineFault& fault : faults) {
    std::cout << "line " << fault.line << ": " << fault.english << "\n";
  }
  return core::fail(scoring::first_fault(faults).value(), file);
}

void print_preview(const dossiers::Preview& preview) {
  std::cout << preview.dossiers << " dossiers, " << preview.known
            << " of them in the register already\n";
  for (const auto& [unit, count] : preview.units) std::cout << unit << ": " << count << "\n";
}

}  // namespace

core::Result<void> Admin::import_served(const std::string& file, bool dry_run) {
  const auto text = program::read_text_file(file);
  if (!text) return Failure(text.error());
  const std::int64_t now = now_ms();
  auto totals = scoring::parse_served(*text, config_.rules.units, config_.rules.fields,
                                      core::local_date(now));
  if (!totals.faults.empty()) return refused(totals.faults, file);
  if (dry_run) {
    std::cout << "would import " << totals.rows.size() << " rows\n";
    return {};
  }
  for (storage::ServedTotal& total : totals.rows) {
    total.who = storage::kOperator;
    total.at_ms = now;
  }
  auto added = storage::ProgrammeRecords(store_).add_served(totals.rows);
  if (added) std::cout << "imported " << totals.rows.size() << " rows\n";
  return added;
}

core::Result<void> Admin::import_dossiers(const std::string& file, bool dry_run) {
  const auto text = program::read_text_file(file);
  if (!text) return Failure(text.error());
  const auto key = wire::read_or_make_key(config_.data_dir / kDistrictKeyFile);
  if (!key) return Failure(key.error());
  dossiers::Intake intake(store_, config_.rules.units, config_.rules.fields, *key,
                          config_.dossier_keys);
  const storage::Author author{storage::kOperator, now_ms()};
  const auto preview = intake.preview(*text, author);
  if (!preview) return Failure(preview.error());
  if (!preview->faults.empty()) return refused(preview->faults, file);
  if (dry_run) {
    std::cout << "would import ";
    print_preview(*preview);
    return {};
  }
  const auto imported = intake.import(*text, author);
  if (!imported) return Failure(imported.error());
  std::cout << "imported ";
  print_preview(*imported);
  return {};
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
