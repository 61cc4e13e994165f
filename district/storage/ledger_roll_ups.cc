#include "district/storage/ledger.h"

/// The roll-ups, as the ingest writes them. Every row is changed by addition, in the order of its
/// key, so that receivers that share a store do not wait for each other in a circle.

namespace hailong::district::storage {
namespace {

using MonthKey = std::tuple<std::string, std::string, std::string>;  // unit, month, field
using HourKey = std::tuple<std::string, std::string, int>;           // unit, day, hour

void add(ByScore& sum, const ByScore& part) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part[i];
}

void change_flags(sql::Connection& c, std::int64_t cell, const CellChange& change) {
  bool fewer = false;
  for (const auto& [reason, times] : change.reasons) {
    if (times == 0) continue;
    fewer = fewer || times < 0;
    c.execute(
        "INSERT INTO cell_flag (cell_id, reason, n) VALUES ($1, $2, $3) "
        "ON CONFLICT (cell_id, reason) DO UPDATE SET n = cell_flag.n + excluded.n",
        cell, reason, times);
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

void change_month(sql::Connection& c, const MonthKey& key, const CellChange& change) {
  const auto& [unit, month, field] = key;
  const auto& n = change.by_score;
  const auto& x = change.excluded;
  c.execute(
      "INSERT INTO month_cell (unit_id, month, field_id, n1, n2, n3, n4, n5, x1, x2, x3, x4, x5, "
      "flagged, left_out, linked, later) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) "
      "ON CONFLICT (unit_id, month, field_id) DO UPDATE SET "
      "n1 = month_cell.n1 + excluded.n1, n2 = month_cell.n2 + excluded.n2, "
      "n3 = month_cell.n3 + excluded.n3, n4 = month_cell.n4 + excluded.n4, "
      "n5 = month_cell.n5 + excluded.n5, x1 = month_cell.x1 + excluded.x1, "
      "x2 = month_cell.x2 + excluded.x2, x3 = month_cell.x3 + excluded.x3, "
      "x4 = month_cell.x4 + excluded.x4, x5 = month_cell.x5 + excluded.x5, "
      "flagged = month_cell.flagged + excluded.flagged, "
      "left_out = month_cell.left_out + excluded.left_out, "
      "linked = month_cell.linked + excluded.linked, later = month_cell.later + excluded.later",
      unit, month, field, n[0], n[1], n[2], n[3], n[4], x[0], x[1], x[2], x[3], x[4],
      change.flagged, change.left_out, change.linked, change.later);
  for (const auto& [reason, times] : change.reasons) {
    if (times == 0) continue;
    c.execute(
        "INSERT INTO month_flag (unit_id, month, field_id, reason, n) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (unit_id, month, field_id, reason) "
        "DO UPDATE SET n = month_flag.n + excluded.n",
        unit, month, field, reason, times);
  }
}

void change_hour(sql::Connection& c, const HourKey& key, const ByScore& n) {
  const auto& [unit, day, hour] = key;
  c.execute(
      "INSERT INTO hour_cell (unit_id, day, hour, n1, n2, n3, n4, n5) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (unit_id, day, hour) DO UPDATE SET "
      "n1 = hour_cell.n1 + excluded.n1, n2 = hour_cell.n2 + excluded.n2, "
      "n3 = hour_cell.n3 + excluded.n3, n4 = hour_cell.n4 + excluded.n4, "
      "n5 = hour_cell.n5 + excluded.n5",
      unit, day, hour, n[0], n[1], n[2], n[3], n[4]);
}

void change_answer(sql::Connection& c, const AnswerKey& key, std::int64_t times) {
  const auto& [unit, day, question, choice] = key;
  c.execute(
      "INSERT INTO answer_cell (unit_id, day, question, choice, n) VALUES ($1, $2, $3, $4, $5) "
      "ON CONFLICT (unit_id, day, question, choice) "
      "DO UPDATE SET n = answer_cell.n + excluded.n",
      unit, day, question, choice, times);
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
  std::map<MonthKey, CellChange> months;
  std::map<HourKey, ByScore> hours;
  for (const auto& [cell, change] : changes.cells) {
    change_cell(c_, cell, change);
    const CellKey key = cell_key(cell);
    months[{key.unit_id, key.day.substr(0, 7), key.field_id}] += change;
    for (const auto& [hour, n] : change.hours) add(hours[{key.unit_id, key.day, hour}], n);
  }
  for (const auto& [key, change] : months) change_month(c_, key, change);
  for (const auto& [key, n] : hours) change_hour(c_, key, n);
  for (const auto& [key, times] : changes.answers) {
    if (times != 0) change_answer(c_, key, times);
  }
}

}  // namespace hailong::district::storage
