#include "kiosk/design/text.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "kiosk/design/fonts.h"

namespace hailong::kiosk::design {
namespace {

// Of ascent and descent together: 1.3 em, for the marks above and below Vietnamese letters.
constexpr float kLeading = 1.075F;

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

/// Fills lines one after the other.
std::vector<std::string> fill_lines(const ImFont& font, std::string_view text, float width) {
  std::vector<std::string> lines;
  for (const std::string_view word : words_of(text)) {
    if (!lines.empty()) {
      std::string longer = lines.back() + " " + std::string(word);
      if (text_width(font, longer) <= width) {
        lines.back() = std::move(longer);
        continue;
      }
    }
    lines.emplace_back(word);
  }
  return lines;
}

float widest(const ImFont& font, const std::vector<std::string>& lines) {
  float width = 0;
  for (const std::string& line : lines) width = std::max(width, text_width(font, line));
  return width;
}

TextBlock place_lines(const ImFont& font, Colour colour, std::vector<std::string> texts,
                      const Rect& box, Align align) {
  TextBlock block{&font, colour, box, {}};
  const float step = line_height(font);
  const auto count = static_cast<float>(texts.size());
  // The font's own line is FontSize high; half of the leading goes above the first line.
  float y = std::round(box.centre_y() - count * step / 2 + (step - font.FontSize) / 2);
  for (std::string& text : texts) {
    const float width = text_width(font, text);
    const float free = box.width - width;
    const float indent = align == Align::kLeft ? 0 : align == Align::kRight ? free : free / 2;
    block.lines.push_back({std::round(box.x + indent), y, width, std::move(text)});
    y += step;
  }
  return block;
}

/// Cuts the last character, which may be several bytes long.
void drop_last_character(std::string& text) {
  while (!text.empty()) {
    const auto byte = static_cast<unsigned char>(text.back());
    text.pop_back();
    if ((byte & 0xC0) != 0x80) return;
  }
}

}  // namespace

float line_height(const ImFont& font) { return std::round(font.FontSize * kLeading); }

std::vector<std::string> break_lines(const ImFont& font, std::string_view text, float width) {
  std::vector<std::string> lines = fill_lines(font, text, width);
  // The narrowest measure that needs no more lines makes them even.
  float narrow = width / 2;
  float wide = width;
  while (wide - narrow > 1) {
    const float middle = (narrow + wide) / 2;
    auto trial = fill_lines(font, text, middle);
    if (trial.size() <= lines.size() && widest(font, trial) <= width) {
      lines = std::move(trial);
      wide = middle;
    } else {
      narrow = middle;
    }
  }
  return lines;
}

TextBlock set_text(const ImFont& font, Colour colour, std::string_view text, const Rect& box,
                   Align align) {
  return place_lines(font, colour, break_lines(font, text, box.width), box, align);
}

TextBlock set_line(const ImFont& font, Colour colour, std::string_view text, const Rect& box,
                   Align align) {
  std::string line(text);
  if (text_width(font, line) > box.width) {
    do {
      drop_last_character(line);
    } while (!line.empty() && text_width(font, line + "…") > box.width);
    line += "…";
  }
  return place_lines(font, colour, {std::move(line)}, box, align);
}

}  // namespace hailong::kiosk::design
