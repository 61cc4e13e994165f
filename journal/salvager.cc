#include "journal/salvager.h"

#include <algorithm>

#include "core/chain.h"
#include "journal/remade.h"
#include "journal/schema.h"
#include "journal/snapshot.h"
#include "wire/event_codec.h"
#include "wire/receipt.h"

namespace hailong::journal {
namespace {

constexpr core::Seq kEventsACommit = 2000;

}  // namespace

/// From the first event that is held; behind the newest receipt where the walk does not come as
/// far.
core::Result<void> Salvager::keep_what_verifies() {
  Anchor from{identity_->first - 1,
              core::chain_start(identity_->device, identity_->epoch, identity_->first),
              {}};
  as_far_as_readable([&] { from = read_anchor(*old_, *identity_); });
  Appended last = walk_from(from);
  const auto receipt = newest_receipt();
  if (receipt && receipt->seq > last.seq) {
    from = *receipt;
    last = walk_from(from);
  }
  found_.last = last.seq;
  found_.head = last.hash;
  return copy(from);
}

Appended Salvager::walk_from(const Anchor& from) {
  Appended last{from.seq, from.hash};
  wire::EventDecoder decoder;
  as_far_as_readable([&] {
    SQLite::Statement events(*old_,
                             "SELECT seq, hash, bytes FROM event WHERE seq > ? ORDER BY seq");
    events.bind(1, from.seq);
    while (events.executeStep() && events.getColumn(0).getInt64() == last.seq + 1) {
      const auto bytes = sqlite::view_of(events.getColumn(2));
      const core::Bytes32 hash = core::chain_next(last.hash, bytes);
      const auto event = decoder.decode(bytes);
      const bool holds = hash == sqlite::bytes32_of(events.getColumn(1)) && event;
      if (!holds || event->seq != last.seq + 1) return;
      last = {last.seq + 1, hash};
    }
  });
  return last;
}

std::optional<Anchor> Salvager::newest_receipt() {
  std::optional<Anchor> anchor;
  as_far_as_readable([&] {
    SQLite::Statement query(*old_, "SELECT bytes FROM receipt ORDER BY last DESC LIMIT 1");
    if (!query.executeStep()) return;
    const std::string bytes(sqlite::view_of(query.getColumn(0)));
    const auto receipt = wire::peek_receipt(bytes);
    if (!receipt || receipt->device != identity_->device || receipt->epoch != identity_->epoch) {
      return;
    }
    anchor = Anchor{receipt->last, receipt->head, bytes};
  });
  return anchor;
}

core::Result<void> Salvager::copy(const Anchor& from) {
  auto database = sqlite::open_durable(making_ / kJournalFile, kMigrations);
  if (!database) return core::Failure(database.error());
  // A content that was erased points to a later event.
  (*database)->exec("PRAGMA foreign_keys = OFF");
  insert_identity(**database, *identity_);
  if (!from.is_beginning()) begin_behind(from, **database);
  auto clean = std::make_unique<Journal::Store>(std::move(*database), *identity_);
  for (core::Seq seq = from.seq; seq < found_.last; seq += kEventsACommit) {
    const core::Seq end = std::min(seq + kEventsACommit, found_.last);
    auto copied = clean->in_transaction("copying what verifies", [&]() -> core::Result<void> {
      copy_events(*clean, seq, end);
      return {};
    });
    if (!copied) return copied;
  }
  copy_old_contents(*clean, from.seq);
  copy_receipts(*clean->database);
  return close(std::move(clean));
}

/// What was compacted away before is told by its snapshot. Behind a receipt that the damage made
/// the beginning there is none: the views of this journal then show only what follows.
void Salvager::begin_behind(const Anchor& from, SQLite::Database& clean) {
  SQLite::Statement insert(clean,
                           "INSERT INTO anchor (one, seq, hash, receipt) VALUES (1, ?, ?, ?)");
  insert.bind(1, from.seq);
  sqlite::bind_blob(insert, 2, from.hash);
  sqlite::bind_blob(insert, 3, std::string_view(from.receipt));
  insert.exec();
  as_far_as_readable([&] { copy_table(*old_, clean, "snapshot"); });
  const std::string snapshot = read_snapshot(clean, from.seq);
  if (snapshot.empty()) return;
  auto remade = Remade::load(snapshot);
  if (!remade) return;  // damaged itself
  for (const char* table : Projection::kTables) copy_table(remade->database(), clean, table);
}

/// Of events that were compacted away, which had to stay.
void Salvager::copy_old_contents(Journal::Store& clean, core::Seq anchor) {
  as_far_as_readable([&] {
    SQLite::Statement old(*old_,
                          "SELECT seq, digest FROM content WHERE seq <= ? AND (erased_by > 0"
                          " OR seq NOT IN (SELECT seq FROM feedback WHERE kind = 'contact'))"
                          " ORDER BY seq");
    old.bind(1, anchor);
    while (old.executeStep()) {
      copy_content(clean, old.getColumn(0).getInt64(), sqlite::bytes32_of(old.getColumn(1)), true);
    }
  });
}

/// All of them verified before.
void Salvager::copy_events(Journal::Store& clean, core::Seq behind, core::Seq end) {
  SQLite::Statement events(
      *old_, "SELECT seq, hash, bytes FROM event WHERE seq > ? AND seq <= ? ORDER BY seq");
  events.bind(1, behind);
  events.bind(2, end);
  wire::EventDecoder decoder;
  // The row behind the last may be damaged: it is not asked for.
  for (core::Seq seq = behind; seq < end && events.executeStep();) {
    seq = events.getColumn(0).getInt64();
    const core::Bytes32 hash = sqlite::bytes32_of(events.getColumn(1));
    const auto bytes = sqlite::view_of(events.getColumn(2));
    clean.insert_event.reset();
    clean.insert_event.bind(1, seq);
    sqlite::bind_blob(clean.insert_event, 2, hash);
    sqlite::bind_blob(clean.insert_event, 3, bytes);
    clean.insert_event.exec();
    const auto event = decoder.decode(bytes);
    if (!event) continue;  // every one was decoded when it was verified
    clean.projection.apply(*event);
    if (const auto* digest = content_of(event->body)) {
      copy_content(clean, seq, *digest, !is_contact(event->body));
    }
  }
}

/// A content that is not what its event commits to is left out: the events behind it count more.
/// Contact data always are: nobody would erase them there.
void Salvager::copy_content(Journal::Store& clean, core::Seq seq, const core::Bytes32& digest,
                            bool with_text) {
  as_far_as_readable([&] {
    SQLite::Statement content(*old_, "SELECT salt, text, erased_by FROM content WHERE seq = ?");
    content.bind(1, seq);
    if (!content.executeStep()) return;
    core::Seq erased_by = content.getColumn(2).getInt64();
    if (erased_by > found_.last) {
      if (with_text) return;
      erased_by = kLeftOut;
    }
    if (erased_by > 0 || !with_text) {
      SQLite::Statement erased(*clean.database,
                               "INSERT INTO content (seq, digest, erased_by) VALUES (?, ?, ?)");
      erased.bind(1, seq);
      sqlite::bind_blob(erased, 2, digest);
      erased.bind(3, erased_by);
      erased.exec();
      return;
    }
    const core::Bytes32 salt = sqlite::bytes32_of(content.getColumn(0));
    const auto text = sqlite::view_of(content.getColumn(1));
    if (core::content_digest(salt, text) == digest) clean.keep_content(seq, digest, salt, text);
  });
}

void Salvager::copy_receipts(SQLite::Database& clean) {
  as_far_as_readable([&] {
    const bool has_contents = old_->execAndGet("PRAGMA user_version").getInt() > 5;
    SQLite::Statement receipts(*old_, std::string("SELECT last, bytes, at_ms, ") +
                                          (has_contents ? "contents" : "NULL") +
                                          " FROM receipt WHERE last <= ?");
    receipts.bind(1, found_.last);
    while (receipts.executeStep()) {
      SQLite::Statement insert(
          clean, "INSERT INTO receipt (last, bytes, at_ms, contents) VALUES (?, ?, ?, ?)");
      insert.bind(1, receipts.getColumn(0).getInt64());
      sqlite::bind_blob(insert, 2, sqlite::view_of(receipts.getColumn(1)));
      insert.bind(3, receipts.getColumn(2).getInt64());
      const SQLite::Column contents = receipts.getColumn(3);
      if (!contents.isNull()) insert.bind(4, contents.getInt64());
      insert.exec();
    }
  });
}

}  // namespace hailong::journal
