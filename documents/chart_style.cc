#include "documents/chart_style.h"

#include <algorithm>
#include <cmath>

namespace hailong::documents {

ValueAxis axis_of(const Chart& chart) {
  double highest = static_cast<double>(chart.top);
  if (chart.top == 0) {
    for (const ChartPoint& point : chart.points) {
      highest = std::max(highest, figure_of(point.value).value_or(0));
    }
  }
  constexpr std::int64_t kMostSteps = 5;
  std::int64_t power = 1;
  while (true) {
    for (const std::int64_t digit : {1, 2, 5}) {
      const std::int64_t step = digit * power;
      const auto steps = static_cast<std::int64_t>(std::ceil(highest / static_cast<double>(step)));
      if (steps <= kMostSteps) return {std::max<std::int64_t>(1, steps) * step, step};
    }
    power *= 10;
  }
}

std::uint32_t colour_of(const Chart& chart, std::size_t point) {
  return chart.is_of_scale ? kScaleColours.at(point) : kChartColour;
}

}  // namespace hailong::documents
