#include "kiosk/input/calibration.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>

namespace hailong::kiosk::input {
namespace {

constexpr std::string_view kBlanks = " \t";

/// Below that, everything a finger does would end up on a line.
constexpr float kLeastArea = 1e-6F;

std::optional<float> take_number(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  float number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  const bool ends_well = read.ptr == end || kBlanks.find(*read.ptr) != std::string_view::npos;
  if (read.ec != std::errc() || !ends_well || !std::isfinite(number)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  return number;
}

}  // namespace

Spot<float> Matrix::apply(Spot<float> at) const {
  return {std::clamp(a * at.x + b * at.y + c, 0.0F, 1.0F),
          std::clamp(d * at.x + e * at.y + f, 0.0F, 1.0F)};
}

std::optional<Matrix> read_matrix(std::string_view text) {
  std::array<float, 6> numbers{};
  for (float& number : numbers) {
    const auto taken = take_number(text);
    if (!taken) return std::nullopt;
    number = *taken;
  }
  if (text.find_first_not_of(kBlanks) != std::string_view::npos) return std::nullopt;
  const auto& [a, b, c, d, e, f] = numbers;
  const float area = std::abs(a * e - b * d);
  if (!std::isfinite(area) || area < kLeastArea) return std::nullopt;
  return Matrix{a, b, c, d, e, f};
}

Matrix matrix_for(std::string_view name, const std::vector<TouchScreen>& screens) {
  std::vector<TouchScreen> meant;
  std::copy_if(screens.begin(), screens.end(), std::back_inserter(meant),
               [name](const TouchScreen& screen) { return screen.name == name; });
  if (meant.empty()) meant = screens;
  if (meant.empty()) return {};
  const std::string& text = meant.front().matrix;
  const bool differ = std::any_of(meant.begin(), meant.end(), [&text](const TouchScreen& screen) {
    return screen.matrix != text;
  });
  if (differ) {
    spdlog::warn("touch screens named \"{}\" have different calibration matrices: taking \"{}\"",
                 name, text);
  }
  if (text.empty()) return {};
  const auto matrix = read_matrix(text);
  if (!matrix) {
    spdlog::warn(
        "touch screen \"{}\": LIBINPUT_CALIBRATION_MATRIX=\"{}\" is not six numbers that leave an "
        "area: ignored",
        name, text);
    return {};
  }
  spdlog::info("touch screen \"{}\" is calibrated by \"{}\"", name, text);
  return *matrix;
}

}  // namespace hailong::kiosk::input
