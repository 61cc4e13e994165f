#include "district/ingest/verifier.h"

#include <algorithm>

#include "core/chain.h"
#include "district/ingest/checked_batch.h"

namespace hailong::district::ingest {
namespace {

using storage::StoredChain;
using storage::StoredContent;

}  // namespace

core::Result<Verification> Verifier::verify() {
  result_ = {};
  own_erasures_.clear();
  later_.clear();
  auto chains = chains_.chains();
  if (!chains) return core::Failure(chains.error());
  // The district's own events first: they say what was erased in the others.
  std::stable_partition(chains->begin(), chains->end(),
                        [](const StoredChain& chain) { return chain.device == kOwnDevice; });
  for (const StoredChain& chain : *chains) {
    if (auto done = verify(chain); !done) return core::Failure(done.error());
  }
  return result_;
}

core::Result<void> Verifier::verify(const StoredChain& chain) {
  ++result_.streams;
  const auto said = walk(chain);
  if (!said) return core::Failure(said.error());
  const auto contents = chains_.contents(chain.id, chain.position);
  if (!contents) return core::Failure(contents.error());
  for (const StoredContent& content : *contents) check(chain, content, *said);
  return {};
}

core::Result<Verifier::Said> Verifier::walk(const StoredChain& chain) {
  Said said;
  core::Bytes32 head = core::chain_start(chain.device, chain.epoch, chain.first);
  core::Seq last = chain.first - 1;
  const auto read =
      chains_.each_event(chain.id, chain.position,
                         [&](core::Seq seq, const core::Bytes32& hash, std::string_view bytes) {
                           if (seq > last + 1) fault(chain, last + 1, "it is missing");
                           if (seq < last + 1) fault(chain, seq, "no event has this number");
                           last = seq;
                           head = core::chain_next(head, bytes);
                           if (head != hash) fault(chain, seq, "the chain is broken here");
                           head = hash;  // so that one broken place is told once
                           ++result_.events;
                           take(chain, seq, bytes, said);
                         });
  if (!read) return core::Failure(read.error());
  if (last != chain.position) {
    fault(chain, last + 1, "it is missing, and all behind it");
  } else if (head != chain.head) {
    fault(chain, last, "the chain does not end where it should");
  }
  return said;
}

void Verifier::take(const StoredChain& chain, core::Seq seq, std::string_view bytes, Said& said) {
  if (chain.device == kOwnDevice) {
    const auto event = decode_own_event(bytes);
    if (!event) return fault(chain, seq, event.error().message);
    if (const auto* later = std::get_if<LaterAnswer>(&event->body)) {
      later_.emplace(seq, *later);
    } else if (const auto* erasure = std::get_if<OwnErasure>(&event->body)) {
      own_erasures_[seq] = erasure->contents;
    }
    return;
  }
  const auto event = decoder_.decode(bytes);
  if (!event) return fault(chain, seq, event.error().message);
  if (const auto digest = digest_in(*event)) said.commitments[seq] = *digest;
  if (const auto* erasure = std::get_if<core::Erasure>(&event->body)) {
    said.erasures[seq] = erasure->content;
  }
}

void Verifier::check(const StoredChain& chain, const StoredContent& content, const Said& said) {
  if (commitment_of(chain, content.seq, said) != content.digest) {
    return fault(chain, content.seq, "content that its event does not commit to");
  }
  if (content.text) {
    if (core::content_digest(*content.salt, *content.text) != content.digest) {
      return fault(chain, content.seq, "content was changed");
    }
    ++result_.contents;
    return;
  }
  if (content.erased_own) {
    const ErasedContent named{chain.device, chain.epoch, content.seq, content.digest};
    const auto& contents = own_erasures_[*content.erased_own];
    if (std::find(contents.begin(), contents.end(), named) == contents.end()) {
      return fault(chain, content.seq, "content was erased, but no event says so");
    }
    ++result_.erased;
  } else if (content.erased_by) {
    const auto erasure = said.erasures.find(*content.erased_by);
    if (erasure == said.erasures.end() || erasure->second != content.digest) {
      return fault(chain, content.seq, "content was erased, but no event says so");
    }
    ++result_.erased;
  } else if (content.seq < 0) {
    fault(chain, content.seq, "words of an answer from home are missing");
  }
  // Else it never came: erased before it was sent, or of a kind that stays on its kiosk.
}

std::optional<core::Bytes32> Verifier::commitment_of(const StoredChain& chain, core::Seq seq,
                                                     const Said& said) const {
  if (seq > 0) {
    const auto found = said.commitments.find(seq);
    if (found == said.commitments.end()) return std::nullopt;
    return found->second;
  }
  const auto later = later_.find(-seq);
  if (later == later_.end() || later->second.device != chain.device ||
      later->second.epoch != chain.epoch) {
    return std::nullopt;
  }
  return later->second.words;
}

void Verifier::fault(const StoredChain& chain, core::Seq seq, const std::string& what) {
  result_.faults.push_back("device " + chain.device.value + ", epoch " + chain.epoch.value +
                           ", event " + std::to_string(seq) + ": " + what);
}

}  // namespace hailong::district::ingest
