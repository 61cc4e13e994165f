#include "sync/retry_after.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>

namespace hailong::sync {
namespace {

/// More than anybody may ask for; keeps sums far from overflow.
constexpr std::int64_t kMostSeconds = 1'000'000'000;

std::optional<std::int64_t> http_date(const std::string& text) {
  const std::time_t time = curl_getdate(text.c_str(), nullptr);
  if (time == -1) return std::nullopt;
  return time;
}

}  // namespace

std::optional<std::chrono::seconds> retry_after(const std::string& value, const std::string& date,
                                                std::int64_t now_s) {
  if (value.empty()) return std::nullopt;
  if (value.find_first_not_of("0123456789") == std::string::npos) {
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error != std::errc()) seconds = kMostSeconds;  // does not even fit 64 bits
    return std::chrono::seconds(std::min(seconds, kMostSeconds));
  }
  const auto until = http_date(value);
  if (!until) return std::nullopt;
  const std::int64_t from = http_date(date).value_or(now_s);
  return std::chrono::seconds(std::clamp<std::int64_t>(*until - from, 0, kMostSeconds));
}

}  // namespace hailong::sync
