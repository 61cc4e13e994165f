#include "kiosk/design/icon_pen.h"

namespace hailong::kiosk::design {

IconPen::IconPen(cairo_t* to, int size) : to_(to) {
  constexpr double kSide = 24;
  constexpr Colour kWhite{0xFF, 0xFF, 0xFF};
  cairo_scale(to_, size / kSide, size / kSide);
  set_colour(to_, kWhite);
  cairo_set_line_cap(to_, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(to_, CAIRO_LINE_JOIN_ROUND);
  width(2);
}

void IconPen::path(std::initializer_list<Point> points) {
  for (const Point& point : points) cairo_line_to(to_, point.x, point.y);
}

void IconPen::line(Point from, Point to) { lines({from, to}); }

void IconPen::lines(std::initializer_list<Point> points) {
  path(points);
  cairo_stroke(to_);
}

void IconPen::shape(std::initializer_list<Point> points) {
  path(points);
  cairo_close_path(to_);
  cairo_stroke(to_);
}

void IconPen::solid(std::initializer_list<Point> points) {
  path(points);
  cairo_close_path(to_);
  cairo_fill_preserve(to_);
  cairo_stroke(to_);
}

void IconPen::ring(Point centre, double radius) {
  circle(to_, centre.x, centre.y, radius);
  cairo_stroke(to_);
}

void IconPen::dot(Point centre, double radius) {
  circle(to_, centre.x, centre.y, radius);
  cairo_fill(to_);
}

void IconPen::arc(Point centre, double radius, double from, double to) {
  cairo_arc(to_, centre.x, centre.y, radius, from * kPi / 2, to * kPi / 2);
  cairo_stroke(to_);
}

void IconPen::oval(Point centre, double radius_x, double radius_y) {
  cairo_save(to_);
  cairo_translate(to_, centre.x, centre.y);
  cairo_scale(to_, radius_x, radius_y);
  circle(to_, 0, 0, 1);
  cairo_restore(to_);  // before the stroke: its width must not be stretched
  cairo_stroke(to_);
}

void IconPen::box(Point corner, Point opposite, double radius) {
  rounded_rectangle(
      to_,
      {static_cast<float>(corner.x), static_cast<float>(corner.y),
       static_cast<float>(opposite.x - corner.x), static_cast<float>(opposite.y - corner.y)},
      radius);
  cairo_stroke(to_);
}

void IconPen::curve(Point from, Point pull, Point pull_back, Point to) {
  cairo_move_to(to_, from.x, from.y);
  cairo_curve_to(to_, pull.x, pull.y, pull_back.x, pull_back.y, to.x, to.y);
  cairo_stroke(to_);
}

}  // namespace hailong::kiosk::design
