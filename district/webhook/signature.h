#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hailong::district::webhook {

/// The header webhook-signature of the Standard Webhooks specification (standardwebhooks.com):
/// "v1," and the base64 of HMAC-SHA-256 over "ID.SECONDS.BODY". A receiver checks it, refuses old
/// seconds, and knows a repetition by the id.
std::string signature(std::string_view key, std::string_view id, std::int64_t seconds,
                      std::string_view body);

}  // namespace hailong::district::webhook
