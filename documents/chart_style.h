#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "documents/report.h"

/// What a chart looks like on paper and in a spreadsheet.

namespace hailong::documents {

/// The colours of the answers from 1 to 5, as the kiosk's normal theme has them, as 0xRRGGBB.
inline constexpr std::array<std::uint32_t, 5> kScaleColours = {0xE06655, 0xF2A05C, 0xF7D774,
                                                               0x9CD0A6, 0x4BAC9F};
/// Of every other bar and line.
inline constexpr std::uint32_t kChartColour = 0x1B5694;
inline constexpr std::uint32_t kGridColour = 0xDCE2E8;

/// The axis of values: from 0 to `top`, a line every `step`. Whole numbers, at most five steps.
struct ValueAxis {
  std::int64_t top = 1;
  std::int64_t step = 1;
};
ValueAxis axis_of(const Chart& chart);

/// The colour of a bar.
std::uint32_t colour_of(const Chart& chart, std::size_t point);

}  // namespace hailong::documents
