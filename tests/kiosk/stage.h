#pragma once

#include <SDL.h>

#include <memory>
#include <stdexcept>

#include "kiosk/design/tokens.h"
#include "kiosk/flow/flow.h"
#include "kiosk/render/renderer.h"
#include "kiosk/texts.h"
#include "kiosk/ui.h"

namespace hailong::tests {

inline const kiosk::screens::Place kPlace{"UBND xã Phú Thái", "Bộ phận Một cửa", "Quầy số 1"};

/// The value of a result that a test cannot go on without.
template <typename T>
T must(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// The screens on a surface in memory: no window, no display.
class Stage {
 public:
  explicit Stage(kiosk::design::Size size, bool motion = false,
                 const kiosk::screens::Place& place = kPlace)
      : surface_(SDL_CreateRGBSurfaceWithFormat(0, size.width, size.height, 32,
                                                SDL_PIXELFORMAT_ARGB8888)),
        renderer_(must(kiosk::render::make_surface_renderer(surface_.get()))),
        ui_(must(kiosk::read_texts(HAILONG_ASSETS "/vi")), place, HAILONG_ASSETS, motion) {
    must(ui_.fit(size, *renderer_));
    must(ui_.complete(*renderer_));
  }

  kiosk::Ui& ui() { return ui_; }

  /// Puts a screen on the surface. False when nothing had to be drawn.
  bool show(const kiosk::flow::Screen& screen, kiosk::flow::Millis now = 0) {
    ui_.frame(screen, now);
    return renderer_->draw(ui_.picture(), kiosk::design::kBackground);
  }

  /// One step of the pointer on a screen.
  std::optional<kiosk::flow::Event> point(kiosk::input::Action action, float x, float y,
                                          const kiosk::flow::Screen& screen) {
    ui_.point({action, {x, y}});
    return ui_.frame(screen, 0);
  }

  std::optional<kiosk::flow::Event> tap(float x, float y, const kiosk::flow::Screen& screen) {
    ui_.frame(screen, 0);  // ImGui finds what is under the pointer in the frame before
    const auto early = point(kiosk::input::Action::kDown, x, y, screen);
    if (early) return early;
    return point(kiosk::input::Action::kUp, x, y, screen);
  }

  [[nodiscard]] SDL_Surface& surface() { return *surface_; }

 private:
  struct Free {
    void operator()(SDL_Surface* surface) const { SDL_FreeSurface(surface); }
  };

  std::unique_ptr<SDL_Surface, Free> surface_;
  std::unique_ptr<kiosk::render::Renderer> renderer_;
  kiosk::Ui ui_;
};

}  // namespace hailong::tests
