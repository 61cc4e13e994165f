#include "district/scoring/score_table.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "district/scoring/ranking.h"

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
  return row;
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
  for (const core::Unit& unit : rules.units.all()) {
    const core::LocalDate day = day_of(unit, table.query);
    if (!table.query.units_as_on && day < table.query.from) continue;
    if (!rules.units.is_commune_of(unit, rules.authority, day)) continue;
    const std::string id = unit.id();
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

void judge_row(ScoreRow& row, const ScoreTable& table) {
  row.figures = figures_of(row.counts);
  if (table.query.by.by_field || table.query.by.by_counter) {
    row.verdict = row.brief = describe(row.counts);
    return;
  }
  row.evidence.counts = row.counts;
  Judged judged = appraise_unit(row.evidence, table.programme ? &*table.programme : nullptr,
                                static_cast<int>(table.query.to.year()));
  row.appraisal = std::move(judged.appraisal);
  row.verdict = std::move(judged.verdict);
  row.brief = std::move(judged.brief);
}

void rank_rows(ScoreTable& table) {
  std::vector<Contender> contenders;
  contenders.reserve(table.rows.size());
  for (const ScoreRow& row : table.rows) {
    const std::int64_t satisfied =
        table.programme ? table.programme->satisfied(row.counts) : row.counts.satisfied();
    contenders.push_back({row.unit_name, satisfied, row.counts.n(), row.appraisal.enough});
  }
  const std::vector<Place> places = rank(contenders);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    table.rows[i].rank = places[i].rank;
    table.rows[i].rank_words = place_words(contenders, places, i);
  }
}

}  // namespace

core::Result<ScoreTable> score_table(storage::RollUpReader& roll_ups, const Rules& rules,
                                     const ScoreQuery& query) {
  auto read = roll_ups.read(query.from, query.to, query.by);
  if (!read) return core::Failure(read.error());
  ScoreTable table{query, {}, read->revision, {}, {}, {}, 0};
  if (const auto* programme = rules.programmes.for_year(static_cast<int>(query.to.year()))) {
    table.programme = *programme;
  }
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
    judge_row(row, table);
    table.total += row.counts;
    table.excluded += row.excluded;
    table.flagged += row.flagged;
  }
  if (query.by == storage::Grouping{}) rank_rows(table);
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
  table.flagged = 0;
  for (const ScoreRow& row : table.rows) {
    table.total += row.counts;
    table.excluded += row.excluded;
    table.flagged += row.flagged;
  }
}

}  // namespace hailong::district::scoring
