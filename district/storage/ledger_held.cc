#include "district/storage/adding.h"
#include "district/storage/ledger.h"

/// What came too late for months that are over. Who works at a counter sees it once it is of so
/// many ratings that nobody can tell them apart (kShownTogether).

namespace hailong::district::storage {
namespace {

using LateRatings = std::set<std::pair<std::int64_t, std::int64_t>>;

void hold_cell(sql::Connection& c, const CellKey& key, const CellChange& change) {
  static const std::string kCounts =
      adding_to("held_cell", {"unit_id", "day", "field_id", "counter_id"},
                {"n1", "n2", "n3", "n4", "n5", "x1", "x2", "x3", "x4", "x5", "flagged", "left_out",
                 "linked", "later"});
  static const std::string kFlag =
      adding_to("held_flag", {"unit_id", "day", "field_id", "counter_id", "reason"}, {"n"});
  static const std::string kHour =
      adding_to("held_hour", {"unit_id", "day", "hour"}, {"n1", "n2", "n3", "n4", "n5"});
  const auto& n = change.by_score;
  const auto& x = change.excluded;
  c.execute(kCounts, key.unit_id, key.day, key.field_id, key.counter_id, n[0], n[1], n[2], n[3],
            n[4], x[0], x[1], x[2], x[3], x[4], change.flagged, change.left_out, change.linked,
            change.later);
  for (const auto& [reason, times] : change.reasons) {
    c.execute(kFlag, key.unit_id, key.day, key.field_id, key.counter_id, reason, times);
  }
  for (const auto& [hour, h] : change.hours) {
    c.execute(kHour, key.unit_id, key.day, hour, h[0], h[1], h[2], h[3], h[4]);
  }
}

/// How many ratings changed the month since it was shown last.
std::size_t count_late(sql::Connection& c, const UnitMonth& month, const LateRatings& ratings) {
  for (const auto& [stream, seq] : ratings) {
    c.execute(
        "INSERT INTO held_rating (unit_id, month, stream_id, rating_seq) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT DO NOTHING",
        month.first, month.second, stream, seq);
  }
  return static_cast<std::size_t>(
      c.query("SELECT count(*) FROM held_rating WHERE unit_id = $1 AND month = $2", month.first,
              month.second)[0]
          .integer(0));
}

void show_month(sql::Connection& c, const UnitMonth& month) {
  for (const char* table : {"held_cell", "held_flag", "held_hour", "held_answer"}) {
    c.execute(
        std::string("DELETE FROM ") + table + " WHERE unit_id = $1 AND substr(day, 1, 7) = $2",
        month.first, month.second);
  }
  c.execute("DELETE FROM held_rating WHERE unit_id = $1 AND month = $2", month.first, month.second);
}

}  // namespace

void Ledger::Transaction::hold_back(const RollUpChanges& changes) {
  if (changes.late.empty()) return;
  std::set<UnitMonth> held;
  for (const auto& [month, ratings] : changes.late) {
    if (ratings.size() >= kShownTogether || count_late(c_, month, ratings) >= kShownTogether) {
      show_month(c_, month);
    } else {
      held.insert(month);
    }
  }
  const auto is_held = [&](const std::string& unit, const std::string& day) {
    return held.contains({unit, day.substr(0, 7)});
  };
  std::map<std::tuple<std::string, std::string, std::string, std::string>, const CellChange*> cells;
  for (const auto& [cell, change] : changes.cells) {
    const CellKey key = cell_key(cell);
    if (is_held(key.unit_id, key.day)) {
      cells.emplace(std::tuple(key.unit_id, key.day, key.field_id, key.counter_id), &change);
    }
  }
  for (const auto& [key, change] : cells) {
    const auto& [unit, day, field, counter] = key;
    hold_cell(c_, {day, unit, field, counter}, *change);
  }
  static const std::string kAnswer =
      adding_to("held_answer", {"unit_id", "day", "question", "choice"}, {"n"});
  for (const auto& [key, times] : changes.answers) {
    const auto& [unit, day, question, choice] = key;
    if (times != 0 && is_held(unit, day)) c_.execute(kAnswer, unit, day, question, choice, times);
  }
}

}  // namespace hailong::district::storage
