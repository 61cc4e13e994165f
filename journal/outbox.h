#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "core/event.h"
#include "core/result.h"
#include "journal/gate.h"
#include "journal/identity.h"
#include "wire/batch.h"
#include "wire/receipt.h"

/// The journal as the sync daemon sees it: what is still to be sent, and the district's receipts.
///
/// Events are only read here. The one thing written is a receipt, and only a receipt that fits this
/// journal moves the high-water mark. Nothing else - no HTTP status, no error, no age - does.

namespace hailong::journal {

/// Which contents leave the kiosk beside their events. Words do always, and what staff wrote about
/// them; contact data never: whoever answers a resident does so at the unit. What the district has
/// confirmed as complete is not sent later, whatever the configuration says then.
struct Sharing {
  bool dossier_codes = false;  // plain ones; without them the district has their keyed hashes only
};

/// How far the journal and its delivery are.
struct Standing {
  core::Seq last = 0;                 // newest event, and
  core::Bytes32 head{};               // the chain hash there
  core::Seq receipted = 0;            // last event that the district has receipted
  std::optional<core::Stamp> oldest;  // of the first event that it has not
  std::optional<core::Stamp> tap;     // of the newest rating
};

/// What waits to be sent, as far as one batch holds it.
struct Gathered {
  std::int64_t events = 0;
  bool is_full = false;               // there is more than one batch holds
  bool is_urgent = false;             // an answer tells of money or misconduct
  std::optional<core::Stamp> oldest;  // of the first of them; nothing when it cannot be read
};

/// Not thread-safe: one thread at a time.
class Outbox {
 public:
  /// Opens the journal that the kiosk made. Errors: kNotFound while there is none yet, and those of
  /// Journal::open.
  static core::Result<Outbox> open(const std::filesystem::path& data_dir,
                                   const Sharing& sharing = {});

  /// The same for whoever holds the folder's gate alone.
  static core::Result<Outbox> open_alone(const std::filesystem::path& data_dir, const Gate& alone);

  Outbox(Outbox&&) noexcept;
  Outbox& operator=(Outbox&&) noexcept;
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;
  ~Outbox();

  [[nodiscard]] const Identity& identity() const;

  /// Number of the newest event; of the one before the epoch's first in an empty journal.
  core::Result<core::Seq> last();

  /// Number of the last event that the district has receipted; of the one before the epoch's first
  /// for none.
  core::Result<core::Seq> high_water();

  /// Everything of it as of one moment.
  core::Result<Standing> standing();

  /// What waits from event `first` on; see batch().
  core::Result<Gathered> gathered(core::Seq first, std::int64_t most_events,
                                  std::int64_t most_bytes);

  /// Up to which event the district has confirmed the contents, by its newest receipt; 0 for none.
  /// Errors: kCorrupt when that cannot be read.
  core::Result<core::Seq> confirmed_contents();

  /// When the district had confirmed event `seq` and all before it, at the latest, by its own
  /// clock: milliseconds since 1970 UTC; nothing: not yet. Errors also kRefused when the receipt is
  /// not signed by `district`.
  core::Result<std::optional<std::int64_t>> confirmed_at(core::Seq seq,
                                                         const wire::PublicKey& district);

  /// The stamp of the first event behind `after` whose content is still to be sent; nothing when
  /// there is none.
  core::Result<std::optional<core::Stamp>> oldest_content(core::Seq after);

  /// The run that begins with event `first`: at most `most_events` events and, after the first
  /// event, at most `most_bytes` of event bytes. Where nothing begins there, the journal's last
  /// event once more.
  ///
  /// Ratings go before words: contents ride along only in a batch that reaches the journal's end,
  /// those behind event `contents_after` in their order, at most `most_bytes` of them beside the
  /// events, but one at least. With no `contents_after` none does. Errors: kNotFound when there is
  /// no event at all before `first`; kConflict when it was compacted away, which is an alarm: the
  /// district had confirmed it and asks for it all the same.
  core::Result<wire::Batch> batch(core::Seq first, std::int64_t most_events,
                                  std::int64_t most_bytes,
                                  std::optional<core::Seq> contents_after = 0);

  /// Keeps a receipt whose signature was verified. `receipt.contents` may be set where `bytes` do
  /// not say: to what the batches that it confirms brought. Errors: kConflict when it is not for
  /// this journal: another device or epoch, more events than there are, or another chain head. That
  /// is an alarm: this journal was rolled back, or the district mixes up devices.
  core::Result<void> keep(const wire::Receipt& receipt, std::string_view bytes);

  /// From now on another key signs for this journal. Its chain knows nothing of keys and goes on.
  core::Result<void> set_public_key(const wire::PublicKey& key);

 private:
  struct Store;
  static core::Result<Outbox> open_inside(const std::filesystem::path& data_dir,
                                          const Sharing& sharing);
  explicit Outbox(std::unique_ptr<Store> store);
  std::unique_ptr<Store> store_;
};

}  // namespace hailong::journal
