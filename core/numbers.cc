#include "core/numbers.h"

#include <algorithm>

namespace hailong::core {
namespace {

std::string with_fraction(std::int64_t value, std::int64_t unit, char point) {
  std::string fraction = std::to_string(value % unit);
  const std::size_t digits = unit == 100 ? 2 : 1;
  fraction.insert(0, digits - fraction.size(), '0');
  return vietnamese_count(value / unit) + point + fraction;
}

}  // namespace

std::optional<std::int64_t> share_basis_points(std::int64_t part, std::int64_t whole) {
  if (whole <= 0) return std::nullopt;
  return (20'000 * part + whole) / (2 * whole);
}

std::string decimal(std::int64_t hundredths) {
  std::string fraction = std::to_string(hundredths % 100);
  fraction.insert(0, 2 - fraction.size(), '0');
  return std::to_string(hundredths / 100) + "." + fraction;
}

std::string vietnamese(std::int64_t hundredths) { return with_fraction(hundredths, 100, ','); }

std::string vietnamese_tenths(std::int64_t hundredths) {
  return with_fraction((hundredths + 5) / 10, 10, ',');
}

std::string percent_words(std::int64_t part, std::int64_t whole) {
  return with_fraction((2000 * part + whole) / (2 * whole), 10, ',') + " %";
}

std::string percent_words_below(std::int64_t part, std::int64_t whole, int percent) {
  const std::int64_t tenths =
      std::min((2000 * part + whole) / (2 * whole), std::int64_t{10} * percent - 1);
  if (tenths % 10 == 0) return vietnamese_count(tenths / 10) + " %";
  return with_fraction(tenths, 10, ',') + " %";
}

std::string vietnamese_count(std::int64_t count) {
  std::string text = std::to_string(count);
  for (std::size_t end = text.size(); end > 3; end -= 3) text.insert(end - 3, ".");
  return text;
}

}  // namespace hailong::core
