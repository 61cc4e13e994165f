#include "district/ingest/own_stream.h"

#include "core/chain.h"
#include "district/ingest/projection.h"

namespace hailong::district::ingest {

void OwnStream::append(const OwnBody& body, std::int64_t now_ms, const Words* words) {
  // The row is there from the first migration on, so that nobody has to make it.
  storage::Stream own = ledger_.stream(kOwnDevice, kOwnEpoch).value();
  const OwnEvent event{own.position + 1, now_ms, body};
  const std::string bytes = encode_own_event(event);
  own.position = event.seq;
  own.head = core::chain_next(own.head, bytes);
  own.received_at = now_ms;
  ledger_.add_event(own.id, event.seq, own.head, bytes);
  ledger_.advance(own);
  if (words != nullptr) {
    const auto& later = std::get<LaterAnswer>(body);
    const auto stream = ledger_.stream(later.device, later.epoch);
    ledger_.add_content(stream.value().id, -event.seq, later.words.value(), &words->salt,
                        words->text, now_ms);
  }
  apply(event);
}

void OwnStream::apply(const OwnEvent& event) {
  std::visit([&](const auto& body) { take(event, body); }, event.body);
}

void OwnStream::take(const OwnEvent& event, const LaterAnswer& answer) {
  const auto stream = ledger_.stream(answer.device, answer.epoch);
  const auto device = ledger_.device(answer.device);
  Projection projection(ledger_, units_, stream.value().id, device.value().places);
  projection.apply_later(event.seq, answer);
  projection.finish();
}

void OwnStream::take(const OwnEvent& event, const OwnErasure& erasure) {
  for (const ErasedContent& content : erasure.contents) {
    const auto stream = ledger_.stream(content.device, content.epoch);
    ledger_.erase_content_here({stream.value().id, content.seq}, event.seq);
  }
}

}  // namespace hailong::district::ingest
