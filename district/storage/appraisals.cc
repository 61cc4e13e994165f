#include "district/storage/appraisals.h"

#include <algorithm>
#include <array>

#include "district/storage/audit.h"
#include "district/storage/connection.h"

namespace hailong::district::storage {
namespace {

using sql::Connection;

constexpr std::array<std::string_view, 6> kStepWords = {"proposed",  "confirmed", "commented",
                                                        "appraised", "ranked",    "recognised"};

constexpr const char* kSelectEntries =
    "SELECT unit_id, year, step, level, points, words, decision, decided_on, rules, evidence, who, "
    "role, at FROM appraisal_step ";

std::string step_word(AppraisalStep step) {
  return std::string(kStepWords[static_cast<std::size_t>(step)]);
}

AppraisalStep appraisal_step_of(const std::string& word) {
  const auto* found = std::find(kStepWords.begin(), kStepWords.end(), word);
  return static_cast<AppraisalStep>(found - kStepWords.begin());
}

AppraisalEntry appraisal_entry(const sql::Row& row) {
  AppraisalEntry entry;
  entry.unit_id = row.text(0);
  entry.year = static_cast<int>(row.integer(1));
  entry.step = appraisal_step_of(row.text(2));
  if (const auto level = row.maybe_integer(3)) entry.level = static_cast<int>(*level);
  entry.points_x100 = row.maybe_integer(4);
  entry.words = row.text(5);
  entry.decision = row.text(6);
  if (const auto day = row.maybe_text(7)) entry.decided_on = core::parse_date(*day);
  entry.rules = row.text(8);
  entry.evidence = row.text(9);
  entry.who = row.text(10);
  entry.role = row.text(11);
  entry.at_ms = row.integer(12);
  return entry;
}

AppraisalHistory entries_of(const sql::Rows& rows) {
  AppraisalHistory entries;
  entries.reserve(rows.size());
  for (const sql::Row row : rows) entries.push_back(appraisal_entry(row));
  return entries;
}

AppraisalHistory history(Connection& c, const std::string& unit_id, int year) {
  return entries_of(c.query(
      std::string(kSelectEntries) + "WHERE unit_id = $1 AND year = $2 ORDER BY id", unit_id, year));
}

void insert(Connection& c, const AppraisalEntry& entry) {
  std::optional<std::string> day;
  if (entry.decided_on) day = core::to_string(*entry.decided_on);
  c.execute(
      "INSERT INTO appraisal_step (unit_id, year, step, level, points, words, decision, "
      "decided_on, "
      "rules, evidence, who, role, at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
      entry.unit_id, entry.year, step_word(entry.step), entry.level, entry.points_x100, entry.words,
      entry.decision, day, entry.rules, entry.evidence, entry.who, entry.role, entry.at_ms);
  add_audit(c, {entry.at_ms, entry.who, "appraisal-" + step_word(entry.step), entry.unit_id,
                "Năm " + std::to_string(entry.year)});
}

}  // namespace

core::Result<void> Appraisals::add(const AppraisalEntry& entry, const Check& check) {
  return add_all({entry}, check);
}

core::Result<void> Appraisals::add_all(const std::vector<AppraisalEntry>& entries,
                                       const Check& check) {
  return writing(store_, "recording an appraisal", [&](Connection& c) -> core::Result<void> {
    for (const AppraisalEntry& entry : entries) {
      if (auto good = check(history(c, entry.unit_id, entry.year)); !good) return good;
      insert(c, entry);
    }
    return {};
  });
}

core::Result<AppraisalHistory> Appraisals::of_unit(const std::string& unit_id, int year) {
  return reading(
      store_, "reading an appraisal",
      [&](Connection& c) -> core::Result<AppraisalHistory> { return history(c, unit_id, year); });
}

core::Result<AppraisalHistory> Appraisals::of_year(int year) {
  return reading(
      store_, "reading appraisals", [&](Connection& c) -> core::Result<AppraisalHistory> {
        return entries_of(
            c.query(std::string(kSelectEntries) + "WHERE year = $1 ORDER BY unit_id, id", year));
      });
}

}  // namespace hailong::district::storage
