#include <algorithm>

#include "district/storage/ledger.h"

/// When the events of a stream happened, as the ingest keeps it.

namespace hailong::district::storage {
namespace {

using Learnt = std::optional<core::BootTime>;

sql::Value or_null(bool known, const std::int64_t& value) {
  return known ? sql::Value(value) : sql::Value();
}

Learnt learnt_in(const sql::Row& row, std::size_t first, const std::string& boot) {
  if (row.is_null(first)) return std::nullopt;
  core::BootTime time;
  time.boot = boot;
  time.learnt_ms = row.integer(first);
  time.began_ms = row.integer(first + 1);
  time.error_ms = row.integer(first + 2);
  return time;
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

std::vector<core::Boot> Ledger::Transaction::boots(std::int64_t stream) {
  const sql::Rows rows = c_.query(
      "SELECT boot_id, first_seq, last_seq, first_mono, last_mono, first_learnt, first_began, "
      "first_error, last_learnt, last_began, last_error, received_mono, received_at, floor_at, "
      "unsure FROM boot WHERE stream_id = $1 ORDER BY first_seq",
      stream);
  std::vector<core::Boot> boots;
  boots.reserve(rows.size());
  for (const sql::Row row : rows) {
    core::Boot boot;
    boot.id = row.text(0);
    boot.first = row.integer(1);
    boot.last = row.integer(2);
    boot.first_mono = row.integer(3);
    boot.last_mono = row.integer(4);
    boot.learnt_first = learnt_in(row, 5, boot.id);
    boot.learnt_last = learnt_in(row, 8, boot.id);
    if (!row.is_null(11)) boot.received = core::BootMoment{row.integer(11), row.integer(12)};
    boot.floor_ms = row.integer(13);
    boot.unsure = row.integer(14);
    boots.push_back(std::move(boot));
  }
  return boots;
}

void Ledger::Transaction::keep_boot(std::int64_t stream, const core::Boot& boot) {
  const core::BootTime first = boot.learnt_first.value_or(core::BootTime{});
  const core::BootTime last = boot.learnt_last.value_or(core::BootTime{});
  const core::BootMoment received = boot.received.value_or(core::BootMoment{});
  const bool learnt = boot.learnt_first.has_value();
  c_.execute(
      "INSERT INTO boot (stream_id, boot_id, first_seq, last_seq, first_mono, last_mono, "
      "first_learnt, first_began, first_error, last_learnt, last_began, last_error, "
      "received_mono, received_at, floor_at, unsure) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
      "$10, $11, $12, $13, $14, $15, $16) ON CONFLICT (stream_id, first_seq) DO UPDATE SET "
      "last_seq = excluded.last_seq, first_mono = excluded.first_mono, "
      "last_mono = excluded.last_mono, first_learnt = excluded.first_learnt, "
      "first_began = excluded.first_began, first_error = excluded.first_error, "
      "last_learnt = excluded.last_learnt, last_began = excluded.last_began, "
      "last_error = excluded.last_error, received_mono = excluded.received_mono, "
      "received_at = excluded.received_at, floor_at = excluded.floor_at, "
      "unsure = excluded.unsure",
      stream, boot.id, boot.first, boot.last, boot.first_mono, boot.last_mono,
      or_null(learnt, first.learnt_ms), or_null(learnt, first.began_ms),
      or_null(learnt, first.error_ms), or_null(learnt, last.learnt_ms),
      or_null(learnt, last.began_ms), or_null(learnt, last.error_ms),
      or_null(boot.received.has_value(), received.mono_ms),
      or_null(boot.received.has_value(), received.at_ms), boot.floor_ms, boot.unsure);
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
