#include <array>

#include "district/storage/ledger.h"
#include "district/storage/rated_unsatisfied.h"

/// The register of dossiers, as imports and erasures write it.

namespace hailong::district::storage {
namespace {

constexpr const char* kRegisterLock = "register";

constexpr std::array kRegisterColumns = {
    sql::Column{"import_id", sql::Type::kInteger}, sql::Column{"dossier", sql::Type::kBytes},
    sql::Column{"key", sql::Type::kBytes},         sql::Column{"unit_id", sql::Type::kText},
    sql::Column{"field_id", sql::Type::kText},     sql::Column{"received_on", sql::Type::kText},
    sql::Column{"due_on", sql::Type::kText},       sql::Column{"returned_on", sql::Type::kText},
    sql::Column{"complaint", sql::Type::kText},    sql::Column{"exported_on", sql::Type::kText},
    sql::Column{"counted_on", sql::Type::kText},   sql::Column{"source", sql::Type::kText},
    sql::Column{"who", sql::Type::kText},          sql::Column{"at", sql::Type::kInteger}};

std::optional<std::string> date_or_null(const std::optional<core::LocalDate>& date) {
  if (!date) return std::nullopt;
  return core::to_string(*date);
}

void add_row(sql::Appender& appender, std::int64_t import, const RegisterRow& row,
             const Author& author) {
  const std::string received = core::to_string(row.received_on);
  const std::string due = core::to_string(row.due_on);
  const std::optional<std::string> returned = date_or_null(row.returned_on);
  const std::string exported = core::to_string(row.exported_on);
  const std::optional<std::string> counted = date_or_null(counted_on(row));
  const std::array<sql::Value, kRegisterColumns.size()> values{
      import,      row.dossier,  row.key,
      row.unit_id, row.field_id, received,
      due,         returned,     word_of(row.complaint),
      exported,    counted,      row.source,
      author.who,  author.at_ms};
  appender.add(values);
}

/// Of each dossier of the import the row of the latest export counts, and of those the last one.
void choose_latest(sql::Connection& c, std::int64_t import) {
  c.execute(
      "UPDATE register_row SET latest = 0 WHERE latest = 1 AND dossier IN "
      "(SELECT dossier FROM register_row WHERE import_id = $1)",
      import);
  c.execute(
      "UPDATE register_row SET latest = 1 WHERE id IN (SELECT id FROM (SELECT id, row_number() "
      "OVER "
      "(PARTITION BY dossier ORDER BY exported_on DESC, id DESC) AS place FROM register_row "
      "WHERE dossier IN (SELECT dossier FROM register_row WHERE import_id = $1)) AS ordered "
      "WHERE place = 1)",
      import);
}

void add_months_up(sql::Connection& c, const std::string& unit_id) {
  c.execute("DELETE FROM register_month WHERE unit_id = $1", unit_id);
  c.execute(
      "INSERT INTO register_month (unit_id, month, received, returned) "
      "SELECT $1, month, sum(received), sum(returned) FROM ("
      "SELECT substr(received_on, 1, 7) AS month, 1 AS received, 0 AS returned "
      "FROM register_row WHERE latest = 1 AND unit_id = $1 UNION ALL "
      "SELECT substr(returned_on, 1, 7), 0, 1 FROM register_row "
      "WHERE latest = 1 AND unit_id = $1 AND returned_on IS NOT NULL) AS moved "
      "WHERE month < (SELECT substr(max(exported_on), 1, 7) FROM register_row "
      "WHERE latest = 1 AND unit_id = $1) GROUP BY month",
      unit_id);
}

/// Of kiosks that say different things of a field and day the one that said it last counts, by its
/// clock. Months of which the register alone tells are left out.
void add_kiosk_months_up(sql::Connection& c, const std::string& unit_id) {
  c.execute("DELETE FROM kiosk_served_month WHERE unit_id = $1", unit_id);
  c.execute(
      "INSERT INTO kiosk_served_month (unit_id, month, returned, counted, days) "
      "WITH registered AS (SELECT returned_on AS day, count(*) AS n FROM register_row "
      "WHERE latest = 1 AND unit_id = $1 AND returned_on IS NOT NULL GROUP BY returned_on), "
      "counted AS (SELECT day, sum(n) AS n FROM kiosk_served s WHERE unit_id = $1 "
      "AND day NOT IN (SELECT day FROM registered) AND NOT EXISTS (SELECT 1 FROM kiosk_served l "
      "WHERE l.unit_id = s.unit_id AND l.day = s.day AND l.field_id = s.field_id "
      "AND (l.at_ms, l.stream_id) > (s.at_ms, s.stream_id)) GROUP BY day) "
      "SELECT $1, substr(day, 1, 7), sum(n), sum(counted), "
      "sum(1 << (CAST(substr(day, 9, 2) AS INTEGER) - 1)) FROM ("
      "SELECT day, n, 0 AS counted, 0 AS by_kiosk FROM registered UNION ALL "
      "SELECT day, n, n, 1 FROM counted) AS days GROUP BY substr(day, 1, 7) "
      "HAVING max(by_kiosk) = 1",
      unit_id);
}

}  // namespace

void Ledger::Transaction::add_up_served(const std::string& unit_id) {
  c_.lock(kRegisterLock);
  add_kiosk_months_up(c_, unit_id);
}

void Ledger::Transaction::add_to_register(const std::vector<RegisterRow>& rows,
                                          const Author& author) {
  c_.lock(kRegisterLock);
  const std::int64_t import =
      c_.query("SELECT coalesce(max(import_id), 0) + 1 FROM register_row")[0].integer(0);
  const auto appender =
      c_.appender({"register_row", {kRegisterColumns.begin(), kRegisterColumns.end()}});
  for (const RegisterRow& row : rows) add_row(*appender, import, row, author);
  appender->flush();
  choose_latest(c_, import);
  const sql::Rows units = c_.query(
      "SELECT DISTINCT unit_id FROM register_row WHERE dossier IN "
      "(SELECT dossier FROM register_row WHERE import_id = $1)",
      import);
  for (const sql::Row unit : units) {
    add_months_up(c_, unit.text(0));
    add_kiosk_months_up(c_, unit.text(0));
  }
}

std::vector<LinkedRow> Ledger::Transaction::linked_rows(const core::Bytes32& dossier) {
  c_.lock(kRegisterLock);
  const sql::Rows rows = c_.query(
      "SELECT id, unit_id, key FROM register_row WHERE dossier = $1 AND key IS NOT NULL", dossier);
  std::vector<LinkedRow> linked;
  linked.reserve(rows.size());
  for (const sql::Row row : rows) {
    linked.push_back({row.integer(0), row.text(1), row.bytes32(2)});
  }
  return linked;
}

void Ledger::Transaction::unlink(const LinkedRow& row, const std::vector<std::string>& rated_in) {
  std::vector<sql::Value> values{row.key};
  const std::string look_up = rated_unsatisfied("$1", rated_in, values);
  const sql::Rows rated = c_.query_values(look_up, values);
  const bool unsatisfied = !rated.empty() && rated[0].integer(0) == 1;
  c_.execute("UPDATE register_row SET key = NULL, unsatisfied = $1 WHERE id = $2", unsatisfied,
             row.id);
  c_.erase_from_log();
}

}  // namespace hailong::district::storage
