#include "kiosk/terminal.h"

#include <SDL.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "tests/kiosk/booth.h"
#include "tests/log_capture.h"

/// The kiosk as a person meets it: fingers, keys, a scanner and time go in; answers for the
/// journal, screens and prompts come out.

namespace hailong::tests {
namespace {

namespace flow = kiosk::flow;
namespace screens = kiosk::screens;
using flow::Topic;

constexpr const char* kCode = "000.00.01.H23-240814-0001";

core::Score score(int value) { return *core::Score::from(value); }

std::string all_texts(const screens::Page& page) {
  std::string all;
  for (const screens::Item& item : page.items) {
    for (const auto& block : item.texts) {
      for (const auto& line : block.lines) all += line.text + " ";
    }
  }
  return all;
}

// Fingers.

TEST(Terminal, HandsATapOnAFaceToTheJournalOnce) {
  for (int value = 1; value <= 5; ++value) {
    Booth booth;
    booth.tap_face(value);
    EXPECT_EQ(booth.handed_over(),
              (std::vector<flow::Effect>{{1, flow::NewRating{score(value), std::nullopt}}}));
    EXPECT_TRUE(booth.shows<flow::Thanks>());
  }
}

TEST(Terminal, ThanksOnlyWhenTheJournalHasIt) {
  Booth booth;
  booth.use(Booth::Journal::kWaits);
  booth.tap_face(4);
  booth.wait(15'000);
  EXPECT_TRUE(booth.shows<flow::Saving>());
  booth.report();
  EXPECT_TRUE(booth.shows<flow::Thanks>());
}

TEST(Terminal, AdmitsThatAnAnswerWasNotRecorded) {
  Booth booth;
  booth.use(Booth::Journal::kFails);
  booth.tap_face(4);
  EXPECT_TRUE(booth.shows<flow::Sorry>());
}

TEST(Terminal, KnowsOutcomesByTheirTickets) {
  Booth booth;
  booth.use(Booth::Journal::kWaits);
  booth.tap_face(4);
  booth.tell(flow::Appended{17, 3});
  booth.tell(flow::AppendFailed{17});
  EXPECT_TRUE(booth.shows<flow::Saving>());
}

TEST(Terminal, TakesATouchThatFiresTwiceOnce) {
  for (const int apart : {0, 20, 80, 150, 250}) {
    Booth booth;
    booth.tap_face(2);
    booth.wait(apart);
    booth.tap_face(2);
    EXPECT_EQ(booth.handed_over().size(), 1U) << apart;
    EXPECT_TRUE(booth.shows<flow::Thanks>()) << apart;
  }
}

TEST(Terminal, TakesTheFirstOfSeveralFingers) {
  Booth booth;
  booth.press(128, 440, 1);
  booth.press(640, 440, 2);
  booth.press(1'150, 440, 3);
  booth.wait(50);
  booth.lift(640, 440, 2);
  booth.lift(1'150, 440, 3);
  booth.lift(128, 440, 1);
  EXPECT_EQ(booth.entries<flow::NewRating>(),
            (std::vector<flow::NewRating>{{score(1), std::nullopt}}));
}

TEST(Terminal, TakesAPalmForOneTapAtMost) {
  Booth booth;
  for (std::int64_t id = 0; id < 20; ++id) {
    booth.press(500 + 20 * static_cast<float>(id % 8), 430 + 5 * static_cast<float>(id), id);
    booth.wait(3);
  }
  for (std::int64_t id = 0; id < 20; ++id) {
    booth.lift(500 + 20 * static_cast<float>(id % 8), 430 + 5 * static_cast<float>(id), id);
    booth.wait(2);
  }
  EXPECT_LE(booth.handed_over().size(), 1U);
}

TEST(Terminal, CountsADrummingChildOnce) {
  std::mt19937 random(20240814);
  std::uniform_real_distribution<float> x(10, 1'270);
  std::uniform_int_distribution<flow::Millis> pause(40, 220);
  Booth booth;
  for (int tap = 0; tap < 100; ++tap) {
    booth.tap(x(random), 440);
    booth.wait(pause(random));
  }
  EXPECT_EQ(booth.entries<flow::NewRating>().size(), 1U);
}

TEST(Terminal, AFingerThatSlidesOffTapsNothing) {
  Booth booth;
  booth.press(128, 440);
  booth.wait(30);
  booth.move(700, 440);
  booth.lift(700, 440);
  EXPECT_TRUE(booth.handed_over().empty());
}

TEST(Terminal, AFingerThatSlidesOffEndsNoScreen) {
  Booth booth;
  booth.rate(4);
  booth.wait(1'000);
  booth.press(320, 735);  // on a button of the thank-you
  booth.wait(60);
  booth.move(640, 400);
  booth.lift(640, 400);
  EXPECT_TRUE(booth.shows<flow::Thanks>());
}

TEST(Terminal, APressHeldWhileThePageChangesIsNoTap) {
  Booth booth;
  booth.rate(4);
  booth.wait(4'500);
  booth.press(640, 440);
  booth.wait(1'500);  // the thank-you ends: under the finger there is a face now
  ASSERT_TRUE(booth.shows<flow::Home>());
  booth.lift(640, 440);
  EXPECT_EQ(booth.handed_over().size(), 1U);
}

TEST(Terminal, APressOnNothingHeldWhileThePageChangesIsNoTapEither) {
  Booth booth;
  booth.press(640, 120);  // above the question
  booth.press_key(SDL_SCANCODE_KP_4);
  booth.wait(1'000);
  ASSERT_TRUE(booth.shows<flow::Thanks>());
  booth.lift(640, 120);
  EXPECT_TRUE(booth.shows<flow::Thanks>());
}

TEST(Terminal, APressIsNoTapWhenSomethingElseHasComeUnderIt) {
  Booth booth;
  booth.rate_and_say_more(3);
  booth.choose_topic(Topic::kProcedure);
  booth.choose<flow::SearchTapped>();
  booth.type("lai khai");
  const auto& items = booth.page().items;
  const auto found = std::find_if(items.begin(), items.end(), [](const screens::Item& item) {
    return item.event && std::holds_alternative<flow::ChoiceTapped>(*item.event);
  });
  ASSERT_NE(found, items.end());
  const auto place = found->hit;
  booth.press(place.centre_x(), place.centre_y());
  booth.type(" tu");  // what is found changes
  booth.lift(place.centre_x(), place.centre_y());
  EXPECT_TRUE(booth.shows<flow::Search>());
}

TEST(Terminal, APressGoesOnWhenOnlyTheCountdownChanges) {
  Booth booth;
  booth.rate(4);
  booth.wait(900);
  booth.press(960, 735);  // "say more"
  booth.wait(1'200);
  booth.lift(960, 735);
  EXPECT_TRUE(booth.shows<flow::Reasons>());
}

TEST(Terminal, AHiddenWindowLetsGoOfTheFinger) {
  Booth booth;
  booth.press(640, 440);
  booth.terminal().let_go(booth.now());
  booth.lift(640, 440);
  EXPECT_TRUE(booth.handed_over().empty());
}

TEST(Terminal, AnotherWindowSizeLetsGoOfTheFinger) {
  Booth booth;
  booth.press(640, 440);
  booth.fit({1024, 600});
  booth.lift(512, 330);
  EXPECT_TRUE(booth.handed_over().empty());
}

// The scanner.

TEST(Terminal, AScanAtHomeBelongsToTheNextRating) {
  Booth booth;
  booth.scan(kCode);
  booth.tap_face(5);
  const auto ratings = booth.entries<flow::NewRating>();
  ASSERT_EQ(ratings.size(), 1U);
  EXPECT_EQ(ratings[0].dossier, (flow::Dossier{kCode}));
}

TEST(Terminal, AScannedAddressWithTheCodeInItWorks) {
  Booth booth;
  booth.scan(std::string("https://dichvucong.example/tra-cuu?code=") + kCode);
  EXPECT_EQ(booth.as<flow::Home>().dossier, (flow::Dossier{kCode}));
}

TEST(Terminal, GarbageFromTheScannerIsIgnored) {
  const LogCapture log;
  Booth booth;
  booth.scan("8934563138164");  // a packet of noodles
  booth.scan("abc");            // too short
  booth.scan(std::string(700, 'x'));
  EXPECT_EQ(booth.as<flow::Home>().dossier, std::nullopt);
  EXPECT_TRUE(booth.handed_over().empty());
  EXPECT_EQ(log.lines_with("a scanned code of 13 characters is no dossier code").size(), 1U);
  EXPECT_EQ(log.lines_with("the scanner sent 700 keys that are no code (too long)").size(), 1U);
  EXPECT_TRUE(log.lines_with("8934563138164").empty()) << "what was scanned is nobody's business";
}

struct Way {
  const char* name;
  void (*go)(Booth& booth);
};

void PrintTo(const Way& way, std::ostream* out) { *out << way.name; }

void to_topic(Booth& booth, Topic topic) {
  booth.rate_and_say_more(2);
  booth.choose_topic(topic);
}

const Way kWays[] = {
    {"Thanks", [](Booth& booth) { booth.rate(2); }},
    {"Reasons", [](Booth& booth) { to_topic(booth, Topic::kReasons); }},
    {"More", [](Booth& booth) { booth.rate_and_say_more(2); }},
    {"Purpose", [](Booth& booth) { to_topic(booth, Topic::kQuestions); }},
    {"Questions",
     [](Booth& booth) {
       to_topic(booth, Topic::kQuestions);
       booth.choose<flow::ChoiceTapped>();
     }},
    {"Fields", [](Booth& booth) { to_topic(booth, Topic::kProcedure); }},
    {"Procedures",
     [](Booth& booth) {
       to_topic(booth, Topic::kProcedure);
       booth.choose<flow::ChoiceTapped>();
     }},
    {"Search",
     [](Booth& booth) {
       to_topic(booth, Topic::kProcedure);
       booth.choose<flow::SearchTapped>();
     }},
    {"Counters", [](Booth& booth) { to_topic(booth, Topic::kCounter); }},
    {"ExtraPayment", [](Booth& booth) { to_topic(booth, Topic::kExtraPayment); }},
    {"Words", [](Booth& booth) { to_topic(booth, Topic::kWords); }},
    {"Contact", [](Booth& booth) { to_topic(booth, Topic::kContact); }},
    {"Complaints", [](Booth& booth) { to_topic(booth, Topic::kComplaints); }},
    {"ChooseAgain",
     [](Booth& booth) {
       booth.rate(2);
       booth.choose<flow::ChooseAgainTapped>();
     }},
};

class EveryScreenAfterTheRating : public testing::TestWithParam<Way> {};

TEST_P(EveryScreenAfterTheRating, TakesAScannedDossier) {
  Booth booth;
  GetParam().go(booth);
  const auto screen = booth.flow().screen().index();
  booth.scan(kCode);
  const auto dossiers = booth.entries<flow::NewDossier>();
  ASSERT_EQ(dossiers.size(), 1U);
  EXPECT_EQ(dossiers[0], (flow::NewDossier{1, {kCode}}));
  EXPECT_EQ(booth.flow().screen().index(), screen);
}

TEST_P(EveryScreenAfterTheRating, LeadsHomeInSilence) {
  Booth booth;
  GetParam().go(booth);
  booth.wait(120'000);
  EXPECT_TRUE(booth.shows<flow::Home>());
}

/// A kiosk with a box of five buttons instead of a keyboard.
kiosk::Contents with_five_buttons() {
  kiosk::Contents what = contents();
  what.five_buttons = true;
  return what;
}

class EveryScreenWithAWayOn : public testing::TestWithParam<Way> {};

TEST_P(EveryScreenWithAWayOn, IsFinishedByTheFifthOfFiveButtons) {
  Booth booth({1280, 800}, with_five_buttons());
  GetParam().go(booth);
  for (int press = 0; press < 4 && !booth.shows<flow::Home>(); ++press) {
    booth.wait(700);
    booth.press_key(SDL_SCANCODE_KP_5);
  }
  EXPECT_TRUE(booth.shows<flow::Home>());
}

std::string name_of(const testing::TestParamInfo<Way>& way) { return way.param.name; }

INSTANTIATE_TEST_SUITE_P(Terminal, EveryScreenAfterTheRating, testing::ValuesIn(kWays), name_of);

// Contact data must be written before they can be sent; the last two only lead back, or to another
// rating.
INSTANTIATE_TEST_SUITE_P(Terminal, EveryScreenWithAWayOn,
                         testing::ValuesIn(std::begin(kWays), std::end(kWays) - 3), name_of);

TEST(Terminal, FiveButtonsWriteWords) {
  Booth booth({1280, 800}, with_five_buttons());
  to_topic(booth, Topic::kWords);
  booth.wait(700);
  booth.press_key(SDL_SCANCODE_KP_2);
  booth.press_key(SDL_SCANCODE_KP_3);
  EXPECT_EQ(booth.as<flow::Words>().draft.text(), "q");
}

TEST(Terminal, DigitsAreTypedWithoutFiveButtons) {
  Booth booth;
  to_topic(booth, Topic::kWords);
  booth.press_key(SDL_SCANCODE_KP_2);
  booth.press_key(SDL_SCANCODE_KP_3);
  EXPECT_EQ(booth.as<flow::Words>().draft.text(), "23");
}

TEST(Terminal, AScanNeverReachesTheWordsBeingWritten) {
  Booth booth;
  booth.rate_and_say_more(3);
  booth.choose_topic(Topic::kWords);
  booth.type("toots ");
  booth.scan(kCode);
  booth.type("lawms");
  EXPECT_EQ(booth.as<flow::Words>().draft.text(), "tốt lắm");
  EXPECT_EQ(booth.entries<flow::NewDossier>().size(), 1U);
  booth.scan("khong phai ma");
  EXPECT_EQ(booth.as<flow::Words>().draft.text(), "tốt lắm");
}

TEST(Terminal, AScanSurvivesALookAtTheComplaintDesk) {
  Booth booth;
  booth.scan(kCode);
  booth.choose_topic(Topic::kComplaints);
  booth.choose<flow::BackTapped>();
  booth.rate(3);
  const auto ratings = booth.entries<flow::NewRating>();
  ASSERT_EQ(ratings.size(), 1U);
  EXPECT_EQ(ratings[0].dossier, (flow::Dossier{kCode}));
}

// A number pad, or a box with five buttons.

TEST(Terminal, NumberPadRates) {
  for (int value = 1; value <= 5; ++value) {
    Booth booth;
    booth.press_key(SDL_SCANCODE_KP_1 + value - 1);
    EXPECT_EQ(booth.entries<flow::NewRating>(),
              (std::vector<flow::NewRating>{{score(value), std::nullopt}}));
  }
}

TEST(Terminal, NumberPadStepsAndChooses) {
  Booth booth;
  booth.rate(2);
  booth.choose<flow::SayMoreTapped>();
  booth.wait(700);
  booth.press_key(SDL_SCANCODE_KP_2);
  booth.press_key(SDL_SCANCODE_KP_2);
  booth.press_key(SDL_SCANCODE_KP_1);
  booth.press_key(SDL_SCANCODE_KP_3);
  EXPECT_TRUE(booth.as<flow::Reasons>().chosen[0]);
  booth.press_key(SDL_SCANCODE_KP_2);
  booth.press_key(SDL_SCANCODE_KP_ENTER);
  EXPECT_TRUE(booth.as<flow::Reasons>().chosen[1]);
  booth.press_key(SDL_SCANCODE_KP_5);
  EXPECT_TRUE(booth.shows<flow::Thanks>());
  EXPECT_EQ(booth.entries<core::Answers>().size(), 1U);
}

TEST(Terminal, ZeroGoesBack) {
  Booth booth;
  booth.rate_and_say_more(2);
  booth.choose_topic(Topic::kCounter);
  booth.wait(700);
  booth.press_key(SDL_SCANCODE_KP_0);
  EXPECT_TRUE(booth.shows<flow::More>());
}

TEST(Terminal, PlusGivesMoreTime) {
  Booth booth;
  booth.rate_and_say_more(2);
  booth.wait(15'000);
  booth.press_key(SDL_SCANCODE_KP_PLUS);
  booth.wait(15'000);
  EXPECT_TRUE(booth.shows<flow::More>());
}

TEST(Terminal, MinusSwitchesTheSound) {
  Booth booth;
  booth.press_key(SDL_SCANCODE_KP_MINUS);
  EXPECT_TRUE(booth.flow().preferences().sound);
  booth.press_key(SDL_SCANCODE_KP_MINUS);
  EXPECT_FALSE(booth.flow().preferences().sound);
}

TEST(Terminal, TwoQuickKeysMeanTwoThings) {
  Booth booth;
  booth.rate(2);
  booth.choose<flow::SayMoreTapped>();
  booth.wait(700);
  // Both are held back together, as a scanner's would be: 20 ms apart.
  booth.handle(key(SDL_SCANCODE_KP_2, KMOD_NONE, static_cast<Uint32>(booth.now())));
  booth.wait(20);
  booth.handle(key(SDL_SCANCODE_KP_3, KMOD_NONE, static_cast<Uint32>(booth.now())));
  booth.wait(200);
  EXPECT_TRUE(booth.as<flow::Reasons>().chosen[0]);
}

TEST(Terminal, AKeyMeansSomethingOnThePageThatTheKeyBeforeItLedTo) {
  Booth booth;
  booth.rate_and_say_more(2);
  booth.wait(700);
  booth.press_key(SDL_SCANCODE_KP_2);  // on "reasons"
  ASSERT_TRUE(booth.terminal().ui().focused());
  booth.handle(key(SDL_SCANCODE_KP_3, KMOD_NONE, static_cast<Uint32>(booth.now())));
  booth.wait(10);
  booth.handle(key(SDL_SCANCODE_KP_2, KMOD_NONE, static_cast<Uint32>(booth.now())));
  booth.wait(200);
  ASSERT_TRUE(booth.shows<flow::Reasons>());
  const auto focus = booth.terminal().ui().focused();
  ASSERT_TRUE(focus);
  EXPECT_EQ(*focus, screens::first_step(booth.page()));
}

TEST(Terminal, FiveButtonsTurnPages) {
  Booth booth;
  booth.rate_and_say_more(2);
  booth.choose_topic(Topic::kProcedure);
  booth.choose<flow::ChoiceTapped>();
  booth.wait(700);
  const auto is_on = [&booth](std::string_view key) {
    const auto focus = booth.terminal().ui().focused();
    return focus && booth.page().items[*focus].spoken == key;
  };
  while (!is_on("buttons.page_down")) booth.press_key(SDL_SCANCODE_KP_2);
  booth.press_key(SDL_SCANCODE_KP_3);
  EXPECT_EQ(booth.as<flow::Procedures>().page, 1);
  EXPECT_TRUE(is_on("buttons.page_down"));
  booth.press_key(SDL_SCANCODE_KP_3);
  EXPECT_EQ(booth.as<flow::Procedures>().page, 2);
  EXPECT_FALSE(is_on("buttons.page_up"));
}

// A real keyboard.

TEST(Terminal, ARealKeyboardTypesVietnamese) {
  Booth booth;
  booth.rate_and_say_more(3);
  booth.choose_topic(Topic::kWords);
  booth.type("Cans booj huwowngs daanx raats taanj tinhf, 10 ddieemr.");
  EXPECT_EQ(booth.as<flow::Words>().draft.text(), "Cán bộ hướng dẫn rất tận tình, 10 điểm.");
  booth.press_key(SDL_SCANCODE_BACKSPACE);
  EXPECT_EQ(booth.as<flow::Words>().draft.text(), "Cán bộ hướng dẫn rất tận tình, 10 điểm");
  booth.choose<flow::NextTapped>();
  EXPECT_EQ(booth.entries<flow::NewWords>(),
            (std::vector<flow::NewWords>{{1, "Cán bộ hướng dẫn rất tận tình, 10 điểm"}}));
}

TEST(Terminal, WordsEndAtTheirLimit) {
  Booth booth;
  booth.rate_and_say_more(3);
  booth.choose_topic(Topic::kWords);
  for (int i = 0; i < 60; ++i) booth.type("muoiwf chuw ");
  EXPECT_GE(booth.as<flow::Words>().draft.left(), 0);
  EXPECT_EQ(booth.as<flow::Words>().draft.characters(), 500);
}

TEST(Terminal, TypedDigitsReachThePhoneLine) {
  Booth booth;
  booth.rate_and_say_more(3);
  booth.choose_topic(Topic::kContact);
  booth.type("0912");
  for (const int place : {3, 4, 5}) booth.press_key(SDL_SCANCODE_KP_1 + place - 1);
  booth.type("678x");
  EXPECT_EQ(booth.as<flow::Contact>().phone, "0912345678");
}

TEST(Terminal, KeysThatNobodyAskedForTypeNothing) {
  Booth booth;
  booth.type("abc xyz");
  booth.rate(3);
  booth.type("abc xyz");
  EXPECT_EQ(booth.handed_over().size(), 1U);
}

// The voice.

std::vector<std::string> last_said(const Booth& booth) {
  return booth.said().empty() ? std::vector<std::string>{"nothing was ever said"}
                              : booth.said().back();
}

TEST(Terminal, IsSilentUntilAskedToSpeak) {
  Booth booth;
  booth.rate_and_say_more(2);
  booth.wait(300'000);
  EXPECT_TRUE(booth.said().empty());
}

TEST(Terminal, SaysWhatAPageAsksWhenItOpens) {
  Booth booth;
  booth.press_key(SDL_SCANCODE_KP_MINUS);
  EXPECT_EQ(last_said(booth), (std::vector<std::string>{"question.text"}));
  booth.press_key(SDL_SCANCODE_KP_4);
  EXPECT_EQ(last_said(booth), (std::vector<std::string>{"thanks.title", "thanks.body"}));
}

TEST(Terminal, SaysWhatAFingerRestsOnAndTakesItForNoTap) {
  Booth booth;
  booth.press_key(SDL_SCANCODE_KP_MINUS);
  booth.press(128, 440);
  booth.wait(600);
  EXPECT_EQ(last_said(booth), (std::vector<std::string>{"scale.score_1"}));
  booth.move(640, 440);
  booth.wait(600);
  EXPECT_EQ(last_said(booth), (std::vector<std::string>{"scale.score_3"}));
  booth.lift(640, 440);
  EXPECT_TRUE(booth.handed_over().empty());
  booth.wait(1'000);
  booth.tap_face(3);
  EXPECT_EQ(booth.handed_over().size(), 1U);
}

TEST(Terminal, AFingerThatSlidTapsNothingAlthoughTheSoundIsSwitchedOff) {
  Booth booth;
  booth.press_key(SDL_SCANCODE_KP_MINUS);
  booth.press(128, 440);
  booth.wait(100);
  booth.move(640, 440);
  booth.press_key(SDL_SCANCODE_KP_MINUS);
  ASSERT_FALSE(booth.flow().preferences().sound);
  booth.lift(640, 440);
  EXPECT_TRUE(booth.handed_over().empty());
}

TEST(Terminal, SaysWhatSteppingHasComeTo) {
  Booth booth;
  booth.press_key(SDL_SCANCODE_KP_MINUS);
  booth.press_key(SDL_SCANCODE_RIGHT);
  booth.wait(300);
  EXPECT_EQ(last_said(booth), (std::vector<std::string>{"scale.score_1"}));
  booth.press_key(SDL_SCANCODE_RIGHT);
  booth.wait(300);
  EXPECT_EQ(last_said(booth), (std::vector<std::string>{"scale.score_2"}));
}

TEST(Terminal, SaysThePageAgainWhenAsked) {
  Booth booth;
  booth.press_key(SDL_SCANCODE_KP_MINUS);
  booth.press_key(SDL_SCANCODE_KP_2);
  booth.wait(1'000);
  booth.choose<flow::SayMoreTapped>();
  booth.wait(700);
  const auto before = booth.said().size();
  booth.press_key(SDL_SCANCODE_KP_4);
  ASSERT_EQ(booth.said().size(), before + 1);
  EXPECT_EQ(last_said(booth), (std::vector<std::string>{"reasons.title_low"}));
}

TEST(Terminal, TheSoundIsOffForTheNextPerson) {
  Booth booth;
  booth.press_key(SDL_SCANCODE_KP_MINUS);
  booth.press_key(SDL_SCANCODE_KP_4);
  booth.wait(60'000);
  ASSERT_TRUE(booth.shows<flow::Home>());
  EXPECT_FALSE(booth.flow().preferences().sound);
  EXPECT_TRUE(last_said(booth).empty());  // hush
}

TEST(Terminal, HeadphonesAreHeardHoweverLongNobodyWasThere) {
  Booth booth;
  booth.wait(3'600'000);
  booth.tell(flow::HeadphonesPlugged{true});
  EXPECT_TRUE(booth.flow().preferences().sound);
  booth.wait(1'000);
  EXPECT_EQ(last_said(booth), (std::vector<std::string>{"question.text"}));
  booth.tell(flow::HeadphonesPlugged{false});
  EXPECT_TRUE(last_said(booth).empty());
}

// Preferences, hours and trouble.

TEST(Terminal, SaysThatTheOfficeIsClosedAndTakesTheRatingStill) {
  Booth booth;
  booth.tell(flow::Opening{false});
  EXPECT_NE(all_texts(booth.page()).find("Ngoài giờ"), std::string::npos);
  booth.tap_face(4);
  EXPECT_TRUE(booth.shows<flow::Thanks>());
  booth.wait(60'000);
  booth.tell(flow::Opening{true});
  EXPECT_EQ(all_texts(booth.page()).find("Ngoài giờ"), std::string::npos);
}

TEST(Terminal, PreferencesOfOnePersonAreNotThoseOfTheNext) {
  Booth booth;
  for (const auto preference : {flow::Preference::kText, flow::Preference::kContrast,
                                flow::Preference::kLanguage, flow::Preference::kSound}) {
    booth.choose<flow::PreferenceTapped>(
        [&](const flow::PreferenceTapped& tap) { return tap.preference == preference; });
  }
  EXPECT_NE(all_texts(booth.page()).find("satisfied"), std::string::npos);
  booth.rate(5);
  booth.wait(60'000);
  EXPECT_EQ(booth.flow().preferences(), flow::Preferences{});
  EXPECT_NE(all_texts(booth.page()).find("Ông/Bà"), std::string::npos);
}

TEST(Terminal, ADossierThatWasTakenDuringTheThanksIsNotWaitedFor) {
  Booth booth;
  booth.use(Booth::Journal::kWaits);
  booth.rate(4);
  booth.report();
  booth.scan(kCode);
  booth.report();
  booth.choose<flow::SayMoreTapped>();
  booth.choose<flow::DoneTapped>();
  EXPECT_TRUE(booth.shows<flow::Thanks>());
}

TEST(Terminal, AnAnswerThatWasTakenDuringALookAtTheComplaintDeskIsNotWaitedFor) {
  Booth booth;
  booth.rate_and_say_more(4);
  booth.use(Booth::Journal::kWaits);
  booth.choose_topic(Topic::kAssisted);
  booth.choose_topic(Topic::kComplaints);
  booth.report();
  booth.choose<flow::BackTapped>();
  booth.choose<flow::DoneTapped>();
  EXPECT_TRUE(booth.shows<flow::Thanks>());
}

TEST(Terminal, WordsBeingWrittenAreNotLostWhenSomethingElseCannotBeRecorded) {
  Booth booth;
  booth.rate_and_say_more(4);
  booth.use(Booth::Journal::kWaits);
  booth.choose_topic(Topic::kAssisted);
  booth.choose_topic(Topic::kWords);
  booth.type("xin chaof");
  booth.report(false);
  EXPECT_TRUE(booth.shows<flow::Sorry>());
  EXPECT_EQ(booth.entries<flow::NewWords>(), (std::vector<flow::NewWords>{{1, "xin chào"}}));
}

TEST(Terminal, HasNoDeadlineInThePast) {
  Booth booth;
  for (const Way& way : kWays) {
    booth.wait(200'000);
    way.go(booth);
    for (int step = 0; step < 50; ++step) {
      booth.wait(777);
      const auto due = booth.terminal().deadline(booth.now(), static_cast<Uint32>(booth.now()));
      if (due) {
        EXPECT_GT(*due, booth.now()) << way.name;
      }
    }
  }
}

// Staff mode.

/// Rests on a place for a time.
void hold(Booth& booth, float x, float y, flow::Millis time) {
  booth.press(x, y);
  booth.wait(time);
  booth.lift(x, y);
}

/// In staff mode, with a view that asks for something.
void open_staff(Booth& booth, kiosk::staff::Input::Kind kind) {
  hold(booth, 30, 30, screens::kHoldMs);
  kiosk::staff::View view;
  view.title = "Nhập";
  view.input = kiosk::staff::Input{kind, "Nhập", {}, 40, {kiosk::staff::Verb::kText, 0, {}}, "Lưu"};
  booth.answer_staff(view);
  booth.wait(flow::Durations{}.arrival_guard);
}

TEST(Terminal, OpensStaffModeWhenTheHiddenCornerIsHeld) {
  Booth booth;
  hold(booth, 30, 30, screens::kHoldMs);
  EXPECT_TRUE(booth.shows<flow::Staff>());
  ASSERT_EQ(booth.commands().size(), 1U);
  EXPECT_EQ(booth.commands()[0].entry, flow::Entry(kiosk::staff::Command{}));
  EXPECT_TRUE(booth.handed_over().empty()) << "nothing for the journal's writer";
}

TEST(Terminal, OpensStaffModeByNothingElse) {
  const auto stays = [](const auto& act, const char* what) {
    Booth booth;
    act(booth);
    EXPECT_TRUE(booth.shows<flow::Home>()) << what;
    EXPECT_TRUE(booth.commands().empty()) << what;
    EXPECT_TRUE(booth.handed_over().empty()) << what;
  };
  stays([](Booth& booth) { booth.tap(30, 30); }, "a tap");
  stays([](Booth& booth) { hold(booth, 30, 30, screens::kHoldMs - 100); }, "not long enough");
  stays([](Booth& booth) { hold(booth, 400, 30, screens::kHoldMs); }, "elsewhere");
  stays(
      [](Booth& booth) {
        booth.press(30, 30);
        booth.wait(screens::kHoldMs);
        booth.move(600, 200);
        booth.lift(600, 200);
      },
      "lifted elsewhere");
  stays(
      [](Booth& booth) {
        booth.press(600, 200);
        booth.wait(screens::kHoldMs);
        booth.move(30, 30);
        booth.lift(30, 30);
      },
      "came from elsewhere");
  stays(
      [](Booth& booth) {
        for (int i = 0; i < 20; ++i) {
          booth.press_key(SDL_SCANCODE_RIGHT);
          const auto focus = booth.terminal().ui().focused();
          ASSERT_TRUE(focus);
          const auto& event = booth.page().items[*focus].event;
          EXPECT_FALSE(std::holds_alternative<flow::StaffOpened>(*event)) << "stepped to it";
        }
      },
      "keys");
}

TEST(Terminal, OpensStaffModeInListeningModeToo) {
  Booth booth;
  booth.tell(flow::HeadphonesPlugged{true});
  booth.forget_what_was_handed_over();
  booth.press(30, 30);
  booth.wait(screens::kHoldMs);
  EXPECT_EQ(booth.terminal().ui().touched(), "") << "it is not spoken";
  booth.lift(30, 30);
  EXPECT_TRUE(booth.shows<flow::Staff>());
}

TEST(Terminal, TakesPinsAndWordsFromARealKeyboardInStaffMode) {
  Booth booth;
  open_staff(booth, kiosk::staff::Input::Kind::kPin);
  booth.type("12x3");
  booth.press_key(SDL_SCANCODE_BACKSPACE);
  booth.press_key(SDL_SCANCODE_KP_4);
  EXPECT_EQ(booth.as<flow::Staff>().digits, "124");
  booth.press_key(SDL_SCANCODE_RETURN);
  EXPECT_EQ(booth.commands().back().entry,
            flow::Entry(kiosk::staff::Command{kiosk::staff::Verb::kText, 0, "124"}));
  Booth words;
  open_staff(words, kiosk::staff::Input::Kind::kLine);
  words.type("ddax xong 5");
  EXPECT_EQ(words.as<flow::Staff>().draft.text(), "đã xong 5");
}

TEST(Terminal, KeysKeepStaffModeOpen) {
  Booth booth;
  hold(booth, 30, 30, screens::kHoldMs);
  booth.answer_staff({});
  for (const char key : std::string("a5a5")) {
    booth.wait(flow::Durations{}.staff - 1'000);
    booth.type({&key, 1});
  }
  EXPECT_TRUE(booth.shows<flow::Staff>());
  booth.wait(flow::Durations{}.staff);
  EXPECT_TRUE(booth.shows<flow::Home>());
}

TEST(Terminal, NoticesKeysAndCodesOnThePageThatTestsTheParts) {
  Booth booth;
  open_staff(booth, kiosk::staff::Input::Kind::kParts);
  booth.type("a");
  booth.press_key(SDL_SCANCODE_KP_7);
  booth.press_key(SDL_SCANCODE_RETURN);
  booth.scan(kCode);
  EXPECT_EQ(booth.as<flow::Staff>().parts.keys, (std::vector<std::string>{"a", "7", "Enter"}));
  EXPECT_EQ(booth.as<flow::Staff>().parts.scanned, std::string(kCode).size());
}

TEST(Terminal, FillsTheCellsThatAFingerPasses) {
  Booth booth;
  open_staff(booth, kiosk::staff::Input::Kind::kParts);
  const auto touched = [&booth] {
    const auto& cells = booth.as<flow::Staff>().parts.touched;
    return std::count(cells.begin(), cells.end(), true);
  };
  booth.press(100, 500);
  EXPECT_EQ(touched(), 1) << "as soon as the finger is there";
  for (int x = 100; x < 1'200; x += 20) booth.move(static_cast<float>(x), 500);
  EXPECT_EQ(touched(), 8) << "the whole row";
  booth.lift(1'200, 500);
  EXPECT_EQ(touched(), 8);
}

TEST(Terminal, LinksNoCodeThatStaffScan) {
  Booth booth;
  open_staff(booth, kiosk::staff::Input::Kind::kLine);
  booth.scan(kCode);
  booth.wait(flow::Durations{}.staff);
  ASSERT_TRUE(booth.shows<flow::Home>());
  booth.rate(4);
  EXPECT_EQ(booth.entries<flow::NewRating>(),
            (std::vector<flow::NewRating>{{score(4), std::nullopt}}));
}

}  // namespace
}  // namespace hailong::tests
