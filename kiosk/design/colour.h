#pragma once

#include <cstdint>

namespace hailong::kiosk::design {

/// An opaque colour in sRGB.
struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;

  bool operator==(const Colour&) const = default;
};

}  // namespace hailong::kiosk::design
