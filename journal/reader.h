#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/scoring.h"
#include "journal/identity.h"

/// Read-only sight of a journal for operators and auditors.

namespace hailong::journal {

/// What a walk along the whole chain found.
struct Verification {
  std::int64_t events = 0;             // how many the walk found to verify
  core::Seq last = 0;                  // the last of them; else where the walk began
  core::Bytes32 head{};                // chain hash there
  std::optional<core::Seq> first_bad;  // 0: not an event, but the file's views
  std::string reason;                  // why `first_bad` does not verify
};

struct Statistics {
  Identity identity;
  core::Seq last = 0;
  core::Seq receipted = 0;
  std::int64_t compacted = 0;    // events that are no longer held
  std::int64_t corrections = 0;  // among those that are
  std::int64_t answers = 0;      // questions that have an answer
  std::int64_t alerts = 0;       // ratings with an answer that tells of money or misconduct
  std::int64_t dossiers = 0;     // ratings that are linked to a dossier, and
  std::int64_t superseded = 0;   // of those, how many gave way to a later rating of the same one
  std::int64_t feedback = 0;     // words and contact data
  std::int64_t erased = 0;       // of those
  std::int64_t contacts = 0;     // contact data alone
  std::int64_t contacts_erased = 0;
  core::Counts counts;
};

class Reader {
 public:
  /// Reads journals of this program's schema and of older ones. Errors: kNotFound, kInvalid (made
  /// by a newer program), kCorrupt, kIo.
  static core::Result<Reader> open(const std::filesystem::path& database_file);

  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader();

  [[nodiscard]] const Identity& identity() const;

  /// Number of the newest event; of the one before the epoch's first in an empty journal.
  core::Result<core::Seq> last();

  /// Walks the chain and compares contents with their digests, and projections and views with ones
  /// made anew from the events, in memory: about 200 bytes a rating.
  /// An error means that the file could not be read; a broken chain is a finding, not an error.
  /// What the district confirmed must be there as it confirmed it, by the receipts that are kept.
  /// `district`: the key that must have signed them; nothing: they are believed as they are stored.
  core::Result<Verification> verify(const std::optional<wire::PublicKey>& district = std::nullopt);

  /// The part of it that can be done in steps: the chain, and contents against their digests, of at
  /// most `most` events behind event `seq`, which verified before with chain hash `head`. seq 0, or
  /// one that was compacted away since: from the first that is held on. Does not look again at what
  /// stands before `seq`, nor at the projections:
  /// changes there are found by verify() alone. When event `seq` is gone or has another hash by
  /// now, it is the bad one, and no event verifies. Errors as verify().
  core::Result<Verification> verify_from(core::Seq seq, const core::Bytes32& head,
                                         std::int64_t most);

  /// Calls `line` with the bytes of each event in order.
  core::Result<void> each_event(const std::function<void(std::string_view)>& line);

  /// The same as a file that can be verified by itself (journal/export_file.h), line by line, each
  /// without its line end.
  core::Result<void> each_line_of_export(const std::function<void(std::string_view)>& line);

  core::Result<Statistics> statistics();

 private:
  struct Store;
  explicit Reader(std::unique_ptr<Store> store);
  std::unique_ptr<Store> store_;
};

}  // namespace hailong::journal
