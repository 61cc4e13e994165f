#pragma once

#include <cairo.h>

#include <functional>
#include <numbers>

#include "kiosk/design/picture.h"
#include "kiosk/design/tokens.h"

/// Cairo for this folder's .cc files.

namespace hailong::kiosk::design {

inline constexpr double kPi = std::numbers::pi;

/// Runs `draw` on an empty picture.
Picture paint(int width, int height, const std::function<void(cairo_t*)>& draw);

void set_colour(cairo_t* to, Colour colour, double alpha = 1);

}  // namespace hailong::kiosk::design
