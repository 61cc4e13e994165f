#include "district/storage/flag_decisions.h"

#include <sstream>

#include "district/storage/audit.h"
#include "district/storage/connection.h"
#include "district/storage/ledger.h"

namespace hailong::district::storage {
namespace {

constexpr const char* kDecisionColumns =
    "SELECT id, unit_id, from_day, to_day, reasons, leaves_out, why, who, decided_at "
    "FROM flag_decision ";

std::vector<FlagDecision> decisions_in(const sql::Rows& rows) {
  std::vector<FlagDecision> decisions;
  decisions.reserve(rows.size());
  for (const sql::Row row : rows) {
    FlagDecision decision{row.integer(0),
                          row.text(1),
                          core::parse_date(row.text(2)).value(),
                          core::parse_date(row.text(3)).value(),
                          {},
                          row.integer(5) != 0,
                          row.text(6),
                          row.text(7),
                          row.integer(8)};
    std::istringstream reasons(row.text(4));
    for (std::string reason; reasons >> reason;) decision.reasons.push_back(reason);
    decisions.push_back(std::move(decision));
  }
  return decisions;
}

}  // namespace

core::Result<std::vector<FlagDecision>> FlagDecisions::list() {
  return reading(store_, "reading decisions",
                 [](sql::Connection& c) -> core::Result<std::vector<FlagDecision>> {
                   return decisions_in(c.query(std::string(kDecisionColumns) + "ORDER BY id DESC"));
                 });
}

std::vector<FlagDecision> Ledger::Transaction::flag_decisions(const std::string& unit_id) {
  c_.lock("flags of " + unit_id);
  return decisions_in(
      c_.query(std::string(kDecisionColumns) + "WHERE unit_id = $1 ORDER BY id", unit_id));
}

void Ledger::Transaction::add_flag_decision(const FlagDecision& decision) {
  // Before flagged_ratings() looks: who counts one there now sees the decision, or is seen.
  c_.lock("flags of " + decision.unit_id);
  std::string reasons;
  for (const std::string& reason : decision.reasons) {
    reasons.append(reasons.empty() ? "" : " ").append(reason);
  }
  c_.execute(
      "INSERT INTO flag_decision (unit_id, from_day, to_day, reasons, leaves_out, why, who, "
      "decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      decision.unit_id, core::to_string(decision.from), core::to_string(decision.to), reasons,
      decision.leaves_out, decision.why, decision.who, decision.at_ms);
  const char* effect = decision.leaves_out ? "không tính: " : "tính lại: ";
  add_audit(c_, {decision.at_ms, decision.who, "flags-decided", decision.unit_id,
                 effect + reasons + ", " + core::to_string(decision.from) + " – " +
                     core::to_string(decision.to)});
}

std::vector<RatingPlace> Ledger::Transaction::flagged_ratings(const FlagDecision& decision) {
  const sql::Rows rows = c_.query(
      "SELECT rating.stream_id, rating.seq FROM rating JOIN cell ON cell.id = rating.cell_id "
      "WHERE rating.flags <> '' AND cell.unit_id = $1 AND cell.day BETWEEN $2 AND $3 "
      "ORDER BY 1, 2",
      decision.unit_id, core::to_string(decision.from), core::to_string(decision.to));
  std::vector<RatingPlace> places;
  places.reserve(rows.size());
  for (const sql::Row row : rows) places.push_back({row.integer(0), row.integer(1)});
  return places;
}

}  // namespace hailong::district::storage
