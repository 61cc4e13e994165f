#include "district/storage/alerts.h"

#include "district/storage/connection.h"

namespace hailong::district::storage {

core::Result<std::map<std::string, UnitAlerts>> AlertReader::read(core::LocalDate from,
                                                                  core::LocalDate to) {
  using Alerts = std::map<std::string, UnitAlerts>;
  return reading(store_, "reading alerts", [&](sql::Connection& c) -> core::Result<Alerts> {
    const std::string first = core::to_string(from);
    const std::string last = core::to_string(to);
    Alerts alerts;
    const sql::Rows ratings = c.query(
        "SELECT unit_id, count(*) FROM (SELECT DISTINCT unit_id, stream_id, rating_seq "
        "FROM v_alert WHERE day BETWEEN $1 AND $2) AS rated GROUP BY unit_id",
        first, last);
    for (const sql::Row row : ratings) alerts[row.text(0)].ratings = row.integer(1);
    const sql::Rows answers = c.query(
        "SELECT unit_id, question, choice, count(*) FROM v_alert "
        "WHERE day BETWEEN $1 AND $2 GROUP BY 1, 2, 3",
        first, last);
    for (const sql::Row row : answers) {
      alerts[row.text(0)].answers[{row.text(1), row.text(2)}] = row.integer(3);
    }
    return alerts;
  });
}

}  // namespace hailong::district::storage
