#include "district/scoring/programme.h"

#include <gtest/gtest.h>

#include "program/config.h"
#include "tests/district/sample.h"

namespace hailong::district::scoring {
namespace {

const std::string& sample_text() {
  static const std::string text =
      must(program::read_text_file(HAILONG_SAMPLE_CONFIG "/../programme.toml"));
  return text;
}

Programmes sample() { return must(Programmes::parse(sample_text(), "programme.toml")); }

/// The message for the sample with one text replaced, at its first place after `after`.
std::string mistake(const std::string& after, const std::string& from, const std::string& to) {
  std::string text = sample_text();
  text.replace(text.find(from, text.find(after)), from.size(), to);
  const auto read = Programmes::parse(text, "programme.toml");
  if (read) return "";
  EXPECT_EQ(read.error().fault, core::Fault::kInvalid);
  return read.error().message.substr(read.error().message.find(' ') + 1);
}

TEST(Programme, SampleIsAPlaceholderUntilConfirmed) {
  Programme programme = *sample().for_year(2026);
  EXPECT_EQ(programme.year, 2025);
  EXPECT_FALSE(programme.official());
  EXPECT_NE(programme.sources().find("Ngưỡng tạm"), std::string::npos);
  programme.confirmation = Confirmation{0, "quan-tri", "QĐ 1"};
  EXPECT_TRUE(programme.official());
}

TEST(Programme, IsOfficialOnlyWithAllItsValues) {
  std::string text = sample_text();
  for (std::size_t at = 0; (at = text.find("official = false\n", at)) != std::string::npos;) {
    text.replace(at, 16, "official = true");
  }
  EXPECT_TRUE(must(Programmes::parse(text, "p")).for_year(2026)->official());
  text.replace(text.rfind("official = true", text.find("[[target]]")), 15, "official = false");
  EXPECT_FALSE(must(Programmes::parse(text, "p")).for_year(2026)->official());
}

TEST(Programme, IsReadBackFromItsText) {
  Programme programme = *sample().for_year(2026);
  programme.easy_origin.source = "a \"quoted\" \\ source\nof two lines";
  const Programmes again = must(Programmes::parse(programme.text(), "snapshot"));
  ASSERT_EQ(again.all().size(), 1U);
  EXPECT_EQ(again.all()[0].text(), programme.text());
  EXPECT_EQ(again.all()[0].digest(), programme.digest());
  EXPECT_EQ(again.all()[0].easy_origin.source, programme.easy_origin.source);
}

TEST(Programme, ChangesItsDigestWithAnyValue) {
  const Programme programme = *sample().for_year(2026);
  Programme other = programme;
  other.levels[3].satisfied_percent = 96;
  EXPECT_NE(other.digest(), programme.digest());
  other = programme;
  other.coverage_origin.source = "QĐ 12";
  EXPECT_NE(other.digest(), programme.digest());
  other = programme;
  other.confirmation = Confirmation{1, "quan-tri", "QĐ 1"};
  EXPECT_EQ(other.digest(), programme.digest());
}

TEST(Programmes, HoldUntilALaterOneTakesOver) {
  const std::string first = sample().for_year(2025)->text();
  Programme later = *sample().for_year(2025);
  later.year = 2027;
  later.levels[0].satisfied_percent = 82;
  const Programmes both = must(Programmes::parse(later.text() + first, "p"));
  EXPECT_EQ(both.for_year(2024), nullptr);
  EXPECT_EQ(both.for_year(2026)->levels[0].satisfied_percent, 80);
  EXPECT_EQ(both.for_year(2027)->levels[0].satisfied_percent, 82);
  EXPECT_EQ(both.for_year(2030)->levels[0].satisfied_percent, 82);
  EXPECT_FALSE(Programmes::parse(first + first, "p").has_value());
}

TEST(Programmes, KnowThePlansTargets) {
  const Programmes programmes = sample();
  EXPECT_EQ(programmes.target(2023), nullptr);
  EXPECT_EQ(programmes.target(2024)->level_1_percent, 20);
  EXPECT_EQ(programmes.target(2025)->above_1_percent, 20);
  EXPECT_EQ(programmes.target(2026)->level_4_units, 1);
  EXPECT_EQ(programmes.target(2030)->level_4_units, 5);
  EXPECT_EQ(programmes.target(2031), nullptr);
  EXPECT_TRUE(programmes.target(2030)->origin.official);
}

TEST(Programmes, NameTheKeyOfAMistake) {
  EXPECT_EQ(mistake("[[programme]]", "year = 2025", "year = 1999"),
            "programme.year: expected a whole number from 2000 to 2100");
  EXPECT_EQ(mistake("[[programme.level]]", "satisfied_percent = 85", "satisfied_percent = 80"),
            "programme.level.satisfied_percent: expected more than the level below asks for");
  EXPECT_EQ(mistake("= 85", "needs_coverage = true", "needs_coverage = false"),
            "programme.level.needs_coverage: expected true, as the level below needs it");
  EXPECT_EQ(mistake("= 95", "95", "100"),
            "programme.level.satisfied_percent: expected a whole number from 1 to 99");
  EXPECT_EQ(mistake("[programme.points]", "official = false\n", ""),
            "programme.points.official: missing; expected true or false");
  EXPECT_EQ(mistake("[programme.easy]", "source", "origin"),
            "programme.easy.source: missing; expected a text in quotes");
  EXPECT_EQ(mistake("first_year = 2025", "2025", "2024"),
            "target: expected one [[target]] for each year");
  EXPECT_FALSE(Programmes::parse("", "p").has_value());
}

}  // namespace
}  // namespace hailong::district::scoring
