#include "district/storage/ledger.h"

#include "district/clock.h"
#include "district/storage/connection.h"
#include "district/storage/device_rows.h"

namespace hailong::district::storage {
namespace {

using sql::Type;

constexpr std::int64_t kRevisionShards = 16;

}  // namespace

core::Result<void> Ledger::transact(Company company,
                                    const std::function<core::Result<void>(Transaction&)>& work) {
  return writing_locked(store_, "storing a batch", [&](sql::Connection& connection) {
    if (company == Company::kNone) {
      connection.lock(kProjectionsLock);
    } else {
      connection.share_lock(kProjectionsLock);
    }
    Transaction transaction(connection);
    auto done = work(transaction);
    if (done) transaction.flush();
    return done;
  });
}

Ledger::Transaction::Transaction(sql::Connection& connection)
    : c_(connection),
      open_month_(core::to_string(core::local_date(now_ms())).substr(0, 7)),
      events_(connection.appender({"event",
                                   {{"stream_id", Type::kInteger},
                                    {"seq", Type::kInteger},
                                    {"hash", Type::kBytes},
                                    {"bytes", Type::kBytes}}})),
      ratings_(connection.appender({"rating",
                                    {{"stream_id", Type::kInteger},
                                     {"seq", Type::kInteger},
                                     {"cell_id", Type::kInteger},
                                     {"score", Type::kInteger},
                                     {"flags", Type::kText},
                                     {"superseded", Type::kInteger},
                                     {"hour", Type::kInteger},
                                     {"linked", Type::kInteger},
                                     {"excluded", Type::kInteger},
                                     {"at_ms", Type::kInteger},
                                     {"stamped", Type::kInteger}}})) {}

void Ledger::Transaction::flush() {
  events_->flush();
  ratings_->flush();
}

bool Ledger::Transaction::key_is_active(const core::DeviceId& device, const wire::PublicKey& key) {
  return !c_.query(
                "SELECT 1 FROM device_key WHERE public_key = $1 AND device_id = $2 "
                "AND revoked_at IS NULL",
                key, device.value)
              .empty();
}

void Ledger::Transaction::key_signed(const core::DeviceId& device, const wire::PublicKey& key,
                                     std::int64_t now_ms) {
  const auto taken = c_.execute(
      "UPDATE device_key SET takes_over = 0 WHERE public_key = $1 AND takes_over = 1", key);
  if (taken == 0) return;
  const auto revoked = c_.execute(
      "UPDATE device_key SET revoked_at = $1 "
      "WHERE device_id = $2 AND public_key <> $3 AND revoked_at IS NULL",
      now_ms, device.value, key);
  if (revoked == 0) return;
  add_audit(c_, {now_ms, kItself, "device-keys-revoked", device.value,
                 std::to_string(revoked) + " khóa, vì kiosk đã dùng khóa mới"});
}

std::optional<Stream> Ledger::Transaction::stream(const core::DeviceId& device,
                                                  const core::EpochId& epoch) {
  c_.lock("stream " + device.value + " " + epoch.value);
  const sql::Rows rows = c_.query(
      "SELECT id, first, position, head, received_at, contents FROM stream "
      "WHERE device_id = $1 AND epoch = $2",
      device.value, epoch.value);
  if (rows.empty()) return std::nullopt;
  return Stream{rows[0].integer(0), rows[0].integer(1), rows[0].integer(2),
                rows[0].bytes32(3), rows[0].integer(4), rows[0].integer(5)};
}

Stream Ledger::Transaction::open_stream(const core::DeviceId& device, const core::EpochId& epoch,
                                        core::Seq first, const core::Bytes32& start,
                                        std::int64_t now_ms) {
  const core::Seq known_before = highest_seen_but(c_, device, epoch);
  const sql::Rows rows = c_.query(
      "INSERT INTO stream (device_id, epoch, first, position, head, first_seen, received_at, "
      "known_before, contents) VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $4) RETURNING id",
      device.value, epoch.value, first, first - 1, start, now_ms, known_before);
  return Stream{rows[0].integer(0), first, first - 1, start, now_ms, first - 1};
}

void Ledger::Transaction::advance(const Stream& stream) {
  c_.execute("UPDATE stream SET position = $1, head = $2, received_at = $3 WHERE id = $4",
             stream.position, stream.head, stream.received_at, stream.id);
  revise(stream.id);
}

void Ledger::Transaction::set_contents(const Stream& stream) {
  c_.execute("UPDATE stream SET contents = $1 WHERE id = $2", stream.contents, stream.id);
  revise(stream.id);
}

void Ledger::Transaction::revise(std::int64_t shard) {
  c_.execute(
      "INSERT INTO revision (shard, n) VALUES ($1, 1) "
      "ON CONFLICT (shard) DO UPDATE SET n = revision.n + 1",
      shard % kRevisionShards);
}

core::Bytes32 Ledger::Transaction::hash_at(const Stream& stream, core::Seq seq) {
  const sql::Rows rows =
      c_.query("SELECT hash FROM event WHERE stream_id = $1 AND seq = $2", stream.id, seq);
  return rows.empty() ? core::Bytes32{} : rows[0].bytes32(0);
}

std::vector<PinnedHead> Ledger::Transaction::pinned_heads(const core::DeviceId& device,
                                                          const core::EpochId& epoch,
                                                          core::Seq first, core::Seq last) {
  const sql::Rows rows = c_.query(
      "SELECT seq, hash FROM pinned_head "
      "WHERE device_id = $1 AND epoch = $2 AND seq BETWEEN $3 AND $4 ORDER BY seq",
      device.value, epoch.value, first, last);
  std::vector<PinnedHead> heads;
  heads.reserve(rows.size());
  for (const sql::Row row : rows) heads.push_back({row.integer(0), row.bytes32(1)});
  return heads;
}

void Ledger::Transaction::pin(const SignedClaim& claim, std::int64_t now_ms) {
  c_.execute(
      "INSERT INTO pinned_head (device_id, epoch, seq, hash, claim, key, signature, seen_at, "
      "heartbeat) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
      "ON CONFLICT (device_id, epoch, seq, hash) DO NOTHING",
      claim.device.value, claim.epoch.value, claim.last, claim.head, claim.claim, claim.key,
      claim.signature, now_ms, claim.is_heartbeat ? 1 : 0);
}

void Ledger::Transaction::keep_conflict(const SignedClaim& claim, std::string_view events,
                                        std::string_view reason, std::int64_t now_ms) {
  c_.execute(
      "INSERT INTO conflict (device_id, epoch, first, last, head, claim, key, signature, events, "
      "reason, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
      "ON CONFLICT (device_id, epoch, first, last, head) DO NOTHING",
      claim.device.value, claim.epoch.value, claim.first, claim.last, claim.head, claim.claim,
      claim.key, claim.signature, sql::bytes(events), reason, now_ms);
}

void Ledger::Transaction::add_event(std::int64_t stream, core::Seq seq, const core::Bytes32& hash,
                                    std::string_view bytes) {
  events_->add(std::array<sql::Value, 4>{stream, seq, hash, sql::bytes(bytes)});
}

void Ledger::Transaction::add_rating(const RatingPlace& place, const StoredRating& rating) {
  ratings_->add(std::array<sql::Value, 11>{
      place.stream, place.seq, rating.cell, rating.score, rating.flags, rating.superseded,
      rating.hour, rating.linked, rating.excluded, rating.at_ms, rating.stamped});
}

std::optional<StoredRating> Ledger::Transaction::rating(const RatingPlace& place) {
  const sql::Rows rows = c_.query(
      c_.for_update("SELECT cell_id, score, flags, superseded, hour, linked, excluded, later, "
                    "at_ms, stamped "
                    "FROM rating WHERE stream_id = $1 AND seq = $2"),
      place.stream, place.seq);
  if (rows.empty()) return std::nullopt;
  const sql::Row row = rows[0];
  return StoredRating{row.integer(0),
                      static_cast<int>(row.integer(1)),
                      row.text(2),
                      row.integer(3) != 0,
                      static_cast<int>(row.integer(4)),
                      row.integer(5) != 0,
                      row.integer(6) != 0,
                      row.integer(7) != 0,
                      row.integer(8),
                      row.integer(9) != 0};
}

void Ledger::Transaction::set_rating(const RatingPlace& place, const StoredRating& rating) {
  c_.execute(
      "UPDATE rating SET cell_id = $1, score = $2, superseded = $3, linked = $4, excluded = $5, "
      "later = $6, hour = $7, at_ms = $8 WHERE stream_id = $9 AND seq = $10",
      rating.cell, rating.score, rating.superseded, rating.linked, rating.excluded, rating.later,
      rating.hour, rating.at_ms, place.stream, place.seq);
}

std::int64_t Ledger::Transaction::cell(const CellKey& key) {
  const auto find = [&] {
    return c_.query(
        "SELECT id FROM cell WHERE day = $1 AND unit_id = $2 AND field_id = $3 "
        "AND counter_id = $4",
        key.day, key.unit_id, key.field_id, key.counter_id);
  };
  if (const sql::Rows rows = find(); !rows.empty()) return rows[0].integer(0);
  c_.execute(
      "INSERT INTO cell (day, unit_id, field_id, counter_id) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (day, unit_id, field_id, counter_id) DO NOTHING",
      key.day, key.unit_id, key.field_id, key.counter_id);
  return find()[0].integer(0);
}

void Ledger::Transaction::add_content(std::int64_t stream, core::Seq seq,
                                      const core::Bytes32& digest, const core::Bytes32* salt,
                                      std::string_view text, std::int64_t now_ms) {
  c_.execute(
      "INSERT INTO content (stream_id, seq, digest, salt, text, received_at) "
      "VALUES ($1, $2, $3, $4, $5, $6) "
      "ON CONFLICT (stream_id, seq) DO NOTHING",
      stream, seq, digest, salt == nullptr ? sql::Value() : sql::Value(*salt),
      salt == nullptr ? sql::Value() : sql::Value(sql::bytes(text)), now_ms);
}

void Ledger::Transaction::fill_content(std::int64_t stream, core::Seq seq,
                                       const core::Bytes32& digest, const core::Bytes32& salt,
                                       std::string_view text, std::int64_t now_ms) {
  c_.execute(
      "UPDATE content SET salt = $1, text = $2, received_at = $3 WHERE stream_id = $4 AND seq = $5 "
      "AND digest = $6 AND text IS NULL AND erased_by IS NULL AND erased_own IS NULL",
      salt, sql::bytes(text), now_ms, stream, seq, digest);
}

bool Ledger::Transaction::erase_content(std::int64_t stream, const core::Bytes32& digest,
                                        core::Seq erased_by) {
  const auto erased = c_.execute(
      "UPDATE content SET salt = NULL, text = NULL, erased_by = coalesce(erased_by, $1) "
      "WHERE stream_id = $2 AND digest = $3",
      erased_by, stream, digest);
  if (erased > 0) c_.erase_from_log();
  return erased > 0;
}

void Ledger::Transaction::quarantine(std::int64_t stream, core::Seq seq, std::string_view reason) {
  c_.execute("INSERT INTO quarantine (stream_id, seq, reason) VALUES ($1, $2, $3)", stream, seq,
             reason);
}

void Ledger::Transaction::clear_projections() {
  for (const char* table :
       {"case_words",  "feedback_case", "consent",      "visit_token",        "dossier",
        "answer",      "quarantine",    "rating",       "cell_flag",          "cell",
        "month_cell",  "month_flag",    "unit_month",   "unit_month_flag",    "hour_cell",
        "answer_cell", "sign_off",      "kiosk_served", "kiosk_served_month", "staff_account",
        "staff_act",   "boot",          "held_cell",    "held_flag",          "held_hour",
        "held_answer", "held_rating"}) {
    c_.execute(std::string("DELETE FROM ") + table);
  }
  open_month_.clear();
}

std::vector<std::int64_t> Ledger::Transaction::streams() {
  const sql::Rows rows = c_.query("SELECT id FROM stream WHERE id <> $1 ORDER BY id", kOwnStream);
  std::vector<std::int64_t> streams;
  streams.reserve(rows.size());
  for (const sql::Row row : rows) streams.push_back(row.integer(0));
  return streams;
}

void Ledger::Transaction::each_event(
    std::int64_t stream, const std::function<void(core::Seq, std::string_view)>& visit) {
  c_.each(
      "SELECT seq, bytes FROM event WHERE stream_id = $1 ORDER BY seq",
      [&](const sql::Row& row) { visit(row.integer(0), row.bytes(1)); }, stream);
}

std::int64_t Ledger::Transaction::projection_version() {
  return c_.query("SELECT projection FROM state")[0].integer(0);
}

void Ledger::Transaction::set_projection_version(std::int64_t version) {
  c_.execute("UPDATE state SET projection = $1", version);
}

}  // namespace hailong::district::storage
