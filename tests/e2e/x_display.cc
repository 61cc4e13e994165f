#include "tests/e2e/x_display.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/extensions/Xdamage.h>
#include <X11/extensions/Xrandr.h>
#include <X11/keysym.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <optional>
#include <stdexcept>

#include "tests/e2e/process.h"
#include "tests/temp_folder.h"

namespace hailong::tests {
namespace {

using Clock = std::chrono::steady_clock;

std::string size_of(int width, int height) {
  return std::to_string(width) + "x" + std::to_string(height) + "x24";
}

/// The display number that Xvfb writes once it is ready.
std::string read_number(int descriptor) {
  std::string text;
  std::array<char, 16> buffer{};
  while (text.find('\n') == std::string::npos) {
    const ssize_t size = ::read(descriptor, buffer.data(), buffer.size());
    if (size <= 0) throw std::runtime_error("Xvfb did not start");
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
  return text.substr(0, text.find('\n'));
}

bool needs_shift(char character) {
  constexpr std::string_view kShifted = "~!@#$%^&*()_+{}|:\"<>?";
  return std::isupper(static_cast<unsigned char>(character)) != 0 ||
         kShifted.find(character) != std::string_view::npos;
}

/// Latin 1 and key symbols agree on printable ASCII.
KeyCode key_of(Display* display, char character) {
  const KeySym symbol =
      character == '\n' ? XK_Return : static_cast<KeySym>(static_cast<unsigned char>(character));
  return XKeysymToKeycode(display, symbol);
}

/// The one monitor as RandR knows it.
class Monitor {
 public:
  explicit Monitor(Display* display)
      : display_(display), resources_(XRRGetScreenResources(display, root())) {}
  Monitor(const Monitor&) = delete;
  Monitor& operator=(const Monitor&) = delete;
  ~Monitor() { XRRFreeScreenResources(resources_); }

  void show(RRMode mode) {
    RROutput output = resources_->outputs[0];
    const bool on = mode != None;
    const Status status =
        XRRSetCrtcConfig(display_, resources_, resources_->crtcs[0], CurrentTime, 0, 0, mode,
                         RR_Rotate_0, on ? &output : nullptr, on ? 1 : 0);
    if (status != RRSetConfigSuccess) throw std::runtime_error("the monitor refuses a mode");
  }

  /// A mode of that size, made when there is none yet.
  RRMode mode(int width, int height) {
    std::string name = size_of(width, height);
    for (int i = 0; i < resources_->nmode; ++i) {
      if (name == resources_->modes[i].name) return resources_->modes[i].id;
    }
    XRRModeInfo* info = XRRAllocModeInfo(name.data(), static_cast<int>(name.size()));
    info->width = info->hTotal = static_cast<unsigned>(width);
    info->height = info->vTotal = static_cast<unsigned>(height);
    info->dotClock = 60UL * info->width * info->height;
    const RRMode made = XRRCreateMode(display_, root(), info);
    XRRFreeModeInfo(info);
    XRRAddOutputMode(display_, resources_->outputs[0], made);
    return made;
  }

 private:
  [[nodiscard]] Window root() const { return DefaultRootWindow(display_); }

  Display* display_;
  XRRScreenResources* resources_;
};

}  // namespace

struct XDisplay::Server {
  TempFolder folder;
  int width;
  int height;
  std::optional<Process> process;
  std::string name;
  Display* display = nullptr;
  Damage damage = 0;
  int damage_event = 0;

