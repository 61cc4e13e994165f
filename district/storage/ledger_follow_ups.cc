#include <nlohmann/json.hpp>

#include "district/storage/ledger.h"

/// What follows a rating, as the ingest writes it.

namespace hailong::district::storage {
namespace {

/// As set_answer() stored them.
std::vector<std::string> choices_in(const std::string& json) {
  return nlohmann::json::parse(json).get<std::vector<std::string>>();
}

}  // namespace

std::string Ledger::Transaction::event_bytes(const RatingPlace& rating) {
  const sql::Rows rows = c_.query("SELECT bytes FROM event WHERE stream_id = $1 AND seq = $2",
                                  rating.stream, rating.seq);
  return rows.empty() ? std::string() : rows[0].bytes(0);
}

void Ledger::Transaction::set_answer(const RatingPlace& rating, const StoredAnswer& answer) {
  c_.execute(
      "INSERT INTO answer (stream_id, rating_seq, question, choices, alert, seq) "
      "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (stream_id, rating_seq, question) DO UPDATE "
      "SET choices = excluded.choices, alert = excluded.alert, seq = excluded.seq",
      rating.stream, rating.seq, answer.question, answer.choices, answer.alert, answer.seq);
}

std::vector<std::string> Ledger::Transaction::choices(const RatingPlace& rating,
                                                      const std::string& question) {
  const sql::Rows rows = c_.query(
      "SELECT choices FROM answer WHERE stream_id = $1 AND rating_seq = $2 AND question = $3",
      rating.stream, rating.seq, question);
  return rows.empty() ? std::vector<std::string>() : choices_in(rows[0].text(0));
}

std::map<std::string, std::vector<std::string>> Ledger::Transaction::all_choices(
    const RatingPlace& rating) {
  std::map<std::string, std::vector<std::string>> all;
  for (const sql::Row row :
       c_.query("SELECT question, choices FROM answer WHERE stream_id = $1 AND rating_seq = $2",
                rating.stream, rating.seq)) {
    all.emplace(row.text(0), choices_in(row.text(1)));
  }
  return all;
}

void Ledger::Transaction::set_dossier(const RatingPlace& rating, const StoredDossier& dossier) {
  c_.execute(
      "INSERT INTO dossier (stream_id, rating_seq, unit_id, key, rated_at, procedure_id, field_id, "
      "seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (stream_id, rating_seq) DO UPDATE "
      "SET unit_id = excluded.unit_id, key = excluded.key, rated_at = excluded.rated_at, "
      "procedure_id = excluded.procedure_id, field_id = excluded.field_id, seq = excluded.seq",
      rating.stream, rating.seq, dossier.unit_id, dossier.key, dossier.rated_at, dossier.procedure,
      dossier.field, dossier.seq);
}

std::optional<StoredDossier> Ledger::Transaction::dossier(const RatingPlace& rating) {
  const sql::Rows rows = c_.query(
      "SELECT unit_id, key, rated_at, procedure_id, field_id, seq FROM dossier "
      "WHERE stream_id = $1 AND rating_seq = $2",
      rating.stream, rating.seq);
  if (rows.empty()) return std::nullopt;
  const sql::Row row = rows[0];
  return StoredDossier{row.text(0), row.bytes32(1), row.integer(2),
                       row.text(3), row.text(4),    row.integer(5)};
}

std::optional<RatingPlace> Ledger::Transaction::counted_rating(const StoredDossier& dossier) {
  c_.lock("dossier " + dossier.unit_id + " " + core::to_hex(dossier.key));
  const sql::Rows rows = c_.query(
      "SELECT stream_id, rating_seq FROM dossier d WHERE unit_id = $1 AND key = $2 "
      "AND rating_seq = (SELECT max(rating_seq) FROM dossier l WHERE l.unit_id = $1 "
      "AND l.key = $2 AND l.stream_id = d.stream_id) "
      "ORDER BY rated_at DESC, stream_id DESC LIMIT 1",
      dossier.unit_id, dossier.key);
  if (rows.empty()) return std::nullopt;
  return RatingPlace{rows[0].integer(0), rows[0].integer(1)};
}

void Ledger::Transaction::add_token(std::int64_t stream, core::Seq seq, const core::Token& token) {
  c_.execute("INSERT INTO visit_token (stream_id, seq, rating_seq, digest) VALUES ($1, $2, $3, $4)",
             stream, seq, token.rating, token.digest);
}

void Ledger::Transaction::add_consent(std::int64_t stream, core::Seq seq,
                                      const core::Consent& consent) {
  c_.execute(
      "INSERT INTO consent (stream_id, seq, rating_seq, notice, keep_days) "
      "VALUES ($1, $2, $3, $4, $5)",
      stream, seq, consent.rating, consent.notice, consent.keep_days);
}

}  // namespace hailong::district::storage
