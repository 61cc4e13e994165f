#pragma once

#include <cairo.h>

#include <initializer_list>

#include "kiosk/design/canvas.h"

namespace hailong::kiosk::design {

/// Draws icons in a square of 24 x 24, y downwards, with round lines of one width. For icons.cc.
class IconPen {
 public:
  struct Point {
    double x, y;
  };

  /// Sets `to` up for a picture of `size` pixels.
  IconPen(cairo_t* to, int size);

  void width(double width) { cairo_set_line_width(to_, width); }
  void line(Point from, Point to);
  /// A line through all points.
  void lines(std::initializer_list<Point> points);
  /// The same, closed.
  void shape(std::initializer_list<Point> points);
  /// The same, filled.
  void solid(std::initializer_list<Point> points);
  void ring(Point centre, double radius);
  void dot(Point centre, double radius);
  /// Clockwise on the screen, in quarters of a turn from 3 o'clock.
  void arc(Point centre, double radius, double from, double to);
  /// An ellipse's outline.
  void oval(Point centre, double radius_x, double radius_y);
  void box(Point corner, Point opposite, double radius);
  void curve(Point from, Point pull, Point pull_back, Point to);

 private:
  void path(std::initializer_list<Point> points);

  cairo_t* to_;
};

}  // namespace hailong::kiosk::design
