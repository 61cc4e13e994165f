#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace hailong::core {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A share in hundredths of a percent, rounded half up; nothing of nothing.
std::optional<std::int64_t> share_basis_points(std::int64_t part, std::int64_t whole);

/// A number of hundredths with both decimals: 8650 -> "86.50".
std::string decimal(std::int64_t hundredths);

/// The same as Vietnamese texts write it: "86,50".
std::string vietnamese(std::int64_t hundredths);

/// Hundredths with one decimal, half up, in Vietnamese: 8214 -> "82,1".
std::string vietnamese_tenths(std::int64_t hundredths);

/// A share in percent with one decimal, half up: 376 of 412 -> "91,3 %". whole > 0.
std::string percent_words(std::int64_t part, std::int64_t whole);

/// A share that is below `percent` %, without a decimal that is 0: 82 of 100 -> "82 %". Never shown
/// as what it does not reach: 89,96 % of 90 % is "89,9 %".
std::string percent_words_below(std::int64_t part, std::int64_t whole, int percent);

/// A whole number with dots between thousands: 12345 -> "12.345".
std::string vietnamese_count(std::int64_t count);

}  // namespace hailong::core
