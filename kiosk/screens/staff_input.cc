#include <algorithm>
#include <array>
#include <string>

#include "kiosk/screens/keyboard.h"
#include "kiosk/screens/staff_blocks.h"

/// Where staff type: a PIN, a number, a date, words; and the test of touch, keys and scanner.

namespace hailong::kiosk::screens {
namespace {

using design::Icon;
using design::Skin;
using staff::Input;

constexpr std::string_view kCodeKeys = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// In fours, with what is missing: "K7QD-M2__".
std::string in_fours(const std::string& code, std::size_t longest) {
  std::string shown;
  for (std::size_t i = 0; i < longest; ++i) {
    if (i > 0 && i % 4 == 0) shown += '-';
    shown += i < code.size() ? code[i] : '_';
  }
  return shown;
}

/// What was typed on a pad, as it is read: dots, digits, or a code or date with what is missing.
std::string shown_digits(const Input& input, const std::string& digits) {
  const Input::Kind kind = input.kind;
  if (kind == Input::Kind::kNumber) return digits + "|";
  if (kind == Input::Kind::kCode) {
    return in_fours(digits, static_cast<std::size_t>(std::max(0, input.longest)));
  }
  std::string shown;
  if (kind == Input::Kind::kPin) {
    for (std::size_t i = 0; i < digits.size(); ++i) shown += "•";
    return shown + "|";
  }
  constexpr std::string_view kDate = "DDMMYYYY";
  for (std::size_t i = 0; i < kDate.size(); ++i) {
    if (i == 2 || i == 4) shown += '/';
    shown += i < digits.size() ? digits[i] : '_';
  }
  return shown + "|";
}

void pad_field(Sheet& sheet, const flow::Staff& screen, const Rect& rect) {
  const auto& m = sheet.metrics();
  Item box;
  box.rect = rect;
  box.skin = Skin::kField;
  box.chosen = true;
  box.texts.push_back(sheet.fitted(TextRole::kQuestion, sheet.theme().text,
                                   shown_digits(*screen.view.input, screen.digits),
                                   rect.inset(m.grid / 2)));
  sheet.add(std::move(box));
}

/// Three columns: 1 to 9, and below them 0 and the key that erases.
void pad_keys(Sheet& sheet, const Rect& area) {
  const auto cells = grid(area, 12, 3, 0, area.height);
  const auto digit = [&](int value, const Rect& cell) {
    lay_key(sheet,
            {std::to_string(value),
             flow::CharacterTapped{U'0' + static_cast<char32_t>(value)},
             {},
             {},
             false,
             1},
            cell);
  };
  for (int i = 0; i < 9; ++i) digit(i + 1, cells[static_cast<std::size_t>(i)]);
  digit(0, {cells[9].x, cells[9].y, cells[10].right() - cells[9].x, cells[9].height});
  lay_key(sheet, {"", flow::EraseTapped{}, {}, Icon::kBackspace, false, 1}, cells[11]);
}

/// Every digit and letter of a code, and the key that erases, which takes what is left of its row.
void code_keys(Sheet& sheet, const Rect& area) {
  const int columns = sheet.metrics().upright ? 6 : 11;
  const int count = static_cast<int>(kCodeKeys.size()) + 1;
  const int rows = (count + columns - 1) / columns;
  const auto cells = grid(area, rows * columns, columns, 0, area.height);
  for (std::size_t i = 0; i < kCodeKeys.size(); ++i) {
    lay_key(sheet,
            {std::string(1, kCodeKeys[i]),
             flow::CharacterTapped{static_cast<unsigned char>(kCodeKeys[i])},
             {},
             {},
             false,
             1},
            cells[i]);
  }
  const Rect& first = cells[kCodeKeys.size()];
  lay_key(sheet, {"", flow::EraseTapped{}, {}, Icon::kBackspace, false, 1},
          {first.x, first.y, area.right() - first.x, first.height});
}

/// Label, field and keys over the whole width; in the middle of what there is.
void put_code(Sheet& sheet, const flow::Staff& screen, Rect& area) {
  const auto& m = sheet.metrics();
  const std::string label = bound(sheet.view().texts, screen.view.input->label);
  const int rows = m.upright ? 6 : 3;
  const float label_height = height_in(sheet, TextRole::kSmall, label, area.width);
  const float touch = staff_target(m);
  const float wanted = design::line_height(*sheet.view().fonts.fonts().question) + 2 * m.grid;
  const float spare = area.height - label_height - 2 * m.grid - static_cast<float>(rows) * touch;
  const float field = std::max(touch, std::min(wanted, spare));
  const float around = label_height + field + 2 * m.grid;
  const float key = std::min(m.target, (area.height - around) / static_cast<float>(rows));
  const float height = whole(around + static_cast<float>(rows) * key);
  const Rect panel{area.x, whole(area.centre_y() - height / 2), area.width, height};
  area.height = 0;
  sheet.write(TextRole::kSmall, sheet.theme().text, label,
              {panel.x, panel.y, panel.width, label_height}, Align::kLeft);
  const Rect box{panel.x, panel.y + label_height + m.grid, panel.width, field};
  pad_field(sheet, screen, whole(box));
  const float top = box.bottom() + m.grid;
  code_keys(sheet, {panel.x, top, panel.width, panel.bottom() - top});
}

/// Label, field and pad, one above the other.
void put_pad(Sheet& sheet, const flow::Staff& screen, Rect& area) {
  const auto& m = sheet.metrics();
  const float touch = staff_target(m);
  const bool has_blocks = !screen.view.blocks.empty();
  const std::string label = bound(sheet.view().texts, screen.view.input->label);
  Rect panel = area;
  const float wanted = whole(std::max(3 * m.target * 1.25F, m.question * 7.5F));
  if (!m.upright && has_blocks) {
    panel.width = std::min(wanted, area.width * 0.45F);
    panel.x = area.right() - panel.width;
  } else {
    panel.width = std::min(wanted * 1.1F, area.width);
    panel.x = whole(area.centre_x() - panel.width / 2);
  }
  const float label_height = height_in(sheet, TextRole::kSmall, label, panel.width);
  // The keys are what is tapped: on a low panel the field gives way.
  const float left_for_field = panel.height - label_height - 2 * m.grid - 4 * touch;
  const float field =
      std::clamp(left_for_field, design::line_height(*sheet.view().fonts.fonts().small) + m.grid,
                 std::max(touch, design::line_height(*sheet.view().fonts.fonts().answer) * 1.6F));
  const float around = label_height + field + 2 * m.grid;
  const float key = std::min(m.target, (panel.height - around) / 4);
  const float height = whole(around + 4 * key);
  const bool stacked = m.upright && has_blocks;
  panel.y = stacked ? area.bottom() - height : whole(area.y + (area.height - height) / 2);
  if (!m.upright && has_blocks) panel.y = area.y;
  panel.height = height;
  if (stacked) {
    area.height = panel.y - area.y - 2 * m.grid;
  } else if (has_blocks) {
    area.width = panel.x - area.x - 2 * m.gap;
  } else {
    area.height = 0;
  }
  sheet.write(TextRole::kSmall, sheet.theme().text, label,
              {panel.x, panel.y, panel.width, label_height}, Align::kLeft);
  const Rect box{panel.x, panel.y + label_height + m.grid, panel.width, field};
  pad_field(sheet, screen, whole(box));
  const float top = box.bottom() + m.grid;
  pad_keys(sheet, {panel.x, top, panel.width, panel.bottom() - top});
}

void put_keyboard(Sheet& sheet, const flow::Staff& screen, Rect& area) {
  const auto& m = sheet.metrics();
  const auto method = screen.draft.method();
  auto keys = letter_keys(sheet, method, screen.keyboard);
  if (m.upright) add_wide_keys(sheet, keys, method, screen.keyboard.symbols);
  lay_keyboard(sheet, keys, area);
  const Input& input = *screen.view.input;
  const std::string label = bound(sheet.view().texts, input.label);
  const std::string left = "còn " + std::to_string(screen.draft.left()) + kNoBreakSpace + "ký tự";
  const float line = design::line_height(*sheet.view().fonts.fonts().least);
  const float counter = design::text_width(*sheet.view().fonts.fonts().least, left) + 2;
  const float words = area.width - counter - m.gap;
  const float label_height = std::max(line, height_in(sheet, TextRole::kSmall, label, words));
  const float least_field = design::line_height(*sheet.view().fonts.fonts().small) + m.grid;
  const float room = std::min(label_height, std::max(line, area.height - least_field - m.grid / 2));
  // Several lines where there is room for them; blocks get the rest.
  const float lines = input.kind == Input::Kind::kWords ? 5 : 1.8F;
  const float free = area.height - room - m.grid / 2;
  const float wanted = std::max(staff_target(m), whole(m.answer * 1.3F * lines));
  const float field = std::min(free, wanted);
  const float top = area.bottom() - field - room - m.grid / 2;
  sheet.write(TextRole::kSmall, sheet.theme().text, label, {area.x, top, words, room},
              Align::kLeft);
  sheet.write(TextRole::kLeast, sheet.theme().muted, left,
              {area.right() - counter, top + room - line, counter, line}, Align::kRight);
  text_field(sheet, whole(Rect{area.x, area.bottom() - field, area.width, field}),
             screen.draft.text(), true);
  area.height = std::max(0.0F, top - area.y - m.grid);
}

/// "Phím: a 7 Enter": what the test has noticed.
std::array<std::string, 2> findings(const flow::Parts& parts) {
  std::string keys = "Phím bấm: ";
  for (const std::string& key : parts.keys) {
    keys += key;
    keys += "   ";
  }
  if (parts.keys.empty()) keys += "chưa có";
  std::string code = "Máy quét: chưa có mã";
  if (parts.scanned != 0) {
    code = "Máy quét: đã nhận mã gồm " + std::to_string(parts.scanned) + kNoBreakSpace + "ký tự";
  }
  return {std::move(keys), std::move(code)};
}

}  // namespace

bool is_on_keyboard(const Input& input) {
  return input.kind == Input::Kind::kLine || input.kind == Input::Kind::kWords;
}

void put_input(Sheet& sheet, const flow::Staff& screen, Rect& area) {
  if (is_on_keyboard(*screen.view.input)) return put_keyboard(sheet, screen, area);
  if (screen.view.input->kind == Input::Kind::kCode) return put_code(sheet, screen, area);
  put_pad(sheet, screen, area);
}

void put_wide_keys(Sheet& sheet, const flow::Staff& screen, std::span<const Rect> cells) {
  const auto put_key = [&](const Rect& cell, std::string_view key, flow::Event event) {
    staff_button(sheet, cell, sheet.text(key), std::move(event), staff::Button::Kind::kPlain);
  };
  put_key(cells[0], screen.keyboard.symbols ? "words.letters" : "words.symbols",
          flow::SymbolsTapped{});
  put_key(cells[1], method_key(screen.draft.method()), flow::MethodTapped{});
  put_key(cells[2], "words.space", flow::CharacterTapped{U' '});
}

void put_parts(Sheet& sheet, const flow::Staff& screen, Rect area) {
  const auto& m = sheet.metrics();
  const auto texts = findings(screen.parts);
  const float line = design::line_height(*sheet.view().fonts.fonts().small);
  const auto write = [&](std::string_view text, design::Colour colour) {
    sheet.write(TextRole::kSmall, colour, text, {area.x, area.y, area.width, line}, Align::kLeft);
    area = {area.x, area.y + line, area.width, area.height - line};
  };
  write(screen.view.input->label, sheet.theme().muted);
  for (const std::string& text : texts) write(text, sheet.theme().text);
  area = {area.x, area.y + m.grid, area.width, area.height - m.grid};
  Item back;
  back.rect = whole(area);
  back.fill = sheet.theme().rule;
  sheet.add(std::move(back));
  constexpr int kLong = 8;
  const auto cells =
      grid(area, flow::kTouchCells, m.upright ? flow::kTouchCells / kLong : kLong, 2, area.height);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool touched = screen.parts.touched[i];
    Item cell;
    cell.rect = cells[i];
    cell.hit = cells[i];
    cell.fill = touched ? sheet.theme().chosen : sheet.theme().surface;
    if (touched) {
      const Rect middle{cells[i].centre_x() - m.icon / 2, cells[i].centre_y() - m.icon / 2, m.icon,
                        m.icon};
      cell.icon = PlacedIcon{Icon::kTick, sheet.theme().on_chosen, whole(middle)};
    } else {
      cell.event = flow::CellTouched{static_cast<int>(i)};
      cell.gesture = Gesture::kPass;
    }
    sheet.add(std::move(cell));
  }
}

}  // namespace hailong::kiosk::screens
