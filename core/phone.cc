#include "core/phone.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/text.h"

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

constexpr std::size_t kMostParting = 3;  // characters between two digits of one number

/// Digits that may belong to one number, and where an unparted group of them begins.
struct DigitRun {
  std::string digits;
  std::vector<bool> begins_group;
};

std::optional<char> digit_of(char32_t c) {
  constexpr char32_t kFullWidthZero = U'\uFF10';
  if (c >= U'0' && c <= U'9') return static_cast<char>('0' + (c - U'0'));
  if (c >= kFullWidthZero && c <= kFullWidthZero + 9) {
    return static_cast<char>('0' + (c - kFullWidthZero));
  }
  return std::nullopt;
}

bool may_part_digits(char32_t c) {
  return is_white_space(c) ||
         std::u32string_view(U".,-()/+_\u2010\u2011\u2013\u2014\u00B7").find(c) !=
             std::u32string_view::npos;
}

std::vector<DigitRun> digit_runs(std::string_view text) {
  std::vector<DigitRun> runs;
  std::size_t parting = kMostParting + 1;  // characters since the last digit
  for (const char32_t c : code_points(text)) {
    if (const auto digit = digit_of(c)) {
      if (parting > kMostParting) runs.emplace_back();
      runs.back().digits.push_back(*digit);
      runs.back().begins_group.push_back(parting > 0);
      parting = 0;
    } else {
      parting = may_part_digits(c) ? parting + 1 : kMostParting + 1;
    }
  }
  return runs;
}

bool holds(const DigitRun& run, std::string_view number) {
  for (std::size_t at = run.digits.find(number); at != std::string::npos;
       at = run.digits.find(number, at + 1)) {
    const std::size_t end = at + number.size();
    if (run.begins_group[at] && (end == run.digits.size() || run.begins_group[end])) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> vietnamese_phone(std::string_view text) {
  const auto digits = bare(text);
  if (!digits) return std::nullopt;
  const auto number = without_prefix(*digits);
  if (!number || !(is_mobile(*number) || is_landline(*number))) return std::nullopt;
  return "0" + std::string(*number);
}

bool holds_phone(std::string_view text, std::string_view phone) {
  std::vector<std::string> spellings;
  for (const char* prefix : {"", "0", "84", "840", "0084", "00840"}) {
    spellings.emplace_back(prefix).append(phone.substr(1));
  }
  const auto runs = digit_runs(text);
  return std::any_of(runs.begin(), runs.end(), [&](const DigitRun& run) {
    return std::any_of(spellings.begin(), spellings.end(),
                       [&](const std::string& number) { return holds(run, number); });
  });
}

}  // namespace hailong::core
