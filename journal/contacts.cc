#include <vector>

#include "journal/known_time.h"
#include "journal/store.h"
#include "wire/event_codec.h"

/// Contact data: kept with a consent, and not for ever.

namespace hailong::journal {
namespace {

using core::Fault;

struct OldContact {
  core::Seq seq = 0;
  core::Bytes32 digest{};
};

/// `at` is when the contact data were recorded at the latest; see erase_contacts_before().
constexpr const char* kOldContacts =
    "SELECT seq, digest FROM ("
    "  SELECT feedback.seq, content.digest,"
    "    CASE WHEN feedback.boot_id IS NULL THEN feedback.recorded_at_ms"
    "      ELSE (SELECT min(at) FROM ("
    "        SELECT * FROM (SELECT json_extract(CAST(later.bytes AS TEXT), '$.at') AS at"
    "          FROM event AS later WHERE later.seq > feedback.seq"
    "          AND json_extract(CAST(later.bytes AS TEXT), '$.clock') = 'synced'"
    "          ORDER BY later.seq LIMIT 1)"
    "        UNION ALL SELECT began_ms + learnt_ms + error_ms FROM boot_time"
    "          WHERE boot_time.seq > feedback.seq AND error_ms <= ?3))"
    "    END AS at,"
    "    (SELECT keep_days FROM consent WHERE consent.rating_seq = feedback.rating_seq"
    "     AND consent.seq < feedback.seq ORDER BY consent.seq DESC LIMIT 1) AS keep_days"
    "  FROM feedback JOIN content USING (seq)"
    "  WHERE feedback.kind = 'contact' AND content.erased_by IS NULL)"
    " WHERE at < ?1 OR at + keep_days * 86400000 < ?2 ORDER BY seq";

std::vector<OldContact> contacts_before(SQLite::Database& database, std::int64_t wall_ms,
                                        std::int64_t now_ms) {
  SQLite::Statement query(database, kOldContacts);
  query.bind(1, wall_ms);
  query.bind(2, now_ms);
  query.bind(3, core::kSureWithinMs);
  std::vector<OldContact> contacts;
  while (query.executeStep()) {
    contacts.push_back({query.getColumn(0).getInt64(), sqlite::bytes32_of(query.getColumn(1))});
  }
  return contacts;
}

}  // namespace

core::Result<Appended> Journal::append_contact(const core::Stamp& stamp,
                                               const core::Consent& consent,
                                               std::string_view contact) {
  constexpr auto kKind = core::FeedbackKind::kContact;
  if (consent.keep_days < 1) {
    return core::fail(Fault::kInvalid, "a consent is to keep contact data for a day at least");
  }
  if (contact.empty() || !wire::is_utf8(contact)) {
    return core::fail(Fault::kInvalid, "the contact data are empty or not valid UTF-8");
  }
  return store_->in_transaction("appending contact data", [&]() -> core::Result<Appended> {
    if (const auto place = store_->place_of(consent.rating, kKind, contact)) return *place;
    auto place = store_->add(stamp, consent);
    if (!place) return place;
    return store_->add_feedback(stamp, consent.rating, kKind, contact);
  });
}

core::Result<Appended> Journal::Store::erase(const core::Stamp& stamp, core::Seq seq,
                                             const core::Bytes32& digest, std::string_view reason) {
  auto place = add(stamp, core::Erasure{digest, std::string(reason)});
  if (!place) return place;
  SQLite::Statement erase(*database,
                          "UPDATE content SET salt = NULL, text = NULL, erased_by = ?"
                          " WHERE seq = ?");
  erase.bind(1, place->seq);
  erase.bind(2, seq);
  erase.exec();
  SQLite::Statement forget(*database, "DELETE FROM word_index WHERE rowid = ?");
  forget.bind(1, seq);
  // What was deleted stays in the index until its parts are put together anew.
  if (forget.exec() > 0) database->exec("INSERT INTO word_index (word_index) VALUES ('optimize')");
  return place;
}

core::Result<Appended> Journal::erase(const core::Stamp& stamp, core::Seq seq,
                                      std::string_view reason) {
  auto place = store_->in_transaction("erasing content", [&]() -> core::Result<Appended> {
    SQLite::Statement query(*store_->database,
                            "SELECT digest FROM content WHERE seq = ? AND erased_by IS NULL");
    query.bind(1, seq);
    if (!query.executeStep()) {
      return core::fail(Fault::kNotFound,
                        "event " + std::to_string(seq) + " has no content to erase");
    }
    const core::Bytes32 digest = sqlite::bytes32_of(query.getColumn(0));
    query.reset();
    return store_->erase(stamp, seq, digest, reason);
  });
  if (!place) return place;
  return sqlite::fenced("erasing content", [&] {
    store_->cut_log();
    return place;
  });
}

core::Result<int> Journal::erase_contacts_before(const core::Stamp& stamp, std::int64_t wall_ms,
                                                 std::string_view reason) {
  auto erased = store_->in_transaction("erasing contact data", [&]() -> core::Result<int> {
    const auto now_ms = journal::true_time(*store_->database, stamp);
    if (!now_ms) return 0;
    int count = 0;
    for (const OldContact& old : contacts_before(*store_->database, wall_ms, *now_ms)) {
      const auto place = store_->erase(stamp, old.seq, old.digest, reason);
      if (!place) return core::Failure(place.error());
      ++count;
    }
    return count;
  });
  if (!erased || *erased == 0) return erased;
  return sqlite::fenced("erasing contact data", [&] {
    store_->cut_log();
    return erased;
  });
}

}  // namespace hailong::journal
