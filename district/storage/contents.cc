#include "district/storage/contents.h"

#include <chrono>
#include <set>

#include "district/storage/connection.h"

namespace hailong::district::storage {
namespace {

constexpr std::int64_t kMillisecondsADay = 86'400'000;

constexpr const char* kHeldContent =
    "SELECT content.stream_id, content.seq, stream.device_id, stream.epoch, content.digest, "
    "content.text, event.bytes "
    "FROM content JOIN stream ON stream.id = content.stream_id "
    "JOIN event ON event.seq = abs(content.seq) AND event.stream_id = "
    "CASE WHEN content.seq < 0 THEN 0 ELSE content.stream_id END ";
constexpr const char* kIsHere = "content.text IS NOT NULL ";
constexpr const char* kIsAwaited =
    "content.text IS NULL AND content.seq > stream.contents "
    "AND content.erased_by IS NULL AND content.erased_own IS NULL ";

HeldContent held_of(const sql::Row& row) {
  return {{row.integer(0), row.integer(1)},
          core::DeviceId{row.text(2)},
          core::EpochId{row.text(3)},
          row.bytes32(4),
          row.is_null(5) ? "" : row.bytes(5),
          row.bytes(6),
          row.is_null(5)};
}

HoldingKiosk kiosk_of(const sql::Row& row) {
  return {core::DeviceId{row.text(0)}, core::UnitCode{row.text(1)}};
}

}  // namespace

core::Result<void> Contents::each(const std::function<void(const HeldContent&)>& visit) {
  return reading(store_, "reading contents", [&](sql::Connection& c) {
    const std::string which = std::string("WHERE ") + kIsHere + "OR " + kIsAwaited;
    c.each(kHeldContent + which + "ORDER BY content.stream_id, content.seq",
           [&](const sql::Row& row) { visit(held_of(row)); });
    return core::Result<void>();
  });
}

core::Result<std::vector<HeldContent>> Contents::outdated(const Retention& rule,
                                                          std::int64_t now_ms, int most) {
  using Found = std::vector<HeldContent>;
  return reading(store_, "reading old contents", [&](sql::Connection& c) -> core::Result<Found> {
    const sql::Rows rows = c.query(std::string(kHeldContent) + "WHERE " + kIsHere +
                                       "AND (content.received_at <= $1 OR EXISTS ("
                                       "SELECT 1 FROM (SELECT stream_id, seq, rating_seq "
                                       "FROM case_words UNION ALL "
                                       "SELECT stream_id, event_seq, rating_seq FROM case_step "
                                       "WHERE event_seq IS NOT NULL) AS w JOIN case_state s "
                                       "ON s.stream_id = w.stream_id "
                                       "AND s.rating_seq = w.rating_seq "
                                       "WHERE w.stream_id = content.stream_id "
                                       "AND w.seq = content.seq AND s.status IN "
                                       "('closed', 'declined', 'transferred', 'passed-on') "
                                       "AND (SELECT max(at_ms) FROM case_step t "
                                       "WHERE t.stream_id = s.stream_id "
                                       "AND t.rating_seq = s.rating_seq) <= $2)) "
                                       "ORDER BY content.received_at LIMIT $3",
                                   now_ms - rule.words_days * kMillisecondsADay,
                                   now_ms - rule.words_days_after_close * kMillisecondsADay, most);
    Found found;
    found.reserve(rows.size());
    for (const sql::Row row : rows) found.push_back(held_of(row));
    return found;
  });
}

core::Result<std::vector<NamedRating>> Contents::ratings_of_dossier(const core::Bytes32& key) {
  using Found = std::vector<NamedRating>;
  return reading(store_, "reading dossiers", [&](sql::Connection& c) -> core::Result<Found> {
    const sql::Rows rows = c.query(
        "SELECT stream.device_id, stream.epoch, dossier.rating_seq FROM dossier "
        "JOIN stream ON stream.id = dossier.stream_id WHERE dossier.key = $1 ORDER BY 1, 2, 3",
        key);
    Found found;
    found.reserve(rows.size());
    for (const sql::Row row : rows) {
      found.push_back({core::DeviceId{row.text(0)}, core::EpochId{row.text(1)}, row.integer(2)});
    }
    return found;
  });
}

core::Result<std::vector<HoldingKiosk>> Contents::kiosks() {
  using Found = std::vector<HoldingKiosk>;
  return reading(store_, "reading kiosks", [&](sql::Connection& c) -> core::Result<Found> {
    const sql::Rows rows =
        c.query("SELECT device_id, unit_code FROM device WHERE unit_code <> '' ORDER BY device_id");
    Found found;
    found.reserve(rows.size());
    for (const sql::Row row : rows) found.push_back(kiosk_of(row));
    return found;
  });
}

core::Result<std::vector<HoldingKiosk>> Contents::kiosks_with_contacts(core::LocalDate today) {
  using Found = std::vector<HoldingKiosk>;
  return reading(store_, "reading consents", [&](sql::Connection& c) -> core::Result<Found> {
    std::set<HoldingKiosk> kiosks;
    c.each(
        "SELECT device.device_id, device.unit_code, cell.day, consent.keep_days FROM consent "
        "JOIN rating ON rating.stream_id = consent.stream_id "
        "AND rating.seq = consent.rating_seq "
        "JOIN cell ON cell.id = rating.cell_id JOIN stream ON stream.id = consent.stream_id "
        "JOIN device ON device.device_id = stream.device_id",
        [&](const sql::Row& row) {
          const std::chrono::sys_days day(core::parse_date(row.text(2)).value());
          const std::chrono::days kept(row.integer(3));
          if (day + kept >= std::chrono::sys_days(today)) kiosks.insert(kiosk_of(row));
        });
    return Found(kiosks.begin(), kiosks.end());
  });
}

}  // namespace hailong::district::storage
