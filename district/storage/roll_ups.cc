#include "district/storage/roll_ups.h"

#include <tuple>

#include "district/storage/connection.h"

namespace hailong::district::storage {
namespace {

using Database = SQLite::Database;
using Key = std::tuple<std::string, std::string, std::string, std::string>;

std::int64_t revision_of(Database& database) {
  return database.execAndGet("SELECT revision FROM state").getInt64();
}

/// The four grouping columns of `cell`, those not grouped by being empty.
std::string key_columns(const Grouping& grouping) {
  std::string columns = "unit_id";
  columns += grouping.by_month ? ", substr(day, 1, 7)" : ", ''";
  columns += grouping.by_field ? ", field_id" : ", ''";
  columns += grouping.by_counter ? ", counter_id" : ", ''";
  return columns;
}

SQLite::Statement query_between(Database& database, const std::string& sql, core::LocalDate from,
                                core::LocalDate to) {
  SQLite::Statement query(database, sql);
  query.bind(1, core::to_string(from));
  query.bind(2, core::to_string(to));
  return query;
}

Key key_of(SQLite::Statement& query) {
  return {query.getColumn(0).getString(), query.getColumn(1).getString(),
          query.getColumn(2).getString(), query.getColumn(3).getString()};
}

std::map<Key, RollUp> count(Database& database, core::LocalDate from, core::LocalDate to,
                            const Grouping& grouping) {
  auto query = query_between(
      database,
      "SELECT " + key_columns(grouping) +
          ", sum(n1), sum(n2), sum(n3), sum(n4), sum(n5), sum(flagged), sum(left_out) "
          "FROM cell WHERE day BETWEEN ? AND ? GROUP BY 1, 2, 3, 4",
      from, to);
  std::map<Key, RollUp> rows;
  while (query.executeStep()) {
    const Key key = key_of(query);
    RollUp row{
        std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key), {}, 0, 0, {}};
    for (int i = 0; i < 5; ++i) {
      row.counts.by_score[static_cast<std::size_t>(i)] = query.getColumn(4 + i).getInt64();
    }
    row.flagged = query.getColumn(9).getInt64();
    row.left_out = query.getColumn(10).getInt64();
    rows.emplace(key, std::move(row));
  }
  return rows;
}

void add_reasons(Database& database, core::LocalDate from, core::LocalDate to,
                 const Grouping& grouping, std::map<Key, RollUp>& rows) {
  auto query =
      query_between(database,
                    "SELECT " + key_columns(grouping) +
                        ", reason, sum(n) FROM cell JOIN cell_flag ON cell.id = cell_flag.cell_id "
                        "WHERE day BETWEEN ? AND ? GROUP BY 1, 2, 3, 4, 5",
                    from, to);
  while (query.executeStep()) {
    rows[key_of(query)].reasons[query.getColumn(4).getString()] = query.getColumn(5).getInt64();
  }
}

}  // namespace

core::Result<RollUps> RollUpReader::read(core::LocalDate from, core::LocalDate to,
                                         const Grouping& grouping) {
  return reading(store_, "reading roll-ups", [&](Database& database) -> core::Result<RollUps> {
    RollUps roll_ups{revision_of(database), {}};
    auto rows = count(database, from, to, grouping);
    add_reasons(database, from, to, grouping, rows);
    for (auto& [key, row] : rows) {
      if (row.counts.n() > 0 || row.flagged > 0) roll_ups.rows.push_back(std::move(row));
    }
    return roll_ups;
  });
}

core::Result<std::int64_t> RollUpReader::revision() {
  return reading(store_, "reading the revision", [](Database& database) {
    return core::Result<std::int64_t>(revision_of(database));
  });
}

core::Result<Totals> RollUpReader::totals() {
  return reading(store_, "reading totals", [](Database& database) -> core::Result<Totals> {
    const auto number = [&](const char* sql) { return database.execAndGet(sql).getInt64(); };
    return Totals{number("SELECT count(*) FROM device"), number("SELECT count(*) FROM stream"),
                  number("SELECT ifnull(sum(position), 0) FROM stream"),
                  number("SELECT count(*) FROM quarantine"),
                  number("SELECT count(*) FROM conflict")};
  });
}

core::Result<std::map<std::string, std::int64_t>> RollUpReader::last_received() {
  using Times = std::map<std::string, std::int64_t>;
  return reading(store_, "reading arrivals", [](Database& database) -> core::Result<Times> {
    SQLite::Statement query(database,
                            "SELECT unit_code, max(received_at) FROM stream JOIN device "
                            "USING (device_id) GROUP BY unit_code");
    Times times;
    while (query.executeStep()) {
      times.emplace(query.getColumn(0).getString(), query.getColumn(1).getInt64());
    }
    return times;
  });
}

}  // namespace hailong::district::storage
