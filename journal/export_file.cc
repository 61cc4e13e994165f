#include "journal/export_file.h"

#include <limits>
#include <optional>

#include "core/chain.h"
#include "wire/event_codec.h"
#include "wire/json.h"

namespace hailong::journal {
namespace {

constexpr int kVersion = 1;
constexpr core::Seq kMostSeq = std::numeric_limits<core::Seq>::max() / 2;

std::string first_line(const Identity& identity, const Anchor& anchor) {
  wire::Json line = {{"export", kVersion},
                     {"device", identity.device.value},
                     {"epoch", identity.epoch.value},
                     {"first", identity.first},
                     {"key", core::to_hex(identity.public_key)},
                     {"previous", anchor.seq},
                     {"hash", core::to_hex(anchor.hash)}};
  if (!anchor.is_beginning()) line["receipt"] = anchor.receipt;
  return line.dump();
}

std::string last_line(core::Seq last, const core::Bytes32& head, const core::Bytes32& digest) {
  return wire::Json{{"last", last}, {"head", core::to_hex(head)}, {"digest", core::to_hex(digest)}}
      .dump();
}

struct Beginning {
  Identity identity;
  Anchor anchor;
};

std::optional<Beginning> read_first_line(const std::string& text) {
  const auto json = wire::parse_object(text);
  if (!json || wire::number_of(*json, "export") != kVersion) return std::nullopt;
  const auto device = wire::text_of(*json, "device");
  const auto epoch = wire::text_of(*json, "epoch");
  const auto first = wire::number_of(*json, "first");
  const auto key = wire::bytes32_of(*json, "key");
  const auto before = wire::number_of(*json, "previous");
  const auto hash = wire::bytes32_of(*json, "hash");
  if (!device || !epoch || !first || !key || !before || !hash) return std::nullopt;
  if (*first < 1 || *before < *first - 1 || *before > kMostSeq) return std::nullopt;
  Beginning beginning{{core::DeviceId{*device}, core::EpochId{*epoch}, *key, *first},
                      {*before, *hash, wire::text_of(*json, "receipt").value_or("")}};
  // As it was written, to the byte.
  const bool is_same = first_line(beginning.identity, beginning.anchor) == text;
  return is_same ? std::optional(std::move(beginning)) : std::nullopt;
}

/// Reads a line that ends with a line end; nothing at the end of the file or for a torn line.
std::optional<std::string> next_line(std::istream& file) {
  std::string line;
  if (!std::getline(file, line) || file.eof()) return std::nullopt;
  return line;
}

}  // namespace

ExportFile::ExportFile(Line line, const Identity& identity, const Anchor& anchor)
    : line_(std::move(line)) {
  add(first_line(identity, anchor));
}

void ExportFile::add(std::string_view text) {
  digest_ = core::chain_next(digest_, text);
  line_(text);
}

void ExportFile::end(core::Seq last, const core::Bytes32& head) {
  line_(last_line(last, head, digest_));
}

Verification verify_export(std::istream& file, const std::optional<wire::PublicKey>& district) {
  Verification found;
  const auto bad = [&](core::Seq seq, std::string reason) {
    found.first_bad = seq;
    found.reason = std::move(reason);
    return found;
  };
  auto line = next_line(file);
  const auto beginning = line ? read_first_line(*line) : std::nullopt;
  if (!beginning) return bad(0, "the first line is not that of an export");
  const Anchor& anchor = beginning->anchor;
  std::string doubt = doubt_about(anchor, beginning->identity, district);
  if (!doubt.empty()) return bad(0, std::move(doubt));
  found.last = anchor.seq;
  found.head = anchor.hash;
  core::Bytes32 digest = core::chain_next({}, *line);
  wire::EventDecoder decoder;
  for (line = next_line(file); line && line->rfind("{\"last\":", 0) != 0; line = next_line(file)) {
    const core::Seq seq = found.last + 1;
    const auto event = decoder.decode(*line);
    if (!event) return bad(seq, event.error().message);
    if (event->seq != seq) return bad(seq, "event " + std::to_string(seq) + " is missing");
    digest = core::chain_next(digest, *line);
    found.head = core::chain_next(found.head, *line);
    found.last = seq;
    ++found.events;
  }
  if (!line) return bad(found.last + 1, "the file is cut off: the line that ends it is missing");
  if (*line != last_line(found.last, found.head, digest)) {
    return bad(anchor.seq + 1,
               "the last line does not fit: an event between here and the end was changed");
  }
  if (file.peek() != std::istream::traits_type::eof()) {
    return bad(found.last + 1, "something stands behind the line that ends the file");
  }
  return found;
}

}  // namespace hailong::journal
