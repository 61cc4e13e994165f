#include "core/folding.h"

#include <gtest/gtest.h>

#include "tests/property.h"

namespace hailong::core {
namespace {

bool finds(std::string_view query, std::string_view text) {
  return matches(fold(text), fold(query));
}

TEST(Fold, LeavesOnlyPlainLetters) {
  EXPECT_EQ(fold("Đăng ký KHAI SINH"), "dang ky khai sinh");
  EXPECT_EQ(fold("ẮẶẦẪĐƠƯỜỮỲỴ"), "aaaadououyy");
  EXPECT_EQ(fold("tie\xCC\x82\xCC\x81ng Vie\xCC\xA3\xCC\x82t"), "tieng viet");
  EXPECT_EQ(fold("\t Chứng \n\u00A0 thực  "), "chung thuc");
  EXPECT_EQ(fold("Số 12/2024, bản sao."), "so 12/2024, ban sao.");
  EXPECT_EQ(fold(" \xCC\x81 "), "");
  EXPECT_EQ(fold(""), "");
  EXPECT_EQ(fold("a\xFF"), "a\xEF\xBF\xBD");
}

TEST(Fold, IsTheSameForComposedAndDecomposedText) {
  EXPECT_EQ(fold("ộ"), fold("o\xCC\xA3\xCC\x82"));
  EXPECT_EQ(fold("ộ"), fold("o\xCC\x82\xCC\xA3"));
}

TEST(Fold, TakesAnyBytes) {
  HAILONG_PROPERTY("folding and composing commute, and folding twice is folding",
                   [](const std::string& bytes) {
                     const std::string folded = fold(bytes);
                     RC_ASSERT(fold(folded) == folded);
                     RC_ASSERT(fold(to_nfc(bytes)) == folded);
                     RC_ASSERT(folded.find("  ") == std::string::npos);
                   });
}

TEST(Matches, FindsWordsByTheirBeginnings) {
  EXPECT_TRUE(finds("khai sinh", "Đăng ký khai sinh"));
  EXPECT_TRUE(finds("sinh khai", "Đăng ký khai sinh"));
  EXPECT_TRUE(finds("KHAI si", "Đăng ký khai sinh"));
  EXPECT_TRUE(finds("chung thuc", "Chứng thực bản sao từ bản chính"));
  EXPECT_TRUE(finds("chứng thực", "chung thuc"));
  EXPECT_TRUE(finds("ban", "Chứng thực (bản sao)"));
  EXPECT_TRUE(finds("(bản,", "Chứng thực bản sao"));
  EXPECT_TRUE(finds("1.001193", "1.001193 Đăng ký khai sinh"));
  EXPECT_TRUE(finds("d k", "Đăng ký khai sinh"));
}

TEST(Matches, DoesNotGuess) {
  EXPECT_FALSE(finds("dk ks", "Đăng ký khai sinh"));
  EXPECT_FALSE(finds("inh", "Đăng ký khai sinh"));
  EXPECT_FALSE(finds("khai tử", "Đăng ký khai sinh"));
  EXPECT_FALSE(finds("khai", ""));
}

TEST(Matches, FindsEverythingForAnEmptyQuery) {
  EXPECT_TRUE(finds("", "Đăng ký khai sinh"));
  EXPECT_TRUE(finds(" - ", "Đăng ký khai sinh"));
  EXPECT_TRUE(finds("", ""));
}

}  // namespace
}  // namespace hailong::core
