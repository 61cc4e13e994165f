#pragma once

#include <SDL.h>
#include <imgui.h>

#include <memory>
#include <vector>

#include "kiosk/design/picture.h"
#include "kiosk/render/damage.h"
#include "kiosk/render/renderer.h"
#include "kiosk/rotation.h"

/// What both ways of drawing share; for this folder's .cc files only.

namespace hailong::kiosk::render {

struct Destroy {
  void operator()(SDL_Renderer* renderer) const { SDL_DestroyRenderer(renderer); }
  void operator()(SDL_Texture* texture) const { SDL_DestroyTexture(texture); }
  void operator()(SDL_Surface* surface) const { SDL_FreeSurface(surface); }
};

/// SDL's renderer with the textures that belong to it.
struct Canvas {
  std::unique_ptr<SDL_Renderer, Destroy> renderer;
  std::vector<std::unique_ptr<SDL_Texture, Destroy>> textures;
  SDL_Surface* surface = nullptr;  // what a software renderer draws on, where we may too
  Rotation rotation = Rotation::kNone;
  std::vector<ImVec2> turned;  // a draw list's vertices on a panel that is mounted turned

  core::Result<Texture> add(const design::Picture& picture);
  void remove(Texture texture);

  /// Clears `area` to `background` and draws the part of `data` that lies in it.
  void draw(const ImDrawData& data, design::Colour background, const Area& area);

  void clear(design::Colour colour, const SDL_Rect& area);
};

/// The error that SDL has just met.
core::Failure sdl_failure(const char* doing);

}  // namespace hailong::kiosk::render
