#pragma once

#include <sys/types.h>

#include <filesystem>

#include "core/result.h"
#include "journal/outbox.h"
#include "sync/step.h"
#include "sync/transport.h"
#include "wire/signing.h"

namespace hailong::sync {

/// The journal that is sent from, with the key that signs for it.
class Source {
 public:
  /// Ends a change of keys that was cut short. Errors: kNotFound while the kiosk has not made the
  /// journal; kRefused, kCorrupt or kConflict
  /// when the device key cannot be used or is not this journal's; those of Outbox::open.
  static core::Result<Source> open(const std::filesystem::path& data_dir,
                                   const journal::Sharing& sharing = {});

  /// A journal that was set aside (journal/set_aside.h): `key`, the device's, signs for it too.
  static core::Result<Source> open_aside(const std::filesystem::path& folder,
                                         const wire::SigningKey& key,
                                         const journal::Sharing& sharing = {});

  /// False once another file stands in the journal's or the key's place, as after a card was set up
  /// anew or a key was changed.
  [[nodiscard]] bool is_current() const;

  /// The folder of journal and key.
  [[nodiscard]] std::filesystem::path folder() const { return journal_file_.parent_path(); }
  journal::Outbox& outbox() { return outbox_; }
  [[nodiscard]] const wire::SigningKey& key() const { return key_; }

 private:
  Source(const std::filesystem::path& data_dir, journal::Outbox outbox, wire::SigningKey key);

  std::filesystem::path journal_file_;
  std::filesystem::path key_file_;
  ino_t journal_inode_ = 0;
  ino_t key_inode_ = 0;
  journal::Outbox outbox_;
  wire::SigningKey key_;
};

/// The post of a batch of `device`; `bytes` must outlive it.
Request batch_request(const core::DeviceId& device, std::string_view bytes);

struct Delivery {
  Sent sent;
  Outcome outcome;
};

/// Sends one batch from `position`, with words if they may go and it reaches the journal's end, and
/// judges the answer. This is the only place where events become delivered: by a receipt that
/// `district` signed, that covers the batch, and that the outbox kept. An answer that asks for
/// events which were compacted away needs a person.
Delivery deliver(Source& source, Transport& transport, const wire::PublicKey& district,
                 const Position& position, std::int64_t most_bytes, bool with_words);

}  // namespace hailong::sync
