#include "district/ingest/own_events.h"

#include <nlohmann/json.hpp>

namespace hailong::district::ingest {
namespace {

using Json = nlohmann::ordered_json;

core::Bytes32 digest_of(const Json& json) {
  return core::bytes32_from_hex(json.get<std::string>()).value();
}

Json json_of(const LaterAnswer& answer) {
  Json body{{"device", answer.device.value},
            {"epoch", answer.epoch.value},
            {"rating", answer.rating},
            {"token", core::to_hex(answer.token)},
            {"score", answer.score.value()}};
  if (!answer.reasons.empty()) body["reasons"] = answer.reasons;
  if (answer.alert) body["alert"] = true;
  if (answer.words) body["words"] = core::to_hex(*answer.words);
  return body;
}

LaterAnswer later_of(const Json& body) {
  LaterAnswer answer{core::DeviceId{body.at("device").get<std::string>()},
                     core::EpochId{body.at("epoch").get<std::string>()},
                     body.at("rating").get<core::Seq>(),
                     digest_of(body.at("token")),
                     core::Score::from(body.at("score").get<std::int64_t>()).value(),
                     {},
                     body.value("alert", false),
                     std::nullopt};
  if (body.contains("reasons")) body.at("reasons").get_to(answer.reasons);
  if (body.contains("words")) answer.words = digest_of(body.at("words"));
  return answer;
}

Json json_of(const OwnErasure& erasure) {
  Json body{{"by", erasure.by}, {"reason", erasure.reason}};
  if (erasure.subject) {
    body["about"] = erasure.about;
    body["subject"] = core::to_hex(*erasure.subject);
  }
  Json contents = Json::array();
  for (const ErasedContent& content : erasure.contents) {
    contents.push_back({{"device", content.device.value},
                        {"epoch", content.epoch.value},
                        {"seq", content.seq},
                        {"digest", core::to_hex(content.digest)}});
  }
  body["contents"] = std::move(contents);
  return body;
}

OwnErasure erasure_of(const Json& body) {
  OwnErasure erasure{
      body.at("by").get<std::string>(), body.at("reason").get<std::string>(), "", {}, {}};
  if (body.contains("subject")) {
    erasure.about = body.at("about").get<std::string>();
    erasure.subject = digest_of(body.at("subject"));
  }
  for (const Json& content : body.at("contents")) {
    erasure.contents.push_back({core::DeviceId{content.at("device").get<std::string>()},
                                core::EpochId{content.at("epoch").get<std::string>()},
                                content.at("seq").get<core::Seq>(),
                                digest_of(content.at("digest"))});
  }
  return erasure;
}

constexpr const char* kLaterKind = "later";
constexpr const char* kErasureKind = "erasure";

OwnBody body_of(const Json& json) {
  const auto kind = json.at("kind").get<std::string>();
  if (kind == kLaterKind) return later_of(json.at("body"));
  if (kind == kErasureKind) return erasure_of(json.at("body"));
  throw std::invalid_argument("unknown kind " + kind);
}

}  // namespace

std::string encode_own_event(const OwnEvent& event) {
  const bool later = std::holds_alternative<LaterAnswer>(event.body);
  return Json{{"seq", event.seq},
              {"kind", later ? kLaterKind : kErasureKind},
              {"at", event.at_ms},
              {"body", std::visit([](const auto& body) { return json_of(body); }, event.body)}}
      .dump();
}

core::Result<OwnEvent> decode_own_event(std::string_view bytes) {
  try {
    const Json json = Json::parse(bytes);
    return OwnEvent{json.at("seq").get<core::Seq>(), json.at("at").get<std::int64_t>(),
                    body_of(json)};
  } catch (const std::exception& error) {  // nlohmann's, and of values that are none
    return core::fail(core::Fault::kCorrupt, "an event of the district's own cannot be read: " +
                                                 std::string(error.what()));
  }
}

}  // namespace hailong::district::ingest
