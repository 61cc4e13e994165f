#include "district/storage/alerts.h"

#include "district/storage/connection.h"

namespace hailong::district::storage {

core::Result<std::map<std::string, UnitAlerts>> AlertReader::read(core::LocalDate from,
                                                                  core::LocalDate to) {
  using Alerts = std::map<std::string, UnitAlerts>;
  return reading(store_, "reading alerts", [&](SQLite::Database& database) -> core::Result<Alerts> {
    const auto between = [&](const char* sql) {
      SQLite::Statement query(database, sql);
      query.bind(1, core::to_string(from));
      query.bind(2, core::to_string(to));
      return query;
    };
    Alerts alerts;
    auto ratings = between(
        "SELECT unit_id, count(*) FROM (SELECT DISTINCT unit_id, stream_id, rating_seq "
        "FROM v_alert WHERE day BETWEEN ? AND ?) GROUP BY unit_id");
    while (ratings.executeStep()) {
      alerts[ratings.getColumn(0).getString()].ratings = ratings.getColumn(1).getInt64();
    }
    auto answers = between(
        "SELECT unit_id, question, choice, count(*) FROM v_alert "
        "WHERE day BETWEEN ? AND ? GROUP BY 1, 2, 3");
    while (answers.executeStep()) {
      alerts[answers.getColumn(0).getString()]
          .answers[{answers.getColumn(1).getString(), answers.getColumn(2).getString()}] =
          answers.getColumn(3).getInt64();
    }
    return alerts;
  });
}

}  // namespace hailong::district::storage
