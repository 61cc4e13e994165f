#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace hailong::sync {

/// What a Retry-After field asks for (RFC 9110, 10.2.3): seconds, or an HTTP date. A date counts
/// from the answer's own `date` field where there is one, since a kiosk's clock may be wrong; else
/// from `now_s` (seconds since 1970 UTC). Dates in the past are 0; nothing for anything else.
std::optional<std::chrono::seconds> retry_after(const std::string& value, const std::string& date,
                                                std::int64_t now_s);

}  // namespace hailong::sync
