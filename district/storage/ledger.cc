#include "district/storage/ledger.h"

#include "district/storage/connection.h"
#include "district/storage/ledger_statements.h"

namespace hailong::district::storage {
namespace {

void bind_text(SQLite::Statement& statement, int index, std::string_view text) {
  statement.bind(index, std::string(text));
}

/// Columns 1 to 8 as pinned_head and conflict both begin.
void bind_claim(SQLite::Statement& statement, const SignedClaim& claim, std::int64_t now_ms) {
  statement.bindNoCopy(1, claim.device.value);
  statement.bindNoCopy(2, claim.epoch.value);
  statement.bind(3, claim.last);
  sqlite::bind_blob(statement, 4, claim.head);
  bind_text(statement, 5, claim.claim);
  sqlite::bind_blob(statement, 6, claim.key);
  statement.bindNoCopy(7, claim.signature.data(), static_cast<int>(claim.signature.size()));
  statement.bind(8, now_ms);
}

}  // namespace

Ledger::Ledger(Store& store) : store_(store) {}

Ledger::~Ledger() = default;

core::Result<void> Ledger::write(const std::function<core::Result<void>(Transaction&)>& work) {
  return sqlite::fenced("storing a batch", [&]() -> core::Result<void> {
    Store::Parts& parts = store_.parts();
    const std::lock_guard lock(parts.writing);
    if (!statements_) statements_ = std::make_unique<Statements>(*parts.writer);
    {
      statements_->erased = false;
      SQLite::Transaction transaction(*parts.writer, SQLite::TransactionBehavior::IMMEDIATE);
      Transaction view(*statements_);
      if (auto done = work(view); !done) return done;
      transaction.commit();
      words_in_log_ = words_in_log_ || statements_->erased;
    }
    if (words_in_log_) {
      // Column 0 says whether a reader kept the log from being cut; then the next write tries
      // again.
      words_in_log_ = parts.writer->execAndGet("PRAGMA wal_checkpoint(TRUNCATE)").getInt() != 0;
    }
    return {};
  });
}

std::optional<KnownDevice> Ledger::Transaction::device(const core::DeviceId& device) {
  Use query(statements_.device);
  query->bindNoCopy(1, device.value);
  if (!query->executeStep()) return std::nullopt;
  return KnownDevice{core::UnitCode{query->getColumn(0).getString()},
                     !query->getColumn(1).isNull()};
}

bool Ledger::Transaction::key_is_active(const core::DeviceId& device, const wire::PublicKey& key) {
  Use query(statements_.key);
  sqlite::bind_blob(*query, 1, key);
  query->bindNoCopy(2, device.value);
  return query->executeStep();
}

std::optional<Stream> Ledger::Transaction::stream(const core::DeviceId& device,
                                                  const core::EpochId& epoch) {
  Use query(statements_.stream);
  query->bindNoCopy(1, device.value);
  query->bindNoCopy(2, epoch.value);
  if (!query->executeStep()) return std::nullopt;
  return Stream{query->getColumn(0).getInt64(), query->getColumn(1).getInt64(),
                sqlite::bytes32_of(query->getColumn(2)), query->getColumn(3).getInt64()};
}

Stream Ledger::Transaction::open_stream(const core::DeviceId& device, const core::EpochId& epoch,
                                        const core::Bytes32& start, std::int64_t now_ms) {
  Use insert(statements_.open_stream);
  insert->bindNoCopy(1, device.value);
  insert->bindNoCopy(2, epoch.value);
  sqlite::bind_blob(*insert, 3, start);
  insert->bind(4, now_ms);
  insert->exec();
  return Stream{statements_.database.getLastInsertRowid(), 0, start, now_ms};
}

void Ledger::Transaction::advance(const Stream& stream) {
  Use update(statements_.advance);
  update->bind(1, stream.position);
  sqlite::bind_blob(*update, 2, stream.head);
  update->bind(3, stream.received_at);
  update->bind(4, stream.id);
  update->exec();
  Use(statements_.revise)->exec();
}

core::Bytes32 Ledger::Transaction::hash_at(const Stream& stream, core::Seq seq) {
  Use query(statements_.hash_at);
  query->bind(1, stream.id);
  query->bind(2, seq);
  return query->executeStep() ? sqlite::bytes32_of(query->getColumn(0)) : core::Bytes32{};
}

std::vector<PinnedHead> Ledger::Transaction::pinned_heads(const core::DeviceId& device,
                                                          const core::EpochId& epoch,
                                                          core::Seq first, core::Seq last) {
  Use query(statements_.pins);
  query->bindNoCopy(1, device.value);
  query->bindNoCopy(2, epoch.value);
  query->bind(3, first);
  query->bind(4, last);
  std::vector<PinnedHead> heads;
  while (query->executeStep()) {
    heads.push_back({query->getColumn(0).getInt64(), sqlite::bytes32_of(query->getColumn(1))});
  }
  return heads;
}

void Ledger::Transaction::pin(const SignedClaim& claim, std::int64_t now_ms) {
  Use insert(statements_.pin);
  bind_claim(*insert, claim, now_ms);
  insert->exec();
}

void Ledger::Transaction::keep_conflict(const SignedClaim& claim, std::string_view events,
                                        std::string_view reason, std::int64_t now_ms) {
  Use insert(statements_.conflict);
  bind_claim(*insert, claim, now_ms);
  insert->bind(9, claim.first);
  sqlite::bind_blob(*insert, 10, events);
  bind_text(*insert, 11, reason);
  insert->exec();
}

void Ledger::Transaction::add_event(std::int64_t stream, core::Seq seq, const core::Bytes32& hash,
                                    std::string_view bytes) {
  Use insert(statements_.event);
  insert->bind(1, stream);
  insert->bind(2, seq);
  sqlite::bind_blob(*insert, 3, hash);
  sqlite::bind_blob(*insert, 4, bytes);
  insert->exec();
}

void Ledger::Transaction::add_rating(std::int64_t stream, core::Seq seq, std::int64_t cell,
                                     core::Score score, std::string_view flags) {
  Use insert(statements_.rating);
  insert->bind(1, stream);
  insert->bind(2, seq);
  insert->bind(3, cell);
  insert->bind(4, score.value());
  bind_text(*insert, 5, flags);
  insert->exec();
}

std::optional<StoredRating> Ledger::Transaction::rating(const RatingPlace& place) {
  Use query(statements_.find_rating);
  query->bind(1, place.stream);
  query->bind(2, place.seq);
  if (!query->executeStep()) return std::nullopt;
  return StoredRating{query->getColumn(0).getInt64(), query->getColumn(1).getInt(),
                      query->getColumn(2).getString(), query->getColumn(3).getInt() != 0};
}

void Ledger::Transaction::set_score(const RatingPlace& rating, core::Score score) {
  Use update(statements_.set_score);
  update->bind(1, score.value());
  update->bind(2, rating.stream);
  update->bind(3, rating.seq);
  update->exec();
}

std::int64_t Ledger::Transaction::cell(const CellKey& key) {
  for (SQLite::Statement* statement : {&statements_.find_cell, &statements_.add_cell}) {
    Use use(*statement);
    use->bindNoCopy(1, key.day);
    use->bindNoCopy(2, key.unit_id);
    use->bindNoCopy(3, key.field_id);
    use->bindNoCopy(4, key.counter_id);
    if (use->executeStep()) return use->getColumn(0).getInt64();
  }
  return statements_.database.getLastInsertRowid();
}

void Ledger::Transaction::change_cell(std::int64_t cell, const CellChange& change) {
  Use update(statements_.change_cell);
  for (int i = 0; i < 5; ++i) {
    update->bind(i + 1, change.by_score[static_cast<std::size_t>(i)]);
  }
  update->bind(6, change.flagged);
  update->bind(7, change.left_out);
  update->bind(8, cell);
  update->exec();
  bool fewer = false;
  for (const auto& [reason, times] : change.reasons) {
    if (times == 0) continue;
    fewer = fewer || times < 0;
    Use upsert(statements_.change_flag);
    upsert->bind(1, cell);
    upsert->bindNoCopy(2, reason);
    upsert->bind(3, times);
    upsert->exec();
  }
  if (fewer) {
    Use drop(statements_.drop_empty_flags);
    drop->bind(1, cell);
    drop->exec();
  }
}

void Ledger::Transaction::add_content(std::int64_t stream, core::Seq seq,
                                      const core::Bytes32& digest, const core::Bytes32* salt,
                                      std::string_view text) {
  Use insert(statements_.content);
  insert->bind(1, stream);
  insert->bind(2, seq);
  sqlite::bind_blob(*insert, 3, digest);
  if (salt == nullptr) {
    insert->bind(4);
    insert->bind(5);
  } else {
    sqlite::bind_blob(*insert, 4, *salt);
    // A null pointer would be bound as NULL, and empty words are words.
    sqlite::bind_blob(*insert, 5, text.empty() ? std::string_view("") : text);
  }
  insert->exec();
}

bool Ledger::Transaction::erase_content(std::int64_t stream, const core::Bytes32& digest,
                                        core::Seq erased_by) {
  Use update(statements_.erase);
  update->bind(1, erased_by);
  update->bind(2, stream);
  sqlite::bind_blob(*update, 3, digest);
  const bool found = update->exec() > 0;
  statements_.erased = statements_.erased || found;
  return found;
}

void Ledger::Transaction::quarantine(std::int64_t stream, core::Seq seq, std::string_view reason) {
  Use insert(statements_.quarantine);
  insert->bind(1, stream);
  insert->bind(2, seq);
  bind_text(*insert, 3, reason);
  insert->exec();
}

void Ledger::Transaction::clear_projections() {
  statements_.database.exec(
      "DELETE FROM consent; DELETE FROM visit_token; DELETE FROM dossier; DELETE FROM answer;"
      "DELETE FROM quarantine; DELETE FROM rating; DELETE FROM cell_flag; DELETE FROM cell");
}

void Ledger::Transaction::each_event(
    const std::function<void(std::int64_t, const core::UnitCode&, core::Seq, std::string_view)>&
        visit) {
  SQLite::Statement query(statements_.database,
                          "SELECT stream.id, device.unit_code, event.seq, event.bytes "
                          "FROM event JOIN stream ON stream.id = event.stream_id "
                          "JOIN device USING (device_id) ORDER BY event.stream_id, event.seq");
  while (query.executeStep()) {
    visit(query.getColumn(0).getInt64(), core::UnitCode{query.getColumn(1).getString()},
          query.getColumn(2).getInt64(), sqlite::view_of(query.getColumn(3)));
  }
}

}  // namespace hailong::district::storage
