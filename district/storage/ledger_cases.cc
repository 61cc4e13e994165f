#include "core/folding.h"
#include "core/local_date.h"
#include "district/storage/cases.h"
#include "district/storage/ledger.h"

/// What residents leave to be dealt with, as the ingest writes it.

namespace hailong::district::storage {
namespace {

/// The words to be found, a space before each.
std::string found_by(std::string_view text) {
  const std::string folded = core::fold(text);
  std::string words;
  words.reserve(folded.size() + 1);
  for (const std::string_view word : core::words(folded)) words.append(" ").append(word);
  return words;
}

// Whom an alert concerns is an answer beside it, and none itself.
constexpr std::string_view kHasAlert =
    "CASE WHEN EXISTS (SELECT 1 FROM answer a WHERE a.stream_id = $1 AND a.rating_seq = $2 "
    "AND a.alert = 1 AND a.question <> 'officer') THEN 1 ELSE 0 END";

}  // namespace

void Ledger::Transaction::add_words(const RatingPlace& rating, core::Seq seq) {
  const sql::Rows rows =
      c_.query("SELECT text FROM content WHERE stream_id = $1 AND seq = $2", rating.stream, seq);
  const bool readable = !rows.empty() && !rows[0].is_null(0);
  const std::string words = readable ? found_by(rows[0].bytes(0)) : std::string();
  c_.execute("INSERT INTO case_words (stream_id, seq, rating_seq, folded) VALUES ($1, $2, $3, $4)",
             rating.stream, seq, rating.seq, words);
}

void Ledger::Transaction::open_case(const RatingPlace& rating, const std::string& unit_id,
                                    std::int64_t given_at, core::Seq seq) {
  c_.execute(
      "INSERT INTO feedback_case (stream_id, rating_seq, unit_id, day, given_at, alert, last_seq) "
      "VALUES ($1, $2, $3, $4, $5, " +
          std::string(kHasAlert) +
          ", $6) ON CONFLICT (stream_id, rating_seq) DO UPDATE "
          "SET alert = excluded.alert, last_seq = CASE "
          "WHEN feedback_case.last_seq < excluded.last_seq THEN excluded.last_seq "
          "ELSE feedback_case.last_seq END",
      rating.stream, rating.seq, unit_id, core::to_string(core::local_date(given_at)), given_at,
      seq);
  copy_standing(c_, {rating.stream, rating.seq});  // it may have been handled before a rebuild
}

void Ledger::Transaction::refresh_case(const RatingPlace& rating, core::Seq seq) {
  const auto changed = c_.execute(
      "UPDATE feedback_case SET last_seq = CASE WHEN last_seq < $3 THEN $3 "
      "ELSE last_seq END, alert = " +
          std::string(kHasAlert) + " WHERE stream_id = $1 AND rating_seq = $2",
      rating.stream, rating.seq, seq);
  if (changed == 0) return;
  c_.execute(
      "DELETE FROM feedback_case WHERE stream_id = $1 AND rating_seq = $2 AND alert = 0 "
      "AND NOT EXISTS (SELECT 1 FROM case_words w WHERE w.stream_id = $1 AND w.rating_seq = $2)",
      rating.stream, rating.seq);
}

}  // namespace hailong::district::storage
