#pragma once

#include "kiosk/screens/sheet.h"

/// The charts of staff mode; for this folder's .cc files only.

namespace hailong::kiosk::screens {

/// How a chart is laid out in a column of `width` pixels.
enum class ChartForm {
  kColumns,  // bars that stand, or a line; labels below
  kRows,     // bars that lie, one a line, for labels that are too long to stand below
};
ChartForm form_of(const Sheet& sheet, const staff::Chart& chart, float width);

/// Least height of a chart that stands, title included; it looks better with more.
float least_height_of_chart(const design::Metrics& metrics);

/// The line above a chart: its title with the unit.
std::string title_of(const staff::Chart& chart);

/// A chart that stands, without its title, into `rect`.
void put_chart(Sheet& sheet, const staff::Chart& chart, const Rect& rect);

/// One lying bar with its label and value into `rect`, whose height is that of its label.
void put_bar_row(Sheet& sheet, const staff::Chart& chart, const staff::Chart::Point& point,
                 const Rect& rect);

/// Height of that bar, in a column of `width` pixels.
float height_of_bar_row(const Sheet& sheet, const staff::Chart::Point& point, float width);

/// The lines across a chart, from 0 to at least `top`: at most five, at round values.
struct Scale {
  double step = 1;
  int steps = 1;

  [[nodiscard]] double top() const { return step * steps; }
};
Scale scale_of(double top, bool whole_numbers);

}  // namespace hailong::kiosk::screens
