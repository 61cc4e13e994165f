#include "core/dossier_code.h"

#include <gtest/gtest.h>

#include "tests/property.h"

namespace hailong::core {
namespace {

const LocalDate kToday = parse_date("2026-11-24").value();

std::string code_in(std::string_view scanned) {
  return dossier_code_in(scanned, kToday).value_or("none");
}

TEST(DossierCode, ReadsTheBareCode) {
  EXPECT_EQ(code_in("000.00.01.H23-240814-0001"), "000.00.01.H23-240814-0001");
  EXPECT_EQ(code_in("H15.50.05.13-261008-0975"), "H15.50.05.13-261008-0975");
  EXPECT_EQ(code_in("H24-261008-0975123"), "H24-261008-0975123");
  EXPECT_EQ(code_in("H24.31.107.05.001-261008-0975"), "H24.31.107.05.001-261008-0975");
  EXPECT_EQ(code_in("  h15.50-261008-0975\r\n"), "H15.50-261008-0975");
  EXPECT_EQ(code_in("000.00.01. H23 - 240814 - 0001"), "000.00.01.H23-240814-0001");
}

TEST(DossierCode, FindsTheCodeInAnAddress) {
  for (const char* address :
       {"https://dichvucong.haiduong.gov.vn/tra-cuu?mahoso=000.00.01.H23-240814-0001&x=1",
        "https://dichvucong.haiduong.gov.vn/hs/000.00.01.H23-240814-0001",
        "https://dichvucong.haiduong.gov.vn/hs/000.00.01.H23-240814-0001/xem#a",
        "https://x.vn/?q=000%2E00.01.H23%2D240814%2d0001",
        "https://x.vn/?u=https%253A%252F%252Fy.vn%252F000.00.01.H23%252D240814-0001",
        "https://x.vn/?q=000.00.01.h23+-+240814+-+0001", "Mã hồ sơ: 000.00.01.H23-240814-0001.",
        "ma ho so 000.00.01.H23-240814-0001 ngay 14/8"}) {
    EXPECT_EQ(code_in(address), "000.00.01.H23-240814-0001") << address;
  }
}

TEST(DossierCode, TakesTheFirstOfTwo) {
  EXPECT_EQ(code_in("H23-240814-0001 H23-240814-0002"), "H23-240814-0001");
}

TEST(DossierCode, RefusesWhatOnlyLooksLikeOne) {
  for (const char* text : {"",
                           "%",
                           "%%%2",
                           "https://x.vn",
                           "8934567890123",
                           "00352112000539",
                           "034567890123",
                           "H23-240814-001",
                           "H23-240814-00012345",
                           "H2-240814-0001",
                           "AH23-240814-0001",
                           "1H23-240814-0001",
                           "00.01.H23-240814-0001",
                           "000.00.H23-240814-0001",
                           "H23.1-240814-0001",
                           "H23.50.05.13.07.09-240814-0001",
                           "H23-240814-0001-2",
                           "H23-240814-0001A",
                           "H23_240814_0001",
                           "H23-2408140001"}) {
    EXPECT_EQ(code_in(text), "none") << text;
  }
}

TEST(DossierCode, WantsARealDayThatHasCome) {
  EXPECT_EQ(code_in("H23-240230-0001"), "none");
  EXPECT_EQ(code_in("H23-241301-0001"), "none");
  EXPECT_EQ(code_in("H23-240229-0001"), "H23-240229-0001");
  EXPECT_EQ(code_in("H23-261124-0001"), "H23-261124-0001");
  EXPECT_EQ(code_in("H23-261125-0001"), "H23-261125-0001");  // tomorrow
  EXPECT_EQ(code_in("H23-261126-0001"), "none");
}

TEST(DossierCode, BelievesTheSlipMoreThanAClockThatMayBeWrong) {
  EXPECT_EQ(dossier_code_in("H23-261126-0001", std::nullopt), "H23-261126-0001");
  EXPECT_EQ(dossier_code_in("H23-261326-0001", std::nullopt), std::nullopt);
}

TEST(DossierCode, TakesAnyBytesAndItsOwnAnswers) {
  HAILONG_PROPERTY("a code found is found again", [] {
    const auto noise = rc::gen::container<std::string>(rc::gen::oneOf(
        rc::gen::elementOf(std::string("H23.-%+ 0123456789:/?&=")), rc::gen::arbitrary<char>()));
    const std::string before = *noise;
    const std::string after = *noise;
    const auto found = dossier_code_in(before + "/H23-240814-0001&" + after, kToday);
    RC_ASSERT(found.has_value());
    RC_ASSERT(dossier_code_in(*found, kToday) == found);
    (void)dossier_code_in(before, kToday);
  });
}

TEST(DossierKey, DependsOnTheCodeAndTheSecret) {
  Bytes32 secret{};
  Bytes32 other{};
  other[0] = 1;
  const std::string code = "000.00.01.H23-240814-0001";
  EXPECT_EQ(dossier_key(secret, code), dossier_key(secret, code));
  EXPECT_NE(dossier_key(secret, code), dossier_key(other, code));
  EXPECT_NE(dossier_key(secret, code), dossier_key(secret, "000.00.01.H23-240814-0002"));
}

TEST(DossierKey, IsBlake2bAsWrittenDown) {
  Bytes32 secret{};
  for (std::size_t i = 0; i < secret.size(); ++i) secret[i] = static_cast<std::uint8_t>(i);
  EXPECT_EQ(to_hex(dossier_key(secret, "000.00.01.H23-240814-0001")),
            "fa029a6dc9450938207db47aa5def8f168d9c12babdc9b4380596ff201dc7d7c");
}

TEST(MaskedDossier, ShowsOnlyTheEnd) {
  EXPECT_EQ(masked_dossier("000.00.01.H23-240814-0001"), "…-0001");
  EXPECT_EQ(masked_dossier("H24-261008-0975123"), "…5123");
  EXPECT_EQ(masked_dossier("12"), "…12");
  EXPECT_EQ(masked_dossier(""), "…");
}

}  // namespace
}  // namespace hailong::core
