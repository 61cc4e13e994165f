#pragma once

#include <SDL.h>

#include <optional>

struct ImDrawVert;

/// Rectangles of one colour, which are most of a page. For a full screen of 1280 x 800, SDL takes
/// 5 ms to blend one, opaque or not; and where it copies, it writes past the cache, which makes
/// what is drawn next wait. Our own rows take 0.2 and 0.4 ms. For this folder's .cc files only.

namespace hailong::kiosk::render {

struct PlainFill {
  SDL_Rect rect;
  SDL_Color colour;
};

/// What two triangles fill, if they are an upright rectangle on whole pixels that takes its whole
/// texture from one point, as ImGui's filled rectangles do. `indices` are six.
std::optional<PlainFill> plain_fill(const ImDrawVert* vertices, const unsigned short* indices);

/// Whether draw() can write to a surface: 32 bits a pixel, in memory.
bool can_draw_on(const SDL_Surface& surface);

/// Lays a colour over a part of a surface, by its alpha; the part is cut to what `clip` and the
/// surface have of it. Channels differ by at most 1 from exact rounding.
void draw(SDL_Surface& surface, const PlainFill& fill, const SDL_Rect& clip);

}  // namespace hailong::kiosk::render
