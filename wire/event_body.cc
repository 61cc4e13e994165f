#include "wire/event_body.h"

#include <array>
#include <utility>

#include "wire/staff_body.h"

namespace hailong::wire {
namespace {

using Object = simdjson::dom::object;
using Texts = std::vector<std::string>;

constexpr std::string_view kWords = "words";
constexpr std::string_view kContact = "contact";
constexpr std::string_view kByNtp = "ntp";
constexpr std::string_view kByDistrict = "district";

struct BodyWriter {
  WrittenBody written;

  Json& start(std::string_view kind) {
    written.kind = kind;
    return written.json;
  }

  void operator()(const core::Rating& rating) {
    Json& json = start("rating");
    json["visit"] = rating.visit.value;
    json["score"] = rating.score.value();
    json["counter"] = rating.counter.value;
    if (!rating.field.empty()) json["field"] = rating.field.value;
    if (!rating.flags.empty()) json["flags"] = rating.flags;
    if (!rating.bundle.empty()) json["bundle"] = rating.bundle;
  }
  void operator()(const core::Correction& correction) {
    Json& json = start("correction");
    json["rating"] = correction.rating;
    json["score"] = correction.score.value();
  }
  void operator()(const core::Answers& answers) {
    Json& json = start("answers");
    json["rating"] = answers.rating;
    Json& questions = json["answers"] = Json::object();
    for (const core::Answer& answer : answers.answers) questions[answer.question] = answer.choices;
    if (answers.alert) json["alert"] = true;
  }
  void operator()(const core::Dossier& dossier) {
    Json& json = start("dossier");
    json["rating"] = dossier.rating;
    json["key"] = core::to_hex(dossier.key);
    json["content"] = core::to_hex(dossier.content);
    if (!dossier.procedure.empty()) json["procedure"] = dossier.procedure;
    if (!dossier.field.empty()) json["field"] = dossier.field.value;
  }
  void operator()(const core::Token& token) {
    Json& json = start("token");
    json["rating"] = token.rating;
    json["digest"] = core::to_hex(token.digest);
  }
  void operator()(const core::Consent& consent) {
    Json& json = start("consent");
    json["rating"] = consent.rating;
    json["notice"] = consent.notice;
    json["keep_days"] = consent.keep_days;
  }
  void operator()(const core::Feedback& feedback) {
    Json& json = start("feedback");
    json["rating"] = feedback.rating;
    json["kind"] = feedback.kind == core::FeedbackKind::kWords ? kWords : kContact;
    json["content"] = core::to_hex(feedback.content);
  }
  void operator()(const core::Erasure& erasure) {
    Json& json = start("erasure");
    json["content"] = core::to_hex(erasure.content);
    json["reason"] = erasure.reason;
  }
  void operator()(const core::StaffAccount& account) { write(start("staff-account"), account); }
  void operator()(const core::StaffAct& act) { write(start("staff-act"), act); }
  void operator()(const core::Handling& handling) { write(start("handling"), handling); }
  void operator()(const core::Served& served) { write(start("served"), served); }
  void operator()(const core::SignOff& sign_off) { write(start("sign-off"), sign_off); }
  void operator()(const core::BootTime& time) {
    Json& json = start("boot-time");
    json["boot"] = time.boot;
    json["began"] = time.began_ms;
    json["error"] = time.error_ms;
    json["learnt"] = time.learnt_ms;
    json["by"] = time.by == core::TimeSource::kNtp ? kByNtp : kByDistrict;
  }
  void operator()(const core::Salvage& salvage) {
    Json& json = start("salvage");
    json["epoch"] = salvage.epoch.value;
    json["last"] = salvage.last;
    json["head"] = core::to_hex(salvage.head);
    json["why"] = salvage.why;
  }
  void operator()(const core::Compaction& compaction) {
    Json& json = start("compaction");
    json["last"] = compaction.last;
    json["head"] = core::to_hex(compaction.head);
    json["snapshot"] = core::to_hex(compaction.snapshot);
  }
  void operator()(const core::Unknown& /*unknown*/) {}
};

std::optional<core::Score> score_at(const Object& body) {
  const auto number = number_at(body, "score");
  return number ? core::Score::from(*number) : std::nullopt;
}

/// Nothing unless `value` is a list of texts.
std::optional<Texts> texts_of(const simdjson::dom::element& value) {
  simdjson::dom::array list;
  if (value.get(list) != simdjson::SUCCESS) return std::nullopt;
  Texts texts;
  for (const auto item : list) {
    std::string_view text;
    if (item.get(text) != simdjson::SUCCESS) return std::nullopt;
    texts.emplace_back(text);
  }
  return texts;
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
  if (const auto flags = body["flags"]; flags.is_array()) {
    auto texts = texts_of(flags.value_unsafe());
    if (!texts) return std::nullopt;
    rating.flags = std::move(*texts);
  }
  auto bundle = optional_text_at(body, "bundle");
  if (!bundle) return std::nullopt;
  rating.bundle = std::move(*bundle);
  return rating;
}

std::optional<core::Body> read_correction(const Object& body) {
  const auto rating = number_at(body, "rating");
  const auto score = score_at(body);
  if (!rating || !score) return std::nullopt;
  return core::Correction{*rating, *score};
}

std::optional<core::Body> read_answers(const Object& body) {
  const auto rating = number_at(body, "rating");
  Object questions;
  if (!rating || body["answers"].get(questions) != simdjson::SUCCESS) return std::nullopt;
  core::Answers answers{*rating, {}, false};
  for (const auto& [question, value] : questions) {
    auto choices = texts_of(value);
    if (!choices) return std::nullopt;
    answers.answers.push_back({std::string(question), std::move(*choices)});
  }
  const auto alert = body["alert"];
  if (alert.error() != simdjson::NO_SUCH_FIELD && alert.get(answers.alert) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  return answers;
}

std::optional<core::Body> read_dossier(const Object& body) {
  const auto rating = number_at(body, "rating");
  const auto key = bytes32_at(body, "key");
  const auto content = bytes32_at(body, "content");
  auto procedure = optional_text_at(body, "procedure");
  auto field = optional_text_at(body, "field");
  if (!rating || !key || !content || !procedure || !field) return std::nullopt;
  return core::Dossier{*rating, *key, *content, std::move(*procedure),
                       core::FieldId{std::move(*field)}};
}

std::optional<core::Body> read_token(const Object& body) {
  const auto rating = number_at(body, "rating");
  const auto digest = bytes32_at(body, "digest");
  if (!rating || !digest) return std::nullopt;
  return core::Token{*rating, *digest};
}

std::optional<core::Body> read_consent(const Object& body) {
  const auto rating = number_at(body, "rating");
  const auto notice = text_at(body, "notice");
  const auto keep_days = number_at(body, "keep_days");
  if (!rating || !notice || !keep_days || *keep_days < 0 || !std::in_range<int>(*keep_days)) {
    return std::nullopt;
  }
  return core::Consent{*rating, std::string(*notice), static_cast<int>(*keep_days)};
}

std::optional<core::Body> read_feedback(const Object& body) {
  const auto rating = number_at(body, "rating");
  const auto kind = text_at(body, "kind");
  const auto content = bytes32_at(body, "content");
  if (!rating || !content || (kind != kWords && kind != kContact)) return std::nullopt;
  return core::Feedback{*rating,
                        kind == kWords ? core::FeedbackKind::kWords : core::FeedbackKind::kContact,
                        *content};
}

std::optional<core::Body> read_erasure(const Object& body) {
  const auto content = bytes32_at(body, "content");
  const auto reason = text_at(body, "reason");
  if (!content || !reason) return std::nullopt;
  return core::Erasure{*content, std::string(*reason)};
}

std::optional<core::Body> read_boot_time(const Object& body) {
  const auto boot = text_at(body, "boot");
  const auto began = number_at(body, "began");
  const auto error = number_at(body, "error");
  const auto learnt = number_at(body, "learnt");
  const auto by = text_at(body, "by");
  if (!boot || boot->empty() || !began || !error || *error < 0 || !learnt || *learnt < 0 ||
      (by != kByNtp && by != kByDistrict)) {
    return std::nullopt;
  }
  return core::BootTime{std::string(*boot), *began, *error, *learnt,
                        by == kByNtp ? core::TimeSource::kNtp : core::TimeSource::kDistrict};
}

std::optional<core::Body> read_salvage(const Object& body) {
  const auto epoch = text_at(body, "epoch");
  const auto last = number_at(body, "last");
  const auto head = bytes32_at(body, "head");
  const auto why = text_at(body, "why");
  if (!epoch || !last || *last < 0 || !head || !why) return std::nullopt;
  return core::Salvage{core::EpochId{std::string(*epoch)}, *last, *head, std::string(*why)};
}

std::optional<core::Body> read_compaction(const Object& body) {
  const auto last = number_at(body, "last");
  const auto head = bytes32_at(body, "head");
  const auto snapshot = bytes32_at(body, "snapshot");
  if (!last || *last < 1 || !head || !snapshot) return std::nullopt;
  return core::Compaction{*last, *head, *snapshot};
}

struct KindReader {
  std::string_view kind;
  std::optional<core::Body> (*read)(const Object&);
};

constexpr std::array kReaders = {KindReader{"rating", read_rating},
                                 KindReader{"correction", read_correction},
                                 KindReader{"answers", read_answers},
                                 KindReader{"dossier", read_dossier},
                                 KindReader{"token", read_token},
                                 KindReader{"consent", read_consent},
                                 KindReader{"feedback", read_feedback},
                                 KindReader{"erasure", read_erasure},
                                 KindReader{"staff-account", read_staff_account},
                                 KindReader{"staff-act", read_staff_act},
                                 KindReader{"handling", read_handling},
                                 KindReader{"served", read_served},
                                 KindReader{"sign-off", read_sign_off},
                                 KindReader{"boot-time", read_boot_time},
                                 KindReader{"salvage", read_salvage},
                                 KindReader{"compaction", read_compaction}};

}  // namespace

std::optional<std::string_view> text_at(const simdjson::dom::object& object, std::string_view key) {
  std::string_view text;
  if (object[key].get(text) != simdjson::SUCCESS) return std::nullopt;
  return text;
}

std::optional<std::int64_t> number_at(const simdjson::dom::object& object, std::string_view key) {
  std::int64_t number = 0;
  if (object[key].get(number) != simdjson::SUCCESS) return std::nullopt;
  return number;
}

std::optional<core::Bytes32> bytes32_at(const Object& object, std::string_view key) {
  const auto text = text_at(object, key);
  return text ? core::bytes32_from_hex(*text) : std::nullopt;
}

std::optional<std::string> optional_text_at(const Object& body, std::string_view key) {
  if (body[key].error() == simdjson::NO_SUCH_FIELD) return std::string();
  const auto text = text_at(body, key);
  return text ? std::optional(std::string(*text)) : std::nullopt;
}

WrittenBody write_body(const core::Body& body) {
  BodyWriter writer;
  std::visit(writer, body);
  return std::move(writer.written);
}

std::optional<core::Body> read_body(std::string_view kind, const simdjson::dom::object& body) {
  for (const KindReader& reader : kReaders) {
    if (reader.kind == kind) return reader.read(body);
  }
  return std::nullopt;
}

}  // namespace hailong::wire
