#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kiosk/design/colour.h"
#include "kiosk/design/fonts.h"
#include "kiosk/design/metrics.h"

struct ImDrawList;
struct ImFont;

/// Text that is set once, when a page is put together, and then only drawn. Lines break at ordinary
/// spaces, never at no-break spaces, and always at '\n'. Texts are UTF-8; coordinates are pixels.

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
  bool fits = true;   // false: too much for the box even in the smallest size, and cut at its end
  bool torn = false;  // a word was wider than the box and is broken between two characters
};

enum class Align { kLeft, kCentre, kRight };

/// The text sizes of the design. A text may be set in that of its role and in all smaller ones.
/// The last one only where a word would not fit otherwise.
enum class TextRole { kQuestion, kAnswer, kBody, kSmall, kLeast };

/// The font of a role.
const ImFont& font_of(const Fonts& fonts, TextRole role);

/// Distance of base lines.
float line_height(const ImFont& font);

/// Breaks `text` into as few lines as `width` allows, of lengths as even as possible, as people set
/// a title. A word wider than that is broken between characters; nothing is lost.
std::vector<std::string> break_lines(const ImFont& font, std::string_view text, float width);

/// Sets a text of any number of lines in the vertical middle of `box`.
TextBlock set_text(const ImFont& font, Colour colour, std::string_view text, const Rect& box,
                   Align align = Align::kCentre);

/// Sets one line; what does not fit is cut and ends in "…".
TextBlock set_line(const ImFont& font, Colour colour, std::string_view text, const Rect& box,
                   Align align);

/// Sets a text in the vertical middle of `box`, in the largest size from its role's downwards in
/// which it fits with every word whole; if there is none, in the smallest, with words torn.
/// `largest`: no larger than this, so that several texts can be set alike.
TextBlock fit_text(const Fonts& fonts, TextRole role, Colour colour, std::string_view text,
                   const Rect& box, Align align = Align::kCentre, const ImFont* largest = nullptr);

/// Sets a text that is being written, from the top of `box`, with every space as it was typed; of
/// one that is too long, the end. One line that has room for no other stands in the middle.
TextBlock set_tail(const Fonts& fonts, TextRole role, Colour colour, std::string_view text,
                   const Rect& box);

/// Draws a text with the fonts that it was set in. Allocates nothing once the list is large enough.
void draw_text(ImDrawList& list, const FontSet& fonts, const TextBlock& block);

}  // namespace hailong::kiosk::design
