#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "kiosk/flow/flow.h"
#include "tests/kiosk/visit.h"

/// Staff mode between the hidden corner and the lock. The Session is played by the tests.

namespace hailong::kiosk::flow {
namespace {

using staff::Command;
using staff::Input;
using staff::Verb;
using tests::kDurations;
using tests::kTwo;
using tests::Visit;

const Command kShowToday{Verb::kToday, 0, {}};
const Command kGoOut{Verb::kLock, 0, {}};
const Command kComeIn{Verb::kOpen, 0, {}};

staff::View titled(std::string title) {
  staff::View view;
  view.title = std::move(title);
  return view;
}

staff::View asking(Input::Kind kind, std::string start = {}, int longest = 500) {
  staff::View view = titled("Nhập");
  view.input = Input{kind, "Nhập", std::move(start), longest, {Verb::kText, 3, {}}, "Lưu"};
  return view;
}

staff::View asking_for_a_code(std::string message) {
  staff::View view = titled("Máy chưa được đăng ký");
  view.input = Input{Input::Kind::kCode, "", "", 20, {Verb::kEnrol, 0, ""}, "Đăng ký"};
  view.message = std::move(message);
  return view;
}

/// The Session answers what it was asked last, and the person has seen it.
void tell(Visit& visit, staff::View view) {
  visit.handle(StaffTold{visit.last_ticket(), std::move(view)});
  visit.wait(kDurations.arrival_guard);
}

Visit in_staff(staff::View view = titled("Hôm nay")) {
  Visit visit;
  visit.handle(StaffOpened{});
  tell(visit, std::move(view));
  return visit;
}

void type_keys(Visit& visit, std::u32string_view keys) {
  for (const char32_t key : keys) visit.handle(CharacterTapped{key});
}

const std::string& title_of(const Visit& visit) { return visit.as<Staff>().view.title; }

TEST(StaffFlow, TheCornerOpensTheDoor) {
  Visit visit;
  EXPECT_EQ(visit.entry_of(StaffOpened{}), Entry(kComeIn));
  EXPECT_TRUE(visit.as<Staff>().waiting);
  tell(visit, titled("Ai đó?"));
  EXPECT_EQ(title_of(visit), "Ai đó?");
  EXPECT_FALSE(visit.as<Staff>().waiting);
}

TEST(StaffFlow, OnlyHomeHasTheCorner) {
  Visit visit;
  visit.rate(kTwo);
  visit.wait(kDurations.thanks_guard);
  EXPECT_EQ(visit.handle(StaffOpened{}), std::nullopt);
  EXPECT_TRUE(visit.shows<Thanks>());
}

TEST(StaffFlow, ATapAsksTheSessionAndNothingElseIsTakenMeanwhile) {
  Visit visit = in_staff();
  EXPECT_EQ(visit.entry_of(StaffTapped{kShowToday}), Entry(kShowToday));
  EXPECT_EQ(title_of(visit), "Hôm nay") << "the old view stays until there is a new one";
  EXPECT_EQ(visit.handle(StaffTapped{kShowToday}), std::nullopt);
  EXPECT_EQ(visit.handle(NextTapped{}), std::nullopt);
  tell(visit, titled("Hộp thư"));
  EXPECT_EQ(title_of(visit), "Hộp thư");
  EXPECT_NE(visit.handle(StaffTapped{kShowToday}), std::nullopt);
}

TEST(StaffFlow, AnAnswerToSomethingElseIsNotShown) {
  Visit visit = in_staff();
  visit.handle(StaffTapped{kShowToday});
  visit.handle(StaffTold{visit.last_ticket() - 1, titled("Cũ")});
  EXPECT_EQ(title_of(visit), "Hôm nay");
  tell(visit, titled("Mới"));
  EXPECT_EQ(title_of(visit), "Mới");
}

TEST(StaffFlow, NewsOfWhatWasAskedIsShownAndDisturbsNoTyping) {
  Visit visit = in_staff(asking_for_a_code(""));
  type_keys(visit, U"k7qd");
  visit.handle(StaffTold{visit.last_ticket(), asking_for_a_code("Đang gửi")});
  EXPECT_EQ(visit.as<Staff>().view.message, "Đang gửi");
  EXPECT_EQ(visit.as<Staff>().digits, "K7QD");
}

TEST(StaffFlow, NothingLocksBeforeTheMachineHasACode) {
  Visit visit = in_staff(asking_for_a_code(""));
  type_keys(visit, U"k7qd");
  visit.wait(10 * kDurations.staff);
  EXPECT_EQ(visit.as<Staff>().digits, "K7QD");
  EXPECT_EQ(visit.as<Staff>().stay.seconds_left, 0);
}

TEST(StaffFlow, AnAnswerAfterTheLockIsShownToNobody) {
  Visit visit = in_staff();
  visit.handle(StaffTapped{kShowToday});
  const Ticket asked = visit.last_ticket();
  EXPECT_EQ(visit.entry_of(StaffTapped{kGoOut}), Entry(kGoOut)) << "even while it waits";
  EXPECT_TRUE(visit.shows<Home>());
  visit.handle(StaffTold{asked, titled("Muộn")});
  EXPECT_TRUE(visit.shows<Home>());
  visit.handle(StaffOpened{});
  visit.handle(StaffTold{asked, titled("Muộn")});
  EXPECT_EQ(title_of(visit), "");
}

TEST(StaffFlow, ATapMeantForTheViewBeforeIsNotTaken) {
  Visit visit = in_staff();
  visit.handle(StaffTapped{kShowToday});
  visit.handle(StaffTold{visit.last_ticket(), titled("Mới")});
  visit.wait(kDurations.reaction - 1);
  EXPECT_EQ(visit.handle(StaffTapped{kShowToday}), std::nullopt);
  visit.wait(1);
  EXPECT_NE(visit.handle(StaffTapped{kShowToday}), std::nullopt);
}

TEST(StaffFlow, LocksItselfAfterAMinuteWithoutATouch) {
  Visit visit = in_staff();
  visit.handle(Stirred{});
  visit.wait(kDurations.staff - 1);
  EXPECT_TRUE(visit.shows<Staff>());
  const auto before = visit.effects().size();
  visit.wait(1);
  EXPECT_TRUE(visit.shows<Home>());
  ASSERT_EQ(visit.effects().size(), before + 1);
  EXPECT_EQ(visit.effects().back().entry, Entry(kGoOut));
}

TEST(StaffFlow, AnyTouchAndAnyKeyKeepsItOpen) {
  for (const Event& touch : std::vector<Event>{ElsewhereTapped{}, Stirred{}, CharacterTapped{U'a'},
                                               KeyNoticed{"a"}, EraseTapped{}}) {
    Visit visit = in_staff();
    visit.handle(Stirred{});
    visit.wait(kDurations.staff - 1);
    visit.handle(touch);
    visit.wait(kDurations.staff - 1);
    EXPECT_TRUE(visit.shows<Staff>()) << touch.index();
    visit.wait(1);
    EXPECT_TRUE(visit.shows<Home>()) << touch.index();
  }
}

TEST(StaffFlow, WhatTheSessionOrTheJournalSayIsNoTouch) {
  Visit visit = in_staff();
  visit.handle(StaffTapped{kShowToday});
  visit.wait(40'000);
  tell(visit, titled("Mới"));
  visit.handle(Appended{visit.last_ticket(), 9});
  visit.wait(20'000);
  EXPECT_TRUE(visit.shows<Home>());
}

TEST(StaffFlow, CountsTheLastTenSecondsDown) {
  Visit visit = in_staff();
  visit.handle(Stirred{});
  EXPECT_EQ(visit.flow().next_deadline(), visit.now() + kDurations.staff - kLockWarning);
  visit.wait(kDurations.staff - kLockWarning);
  for (int left = 10; left >= 1; --left) {
    EXPECT_EQ(visit.as<Staff>().stay.seconds_left, left);
    EXPECT_EQ(visit.flow().next_deadline(), visit.now() + 1'000);
    visit.wait(1'000);
  }
  EXPECT_TRUE(visit.shows<Home>());
}

TEST(StaffFlow, TheLockWaitsForALongCommandThatGetsOn) {
  Visit visit = in_staff();
  visit.handle(StaffTapped{kShowToday});
  visit.handle(StaffProgress{visit.last_ticket(), 0.25F});
  EXPECT_EQ(visit.as<Staff>().view.progress, 0.25F);
  for (int i = 0; i < 10; ++i) {
    visit.wait(kDurations.staff - 1);
    ASSERT_TRUE(visit.shows<Staff>());
    visit.handle(StaffProgress{visit.last_ticket(), 0.25F});
  }
  visit.handle(StaffProgress{visit.last_ticket() - 1, 0.9F});
  EXPECT_EQ(visit.as<Staff>().view.progress, 0.25F) << "of another command";
  visit.handle(StaffTold{visit.last_ticket(), titled("Xong")});
  visit.wait(kDurations.staff - 1);
  EXPECT_TRUE(visit.shows<Staff>());
  visit.wait(1);
  EXPECT_TRUE(visit.shows<Home>());
}

TEST(StaffFlow, LocksOnACommandThatHangs) {
  Visit visit = in_staff();
  visit.handle(StaffTapped{kShowToday});
  visit.handle(StaffProgress{visit.last_ticket(), 0.25F});
  visit.wait(kDurations.staff);
  EXPECT_TRUE(visit.shows<Home>());
}

TEST(StaffFlow, LeavesNothingOfThePersonToResidents) {
  Visit visit;
  visit.handle(PreferenceTapped{Preference::kContrast});
  visit.handle(PreferenceTapped{Preference::kSound});
  visit.handle(PreferenceTapped{Preference::kLanguage});
  visit.handle(PreferenceTapped{Preference::kLower});
  visit.handle(StaffOpened{});
  Preferences seen;
  seen.contrast = Contrast::kHigh;
  EXPECT_EQ(visit.flow().preferences(), seen) << "silent, in Vietnamese, on the whole panel";
  visit.wait(kDurations.arrival_guard);
  visit.handle(PreferenceTapped{Preference::kSound});
  visit.handle(PreferenceTapped{Preference::kText});
  seen.text = TextSize::kLarge;
  EXPECT_EQ(visit.flow().preferences(), seen);
  visit.handle(StaffTapped{kGoOut});
  EXPECT_EQ(visit.flow().preferences(), Preferences{});
  EXPECT_EQ(visit.as<Home>().dossier, std::nullopt);
}

TEST(StaffFlow, ATapThatLocksIsNoVote) {
  Visit visit = in_staff();
  visit.handle(StaffTapped{kGoOut});
  EXPECT_EQ(visit.handle(FaceTapped{kTwo}), std::nullopt);
}

TEST(StaffFlow, OnAnOfficeComputerTheDoorIsAllThereIs) {
  Visit visit(kDurations, true);
  ASSERT_EQ(visit.effects().size(), 1U);
  EXPECT_EQ(visit.effects().back().entry, Entry(kComeIn));
  tell(visit, titled("Ai đó?"));
  visit.handle(StaffTapped{kShowToday});
  tell(visit, titled("Hôm nay"));
  visit.handle(StaffTapped{kGoOut});
  EXPECT_EQ(visit.effects().back().entry, Entry(kComeIn));
  EXPECT_EQ(title_of(visit), "") << "nothing is left to be seen";
  tell(visit, titled("Ai đó?"));
  EXPECT_EQ(title_of(visit), "Ai đó?");
  visit.wait(kDurations.staff);
  EXPECT_EQ(visit.effects().back().entry, Entry(kComeIn));
  EXPECT_TRUE(visit.shows<Staff>());
}

TEST(StaffFlow, APinIsDigitsAndTypedAnewAfterAWrongOne) {
  staff::View pin = asking(Input::Kind::kPin, {}, 6);
  Visit visit = in_staff(pin);
  EXPECT_EQ(visit.handle(NextTapped{}), std::nullopt) << "nothing was typed yet";
  type_keys(visit, U"12a34");
  visit.handle(EraseTapped{});
  type_keys(visit, U"567890");
  EXPECT_EQ(visit.as<Staff>().digits, "123567") << "no more than it takes";
  EXPECT_EQ(visit.entry_of(NextTapped{}), Entry(Command{Verb::kText, 3, "123567"}));
  pin.message = "PIN không đúng.";
  tell(visit, pin);
  EXPECT_EQ(visit.as<Staff>().digits, "");
}

TEST(StaffFlow, ADateIsHandedInWithAllItsDigits) {
  Visit visit = in_staff(asking(Input::Kind::kDate));
  type_keys(visit, U"1408202");
  EXPECT_EQ(visit.handle(NextTapped{}), std::nullopt);
  type_keys(visit, U"49");
  EXPECT_EQ(visit.entry_of(NextTapped{}), Entry(Command{Verb::kText, 3, "14082024"}));
}

TEST(StaffFlow, ANumberBeginsWithWhatStandsThere) {
  Visit visit = in_staff(asking(Input::Kind::kNumber, "12", 4));
  type_keys(visit, U"5");
  EXPECT_EQ(visit.entry_of(NextTapped{}), Entry(Command{Verb::kText, 3, "125"}));
}

TEST(StaffFlow, WordsAreComposedAsResidentsComposeThem) {
  Visit visit = in_staff(asking(Input::Kind::kWords, "Đã nhắc "));
  visit.handle(CapitalsTapped{});
  type_keys(visit, U"toor");
  visit.handle(CharacterTapped{U'\n'});
  type_keys(visit, U"xem");
  EXPECT_EQ(visit.entry_of(NextTapped{}), Entry(Command{Verb::kText, 3, "Đã nhắc Tổ\nxem"}));
}

TEST(StaffFlow, ALineHasNoLineEnd) {
  Visit visit = in_staff(asking(Input::Kind::kLine));
  type_keys(visit, U"a\nb");
  visit.handle(ToneTapped{core::Tone::kAcute});
  visit.handle(EraseTapped{});
  visit.handle(MethodTapped{});
  visit.handle(SymbolsTapped{});
  EXPECT_TRUE(visit.as<Staff>().keyboard.symbols);
  EXPECT_EQ(visit.entry_of(NextTapped{}), Entry(Command{Verb::kText, 3, "á"}));
}

TEST(StaffFlow, WhatIsTypedStaysWhileTheSameIsAskedFor) {
  Visit visit = in_staff(asking(Input::Kind::kWords));
  type_keys(visit, U"abc");
  visit.handle(StaffTapped{{Verb::kClass, 2, {}}});
  staff::View again = asking(Input::Kind::kWords);
  again.message = "Đã chọn";
  tell(visit, again);
  EXPECT_EQ(visit.as<Staff>().draft.text(), "abc");
  visit.handle(StaffTapped{{Verb::kClass, 2, {}}});
  tell(visit, asking(Input::Kind::kWords, "xyz"));
  EXPECT_EQ(visit.as<Staff>().draft.text(), "xyz");
}

TEST(StaffFlow, NothingIsTypedWhereNothingIsAskedFor) {
  Visit visit = in_staff();
  const Screen before = visit.flow().screen();
  type_keys(visit, U"12ab");
  visit.handle(EraseTapped{});
  EXPECT_EQ(visit.handle(NextTapped{}), std::nullopt);
  EXPECT_EQ(visit.as<Staff>().digits, "");
  EXPECT_TRUE(visit.as<Staff>().draft.empty());
}

TEST(StaffFlow, AKeyThatLeadsBackDoesWhatTheButtonDoes) {
  Visit visit = in_staff();
  EXPECT_EQ(visit.handle(BackTapped{}), std::nullopt);
  staff::View view = titled("Phiếu");
  view.actions = {{"Quay lại", {Verb::kBack, 7, {}}, staff::Button::Kind::kPlain}};
  visit.handle(StaffTapped{kShowToday});
  tell(visit, view);
  EXPECT_EQ(visit.entry_of(BackTapped{}), Entry(Command{Verb::kBack, 7, {}}));
}

TEST(StaffFlow, ALongViewIsTurnedSheetBySheet) {
  Visit visit = in_staff();
  visit.handle(PageTapped{2});
  EXPECT_EQ(visit.as<Staff>().sheet, 2);
  visit.handle(StaffTapped{kShowToday});
  tell(visit, titled("Hôm nay"));
  EXPECT_EQ(visit.as<Staff>().sheet, 2) << "the same page, changed somewhere";
  visit.handle(StaffTapped{kShowToday});
  staff::View next = titled("Hôm nay");
  next.page = 1;
  tell(visit, next);
  EXPECT_EQ(visit.as<Staff>().sheet, 0);
}

TEST(StaffFlow, TheTestOfPartsNoticesFingersKeysAndCodes) {
  Visit visit = in_staff(asking(Input::Kind::kParts));
  visit.handle(CellTouched{3});
  visit.handle(CellTouched{kTouchCells});
  visit.handle(CellTouched{-1});
  for (const char key : std::string("abcdefghij")) visit.handle(KeyNoticed{{key}});
  visit.handle(CodeNoticed{25});
  const Parts& parts = visit.as<Staff>().parts;
  EXPECT_EQ(std::count(parts.touched.begin(), parts.touched.end(), true), 1);
  EXPECT_TRUE(parts.touched[3]);
  EXPECT_EQ(parts.keys, (std::vector<std::string>{"c", "d", "e", "f", "g", "h", "i", "j"}));
  EXPECT_EQ(parts.scanned, 25U);
  visit.handle(StaffTapped{{Verb::kTestSound, 0, {}}});
  tell(visit, asking(Input::Kind::kParts));
  EXPECT_TRUE(visit.as<Staff>().parts.touched[3]) << "the sound was tested as well";
  visit.handle(StaffTapped{kShowToday});
  tell(visit, titled("Máy"));
  EXPECT_EQ(visit.as<Staff>().parts, Parts{});
}

TEST(StaffFlow, PartsAreTestedOnTheirPageOnly) {
  Visit visit = in_staff();
  visit.handle(CellTouched{3});
  visit.handle(KeyNoticed{"a"});
  visit.handle(CodeNoticed{25});
  EXPECT_EQ(visit.as<Staff>().parts, Parts{});
}

TEST(StaffFlow, ACodeIsOfDigitsAndCapitalsAndWhole) {
  Visit visit = in_staff(asking(Input::Kind::kCode, {}, 4));
  type_keys(visit, U"k7-qđ");
  EXPECT_EQ(visit.as<Staff>().digits, "K7Q");
  EXPECT_EQ(visit.entry_of(NextTapped{}), std::nullopt);
  type_keys(visit, U"Dz");
  EXPECT_EQ(visit.as<Staff>().digits, "K7QD");
  EXPECT_EQ(visit.entry_of(NextTapped{}), Entry(Command{Verb::kText, 3, "K7QD"}));
}

}  // namespace
}  // namespace hailong::kiosk::flow
