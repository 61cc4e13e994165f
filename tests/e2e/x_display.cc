#include "tests/e2e/x_display.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/extensions/Xdamage.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
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

}  // namespace hailong::tests
