#include "wire/event_codec.h"

#include <simdjson.h>

#include <nlohmann/json.hpp>
#include <optional>

namespace hailong::wire {
namespace {

using core::Fault;
using Json = nlohmann::ordered_json;
using Object = simdjson::dom::object;

constexpr std::string_view kWords = "words";
constexpr std::string_view kContact = "contact";
constexpr std::string_view kSynced = "synced";
constexpr std::string_view kUnsynced = "unsynced";

struct BodyWriter {
  std::string_view kind;
  Json json;

  void operator()(const core::Rating& rating) {
    kind = "rating";
    json["visit"] = rating.visit.value;
    json["score"] = rating.score.value();
    json["counter"] = rating.counter.value;
    if (!rating.field.empty()) json["field"] = rating.field.value;
    if (!rating.flags.empty()) json["flags"] = rating.flags;
  }
  void operator()(const core::Correction& correction) {
    kind = "correction";
    json["rating"] = correction.rating;
    json["score"] = correction.score.value();
  }
  void operator()(const core::Feedback& feedback) {
    kind = "feedback";
    json["rating"] = feedback.rating;
    json["kind"] = feedback.kind == core::FeedbackKind::kWords ? kWords : kContact;
    json["content"] = core::to_hex(feedback.content);
  }
  void operator()(const core::Erasure& erasure) {
    kind = "erasure";
    json["content"] = core::to_hex(erasure.content);
    json["reason"] = erasure.reason;
  }
  void operator()(const core::Unknown& /*unknown*/) {}
};

std::optional<std::string_view> text_at(const Object& object, std::string_view key) {
  std::string_view text;
  if (object[key].get(text) != simdjson::SUCCESS) return std::nullopt;
  return text;
}

std::optional<std::int64_t> number_at(const Object& object, std::string_view key) {
  std::int64_t number = 0;
  if (object[key].get(number) != simdjson::SUCCESS) return std::nullopt;
  return number;
}

std::optional<core::Score> score_at(const Object& body) {
  const auto number = number_at(body, "score");
  return number ? core::Score::from(*number) : std::nullopt;
}

std::optional<core::Bytes32> digest_at(const Object& body) {
  const auto text = text_at(body, "content");
  return text ? core::bytes32_from_hex(*text) : std::nullopt;
}

std::optional<core::Body> read_rating(const Object& body) {
  const auto visit = text_at(body, "visit");
  const auto score = score_at(body);
  const auto counter = text_at(body, "counter");
  if (!visit || visit->empty() || !score || !counter) return std::nullopt;
  core::Rating rating{core::VisitId{std::string(*visit)},
                      *score,
                      core::CounterId{std::string(*counter)},
                      core::FieldId{},
                      {}};
  if (const auto field = text_at(body, "field")) rating.field.value = *field;
  simdjson::dom::array flags;
  if (body["flags"].get(flags) == simdjson::SUCCESS) {
    for (const auto flag : flags) {
      std::string_view text;
      if (flag.get(text) != simdjson::SUCCESS) return std::nullopt;
      rating.flags.emplace_back(text);
    }
  }
  return rating;
}

std::optional<core::Body> read_correction(const Object& body) {
  const auto rating = number_at(body, "rating");
  const auto score = score_at(body);
  if (!rating || !score) return std::nullopt;
  return core::Correction{*rating, *score};
}

std::optional<core::Body> read_feedback(const Object& body) {
  const auto rating = number_at(body, "rating");
  const auto kind = text_at(body, "kind");
  const auto content = digest_at(body);
  if (!rating || !content || (kind != kWords && kind != kContact)) return std::nullopt;
  return core::Feedback{*rating,
                        kind == kWords ? core::FeedbackKind::kWords : core::FeedbackKind::kContact,
                        *content};
}

std::optional<core::Body> read_erasure(const Object& body) {
  const auto content = digest_at(body);
  const auto reason = text_at(body, "reason");
  if (!content || !reason) return std::nullopt;
  return core::Erasure{*content, std::string(*reason)};
}

std::optional<core::Body> read_body(std::string_view kind, const Object& body) {
  if (kind == "rating") return read_rating(body);
  if (kind == "correction") return read_correction(body);
  if (kind == "feedback") return read_feedback(body);
  if (kind == "erasure") return read_erasure(body);
  return std::nullopt;
}

}  // namespace

bool is_utf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

core::Result<std::string> encode_event(const core::Event& event) {
  BodyWriter writer;
  std::visit(writer, event.body);
  if (writer.kind.empty()) {
    return core::fail(Fault::kInvalid, "an event of unknown kind cannot be written");
  }
  Json json;
  json["seq"] = event.seq;
  json["kind"] = writer.kind;
  json["at"] = event.stamp.wall_ms;
  json["boot"] = event.stamp.boot_id;
  json["mono"] = event.stamp.mono_ms;
  json["clock"] = event.stamp.clock == core::ClockState::kSynced ? kSynced : kUnsynced;
  json["body"] = std::move(writer.json);
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
  Object root;
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
  Object body;
  if (!seq || *seq < 1 || !kind || !at || !boot || !mono ||
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
