#include <algorithm>
#include <utility>

#include "district/storage/ledger.h"

/// When the events of a stream happened, as the ingest keeps it.

namespace hailong::district::storage {
namespace {

/// NULL where it is not known.
template <typename Part>
sql::Value part_of(const std::optional<core::BootTime>& time, Part part) {
  return time ? sql::Value((*time).*part) : sql::Value();
}

template <typename Part>
sql::Value part_of(const std::optional<core::BootMoment>& moment, Part part) {
  return moment ? sql::Value((*moment).*part) : sql::Value();
}

std::optional<core::BootTime> time_in(const sql::Row& row, std::size_t first,
                                      const std::string& boot, core::TimeSource by) {
  if (row.is_null(first)) return std::nullopt;
  return core::BootTime{boot, row.integer(first + 1), row.integer(first + 2), row.integer(first),
                        by};
}

std::optional<core::BootMoment> moment_in(const sql::Row& row, std::size_t first) {
  if (row.is_null(first)) return std::nullopt;
  return core::BootMoment{row.integer(first), row.integer(first + 1)};
}

}  // namespace

std::int64_t Arrivals::of(core::Seq seq) const {
  const auto at = std::lower_bound(heads_.begin(), heads_.end(), seq,
                                   [](const Head& head, core::Seq s) { return head.seq < s; });
  return at == heads_.end() ? last_ms_ : at->seen_ms;
}

void Arrivals::add(core::Seq seq, std::int64_t seen_ms) {
  for (auto head = heads_.rbegin(); head != heads_.rend() && head->seen_ms > seen_ms; ++head) {
    head->seen_ms = seen_ms;  // a head proves all that is before it
  }
  heads_.push_back({seq, seen_ms});
}

Arrivals Ledger::Transaction::arrivals(std::int64_t stream, core::Seq from, std::int64_t last_ms) {
  Arrivals arrivals(last_ms);
  for (const sql::Row row : c_.query(
           "SELECT p.seq, min(p.seen_at) FROM stream s "
           "JOIN pinned_head p ON p.device_id = s.device_id AND p.epoch = s.epoch AND p.seq >= $2 "
           "JOIN event e ON e.stream_id = s.id AND e.seq = p.seq AND e.hash = p.hash "
           "WHERE s.id = $1 GROUP BY p.seq ORDER BY p.seq",
           stream, from)) {
    arrivals.add(row.integer(0), row.integer(1));
  }
  return arrivals;
}

std::int64_t Ledger::Transaction::last_received(std::int64_t stream) {
  return c_.query("SELECT received_at FROM stream WHERE id = $1", stream)[0].integer(0);
}

std::vector<KeptBoot> Ledger::Transaction::boots(std::int64_t stream, core::Seq before,
                                                 std::size_t most) {
  using core::TimeSource;
  const sql::Rows rows = c_.query(
      "SELECT boot_id, first_seq, last_seq, first_mono, last_mono, first_told, first_told_began, "
      "first_told_error, last_told, last_told_began, last_told_error, first_claim, "
      "first_claim_began, first_claim_error, last_claim, last_claim_began, last_claim_error, "
      "received_mono, received_at, known_mono, known_at, floor_mono, floor_at, disputed, unsure, "
      "known_end, believed_end FROM boot WHERE stream_id = $1 AND first_seq < $2 "
      "ORDER BY first_seq DESC LIMIT $3",
      stream, before, static_cast<std::int64_t>(most));
  std::vector<KeptBoot> boots;
  boots.reserve(rows.size());
  for (const sql::Row row : rows) {
    core::Boot boot;
    boot.id = row.text(0);
    boot.first = row.integer(1);
    boot.last = row.integer(2);
    boot.first_mono = row.integer(3);
    boot.last_mono = row.integer(4);
    boot.told.first = time_in(row, 5, boot.id, TimeSource::kDistrict);
    boot.told.last = time_in(row, 8, boot.id, TimeSource::kDistrict);
    boot.claimed.first = time_in(row, 11, boot.id, TimeSource::kNtp);
    boot.claimed.last = time_in(row, 14, boot.id, TimeSource::kNtp);
    boot.received = moment_in(row, 17);
    boot.known_floor = moment_in(row, 19);
    boot.floor = moment_in(row, 21);
    boot.disputed = row.integer(23) != 0;
    boot.unsure = row.integer(24);
    boots.push_back({std::move(boot), row.maybe_integer(25), row.maybe_integer(26)});
  }
  std::reverse(boots.begin(), boots.end());
  return boots;
}

std::optional<std::int64_t> Ledger::Transaction::known_since(std::int64_t stream) {
  return c_
      .query(
          "SELECT max(i.used_at) FROM stream s JOIN invitation i "
          "ON i.device_id = s.device_id AND i.used_at <= s.first_seen WHERE s.id = $1",
          stream)[0]
      .maybe_integer(0);
}

void Ledger::Transaction::keep_boot(std::int64_t stream, const KeptBoot& kept) {
  const core::Boot& boot = kept.boot;
  using core::BootMoment;
  using core::BootTime;
  c_.execute(
      "INSERT INTO boot (stream_id, boot_id, first_seq, last_seq, first_mono, last_mono, "
      "first_told, first_told_began, first_told_error, last_told, last_told_began, "
      "last_told_error, first_claim, first_claim_began, first_claim_error, last_claim, "
      "last_claim_began, last_claim_error, received_mono, received_at, known_mono, known_at, "
      "floor_mono, floor_at, disputed, unsure, known_end, believed_end) VALUES ($1, $2, $3, $4, "
      "$5, $6, $7, $8, $9, $10, "
      "$11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28) "
      "ON CONFLICT (stream_id, first_seq) DO UPDATE SET last_seq = excluded.last_seq, "
      "first_mono = excluded.first_mono, last_mono = excluded.last_mono, "
      "first_told = excluded.first_told, first_told_began = excluded.first_told_began, "
      "first_told_error = excluded.first_told_error, last_told = excluded.last_told, "
      "last_told_began = excluded.last_told_began, last_told_error = excluded.last_told_error, "
      "first_claim = excluded.first_claim, first_claim_began = excluded.first_claim_began, "
      "first_claim_error = excluded.first_claim_error, last_claim = excluded.last_claim, "
      "last_claim_began = excluded.last_claim_began, "
      "last_claim_error = excluded.last_claim_error, received_mono = excluded.received_mono, "
      "received_at = excluded.received_at, known_mono = excluded.known_mono, "
      "known_at = excluded.known_at, floor_mono = excluded.floor_mono, "
      "floor_at = excluded.floor_at, disputed = excluded.disputed, unsure = excluded.unsure, "
      "known_end = excluded.known_end, believed_end = excluded.believed_end",
      stream, boot.id, boot.first, boot.last, boot.first_mono, boot.last_mono,
      part_of(boot.told.first, &BootTime::learnt_ms), part_of(boot.told.first, &BootTime::began_ms),
      part_of(boot.told.first, &BootTime::error_ms), part_of(boot.told.last, &BootTime::learnt_ms),
      part_of(boot.told.last, &BootTime::began_ms), part_of(boot.told.last, &BootTime::error_ms),
      part_of(boot.claimed.first, &BootTime::learnt_ms),
      part_of(boot.claimed.first, &BootTime::began_ms),
      part_of(boot.claimed.first, &BootTime::error_ms),
      part_of(boot.claimed.last, &BootTime::learnt_ms),
      part_of(boot.claimed.last, &BootTime::began_ms),
      part_of(boot.claimed.last, &BootTime::error_ms), part_of(boot.received, &BootMoment::mono_ms),
      part_of(boot.received, &BootMoment::at_ms), part_of(boot.known_floor, &BootMoment::mono_ms),
      part_of(boot.known_floor, &BootMoment::at_ms), part_of(boot.floor, &BootMoment::mono_ms),
      part_of(boot.floor, &BootMoment::at_ms), boot.disputed ? 1 : 0, boot.unsure,
      kept.known_end ? sql::Value(*kept.known_end) : sql::Value(),
      kept.believed_end ? sql::Value(*kept.believed_end) : sql::Value());
}

void Ledger::Transaction::unsettle_ratings(std::int64_t stream, core::Seq first, core::Seq last) {
  c_.execute("UPDATE rating SET stamped = 0 WHERE stream_id = $1 AND seq BETWEEN $2 AND $3", stream,
             first, last);
}

std::vector<StoredEvent> Ledger::Transaction::unsure_ratings(std::int64_t stream, core::Seq first,
                                                             core::Seq last) {
  const sql::Rows rows = c_.query(
      "SELECT r.seq, e.bytes FROM rating r JOIN event e ON e.stream_id = r.stream_id "
      "AND e.seq = r.seq WHERE r.stream_id = $1 AND r.seq BETWEEN $2 AND $3 AND r.stamped = 0 "
      "ORDER BY r.seq",
      stream, first, last);
  std::vector<StoredEvent> ratings;
  ratings.reserve(rows.size());
  for (const sql::Row row : rows) ratings.push_back({row.integer(0), row.bytes(1)});
  return ratings;
}

void Ledger::Transaction::move_case(const RatingPlace& rating, const std::string& unit_id,
                                    std::int64_t given_at) {
  c_.execute(
      "UPDATE feedback_case SET unit_id = $1, day = $2, given_at = $3 "
      "WHERE stream_id = $4 AND rating_seq = $5",
      unit_id, core::to_string(core::local_date(given_at)), given_at, rating.stream, rating.seq);
}

}  // namespace hailong::district::storage
