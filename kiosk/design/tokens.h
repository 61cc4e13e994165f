#pragma once

#include <array>
#include <cstdint>

/// The design system's colours. Every colour on a resident's screen comes from here; text keeps a
/// contrast of 7:1 with what it stands on (tests/kiosk/tokens_test.cc).

namespace hailong::kiosk::design {

struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;

  bool operator==(const Colour&) const = default;
};

inline constexpr Colour kBackground{0xF1, 0xF4, 0xF8};
inline constexpr Colour kSurface{0xFF, 0xFF, 0xFF};
inline constexpr Colour kSurfacePressed{0xDF, 0xE9, 0xF5};
inline constexpr Colour kText{0x14, 0x20, 0x2E};
inline constexpr Colour kMuted{0x3F, 0x4C, 0x5C};
inline constexpr Colour kAccent{0x10, 0x3F, 0x73};
inline constexpr Colour kOnAccent{0xFF, 0xFF, 0xFF};
inline constexpr Colour kOnAccentMuted{0xD6, 0xE3, 0xF2};
inline constexpr Colour kCalm{0x2B, 0x7C, 0x8C};   // behind the tick of the thank-you
inline constexpr Colour kAlert{0x8A, 0x5A, 0x12};  // behind the sign of a failure
inline constexpr Colour kShadow{0x1B, 0x2F, 0x4A};

/// What faces are drawn with; the same on all five.
inline constexpr Colour kInk{0x22, 0x2B, 0x36};

/// From Rất không hài lòng to Rất hài lòng: from warm to cold over a light middle, so that
/// neighbours stay apart for every kind of colour blindness.
inline constexpr std::array<Colour, 5> kScale{{
    {0xE0, 0x66, 0x55},
    {0xF2, 0xA0, 0x5C},
    {0xF7, 0xD7, 0x74},
    {0x9C, 0xD0, 0xA6},
    {0x4B, 0xAC, 0x9F},
}};

}  // namespace hailong::kiosk::design
