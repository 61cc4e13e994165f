#pragma once

#include <cairo.h>

#include <functional>
#include <numbers>

#include "kiosk/design/colour.h"
#include "kiosk/design/metrics.h"
#include "kiosk/design/picture.h"

/// Cairo for this folder's .cc files.

namespace hailong::kiosk::design {

inline constexpr double kPi = std::numbers::pi;

/// Runs `draw` on an empty picture.
Picture paint(int width, int height, const std::function<void(cairo_t*)>& draw);

void set_colour(cairo_t* to, Colour colour, double alpha = 1);

/// A closed path, to be filled or stroked. A radius of half a side gives a pill.
void rounded_rectangle(cairo_t* to, const Rect& rect, double radius);

/// The shadow of a box on an empty picture: fades from `strength` to nothing over `spread` pixels,
/// half of them outside the box, and falls by a third of that. Cairo has no blur.
void soft_shadow(cairo_t* to, Colour colour, const Rect& box, double radius, double spread,
                 double strength);
/// Of `spread`, how far the shadow reaches beyond its box at most.
inline constexpr float kShadowDrop = 1.0F / 3;
inline constexpr float kShadowReach = 0.5F + kShadowDrop;

/// A closed circle as a path of its own.
void circle(cairo_t* to, double x, double y, double radius);

}  // namespace hailong::kiosk::design
