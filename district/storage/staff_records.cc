#include "district/storage/staff_records.h"

#include <algorithm>
#include <tuple>

#include "district/storage/connection.h"

namespace hailong::district::storage {
namespace {

/// The store was written by this program: another word or day is corruption.
template <typename T>
T written(const std::optional<T>& value, const char* what) {
  if (!value) throw sql::Exception({core::Fault::kCorrupt, std::string("unknown ") + what});
  return *value;
}

KioskAccount kiosk_account_of(const sql::Row& row, std::size_t first) {
  return {row.text(first), row.text(first + 1),
          written(core::staff_role_of(row.text(first + 2)), "role of staff"),
          row.integer(first + 3) != 0};
}

void add_acts(sql::Connection& c, const core::DeviceId& device, int most, KioskDeeds& found) {
  const sql::Rows rows = c.query(
      "SELECT a.stream_id, a.seq, a.at_ms, a.who, a.deed, a.about FROM staff_act a "
      "JOIN stream ON stream.id = a.stream_id WHERE stream.device_id = $1 "
      "ORDER BY a.stream_id DESC, a.seq DESC LIMIT $2",
      device.value, most);
  found.deeds.reserve(rows.size());
  for (const sql::Row row : rows) {
    found.deeds.push_back({row.integer(0), row.integer(1), row.integer(2), row.text(3),
                           written(core::staff_deed_of(row.text(4)), "deed of staff"), row.text(5),
                           std::nullopt});
  }
}

/// All of them: there are few, and the last of each person says who they are now.
void add_accounts(sql::Connection& c, const core::DeviceId& device, KioskDeeds& found) {
  const sql::Rows rows = c.query(
      "SELECT a.stream_id, a.seq, a.at_ms, a.who, a.id, a.name, a.role, a.active "
      "FROM staff_account a JOIN stream ON stream.id = a.stream_id "
      "WHERE stream.device_id = $1 ORDER BY a.stream_id, a.seq",
      device.value);
  found.deeds.reserve(found.deeds.size() + rows.size());
  for (const sql::Row row : rows) {
    KioskAccount account = kiosk_account_of(row, 4);
    found.people.insert_or_assign(account.id, account);
    found.deeds.push_back({row.integer(0), row.integer(1), row.integer(2), row.text(3),
                           std::nullopt, "", std::move(account)});
  }
}

}  // namespace

core::Result<SignOffs> StaffRecords::sign_offs(core::LocalDate from, core::LocalDate to) {
  return reading(store_, "reading sign-offs", [&](sql::Connection& c) -> core::Result<SignOffs> {
    const std::string first = core::to_string(from);
    const std::string last = core::to_string(to);
    const sql::Rows rows = c.query(
        "SELECT s.unit_id, s.day, s.who, coalesce((SELECT name FROM staff_account a "
        "WHERE a.stream_id = s.stream_id AND a.id = s.who ORDER BY a.seq DESC LIMIT 1), ''), "
        "s.at_ms, stream.device_id FROM sign_off s JOIN stream ON stream.id = s.stream_id "
        "WHERE s.day BETWEEN $1 AND $2 ORDER BY s.day, s.unit_id, s.at_ms, s.stream_id, s.seq",
        first, last);
    SignOffs found;
    found.days.reserve(rows.size());
    for (const sql::Row row : rows) {
      found.days.push_back({row.text(0), written(core::parse_date(row.text(1)), "day"), row.text(2),
                            row.text(3), row.integer(4), core::DeviceId{row.text(5)}});
    }
    for (const sql::Row row : c.query(
             "SELECT DISTINCT unit_id, day FROM cell WHERE day BETWEEN $1 AND $2", first, last)) {
      found.rated[row.text(0)].insert(written(core::parse_date(row.text(1)), "day"));
    }
    return found;
  });
}

core::Result<KioskDeeds> StaffRecords::deeds(const core::DeviceId& device, int most) {
  return reading(store_, "reading what staff did",
                 [&](sql::Connection& c) -> core::Result<KioskDeeds> {
                   KioskDeeds found;
                   add_acts(c, device, most, found);
                   add_accounts(c, device, found);
                   std::sort(found.deeds.begin(), found.deeds.end(),
                             [](const KioskDeed& a, const KioskDeed& b) {
                               return std::tie(a.stream, a.seq) > std::tie(b.stream, b.seq);
                             });
                   if (found.deeds.size() > static_cast<std::size_t>(most)) {
                     found.deeds.erase(found.deeds.begin() + most, found.deeds.end());
                   }
                   return found;
                 });
}

}  // namespace hailong::district::storage
