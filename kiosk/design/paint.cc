#include "kiosk/design/paint.h"

#include <cairo.h>

#include <algorithm>

#include "kiosk/design/canvas.h"
#include "kiosk/design/tokens.h"

namespace hailong::kiosk::design {
namespace {

void rounded_rectangle(cairo_t* to, const Rect& rect, double radius) {
  cairo_new_sub_path(to);
  cairo_arc(to, rect.right() - radius, rect.y + radius, radius, -kPi / 2, 0);
  cairo_arc(to, rect.right() - radius, rect.bottom() - radius, radius, 0, kPi / 2);
  cairo_arc(to, rect.x + radius, rect.bottom() - radius, radius, kPi / 2, kPi);
  cairo_arc(to, rect.x + radius, rect.y + radius, radius, kPi, 3 * kPi / 2);
  cairo_close_path(to);
}

/// One soft shadow: rectangles that grow outwards and add up. Cairo has no blur.
void soft_shadow(cairo_t* to, const Rect& rect, double radius, double spread, double strength) {
  constexpr int kSteps = 12;
  const double drop = spread / 3;
  for (int step = 0; step < kSteps; ++step) {
    const auto grow = static_cast<float>(spread * (0.5 - static_cast<double>(step) / kSteps));
    Rect ring = rect.inset(-grow);
    ring.y += static_cast<float>(drop);
    rounded_rectangle(to, ring, std::max(1.0, radius + grow));
    set_colour(to, kShadow, strength / kSteps);
    cairo_fill(to);
  }
}

/// Room for the thing, and the thing itself in its middle, smaller while pressed.
struct Frame {
  Rect rect;
  double radius;
};

Frame framed(int width, int height, int margin, double radius, Look look) {
  const double scale = look == Look::kPressed ? kPressedScale : 1;
  const double inset_x = margin + width * (1 - scale) / 2;
  const double inset_y = margin + height * (1 - scale) / 2;
  return {{static_cast<float>(inset_x), static_cast<float>(inset_y),
           static_cast<float>(width * scale), static_cast<float>(height * scale)},
          radius * scale};
}

Picture paint_sign(int diameter, Colour colour, void (*draw_sign)(cairo_t*)) {
  return paint(diameter, diameter, [&](cairo_t* to) {
    const double radius = diameter / 2.0;
    cairo_arc(to, radius, radius, radius - 0.5, 0, 2 * kPi);
    set_colour(to, colour);
    cairo_fill(to);
    cairo_translate(to, radius, radius);
    cairo_scale(to, radius, radius);
    set_colour(to, kSurface);
    cairo_set_line_width(to, 0.15);
    cairo_set_line_cap(to, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(to, CAIRO_LINE_JOIN_ROUND);
    draw_sign(to);
  });
}

}  // namespace

int shadow_margin(const Metrics& metrics) { return static_cast<int>(2 * metrics.grid); }

Picture paint_card(const Metrics& metrics, int width, int height, Look look) {
  const int margin = shadow_margin(metrics);
  return paint(width + 2 * margin, height + 2 * margin, [&](cairo_t* to) {
    const Frame frame = framed(width, height, margin, metrics.radius, look);
    const bool pressed = look == Look::kPressed;
    soft_shadow(to, frame.rect, frame.radius, margin * (pressed ? 0.5 : 1.2), 0.11);
    rounded_rectangle(to, frame.rect, frame.radius);
    set_colour(to, pressed ? kSurfacePressed : kSurface);
    cairo_fill(to);
  });
}

Picture paint_button(const Metrics& metrics, int width, int height, Look look) {
  const int margin = shadow_margin(metrics);
  return paint(width + 2 * margin, height + 2 * margin, [&](cairo_t* to) {
    const Frame frame = framed(width, height, margin, height / 2.0, look);
    const bool pressed = look == Look::kPressed;
    soft_shadow(to, frame.rect, frame.radius, margin * (pressed ? 0.4 : 0.9), 0.11);
    rounded_rectangle(to, frame.rect.inset(metrics.stroke / 2), frame.radius - metrics.stroke / 2);
    set_colour(to, pressed ? kSurfacePressed : kSurface);
    cairo_fill_preserve(to);
    set_colour(to, kAccent);
    cairo_set_line_width(to, metrics.stroke);
    cairo_stroke(to);
  });
}

Picture paint_tick(int diameter) {
  return paint_sign(diameter, kCalm, [](cairo_t* to) {
    cairo_move_to(to, -0.38, 0.04);
    cairo_line_to(to, -0.11, 0.31);
    cairo_line_to(to, 0.42, -0.28);
    cairo_stroke(to);
  });
}

Picture paint_alert(int diameter) {
  return paint_sign(diameter, kAlert, [](cairo_t* to) {
    cairo_move_to(to, 0, -0.46);
    cairo_line_to(to, 0, 0.10);
    cairo_stroke(to);
    cairo_arc(to, 0, 0.42, 0.095, 0, 2 * kPi);
    cairo_fill(to);
  });
}

}  // namespace hailong::kiosk::design
