#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kiosk/design/metrics.h"
#include "kiosk/design/tokens.h"

struct ImFont;

/// Text that is set once for a window's size and then only drawn.

namespace hailong::kiosk::design {

struct Line {
  float x = 0;  // left end
  float y = 0;  // top
  float width = 0;
  std::string text;
};

struct TextBlock {
  const ImFont* font = nullptr;
  Colour colour;
  Rect box;  // what the text must stay inside
  std::vector<Line> lines;
};

enum class Align { kLeft, kCentre, kRight };

/// Distance of base lines.
float line_height(const ImFont& font);

/// Breaks `text` at its ordinary spaces into as few lines as `width` allows, of lengths as even as
/// possible, as people set a title. A word wider than that gets a line of its own.
std::vector<std::string> break_lines(const ImFont& font, std::string_view text, float width);

/// Sets a text of any number of lines in the vertical middle of `box`.
TextBlock set_text(const ImFont& font, Colour colour, std::string_view text, const Rect& box,
                   Align align = Align::kCentre);

/// Sets one line; what does not fit is cut and ends in "…".
TextBlock set_line(const ImFont& font, Colour colour, std::string_view text, const Rect& box,
                   Align align);

}  // namespace hailong::kiosk::design
