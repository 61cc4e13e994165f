#include "kiosk/input/panel.h"

#include <SDL.h>

#include <algorithm>

namespace hailong::kiosk::input {

Panel::Panel(Rotation rotation, Calibration calibration)
    : rotation_(rotation), calibration_(std::move(calibration)) {}

SDL_Event Panel::upright(const SDL_Event& event, int width, int height) {
  SDL_Event result = event;
  const auto turn_pixel = [&](Sint32& x, Sint32& y) {
    const auto at = on_picture(rotation_, Spot<Sint32>{x, y}, width - 1, height - 1);
    x = at.x;
    y = at.y;
  };
  switch (event.type) {
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP: {
      SDL_TouchFingerEvent& finger = result.tfinger;
      Spot<float> at{finger.x, finger.y};
      if (calibration_) at = matrix_of(finger.touchId).apply(at);
      at = on_picture(rotation_, at, 1.0F, 1.0F);
      finger.x = at.x;
      finger.y = at.y;
      break;
    }
    case SDL_MOUSEMOTION:
      turn_pixel(result.motion.x, result.motion.y);
      break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
      turn_pixel(result.button.x, result.button.y);
      break;
    default:
      break;
  }
  return result;
}

const Matrix& Panel::matrix_of(std::int64_t device) {
  const auto known = std::find_if(known_.begin(), known_.end(),
                                  [device](const auto& each) { return each.first == device; });
  if (known != known_.end()) return known->second;
  return known_.emplace_back(device, calibration_(device)).second;
}

}  // namespace hailong::kiosk::input
