#pragma once

#include <cstdint>
#include <vector>

namespace hailong::kiosk::design {

/// A picture with straight (not pre-multiplied) alpha, one pixel after the other as 0xAARRGGBB.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> pixels;
};

}  // namespace hailong::kiosk::design
