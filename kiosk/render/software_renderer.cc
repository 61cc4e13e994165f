#include <SDL.h>
#include <imgui.h>

#include <utility>

#include "kiosk/render/plain_fill.h"
#include "kiosk/render/sdl_renderer.h"

namespace hailong::kiosk::render {
namespace {

/// Draws the damaged rectangle into a surface and, if the surface is a window's, has it shown.
class SoftwareRenderer : public Renderer {
 public:
  SoftwareRenderer(Canvas canvas, SDL_Window* window)
      : canvas_(std::move(canvas)), window_(window) {}

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
    if (window_ != nullptr) {
      const SDL_Rect rect{area->x, area->y, area->width, area->height};
      if (SDL_UpdateWindowSurfaceRects(window_, &rect, 1) != 0) {  // not shown: all over again
        damage_.forget();
        return false;
      }
    }
    return true;
  }

  void forget() override { damage_.forget(); }

 private:
  Canvas canvas_;
  SDL_Window* window_;
  Damage damage_;
};

core::Result<std::unique_ptr<Renderer>> make(SDL_Surface* surface, SDL_Window* window) {
  if (surface == nullptr) return sdl_failure("getting the window's surface");
  Canvas canvas;
  canvas.renderer.reset(SDL_CreateSoftwareRenderer(surface));
  if (!canvas.renderer) return sdl_failure("making the software renderer");
  if (can_draw_on(*surface)) canvas.surface = surface;
  return std::make_unique<SoftwareRenderer>(std::move(canvas), window);
}

}  // namespace

core::Result<std::unique_ptr<Renderer>> make_software_renderer(SDL_Window* window) {
  return make(SDL_GetWindowSurface(window), window);
}

core::Result<std::unique_ptr<Renderer>> make_surface_renderer(SDL_Surface* surface) {
  return make(surface, nullptr);
}

}  // namespace hailong::kiosk::render
