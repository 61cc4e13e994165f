#include "district/scoring/progress.h"

#include <numeric>

namespace hailong::district::scoring {
namespace {

AimLine share_line(const char* name, int percent, std::int64_t reached, std::int64_t all) {
  return {name, "ít nhất " + std::to_string(percent) + " % số đơn vị", (percent * all + 99) / 100,
          reached, 100 * reached >= percent * all};
}

}  // namespace

std::int64_t LevelCounts::all() const {
  return std::accumulate(by_level.begin(), by_level.end(), std::int64_t{0});
}

std::int64_t LevelCounts::at_least(int level) const {
  return std::accumulate(by_level.begin() + level, by_level.end(), std::int64_t{0});
}

std::vector<AimLine> aim_lines(const Target& target, const LevelCounts& counts) {
  std::vector<AimLine> lines;
  if (target.level_1_percent > 0) {
    lines.push_back(
        share_line("Đạt mức 1 trở lên", target.level_1_percent, counts.at_least(1), counts.all()));
  }
  if (target.above_1_percent > 0) {
    lines.push_back(
        share_line("Đạt trên mức 1", target.above_1_percent, counts.at_least(2), counts.all()));
  }
  if (target.level_4_units > 0) {
    lines.push_back({"Đạt mức 4", "ít nhất " + std::to_string(target.level_4_units) + " đơn vị",
                     target.level_4_units, counts.at_least(4),
                     counts.at_least(4) >= target.level_4_units});
  }
  return lines;
}

}  // namespace hailong::district::scoring
