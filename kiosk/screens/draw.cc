#include "kiosk/screens/draw.h"

#include <imgui.h>

#include <cmath>

namespace hailong::kiosk::screens {
namespace {

using design::Rect;
using design::State;

ImU32 packed(design::Colour colour, int alpha = 255) {
  return IM_COL32(colour.red, colour.green, colour.blue, alpha);
}

void fill(ImDrawList& list, const Rect& rect, ImU32 colour) {
  list.AddRectFilled({rect.x, rect.y}, {rect.right(), rect.bottom()}, colour);
}

/// Runs of dark modules as one rectangle each; dark on white in every theme, or phones cannot read.
void draw_code(ImDrawList& list, const PlacedCode& code) {
  constexpr design::Colour kPaper{255, 255, 255};
  constexpr design::Colour kDark{0, 0, 0};
  constexpr int kQuiet = 4;  // modules around, as the standard asks
  fill(list, code.rect, packed(kPaper));
  const float module = std::floor(code.rect.width / static_cast<float>(code.modules + 2 * kQuiet));
  const auto is_dark = [&](int row, int column) {
    return code.dark[static_cast<std::size_t>(row) * static_cast<std::size_t>(code.modules) +
                     static_cast<std::size_t>(column)];
  };
  for (int row = 0; row < code.modules; ++row) {
    for (int column = 0; column < code.modules; ++column) {
      if (!is_dark(row, column)) continue;
      const int first = column;
      while (column + 1 < code.modules && is_dark(row, column + 1)) ++column;
      fill(list,
           {code.rect.x + module * static_cast<float>(first + kQuiet),
            code.rect.y + module * static_cast<float>(row + kQuiet),
            module * static_cast<float>(column - first + 1), module},
           packed(kDark));
    }
  }
}

State state_of(const Item& item, bool pressed) {
  if (item.chosen) return pressed ? State::kChosenPressed : State::kChosen;
  return pressed ? State::kPressed : State::kResting;
}

void draw_item(ImDrawList& list, const Item& item, const design::Pictures& pictures,
               const design::FontSet& fonts, const Photos& photos, const design::Theme& theme,
               bool pressed) {
  if (item.fill) {
    const bool gives_way = pressed && item.event;
    fill(list, item.rect, packed(gives_way ? theme.surface_pressed : *item.fill));
  }
  if (item.skin) pictures.draw_skin(list, *item.skin, state_of(item, pressed), item.rect);
  if (item.face) pictures.draw_face(list, item.face->score, pressed, item.face->rect);
  if (item.icon) pictures.draw_icon(list, item.icon->icon, item.icon->colour, item.icon->rect);
  if (item.sign) {
    if (item.sign->sign == Sign::kTick) {
      pictures.draw_tick(list, item.sign->rect);
    } else {
      pictures.draw_alert(list, item.sign->rect);
    }
  }
  if (item.photo) {
    const Rect& rect = item.photo->rect;
    list.AddImage(photos[item.photo->officer], {rect.x, rect.y}, {rect.right(), rect.bottom()});
  }
  for (const design::TextBlock& text : item.texts) design::draw_text(list, fonts, text);
}

}  // namespace

void draw(ImDrawList& list, const Page& page, const design::Pictures& pictures,
          const design::FontSet& fonts, const Photos& photos, const design::Theme& theme,
          const Marks& marks) {
  for (std::size_t i = 0; i < page.items.size(); ++i) {
    const Item& item = page.items[i];
    draw_item(list, item, pictures, fonts, photos, theme, item.held || marks.pressed == i);
  }
  for (const PlacedLine& line : page.lines) {
    list.AddLine({line.from_x, line.from_y}, {line.to_x, line.to_y}, packed(line.colour),
                 line.width);
  }
  if (page.code) draw_code(list, *page.code);
  if (marks.focused && *marks.focused < page.items.size()) {
    const Item& item = page.items[*marks.focused];
    pictures.draw_focus(list, item.rect, item.skin.value_or(design::Skin::kTile));
  }
  if (page.veil > 0) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    fill(list, {0, 0, size.x, size.y},
         packed(theme.ink, static_cast<int>(std::lround(page.veil * 255))));
  }
}

}  // namespace hailong::kiosk::screens
