#include "district/ingest/checked_batch.h"

#include "core/chain.h"
#include "wire/event_codec.h"

namespace hailong::district::ingest {
namespace {

Refused refusal_of(const core::Error& error) {
  switch (error.fault) {
    case core::Fault::kFull:
      return {Refusal::kTooLarge, error.message};
    case core::Fault::kRefused:
      return {Refusal::kForged, error.message};
    default:
      return {Refusal::kMalformed, error.message};
  }
}

std::optional<Refused> decode_events(CheckedBatch& batch) {
  wire::EventDecoder decoder;
  batch.events.reserve(batch.opened.events.size());
  core::Seq seq = batch.opened.claim.first;
  for (const std::string_view bytes : batch.opened.events) {
    auto event = decoder.decode(bytes);
    const std::string place = "event " + std::to_string(seq) + ": ";
    if (!event) return Refused{Refusal::kMalformed, place + event.error().message};
    if (event->seq != seq) {
      return Refused{Refusal::kMalformed, place + "says it is event " + std::to_string(event->seq)};
    }
    batch.events.push_back(std::move(*event));
    ++seq;
  }
  return std::nullopt;
}

std::optional<Refused> check_contents(CheckedBatch& batch) {
  for (const wire::Content& content : batch.opened.contents) {
    const core::Bytes32 digest = core::content_digest(content.salt, content.text);
    bool fits = batch.contents.emplace(content.seq, CheckedContent{digest, &content}).second;
    if (fits && content.seq >= batch.opened.claim.first) {
      const auto index = static_cast<std::size_t>(content.seq - batch.opened.claim.first);
      fits = commits_to(batch.events[index], batch.opened.events[index], digest);
    }
    if (!fits) return uncommitted(content.seq);
  }
  return std::nullopt;
}

}  // namespace

std::optional<core::Bytes32> digest_in(const core::Event& event) {
  if (const auto* feedback = std::get_if<core::Feedback>(&event.body)) return feedback->content;
  if (const auto* dossier = std::get_if<core::Dossier>(&event.body)) return dossier->content;
  if (const auto* handling = std::get_if<core::Handling>(&event.body)) return handling->content;
  return std::nullopt;
}

bool commits_to(const core::Event& event, std::string_view bytes, const core::Bytes32& digest) {
  if (const auto known = digest_in(event)) return known == digest;
  return std::holds_alternative<core::Unknown>(event.body) &&
         bytes.find(core::to_hex(digest)) != std::string_view::npos;
}

Refused uncommitted(core::Seq seq) {
  return {Refusal::kBadContent,
          "event " + std::to_string(seq) + " does not commit to the content that came with it", 0};
}

std::variant<CheckedBatch, Refused> check_batch(const core::DeviceId& addressed,
                                                std::string_view body, std::size_t limit) {
  auto opened = wire::open_batch(body, limit);
  if (!opened) return refusal_of(opened.error());
  if (opened->claim.device != addressed) {
    return Refused{Refusal::kWrongDevice, "the batch is signed for device " +
                                              opened->claim.device.value +
                                              " and was sent to another one's address"};
  }
  CheckedBatch batch{std::move(*opened), {}, {}};
  if (auto refused = decode_events(batch)) return *refused;
  if (auto refused = check_contents(batch)) return *refused;
  return batch;
}

}  // namespace hailong::district::ingest
