#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "district/scoring/programme.h"

namespace hailong::district::scoring {

/// How many units are at each level; [0] counts those at none, or of which nothing is known.
struct LevelCounts {
  std::array<std::int64_t, 5> by_level{};

  void add(std::optional<int> level) { ++by_level[static_cast<std::size_t>(level.value_or(0))]; }
  [[nodiscard]] std::int64_t all() const;
  [[nodiscard]] std::int64_t at_least(int level) const;
};

/// One aim of the plan against what is reached.
struct AimLine {
  std::string name;         // "Đạt mức 1 trở lên"
  std::string aim;          // "ít nhất 50 % số đơn vị" or "ít nhất 1 đơn vị"
  std::int64_t needed = 0;  // units: a share is rounded up, so that 100 x needed >= percent x all
  std::int64_t reached = 0;
  bool met = false;
};

/// The plan's three aims of a year; those that ask for nothing are left out.
std::vector<AimLine> aim_lines(const Target& target, const LevelCounts& counts);

}  // namespace hailong::district::scoring
