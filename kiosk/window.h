#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/result.h"
#include "kiosk/design/metrics.h"
#include "kiosk/input/panel.h"
#include "kiosk/render/renderer.h"
#include "kiosk/settings.h"

union SDL_Event;
struct SDL_Window;

namespace hailong::kiosk {

/// SDL's video part with the one window, and what draws into it. One at a time.
class Window {
 public:
  /// A window of the size `windowed`, or the whole screen, which is mounted as `rotation` says.
  /// Errors: kIo (no display), kNotFound (no GPU where one was asked for).
  static core::Result<std::unique_ptr<Window>> open(RendererChoice choice, Rotation rotation,
                                                    std::optional<design::Size> windowed);
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;
  ~Window();

  /// Of the upright picture, however the panel is mounted.
  [[nodiscard]] design::Size size() const;
  [[nodiscard]] render::Renderer& renderer() { return *renderer_; }

  /// An event as if the panel stood upright.
  [[nodiscard]] SDL_Event upright(const SDL_Event& event);

  /// Touch screens have come or gone.
  void forget_devices() { panel_.forget_devices(); }

  /// Makes the renderer anew, for the present size. All its textures are gone. Errors: kIo.
  core::Result<void> renew();

  /// To be called once, when the first picture is shown: under X11 asking a window manager for the
  /// whole screen takes 100 ms when there is none.
  void claim_screen();

  /// In the log, where a finger may miss.
  void warn_of_small_targets(const design::Metrics& metrics) const;

  /// "1280x800 on x11, software"
  [[nodiscard]] std::string description() const;

 private:
  struct Destroy {
    void operator()(SDL_Window* window) const;
  };

  explicit Window(input::Panel panel) : panel_(std::move(panel)) {}
  core::Result<void> make(bool gpu, std::optional<design::Size> windowed);

  std::unique_ptr<SDL_Window, Destroy> window_;
  std::unique_ptr<render::Renderer> renderer_;
  input::Panel panel_;
  bool gpu_ = false;
  bool claims_later_ = false;
};

}  // namespace hailong::kiosk
