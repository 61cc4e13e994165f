#include "district/storage/later_visits.h"

#include "district/storage/connection.h"

namespace hailong::district::storage {

std::optional<LaterVisit> find_later_visit(sql::Connection& c, const core::Bytes32& token) {
  const sql::Rows rows = c.query(
      "SELECT rating.stream_id, rating.seq, stream.device_id, stream.epoch, cell.unit_id, "
      "rating.at_ms, rating.later "
      "FROM visit_token "
      "JOIN rating ON rating.stream_id = visit_token.stream_id "
      "AND rating.seq = visit_token.rating_seq "
      "JOIN stream ON stream.id = rating.stream_id JOIN cell ON cell.id = rating.cell_id "
      "WHERE visit_token.digest = $1 ORDER BY visit_token.stream_id, visit_token.seq LIMIT 1",
      token);
  if (rows.empty()) return std::nullopt;
  const sql::Row row = rows[0];
  return LaterVisit{{row.integer(0), row.integer(1)}, core::DeviceId{row.text(2)},
                    core::EpochId{row.text(3)},       row.text(4),
                    core::local_date(row.integer(5)), row.integer(6) != 0};
}

core::Result<std::optional<LaterVisit>> LaterVisitReader::find(const core::Bytes32& token) {
  return reading(store_, "looking for a visit", [&](sql::Connection& c) {
    return core::Result<std::optional<LaterVisit>>(find_later_visit(c, token));
  });
}

}  // namespace hailong::district::storage
