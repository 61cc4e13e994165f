#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "kiosk/input/calibration.h"
#include "kiosk/rotation.h"

union SDL_Event;

namespace hailong::kiosk::input {

/// The panel as it is mounted: what fingers and mice do on it, as if it stood upright and its touch
/// screen lay right. Not thread-safe.
class Panel {
 public:
  /// The calibration of a touch device by SDL's number of it.
  using Calibration = std::function<Matrix(std::int64_t device)>;

  /// `calibration`: asked once for each device; none: the window system sees to it.
  explicit Panel(Rotation rotation, Calibration calibration = nullptr);

  [[nodiscard]] Rotation rotation() const { return rotation_; }

  /// The event as it would come from an upright panel. `width`, `height`: of the upright picture.
  [[nodiscard]] SDL_Event upright(const SDL_Event& event, int width, int height);

  /// Devices have come or gone: asks for calibrations anew.
  void forget_devices() { known_.clear(); }

 private:
  [[nodiscard]] const Matrix& matrix_of(std::int64_t device);

  Rotation rotation_;
  Calibration calibration_;
  std::vector<std::pair<std::int64_t, Matrix>> known_;
};

}  // namespace hailong::kiosk::input
