#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hailong::tests {

/// A real X server without a screen (Xvfb) for one test, and eyes on it. One thread.
class XDisplay {
 public:
  XDisplay(int width, int height);
  XDisplay(const XDisplay&) = delete;
  XDisplay& operator=(const XDisplay&) = delete;
  ~XDisplay();

  /// ":N", for DISPLAY.
  [[nodiscard]] const std::string& name() const;
  [[nodiscard]] int width() const;
  [[nodiscard]] int height() const;

  /// Pixels of a rectangle of the whole screen, row by row, 0xRRGGBB.
  [[nodiscard]] std::vector<std::uint32_t> pixels(int x, int y, int width, int height) const;

  /// How many times the screen was drawn on since the last call.
  int drawings();

  /// Waits until `holds`, asking again after every drawing; false when it does not within
  /// `patience`.
  bool wait_until(const std::function<bool()>& holds, std::chrono::microseconds patience);
  void wait(std::chrono::microseconds time);

  /// A tap of the pointer through xdotool, as a person's: move, press, release.
  void tap(int x, int y) const;

  /// The pointer's parts by themselves, sent without waiting for anything.
  void move(int x, int y) const;
  void press(bool down) const;

  /// Keys of an American keyboard, one after the other, with shift where they need it: printable
  /// ASCII, and '\n' for Enter. `gap`: from one key to the next; a scanner has next to none, a
  /// typist 70 ms or more. The screen is watched meanwhile.
  void type(std::string_view characters, std::chrono::milliseconds gap);

  /// Another program takes the keyboard, as a window that opens does.
  void take_focus() const;

  /// The cable is pulled, and a monitor of some size is plugged in, at most as large as the first.
  /// What the screen holds can be read, drawn on and touched all the while.
  void unplug();
  void plug(int width, int height);

 private:
  struct Server;
  std::unique_ptr<Server> server_;
};

}  // namespace hailong::tests
