#include "wire/event_codec.h"

#include <simdjson.h>

#include <optional>

#include "wire/event_body.h"

namespace hailong::wire {
namespace {

using core::Fault;

constexpr std::string_view kSynced = "synced";
constexpr std::string_view kUnsynced = "unsynced";

}  // namespace

bool is_utf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

core::Result<std::string> encode_event(const core::Event& event) {
  WrittenBody body = write_body(event.body);
  if (body.kind.empty()) {
    return core::fail(Fault::kInvalid, "an event of unknown kind cannot be written");
  }
  Json json;
  json["seq"] = event.seq;
  json["kind"] = body.kind;
  json["at"] = event.stamp.wall_ms;
  json["boot"] = event.stamp.boot_id;
  json["mono"] = event.stamp.mono_ms;
  json["clock"] = event.stamp.clock == core::ClockState::kSynced ? kSynced : kUnsynced;
  json["body"] = std::move(body.json);
  try {
    return json.dump();
  } catch (const Json::exception&) {
    return core::fail(Fault::kInvalid,
                      "event " + std::to_string(event.seq) + " is not valid UTF-8");
  }
}

struct EventDecoder::Buffers {
  simdjson::dom::parser parser;
};

EventDecoder::EventDecoder() : buffers_(std::make_unique<Buffers>()) {}
EventDecoder::EventDecoder(EventDecoder&&) noexcept = default;
EventDecoder& EventDecoder::operator=(EventDecoder&&) noexcept = default;
EventDecoder::~EventDecoder() = default;

core::Result<core::Event> EventDecoder::decode(std::string_view bytes) {
  simdjson::dom::object root;
  if (const auto error = buffers_->parser.parse(bytes.data(), bytes.size()).get(root);
      error != simdjson::SUCCESS) {
    return core::fail(Fault::kInvalid,
                      std::string("event is not JSON: ") + simdjson::error_message(error));
  }
  const auto seq = number_at(root, "seq");
  const auto kind = text_at(root, "kind");
  const auto at = number_at(root, "at");
  const auto boot = text_at(root, "boot");
  const auto mono = number_at(root, "mono");
  const auto clock = text_at(root, "clock");
  simdjson::dom::object body;
  if (!seq || *seq < 1 || *seq > core::kLastSeq || !kind || !at || !boot || !mono ||
      (clock != kSynced && clock != kUnsynced) || root["body"].get(body) != simdjson::SUCCESS) {
    return core::fail(Fault::kInvalid, "event lacks one of seq, kind, at, boot, mono, clock, body");
  }
  core::Event event{*seq,
                    {*at, std::string(*boot), *mono,
                     clock == kSynced ? core::ClockState::kSynced : core::ClockState::kUnsynced},
                    read_body(*kind, body).value_or(core::Unknown{std::string(*kind)})};
  return event;
}

}  // namespace hailong::wire
