#include "district/scoring/programme_progress.h"

#include <map>

#include "district/scoring/appraisal.h"
#include "district/scoring/proposals.h"

namespace hailong::district::scoring {
namespace {

using Recognitions = std::map<std::string, storage::AppraisalEntry>;

Recognitions recognitions_of(const storage::AppraisalHistory& entries) {
  Recognitions latest;
  for (const storage::AppraisalEntry& entry : entries) {
    if (entry.step == storage::AppraisalStep::kRecognised) latest[entry.unit_id] = entry;
  }
  return latest;
}

std::string name_of_unit(const core::UnitRegister& units, const std::string& id) {
  const core::Unit* unit = units.find_id(id);
  return unit == nullptr ? "Không rõ đơn vị, mã " + id : unit->full_name();
}

void add_units(ProgrammeProgress& progress, const ScoreTable& table, const Rules& rules,
               Recognitions& recognitions) {
  for (const ScoreRow& row : table.rows) {
    const core::Unit* unit = rules.units.find_id(row.unit_id);
    if (unit == nullptr || !rules.units.is_commune_of(*unit, rules.authority, progress.until)) {
      continue;
    }
    UnitProgress line{row.unit_id, row.unit_name, std::nullopt, row.appraisal.level, row.verdict};
    if (auto found = recognitions.extract(row.unit_id))
      line.recognition = std::move(found.mapped());
    progress.recognised.add(line.recognition ? line.recognition->level : std::nullopt);
    progress.by_criterion.add(line.criterion_level);
    progress.units.push_back(std::move(line));
  }
}

}  // namespace

void keep_units(ProgrammeProgress& progress, const std::function<bool(std::string_view)>& seen) {
  const auto is_hidden = [&](const UnitProgress& unit) { return !seen(unit.unit_id); };
  std::erase_if(progress.units, is_hidden);
  std::erase_if(progress.merged, is_hidden);
}

std::optional<int> parse_year(const std::string& text) {
  const auto first_day = core::parse_date(text + "-01-01");
  if (!first_day) return std::nullopt;
  const auto year = static_cast<int>(first_day->year());
  return year >= 2000 && year <= 2100 ? std::optional<int>(year) : std::nullopt;
}

core::Result<ProgrammeProgress> programme_progress(storage::RollUpReader& roll_ups,
                                                   storage::Appraisals& appraisals,
                                                   const Rules& rules, int year,
                                                   core::LocalDate today) {
  ScoreQuery query = appraisal_query(year, today);
  if (query.to < query.from) query.to = query.from;  // not begun: units as they will be
  query.units_as_on = query.to;
  auto table = score_table(roll_ups, rules, query);
  if (!table) return core::Failure(table.error());
  const auto entries = appraisals.of_year(year);
  if (!entries) return core::Failure(entries.error());

  ProgrammeProgress progress;
  progress.year = year;
  progress.until = query.to;
  if (const Target* target = rules.programmes.target(year)) progress.target = *target;
  progress.programme = table->programme;
  Recognitions recognitions = recognitions_of(*entries);
  add_units(progress, *table, rules, recognitions);
  for (auto& [id, entry] : recognitions) {
    progress.merged.push_back({id, name_of_unit(rules.units, id), entry, std::nullopt, ""});
  }
  return progress;
}

}  // namespace hailong::district::scoring
