#include "kiosk/screens/keyboard.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/text.h"

namespace hailong::kiosk::screens {
namespace {

using design::Icon;
using design::Skin;

/// The flow makes the capital; the key only shows it.
void append(std::vector<Key>& keys, std::u32string_view characters, bool capitals = false) {
  for (const char32_t c : characters) {
    const char32_t shown = capitals ? core::capital(c) : c;
    keys.push_back({core::utf8({&shown, 1}), flow::CharacterTapped{c}, {}, {}, false, 1});
  }
}

void append_tones(std::vector<Key>& keys, const Texts& texts) {
  const auto add = [&](core::Tone tone, const char* key) {
    keys.push_back({texts[key], flow::ToneTapped{tone}, key, {}, false, 1});
  };
  add(core::Tone::kAcute, "words.tone_acute");
  add(core::Tone::kGrave, "words.tone_grave");
  add(core::Tone::kHook, "words.tone_hook");
  add(core::Tone::kTilde, "words.tone_tilde");
  add(core::Tone::kDot, "words.tone_dot");
}

void append_erase(std::vector<Key>& keys) {
  keys.push_back({"", flow::EraseTapped{}, "words.erase", Icon::kBackspace, false, 1});
}

void append_capitals(std::vector<Key>& keys, bool on) {
  keys.push_back({"", flow::CapitalsTapped{}, "words.capitals", Icon::kShift, on, 1});
}

Key space_key(const Texts& texts, int span) {
  return {texts["words.space"], flow::CharacterTapped{U' '}, "words.space", {}, false, span};
}

int columns_of(const design::Metrics& m) {
  constexpr int kMost = 10;
  return std::clamp(static_cast<int>(static_cast<float>(m.window.width) / m.target), 3, kMost);
}

int cells_of(const std::vector<Key>& keys) {
  int cells = 0;
  for (const Key& key : keys) cells += key.span;
  return cells;
}

}  // namespace

void text_field(Sheet& sheet, const Rect& rect, const std::string& text, bool active) {
  const auto& m = sheet.metrics();
  Item box;
  box.rect = rect;
  box.skin = Skin::kField;
  box.chosen = active;
  const float pad = std::min(m.grid, rect.height * 0.08F);
  const Rect inside{rect.x + 2 * m.grid, rect.y + pad, rect.width - 4 * m.grid,
                    rect.height - 2 * pad};
  box.texts.push_back(design::set_tail(sheet.view().fonts.fonts(), TextRole::kAnswer,
                                       active ? sheet.theme().text : sheet.theme().muted,
                                       text + (active ? "|" : ""), inside));
  sheet.add(std::move(box));
}

void lay_key(Sheet& sheet, const Key& key, const Rect& cell) {
  const auto& m = sheet.metrics();
  Item item;
  item.rect = cell.inset(std::max(2.0F, std::floor(m.grid / 3)));
  item.hit = cell;
  item.skin = Skin::kKey;
  item.chosen = key.chosen;
  item.event = key.event;
  item.spoken = key.spoken;
  const design::Colour colour = key.chosen ? sheet.theme().on_chosen : sheet.theme().text;
  if (key.icon) {
    item.icon = PlacedIcon{
        *key.icon, colour,
        whole(Rect{cell.centre_x() - m.icon / 2, cell.centre_y() - m.icon / 2, m.icon, m.icon})};
  } else {
    item.texts.push_back(sheet.fitted(TextRole::kAnswer, colour, key.label, item.rect.inset(2)));
  }
  sheet.add(std::move(item));
}

std::vector<Key> letter_keys(const Sheet& sheet, core::TypingMethod method,
                             const flow::Keyboard& keyboard) {
  std::vector<Key> keys;
  const Texts& texts = sheet.view().texts;
  const bool capitals = keyboard.capitals;
  // An upright panel has fewer columns; there, signs are on the other board only.
  const bool signs = !sheet.metrics().upright;
  if (keyboard.symbols) {
    append(keys, U"1234567890.,?:;-/()@!\"'%+&_#*");
    append_erase(keys);
  } else if (method == core::TypingMethod::kLetters) {
    append(keys, U"aăâbcdđeêghiklmnoôơpqrstuưvxy", capitals);
    append_erase(keys);
    append_capitals(keys, capitals);
    append_tones(keys, texts);
    if (signs) append(keys, U".,?-");
  } else {
    if (method == core::TypingMethod::kVni) append(keys, U"1234567890");
    append(keys, U"qwertyuiopasdfghjkl", capitals);
    append_erase(keys);
    append_capitals(keys, capitals);
    append(keys, U"zxcvbnm", capitals);
    if (signs) append(keys, U".,");
  }
  return keys;
}

std::vector<Key> plain_keys(const Texts& texts) {
  std::vector<Key> keys;
  append(keys, U"qwertyuiopasdfghjkl");
  append_erase(keys);
  append(keys, U"zxcvbnm");
  keys.push_back(space_key(texts, 3));
  return keys;
}

std::vector<Key> digit_keys() {
  std::vector<Key> keys;
  append(keys, U"123456789+0");
  append_erase(keys);
  return keys;
}

void add_wide_keys(const Sheet& sheet, std::vector<Key>& keys, core::TypingMethod method,
                   std::optional<bool> symbols) {
  const Texts& texts = sheet.view().texts;
  if (symbols && (*symbols || method != core::TypingMethod::kVni)) {
    const char* key = *symbols ? "words.letters" : "words.symbols";
    keys.push_back({texts[key], flow::SymbolsTapped{}, key, {}, false, 1});
  }
  const std::string name(method_key(method));
  keys.push_back({texts[name], flow::MethodTapped{}, name, {}, false, 1});
  const int columns = columns_of(sheet.metrics());
  keys.push_back(space_key(texts, columns - cells_of(keys) % columns));
}

void lay_keyboard(Sheet& sheet, const std::vector<Key>& keys, Rect& area) {
  const auto& m = sheet.metrics();
  const auto width = static_cast<float>(m.window.width);
  const int columns = columns_of(m);
  const int rows = (cells_of(keys) + columns - 1) / columns;
  const float top = area.bottom() - m.target * static_cast<float>(rows);
  const auto x_of = [&](int column) {
    return whole(width * static_cast<float>(column) / static_cast<float>(columns));
  };
  int at = 0;
  for (const Key& key : keys) {
    const int column = at % columns;
    const int end = std::min(column + key.span, columns);
    const int row = at / columns;
    const float y = top + m.target * static_cast<float>(row);
    lay_key(sheet, key, {x_of(column), y, x_of(end) - x_of(column), m.target});
    at += end - column;
  }
  area.height = top - area.y - m.grid;
}

void lay_number_pad(Sheet& sheet, const std::vector<Key>& keys, const Rect& area) {
  const int count = static_cast<int>(keys.size());
  const bool tall = area.height >= 4 * sheet.metrics().target;
  const auto cells = grid(area, count, tall ? 3 : count / 2, 0, area.height);
  for (std::size_t i = 0; i < keys.size(); ++i) lay_key(sheet, keys[i], cells[i]);
}

std::string_view method_key(core::TypingMethod method) {
  switch (method) {
    case core::TypingMethod::kTelex:
      return "words.method_telex";
    case core::TypingMethod::kVni:
      return "words.method_vni";
    case core::TypingMethod::kLetters:
      break;
  }
  return "words.method_letters";
}

}  // namespace hailong::kiosk::screens
