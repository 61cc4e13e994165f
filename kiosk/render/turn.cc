#include "kiosk/render/turn.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace hailong::kiosk::render {
namespace {

/// A square of pixels whose rows and columns fit the processor's first cache: rows of the one
/// surface are columns of the other.
constexpr int kBlock = 32;

/// How far apart in the panel's memory are what neighbours in the upright picture.
struct Steps {
  std::ptrdiff_t right = 0;
  std::ptrdiff_t down = 0;
};

template <typename Pixel>
Steps steps_of(Rotation rotation, std::ptrdiff_t row) {
  constexpr std::ptrdiff_t kPixel = sizeof(Pixel);
  switch (rotation) {
    case Rotation::kQuarter:
      return {row, -kPixel};
    case Rotation::kHalf:
      return {-kPixel, -row};
    case Rotation::kThreeQuarters:
      return {-row, kPixel};
    case Rotation::kNone:
      break;
  }
  return {kPixel, row};
}

template <typename Pixel>
void copy_pixels(const SDL_Surface& upright, const Area& part, Rotation rotation,
                 SDL_Surface& panel) {
  const Steps steps = steps_of<Pixel>(rotation, panel.pitch);
  const int right = part.x + part.width;
  const int bottom = part.y + part.height;
  const auto copy_block = [&](int left, int top) {
    const int columns = std::min(kBlock, right - left);
    const int rows = std::min(kBlock, bottom - top);
    const auto start =
        kiosk::on_panel(rotation, Spot<int>{left, top}, upright.w - 1, upright.h - 1);
    const auto* from = static_cast<const std::byte*>(upright.pixels) +
                       std::ptrdiff_t{top} * upright.pitch +
                       std::ptrdiff_t{left} * std::ptrdiff_t{sizeof(Pixel)};
    auto* to = static_cast<std::byte*>(panel.pixels) + std::ptrdiff_t{start.y} * panel.pitch +
               std::ptrdiff_t{start.x} * std::ptrdiff_t{sizeof(Pixel)};
    for (int y = 0; y < rows; ++y, from += upright.pitch, to += steps.down) {
      const auto* pixels = reinterpret_cast<const Pixel*>(from);
      std::byte* at = to;
      for (int x = 0; x < columns; ++x, at += steps.right) {
        *reinterpret_cast<Pixel*>(at) = pixels[x];
      }
    }
  };
  for (int top = part.y; top < bottom; top += kBlock) {
    for (int left = part.x; left < right; left += kBlock) copy_block(left, top);
  }
}

}  // namespace

SDL_Rect on_panel(Rotation rotation, const SDL_Rect& part, int width, int height) {
  const auto one = kiosk::on_panel(rotation, Spot<int>{part.x, part.y}, width, height);
  const auto other =
      kiosk::on_panel(rotation, Spot<int>{part.x + part.w, part.y + part.h}, width, height);
  return {std::min(one.x, other.x), std::min(one.y, other.y), std::abs(one.x - other.x),
          std::abs(one.y - other.y)};
}

bool can_turn(const SDL_Surface& surface) {
  const int size = surface.format->BytesPerPixel;
  return (size == 2 || size == 4) && !SDL_MUSTLOCK(&surface);
}

SDL_Rect copy_turned(const SDL_Surface& upright, const Area& part, Rotation rotation,
                     SDL_Surface& panel) {
  if (panel.format->BytesPerPixel == 4) {
    copy_pixels<std::uint32_t>(upright, part, rotation, panel);
  } else {
    copy_pixels<std::uint16_t>(upright, part, rotation, panel);
  }
  return on_panel(rotation, {part.x, part.y, part.width, part.height}, upright.w, upright.h);
}

}  // namespace hailong::kiosk::render
