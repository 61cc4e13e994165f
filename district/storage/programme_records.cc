#include "district/storage/programme_records.h"

#include <set>

#include "district/storage/audit.h"
#include "district/storage/connection.h"
#include "district/storage/revision.h"

namespace hailong::district::storage {
namespace {

using sql::Connection;

std::vector<ServedTotal> served_between(Connection& c, const std::string& from,
                                        const std::string& to) {
  const sql::Rows rows = c.query(
      "SELECT unit_id, month, field_id, received, returned, source, who, at FROM served "
      "WHERE month BETWEEN $1 AND $2 AND id = (SELECT max(later.id) FROM served AS later "
      "WHERE later.unit_id = served.unit_id AND later.month = served.month "
      "AND later.field_id = served.field_id) ORDER BY unit_id, month, field_id",
      from, to);
  std::vector<ServedTotal> totals;
  totals.reserve(rows.size());
  for (const sql::Row row : rows) {
    totals.push_back({row.text(0), row.text(1), row.text(2), row.integer(3), row.integer(4),
                      row.text(5), row.text(6), row.integer(7)});
  }
  return totals;
}

std::vector<ServedTotal> registered_between(Connection& c, const std::string& from,
                                            const std::string& to) {
  const sql::Rows rows = c.query(
      "SELECT unit_id, month, received, returned FROM register_month "
      "WHERE month BETWEEN $1 AND $2 ORDER BY unit_id, month",
      from, to);
  std::vector<ServedTotal> totals;
  totals.reserve(rows.size());
  for (const sql::Row row : rows) {
    totals.push_back({row.text(0), row.text(1), "", row.integer(2), row.integer(3), "", "", 0});
  }
  return totals;
}

std::map<std::pair<std::string, std::string>, std::int64_t> rated_between(Connection& c,
                                                                          const std::string& from,
                                                                          const std::string& to) {
  std::map<std::pair<std::string, std::string>, std::int64_t> rated;
  for (const sql::Row row :
       c.query("SELECT unit_id, month, linked FROM unit_month WHERE month BETWEEN $1 AND $2", from,
               to)) {
    rated[{row.text(0), row.text(1)}] = row.integer(2);
  }
  return rated;
}

}  // namespace

std::vector<ServedTotal> ServedMonths::counted() const {
  std::set<std::pair<std::string, std::string>> known;
  for (const ServedTotal& total : entered) known.emplace(total.unit_id, total.month);
  std::vector<ServedTotal> all = entered;
  for (const ServedTotal& total : registered) {
    if (!known.contains({total.unit_id, total.month})) all.push_back(total);
  }
  return all;
}

core::Result<void> ProgrammeRecords::add_served(const std::vector<ServedTotal>& totals) {
  return writing(store_, "adding served totals", [&](Connection& c) -> core::Result<void> {
    for (const ServedTotal& total : totals) {
      c.execute(
          "INSERT INTO served (unit_id, month, field_id, received, returned, source, who, at) "
          "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
          total.unit_id, total.month, total.field_id, total.received, total.returned, total.source,
          total.who, total.at_ms);
      add_audit(c,
                {total.at_ms, total.who, "served-entered", total.unit_id,
                 "Tháng " + total.month + (total.field_id.empty() ? "" : ", ") + total.field_id});
    }
    raise_revision(c);
    return {};
  });
}

core::Result<void> ProgrammeRecords::confirm(const ProgrammeConfirmation& confirmation) {
  return writing(store_, "confirming a programme", [&](Connection& c) -> core::Result<void> {
    c.execute(
        "INSERT INTO programme_confirmation (year, digest, document, who, at) "
        "VALUES ($1, $2, $3, $4, $5)",
        confirmation.year, confirmation.digest, confirmation.document, confirmation.who,
        confirmation.at_ms);
    add_audit(c, {confirmation.at_ms, confirmation.who, "programme-confirmed",
                  std::to_string(confirmation.year), confirmation.document});
    raise_revision(c);
    return {};
  });
}

core::Result<ProgrammeFacts> ProgrammeRecords::facts(const std::string& from,
                                                     const std::string& to) {
  return reading(
      store_, "reading the programme's records",
      [&](Connection& c) -> core::Result<ProgrammeFacts> {
        const ServedMonths served{served_between(c, from, to), registered_between(c, from, to)};
        return ProgrammeFacts{served.counted(), rated_between(c, from, to)};
      });
}

core::Result<ServedMonths> ProgrammeRecords::served(const std::string& from,
                                                    const std::string& to) {
  return reading(store_, "reading served totals", [&](Connection& c) -> core::Result<ServedMonths> {
    return ServedMonths{served_between(c, from, to), registered_between(c, from, to)};
  });
}

core::Result<std::vector<ProgrammeConfirmation>> ProgrammeRecords::confirmations() {
  using All = std::vector<ProgrammeConfirmation>;
  return reading(store_, "reading confirmations", [](Connection& c) -> core::Result<All> {
    const sql::Rows rows =
        c.query("SELECT year, digest, document, who, at FROM programme_confirmation ORDER BY id");
    All all;
    all.reserve(rows.size());
    for (const sql::Row row : rows) {
      all.push_back({static_cast<int>(row.integer(0)), row.bytes32(1), row.text(2), row.text(3),
                     row.integer(4)});
    }
    return all;
  });
}

}  // namespace hailong::district::storage
