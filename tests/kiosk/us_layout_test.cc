#include "kiosk/input/us_layout.h"

#include <SDL_scancode.h>
#include <gtest/gtest.h>

#include <set>

namespace hailong::kiosk::input {
namespace {

TEST(UsLayout, HasEveryPrintableCharacterOnceOffTheKeypad) {
  std::multiset<char> characters;
  for (int code = 0; code < SDL_NUM_SCANCODES; ++code) {
    if (is_on_keypad(code)) continue;
    for (const bool shift : {false, true}) {
      if (const char character = us_character(code, shift)) characters.insert(character);
    }
  }
  for (char character = '!'; character <= '~'; ++character) {
    EXPECT_EQ(characters.count(character), 1U) << character;
  }
  EXPECT_EQ(characters.count(' '), 2U);  // with and without shift
  EXPECT_EQ(characters.size(), 94U + 2U);
}

TEST(UsLayout, HasDigitsAndSignsOnTheKeypad) {
  EXPECT_EQ(us_character(SDL_SCANCODE_KP_0, false), '0');
  EXPECT_EQ(us_character(SDL_SCANCODE_KP_9, true), '9');
  EXPECT_EQ(us_character(SDL_SCANCODE_KP_PLUS, false), '+');
  EXPECT_EQ(us_character(SDL_SCANCODE_KP_PERIOD, false), '.');
  EXPECT_EQ(us_character(SDL_SCANCODE_KP_ENTER, false), '\0');
  EXPECT_TRUE(is_on_keypad(SDL_SCANCODE_KP_5));
  EXPECT_FALSE(is_on_keypad(SDL_SCANCODE_5));
}

TEST(UsLayout, HasNoCharacterForOtherKeys) {
  for (const int code :
       {-1, 0, int{SDL_SCANCODE_RETURN}, int{SDL_SCANCODE_F1}, int{SDL_SCANCODE_LSHIFT}, 100'000}) {
    EXPECT_EQ(us_character(code, false), '\0') << code;
  }
}

}  // namespace
}  // namespace hailong::kiosk::input
