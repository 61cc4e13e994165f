#include <array>
#include <cmath>

#include "kiosk/design/canvas.h"
#include "kiosk/design/signs.h"
#include "kiosk/design/skins.h"

namespace hailong::kiosk::design {
namespace {

/// A face's parts, in units of its radius around its middle, y downwards. The left half is drawn
/// and mirrored.
struct Expression {
  double brow_inner_y, brow_outer_y, brow_bend;
  bool eyes_smile;
  double mouth_half_width;
  double mouth_y;      // of the corners
  double mouth_curve;  // how far the middle hangs below the corners; negative: rises above
  bool mouth_open;
};

constexpr std::array<Expression, 5> kExpressions{{
    {-0.29, -0.45, 0.00, false, 0.42, 0.52, -0.42, true},
    {-0.49, -0.37, -0.02, false, 0.34, 0.46, -0.22, false},
    {-0.44, -0.44, 0.00, false, 0.34, 0.38, 0.00, false},
    {-0.45, -0.43, -0.08, false, 0.36, 0.29, 0.24, false},
    {-0.48, -0.46, -0.12, true, 0.46, 0.22, 0.46, true},
}};

constexpr double kLine = 0.085;
constexpr double kBrowLine = 0.07;

void draw_brow(cairo_t* to, const Expression& face) {
  const double middle = (face.brow_inner_y + face.brow_outer_y) / 2 + face.brow_bend;
  cairo_move_to(to, -0.19, face.brow_inner_y);
  cairo_curve_to(to, -0.28, middle, -0.36, middle, -0.47, face.brow_outer_y);
  cairo_set_line_width(to, kBrowLine);
  cairo_stroke(to);
}

void draw_eye(cairo_t* to, const Expression& face) {
  if (face.eyes_smile) {
    cairo_move_to(to, -0.46, -0.12);
    cairo_curve_to(to, -0.43, -0.30, -0.23, -0.30, -0.20, -0.12);
    cairo_set_line_width(to, kLine);
    cairo_stroke(to);
    return;
  }
  cairo_arc(to, -0.33, -0.17, 0.098, 0, 2 * kPi);
  cairo_fill(to);
}

void draw_mouth(cairo_t* to, const Expression& face) {
  const double half = face.mouth_half_width;
  const double bend =
      face.mouth_y + face.mouth_curve * 4 / 3;  // a cubic's middle is 3/4 on the way
  cairo_move_to(to, -half, face.mouth_y);
  cairo_curve_to(to, -half * 0.62, bend, half * 0.62, bend, half, face.mouth_y);
  cairo_set_line_width(to, kLine);
  if (!face.mouth_open) {
    cairo_stroke(to);
    return;
  }
  const double lip = face.mouth_y + face.mouth_curve * 0.22;
  cairo_curve_to(to, half * 0.5, lip, -half * 0.5, lip, -half, face.mouth_y);
  cairo_close_path(to);
  cairo_fill_preserve(to);
  cairo_stroke(to);
}

void draw_features(cairo_t* to, const Theme& theme, const Expression& face) {
  set_colour(to, theme.ink);
  cairo_set_line_cap(to, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(to, CAIRO_LINE_JOIN_ROUND);
  for (const double side : {1.0, -1.0}) {
    cairo_save(to);
    cairo_scale(to, side, 1);
    draw_brow(to, face);
    draw_eye(to, face);
    cairo_restore(to);
  }
  draw_mouth(to, face);
}

Colour mix(Colour from, Colour to, double share) {
  const auto blend = [share](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(a + (b - a) * share));
  };
  return {blend(from.red, to.red), blend(from.green, to.green), blend(from.blue, to.blue)};
}

/// The disc is lit from above.
void draw_disc(cairo_t* to, const Theme& theme, Colour colour) {
  constexpr Colour kLight{0xFF, 0xFF, 0xFF};
  cairo_pattern_t* light = cairo_pattern_create_linear(0, -1, 0, 1);
  const auto stop = [light](double at, Colour shade) {
    cairo_pattern_add_color_stop_rgb(light, at, shade.red / 255.0, shade.green / 255.0,
                                     shade.blue / 255.0);
  };
  stop(0, mix(colour, kLight, 0.12));
  stop(0.5, colour);
  stop(1, mix(colour, theme.ink, 0.05));
  circle(to, 0, 0, 1);
  cairo_set_source(to, light);
  cairo_fill(to);
  cairo_pattern_destroy(light);
}

/// A dark gap parts the ring from the disc, so that both keep their shape.
void draw_ring(cairo_t* to, const Theme& theme) {
  set_colour(to, theme.surface);
  cairo_set_line_width(to, 0.1);
  circle(to, 0, 0, 0.95);
  cairo_stroke(to);
  set_colour(to, theme.outline);
  cairo_set_line_width(to, 0.05);
  circle(to, 0, 0, 0.975);
  cairo_stroke(to);
}

}  // namespace

Picture paint_face(const Theme& theme, core::Score score, int diameter, bool pressed) {
  const auto index = static_cast<std::size_t>(score.value() - 1);
  return paint(diameter, diameter, [&](cairo_t* to) {
    const double centre = diameter / 2.0;
    const double scale = (centre - 0.5) * (pressed ? kPressedScale : 1);
    cairo_translate(to, centre, centre);
    cairo_scale(to, scale, scale);
    draw_disc(to, theme, theme.scale[index]);
    if (!theme.shadows) draw_ring(to, theme);
    draw_features(to, theme, kExpressions[index]);
  });
}

}  // namespace hailong::kiosk::design
