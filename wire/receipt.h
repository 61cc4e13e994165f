#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/hex.h"
#include "core/ids.h"
#include "core/result.h"
#include "wire/signing.h"

namespace hailong::wire {

/// The district's word that it has stored every event of a device's epoch up to `last`, durably.
/// Only a receipt moves the outbox's high-water mark: a captive portal's "200 OK" cannot forge one.
struct Receipt {
  core::DeviceId device;
  core::EpochId epoch;
  core::Seq last = 0;      // 0: nothing stored yet
  core::Bytes32 head{};    // chain hash of `last`
  std::int64_t at_ms = 0;  // district's time, milliseconds since 1970 UTC
  /// Up to this event it holds all contents that were to come. Nothing: of a district that takes
  /// contents only with their events.
  std::optional<core::Seq> contents{};

  bool operator==(const Receipt&) const = default;
};

/// JSON object {"receipt": "<text>", "signature": "<hex>"}; the signature covers the text as it
/// stands.
std::string seal_receipt(const Receipt& receipt, const SigningKey& district);

/// What it says, whoever signed it; nothing when it is no receipt.
std::optional<Receipt> peek_receipt(std::string_view bytes);

/// Errors: kInvalid when it is no receipt at all, kRefused when the signature is not the
/// district's.
core::Result<Receipt> open_receipt(std::string_view bytes, const PublicKey& district);

}  // namespace hailong::wire
