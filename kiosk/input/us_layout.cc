#include "kiosk/input/us_layout.h"

#include <SDL_scancode.h>

#include <cstddef>
#include <string_view>

namespace hailong::kiosk::input {
namespace {

/// Keys that follow one another in SDL's (that is USB's) numbering, from `first` on. A blank is no
/// character.
struct Row {
  int first;
  std::string_view plain;
  std::string_view shifted;
};

constexpr Row kRows[] = {
    {SDL_SCANCODE_A, "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    {SDL_SCANCODE_1, "1234567890", "!@#$%^&*()"},
    {SDL_SCANCODE_MINUS, "-=[]\\", "_+{}|"},
    {SDL_SCANCODE_SEMICOLON, ";'`,./", ":\"~<>?"},
    {SDL_SCANCODE_KP_DIVIDE, "/*-+ 1234567890.", "/*-+ 1234567890."},  // ' ' is KP_ENTER
};

}  // namespace

char us_character(int scancode, bool shift) {
  if (scancode == SDL_SCANCODE_SPACE) return ' ';
  for (const Row& row : kRows) {
    const auto place = static_cast<std::size_t>(scancode - row.first);
    if (scancode < row.first || place >= row.plain.size()) continue;
    const char character = shift ? row.shifted[place] : row.plain[place];
    return character == ' ' ? '\0' : character;
  }
  return '\0';
}

bool is_on_keypad(int scancode) {
  return scancode >= SDL_SCANCODE_KP_DIVIDE && scancode <= SDL_SCANCODE_KP_PERIOD;
}

}  // namespace hailong::kiosk::input
