#include "wire/enrolment.h"

#include <sodium.h>

#include "core/bytes.h"
#include "wire/enrolment_code.h"
#include "wire/json.h"

namespace hailong::wire {
namespace {

using core::Fault;

constexpr const char* kAsking = "enrolment request";
constexpr const char* kAnswering = "enrolment answer";

/// BLAKE2b-256 keyed with the code's secret, over "hailong <purpose> 1\n" ‖ text.
core::Bytes32 mac_of(const core::Bytes32& secret, std::string_view purpose, std::string_view text) {
  std::string covered = "hailong ";
  covered.append(purpose).append(" 1\n").append(text);
  core::Bytes32 mac{};
  crypto_generichash(mac.data(), mac.size(), core::bytes_of(covered), covered.size(), secret.data(),
                     secret.size());
  return mac;
}

bool same(const core::Bytes32& one, const core::Bytes32& other) {
  return sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string seal(const char* purpose, const std::string& text, const core::Bytes32& secret,
                 const SigningKey& key) {
  const Json sealed = {{"text", text},
                       {"mac", core::to_hex(mac_of(secret, purpose, text))},
                       {"signature", core::to_hex(key.sign(purpose, text))}};
  return sealed.dump();
}

/// What both ways have in common.
struct Sealed {
  std::string text;
  core::Bytes32 mac{};
  Signature signature{};
};

std::optional<Sealed> read_sealed(std::string_view bytes) {
  if (bytes.size() > kLongestEnrolment) return std::nullopt;
  const auto json = parse_object(bytes);
  const auto text = json ? text_of(*json, "text") : std::nullopt;
  const auto mac = json ? bytes32_of(*json, "mac") : std::nullopt;
  const auto hex = json ? text_of(*json, "signature") : std::nullopt;
  Signature signature{};
  if (!text || !mac || !hex || !core::from_hex(*hex, signature)) return std::nullopt;
  return Sealed{*text, *mac, signature};
}

std::optional<EnrolmentRequest> read_request(std::string_view text) {
  const auto json = parse_object(text);
  if (!json || number_of(*json, "v") != 1) return std::nullopt;
  const auto invitation = text_of(*json, "invitation");
  const auto key = bytes32_of(*json, "key");
  const auto nonce = bytes32_of(*json, "nonce");
  if (!invitation || !is_invitation_name(*invitation) || !key || !nonce) return std::nullopt;
  EnrolmentRequest request{*invitation, *key, *nonce};
  if (json->contains("device")) {
    const auto device = text_of(*json, "device");
    if (!device || !core::is_plain_name(*device)) return std::nullopt;
    request.device.value = *device;
  }
  if (json->contains("district")) {
    const auto district = bytes32_of(*json, "district");
    if (!district) return std::nullopt;
    request.district = *district;
  }
  return request;
}

/// The nonce alone tells requests apart; what else they say is not repeated.
bool answers(std::string_view text, const EnrolmentRequest& request) {
  const auto json = parse_object(text);
  return json && text_of(*json, "invitation") == request.invitation &&
         bytes32_of(*json, "key") == request.key && bytes32_of(*json, "nonce") == request.nonce;
}

bool is_name_or_empty(const std::string& text) { return text.empty() || core::is_plain_name(text); }

std::optional<Enrolment> read_enrolment_text(std::string_view text) {
  const auto json = parse_object(text);
  if (!json || number_of(*json, "v") != 1) return std::nullopt;
  const auto device = text_of(*json, "device");
  const auto unit = text_of(*json, "unit");
  const auto point = text_of(*json, "point");
  const auto counter = text_of(*json, "counter");
  const auto first = number_of(*json, "first");
  const auto district = bytes32_of(*json, "district");
  if (!device || !unit || !point || !counter || !first || !district) return std::nullopt;
  if (!core::is_plain_name(*device) || !core::is_plain_name(*unit) || *first < 1 ||
      *first > core::kLastSeq || !is_name_or_empty(*point) || !is_name_or_empty(*counter)) {
    return std::nullopt;
  }
  return Enrolment{core::DeviceId{*device},
                   core::UnitCode{*unit},
                   *point,
                   core::CounterId{*counter},
                   *first,
                   *district};
}

Json json_of(const Enrolment& enrolment) {
  return {{"v", 1},
          {"device", enrolment.device.value},
          {"unit", enrolment.unit.value},
          {"point", enrolment.point},
          {"counter", enrolment.counter.value},
          {"first", enrolment.first},
          {"district", core::to_hex(enrolment.district)}};
}

}  // namespace

std::string seal_enrolment_request(const EnrolmentRequest& request, const core::Bytes32& secret,
                                   const SigningKey& key) {
  Json text = {{"v", 1},
               {"invitation", request.invitation},
               {"key", core::to_hex(key.public_key())},
               {"nonce", core::to_hex(request.nonce)}};
  if (!request.device.empty()) text["device"] = request.device.value;
  if (request.district != PublicKey{}) text["district"] = core::to_hex(request.district);
  return seal(kAsking, text.dump(), secret, key);
}

bool ReceivedEnrolment::knows(const core::Bytes32& secret) const {
  return same(mac, mac_of(secret, kAsking, text));
}

core::Result<ReceivedEnrolment> receive_enrolment_request(std::string_view bytes) {
  auto sealed = read_sealed(bytes);
  auto request = sealed ? read_request(sealed->text) : std::nullopt;
  if (!request) return core::fail(Fault::kInvalid, "expected an enrolment request of version 1");
  if (!verify_signature(request->key, kAsking, sealed->text, sealed->signature)) {
    return core::fail(Fault::kRefused, "the request is not signed by the key that it names");
  }
  return ReceivedEnrolment{std::move(*request), std::move(sealed->text), sealed->mac};
}

std::string encode_enrolment(const Enrolment& enrolment) { return json_of(enrolment).dump(); }

core::Result<Enrolment> decode_enrolment(std::string_view text) {
  auto enrolment = read_enrolment_text(text);
  if (!enrolment) return core::fail(Fault::kInvalid, "expected an enrolment of version 1");
  return std::move(*enrolment);
}

std::string seal_enrolment(const Enrolment& enrolment, const EnrolmentRequest& request,
                           const core::Bytes32& secret, const SigningKey& district) {
  Json text = json_of(enrolment);
  text["district"] = core::to_hex(district.public_key());
  text["invitation"] = request.invitation;
  text["key"] = core::to_hex(request.key);
  text["nonce"] = core::to_hex(request.nonce);
  return seal(kAnswering, text.dump(), secret, district);
}

core::Result<Enrolment> open_enrolment(std::string_view bytes, const EnrolmentRequest& request,
                                       const core::Bytes32& secret) {
  const auto sealed = read_sealed(bytes);
  auto enrolment = sealed ? read_enrolment_text(sealed->text) : std::nullopt;
  if (!enrolment) return core::fail(Fault::kInvalid, "the answer is no enrolment of version 1");
  if (!same(sealed->mac, mac_of(secret, kAnswering, sealed->text)) ||
      !answers(sealed->text, request)) {
    return core::fail(Fault::kRefused, "the answer was not made by one who knows the code");
  }
  if (!verify_signature(enrolment->district, kAnswering, sealed->text, sealed->signature)) {
    return core::fail(Fault::kRefused, "the answer is not signed by the key that it names");
  }
  return std::move(*enrolment);
}

}  // namespace hailong::wire
