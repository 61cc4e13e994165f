#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "core/event.h"
#include "core/result.h"
#include "journal/identity.h"

/// The kiosk's append-only store.
///
/// An event is written once, in one transaction with the projection that the views show, and is on
/// the disk when append() returns (WAL, synchronous=FULL): only then may anybody be thanked. Events
/// are numbered 1, 2, 3 … and chained by hash; SQL triggers refuse to change or delete one. Words
/// and contact data lie apart as content that an event commits to by a salted digest, so that they
/// can be erased and the chain still verifies.
///
/// Number and chain head are read inside each transaction, so several processes may append to one
/// journal; they wait for each other up to 5 s.

namespace hailong::journal {

/// The place an event was given.
struct Appended {
  core::Seq seq = 0;
  core::Bytes32 hash{};
};

/// Not thread-safe: one thread at a time.
class Journal {
 public:
  /// Opens the journal in `data_dir`, or makes folder, device key and journal at first start.
  /// Errors: kInvalid when the journal belongs to another device or a newer program, kCorrupt, kIo,
  /// kFull, kBusy.
  static core::Result<Journal> open(const std::filesystem::path& data_dir,
                                    const core::DeviceId& device);

  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  ~Journal();

  [[nodiscard]] const Identity& identity() const;

  /// Each of these returns after the event is durable, or leaves nothing behind. Errors: kInvalid
  /// (not UTF-8; a rating that does not exist), kFull, kIo, kBusy, kCorrupt. After kFull, kIo and
  /// kCorrupt open the journal anew: a failed commit may still have reached the disk.

  /// A visit is appended once: repeating it gives the place of the first time and writes nothing,
  /// so that a try after an error cannot double a rating.
  core::Result<Appended> append(const core::Stamp& stamp, const core::Rating& rating);
  core::Result<Appended> append(const core::Stamp& stamp, const core::Correction& correction);
  core::Result<Appended> append_feedback(const core::Stamp& stamp, core::Seq rating,
                                         core::FeedbackKind kind, std::string_view text);

  /// Erases the words or contact data of event `feedback` and says so in the chain. Erasing twice
  /// is kNotFound.
  core::Result<Appended> erase(const core::Stamp& stamp, core::Seq feedback,
                               std::string_view reason);

  /// Drops the projections and makes them again from the events.
  core::Result<void> rebuild_projections();

 private:
  struct Store;
  explicit Journal(std::unique_ptr<Store> store);
  std::unique_ptr<Store> store_;
};

}  // namespace hailong::journal
