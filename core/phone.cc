#include "core/phone.h"

#include <algorithm>
#include <array>

namespace hailong::core {
namespace {

struct Prefix {
  char first;                // after the trunk 0
  std::string_view seconds;  // what may follow it
};

constexpr std::array<Prefix, 5> kMobile = {Prefix{'3', "23456789"}, Prefix{'5', "25689"},
                                           Prefix{'7', "06789"}, Prefix{'8', "123456789"},
                                           Prefix{'9', "0123456789"}};

/// Third digits of the area codes 02xy. Hà Nội (024) and Hồ Chí Minh (028) have codes of two
/// digits.
constexpr std::array<Prefix, 10> kAreas = {Prefix{'0', "3456789"},  Prefix{'1', "012345689"},
                                           Prefix{'2', "01256789"}, Prefix{'3', "23456789"},
                                           Prefix{'4', "23456789"}, Prefix{'5', "12456789"},
                                           Prefix{'6', "01239"},    Prefix{'7', "01234567"},
                                           Prefix{'8', "23456789"}, Prefix{'9', "01234679"}};

template <std::size_t kSize>
bool begins_with_any(std::string_view digits, const std::array<Prefix, kSize>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](const Prefix& prefix) {
    return digits[0] == prefix.first && prefix.seconds.find(digits[1]) != std::string_view::npos;
  });
}

/// The digits, with a '+' in front if there was one; nothing when anything else stands between.
std::optional<std::string> bare(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (std::string_view(" .-()").find(c) != std::string_view::npos) continue;
    const bool expected = (c >= '0' && c <= '9') || (c == '+' && digits.empty());
    if (!expected) return std::nullopt;
    digits.push_back(c);
  }
  return digits;
}

/// The number after its trunk 0.
std::optional<std::string_view> without_prefix(std::string_view number) {
  for (const std::string_view country : {"+84", "0084", "84"}) {
    if (!number.starts_with(country)) continue;
    number.remove_prefix(country.size());
    if (number.starts_with('0')) number.remove_prefix(1);
    return number;
  }
  if (!number.starts_with('0')) return std::nullopt;
  return number.substr(1);
}

bool is_mobile(std::string_view number) {
  return number.size() == 9 && begins_with_any(number, kMobile);
}

bool is_landline(std::string_view number) {
  return number.size() == 10 && number[0] == '2' && begins_with_any(number.substr(1), kAreas);
}

}  // namespace

std::optional<std::string> vietnamese_phone(std::string_view text) {
  const auto digits = bare(text);
  if (!digits) return std::nullopt;
  const auto number = without_prefix(*digits);
  if (!number || !(is_mobile(*number) || is_landline(*number))) return std::nullopt;
  return "0" + std::string(*number);
}

}  // namespace hailong::core
