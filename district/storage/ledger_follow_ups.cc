#include "district/storage/ledger_statements.h"

/// What follows a rating, as the ingest writes it.

namespace hailong::district::storage {

void Ledger::Transaction::set_cell(const RatingPlace& rating, std::int64_t cell) {
  Use update(statements_.set_cell);
  update->bind(1, cell);
  update->bind(2, rating.stream);
  update->bind(3, rating.seq);
  update->exec();
}

void Ledger::Transaction::set_superseded(const RatingPlace& rating, bool superseded) {
  Use update(statements_.set_superseded);
  update->bind(1, superseded ? 1 : 0);
  update->bind(2, rating.stream);
  update->bind(3, rating.seq);
  update->exec();
}

std::string Ledger::Transaction::unit_of(std::int64_t cell) {
  Use query(statements_.unit_of);
  query->bind(1, cell);
  return query->executeStep() ? query->getColumn(0).getString() : std::string();
}

std::string Ledger::Transaction::event_bytes(const RatingPlace& rating) {
  Use query(statements_.event_bytes);
  query->bind(1, rating.stream);
  query->bind(2, rating.seq);
  return query->executeStep() ? std::string(sqlite::view_of(query->getColumn(0))) : std::string();
}

void Ledger::Transaction::set_answer(const RatingPlace& rating, const StoredAnswer& answer) {
  Use upsert(statements_.set_answer);
  upsert->bind(1, rating.stream);
  upsert->bind(2, rating.seq);
  upsert->bindNoCopy(3, answer.question);
  upsert->bindNoCopy(4, answer.choices);
  upsert->bind(5, answer.alert ? 1 : 0);
  upsert->bind(6, answer.seq);
  upsert->exec();
}

std::string Ledger::Transaction::first_choice(const RatingPlace& rating,
                                              const std::string& question) {
  Use query(statements_.first_choice);
  query->bind(1, rating.stream);
  query->bind(2, rating.seq);
  query->bindNoCopy(3, question);
  return query->executeStep() ? query->getColumn(0).getString() : std::string();
}

void Ledger::Transaction::set_dossier(const RatingPlace& rating, const StoredDossier& dossier) {
  Use upsert(statements_.set_dossier);
  upsert->bind(1, rating.stream);
  upsert->bind(2, rating.seq);
  upsert->bindNoCopy(3, dossier.unit_id);
  sqlite::bind_blob(*upsert, 4, dossier.key);
  upsert->bind(5, dossier.rated_at);
  upsert->bindNoCopy(6, dossier.procedure);
  upsert->bindNoCopy(7, dossier.field);
  upsert->bind(8, dossier.seq);
  upsert->exec();
}

std::optional<StoredDossier> Ledger::Transaction::dossier(const RatingPlace& rating) {
  Use query(statements_.dossier);
  query->bind(1, rating.stream);
  query->bind(2, rating.seq);
  if (!query->executeStep()) return std::nullopt;
  return StoredDossier{query->getColumn(0).getString(), sqlite::bytes32_of(query->getColumn(1)),
                       query->getColumn(2).getInt64(),  query->getColumn(3).getString(),
                       query->getColumn(4).getString(), query->getColumn(5).getInt64()};
}

std::optional<RatingPlace> Ledger::Transaction::counted_rating(const StoredDossier& dossier) {
  Use query(statements_.counted_rating);
  query->bindNoCopy(1, dossier.unit_id);
  sqlite::bind_blob(*query, 2, dossier.key);
  if (!query->executeStep()) return std::nullopt;
  return RatingPlace{query->getColumn(0).getInt64(), query->getColumn(1).getInt64()};
}

void Ledger::Transaction::add_token(std::int64_t stream, core::Seq seq, const core::Token& token) {
  Use insert(statements_.token);
  insert->bind(1, stream);
  insert->bind(2, seq);
  insert->bind(3, token.rating);
  sqlite::bind_blob(*insert, 4, token.digest);
  insert->exec();
}

void Ledger::Transaction::add_consent(std::int64_t stream, core::Seq seq,
                                      const core::Consent& consent) {
  Use insert(statements_.consent);
  insert->bind(1, stream);
  insert->bind(2, seq);
  insert->bind(3, consent.rating);
  insert->bindNoCopy(4, consent.notice);
  insert->bind(5, consent.keep_days);
  insert->exec();
}

}  // namespace hailong::district::storage
