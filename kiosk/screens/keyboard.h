#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/screens/sheet.h"

/// The keyboard on the screen; for this folder's .cc files only. Its keys touch each other, so that
/// each gets 20 mm on the smallest panel: ten columns over the full width of a lying one, fewer on
/// an upright one.

namespace hailong::kiosk::screens {

/// One key: what stands on it and what it does.
struct Key {
  std::string label;
  flow::Event event;
  std::string spoken;  // text key; empty for letters
  std::optional<design::Icon> icon;
  bool chosen = false;
  int span = 1;  // columns
};

/// Letters, digits or signs for a way of typing, with the keys that erase and make capitals.
std::vector<Key> letter_keys(const Sheet& sheet, core::TypingMethod method,
                             const flow::Keyboard& keyboard);

/// Small letters without marks, for looking things up.
std::vector<Key> plain_keys(const Texts& texts);

/// Digits in three columns, as on a phone.
std::vector<Key> digit_keys();

/// What a page with letters also needs, for an upright panel, whose footer has no room for it.
/// `symbols`: whether signs are shown; nothing: no such key.
void add_wide_keys(const Sheet& sheet, std::vector<Key>& keys, core::TypingMethod method,
                   std::optional<bool> symbols);

/// What is being written, with a cursor; of a long text, the end.
void text_field(Sheet& sheet, const Rect& rect, const std::string& text, bool active);

/// One key into `cell`, which takes the finger as a whole.
void lay_key(Sheet& sheet, const Key& key, const Rect& cell);

/// Lays keys into the bottom of `area`, from edge to edge of the window, and cuts them off it.
void lay_keyboard(Sheet& sheet, const std::vector<Key>& keys, Rect& area);

/// Lays twelve keys into `area`: as on a phone, or in two rows where that is too high.
void lay_number_pad(Sheet& sheet, const std::vector<Key>& keys, const Rect& area);

/// Key of the name of a way of typing.
std::string_view method_key(core::TypingMethod method);

}  // namespace hailong::kiosk::screens
