#pragma once

#include <compare>
#include <cstdint>
#include <optional>

namespace hailong::core {

/// One answer on the 5-step SIPAS scale (measurement-rules.md 1): 1 Rất không hài lòng … 5 Rất hài
/// lòng. Holds no other value.
class Score {
 public:
  static constexpr int kLowest = 1;
  static constexpr int kHighest = 5;

  static constexpr std::optional<Score> from(std::int64_t value) {
    if (value < kLowest || value > kHighest) return std::nullopt;
    return Score(static_cast<int>(value));
  }

  [[nodiscard]] constexpr int value() const { return value_; }

  /// Hài lòng and Rất hài lòng count as satisfied (SIPAS).
  [[nodiscard]] constexpr bool is_satisfied() const { return value_ >= 4; }

  auto operator<=>(const Score&) const = default;

 private:
  explicit constexpr Score(int value) : value_(value) {}

  int value_;
};

}  // namespace hailong::core
