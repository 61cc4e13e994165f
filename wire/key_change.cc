#include "wire/key_change.h"

#include "wire/json.h"

namespace hailong::wire {
namespace {

using core::Fault;

constexpr const char* kChangePurpose = "key change";
constexpr const char* kTakenPurpose = "key change taken";

std::string key_change_text(const KeyChange& change) {
  const Json text = {{"v", 1},
                     {"device", change.device.value},
                     {"old", core::to_hex(change.old_key)},
                     {"new", core::to_hex(change.new_key)}};
  return text.dump();
}

std::optional<KeyChange> read_key_change(std::string_view text) {
  const auto json = parse_object(text);
  if (!json || number_of(*json, "v") != 1) return std::nullopt;
  const auto device = text_of(*json, "device");
  const auto old_key = bytes32_of(*json, "old");
  const auto new_key = bytes32_of(*json, "new");
  if (!device || !core::is_plain_name(*device) || !old_key || !new_key) return std::nullopt;
  return KeyChange{core::DeviceId{*device}, *old_key, *new_key};
}

}  // namespace

std::string seal_key_change(const core::DeviceId& device, const SigningKey& old_key,
                            const SigningKey& new_key) {
  const std::string text = key_change_text({device, old_key.public_key(), new_key.public_key()});
  const Json sealed = {{"change", text},
                       {"old", core::to_hex(old_key.sign(kChangePurpose, text))},
                       {"new", core::to_hex(new_key.sign(kChangePurpose, text))}};
  return sealed.dump();
}

core::Result<KeyChange> open_key_change(std::string_view bytes) {
  const auto sealed = bytes.size() <= kLongestKeyChange ? parse_object(bytes) : std::nullopt;
  const auto text = sealed ? text_of(*sealed, "change") : std::nullopt;
  const auto old_hex = sealed ? text_of(*sealed, "old") : std::nullopt;
  const auto new_hex = sealed ? text_of(*sealed, "new") : std::nullopt;
  auto change = text ? read_key_change(*text) : std::nullopt;
  Signature by_old{};
  Signature by_new{};
  if (!change || !old_hex || !new_hex || !core::from_hex(*old_hex, by_old) ||
      !core::from_hex(*new_hex, by_new)) {
    return core::fail(Fault::kInvalid, "expected a key change of version 1");
  }
  if (!verify_signature(change->old_key, kChangePurpose, *text, by_old) ||
      !verify_signature(change->new_key, kChangePurpose, *text, by_new)) {
    return core::fail(Fault::kRefused, "the key change is not signed by both keys");
  }
  return std::move(*change);
}

std::string seal_key_answer(const KeyChange& change, const SigningKey& district) {
  const Json sealed = {
      {"signature", core::to_hex(district.sign(kTakenPurpose, key_change_text(change)))}};
  return sealed.dump();
}

core::Result<void> check_key_answer(std::string_view bytes, const KeyChange& change,
                                    const PublicKey& district) {
  const auto sealed = parse_object(bytes);
  const auto hex = sealed ? text_of(*sealed, "signature") : std::nullopt;
  Signature signature{};
  if (!hex || !core::from_hex(*hex, signature)) {
    return core::fail(Fault::kInvalid, "the answer says nothing of the new key");
  }
  if (!verify_signature(district, kTakenPurpose, key_change_text(change), signature)) {
    return core::fail(Fault::kRefused, "the answer is not signed by the district's key");
  }
  return {};
}

}  // namespace hailong::wire
