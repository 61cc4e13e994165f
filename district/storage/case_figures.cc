#include "district/storage/case_query.h"
#include "district/storage/connection.h"

/// Figures over many cases.

namespace hailong::district::storage {

core::Result<CaseCounts> CaseStore::count(const CaseQuery& query, const CaseCutoffs& cutoffs) {
  return reading(store_, "counting cases",
                 [&](sql::Connection& connection) -> core::Result<CaseCounts> {
                   CaseStatement statement(
                       "SELECT c.status, count(*), "
                       "sum(CASE WHEN c.reply_due IS NULL THEN 0 ELSE 1 END), sum(CASE WHEN ");
                   statement.add_overdue(cutoffs);
                   statement.add(" THEN 1 ELSE 0 END)").add(" FROM feedback_case c WHERE 1 = 1");
                   statement.add_scope(query);
                   statement.add(" GROUP BY c.status");
                   CaseCounts counts;
                   for (const sql::Row row : statement.run(connection)) {
                     const auto status = core::case_status_of(row.text(0));
                     if (!status)
                       return core::fail(core::Fault::kCorrupt, "unknown status of a case");
                     counts.by_status[*status] = row.integer(1);
                     counts.asked += row.integer(2);
                     counts.overdue += row.integer(3);
                   }
                   return counts;
                 });
}

core::Result<std::map<std::string, std::map<core::CaseClass, CaseTimes>>> CaseStore::times(
    core::LocalDate from, core::LocalDate to, const CaseCutoffs& cutoffs) {
  using Times = std::map<std::string, std::map<core::CaseClass, CaseTimes>>;
  return reading(store_, "timing cases", [&](sql::Connection& connection) -> core::Result<Times> {
    const auto rows = connection.query(
        "SELECT unit_id, classed, "
        "sum(CASE WHEN settled_at < answer_due THEN 1 ELSE 0 END), "
        "sum(CASE WHEN settled_at >= answer_due THEN 1 ELSE 0 END), "
        "sum(CASE WHEN settled_at IS NOT NULL THEN 0 WHEN steps = 0 AND day < $3 THEN 1 "
        "WHEN answer_due <= $4 THEN 1 ELSE 0 END), "
        "sum(CASE WHEN settled_at IS NULL THEN 1 ELSE 0 END) "
        "FROM feedback_case WHERE day >= $1 AND day <= $2 GROUP BY unit_id, classed",
        core::to_string(from), core::to_string(to), core::to_string(cutoffs.unanswered),
        cutoffs.now_ms);
    Times times;
    for (const sql::Row row : rows) {
      const auto classed = core::case_class_of(row.text(1));
      if (!classed) return core::fail(core::Fault::kCorrupt, "unknown class of a case");
      CaseTimes& of = times[row.text(0)][*classed];
      of.on_time = row.integer(2);
      of.overdue = row.integer(4);
      of.due = of.on_time + row.integer(3) + of.overdue;
      of.open = row.integer(5) - of.overdue;
    }
    return times;
  });
}

core::Result<std::vector<PraisedVisit>> CaseStore::praised(core::LocalDate from,
                                                           core::LocalDate to) {
  using List = std::vector<PraisedVisit>;
  return reading(store_, "reading praise", [&](sql::Connection& connection) -> core::Result<List> {
    const auto answer = [](const char* question) {
      return std::string(
                 "coalesce((SELECT choices FROM answer WHERE answer.stream_id = "
                 "c.stream_id AND answer.rating_seq = c.rating_seq AND question = '") +
             question + "'), '')";
    };
    const auto rows = connection.query(
        "SELECT c.stream_id, c.rating_seq, c.unit_id, c.day, cell.counter_id, s.hidden, " +
            answer("officer") + ", " + answer("reasons") + std::string(kCaseTables) +
            " WHERE s.classed = 'praise' AND s.misconduct = 0 AND c.alert = 0 "
            "AND s.status NOT IN ('declined', 'passed-on') AND c.day >= $1 AND c.day <= $2 "
            "ORDER BY c.unit_id, c.given_at DESC, c.stream_id, c.rating_seq",
        core::to_string(from), core::to_string(to));
    List list;
    list.reserve(rows.size());
    for (const sql::Row row : rows) {
      const auto day = core::parse_date(row.text(3));
      if (!day) return core::fail(core::Fault::kCorrupt, "unknown day of a case");
      PraisedVisit visit{{row.integer(0), row.integer(1)},
                         row.text(2),
                         *day,
                         row.text(4),
                         row.text(6),
                         row.text(7),
                         row.integer(5) != 0,
                         {}};
      const auto words = connection.query(
          "SELECT w.seq, content.text FROM case_words w LEFT JOIN content "
          "ON content.stream_id = w.stream_id AND content.seq = w.seq "
          "WHERE w.stream_id = $1 AND w.rating_seq = $2 ORDER BY w.seq",
          visit.id.stream, visit.id.rating);
      for (const sql::Row each : words) {
        CaseWords text{each.integer(0), std::nullopt, false};
        if (!each.is_null(1)) text.text = each.bytes(1);
        visit.words.push_back(std::move(text));
      }
      list.push_back(std::move(visit));
    }
    return list;
  });
}

}  // namespace hailong::district::storage
