#include "kiosk/input/pointer.h"

#include <SDL.h>

#include <algorithm>

namespace hailong::kiosk::input {
namespace {

constexpr std::int64_t kMouse = -1;  // SDL's touch devices have other numbers

/// Time stamps wrap after 49 days.
bool has_passed(std::uint32_t now, std::uint32_t since, std::uint32_t span) {
  return now - since >= span;
}

bool is_left_mouse_button(const SDL_MouseButtonEvent& event) {
  return event.button == SDL_BUTTON_LEFT && event.which != SDL_TOUCH_MOUSEID;
}

Point point_of(const SDL_MouseButtonEvent& event) {
  return {static_cast<float>(event.x), static_cast<float>(event.y)};
}

}  // namespace

void Pointer::resize(int width, int height) {
  width_ = static_cast<float>(width);
  height_ = static_cast<float>(height);
}

std::optional<Step> Pointer::handle(const SDL_Event& event) {
  const auto place = [this](const SDL_TouchFingerEvent& finger) {
    return Point{finger.x * width_, finger.y * height_};
  };
  switch (event.type) {
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP: {
      const SDL_TouchFingerEvent& finger = event.tfinger;
      last_finger_ = finger.timestamp;
      const auto take = event.type == SDL_FINGERDOWN     ? &Pointer::press
                        : event.type == SDL_FINGERMOTION ? &Pointer::move
                                                         : &Pointer::release;
      return (this->*take)(finger.touchId, finger.fingerId, place(finger), finger.timestamp);
    }
    case SDL_MOUSEBUTTONDOWN:
      if (!is_left_mouse_button(event.button) || is_echo_of_finger(event.button.timestamp)) break;
      return press(kMouse, 0, point_of(event.button), event.button.timestamp);
    case SDL_MOUSEBUTTONUP:
      if (!is_left_mouse_button(event.button)) break;
      return release(kMouse, 0, point_of(event.button), event.button.timestamp);
    case SDL_MOUSEMOTION:
      if (event.motion.which == SDL_TOUCH_MOUSEID) break;
      return move(kMouse, 0,
                  {static_cast<float>(event.motion.x), static_cast<float>(event.motion.y)},
                  event.motion.timestamp);
    default:
      break;
  }
  return std::nullopt;
}

std::optional<Step> Pointer::press(std::int64_t device, std::int64_t finger, Point at,
                                   std::uint32_t time) {
  drop_lost(time);
  const bool was_touched = is_touched();
  Contact* contact = find(device, finger);
  if (contact == nullptr) {
    const auto free = std::find_if(contacts_.begin(), contacts_.end(),
                                   [](const Contact& slot) { return !slot.down; });
    if (free == contacts_.end()) return std::nullopt;
    contact = &*free;
  }
  *contact = {device, finger, time, true};
  if (was_touched || repeats_last_tap(at, time)) return std::nullopt;
  owner_ = contact;
  last_at_ = at;
  last_press_ = time;
  return Step{Action::kDown, at};
}

std::optional<Step> Pointer::move(std::int64_t device, std::int64_t finger, Point at,
                                  std::uint32_t time) {
  Contact* contact = find(device, finger);
  if (contact == nullptr) return std::nullopt;
  contact->heard = time;
  if (contact != owner_) return std::nullopt;
  return Step{Action::kMove, at};
}

std::optional<Step> Pointer::release(std::int64_t device, std::int64_t finger, Point at,
                                     std::uint32_t time) {
  Contact* contact = find(device, finger);
  if (contact == nullptr) return std::nullopt;
  contact->down = false;
  if (contact != owner_) return std::nullopt;
  owner_ = nullptr;
  // A worn panel bounces when the finger leaves as well as when it lands.
  last_at_ = at;
  last_press_ = time;
  return Step{Action::kUp, at};
}

std::optional<Step> Pointer::expire(std::uint32_t now) {
  if (owner_ == nullptr || !has_passed(now, owner_->heard, kLostFingerMs)) return std::nullopt;
  owner_->down = false;
  owner_ = nullptr;
  return Step{Action::kCancel, last_at_};
}

std::optional<Step> Pointer::cancel() {
  const bool was_pressed = owner_ != nullptr;
  contacts_.fill({});
  owner_ = nullptr;
  if (!was_pressed) return std::nullopt;
  return Step{Action::kCancel, last_at_};
}

std::optional<std::uint32_t> Pointer::deadline() const {
  if (owner_ == nullptr) return std::nullopt;
  return owner_->heard + kLostFingerMs;
}

Pointer::Contact* Pointer::find(std::int64_t device, std::int64_t finger) {
  const auto found = std::find_if(contacts_.begin(), contacts_.end(), [&](const Contact& contact) {
    return contact.down && contact.device == device && contact.finger == finger;
  });
  return found == contacts_.end() ? nullptr : &*found;
}

/// Contacts beside the owner whose end was never reported must not block the screen; the owner's
/// own end is expire()'s.
void Pointer::drop_lost(std::uint32_t now) {
  for (Contact& contact : contacts_) {
    if (&contact != owner_ && has_passed(now, contact.heard, kLostFingerMs)) contact.down = false;
  }
}

bool Pointer::is_touched() const {
  return std::any_of(contacts_.begin(), contacts_.end(),
                     [](const Contact& contact) { return contact.down; });
}

bool Pointer::repeats_last_tap(Point at, std::uint32_t time) const {
  if (!last_press_ || has_passed(time, *last_press_, kSameTapMs)) return false;
  const float dx = at.x - last_at_.x;
  const float dy = at.y - last_at_.y;
  return dx * dx + dy * dy < kSameTapDistance * kSameTapDistance;
}

bool Pointer::is_echo_of_finger(std::uint32_t time) const {
  return last_finger_ && !has_passed(time, *last_finger_, kMouseAfterFingerMs);
}

}  // namespace hailong::kiosk::input
