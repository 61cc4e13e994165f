#include "wire/receipt.h"

#include "wire/json.h"

namespace hailong::wire {
namespace {

using core::Fault;

constexpr const char* kReceiptPurpose = "receipt";

std::optional<Receipt> read_receipt(std::string_view text) {
  const auto json = parse_object(text);
  if (!json || number_of(*json, "v") != 1) return std::nullopt;
  const auto device = text_of(*json, "device");
  const auto epoch = text_of(*json, "epoch");
  const auto last = number_of(*json, "last");
  const auto head = bytes32_of(*json, "head");
  const auto at = number_of(*json, "at");
  if (!device || !epoch || !last || *last < 0 || !head || !at) return std::nullopt;
  const auto contents = number_of(*json, "contents");
  if (json->contains("contents") && (!contents || *contents < 0)) return std::nullopt;
  return Receipt{core::DeviceId{*device}, core::EpochId{*epoch}, *last, *head, *at, contents};
}

}  // namespace

std::string seal_receipt(const Receipt& receipt, const SigningKey& district) {
  Json text = {{"v", 1},
               {"device", receipt.device.value},
               {"epoch", receipt.epoch.value},
               {"last", receipt.last},
               {"head", core::to_hex(receipt.head)},
               {"at", receipt.at_ms}};
  if (receipt.contents) text["contents"] = *receipt.contents;
  const std::string signed_text = text.dump();
  const Json sealed = {{"receipt", signed_text},
                       {"signature", core::to_hex(district.sign(kReceiptPurpose, signed_text))}};
  return sealed.dump();
}

std::optional<Receipt> peek_receipt(std::string_view bytes) {
  const auto sealed = parse_object(bytes);
  const auto text = sealed ? text_of(*sealed, "receipt") : std::nullopt;
  return text ? read_receipt(*text) : std::nullopt;
}

core::Result<Receipt> open_receipt(std::string_view bytes, const PublicKey& district) {
  const auto sealed = parse_object(bytes);
  const auto text = sealed ? text_of(*sealed, "receipt") : std::nullopt;
  const auto hex = sealed ? text_of(*sealed, "signature") : std::nullopt;
  Signature signature{};
  if (!text || !hex || !core::from_hex(*hex, signature)) {
    return core::fail(Fault::kInvalid, "the answer is no receipt");
  }
  if (!verify_signature(district, kReceiptPurpose, *text, signature)) {
    return core::fail(Fault::kRefused, "the receipt is not signed by the district's key");
  }
  auto receipt = read_receipt(*text);
  if (!receipt) return core::fail(Fault::kInvalid, "the signed text is no receipt of version 1");
  return *receipt;
}

}  // namespace hailong::wire
