#include <SDL.h>
#include <imgui.h>

#include <string>
#include <string_view>
#include <utility>

#include "kiosk/render/sdl_renderer.h"

namespace hailong::kiosk::render {
namespace {

/// Draws whole frames, but only those that differ from the last one.
class GpuRenderer : public Renderer {
 public:
  explicit GpuRenderer(Canvas canvas) : canvas_(std::move(canvas)) {}

  core::Result<Texture> add(const design::Picture& picture) override {
    return canvas_.add(picture);
  }

  void remove(Texture texture) override {
    canvas_.remove(texture);
    damage_.forget();
  }

  bool draw(const ImDrawData& data, design::Colour background) override {
    if (!damage_.of(data)) return false;
    // What the back buffer held before is gone after each presentation.
    const Area whole{0, 0, static_cast<int>(data.DisplaySize.x),
                     static_cast<int>(data.DisplaySize.y)};
    canvas_.draw(data, background, whole);
    SDL_RenderPresent(canvas_.renderer.get());
    return true;
  }

  void forget() override { damage_.forget(); }

 private:
  Canvas canvas_;
  Damage damage_;
};

/// Index of SDL's driver of that name, or -1.
int driver_index(std::string_view name) {
  for (int i = 0; i < SDL_GetNumRenderDrivers(); ++i) {
    SDL_RendererInfo info{};
    if (SDL_GetRenderDriverInfo(i, &info) == 0 && name == info.name) return i;
  }
  return -1;
}

}  // namespace

core::Result<std::unique_ptr<Renderer>> make_gpu_renderer(SDL_Window* window, Rotation rotation) {
  constexpr Uint32 kFlags = SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC;
  for (const char* name : {"opengles2", "opengl"}) {
    const int driver = driver_index(name);
    if (driver < 0) continue;
    Canvas canvas;
    canvas.rotation = rotation;
    canvas.renderer.reset(SDL_CreateRenderer(window, driver, kFlags));
    if (canvas.renderer) return std::make_unique<GpuRenderer>(std::move(canvas));
  }
  return core::fail(core::Fault::kNotFound,
                    std::string("the video driver offers no acceleration: ") + SDL_GetError());
}

}  // namespace hailong::kiosk::render
