#include "kiosk/design/signs.h"

#include <cairo.h>

#include "kiosk/design/canvas.h"

namespace hailong::kiosk::design {
namespace {

/// `draw_sign` draws in a disc of radius 1 around its middle.
Picture paint_sign(int diameter, Colour disc, Colour sign, void (*draw_sign)(cairo_t*)) {
  return paint(diameter, diameter, [&](cairo_t* to) {
    const double radius = diameter / 2.0;
    circle(to, radius, radius, radius - 0.5);
    set_colour(to, disc);
    cairo_fill(to);
    cairo_translate(to, radius, radius);
    cairo_scale(to, radius, radius);
    set_colour(to, sign);
    cairo_set_line_width(to, 0.15);
    cairo_set_line_cap(to, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(to, CAIRO_LINE_JOIN_ROUND);
    draw_sign(to);
  });
}

}  // namespace

Picture paint_tick(const Theme& theme, int diameter) {
  return paint_sign(diameter, theme.calm, theme.on_sign, [](cairo_t* to) {
    cairo_move_to(to, -0.38, 0.04);
    cairo_line_to(to, -0.11, 0.31);
    cairo_line_to(to, 0.42, -0.28);
    cairo_stroke(to);
  });
}

Picture paint_alert(const Theme& theme, int diameter) {
  return paint_sign(diameter, theme.alert, theme.on_sign, [](cairo_t* to) {
    cairo_move_to(to, 0, -0.46);
    cairo_line_to(to, 0, 0.10);
    cairo_stroke(to);
    circle(to, 0, 0.42, 0.095);
    cairo_fill(to);
  });
}

}  // namespace hailong::kiosk::design
