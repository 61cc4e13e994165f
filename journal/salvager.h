#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "journal/anchor.h"
#include "journal/store.h"

namespace hailong::journal {

/// One run of salvage(). Everything throws SQLite::Exception for what is no damage. For .cc files
/// only.
class Salvager {
 public:
  Salvager(std::filesystem::path data_dir, core::DeviceId device, core::Stamp stamp,
           core::Seq first);

  /// As salvage(), behind the gate.
  core::Result<std::optional<core::Salvage>> run();

 private:
  /// Runs `read` as far as the damage lets it; what stopped it, empty when nothing did.
  template <typename Read>
  static std::string as_far_as_readable(Read read) {
    try {
      read();
      return {};
    } catch (const SQLite::Exception& exception) {
      if (!is_damage(exception)) throw;
      return exception.what();
    }
  }
  static bool is_damage(const SQLite::Exception& exception);
  std::string damage();

  // salvager.cc: the events that verify, and what belongs to them
  core::Result<void> keep_what_verifies();
  Appended walk_from(const Anchor& from);
  std::optional<Anchor> newest_receipt();
  core::Result<void> copy(const Anchor& from);
  void begin_behind(const Anchor& from, SQLite::Database& clean);
  void copy_old_contents(Journal::Store& clean, core::Seq anchor);
  void copy_events(Journal::Store& clean, core::Seq behind, core::Seq end);
  void copy_content(Journal::Store& clean, core::Seq seq, const core::Bytes32& digest,
                    bool with_text);
  void copy_receipts(SQLite::Database& clean);

  // salvage.cc: the new journal
  core::Result<void> make_next();
  core::Result<void> fill(Journal::Store& next);
  core::Result<void> carry_accounts(Journal::Store& next);
  void carry_secrets(SQLite::Database& next);
  core::Result<wire::PublicKey> public_key();
  core::Seq highest_known();
  core::Result<void> put_in_place();

  /// Closes a journal of our making so that its log is in its file.
  static core::Result<void> close(std::unique_ptr<Journal::Store> made);

  const std::filesystem::path data_dir_;
  const core::DeviceId device_;
  const core::Stamp stamp_;
  const core::Seq first_;
  const std::filesystem::path making_;
  std::unique_ptr<SQLite::Database> old_;
  std::optional<Identity> identity_;  // of the old one; nothing: unreadable
  core::Salvage found_;
};

}  // namespace hailong::journal
