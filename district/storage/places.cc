#include "district/storage/places.h"

#include "district/storage/connection.h"
#include "district/storage/ledger.h"

namespace hailong::district::storage {
namespace {

/// Columns from_day, unit_code, point_id, counter_id from `first` on.
DevicePlace place_of(const sql::Row& row, std::size_t first) {
  return {core::parse_date(row.text(first)).value(), core::UnitCode{row.text(first + 1)},
          row.maybe_text(first + 2).value_or(""), core::CounterId{row.text(first + 3)}};
}

std::vector<DevicePlace> places_of(sql::Connection& c, const core::DeviceId& device) {
  const sql::Rows rows = c.query(
      "SELECT from_day, unit_code, point_id, counter_id FROM device_place "
      "WHERE device_id = $1 ORDER BY from_day",
      device.value);
  std::vector<DevicePlace> places;
  places.reserve(rows.size());
  for (const sql::Row row : rows) places.push_back(place_of(row, 0));
  return places;
}

}  // namespace

std::map<std::string, std::vector<DevicePlace>> places_by_device(sql::Connection& c) {
  std::map<std::string, std::vector<DevicePlace>> places;
  for (const sql::Row row : c.query("SELECT device_id, from_day, unit_code, point_id, counter_id "
                                    "FROM device_place ORDER BY device_id, from_day")) {
    places[row.text(0)].push_back(place_of(row, 1));
  }
  return places;
}

core::Result<void> Places::add(const ReceptionPoint& point, const Author& by) {
  return writing(store_, "adding a reception point", [&](sql::Connection& c) -> core::Result<void> {
    const auto added = c.execute(
        "INSERT INTO reception_point (point_id, unit_code, name, valid_from) "
        "VALUES ($1, $2, $3, $4) ON CONFLICT (point_id) DO NOTHING",
        point.id, point.unit.value, point.name, core::to_string(point.from));
    if (added == 0) {
      return core::fail(core::Fault::kConflict, "there is a reception point " + point.id);
    }
    add_audit(
        c, {by.at_ms, by.who, "point-added", point.id,
            point.name + ", đơn vị " + point.unit.value + ", từ " + core::to_string(point.from)});
    return {};
  });
}

core::Result<void> Places::close(const std::string& point, core::LocalDate last_day,
                                 const Author& by) {
  return writing(
      store_, "closing a reception point", [&](sql::Connection& c) -> core::Result<void> {
        const std::string day = core::to_string(last_day);
        const auto closed =
            c.execute("UPDATE reception_point SET valid_to = $1 WHERE point_id = $2", day, point);
        if (closed == 0) return core::fail(core::Fault::kNotFound, "no reception point " + point);
        add_audit(c, {by.at_ms, by.who, "point-closed", point, "ngày cuối " + day});
        return {};
      });
}

core::Result<std::vector<ReceptionPoint>> Places::points() {
  using Points = std::vector<ReceptionPoint>;
  return reading(
      store_, "reading reception points", [](sql::Connection& c) -> core::Result<Points> {
        const sql::Rows rows = c.query(
            "SELECT point_id, unit_code, name, valid_from, valid_to FROM reception_point "
            "ORDER BY unit_code, point_id");
        Points points;
        points.reserve(rows.size());
        for (const sql::Row row : rows) {
          points.push_back({row.text(0),
                            core::UnitCode{row.text(1)},
                            row.text(2),
                            core::parse_date(row.text(3)).value(),
                            {}});
          if (!row.is_null(4)) points.back().to = core::parse_date(row.text(4));
        }
        return points;
      });
}

core::Result<std::vector<DevicePlace>> Places::of(const core::DeviceId& device) {
  return reading(store_, "reading a kiosk's places", [&](sql::Connection& c) {
    return core::Result<std::vector<DevicePlace>>(places_of(c, device));
  });
}

std::optional<KnownDevice> Ledger::Transaction::device(const core::DeviceId& device) {
  const sql::Rows rows =
      c_.query("SELECT suspended_at FROM device WHERE device_id = $1", device.value);
  if (rows.empty()) return std::nullopt;
  return KnownDevice{places_of(c_, device), !rows[0].is_null(0)};
}

std::vector<DevicePlace> Ledger::Transaction::places_of_stream(std::int64_t stream) {
  const sql::Rows rows = c_.query("SELECT device_id FROM stream WHERE id = $1", stream);
  return places_of(c_, core::DeviceId{rows[0].text(0)});
}

void Ledger::Transaction::put(const core::DeviceId& device, const DevicePlace& place) {
  const auto point = place.point.empty() ? std::nullopt : std::optional(place.point);
  c_.execute(
      "INSERT INTO device_place (device_id, from_day, unit_code, point_id, counter_id) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (device_id, from_day) DO UPDATE SET "
      "unit_code = excluded.unit_code, point_id = excluded.point_id, "
      "counter_id = excluded.counter_id",
      device.value, core::to_string(place.from), place.unit.value, point, place.counter.value);
  c_.execute("UPDATE device SET unit_code = $1, counter_id = $2 WHERE device_id = $3",
             place.unit.value, place.counter.value, device.value);
}

std::int64_t Ledger::Transaction::counted_since(const core::DeviceId& device, core::LocalDate day) {
  return c_
      .query(
          "SELECT count(*) FROM stream JOIN (SELECT rating.stream_id, cell.day FROM rating "
          "JOIN cell ON cell.id = rating.cell_id UNION ALL SELECT stream_id, day FROM sign_off "
          "UNION ALL SELECT stream_id, day FROM kiosk_served) AS counted "
          "ON counted.stream_id = stream.id WHERE stream.device_id = $1 AND counted.day >= $2",
          device.value, core::to_string(day))[0]
      .integer(0);
}

}  // namespace hailong::district::storage
