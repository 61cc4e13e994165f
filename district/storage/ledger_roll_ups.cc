#include "district/storage/adding.h"
#include "district/storage/ledger.h"

/// The roll-ups, as the ingest writes them. Every row is changed by addition, in the order of its
/// key, so that receivers that share a store do not wait for each other in a circle.

namespace hailong::district::storage {
namespace {

using MonthKey = std::tuple<std::string, std::string, std::string>;  // and field
using HourKey = std::tuple<std::string, std::string, int>;           // unit, day, hour

void add(ByScore& sum, const ByScore& part) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part[i];
}

/// How months are added to, with or without their fields.
struct MonthStatements {
  MonthStatements(const std::string& cells, const std::string& flags, std::vector<std::string> key)
      : counts(adding_to(cells, key,
                         {"n1", "n2", "n3", "n4", "n5", "x1", "x2", "x3", "x4", "x5", "flagged",
                          "left_out", "linked", "later"})) {
    key.emplace_back("reason");
    flag = adding_to(flags, key, {"n"});
  }

  std::string counts;
  std::string flag;
};

void change_flags(sql::Connection& c, std::int64_t cell, const CellChange& change) {
  static const std::string kAdd = adding_to("cell_flag", {"cell_id", "reason"}, {"n"});
  bool fewer = false;
  for (const auto& [reason, times] : change.reasons) {
    if (times == 0) continue;
    fewer = fewer || times < 0;
    c.execute(kAdd, cell, reason, times);
  }
  if (fewer) c.execute("DELETE FROM cell_flag WHERE cell_id = $1 AND n = 0", cell);
}

void change_cell(sql::Connection& c, std::int64_t cell, const CellChange& change) {
  const auto& n = change.by_score;
  const auto& x = change.excluded;
  c.execute(
      "UPDATE cell SET n1 = n1 + $1, n2 = n2 + $2, n3 = n3 + $3, n4 = n4 + $4, n5 = n5 + $5, "
      "x1 = x1 + $6, x2 = x2 + $7, x3 = x3 + $8, x4 = x4 + $9, x5 = x5 + $10, "
      "flagged = flagged + $11, left_out = left_out + $12, linked = linked + $13, "
      "later = later + $14 WHERE id = $15",
      n[0], n[1], n[2], n[3], n[4], x[0], x[1], x[2], x[3], x[4], change.flagged, change.left_out,
      change.linked, change.later, cell);
  change_flags(c, cell, change);
}

/// `key`: views.
void change_month(sql::Connection& c, const MonthStatements& statements,
                  const std::vector<sql::Value>& key, const CellChange& change) {
  std::vector<sql::Value> values = key;
  values.insert(values.end(), change.by_score.begin(), change.by_score.end());
  values.insert(values.end(), change.excluded.begin(), change.excluded.end());
  values.insert(values.end(), {change.flagged, change.left_out, change.linked, change.later});
  c.execute_values(statements.counts, values);
  for (const auto& [reason, times] : change.reasons) {
    if (times == 0) continue;
    values = key;
    values.insert(values.end(), {reason, times});
    c.execute_values(statements.flag, values);
  }
}

void change_hour(sql::Connection& c, const HourKey& key, const ByScore& n) {
  static const std::string kAdd =
      adding_to("hour_cell", {"unit_id", "day", "hour"}, {"n1", "n2", "n3", "n4", "n5"});
  const auto& [unit, day, hour] = key;
  c.execute(kAdd, unit, day, hour, n[0], n[1], n[2], n[3], n[4]);
}

void change_answer(sql::Connection& c, const AnswerKey& key, std::int64_t times) {
  static const std::string kAdd =
      adding_to("answer_cell", {"unit_id", "day", "question", "choice"}, {"n"});
  const auto& [unit, day, question, choice] = key;
  c.execute(kAdd, unit, day, question, choice, times);
}

}  // namespace

CellChange& CellChange::operator+=(const CellChange& other) {
  add(by_score, other.by_score);
  add(excluded, other.excluded);
  flagged += other.flagged;
  left_out += other.left_out;
  linked += other.linked;
  later += other.later;
  for (const auto& [reason, times] : other.reasons) reasons[reason] += times;
  for (const auto& [hour, n] : other.hours) add(hours[hour], n);
  return *this;
}

CellKey Ledger::Transaction::cell_key(std::int64_t cell) {
  const sql::Rows rows =
      c_.query("SELECT day, unit_id, field_id, counter_id FROM cell WHERE id = $1", cell);
  return {rows[0].text(0), rows[0].text(1), rows[0].text(2), rows[0].text(3)};
}

void Ledger::Transaction::change(const RollUpChanges& changes) {
  static const MonthStatements kMonths("month_cell", "month_flag",
                                       {"unit_id", "month", "field_id"});
  static const MonthStatements kUnitMonths("unit_month", "unit_month_flag", {"unit_id", "month"});
  std::map<MonthKey, CellChange> months;
  std::map<UnitMonth, CellChange> unit_months;
  std::map<HourKey, ByScore> hours;
  for (const auto& [cell, change] : changes.cells) {
    change_cell(c_, cell, change);
    const CellKey key = cell_key(cell);
    const std::string month = key.day.substr(0, 7);
    months[{key.unit_id, month, key.field_id}] += change;
    unit_months[{key.unit_id, month}] += change;
    for (const auto& [hour, n] : change.hours) add(hours[{key.unit_id, key.day, hour}], n);
  }
  for (const auto& [key, change] : months) {
    const auto& [unit, month, field] = key;
    change_month(c_, kMonths, {unit, month, field}, change);
  }
  for (const auto& [key, change] : unit_months) {
    change_month(c_, kUnitMonths, {key.first, key.second}, change);
  }
  for (const auto& [key, n] : hours) change_hour(c_, key, n);
  for (const auto& [key, times] : changes.answers) {
    if (times != 0) change_answer(c_, key, times);
  }
  hold_back(changes);
}

}  // namespace hailong::district::storage
