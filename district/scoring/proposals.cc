#include "district/scoring/proposals.h"

#include <algorithm>

#include "district/scoring/appraisal.h"

namespace hailong::district::scoring {
namespace {

std::string frozen(const Programme& programme) {
  std::string text = programme.text();
  if (programme.confirmation) {
    std::string document = programme.confirmation->document;
    std::replace(document.begin(), document.end(), '\n', ' ');
    text.append("# Đã xác nhận theo ").append(document).append("\n");
  }
  return text;
}

}  // namespace

ScoreQuery appraisal_query(int year, core::LocalDate today) {
  const core::LocalDate first{std::chrono::year{year} / 1 / 1};
  const core::LocalDate last = std::min(today, core::LocalDate{std::chrono::year{year} / 12 / 31});
  return {first, last, {}, last};
}

core::Result<std::vector<storage::AppraisalEntry>> proposals(storage::RollUpReader& roll_ups,
                                                             const Rules& rules, int year,
                                                             core::LocalDate today) {
  const ScoreQuery query = appraisal_query(year, today);
  if (query.to < query.from) {
    return core::fail(core::Fault::kRefused, "Chưa đến năm " + std::to_string(year) + ".");
  }
  const auto table = score_table(roll_ups, rules, query);
  if (!table) return core::Failure(table.error());
  if (!table->programme) {
    return core::fail(core::Fault::kRefused,
                      "Chưa có ngưỡng cho năm " + std::to_string(year) + ".");
  }
  std::vector<storage::AppraisalEntry> entries;
  for (const ScoreRow& row : table->rows) {
    const core::Unit* unit = rules.units.find_id(row.unit_id);
    if (unit == nullptr || !rules.units.is_commune_of(*unit, rules.authority, query.to)) continue;
    storage::AppraisalEntry entry;
    entry.unit_id = row.unit_id;
    entry.year = year;
    entry.level = row.appraisal.level;
    entry.points_x100 = row.appraisal.points_x100;
    entry.words = row.verdict;
    entry.rules = frozen(*table->programme);
    entry.evidence = evidence_text(row.evidence);
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace hailong::district::scoring
