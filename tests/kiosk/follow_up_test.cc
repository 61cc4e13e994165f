#include <gtest/gtest.h>

#include <functional>

#include "core/phone.h"
#include "tests/kiosk/visit.h"

/// Everything after the thank-you: what is asked, what reaches the journal, and how each screen
/// ends when nobody says so.

namespace hailong::kiosk::flow {
namespace {

using tests::kDurations;
using tests::kFive;
using tests::kOne;
using tests::kThree;
using tests::Visit;

constexpr core::Seq kRating = 7;

Visit on_reasons(core::Score score = kOne) {
  Visit visit;
  visit.rate(score, kRating);
  visit.tap(SayMoreTapped{});
  return visit;
}

Visit on_more(core::Score score = kOne) {
  Visit visit = on_reasons(score);
  visit.tap(NextTapped{});
  return visit;
}

Visit on_topic(Topic topic) {
  Visit visit = on_more();
  visit.tap(TopicTapped{topic});
  return visit;
}

Visit on_questions(int purpose) {
  Visit visit = on_topic(Topic::kQuestions);
  visit.tap(ChoiceTapped{purpose});
  visit.append_all(8);
  return visit;
}

Visit on_procedures() {
  Visit visit = on_topic(Topic::kProcedure);
  visit.tap(ChoiceTapped{0});
  return visit;
}

Visit on_search() {
  Visit visit = on_topic(Topic::kProcedure);
  visit.tap(SearchTapped{});
  return visit;
}

void type(Visit& visit, std::u32string_view text) {
  for (const char32_t c : text) visit.tap(CharacterTapped{c});
}

core::Answers answers(std::vector<core::Answer> list, bool alert = false) {
  return {kRating, std::move(list), alert};
}

TEST(FollowUp, ReasonsFollowTheScore) {
  EXPECT_EQ(on_reasons(kOne).as<Reasons>().chosen.size(), 3U);
  EXPECT_EQ(on_reasons(kThree).as<Reasons>().chosen.size(), 2U);
  EXPECT_EQ(on_reasons(kFive).as<Reasons>().chosen.size(), 2U);
}

TEST(FollowUp, SeveralReasonsMayBeChosenAndTakenBack) {
  Visit visit = on_reasons();
  visit.tap(ChoiceTapped{0});
  visit.tap(ChoiceTapped{2});
  visit.tap(ChoiceTapped{0});
  EXPECT_EQ(visit.tap(DoneTapped{}), Entry(answers({{"reasons", {"late-result"}}})));
}

TEST(FollowUp, MoneyBeyondTheRulesRaisesAnAlert) {
  Visit visit = on_reasons();
  visit.tap(ChoiceTapped{1});
  EXPECT_EQ(visit.tap(NextTapped{}), Entry(answers({{"reasons", {"extra-money"}}}, true)));
}

TEST(FollowUp, OneTapSkipsEverything) {
  Visit visit = on_reasons();
  EXPECT_EQ(visit.tap(DoneTapped{}), std::nullopt);
  ASSERT_TRUE(visit.shows<Thanks>());
  EXPECT_FALSE(visit.as<Thanks>().may_say_more);
}

TEST(FollowUp, ThanksAgainOnlyWhenEverythingIsOnTheDisk) {
  Visit visit = on_reasons();
  visit.tap(ChoiceTapped{0});
  visit.tap(DoneTapped{});
  EXPECT_TRUE(visit.shows<SavingMore>());
  visit.wait(60'000);
  EXPECT_TRUE(visit.shows<SavingMore>());
  visit.append_all(8);
  EXPECT_TRUE(visit.shows<Thanks>());
}

TEST(FollowUp, WhatWasGivenIsShownAsGivenAndSaidOnce) {
  Visit visit = on_reasons();
  visit.tap(ChoiceTapped{0});
  visit.tap(NextTapped{});
  visit.append_all(8);
  visit.tap(TopicTapped{Topic::kReasons});
  EXPECT_TRUE(visit.as<Reasons>().chosen[0]);
  EXPECT_EQ(visit.tap(DoneTapped{}), std::nullopt) << "nothing has changed";
}

TEST(FollowUp, AReasonTakenBackLaterIsTakenBackInTheJournal) {
  Visit visit = on_reasons();
  visit.tap(ChoiceTapped{0});
  visit.tap(NextTapped{});
  visit.append_all(8);
  visit.tap(TopicTapped{Topic::kReasons});
  visit.tap(ChoiceTapped{0});
  EXPECT_EQ(visit.tap(DoneTapped{}), Entry(answers({{"reasons", {}}})));
}

TEST(FollowUp, NoVisitIsAskedMoreThanFourThings) {
  const Survey survey = tests::sample_survey();
  for (const Choice& purpose : survey.purposes) {
    for (core::Seq turn = 0; turn < 60; ++turn) {
      const auto asked = questions_for(survey, purpose.id, turn);
      EXPECT_LE(asked.size(), kMostQuestions);
      EXPECT_GE(asked.size(), 2U);
    }
  }
}

TEST(FollowUp, EveryQuestionThatMakesSenseComesInTurn) {
  const Survey survey = tests::sample_survey();
  std::vector<std::string> seen;
  for (core::Seq turn = 0; turn < 60; ++turn) {
    for (const Question* question : questions_for(survey, "result", turn)) {
      if (std::find(seen.begin(), seen.end(), question->id) == seen.end()) {
        seen.push_back(question->id);
      }
    }
  }
  EXPECT_EQ(seen.size(), survey.official.size() + survey.statements.size());
}

TEST(FollowUp, ThePurposeDecidesWhichQuestionsMakeSense) {
  const Survey survey = tests::sample_survey();
  for (core::Seq turn = 0; turn < 10; ++turn) {
    for (const Question* question : questions_for(survey, "ask", turn)) {
      EXPECT_FALSE(question->id.starts_with("tt01-")) << question->id;
    }
  }
}

TEST(FollowUp, PurposeAndAnswersReachTheJournal) {
  Visit visit = on_topic(Topic::kQuestions);
  EXPECT_EQ(visit.tap(ChoiceTapped{0}), Entry(answers({{"purpose", {"submit"}}})));
  const Questions& screen = visit.as<Questions>();
  ASSERT_EQ(screen.asked.size(), 3U);
  EXPECT_EQ(screen.asked[0].question, "tt01-3");
  visit.append_all(8);
  visit.tap(AnswerTapped{0, 1});
  visit.tap(AnswerTapped{1, 0});
  visit.tap(AnswerTapped{1, 0});  // taken back
  EXPECT_EQ(visit.tap(DoneTapped{}), Entry(answers({{"tt01-3", {"1"}}})));
}

TEST(FollowUp, AnAnswerOutsideWhatIsOfferedMeansNothing) {
  Visit visit = on_questions(0);
  visit.wait(kDurations.arrival_guard);
  const Screen before = visit.flow().screen();
  visit.handle(AnswerTapped{0, 3});
  visit.handle(AnswerTapped{9, 0});
  visit.handle(AnswerTapped{-1, -1});
  EXPECT_EQ(visit.flow().screen(), before);
}

TEST(FollowUp, AProcedureIsChosenByField) {
  Visit visit = on_procedures();
  EXPECT_EQ(visit.as<Procedures>().field.value, "ho-tich");
  EXPECT_EQ(visit.tap(ChoiceTapped{2}),
            Entry(answers({{"field", {"ho-tich"}}, {"procedure", {"1.000656"}}})));
  EXPECT_TRUE(visit.shows<More>());
}

TEST(FollowUp, AFieldAloneIsWorthKeeping) {
  Visit visit = on_procedures();
  EXPECT_EQ(visit.tap(DoneTapped{}), Entry(answers({{"field", {"ho-tich"}}})));
}

TEST(FollowUp, GoingBackToTheFieldsKeepsNone) {
  Visit visit = on_procedures();
  EXPECT_EQ(visit.tap(BackTapped{}), std::nullopt);
  EXPECT_TRUE(visit.shows<Fields>());
}

TEST(FollowUp, AProcedureIsFoundByTyping) {
  Visit visit = on_search();
  type(visit, U"khai sinhx");
  visit.tap(EraseTapped{});
  EXPECT_EQ(visit.as<Search>().query, "khai sinh");
  EXPECT_EQ(visit.tap(ChoiceTapped{0}),
            Entry(answers({{"field", {"ho-tich"}}, {"procedure", {"1.001193"}}})));
}

TEST(FollowUp, ACounterOrAnOfficerIsNamed) {
  Visit counter = on_topic(Topic::kCounter);
  EXPECT_EQ(counter.tap(ChoiceTapped{1}), Entry(answers({{"counter", {"q2"}}})));
  Visit officer = on_topic(Topic::kCounter);
  EXPECT_EQ(officer.tap(ChoiceTapped{2}),
            Entry(answers({{"officer", {"cb-1"}}, {"counter", {"q2"}}})));
}

TEST(FollowUp, AnExtraPaymentRaisesAnAlertAndDenyingItDoesNot) {
  Visit yes = on_topic(Topic::kExtraPayment);
  EXPECT_EQ(yes.tap(ChoiceTapped{1}), Entry(answers({{"extra-payment", {"yes"}}}, true)));
  Visit no = on_topic(Topic::kExtraPayment);
  EXPECT_EQ(no.tap(ChoiceTapped{0}), Entry(answers({{"extra-payment", {"no"}}})));
}

TEST(FollowUp, AHelpingHandIsMarkedAndUnmarked) {
  Visit visit = on_more();
  EXPECT_EQ(visit.tap(TopicTapped{Topic::kAssisted}), Entry(answers({{"assisted", {"yes"}}})));
  EXPECT_TRUE(visit.shows<More>());
  visit.append_all(8);
  EXPECT_EQ(visit.tap(TopicTapped{Topic::kAssisted}), Entry(answers({{"assisted", {"no"}}})));
}

TEST(FollowUp, WordsAreSentAsComposed) {
  Visit visit = on_topic(Topic::kWords);
  type(visit, U"cams own");
  EXPECT_EQ(visit.tap(NextTapped{}), Entry(NewWords{kRating, "cám ơn"}));
  EXPECT_TRUE(visit.shows<More>());
}

TEST(FollowUp, WordsCanBeTakenBack) {
  Visit visit = on_topic(Topic::kWords);
  type(visit, U"thoi");
  EXPECT_EQ(visit.tap(BackTapped{}), std::nullopt);
  EXPECT_TRUE(visit.shows<More>());
  EXPECT_FALSE(visit.as<More>().visit.wrote);
}

TEST(FollowUp, BlankWordsAreNoWords) {
  Visit visit = on_topic(Topic::kWords);
  type(visit, U"   \n ");
  EXPECT_EQ(visit.tap(NextTapped{}), std::nullopt);
}

TEST(FollowUp, ACapitalCountsForOneLetter) {
  Visit visit = on_topic(Topic::kWords);
  visit.tap(CapitalsTapped{});
  type(visit, U"ba");
  EXPECT_EQ(visit.as<Words>().draft.text(), "Ba");
}

TEST(FollowUp, TheWayOfTypingGoesRoundWithoutLosingText) {
  Visit visit = on_topic(Topic::kWords);
  type(visit, U"toans");
  for (int i = 0; i < 3; ++i) visit.tap(MethodTapped{});
  EXPECT_EQ(visit.as<Words>().draft.text(), "toán");
  EXPECT_EQ(visit.as<Words>().draft.method(), core::TypingMethod::kTelex);
}

TEST(FollowUp, ContactIsKeptOnlyWithConsentAndAPossibleNumber) {
  Visit visit = on_topic(Topic::kContact);
  type(visit, U"0912 345 67");
  EXPECT_EQ(visit.tap(NextTapped{}), std::nullopt);
  EXPECT_TRUE(visit.as<Contact>().asked_to_mend);
  type(visit, U"8");
  EXPECT_EQ(visit.tap(NextTapped{}), std::nullopt) << "without consent nothing is kept";
  visit.tap(ConsentTapped{});
  EXPECT_EQ(visit.tap(NextTapped{}), Entry(NewContact{kRating, "", "0912345678"}));
}

TEST(FollowUp, ConsentIsNeverThereBeforeItWasGiven) {
  EXPECT_FALSE(on_topic(Topic::kContact).as<Contact>().agreed);
}

TEST(FollowUp, ContactWithoutConsentIsForgottenWhenTimeIsUp) {
  Visit visit = on_topic(Topic::kContact);
  type(visit, U"0912345678");
  const auto before = visit.effects().size();
  visit.wait(kDurations.writing);
  EXPECT_TRUE(visit.shows<Home>());
  EXPECT_EQ(visit.effects().size(), before);
}

TEST(FollowUp, ContactHasANameToo) {
  Visit visit = on_topic(Topic::kContact);
  visit.tap(LineTapped{Contact::Line::kName});
  type(visit, U"Ba");
  visit.tap(LineTapped{Contact::Line::kPhone});
  type(visit, U"0912345678");
  visit.tap(ConsentTapped{});
  EXPECT_EQ(visit.tap(NextTapped{}), Entry(NewContact{kRating, "Ba", "0912345678"}));
}

TEST(FollowUp, TheNumberForErasingIsThatOfTheContactEvent) {
  Visit visit = on_topic(Topic::kContact);
  type(visit, U"0912345678");
  visit.tap(ConsentTapped{});
  visit.tap(NextTapped{});
  visit.append_all(41);
  EXPECT_EQ(visit.as<More>().visit.contact_number, 41);
  visit.tap(DoneTapped{});
  EXPECT_EQ(visit.as<Thanks>().visit.contact_number, 41);
}

TEST(FollowUp, AScannedDossierBelongsToTheNextRating) {
  Visit visit;
  const Dossier dossier{"000.00.01.H23-240814-0001"};
  visit.handle(DossierScanned{dossier});
  EXPECT_EQ(visit.tap(FaceTapped{kFive}), Entry(NewRating{kFive, dossier}));
}

TEST(FollowUp, AScannedDossierWhoseOwnerWentAwayIsForgotten) {
  Visit visit;
  visit.handle(DossierScanned{{"000.00.01.H23-240814-0001"}});
  visit.wait(kDurations.dossier);
  EXPECT_EQ(visit.as<Home>().dossier, std::nullopt);
}

TEST(FollowUp, ADossierCanBeScannedAfterTheRating) {
  const Dossier dossier{"000.00.01.H23-240814-0001"};
  for (const auto& start : {std::function<Visit()>([] {
                              Visit visit;
                              visit.rate(kOne, kRating);
                              return visit;
                            }),
                            std::function<Visit()>([] { return on_reasons(); }),
                            std::function<Visit()>([] { return on_more(); }),
                            std::function<Visit()>([] { return on_topic(Topic::kWords); })}) {
    Visit visit = start();
    const auto before = visit.flow().screen().index();
    EXPECT_EQ(visit.entry_of(DossierScanned{dossier}), Entry(NewDossier{kRating, dossier}));
    EXPECT_EQ(visit.flow().screen().index(), before) << "the screen stays";
  }
}

TEST(FollowUp, ComplaintsAreExplainedAndLeadBackToWhereOneWas) {
  Visit home;
  home.tap(TopicTapped{Topic::kComplaints});
  EXPECT_TRUE(home.shows<Complaints>());
  home.tap(BackTapped{});
  EXPECT_TRUE(home.shows<Home>());
  Visit more = on_topic(Topic::kComplaints);
  more.tap(BackTapped{});
  EXPECT_TRUE(more.shows<More>());
}

TEST(FollowUp, AFailedAppendIsAdmitted) {
  Visit visit = on_reasons();
  visit.tap(ChoiceTapped{0});
  visit.tap(NextTapped{});
  visit.fail_last();
  EXPECT_TRUE(visit.as<Sorry>().rating_stands);
}

TEST(FollowUp, AnOutcomeOfTheVisitBeforeMeansNothing) {
  Visit visit = on_reasons();
  visit.tap(ChoiceTapped{0});
  visit.wait(kDurations.follow_up);  // left by time
  const Ticket old = visit.last_ticket();
  visit.wait(kDurations.reaction);
  visit.handle(FaceTapped{kFive});
  visit.handle(AppendFailed{old});
  EXPECT_TRUE(visit.shows<Saving>());
  visit.handle(Appended{old, 8});
  EXPECT_TRUE(visit.shows<Saving>());
}

// Each screen of the follow-up: where it leads when nobody touches it, and what it keeps.
struct Waiting {
  const char* name;
  Visit (*open)();
  Millis patience;
};

Visit on_chosen_reasons() {
  Visit visit = on_reasons();
  visit.tap(ChoiceTapped{0});
  return visit;
}

class EveryFollowUp : public testing::TestWithParam<Waiting> {};

Stay stay_of(const Visit& visit) {
  return std::visit(
      []<typename S>(const S& screen) {
        if constexpr (requires { screen.stay; }) return screen.stay;
        return Stay{};
      },
      visit.flow().screen());
}

TEST_P(EveryFollowUp, GoesHomeByItselfAfterAVisibleCountdown) {
  Visit visit = GetParam().open();
  const auto seconds = static_cast<int>(GetParam().patience / 1000);
  EXPECT_EQ(stay_of(visit).seconds_left, seconds);
  visit.wait(GetParam().patience - 1000);
  EXPECT_EQ(stay_of(visit).seconds_left, 1);
  EXPECT_EQ(visit.flow().next_deadline(), visit.now() + 1000);
  visit.wait(999);
  EXPECT_FALSE(visit.shows<Home>());
  visit.wait(1);
  EXPECT_TRUE(visit.shows<Home>());
}

TEST_P(EveryFollowUp, GivesMoreTimeToWhoAsksForIt) {
  Visit visit = GetParam().open();
  visit.wait(GetParam().patience - 1000);
  visit.handle(MoreTimeTapped{});
  EXPECT_EQ(stay_of(visit).seconds_left, static_cast<int>(GetParam().patience / 1000));
}

TEST_P(EveryFollowUp, IgnoresTheEchoOfTheTapThatLedThere) {
  Visit visit = GetParam().open();
  const Screen before = visit.flow().screen();
  if (visit.now() >= stay_of(visit).ready) return;  // opened by something that waited already
  visit.handle(DoneTapped{});
  visit.handle(ChoiceTapped{0});
  EXPECT_EQ(visit.flow().screen(), before);
}

TEST_P(EveryFollowUp, ShowsNothingToTheNextPerson) {
  Visit visit = GetParam().open();
  visit.tap(PreferenceTapped{Preference::kText});
  visit.tap(PreferenceTapped{Preference::kContrast});
  visit.tap(PreferenceTapped{Preference::kSound});
  EXPECT_NE(visit.flow().preferences(), Preferences{});
  visit.wait(GetParam().patience);
  ASSERT_TRUE(visit.shows<Home>());
  Home home = visit.as<Home>();
  home.ready = 0;
  EXPECT_EQ(home, Home{});
  EXPECT_EQ(visit.flow().preferences(), Preferences{});
}

INSTANTIATE_TEST_SUITE_P(
    Screens, EveryFollowUp,
    testing::Values(Waiting{"Reasons", [] { return on_reasons(); }, 20'000},
                    Waiting{"More", [] { return on_more(); }, 20'000},
                    Waiting{"Purpose", [] { return on_topic(Topic::kQuestions); }, 20'000},
                    Waiting{"Questions", [] { return on_questions(1); }, 20'000},
                    Waiting{"Fields", [] { return on_topic(Topic::kProcedure); }, 20'000},
                    Waiting{"Procedures", on_procedures, 20'000},
                    Waiting{"Search", on_search, 45'000},
                    Waiting{"Counters", [] { return on_topic(Topic::kCounter); }, 20'000},
                    Waiting{"ExtraPayment", [] { return on_topic(Topic::kExtraPayment); }, 20'000},
                    Waiting{"Words", [] { return on_topic(Topic::kWords); }, 45'000},
                    Waiting{"Contact", [] { return on_topic(Topic::kContact); }, 45'000},
                    Waiting{"Complaints", [] { return on_topic(Topic::kComplaints); }, 20'000}),
    [](const auto& waiting) { return std::string(waiting.param.name); });

TEST(TimeOut, KeepsWhatWasChosen) {
  Visit visit = on_chosen_reasons();
  visit.wait(kDurations.follow_up);
  EXPECT_TRUE(visit.shows<Home>());
  EXPECT_EQ(visit.effects().back().entry, Entry(answers({{"reasons", {"long-wait"}}})));
}

TEST(TimeOut, KeepsWhatWasWritten) {
  Visit visit = on_topic(Topic::kWords);
  type(visit, U"hay");
  visit.wait(kDurations.writing);
  EXPECT_TRUE(visit.shows<Home>());
  EXPECT_EQ(visit.effects().back().entry, Entry(NewWords{kRating, "hay"}));
}

TEST(TimeOut, KeepsContactThatWasAgreedTo) {
  Visit visit = on_topic(Topic::kContact);
  type(visit, U"0912345678");
  visit.tap(ConsentTapped{});
  visit.wait(kDurations.writing);
  EXPECT_EQ(visit.effects().back().entry, Entry(NewContact{kRating, "", "0912345678"}));
}

TEST(TimeOut, AnyTouchBeginsItAnew) {
  Visit visit = on_reasons();
  visit.wait(15'000);
  visit.handle(ElsewhereTapped{});
  visit.wait(15'000);
  EXPECT_TRUE(visit.shows<Reasons>());
}

TEST(Preferences, TextSizesGoRound) {
  Visit visit;
  visit.handle(PreferenceTapped{Preference::kText});
  EXPECT_EQ(visit.flow().preferences().text, TextSize::kLarge);
  visit.handle(PreferenceTapped{Preference::kText});
  EXPECT_EQ(visit.flow().preferences().text, TextSize::kLargest);
  visit.handle(PreferenceTapped{Preference::kText});
  EXPECT_EQ(visit.flow().preferences().text, TextSize::kNormal);
}

TEST(Preferences, StayForTheWholeVisitAndEndWithIt) {
  Visit visit;
  visit.handle(PreferenceTapped{Preference::kContrast});
  visit.rate(kFive);
  visit.tap(SayMoreTapped{});
  EXPECT_EQ(visit.flow().preferences().contrast, Contrast::kHigh);
  visit.tap(DoneTapped{});
  visit.wait(kDurations.thanks);
  EXPECT_EQ(visit.flow().preferences(), Preferences{});
}

TEST(Preferences, OfSomebodyWhoWalkedOffAreForgotten) {
  Visit visit;
  visit.handle(PreferenceTapped{Preference::kLanguage});
  EXPECT_EQ(visit.flow().next_deadline(), visit.now() + kDurations.preferences);
  visit.wait(kDurations.preferences);
  EXPECT_EQ(visit.flow().preferences(), Preferences{});
}

TEST(Preferences, SurviveALookAtTheComplaintDesk) {
  Visit visit;
  visit.handle(PreferenceTapped{Preference::kText});
  visit.tap(TopicTapped{Topic::kComplaints});
  visit.tap(BackTapped{});
  EXPECT_EQ(visit.flow().preferences().text, TextSize::kLarge);
}

TEST(Preferences, HeadphonesSwitchTheSoundOnAndOff) {
  Visit visit;
  visit.handle(HeadphonesPlugged{true});
  EXPECT_TRUE(visit.flow().preferences().sound);
  visit.handle(HeadphonesPlugged{false});
  EXPECT_FALSE(visit.flow().preferences().sound);
}

TEST(LongLife, TheHomeScreenDriftsOnlyWhileNobodyIsThere) {
  Visit visit;
  visit.wait(kDurations.drift);
  EXPECT_EQ(visit.as<Home>().drift, 1);
  EXPECT_EQ(visit.flow().next_deadline(), visit.now() + kDurations.drift);
  for (int i = 1; i < kDriftSteps; ++i) visit.wait(kDurations.drift);
  EXPECT_EQ(visit.as<Home>().drift, 0);
}

TEST(LongLife, AScreenDimsOutOfHoursAndWakesByATouch) {
  Visit visit;
  visit.handle(Opening{false});
  visit.wait(kDurations.dim);
  EXPECT_TRUE(visit.as<Home>().dim);
  visit.handle(ElsewhereTapped{});
  EXPECT_FALSE(visit.as<Home>().dim);
  visit.wait(kDurations.dim);
  EXPECT_TRUE(visit.as<Home>().dim);
  visit.handle(Opening{true});
  visit.wait(1);
  EXPECT_FALSE(visit.as<Home>().dim);
}

TEST(LongLife, ARatingOutOfHoursIsTaken) {
  Visit visit;
  visit.handle(Opening{false});
  visit.wait(kDurations.dim);
  EXPECT_EQ(visit.tap(FaceTapped{kOne}), Entry(NewRating{kOne, std::nullopt}));
}

}  // namespace
}  // namespace hailong::kiosk::flow
