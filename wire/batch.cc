#include "wire/batch.h"

#include "core/chain.h"
#include "wire/compression.h"
#include "wire/json.h"

namespace hailong::wire {
namespace {

using core::Fault;

constexpr const char* kBatchPurpose = "batch";

Json claim_json(const BatchClaim& claim) {
  Json json = {{"v", 1},
               {"device", claim.device.value},
               {"epoch", claim.epoch.value},
               {"first", claim.first},
               {"last", claim.last},
               {"previous", core::to_hex(claim.previous)},
               {"head", core::to_hex(claim.head)}};
  if (claim.contents) {
    json["contents_after"] = claim.contents->after;
    json["contents"] = claim.contents->last;
  }
  return json;
}

/// False when the claim tells of contents in a way that cannot be.
bool read_contents(const Json& json, BatchClaim& claim) {
  if (!json.contains("contents") && !json.contains("contents_after")) return true;
  const auto after = number_of(json, "contents_after");
  const auto last = number_of(json, "contents");
  if (!after || !last || *after < 0 || *last < *after || *last > claim.last) return false;
  claim.contents = ContentsClaim{*after, *last};
  return true;
}

std::optional<BatchClaim> read_claim(std::string_view line) {
  const auto json = parse_object(line);
  if (!json || number_of(*json, "v") != 1) return std::nullopt;
  const auto device = text_of(*json, "device");
  const auto epoch = text_of(*json, "epoch");
  const auto first = number_of(*json, "first");
  const auto last = number_of(*json, "last");
  const auto previous = bytes32_of(*json, "previous");
  const auto head = bytes32_of(*json, "head");
  if (!device || !core::is_plain_name(*device) || !epoch || !core::is_plain_name(*epoch) ||
      !first || *first < 1 || !last || *last < *first || *last > core::kLastSeq || !previous ||
      !head) {
    return std::nullopt;
  }
  BatchClaim claim{core::DeviceId{*device}, core::EpochId{*epoch}, *first, *last, *previous, *head};
  if (!read_contents(*json, claim)) return std::nullopt;
  return claim;
}

std::optional<Content> read_content(std::string_view line) {
  const auto json = parse_object(line);
  if (!json) return std::nullopt;
  const auto content = json->find("content");
  if (content == json->end() || !content->is_object()) return std::nullopt;
  const auto seq = number_of(*content, "seq");
  const auto salt = bytes32_of(*content, "salt");
  const auto text = text_of(*content, "text");
  if (!seq || !salt || !text) return std::nullopt;
  return Content{*seq, *salt, *text};
}

/// Splits `text` at its line ends; every line must have one.
std::optional<std::vector<std::string_view>> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

bool read_signature(std::string_view line, OpenedBatch& batch) {
  const auto json = parse_object(line);
  if (!json) return false;
  const auto key = bytes32_of(*json, "key");
  const auto signature = text_of(*json, "signature");
  if (!key || !signature || !core::from_hex(*signature, batch.signature)) return false;
  batch.key = *key;
  return true;
}

core::Failure malformed(const std::string& what) {
  return core::fail(Fault::kInvalid, "malformed batch: " + what);
}

}  // namespace

ContentsClaim contents_of(const BatchClaim& claim) {
  return claim.contents.value_or(ContentsClaim{claim.first - 1, claim.last});
}

core::Result<std::string> seal_batch(const Batch& batch, const SigningKey& key) {
  const std::string claim = claim_json(batch.claim).dump();
  const Json signature = {{"key", core::to_hex(key.public_key())},
                          {"signature", core::to_hex(key.sign(kBatchPurpose, claim))}};
  std::string text = claim + "\n" + signature.dump() + "\n";
  for (const std::string& event : batch.events) text.append(event).push_back('\n');
  for (const Content& content : batch.contents) {
    const Json line = {
        {"content",
         {{"seq", content.seq}, {"salt", core::to_hex(content.salt)}, {"text", content.text}}}};
    try {
      text.append(line.dump()).push_back('\n');
    } catch (const Json::exception&) {
      return core::fail(Fault::kInvalid,
                        "content of event " + std::to_string(content.seq) + " is not valid UTF-8");
    }
  }
  return compress(text);
}

core::Result<OpenedBatch> open_batch(std::string_view bytes, std::size_t limit) {
  auto text = decompress(bytes, limit);
  if (!text) return core::Failure(text.error());

  OpenedBatch batch;
  batch.text = std::move(*text);
  auto lines = split_lines(batch.text);
  if (!lines || lines->size() < 2) return malformed("expected lines, each with its end");
  const auto claim = read_claim((*lines)[0]);
  if (!claim) return malformed("line 1 is no claim of version 1");
  if (!read_signature((*lines)[1], batch)) return malformed("line 2 holds no key and signature");
  batch.claim = *claim;
  batch.signed_claim = (*lines)[0];

  const std::int64_t count = claim->last - claim->first + 1;
  const auto following = static_cast<std::int64_t>(lines->size()) - 2;
  if (count > following) return malformed("fewer events than claimed");
  if (!verify_signature(batch.key, kBatchPurpose, batch.signed_claim, batch.signature)) {
    return core::fail(Fault::kRefused, "the signature does not fit the claim");
  }

  const auto events_end = lines->begin() + 2 + count;
  batch.events.assign(lines->begin() + 2, events_end);
  batch.hashes.reserve(batch.events.size());
  core::Bytes32 hash = claim->previous;
  for (const std::string_view event : batch.events) {
    hash = core::chain_next(hash, event);
    batch.hashes.push_back(hash);
  }
  if (hash != claim->head) {
    return core::fail(Fault::kRefused, "the events do not lead to the signed chain head");
  }
  for (auto line = events_end; line != lines->end(); ++line) {
    auto content = read_content(*line);
    if (!content) return malformed("a line after the events is no content");
    const ContentsClaim claimed = contents_of(*claim);
    if (content->seq <= claimed.after || content->seq > claimed.last) {
      return malformed("a content belongs to no event that the claim tells of");
    }
    batch.contents.push_back(std::move(*content));
  }
  return batch;
}

}  // namespace hailong::wire
