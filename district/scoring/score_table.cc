#include "district/scoring/score_table.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "district/clock.h"
#include "district/feedback/timeliness.h"
#include "district/scoring/coverage.h"
#include "district/scoring/ranking.h"
#include "district/storage/programme_records.h"

namespace hailong::district::scoring {
namespace {

std::string range_text(const ScoreQuery& query) {
  const std::string from = core::to_string(query.from);
  return query.from == query.to ? from : from + "/" + core::to_string(query.to);
}

void name_unit(ScoreRow& row, const core::UnitRegister& units) {
  if (const core::Unit* unit = units.find_id(row.unit_id)) {
    row.unit_name = unit->full_name();
    row.unit_code = unit->code;
    return;
  }
  // "?10750": no unit bore the code on the rating's day; "10750@…": it was taken out of the
  // register.
  const std::string& id = row.unit_id;
  row.unit_code.value = id.front() == '?' ? id.substr(1) : id.substr(0, id.find('@'));
  row.unit_name = "Không rõ đơn vị, mã " + row.unit_code.value;
}

ScoreRow row_of(storage::RollUp roll_up, const ScoreQuery& query, const Rules& rules) {
  ScoreRow row;
  row.unit_id = std::move(roll_up.unit_id);
  name_unit(row, rules.units);
  row.period = query.by.by_month ? std::move(roll_up.month) : range_text(query);
  row.field_id = std::move(roll_up.field_id);
  if (query.by.by_field) row.field_name = rules.fields.name_of(row.field_id);
  row.counter_id = std::move(roll_up.counter_id);
  row.counts = roll_up.counts;
  row.flagged = roll_up.flagged;
  row.left_out = roll_up.left_out;
  row.reasons = std::move(roll_up.reasons);
  row.excluded = roll_up.excluded;
  row.linked = roll_up.linked;
  row.later = roll_up.later;
  row.uncertain_day = roll_up.uncertain_day;
  return row;
}

/// The year's rules, with the confirmation of these very values, the latest one.
core::Result<std::optional<Programme>> programme_of(storage::Store& store, const Rules& rules,
                                                    int year) {
  const Programme* found = rules.programmes.for_year(year);
  if (found == nullptr) return std::optional<Programme>();
  const auto confirmations = storage::ProgrammeRecords(store).confirmations();
  if (!confirmations) return core::Failure(confirmations.error());
  Programme programme = *found;
  const core::Bytes32 digest = programme.digest();
  for (const storage::ProgrammeConfirmation& one : *confirmations) {
    if (one.digest == digest) {
      programme.confirmation = Confirmation{one.at_ms, one.who, one.document};
    }
  }
  return std::optional<Programme>(std::move(programme));
}

/// How much of what was due a unit, with all that it came from where units are asked for as they
/// are later, answered in time.
Timely timely_of(const std::string& unit_id,
                 const std::map<std::string, feedback::UnitTimeliness>& by_unit,
                 const core::UnitRegister& units, const ScoreQuery& query) {
  std::vector<std::string> ids{unit_id};
  const core::Unit* unit = units.find_id(unit_id);
  if (query.units_as_on && unit != nullptr) {
    ids.clear();
    for (const core::Unit* part : units.predecessors(*unit, *query.units_as_on)) {
      ids.push_back(part->id());
    }
  }
  Timely timely;
  for (const std::string& id : ids) {
    const auto found = by_unit.find(id);
    if (found == by_unit.end()) continue;
    timely.due += found->second.all.due;
    timely.on_time += found->second.all.on_time;
  }
  return timely;
}

/// The day on which the authority's communes have a row: any of the range that `unit` was valid on,
/// or the day that units are asked for.
core::LocalDate day_of(const core::Unit& unit, const ScoreQuery& query) {
  if (query.units_as_on) return *query.units_as_on;
  return unit.valid_to ? std::min(*unit.valid_to, query.to) : query.to;
}

void add_unrated_units(ScoreTable& table, const Rules& rules) {
  std::set<std::string, std::less<>> rated;
  for (const ScoreRow& row : table.rows) rated.insert(row.unit_id);
  for (const core::Unit* unit : communes_of(rules, table.query)) {
    const std::string id = unit->id();
    if (rated.contains(id)) continue;
    storage::RollUp nothing;
    nothing.unit_id = id;
    table.rows.push_back(row_of(std::move(nothing), table.query, rules));
  }
}

/// Rows of one key, added up.
void add(storage::RollUp& sum, const storage::RollUp& part) {
  sum.counts += part.counts;
  sum.flagged += part.flagged;
  sum.left_out += part.left_out;
  sum.excluded += part.excluded;
  sum.linked += part.linked;
  sum.later += part.later;
  sum.uncertain_day += part.uncertain_day;
  for (const auto& [reason, times] : part.reasons) sum.reasons[reason] += times;
}

/// Gives each unit's ratings to what had become of it by `day`. A unit that the register does not
/// know stays as it is.
std::vector<storage::RollUp> as_on(std::vector<storage::RollUp> rows,
                                   const core::UnitRegister& units, core::LocalDate day) {
  using Key = std::tuple<std::string, std::string, std::string, std::string>;
  std::map<Key, storage::RollUp> gathered;
  for (storage::RollUp& row : rows) {
    const core::Unit* then = units.find_id(row.unit_id);
    if (then != nullptr) row.unit_id = units.successor(*then, day).id();
    const Key key{row.unit_id, row.month, row.field_id, row.counter_id};
    const auto [found, is_new] = gathered.try_emplace(key);
    if (is_new) {
      found->second = std::move(row);
    } else {
      add(found->second, row);
    }
  }
  rows.clear();
  for (auto& [key, row] : gathered) rows.push_back(std::move(row));
  return rows;
}

/// What is left of `all` when a decision leaves `part` of it out.
core::Counts without(core::Counts all, const core::Counts& part) {
  for (std::size_t i = 0; i < all.by_score.size(); ++i) all.by_score[i] -= part.by_score[i];
  return all;
}

core::Result<void> judge_units(ScoreTable& table, const storage::RollUpReader& roll_ups,
                               const Rules& rules) {
  storage::Store& store = roll_ups.store();
  const ScoreQuery& query = table.query;
  const auto month = [](core::LocalDate day) { return core::to_string(day).substr(0, 7); };
  const auto facts = storage::ProgrammeRecords(store).facts(month(query.from), month(query.to),
                                                            rules.calendar, roll_ups.shown());
  if (!facts) return core::Failure(facts.error());
  const auto timely = feedback::TimelinessReader(store, rules.case_limits, rules.calendar)
                          .read(query.from, query.to, now_ms());
  if (!timely) return core::Failure(timely.error());
  const CoverageFinder coverage(facts->served, facts->rated_dossiers, rules.units, query);
  for (ScoreRow& row : table.rows) {
    row.evidence = {without(row.counts, row.excluded), row.excluded, coverage.of_unit(row.unit_id),
                    timely_of(row.unit_id, *timely, rules.units, query)};
    Judged judged = appraise_unit(row.evidence, table.programme ? &*table.programme : nullptr,
                                  static_cast<int>(query.to.year()));
    row.appraisal = std::move(judged.appraisal);
    row.verdict = std::move(judged.verdict);
    row.brief = std::move(judged.brief);
  }
  return {};
}

void rank_rows(ScoreTable& table) {
  std::vector<Contender> contenders;
  contenders.reserve(table.rows.size());
  for (const ScoreRow& row : table.rows) {
    const core::Counts& counts = row.evidence.counts;
    const std::int64_t satisfied =
        table.programme ? table.programme->satisfied(counts) : counts.satisfied();
    contenders.push_back({row.unit_name, satisfied, counts.n(), row.appraisal.enough});
  }
  const std::vector<Place> places = rank(contenders);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    table.rows[i].rank = places[i].rank;
    table.rows[i].rank_words = place_words(contenders, places, i);
  }
}

}  // namespace

