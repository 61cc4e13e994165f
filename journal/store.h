#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/chain.h"
#include "journal/anchor.h"
#include "journal/journal.h"
#include "journal/projection.h"
#include "sqlite/database.h"

/// The inside of a Journal, shared by its .cc files.

namespace hailong::journal {

/// The open database with the statements of the append path, prepared once.
struct Journal::Store {
  std::unique_ptr<SQLite::Database> database;
  Identity identity;
  Appended beginning;  // the place before the first event of the epoch
  Projection projection;
  SQLite::Statement find_visit;
  SQLite::Statement find_last;
  SQLite::Statement find_same_content;
  SQLite::Statement find_answers;
  SQLite::Statement find_dossier;
  SQLite::Statement insert_event;
  SQLite::Statement insert_content;

  Store(std::unique_ptr<SQLite::Database> opened, Identity owner);

  /// Runs `work() -> Result` in one durable transaction; commits when it succeeds.
  template <typename Work>
  auto in_transaction(std::string_view doing, Work work) -> std::invoke_result_t<Work> {
    return sqlite::fenced(doing, [&]() -> std::invoke_result_t<Work> {
      SQLite::Transaction transaction(*database, SQLite::TransactionBehavior::IMMEDIATE);
      if (sqlite::has_moved(*database)) {
        return core::fail(core::Fault::kIo, std::string(doing) +
                                                ": another journal stands in this"
                                                " one's place; open it anew");
      }
      auto result = work();
      if (result) transaction.commit();
      return result;
    });
  }

  // The rest runs inside the caller's transaction and throws SQLite::Exception.

  /// Adds one event to chain and projections. Errors: kInvalid.
  core::Result<Appended> add(const core::Stamp& stamp, core::Body body);
  /// Keeps the content that event `seq` commits to.
  void keep_content(core::Seq seq, const core::Bytes32& digest, const core::Bytes32& salt,
                    std::string_view text);
  core::Result<Appended> add_feedback(const core::Stamp& stamp, core::Seq rating,
                                      core::FeedbackKind kind, std::string_view text);
  core::Result<Appended> add_dossier(const core::Stamp& stamp, core::Seq rating,
                                     const DossierRef& dossier);
  /// Nothing new where the same count stands.
  core::Result<Appended> add_served(const core::Stamp& stamp, const core::Served& served);
  /// Takes the content of event `seq` away and says so in the chain.
  core::Result<Appended> erase(const core::Stamp& stamp, core::Seq seq, const core::Bytes32& digest,
                               std::string_view reason);
  /// After the commit of an erasure: the old page is still in the log until it is written back and
  /// the log is cut.
  void cut_log() { database->exec("PRAGMA wal_checkpoint(TRUNCATE)"); }

  /// Away with what is behind the anchor, in transactions of its own; false when told to stop.
  core::Result<bool> drop_compacted(const GoOn& go_on);
  core::Result<bool> delete_in_steps(const char* sql, core::Seq anchor, int at_once,
                                     const GoOn& go_on);
  /// The parts of a snapshot, in transactions of their own; false when told to stop.
  core::Result<bool> keep_snapshot(core::Seq anchor, std::string_view bytes, const GoOn& go_on);
  /// Says in the chain that the journal begins behind `to` now, as one transaction. Errors also
  /// kConflict.
  core::Result<void> move_anchor(const core::Stamp& stamp, const Anchor& from, const Anchor& to,
                                 const core::Bytes32& snapshot);

  /// The place in columns 0 and 1 of the first row, if there is one; gives the statement back
  /// clean.
  static std::optional<Appended> place_in(SQLite::Statement& query);

  /// What was compacted away is behind an event that tells of it, so the last event is held.
  Appended last();
  std::optional<Appended> place_of(const core::VisitId& visit);
  /// The event that left the same words or contact data for the rating before.
  std::optional<Appended> place_of(core::Seq rating, core::FeedbackKind kind,
                                   std::string_view text);
  /// The newest answers of their rating, when they say the same.
  std::optional<Appended> place_of(const core::Answers& answers);
  /// The rating's present link, when it is to the same dossier.
  std::optional<Appended> place_of(core::Seq rating, const DossierRef& dossier);
};

}  // namespace hailong::journal
