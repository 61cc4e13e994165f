#include "kiosk/design/text.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "kiosk/design/line_breaks.h"

namespace hailong::kiosk::design {
namespace {

// Of ascent and descent together: 1.3 em, for the marks above and below Vietnamese letters.
constexpr float kLeading = 1.075F;
constexpr std::string_view kCut = "…";

using Lines = std::vector<std::string_view>;

float height_of(const ImFont& font, std::size_t lines) {
  return line_height(font) * static_cast<float>(lines);
}

std::size_t room_for(const ImFont& font, float height) {
  return static_cast<std::size_t>(std::max(1.0F, std::floor(height / line_height(font))));
}

/// A line of text, cut at `width`, with the sign that more would follow.
std::string cut_line(const ImFont& font, std::string_view text, float width) {
  const float room = width - text_width(font, kCut);
  return std::string(text.substr(0, fitting_front(font, text, room))) + std::string(kCut);
}

float indent_of(float free, Align align) {
  switch (align) {
    case Align::kLeft:
      break;
    case Align::kCentre:
      return free / 2;
    case Align::kRight:
      return free;
  }
  return 0;
}

Line placed(const ImFont& font, std::string text, const Rect& box, Align align, float y) {
  const float width = text_width(font, text);
  return {std::round(box.x + indent_of(box.width - width, align)), y, width, std::move(text)};
}

/// The font's own line is FontSize high; half of the leading goes above the first line.
float leading_above(const ImFont& font) { return (line_height(font) - font.FontSize) / 2; }

enum class Start { kTop, kMiddle };

template <typename Texts>
TextBlock place_lines(const ImFont& font, Colour colour, const Texts& texts, const Rect& box,
                      Align align, Start start = Start::kMiddle) {
  TextBlock block{&font, colour, box, {}};
  const float top =
      start == Start::kTop ? box.y : box.centre_y() - height_of(font, texts.size()) / 2;
  float y = std::round(top + leading_above(font));
  block.lines.reserve(texts.size());
  for (const auto& text : texts) {
    block.lines.push_back(placed(font, std::string(text), box, align, y));
    y += line_height(font);
  }
  return block;
}

/// The fonts in which a text of a role may be set, the largest first. On narrow windows answers are
/// smaller than the body.
class Candidates {
 public:
  Candidates(const Fonts& fonts, TextRole role) {
    const ImFont& own = font_of(fonts, role);
    list_[count_++] = &own;
    for (const ImFont* font : {fonts.answer, fonts.body, fonts.small, fonts.least}) {
      if (font->FontSize < own.FontSize) list_[count_++] = font;
    }
    std::sort(list_.begin() + 1, list_.begin() + static_cast<std::ptrdiff_t>(count_),
              [](const ImFont* a, const ImFont* b) { return a->FontSize > b->FontSize; });
  }

  [[nodiscard]] std::span<const ImFont* const> all() const { return {list_.data(), count_}; }
  [[nodiscard]] const ImFont& smallest() const { return *list_[count_ - 1]; }

 private:
  std::array<const ImFont*, 5> list_{};
  std::size_t count_ = 0;
};

/// In the smallest size, torn where it must be; what is too much for the box is cut.
TextBlock set_as_far_as_it_goes(const ImFont& font, Colour colour, std::string_view text,
                                const Rect& box, Align align) {
  const LineBreaker breaker(font, text, box.width);
  Lines lines = breaker.even();
  const std::size_t room = room_for(font, box.height);
  const bool fits = lines.size() <= room && height_of(font, lines.size()) <= box.height;
  const bool is_cut = lines.size() > room;
  if (is_cut) lines.resize(room);
  TextBlock block = place_lines(font, colour, lines, box, align);
  if (is_cut) {
    Line& last = block.lines.back();
    last = placed(font, cut_line(font, last.text, box.width), box, align, last.y);
  }
  block.fits = fits;
  block.torn = breaker.torn();
  return block;
}

}  // namespace

const ImFont& font_of(const Fonts& fonts, TextRole role) {
  switch (role) {
    case TextRole::kQuestion:
      return *fonts.question;
    case TextRole::kAnswer:
      return *fonts.answer;
    case TextRole::kBody:
      return *fonts.body;
    case TextRole::kSmall:
      return *fonts.small;
    case TextRole::kLeast:
      break;
  }
  return *fonts.least;
}

float line_height(const ImFont& font) { return std::round(font.FontSize * kLeading); }

std::vector<std::string> break_lines(const ImFont& font, std::string_view text, float width) {
  const Lines lines = LineBreaker(font, text, width).even();
  return {lines.begin(), lines.end()};
}

TextBlock set_text(const ImFont& font, Colour colour, std::string_view text, const Rect& box,
                   Align align) {
  const LineBreaker breaker(font, text, box.width);
  TextBlock block = place_lines(font, colour, breaker.even(), box, align);
  block.fits = height_of(font, block.lines.size()) <= box.height;
  block.torn = breaker.torn();
  return block;
}

TextBlock set_line(const ImFont& font, Colour colour, std::string_view text, const Rect& box,
                   Align align) {
  const bool fits = text_width(font, text) <= box.width;
  const std::array line{fits ? std::string(text) : cut_line(font, text, box.width)};
  TextBlock block = place_lines(font, colour, line, box, align);
  block.fits = fits;
  return block;
}

TextBlock fit_text(const Fonts& fonts, TextRole role, Colour colour, std::string_view text,
                   const Rect& box, Align align, const ImFont* largest) {
  const Candidates candidates(fonts, role);
  for (const ImFont* font : candidates.all()) {
    if (largest != nullptr && font->FontSize > largest->FontSize) continue;
    const LineBreaker breaker(*font, text, box.width);
    if (breaker.torn()) continue;
    const Lines lines = breaker.even();
    if (height_of(*font, lines.size()) > box.height) continue;
    return place_lines(*font, colour, lines, box, align);
  }
  return set_as_far_as_it_goes(candidates.smallest(), colour, text, box, align);
}

TextBlock set_tail(const Fonts& fonts, TextRole role, Colour colour, std::string_view text,
                   const Rect& box) {
  const Candidates candidates(fonts, role);
  const auto sizes = candidates.all();
  const auto high_enough = std::find_if(sizes.begin(), sizes.end(), [&box](const ImFont* font) {
    return line_height(*font) <= box.height;
  });
  const ImFont& font = high_enough == sizes.end() ? candidates.smallest() : **high_enough;
  const LineBreaker breaker(font, text, box.width);
  Lines lines = breaker.filled();
  const std::size_t room = room_for(font, box.height);
  if (lines.size() > room) {
    lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(room));
  }
  return place_lines(font, colour, lines, box, Align::kLeft,
                     room == 1 ? Start::kMiddle : Start::kTop);
}

void draw_text(ImDrawList& list, const FontSet& fonts, const TextBlock& block) {
  const ImU32 colour = IM_COL32(block.colour.red, block.colour.green, block.colour.blue, 255);
  // ImGui draws text only while the current texture is the font's.
  list.PushTextureID(fonts.texture());
  for (const Line& line : block.lines) {
    list.AddText(block.font, block.font->FontSize, {line.x, line.y}, colour, line.text.data(),
                 line.text.data() + line.text.size());
  }
  list.PopTextureID();
}

}  // namespace hailong::kiosk::design