std::vector<const core::Unit*> communes_of(const Rules& rules, const ScoreQuery& query) {
  std::vector<const core::Unit*> communes;
  for (const core::Unit& unit : rules.units.all()) {
    const core::LocalDate day = day_of(unit, query);
    if (!query.units_as_on && day < query.from) continue;
    if (rules.units.is_commune_of(unit, rules.authority, day)) communes.push_back(&unit);
  }
  return communes;
}

core::Result<ScoreTable> score_table(storage::RollUpReader& roll_ups, const Rules& rules,
                                     const ScoreQuery& query) {
  auto read = roll_ups.read(query.from, query.to, query.by);
  if (!read) return core::Failure(read.error());
  ScoreTable table{query, {}, read->revision, {}, {}, {}, 0, 0};
  auto programme = programme_of(roll_ups.store(), rules, static_cast<int>(query.to.year()));
  if (!programme) return core::Failure(programme.error());
  table.programme = std::move(*programme);
  if (query.units_as_on) {
    read->rows = as_on(std::move(read->rows), rules.units, *query.units_as_on);
  }
  for (storage::RollUp& roll_up : read->rows) {
    table.rows.push_back(row_of(std::move(roll_up), query, rules));
  }
  if (query.by == storage::Grouping{}) add_unrated_units(table, rules);
  std::stable_sort(table.rows.begin(), table.rows.end(), [](const ScoreRow& a, const ScoreRow& b) {
    return std::tie(a.unit_code, a.unit_id) < std::tie(b.unit_code, b.unit_id);
  });
  for (ScoreRow& row : table.rows) {
    row.figures = figures_of(row.counts);
    row.verdict = row.brief = describe(row.counts);
    table.total += row.counts;
    table.excluded += row.excluded;
    table.flagged += row.flagged;
    table.uncertain_day += row.uncertain_day;
  }
  if (query.by == storage::Grouping{}) {
    if (auto judged = judge_units(table, roll_ups, rules); !judged) {
      return core::Failure(judged.error());
    }
    rank_rows(table);
  }
  return table;
}

void keep_units(ScoreTable& table, const std::function<bool(std::string_view)>& seen) {
  const auto hidden =
      std::erase_if(table.rows, [&](const ScoreRow& row) { return !seen(row.unit_id); });
  if (hidden > 0) {
    // A rank tells of the others.
    for (ScoreRow& row : table.rows) {
      row.rank.reset();
      row.rank_words.clear();
    }
  }
  table.total = table.excluded = {};
  table.flagged = table.uncertain_day = 0;
  for (const ScoreRow& row : table.rows) {
    table.total += row.counts;
    table.excluded += row.excluded;
    table.flagged += row.flagged;
    table.uncertain_day += row.uncertain_day;
  }
}

}  // namespace hailong::district::scoring
