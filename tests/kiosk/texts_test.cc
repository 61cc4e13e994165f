#include "kiosk/texts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <string>

#include "core/resident_texts.h"
#include "core/text.h"
#include "kiosk/choice_words.h"
#include "program/config.h"
#include "tests/kiosk/stage.h"
#include "tests/temp_folder.h"

namespace hailong::tests {
namespace {

using kiosk::glue_compounds;
using kiosk::read_texts;

TEST(Texts, HaveTheOfficialAnswers) {
  const auto texts = read_texts(HAILONG_ASSETS "/vi", full_survey());
  ASSERT_TRUE(texts) << texts.error().message;
  EXPECT_EQ((*texts)["scale.score_1"], "Rất không hài\u00A0lòng");
  EXPECT_EQ((*texts)["scale.score_2"], "Không hài\u00A0lòng");
  EXPECT_EQ((*texts)["scale.score_3"], "Bình thường");
  EXPECT_EQ((*texts)["scale.score_4"], "Hài\u00A0lòng");
  EXPECT_EQ((*texts)["scale.score_5"], "Rất hài\u00A0lòng");
}

TEST(Texts, SpeakKindlyInEveryLanguage) {
  for (const char* language : {"/vi", "/en"}) {
    const auto texts = read_texts(std::string(HAILONG_ASSETS) + language, full_survey());
    ASSERT_TRUE(texts) << texts.error().message;
    for (const std::string_view text : texts->all()) {
      EXPECT_FALSE(text.empty());
      EXPECT_EQ(text.find('!'), std::string_view::npos) << text;
    }
  }
}

TEST(Texts, HaveTheSameKeysInEveryLanguage) {
  EXPECT_EQ(must(read_texts(HAILONG_ASSETS "/vi", full_survey())).keys(),
            must(read_texts(HAILONG_ASSETS "/en", full_survey())).keys());
}

/// By which the district refuses texts of a bundle that no screen has room for.
TEST(Texts, AreAsLongAsOnesFromAboveMayBe) {
  const auto vietnamese = must(read_texts(HAILONG_ASSETS "/vi", full_survey()));
  const auto english = must(read_texts(HAILONG_ASSETS "/en", full_survey()));
  const auto longest = [&](const std::string& key) {
    return std::max(core::code_points(vietnamese[key]).size(),
                    core::code_points(english[key]).size());
  };
  for (const std::string& key : core::screen_text_keys()) {
    EXPECT_EQ(core::most_characters(key), longest(key)) << key << ": mend core/resident_texts.cc";
  }
  std::map<std::string, std::size_t> sections;
  for (const std::string& key : core::text_keys_of(full_survey())) {
    std::size_t& most = sections[key.substr(0, key.find('.'))];
    most = std::max(most, longest(key));
    EXPECT_GE(core::most_characters(key), longest(key)) << key;
  }
  for (const auto& [section, most] : sections) {
    EXPECT_EQ(core::most_characters(section + ".new"), most) << section;
  }
}

TEST(Texts, SayWhatAResidentChose) {
  const auto texts = must(read_texts(HAILONG_ASSETS "/vi", full_survey()));
  const auto words = [&](const char* question, const char* choice) {
    return kiosk::choice_words(texts, question, choice);
  };
  EXPECT_EQ(words("reasons", "long-wait"), "Chờ lâu");
  EXPECT_EQ(words("purpose", "result"), texts["purposes.result"]);
  EXPECT_EQ(words("tt01-1", "0").substr(0, words("tt01-1", "0").find(':')),
            texts["questions.tt01-1"]);
  EXPECT_TRUE(words("sipas-polite", "4").ends_with(texts["scale.score_4"]));
  EXPECT_TRUE(words("extra-payment", "yes").starts_with(texts["extra_payment.title"]));
  EXPECT_EQ(words("assisted", "yes"), texts["more.assisted"]);
  EXPECT_EQ(words("reasons", "of-another-year"), "of-another-year");
}

TEST(Texts, TakeANumberOrAName) {
  const auto texts = must(read_texts(HAILONG_ASSETS "/en", full_survey()));
  EXPECT_EQ(texts.with("buttons.time_left", "7"), "7 seconds left");
}

TEST(Texts, GlueCompounds) {
  EXPECT_EQ(glue_compounds("Ông hài lòng thế nào, hài lòng không", "hài lòng\nthế nào\n"),
            "Ông hài\u00A0lòng thế\u00A0nào, hài\u00A0lòng không");
  EXPECT_EQ(glue_compounds("không có gì", ""), "không có gì");
}

/// A copy of the texts with one thing changed.
class BrokenTexts : public testing::Test {
 protected:
  std::string complaint(const std::string& what, const std::string& with) {
    auto text = program::read_text_file(HAILONG_ASSETS "/vi/texts.toml").value();
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos);
    text.replace(at, what.size(), with);
    std::ofstream(folder_.path() / "texts.toml") << text;
    std::ofstream(folder_.path() / "compounds.txt") << "hài lòng\n";
    const auto texts = read_texts(folder_.path(), full_survey());
    return texts ? "" : texts.error().message;
  }

  TempFolder folder_;
};

TEST_F(BrokenTexts, AreRefused) {
  EXPECT_NE(complaint("keep =", "kept =").find("question.keep: missing"), std::string::npos);
  EXPECT_NE(complaint("[scale]\nscore_1", "[scale]\nscore_6 = \"Tuyệt vời\"\nscore_1")
                .find("unknown key"),
            std::string::npos);
  EXPECT_NE(complaint("[sorry]", "[sorry]\nscore_6 = \"Tuyệt vời\"").find("unknown key"),
            std::string::npos);
  EXPECT_NE(complaint("long-wait =", "longer-wait =").find("reasons.long-wait: missing"),
            std::string::npos);
  EXPECT_NE(complaint("Giữ nguyên", "Giữ {}").find("question.keep: expected"), std::string::npos);
  EXPECT_NE(complaint("sau {} giây", "sau giây").find("thanks.countdown: expected"),
            std::string::npos);
  EXPECT_NE(complaint("sau {} giây", "sau {} {} giây").find("thanks.countdown: expected"),
            std::string::npos);
}

TEST_F(BrokenTexts, MissingFilesAreNamed) {
  const auto texts = read_texts(folder_.path(), full_survey());
  ASSERT_FALSE(texts);
  EXPECT_NE(texts.error().message.find("compounds.txt"), std::string::npos);
}

}  // namespace
}  // namespace hailong::tests
