#pragma once

#include <cstdint>
#include <string>

namespace hailong::district::scoring {

/// A number of hundredths with both decimals: 8650 -> "86.50".
std::string decimal(std::int64_t hundredths);

/// The same as Vietnamese texts write it: "86,50".
std::string vietnamese(std::int64_t hundredths);

/// Hundredths with one decimal, half up, in Vietnamese: 8214 -> "82,1".
std::string vietnamese_tenths(std::int64_t hundredths);

/// A whole number with dots between thousands: 12345 -> "12.345".
std::string vietnamese_count(std::int64_t count);

}  // namespace hailong::district::scoring
