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

std::vector<KioskMonth> at_kiosks_between(Connection& c, const std::string& from,
                                          const std::string& to) {
  const sql::Rows rows = c.query(
      "SELECT unit_id, month, returned, counted, days FROM kiosk_served_month "
      "WHERE month BETWEEN $1 AND $2 ORDER BY unit_id, month",
      from, to);
  std::vector<KioskMonth> months;
  months.reserve(rows.size());
  for (const sql::Row row : rows) {
    months.push_back({row.text(0), row.text(1), row.integer(2), row.integer(3), row.integer(4)});
  }
  return months;
}

ServedMonths served_months(Connection& c, const std::string& from, const std::string& to) {
  return {served_between(c, from, to), registered_between(c, from, to),
          at_kiosks_between(c, from, to)};
}

std::map<std::pair<std::string, std::string>, std::int64_t> rated_between(Connection& c,
                                                                          const std::string& from,
                                                                          const std::string& to,
                                                                          Shown shown) {
  std::map<std::pair<std::string, std::string>, std::int64_t> rated;
  for (const sql::Row row :
       c.query("SELECT unit_id, month, linked FROM unit_month WHERE month BETWEEN $1 AND $2", from,
               to)) {
    rated[{row.text(0), row.text(1)}] = row.integer(2);
  }
  if (shown == Shown::kAll) return rated;
  for (const sql::Row row : c.query("SELECT unit_id, substr(day, 1, 7), sum(linked) FROM held_cell "
                                    "WHERE substr(day, 1, 7) BETWEEN $1 AND $2 GROUP BY 1, 2",
                                    from, to)) {
    rated[{row.text(0), row.text(1)}] -= row.integer(2);
  }
  return rated;
}

}  // namespace

bool KioskMonth::is_whole(const core::WorkingCalendar& calendar) const {
  const auto first = core::parse_date(month + "-01");
  if (!first) return false;
  for (core::LocalDate day = *first; day.month() == first->month(); day = core::next_day(day)) {
    const bool said = ((days >> (static_cast<unsigned>(day.day()) - 1)) & 1) != 0;
    if (!said && calendar.is_working_day(day)) return false;
  }
  return true;
}

std::vector<ServedTotal> ServedMonths::counted(const core::WorkingCalendar& calendar) const {
  std::set<std::pair<std::string, std::string>> known;
  for (const ServedTotal& total : entered) known.emplace(total.unit_id, total.month);
  std::vector<ServedTotal> all = entered;
  std::map<std::pair<std::string, std::string>, ServedTotal> by_day;
  for (const ServedTotal& total : registered)
    by_day.emplace(std::pair(total.unit_id, total.month), total);
  for (const KioskMonth& own : at_kiosks) {
    const auto found = by_day.find({own.unit_id, own.month});
    if (found != by_day.end()) {
      found->second.returned += own.counted;
      found->second.own = own.counted;
    } else if (own.is_whole(calendar)) {
      ServedTotal total{own.unit_id, own.month, "", 0, own.returned, "", "", 0, own.counted, false};
      by_day.emplace(std::pair(own.unit_id, own.month), std::move(total));
    }
  }
  for (auto& [key, total] : by_day) {
    if (!known.contains(key)) all.push_back(std::move(total));
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

core::Result<ProgrammeFacts> ProgrammeRecords::facts(const std::string& from, const std::string& to,
                                                     const core::WorkingCalendar& calendar,
                                                     Shown shown) {
  return reading(store_, "reading the programme's records",
                 [&](Connection& c) -> core::Result<ProgrammeFacts> {
                   return ProgrammeFacts{served_months(c, from, to).counted(calendar),
                                         rated_between(c, from, to, shown)};
                 });
}

core::Result<ServedMonths> ProgrammeRecords::served(const std::string& from,
                                                    const std::string& to) {
  return reading(store_, "reading served totals", [&](Connection& c) -> core::Result<ServedMonths> {
    return served_months(c, from, to);
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
