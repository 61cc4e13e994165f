#include "kiosk/render/plain_fill.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace hailong::kiosk::render {
namespace {

bool is_whole(const ImVec2& at) { return at.x == std::floor(at.x) && at.y == std::floor(at.y); }

bool same(const ImVec2& a, const ImVec2& b) { return a.x == b.x && a.y == b.y; }

constexpr std::uint32_t kTwoChannels = 0x00FF00FF;  // every other one of a pixel's four

/// Two channels at a time, in halves of 16 bits, so that compilers make vectors of it.
class Blender {
 public:
  /// `colour` as a pixel of the surface, opaque.
  Blender(std::uint32_t colour, std::uint8_t alpha) {
    const std::uint32_t share = alpha + (alpha >> 7);  // of 256
    constexpr std::uint32_t kHalf = 0x00800080;
    low_ = (colour & kTwoChannels) * share + kHalf;
    high_ = (colour >> 8 & kTwoChannels) * share + kHalf;
    rest_ = 256 - share;
  }

  void row(std::uint32_t* pixels, std::ptrdiff_t count) const {
    for (std::ptrdiff_t i = 0; i < count; ++i) {
      const std::uint32_t low = (pixels[i] & kTwoChannels) * rest_ + low_;
      const std::uint32_t high = (pixels[i] >> 8 & kTwoChannels) * rest_ + high_;
      pixels[i] = (low >> 8 & kTwoChannels) | (high & ~kTwoChannels);
    }
  }

 private:
  std::uint32_t low_, high_, rest_;
};

}  // namespace

std::optional<PlainFill> plain_fill(const ImDrawVert* vertices, const unsigned short* indices) {
  if (indices[3] != indices[0] || indices[4] != indices[2]) return std::nullopt;
  const ImDrawVert& a = vertices[indices[0]];
  const ImDrawVert& b = vertices[indices[1]];
  const ImDrawVert& c = vertices[indices[2]];
  const ImDrawVert& d = vertices[indices[5]];
  if (!same(a.uv, b.uv) || !same(a.uv, c.uv) || !same(a.uv, d.uv)) return std::nullopt;
  if (a.col != b.col || a.col != c.col || a.col != d.col) return std::nullopt;
  const bool upright =
      a.pos.y == b.pos.y && b.pos.x == c.pos.x && c.pos.y == d.pos.y && d.pos.x == a.pos.x;
  if (!upright || !is_whole(a.pos) || !is_whole(c.pos)) return std::nullopt;
  if (c.pos.x <= a.pos.x || c.pos.y <= a.pos.y) return std::nullopt;
  const auto channel = [&a](int shift) { return static_cast<std::uint8_t>(a.col >> shift & 0xFF); };
  return PlainFill{{static_cast<int>(a.pos.x), static_cast<int>(a.pos.y),
                    static_cast<int>(c.pos.x - a.pos.x), static_cast<int>(c.pos.y - a.pos.y)},
                   {channel(IM_COL32_R_SHIFT), channel(IM_COL32_G_SHIFT), channel(IM_COL32_B_SHIFT),
                    channel(IM_COL32_A_SHIFT)}};
}

bool can_draw_on(const SDL_Surface& surface) {
  return surface.format->BytesPerPixel == 4 && !SDL_MUSTLOCK(&surface);
}

void draw(SDL_Surface& surface, const PlainFill& fill, const SDL_Rect& clip) {
  const SDL_Rect whole{0, 0, surface.w, surface.h};
  SDL_Rect rect;
  if (!SDL_IntersectRect(&fill.rect, &clip, &rect)) return;
  if (!SDL_IntersectRect(&rect, &whole, &rect)) return;
  const auto& [red, green, blue, alpha] = fill.colour;
  const std::uint32_t colour = SDL_MapRGBA(surface.format, red, green, blue, 255);
  const Blender blender(colour, alpha);
  auto* pixels = static_cast<std::byte*>(surface.pixels) + std::ptrdiff_t{rect.y} * surface.pitch +
                 std::ptrdiff_t{rect.x} * 4;
  for (int y = 0; y < rect.h; ++y, pixels += surface.pitch) {
    auto* row = reinterpret_cast<std::uint32_t*>(pixels);
    if (alpha == 255) {
      std::fill_n(row, rect.w, colour);
    } else {
      blender.row(row, rect.w);
    }
  }
}

}  // namespace hailong::kiosk::render
