#include "kiosk/window.h"

#include <SDL.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "kiosk/input/touch_screens.h"

namespace hailong::kiosk {
namespace {

core::Failure sdl_failure(const std::string& doing) {
  return core::fail(core::Fault::kIo, doing + ": " + SDL_GetError());
}

/// To be set before SDL starts.
void set_hints() {
  // A tap must come once, and as what it is.
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
  SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
  SDL_SetHint(SDL_HINT_APP_NAME, "Hài Lòng");
  // Xlib would read half a megabyte of key combinations at the start (12 ms): nobody types here.
  setenv("XCOMPOSEFILE", "/dev/null", 0);
  // Without a session bus, libdbus would try to start one.
  setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 0);
}

bool has_no_window_system() { return std::string_view(SDL_GetCurrentVideoDriver()) == "KMSDRM"; }

/// Where SDL finds no screen, it would draw for nobody.
bool is_blind_unasked() {
  const std::string_view driver = SDL_GetCurrentVideoDriver();
  const char* asked = SDL_GetHint(SDL_HINT_VIDEODRIVER);
  return driver == "offscreen" && (asked == nullptr || *asked == '\0');
}

/// A window system calibrates touch screens itself.
input::Panel panel_of(Rotation rotation) {
  return input::Panel(rotation, has_no_window_system() ? input::calibration_of : nullptr);
}

/// The whole of the screen on which the window will be.
design::Size screen_size() {
  SDL_Rect bounds{0, 0, 1280, 800};
  SDL_GetDisplayBounds(0, &bounds);
  return {bounds.w, bounds.h};
}

/// A screen without a window system belongs to us alone, and its only way to it is the GPU's.
bool prefers_gpu(RendererChoice choice) {
  if (choice != RendererChoice::kAuto) return choice == RendererChoice::kGpu;
  return has_no_window_system();
}

}  // namespace

void Window::Destroy::operator()(SDL_Window* window) const { SDL_DestroyWindow(window); }

core::Result<std::unique_ptr<Window>> Window::open(RendererChoice choice, Rotation rotation,
                                                   std::optional<design::Size> windowed) {
  set_hints();
  if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return sdl_failure("no display");
  // A window on a desk stands upright. From here on it ends what was begun.
  std::unique_ptr<Window> window(new Window(panel_of(windowed ? Rotation::kNone : rotation)));
  if (is_blind_unasked()) {
    return core::fail(core::Fault::kIo,
                      "no display: no X11, no Wayland, and no free screen at a graphics card");
  }
  // Without this SDL loads OpenGL for the window's surface: 70 ms and 60 MiB more. Without a window
  // system there is no other way to the screen.
  if (!has_no_window_system()) SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
  SDL_StopTextInput();
  if (!windowed) SDL_ShowCursor(SDL_DISABLE);  // before KMSDRM would show one
  if (auto made = window->make(prefers_gpu(choice), windowed); !made) {
    return core::Failure(made.error());
  }
  SDL_SetCursor(nullptr);  // X11 hides it on windows that are there
  return window;
}

Window::~Window() {
  renderer_.reset();
  window_.reset();
  SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

core::Result<void> Window::make(bool gpu, std::optional<design::Size> windowed) {
  claims_later_ = !windowed && std::string_view(SDL_GetCurrentVideoDriver()) == "x11";
  Uint32 flags = windowed        ? SDL_WINDOW_RESIZABLE
                 : claims_later_ ? SDL_WINDOW_BORDERLESS
                                 : SDL_WINDOW_FULLSCREEN_DESKTOP;
  if (gpu) flags |= SDL_WINDOW_OPENGL;
  const design::Size size = windowed ? *windowed : screen_size();
  window_.reset(SDL_CreateWindow("Hài Lòng", SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED,
                                 size.width, size.height, flags));
  if (!window_) return sdl_failure("making the window");
  gpu_ = gpu;
  // What happened to the window while it was made is known.
  SDL_PumpEvents();
  SDL_FlushEvent(SDL_WINDOWEVENT);
  return renew();
}

void Window::claim_screen() {
  if (std::exchange(claims_later_, false)) {
    SDL_SetWindowFullscreen(window_.get(), SDL_WINDOW_FULLSCREEN_DESKTOP);
  }
}

core::Result<void> Window::renew() {
  renderer_.reset();
  auto made = gpu_ ? render::make_gpu_renderer(window_.get(), panel_.rotation())
                   : render::make_software_renderer(window_.get(), panel_.rotation());
  if (!made) return core::Failure(made.error());
  renderer_ = std::move(*made);
  return {};
}

design::Size Window::size() const {
  design::Size size;
  SDL_GetWindowSizeInPixels(window_.get(), &size.width, &size.height);
  if (swaps_sides(panel_.rotation())) std::swap(size.width, size.height);
  return size;
}

SDL_Event Window::upright(const SDL_Event& event) {
  const design::Size now = size();
  return panel_.upright(event, now.width, now.height);
}

void Window::warn_of_small_targets(const design::Metrics& metrics) const {
  const design::Size now = size();
  if (std::min(now.width, now.height) < design::kShortestSide) {
    spdlog::warn("the window is smaller than the screens are made for");
  }
  if (static_cast<float>(now.width) < 5 * metrics.face_target) {
    spdlog::warn("the panel is too narrow for faces of 30 mm: check [screen] in kiosk.toml");
  }
}

std::string Window::description() const {
  const design::Size now = size();
  std::string driver = SDL_GetCurrentVideoDriver();  // of which some are in capitals
  for (char& letter : driver) letter = static_cast<char>(SDL_tolower(letter));
  return std::to_string(now.width) + "x" + std::to_string(now.height) + " on " + driver + ", " +
         (gpu_ ? "gpu" : "software") + (panel_.rotation() == Rotation::kNone ? "" : ", turned");
}

}  // namespace hailong::kiosk
