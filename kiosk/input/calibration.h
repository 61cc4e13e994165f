#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/rotation.h"

/// What udev knows of how a touch screen is mounted on its panel. Window systems take that into
/// account; SDL, which reads the devices itself where there is none, does not.

namespace hailong::kiosk::input {

/// x' = a x + b y + c, y' = d x + e y + f, in shares of the panel; as libinput's calibration
/// matrix.
struct Matrix {
  float a = 1, b = 0, c = 0;
  float d = 0, e = 1, f = 0;

  bool operator==(const Matrix&) const = default;

  /// On the panel, whatever the matrix says.
  [[nodiscard]] Spot<float> apply(Spot<float> at) const;
};

/// A touch screen as udev knows it.
struct TouchScreen {
  std::string name;
  std::string matrix;  // LIBINPUT_CALIBRATION_MATRIX; empty: none
};

/// Six finite numbers with blanks between them that map the panel onto an area; nothing for
/// everything else.
std::optional<Matrix> read_matrix(std::string_view text);

/// For the touch screen that SDL calls `name`. In the log: which matrix, why one is ignored, and
/// that another screen's is taken where the name does not tell them apart.
Matrix matrix_for(std::string_view name, const std::vector<TouchScreen>& screens);

}  // namespace hailong::kiosk::input
