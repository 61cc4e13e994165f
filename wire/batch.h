#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/hex.h"
#include "core/ids.h"
#include "core/result.h"
#include "wire/signing.h"

/// A run of events on its way to the district: JSON Lines in one zstd frame (docs/formats.md).
///
///   line 1   what the batch claims: device, epoch, range, chain hash before and after
///   line 2   the device's public key and its signature over line 1
///   then     the events' bytes, one a line, in order
///   then     the contents (words …) that the claim tells of: of events of the batch or before it
///
/// The signature over the range and the chain head covers every event byte, and through the events'
/// digests every content.

namespace hailong::wire {

/// Which contents a batch brings: of the events behind `after` up to `last`, all that leave the
/// kiosk and were not erased.
struct ContentsClaim {
  core::Seq after = 0;
  core::Seq last = 0;

  bool operator==(const ContentsClaim&) const = default;
};

struct BatchClaim {
  core::DeviceId device;
  core::EpochId epoch;
  core::Seq first = 0;
  core::Seq last = 0;
  core::Bytes32 previous{};                 // chain hash before `first`
  core::Bytes32 head{};                     // chain hash of `last`
  std::optional<ContentsClaim> contents{};  // nothing: those of its own events

  bool operator==(const BatchClaim&) const = default;
};

/// Words may come later than their event, never before it: of events up to `last`.
ContentsClaim contents_of(const BatchClaim& claim);

/// Words or contact data of event `seq`, with the salt of their digest.
struct Content {
  core::Seq seq = 0;
  core::Bytes32 salt{};
  std::string text;

  bool operator==(const Content&) const = default;
};

struct Batch {
  BatchClaim claim;
  std::vector<std::string> events;
  std::vector<Content> contents;
};

/// The bytes to send. Errors: kInvalid when a content is not valid UTF-8.
core::Result<std::string> seal_batch(const Batch& batch, const SigningKey& key);

/// A batch that was read and whose signature and chain hold. Whether the key may speak for the
/// device, and whether the range fits what is stored, is for the receiver to say.
struct OpenedBatch {
  BatchClaim claim;
  PublicKey key{};
  std::string signed_claim;  // line 1 as it was signed, and
  Signature signature{};     // the signature: evidence to keep
  std::string text;          // owns the bytes that `events` looks at
  std::vector<std::string_view> events;
  std::vector<core::Bytes32> hashes;  // chain hash of each event
  std::vector<Content> contents;

  OpenedBatch() = default;
  OpenedBatch(OpenedBatch&&) = default;
  OpenedBatch& operator=(OpenedBatch&&) = default;
  OpenedBatch(const OpenedBatch&) = delete;
  OpenedBatch& operator=(const OpenedBatch&) = delete;
  ~OpenedBatch() = default;
};

/// Reads a batch of at most `limit` unpacked bytes and checks that signature, number of events and
/// chain hold. Errors: kFull (too large), kInvalid (malformed), kRefused (signature or chain
/// broken).
core::Result<OpenedBatch> open_batch(std::string_view bytes, std::size_t limit);

}  // namespace hailong::wire
