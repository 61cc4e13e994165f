#include <SDL.h>
#include <imgui.h>

#include <memory>
#include <utility>

#include "kiosk/render/plain_fill.h"
#include "kiosk/render/sdl_renderer.h"
#include "kiosk/render/turn.h"

namespace hailong::kiosk::render {
namespace {

/// What a panel shows, and how.
struct Panel {
  SDL_Surface* surface = nullptr;
  SDL_Window* window = nullptr;  // nothing: the surface is nobody's window
  Rotation rotation = Rotation::kNone;
};

using OwnSurface = std::unique_ptr<SDL_Surface, Destroy>;

/// Draws the damaged rectangle into the panel's surface and has it shown. For a panel that is
/// mounted turned, draws it into an upright surface of its own, and copies it from there: SDL's
/// software renderer would draw turned pictures by triangles, which is slow and not exact.
class SoftwareRenderer : public Renderer {
 public:
  SoftwareRenderer(Panel panel, OwnSurface upright, Canvas canvas)
      : panel_(panel), upright_(std::move(upright)), canvas_(std::move(canvas)) {}

  core::Result<Texture> add(const design::Picture& picture) override {
    return canvas_.add(picture);
  }

  void remove(Texture texture) override {
    canvas_.remove(texture);
    damage_.forget();
  }

  bool draw(const ImDrawData& data, design::Colour background) override {
    const auto area = damage_.of(data);
    if (!area) return false;
    canvas_.draw(data, background, *area);
    SDL_RenderFlush(canvas_.renderer.get());
    const SDL_Rect rect = upright_ ? copy_turned(*upright_, *area, panel_.rotation, *panel_.surface)
                                   : SDL_Rect{area->x, area->y, area->width, area->height};
    if (panel_.window != nullptr && SDL_UpdateWindowSurfaceRects(panel_.window, &rect, 1) != 0) {
      damage_.forget();  // not shown: all over again
      return false;
    }
    return true;
  }

  void forget() override { damage_.forget(); }

 private:
  Panel panel_;
  OwnSurface upright_;  // outlives what draws on it
  Canvas canvas_;
  Damage damage_;
};

core::Result<std::unique_ptr<Renderer>> make(const Panel& panel) {
  SDL_Surface* surface = panel.surface;
  if (surface == nullptr) return sdl_failure("getting the window's surface");
  OwnSurface upright;
  if (panel.rotation != Rotation::kNone) {
    if (!can_turn(*surface)) {
      return core::fail(core::Fault::kInvalid, "a screen of such pixels cannot be turned");
    }
    const bool swaps = swaps_sides(panel.rotation);
    upright.reset(SDL_CreateRGBSurfaceWithFormat(
        0, swaps ? surface->h : surface->w, swaps ? surface->w : surface->h,
        surface->format->BitsPerPixel, surface->format->format));
    if (!upright) return sdl_failure("making room for the upright picture");
    surface = upright.get();
  }
  Canvas canvas;
  canvas.renderer.reset(SDL_CreateSoftwareRenderer(surface));
  if (!canvas.renderer) return sdl_failure("making the software renderer");
  if (can_draw_on(*surface)) canvas.surface = surface;
  return std::make_unique<SoftwareRenderer>(panel, std::move(upright), std::move(canvas));
}

}  // namespace

core::Result<std::unique_ptr<Renderer>> make_software_renderer(SDL_Window* window,
                                                               Rotation rotation) {
  return make({SDL_GetWindowSurface(window), window, rotation});
}

core::Result<std::unique_ptr<Renderer>> make_surface_renderer(SDL_Surface* surface,
                                                              Rotation rotation) {
  return make({surface, nullptr, rotation});
}

}  // namespace hailong::kiosk::render
