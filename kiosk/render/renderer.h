#pragma once

#include <cstdint>
#include <memory>

#include "core/result.h"
#include "kiosk/design/colour.h"
#include "kiosk/design/picture.h"
#include "kiosk/rotation.h"

struct ImDrawData;
struct SDL_Surface;
struct SDL_Window;

namespace hailong::kiosk::render {

/// What ImGui's draw lists call a texture.
using Texture = void*;

/// Brings ImGui's draw lists to a screen. Two ways: by the processor, which then draws only the
/// rectangle that differs from the last frame, and by the GPU, which draws everything. Draw lists
/// are of the upright picture; a renderer for a panel that is mounted turned turns what it draws,
/// pixel for pixel. Not thread-safe.
class Renderer {
 public:
  virtual ~Renderer() = default;

  /// Takes a picture over; it lives until it is removed, or as long as the renderer. Errors: kIo.
  virtual core::Result<Texture> add(const design::Picture& picture) = 0;

  /// Frees a picture's memory; nothing for one that is not here. The next draw() draws everything,
  /// because a new picture may get the old one's name.
  virtual void remove(Texture texture) = 0;

  /// Draws what is new since the last call, on `background`, and shows it. False when nothing was.
  virtual bool draw(const ImDrawData& data, design::Colour background) = 0;

  /// The next draw() draws everything: the window's content was lost.
  virtual void forget() = 0;
};

/// Draws into the window's own memory. Make a new one after the window's size has changed.
/// Errors: kIo.
core::Result<std::unique_ptr<Renderer>> make_software_renderer(SDL_Window* window,
                                                               Rotation rotation);

/// Draws into any surface, e.g. for a picture in a file. The surface must outlive the renderer.
core::Result<std::unique_ptr<Renderer>> make_surface_renderer(SDL_Surface* surface,
                                                              Rotation rotation = Rotation::kNone);

/// Draws by OpenGL ES 2 or OpenGL. Errors: kNotFound when the driver has no acceleration, kIo.
core::Result<std::unique_ptr<Renderer>> make_gpu_renderer(SDL_Window* window, Rotation rotation);

}  // namespace hailong::kiosk::render
