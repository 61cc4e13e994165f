#include "core/phone.h"

#include <gtest/gtest.h>

#include "tests/property.h"

namespace hailong::core {
namespace {

std::string phone(std::string_view text) { return vietnamese_phone(text).value_or("refused"); }

TEST(Phone, BringsOneNumberIntoOneForm) {
  for (const char* text :
       {"0912345678", "0912 345 678", "0912.345.678", "0912-345-678", " (0912) 345 678 ",
        "+84912345678", "+84 912 345 678", "84912345678", "(+84) 0912345678", "0084912345678"}) {
    EXPECT_EQ(phone(text), "0912345678") << text;
  }
}

TEST(Phone, KnowsTheMobileNetworks) {
  for (const char* network : {"032", "039", "052", "055", "056", "058", "059", "070", "076", "079",
                              "081", "086", "089", "090", "096", "099"}) {
    EXPECT_EQ(phone(network + std::string("1234567")), network + std::string("1234567"));
  }
  for (const char* network : {"030", "031", "050", "051", "053", "054", "057", "071", "075", "080",
                              "040", "060", "010", "012", "016"}) {
    EXPECT_EQ(phone(network + std::string("1234567")), "refused") << network;
  }
}

TEST(Phone, KnowsTheAreaCodes) {
  EXPECT_EQ(phone("0220 3567 890"), "02203567890");     // Hải Dương
  EXPECT_EQ(phone("(0225) 3 567 890"), "02253567890");  // Hải Phòng
  EXPECT_EQ(phone("+84 24 3567 8901"), "02435678901");  // Hà Nội
  EXPECT_EQ(phone("028 3567 8901"), "02835678901");     // Hồ Chí Minh
  EXPECT_EQ(phone("0299 3567 890"), "02993567890");     // Sóc Trăng
  for (const char* code : {"0201", "0217", "0223", "0230", "0253", "0264", "0278", "0295"}) {
    EXPECT_EQ(phone(code + std::string("3567890")), "refused") << code;
  }
}

TEST(Phone, RefusesEverythingElse) {
  for (const char* text : {"",
                           "0",
                           "+",
                           "+84",
                           "84",
                           "113",
                           "19001234",
                           "1900123456",
                           "18001234",
                           "091234567",
                           "09123456789",
                           "01201234567",
                           "03203567890",
                           "0220356789",
                           "022035678901",
                           "+1 202 555 0100",
                           "0912+345678",
                           "0912345678a",
                           "0912/345678",
                           "912345678",
                           "+0912345678",
                           "không có",
                           "09\x31\x32\xFF"}) {
    EXPECT_EQ(phone(text), "refused") << text;
  }
}

TEST(Phone, TakesAnyBytesAndItsOwnAnswers) {
  HAILONG_PROPERTY("a number found is found again", [](const std::string& bytes) {
    const auto found = vietnamese_phone(bytes);
    if (found) RC_ASSERT(vietnamese_phone(*found) == found);
  });
  HAILONG_PROPERTY("digits in any grouping", [] {
    std::string text = "09";
    std::string plain = "09";
    for (int i = 0; i < 8; ++i) {
      const char digit = *rc::gen::inRange('0', static_cast<char>('9' + 1));
      text += *rc::gen::elementOf(std::vector<std::string>{"", " ", ".", "-", " - "});
      text += digit;
      plain += digit;
    }
    RC_ASSERT(vietnamese_phone(text) == plain);
  });
}

TEST(Phone, IsFoundInWordsInEverySpelling) {
  for (const char* text :
       {"gọi 0912345678 nhé", "ĐT:0912.345.678", "+84 912 345 678", "84912345678",
        "(+84)0912345678", "0084-912-345-678", "0 9 1 2 3 4 5 6 7 8", "912 345 678",
        "０９１２３４５６７８", "09123\n45678", "0987654321 / 0912345678", "0912–345–678",
        "số0912345678ạ"}) {
    EXPECT_TRUE(holds_phone(text, "0912345678")) << text;
  }
}

TEST(Phone, IsNotFoundInOtherNumbers) {
  for (const char* text : {"", "0912345679", "10912345678", "09123456780", "0912 345 67",
                           "0912 rồi 345 rồi 678", "091234     5678", "H24-240912-345678"}) {
    EXPECT_FALSE(holds_phone(text, "0912345678")) << text;
  }
  EXPECT_TRUE(holds_phone("bàn 0220 3567 890", "02203567890"));
}

}  // namespace
}  // namespace hailong::core
