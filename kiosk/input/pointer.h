#pragma once

#include <array>
#include <cstdint>
#include <optional>

union SDL_Event;

/// One pointer out of all that touch panels, mice and window systems report.
///
/// A doubled tap would be a doubled vote, and this stack is known for doubling: X11 sends a mouse
/// event for every touch (libsdl-org/SDL#14656: no hint turns that off on every system), some
/// panels fire twice for one touch, a palm is many fingers, and SDL has no word for a finger that
/// was lost. So one press is taken at a time, from the first contact on an untouched screen, and
/// everything that follows too soon at the same place is the same tap.

namespace hailong::kiosk::input {

struct Point {
  float x = 0;
  float y = 0;
};

enum class Action {
  kDown,
  kMove,
  kUp,
  kCancel,  // the press is over and was no tap
};

struct Step {
  Action action = Action::kDown;
  Point at;
};

/// Times are SDL's event time stamps in milliseconds. Not thread-safe.
class Pointer {
 public:
  static constexpr std::uint32_t kSameTapMs = 300;
  static constexpr float kSameTapDistance = 64;  // pixels; about 12 mm on a 10-inch panel
  static constexpr std::uint32_t kMouseAfterFingerMs = 1'000;
  static constexpr std::uint32_t kLostFingerMs = 10'000;

  /// The window's size in pixels: fingers come as shares of it.
  void resize(int width, int height);

  /// What an SDL event means for the pointer; nothing for most events.
  std::optional<Step> handle(const SDL_Event& event);

  /// Ends a press whose finger has not been heard of for too long.
  std::optional<Step> expire(std::uint32_t now);

  /// Forgets the press and all contacts, e.g. when the window loses the screen.
  std::optional<Step> cancel();

  /// When expire() is due; nothing while nothing is pressed.
  [[nodiscard]] std::optional<std::uint32_t> deadline() const;

 private:
  /// A finger on the screen or the left mouse button.
  struct Contact {
    std::int64_t device = 0;
    std::int64_t finger = 0;
    std::uint32_t heard = 0;
    bool down = false;
  };

  std::optional<Step> press(std::int64_t device, std::int64_t finger, Point at, std::uint32_t time);
  std::optional<Step> move(std::int64_t device, std::int64_t finger, Point at, std::uint32_t time);
  std::optional<Step> release(std::int64_t device, std::int64_t finger, Point at,
                              std::uint32_t time);
  Contact* find(std::int64_t device, std::int64_t finger);
  void drop_lost(std::uint32_t now);
  [[nodiscard]] bool is_touched() const;
  [[nodiscard]] bool repeats_last_tap(Point at, std::uint32_t time) const;
  [[nodiscard]] bool is_echo_of_finger(std::uint32_t time) const;

  float width_ = 1;
  float height_ = 1;
  std::array<Contact, 16> contacts_{};
  Contact* owner_ = nullptr;  // the contact whose press was taken
  Point last_at_;             // where and when the last taken press was heard of
  std::optional<std::uint32_t> last_press_;
  std::optional<std::uint32_t> last_finger_;
};

}  // namespace hailong::kiosk::input
