#include "district/storage/roll_ups.h"

#include <tuple>

#include "district/storage/connection.h"

namespace hailong::district::storage {
namespace {

using sql::Connection;
using Key = std::tuple<std::string, std::string, std::string, std::string>;

std::int64_t revision_of(Connection& c) {
  return c.query("SELECT revision FROM state")[0].integer(0);
}

/// The four grouping columns of `cell`, those not grouped by being empty.
std::string key_columns(const Grouping& grouping) {
  std::string columns = "unit_id";
  columns += grouping.by_month ? ", substr(day, 1, 7)" : ", ''";
  columns += grouping.by_field ? ", field_id" : ", ''";
  columns += grouping.by_counter ? ", counter_id" : ", ''";
  return columns;
}

Key key_of(const sql::Row& row) { return {row.text(0), row.text(1), row.text(2), row.text(3)}; }

std::map<Key, RollUp> count(Connection& c, core::LocalDate from, core::LocalDate to,
                            const Grouping& grouping) {
  const sql::Rows rows =
      c.query("SELECT " + key_columns(grouping) +
                  ", sum(n1), sum(n2), sum(n3), sum(n4), sum(n5), sum(flagged), sum(left_out) "
                  "FROM cell WHERE day BETWEEN $1 AND $2 GROUP BY 1, 2, 3, 4",
              core::to_string(from), core::to_string(to));
  std::map<Key, RollUp> by_key;
  for (const sql::Row row : rows) {
    RollUp roll_up{row.text(0), row.text(1), row.text(2), row.text(3), {}, 0, 0, {}};
    for (std::size_t i = 0; i < 5; ++i) roll_up.counts.by_score[i] = row.integer(4 + i);
    roll_up.flagged = row.integer(9);
    roll_up.left_out = row.integer(10);
    by_key.emplace(key_of(row), std::move(roll_up));
  }
  return by_key;
}

void add_reasons(Connection& c, core::LocalDate from, core::LocalDate to, const Grouping& grouping,
                 std::map<Key, RollUp>& by_key) {
  const sql::Rows rows =
      c.query("SELECT " + key_columns(grouping) +
                  ", reason, sum(n) FROM cell JOIN cell_flag ON cell.id = cell_flag.cell_id "
                  "WHERE day BETWEEN $1 AND $2 GROUP BY 1, 2, 3, 4, 5",
              core::to_string(from), core::to_string(to));
  for (const sql::Row row : rows) by_key[key_of(row)].reasons[row.text(4)] = row.integer(5);
}

}  // namespace

core::Result<RollUps> RollUpReader::read(core::LocalDate from, core::LocalDate to,
                                         const Grouping& grouping) {
  return reading(store_, "reading roll-ups", [&](Connection& c) -> core::Result<RollUps> {
    RollUps roll_ups{revision_of(c), {}};
    auto by_key = count(c, from, to, grouping);
    add_reasons(c, from, to, grouping, by_key);
    for (auto& [key, row] : by_key) {
      if (row.counts.n() > 0 || row.flagged > 0) roll_ups.rows.push_back(std::move(row));
    }
    return roll_ups;
  });
}

core::Result<std::int64_t> RollUpReader::revision() {
  return reading(store_, "reading the revision",
                 [](Connection& c) { return core::Result<std::int64_t>(revision_of(c)); });
}

core::Result<Totals> RollUpReader::totals() {
  return reading(store_, "reading totals", [](Connection& c) -> core::Result<Totals> {
    const auto number = [&](const char* sql) { return c.query(sql)[0].integer(0); };
    return Totals{number("SELECT count(*) FROM device WHERE unit_code <> ''"),
                  number("SELECT count(*) FROM stream WHERE id <> 0"),
                  number("SELECT coalesce(sum(position), 0) FROM stream WHERE id <> 0"),
                  number("SELECT count(*) FROM quarantine"),
                  number("SELECT count(*) FROM conflict")};
  });
}

core::Result<std::map<std::string, std::int64_t>> RollUpReader::last_received() {
  using Times = std::map<std::string, std::int64_t>;
  return reading(store_, "reading arrivals", [](Connection& c) -> core::Result<Times> {
    const sql::Rows rows = c.query(
        "SELECT unit_code, max(received_at) FROM stream JOIN device USING (device_id) "
        "GROUP BY unit_code");
    Times times;
    for (const sql::Row row : rows) times.emplace(row.text(0), row.integer(1));
    return times;
  });
}

}  // namespace hailong::district::storage
