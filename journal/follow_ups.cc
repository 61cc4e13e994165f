#include "journal/store.h"
#include "wire/event_codec.h"

/// What follows a rating. Each addition first looks whether it stands in the journal already, so
/// that a try after an error doubles nothing.

namespace hailong::journal {
namespace {

using core::Fault;

const char* name_of(core::FeedbackKind kind) {
  return kind == core::FeedbackKind::kWords ? "words" : "contact";
}

}  // namespace

std::optional<Appended> Journal::Store::place_in(SQLite::Statement& query) {
  std::optional<Appended> place;
  if (query.executeStep()) {
    place = {query.getColumn(0).getInt64(), sqlite::bytes32_of(query.getColumn(1))};
  }
  query.reset();
  return place;
}

std::optional<Appended> Journal::Store::place_of(core::Seq rating, core::FeedbackKind kind,
                                                 std::string_view text) {
  find_same_content.reset();
  find_same_content.bind(1, rating);
  find_same_content.bindNoCopy(2, name_of(kind));
  sqlite::bind_blob(find_same_content, 3, text);
  return place_in(find_same_content);
}

std::optional<Appended> Journal::Store::place_of(const core::Answers& answers) {
  find_answers.reset();
  find_answers.bind(1, answers.rating);
  std::optional<Appended> place;
  if (find_answers.executeStep()) {
    wire::EventDecoder decoder;
    const auto event = decoder.decode(sqlite::view_of(find_answers.getColumn(2)));
    if (event && event->body == core::Body(answers)) {
      place = {event->seq, sqlite::bytes32_of(find_answers.getColumn(1))};
    }
  }
  find_answers.reset();
  return place;
}

std::optional<Appended> Journal::Store::place_of(core::Seq rating, const DossierRef& dossier) {
  find_dossier.reset();
  find_dossier.bind(1, rating);
  sqlite::bind_blob(find_dossier, 2, dossier.key);
  find_dossier.bindNoCopy(3, dossier.procedure);
  find_dossier.bindNoCopy(4, dossier.field.value);
  return place_in(find_dossier);
}

void Journal::Store::keep_content(core::Seq seq, const core::Bytes32& digest,
                                  const core::Bytes32& salt, std::string_view text) {
  insert_content.reset();
  insert_content.bind(1, seq);
  sqlite::bind_blob(insert_content, 2, digest);
  sqlite::bind_blob(insert_content, 3, salt);
  sqlite::bind_blob(insert_content, 4, text);
  insert_content.exec();
}

core::Result<Appended> Journal::Store::add_feedback(const core::Stamp& stamp, core::Seq rating,
                                                    core::FeedbackKind kind,
                                                    std::string_view text) {
  const core::Bytes32 salt = wire::random_bytes32();
  const core::Bytes32 digest = core::content_digest(salt, text);
  auto place = add(stamp, core::Feedback{rating, kind, digest});
  if (place) keep_content(place->seq, digest, salt, text);
  return place;
}

core::Result<Appended> Journal::Store::add_dossier(const core::Stamp& stamp, core::Seq rating,
                                                   const DossierRef& dossier) {
  if (dossier.code.empty() || !wire::is_utf8(dossier.code)) {
    return core::fail(Fault::kInvalid, "the dossier code is empty or not valid UTF-8");
  }
  const core::Bytes32 salt = wire::random_bytes32();
  const core::Bytes32 digest = core::content_digest(salt, dossier.code);
  auto place =
      add(stamp, core::Dossier{rating, dossier.key, digest, dossier.procedure, dossier.field});
  if (place) keep_content(place->seq, digest, salt, dossier.code);
  return place;
}

core::Result<Appended> Journal::Store::add_served(const core::Stamp& stamp,
                                                  const core::Served& served) {
  if (served.count < 0) return core::fail(Fault::kInvalid, "a count cannot be negative");
  SQLite::Statement query(*database,
                          "SELECT event.seq, event.hash FROM served JOIN event USING (seq)"
                          " WHERE day = ? AND field = ? AND count = ?");
  query.bind(1, core::to_string(served.day));
  query.bind(2, served.field.value);
  query.bind(3, served.count);
  if (const auto place = place_in(query)) return *place;
  return add(stamp, served);
}

core::Result<Appended> Journal::append(const core::Stamp& stamp, const core::Answers& answers) {
  if (answers.answers.empty()) return core::fail(Fault::kInvalid, "there is no answer to append");
  return store_->in_transaction("appending answers", [&]() -> core::Result<Appended> {
    if (const auto place = store_->place_of(answers)) return *place;
    return store_->add(stamp, answers);
  });
}

core::Result<Appended> Journal::append_dossier(const core::Stamp& stamp, core::Seq rating,
                                               const DossierRef& dossier) {
  return store_->in_transaction("appending a dossier", [&]() -> core::Result<Appended> {
    if (const auto place = store_->place_of(rating, dossier)) return *place;
    return store_->add_dossier(stamp, rating, dossier);
  });
}

core::Result<Appended> Journal::append_feedback(const core::Stamp& stamp, core::Seq rating,
                                                core::FeedbackKind kind, std::string_view text) {
  if (kind == core::FeedbackKind::kContact) {
    return core::fail(Fault::kInvalid, "contact data are kept with a consent only");
  }
  // Words that cannot be sent would hold up every event behind them.
  if (!wire::is_utf8(text)) return core::fail(Fault::kInvalid, "the words are not valid UTF-8");
  return store_->in_transaction("appending words", [&]() -> core::Result<Appended> {
    if (const auto place = store_->place_of(rating, kind, text)) return *place;
    return store_->add_feedback(stamp, rating, kind, text);
  });
}

}  // namespace hailong::journal
