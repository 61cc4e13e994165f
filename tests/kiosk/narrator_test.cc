#include "kiosk/speech/narrator.h"

#include <gtest/gtest.h>

namespace hailong::kiosk::speech {
namespace {

const Words kPage = {"question.text", "question.hint"};
const Words kHush;

Hearing home() {
  Hearing hearing;
  hearing.page = 1;
  hearing.page_says = kPage;
  hearing.sound_on = true;
  return hearing;
}

Hearing touched(const std::string& id) {
  Hearing hearing = home();
  hearing.under_finger = id;
  return hearing;
}

/// A narrator that has said the home page at 0.
Narrator on_home() {
  Narrator narrator;
  narrator.update(home(), 0);
  return narrator;
}

TEST(Narrator, IsSilentUntilTheSoundIsSwitchedOn) {
  Narrator narrator;
  Hearing hearing = touched("scale.score_1");
  hearing.sound_on = false;
  EXPECT_FALSE(narrator.update(hearing, 0));
  hearing.page = 2;
  EXPECT_FALSE(narrator.update(hearing, 60'000));
  EXPECT_FALSE(narrator.deadline());
}

TEST(Narrator, SaysThePageOnceWhenTheSoundIsSwitchedOn) {
  Narrator narrator;
  EXPECT_EQ(narrator.update(home(), 0), kPage);
  EXPECT_FALSE(narrator.update(home(), 0));
  EXPECT_FALSE(narrator.update(home(), 1'000));
}

TEST(Narrator, SaysANewPageOnce) {
  Narrator narrator = on_home();
  Hearing thanks = home();
  thanks.page = 2;
  thanks.page_says = {"thanks.title"};
  EXPECT_EQ(narrator.update(thanks, 100), Words{"thanks.title"});
  EXPECT_FALSE(narrator.update(thanks, 200));
  EXPECT_EQ(narrator.update(home(), 300), kPage);
}

TEST(Narrator, HushesForAPageWithoutWords) {
  Narrator narrator = on_home();
  Hearing silent = home();
  silent.page = 2;
  silent.page_says = {};
  EXPECT_EQ(narrator.update(silent, 100), kHush);
}

TEST(Narrator, SaysTheFocusThatAPageOpensWith) {
  Narrator narrator = on_home();
  Hearing next = touched("scale.score_1");
  next.page = 2;
  EXPECT_EQ(narrator.update(next, 100), (Words{"question.text", "question.hint", "scale.score_1"}));
  EXPECT_FALSE(narrator.update(next, 1'000));
}

TEST(Narrator, SaysWhatAFingerRestsOn) {
  Narrator narrator = on_home();
  EXPECT_FALSE(narrator.update(touched("scale.score_2"), 1'000));
  EXPECT_EQ(narrator.deadline(), 1'000 + Narrator::kRest);
  EXPECT_FALSE(narrator.update(touched("scale.score_2"), 999 + Narrator::kRest));
  EXPECT_EQ(narrator.update(touched("scale.score_2"), 1'000 + Narrator::kRest),
            Words{"scale.score_2"});
  EXPECT_FALSE(narrator.update(touched("scale.score_2"), 3'000));
}

TEST(Narrator, SaysNothingOfWhatAFingerOnlyPasses) {
  Narrator narrator = on_home();
  EXPECT_FALSE(narrator.update(touched("scale.score_2"), 1'000));
  EXPECT_FALSE(narrator.update(touched("scale.score_3"), 1'100));
  EXPECT_FALSE(narrator.update(home(), 1'200));
  EXPECT_FALSE(narrator.update(home(), 2'000));
}

TEST(Narrator, SaysItAgainWhenTouchedAgain) {
  Narrator narrator = on_home();
  narrator.update(touched("scale.score_2"), 1'000);
  EXPECT_TRUE(narrator.update(touched("scale.score_2"), 1'200));
  EXPECT_FALSE(narrator.update(home(), 1'300));
  narrator.update(touched("scale.score_2"), 1'400);
  EXPECT_EQ(narrator.update(touched("scale.score_2"), 1'600), Words{"scale.score_2"});
}

TEST(Narrator, RepeatsThePageTwiceInTheQuiet) {
  Narrator narrator = on_home();
  EXPECT_EQ(narrator.deadline(), 15'000);
  EXPECT_FALSE(narrator.update(home(), 14'999));
  EXPECT_EQ(narrator.update(home(), 15'000), kPage);
  EXPECT_EQ(narrator.update(home(), 30'000), kPage);
  EXPECT_FALSE(narrator.deadline());
  EXPECT_FALSE(narrator.update(home(), 45'000));
  EXPECT_FALSE(narrator.update(home(), 1'000'000));
}

TEST(Narrator, WaitsAnewAfterATouch) {
  Narrator narrator = on_home();
  narrator.update(home(), 15'000);
  narrator.update(home(), 30'000);
  narrator.update(touched("scale.score_2"), 40'000);
  narrator.update(touched("scale.score_2"), 40'150);
  narrator.update(home(), 41'000);
  EXPECT_EQ(narrator.deadline(), 56'000);
  EXPECT_FALSE(narrator.update(home(), 55'999));
  EXPECT_EQ(narrator.update(home(), 56'000), kPage);
  EXPECT_EQ(narrator.update(home(), 71'000), kPage);
  EXPECT_FALSE(narrator.update(home(), 86'000));
}

TEST(Narrator, RepeatsTheFocusWithThePage) {
  Narrator narrator = on_home();
  narrator.update(touched("scale.score_2"), 1'000);
  narrator.update(touched("scale.score_2"), 1'150);
  EXPECT_EQ(narrator.update(touched("scale.score_2"), 16'150),
            (Words{"question.text", "question.hint", "scale.score_2"}));
}

TEST(Narrator, CountsTheQuietFromTheEndOfTheSpeech) {
  Narrator narrator = on_home();
  Hearing speaking = home();
  speaking.is_speaking = true;
  EXPECT_FALSE(narrator.update(speaking, 100));
  EXPECT_FALSE(narrator.deadline());
  EXPECT_FALSE(narrator.update(speaking, 20'000));
  EXPECT_FALSE(narrator.update(home(), 21'000));
  EXPECT_EQ(narrator.deadline(), 36'000);
  EXPECT_EQ(narrator.update(home(), 36'000), kPage);
}

TEST(Narrator, HushesOnceWhenTheSoundIsSwitchedOff) {
  Narrator narrator = on_home();
  Hearing hearing = home();
  hearing.sound_on = false;
  EXPECT_EQ(narrator.update(hearing, 100), kHush);
  EXPECT_FALSE(narrator.update(hearing, 200));
  EXPECT_FALSE(narrator.deadline());
  EXPECT_EQ(narrator.update(home(), 300), kPage);
}

}  // namespace
}  // namespace hailong::kiosk::speech