  Server(int screen_width, int screen_height) : width(screen_width), height(screen_height) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) throw std::runtime_error("cannot make a pipe");
    process.emplace(
        std::vector<std::string>{"Xvfb", "-displayfd", std::to_string(ends[1]), "-screen", "0",
                                 size_of(width, height), "-nolisten", "tcp", "-noreset"},
        folder.path() / "xvfb.log");
    ::close(ends[1]);
    name = ":" + read_number(ends[0]);
    ::close(ends[0]);
    display = ::XOpenDisplay(name.c_str());
    if (display == nullptr) throw std::runtime_error("cannot open display " + name);
    int error_base = 0;
    XDamageQueryExtension(display, &damage_event, &error_base);
    damage = XDamageCreate(display, DefaultRootWindow(display), XDamageReportRawRectangles);
    XSync(display, False);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() { XCloseDisplay(display); }
};

XDisplay::XDisplay(int width, int height) : server_(std::make_unique<Server>(width, height)) {}
XDisplay::~XDisplay() = default;

const std::string& XDisplay::name() const { return server_->name; }
int XDisplay::width() const { return server_->width; }
int XDisplay::height() const { return server_->height; }

std::vector<std::uint32_t> XDisplay::pixels(int x, int y, int width, int height) const {
  Display* display = server_->display;
  XImage* image = XGetImage(display, DefaultRootWindow(display), x, y, static_cast<unsigned>(width),
                            static_cast<unsigned>(height), AllPlanes, ZPixmap);
  if (image == nullptr) throw std::runtime_error("cannot read the screen");
  std::vector<std::uint32_t> result;
  for (int row = 0; row < height; ++row) {
    for (int column = 0; column < width; ++column) {
      result.push_back(static_cast<std::uint32_t>(XGetPixel(image, column, row)) & 0xFFFFFFU);
    }
  }
  XDestroyImage(image);
  return result;
}

int XDisplay::drawings() {
  Display* display = server_->display;
  XSync(display, False);
  int count = 0;
  while (XPending(display) > 0) {
    XEvent event;
    XNextEvent(display, &event);
    if (event.type == server_->damage_event + XDamageNotify) ++count;
  }
  XDamageSubtract(display, server_->damage, None, None);
  return count;
}

bool XDisplay::wait_until(const std::function<bool()>& holds, std::chrono::microseconds patience) {
  const auto deadline = Clock::now() + patience;
  while (true) {
    drawings();
    if (holds()) return true;
    const std::chrono::nanoseconds left = deadline - Clock::now();
    if (left.count() <= 0) return false;
    // Looking at the screen may have read a drawing's event off the connection already.
    if (XEventsQueued(server_->display, QueuedAlready) > 0) continue;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    const timespec limit{seconds.count(), (left - seconds).count()};
    pollfd connection{ConnectionNumber(server_->display), POLLIN, 0};
    ::ppoll(&connection, 1, &limit, nullptr);
  }
}

void XDisplay::wait(std::chrono::microseconds time) {
  wait_until([] { return false; }, time);
}

void XDisplay::tap(int x, int y) const {
  const Outcome outcome =
      run({"xdotool", "mousemove", std::to_string(x), std::to_string(y), "click", "1"},
          {{"DISPLAY", server_->name}});
  if (outcome.code != 0) throw std::runtime_error("xdotool: " + outcome.output);
}

void XDisplay::move(int x, int y) const {
  XTestFakeMotionEvent(server_->display, -1, x, y, CurrentTime);
  XFlush(server_->display);
}

void XDisplay::press(bool down) const {
  XTestFakeButtonEvent(server_->display, 1, down ? True : False, CurrentTime);
  XFlush(server_->display);
}

void XDisplay::type(std::string_view characters, std::chrono::milliseconds gap) {
  Display* display = server_->display;
  const KeyCode shift = XKeysymToKeycode(display, XK_Shift_L);
  for (const char character : characters) {
    const KeyCode key = key_of(display, character);
    const bool shifted = needs_shift(character);
    if (shifted) XTestFakeKeyEvent(display, shift, True, CurrentTime);
    XTestFakeKeyEvent(display, key, True, CurrentTime);
    XTestFakeKeyEvent(display, key, False, CurrentTime);
    if (shifted) XTestFakeKeyEvent(display, shift, False, CurrentTime);
    XFlush(display);
    if (gap.count() > 0) wait(gap);
  }
}

void XDisplay::take_focus() const {
  XSetInputFocus(server_->display, None, RevertToNone, CurrentTime);
  XFlush(server_->display);
}

void XDisplay::unplug() {
  Monitor(server_->display).show(None);
  XSync(server_->display, False);
}

void XDisplay::plug(int width, int height) {
  Display* display = server_->display;
  Monitor monitor(display);
  const RRMode mode = monitor.mode(width, height);
  monitor.show(None);  // a screen cannot become smaller than what it shows
  XRRSetScreenSize(display, DefaultRootWindow(display), width, height, width / 4, height / 4);
  monitor.show(mode);
  XSync(display, False);
  server_->width = width;
  server_->height = height;
}

}  // namespace hailong::tests
