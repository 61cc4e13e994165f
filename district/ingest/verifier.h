#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/hex.h"
#include "core/result.h"
#include "district/ingest/own_events.h"
#include "district/storage/chains.h"
#include "wire/event_codec.h"

namespace hailong::district::ingest {

struct Verification {
  std::int64_t streams = 0;
  std::int64_t events = 0;
  std::int64_t contents = 0;        // whose text is there and fits its digest
  std::int64_t erased = 0;          // whose erasure an event names
  std::vector<std::string> faults;  // one line for people each; empty: everything holds
};

/// Proves from its first event on that every stream is as it was stored: the chain of hashes, the
/// end that its kiosk signed, that all contents fit what their events commit to, and that what was
/// erased was erased by an event.
class Verifier {
 public:
  explicit Verifier(storage::Store& store) : chains_(store) {}

  /// Errors: the store's. What does not hold is no error but a fault.
  core::Result<Verification> verify();

 private:
  /// What a stream's events say about its contents.
  struct Said {
    std::map<core::Seq, core::Bytes32> commitments;  // by the committing event
    std::map<core::Seq, core::Bytes32> erasures;     // by the erasing event
  };

  core::Result<void> verify(const storage::StoredChain& chain);
  core::Result<Said> walk(const storage::StoredChain& chain);
  void take(const storage::StoredChain& chain, core::Seq seq, std::string_view bytes, Said& said);
  /// What the event with this number commits to; -n is event n of the district's own.
  [[nodiscard]] std::optional<core::Bytes32> commitment_of(const storage::StoredChain& chain,
                                                           core::Seq seq, const Said& said) const;
  void check(const storage::StoredChain& chain, const storage::StoredContent& content,
             const Said& said);
  void fault(const storage::StoredChain& chain, core::Seq seq, const std::string& what);

  storage::ChainReader chains_;
  wire::EventDecoder decoder_;
  Verification result_;
  std::map<core::Seq, std::vector<ErasedContent>> own_erasures_;
  std::map<core::Seq, LaterAnswer> later_;
};

}  // namespace hailong::district::ingest
