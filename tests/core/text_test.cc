#include "core/text.h"

#include <gtest/gtest.h>

#include "tests/property.h"

namespace hailong::core {
namespace {

using namespace std::string_view_literals;

TEST(Text, ReplacesEveryByteThatIsNoCharacter) {
  EXPECT_EQ(code_points("a\xFFz"), U"a\uFFFDz");
  EXPECT_EQ(code_points("\xE1\xBB"), U"\uFFFD\uFFFD");  // cut off
  EXPECT_EQ(code_points("\xC0\xAF"), U"\uFFFD\uFFFD");  // overlong '/'
  EXPECT_EQ(code_points("\xED\xA0\x80").size(), 3U);    // a surrogate
  EXPECT_EQ(code_points(std::string_view("\0b", 2)), std::u32string(U"\0b", 2));
  EXPECT_EQ(utf8(std::u32string(1, static_cast<char32_t>(0xD800))), "\xEF\xBF\xBD");
  EXPECT_EQ(utf8(std::u32string(1, static_cast<char32_t>(0x110000))), "\xEF\xBF\xBD");
}

TEST(Text, ComposesWhatLooksAlike) {
  EXPECT_EQ(to_nfc("tie\xCC\x82\xCC\x81ng"), "tiếng");
  EXPECT_EQ(to_nfc("tie\xCC\x81\xCC\x82ng"), "ti\xC3\xA9\xCC\x82ng");  // another order looks other
  EXPECT_EQ(to_nfc("a\xCC\xA3\xCC\x82"), "ậ");
  EXPECT_EQ(to_nfc("đường"), "đường");
  EXPECT_EQ(to_nfc(""), "");
  EXPECT_EQ(to_nfc("\xFF"), "\xEF\xBF\xBD");
  EXPECT_EQ(to_nfc(std::u32string_view(U"a\u0301")), U"á");
}

TEST(Text, CountsAndCutsWhatPeopleSee) {
  EXPECT_EQ(characters(U""), 0);
  EXPECT_EQ(characters(U"đường"), 5);
  EXPECT_EQ(characters(U"a\u0323\u0302"), 1);
  EXPECT_EQ(characters(U"👩‍👧x"), 2);
  EXPECT_EQ(without_last_character(U"xa\u0323\u0302"), U"x");
  EXPECT_EQ(without_last_character(U"đ"), U"");
  EXPECT_EQ(without_last_character(U""), U"");
}

TEST(Text, TellsSpacesWordsAndTheUnwritableApart) {
  for (const char32_t c : U" \t\n\r\u00A0\u2009\u3000"sv) EXPECT_TRUE(is_white_space(c));
  for (const char32_t c : U"a,\u200B"sv) EXPECT_FALSE(is_white_space(c));
  for (const char32_t c : U"aZ9đỆ\u0301я"sv) EXPECT_TRUE(belongs_to_word(c));
  for (const char32_t c : U" .,@-“”…\n"sv) EXPECT_FALSE(belongs_to_word(c));
  for (const char32_t c : U"a \n“₫"sv) EXPECT_TRUE(can_be_written(c));
  for (const char32_t c : U"\t\r\x7F\u202E\u200B\uFFFF"sv) EXPECT_FALSE(can_be_written(c));
}

TEST(Text, TakesAnyBytes) {
  HAILONG_PROPERTY("what comes out is valid, composed and stays so", [](const std::string& bytes) {
    const std::string once = to_nfc(bytes);
    RC_ASSERT(to_nfc(once) == once);
    RC_ASSERT(utf8(code_points(once)) == once);
    RC_ASSERT(characters(code_points(once)) >= (once.empty() ? 0 : 1));
  });
}

TEST(Text, KnowsTheCapitalOfEveryLetterOfTheKeyboard) {
  constexpr std::u32string_view kSmall = U"azăâđêôơư";
  constexpr std::u32string_view kCapital = U"AZĂÂĐÊÔƠƯ";
  for (std::size_t i = 0; i < kSmall.size(); ++i) EXPECT_EQ(capital(kSmall[i]), kCapital[i]);
  for (const char32_t c : U"1.,? A") EXPECT_EQ(capital(c), c);
}

}  // namespace
}  // namespace hailong::core
