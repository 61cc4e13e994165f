#include "wire/bundle.h"

#include <sodium.h>

#include <algorithm>
#include <span>

#include "wire/json.h"

namespace hailong::wire {
namespace {

using core::Fault;

constexpr const char* kBundlePurpose = "config";
constexpr std::size_t kIdBytes = 8;

Json ids_of(const std::vector<core::Choice>& choices) {
  Json list = Json::array();
  for (const core::Choice& choice : choices) list.push_back(choice.id);
  return list;
}

void add_alerts(Json& list, const std::vector<core::Choice>& choices) {
  for (const core::Choice& choice : choices) {
    const bool there = std::find(list.begin(), list.end(), Json(choice.id)) != list.end();
    if (choice.alert && !there) list.push_back(choice.id);
  }
}

Json json_of(const core::Questionnaire& questionnaire) {
  Json alert = Json::array();
  for (const auto* list : {&questionnaire.low, &questionnaire.middle, &questionnaire.high}) {
    add_alerts(alert, *list);
  }
  Json official = Json::array();
  for (const core::Question& question : questionnaire.official) {
    official.push_back({{"id", question.id},
                        {"choices", ids_of(question.choices)},
                        {"purposes", question.purposes}});
  }
  Json statements = Json::array();
  for (const core::Question& statement : questionnaire.statements) {
    statements.push_back(statement.id);
  }
  Json payment_alert = Json::array();
  add_alerts(payment_alert, questionnaire.extra_payment.choices);
  return {{"low", ids_of(questionnaire.low)},
          {"middle", ids_of(questionnaire.middle)},
          {"high", ids_of(questionnaire.high)},
          {"alert", std::move(alert)},
          {"purposes", ids_of(questionnaire.purposes)},
          {"official", std::move(official)},
          {"statements", std::move(statements)},
          {"extra_payment", ids_of(questionnaire.extra_payment.choices)},
          {"extra_payment_alert", std::move(payment_alert)}};
}

Json json_of(const core::Field& field) { return {{"id", field.id.value}, {"name", field.name}}; }

Json json_of(const core::Procedure& procedure) {
  return {{"code", procedure.code}, {"field", procedure.field.value}, {"name", procedure.name}};
}

Json json_of(const core::Counter& counter) {
  return {{"id", counter.id.value}, {"name", counter.name}};
}

Json json_of(const core::Officer& officer) {
  Json json = {{"id", officer.id}, {"name", officer.name}};
  if (!officer.counter.empty()) json["counter"] = officer.counter.value;
  return json;
}

Json json_of(const core::OpeningHours::Entry& entry) {
  return {{"days", entry.days}, {"from", entry.from}, {"to", entry.to}};
}

Json json_of(const core::WorkingCalendar& calendar) {
  Json list = Json::array();
  for (const auto& [date, day] : calendar.days()) {
    list.push_back({{"date", core::to_string(date)},
                    {"work", day.working},
                    {"name", day.name},
                    {"confirmed", day.confirmed}});
  }
  return list;
}

template <typename Part>
Json json_of(const std::vector<Part>& parts) {
  Json list = Json::array();
  for (const Part& part : parts) list.push_back(json_of(part));
  return list;
}

template <typename Part>
void add_part(Json& json, const char* key, const std::optional<Part>& part) {
  if (part) json[key] = json_of(*part);
}

}  // namespace

core::Result<std::string> encode_bundle(const Bundle& bundle) {
  Json json = {{"v", 1}, {"device", bundle.device.value}, {"number", bundle.number}};
  if (bundle.unit) json["unit"] = {{"name", bundle.unit->name}, {"place", bundle.unit->place}};
  if (bundle.thank_you_seconds) json["thank_you_seconds"] = *bundle.thank_you_seconds;
  add_part(json, "questionnaire", bundle.questionnaire);
  add_part(json, "fields", bundle.fields);
  add_part(json, "procedures", bundle.procedures);
  add_part(json, "counters", bundle.counters);
  add_part(json, "officers", bundle.officers);
  add_part(json, "opening", bundle.opening);
  add_part(json, "holidays", bundle.holidays);
  if (!bundle.texts.empty()) json["texts"] = bundle.texts;
  // What is no UTF-8 is replaced by U+FFFD, which reading it back refuses.
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (auto read = decode_bundle(text); !read) return core::Failure(read.error());
  return text;
}

std::string bundle_id(std::string_view text) {
  core::Bytes32 hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  return core::to_hex(std::span(hash).first<kIdBytes>());
}

std::string seal_bundle(std::string_view text, const SigningKey& district) {
  const Json sealed = {{"bundle", text},
                       {"signature", core::to_hex(district.sign(kBundlePurpose, text))}};
  return sealed.dump();
}

core::Result<OpenedBundle> open_bundle(std::string_view sealed, const PublicKey& district,
                                       const core::DeviceId& device) {
  const auto json =
      sealed.size() <= kMostSealedBundleBytes ? parse_object(sealed) : std::optional<Json>();
  const auto text = json ? text_of(*json, "bundle") : std::nullopt;
  const auto hex = json ? text_of(*json, "signature") : std::nullopt;
  Signature signature{};
  if (!text || !hex || !core::from_hex(*hex, signature)) {
    return core::fail(Fault::kInvalid, "this is no configuration bundle");
  }
  if (!verify_signature(district, kBundlePurpose, *text, signature)) {
    return core::fail(Fault::kRefused,
                      "the configuration bundle is not signed by the district's key");
  }
  auto bundle = decode_bundle(*text);
  if (!bundle) return core::Failure(bundle.error());
  if (bundle->device != device) {
    return core::fail(Fault::kRefused, "the configuration bundle is made for device " +
                                           bundle->device.value + ", not for " + device.value);
  }
  return OpenedBundle{bundle_id(*text), std::move(*bundle)};
}

}  // namespace hailong::wire
