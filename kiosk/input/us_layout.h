#pragma once

namespace hailong::kiosk::input {

/// What a key gives on an American keyboard, by its place (SDL's scan code): printable ASCII, or 0
/// for every other key. The keypad gives its digits and signs whatever Num Lock says.
///
/// Scanners send the places of an American keyboard. The layout of the system must not come
/// between: on a Vietnamese one the top row would turn digits into letters with marks.
char us_character(int scancode, bool shift);

/// Whether the key belongs to the keypad.
bool is_on_keypad(int scancode);

}  // namespace hailong::kiosk::input
