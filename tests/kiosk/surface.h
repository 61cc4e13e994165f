#pragma once

#include <SDL.h>

#include <memory>

namespace hailong::tests {

struct FreeSurface {
  void operator()(SDL_Surface* surface) const { SDL_FreeSurface(surface); }
};
using Surface = std::unique_ptr<SDL_Surface, FreeSurface>;

/// A black surface in memory; nothing only without memory.
inline Surface surface_of(int width, int height,
                          SDL_PixelFormatEnum format = SDL_PIXELFORMAT_ARGB8888) {
  return Surface(
      SDL_CreateRGBSurfaceWithFormat(0, width, height, SDL_BITSPERPIXEL(format), format));
}

}  // namespace hailong::tests
