#include <gtest/gtest.h>

#include <algorithm>

#include "district/feedback/desk.h"
#include "district/feedback/sight.h"
#include "tests/district/sample.h"

/// Who sees what residents say, and who may do what to it.

namespace hailong::district {
namespace {

using access::Principal;
using access::Role;
using core::CaseAction;
using storage::CaseId;

constexpr std::int64_t kMinute = 60'000;
const std::string kPhuThai = "10750@2025-07-01";

Principal account(Role role, const std::string& name, const std::string& unit_id = kPhuThai) {
  Principal person;
  person.name = name;
  person.role = role;
  if (access::belongs_to_commune(role)) {
    person.unit = core::UnitCode{unit_id.substr(0, unit_id.find('@'))};
    person.unit_ids = {unit_id};
  }
  return person;
}

const Principal kStaff = account(Role::kCommuneStaff, "can-bo");
const Principal kHead = account(Role::kCommuneHead, "chu-tich");
const Principal kNeighbour = account(Role::kCommuneHead, "xa-ben", "10756@2025-07-01");
const Principal kOfficer = account(Role::kDistrictOfficer, "cap-tren");
const Principal kSupervisor = account(Role::kSupervisor, "mat-tran");
const Principal kAuditor = account(Role::kAuditor, "kiem-tra");

core::CaseStep doing(CaseAction action) {
  core::CaseStep step;
  step.action = action;
  step.classed = core::CaseClass::kSuggestion;
  step.note = "Theo biên bản ngày 24/11.";
  step.answer = "Xã đã kê thêm ghế chờ.";
  step.receiver = "Công an xã";
  step.due = core::LocalDate{std::chrono::year{2026}, std::chrono::December, std::chrono::day{1}};
  return step;
}

class FeedbackDesk : public testing::Test {
 protected:
  FeedbackDesk() { register_kiosk(reception_.store(), kiosk_); }

  CaseId say(const std::string& text, int score = 2) {
    const core::Seq rating = kiosk_.rate(score);
    kiosk_.say(rating, text);
    return send(rating);
  }
  CaseId send(core::Seq rating) {
    const core::Seq first = sent_ + 1;
    sent_ = kiosk_.last();
    accepted(reception_.take(kiosk_, kiosk_.sealed(first, sent_)));
    return {1, rating};
  }

  core::Fault fault_of_opening(const Principal& person, const CaseId& id) {
    const auto opened = desk_.open(person, id, kNoon);
    EXPECT_FALSE(opened.has_value());
    return opened ? core::Fault::kIo : opened.error().fault;
  }

  core::Result<void> take(const Principal& person, const CaseId& id, const core::CaseStep& step) {
    const auto file = must(storage::CaseStore(reception_.store()).read(id));
    return desk_.take(person, id, step, static_cast<int>(file.steps.size()), kNoon + kMinute);
  }
  void must_take(const Principal& person, const CaseId& id, CaseAction action) {
    must(take(person, id, doing(action)));
  }

  std::vector<std::string> words_in_inbox(const Principal& person) {
    std::vector<std::string> texts;
    for (const auto& shown : must(desk_.inbox(person, {}, std::nullopt, 50, true, kNoon)).rows) {
      for (const auto& words : shown.row.words) texts.push_back(words.text.value_or("(ẩn)"));
    }
    return texts;
  }

  std::string audit() {
    return reception_.peek().dump(
        "SELECT who, action, subject FROM audit WHERE action LIKE 'case-%' ORDER BY seq");
  }

  Reception reception_;
  FakeKiosk kiosk_{"kt-1"};
  feedback::Desk desk_{reception_.store(), reception_.config().case_limits,
                       reception_.config().calendar};
  core::Seq sent_ = 0;
};

bool can(const feedback::OpenedCase& opened, CaseAction action) {
  return std::find(opened.actions.begin(), opened.actions.end(), action) != opened.actions.end();
}

TEST_F(FeedbackDesk, ShowsStaffTheWordsButNeverTheSingleRating) {
  const core::Seq rating = kiosk_.rate(2, kNoon - 3 * kMinute);
  kiosk_.answer(rating, "reasons", "long-wait");
  kiosk_.answer(rating, "officer", "lan");
  kiosk_.say(rating, "Chờ lâu");
  const CaseId id = send(rating);

  const auto staff = must(desk_.open(kStaff, id, kNoon));
  EXPECT_EQ(staff.file.row.words.at(0).text, "Chờ lâu");
  EXPECT_EQ(staff.file.row.head.score, 0);
  EXPECT_EQ(staff.file.row.head.counter_id, "");
  EXPECT_FALSE(staff.details);
  ASSERT_EQ(staff.file.answers.size(), 1U) << "and not who was at the counter";
  EXPECT_EQ(staff.file.answers[0].question, "reasons");

  const auto head = must(desk_.open(kHead, id, kNoon));
  EXPECT_EQ(head.file.row.head.score, 2);
  EXPECT_EQ(head.file.row.head.counter_id, "q1");
  for (const auto* opened : {&staff, &head}) {
    EXPECT_EQ(opened->file.row.head.given_at, core::start_of_day_ms(core::local_date(kNoon)))
        << "half a day";
  }
}

TEST_F(FeedbackDesk, KeepsMoneyAndMisconductFromTheStaff) {
  const core::Seq rating = kiosk_.rate(1);
  kiosk_.answer(rating, "reasons", "extra-money", true);
  kiosk_.say(rating, "Thu thêm 50 nghìn");
  const CaseId id = send(rating);
  EXPECT_EQ(fault_of_opening(kStaff, id), core::Fault::kNotFound);
  EXPECT_TRUE(must(desk_.inbox(kStaff, {}, std::nullopt, 50, true, kNoon)).rows.empty());
  EXPECT_EQ(must(desk_.inbox(kStaff, {}, std::nullopt, 50, true, kNoon)).counts.by_status.size(),
            0U)
      << "not even counted";
  EXPECT_FALSE(take(kStaff, id, doing(CaseAction::kSee)).has_value());
  EXPECT_TRUE(desk_.open(kHead, id, kNoon).has_value());
  EXPECT_TRUE(desk_.open(kOfficer, id, kNoon).has_value());
}

TEST_F(FeedbackDesk, TakesACaseFromTheStaffOnceItTellsOfMisconduct) {
  const CaseId id = say("Phải đưa tiền mới xong");
  must(desk_.open(kStaff, id, kNoon));
  core::CaseStep money = doing(CaseAction::kClassify);
  money.classed = core::CaseClass::kPetition;
  money.subject = core::PetitionSubject::kBehaviour;
  money.misconduct = true;
  must(take(kStaff, id, money));
  EXPECT_EQ(fault_of_opening(kStaff, id), core::Fault::kNotFound);
  EXPECT_TRUE(words_in_inbox(kStaff).empty());
  EXPECT_EQ(words_in_inbox(kHead), std::vector<std::string>{"(ẩn)"}) << "opened on its own only";
}

TEST_F(FeedbackDesk, RestrictsWhatWasPassedToTheCitizenReception) {
  const CaseId id = say("Tôi khiếu nại quyết định số 12");
  must(desk_.open(kStaff, id, kNoon));
  must_take(kStaff, id, CaseAction::kPassOn);
  EXPECT_EQ(fault_of_opening(kStaff, id), core::Fault::kNotFound);
  EXPECT_EQ(fault_of_opening(kSupervisor, id), core::Fault::kNotFound);
  EXPECT_EQ(must(desk_.open(kHead, id, kNoon)).state.receiver, "Công an xã");
}

TEST_F(FeedbackDesk, ShowsACommuneOnlyItsOwn) {
  const CaseId id = say("Chờ lâu");
  EXPECT_EQ(fault_of_opening(kNeighbour, id), core::Fault::kNotFound);
  EXPECT_FALSE(take(kNeighbour, id, doing(CaseAction::kSee)).has_value());
  EXPECT_TRUE(words_in_inbox(kNeighbour).empty());
  feedback::InboxFilter other;
  other.unit_id = kPhuThai;
  EXPECT_TRUE(must(desk_.inbox(kNeighbour, other, std::nullopt, 50, true, kNoon)).rows.empty())
      << "whatever unit is asked for";
  Principal lost = kHead;
  lost.unit = {};
  lost.unit_ids.clear();
  EXPECT_TRUE(words_in_inbox(lost).empty()) << "an account of a commune without one";
}

TEST_F(FeedbackDesk, ShowsAUnitWithItsHistoryWhereThatIsWanted) {
  say("Chờ lâu");
  feedback::InboxFilter filter;
  filter.unit_id = "10999@";
  EXPECT_TRUE(must(desk_.inbox(kOfficer, filter, std::nullopt, 50, true, kNoon)).rows.empty());
  filter.unit_history = {kPhuThai};
  EXPECT_EQ(must(desk_.inbox(kOfficer, filter, std::nullopt, 50, true, kNoon)).rows.size(), 1U);
  EXPECT_TRUE(must(desk_.inbox(kNeighbour, filter, std::nullopt, 50, true, kNoon)).rows.empty());
}

TEST_F(FeedbackDesk, ShowsSupervisorsWhatIsHandledWithoutTheOfficialsNotes) {
  const CaseId id = say("Thiếu ghế");
  EXPECT_EQ(fault_of_opening(kSupervisor, id), core::Fault::kNotFound);
  must(desk_.open(kStaff, id, kNoon));
  must_take(kStaff, id, CaseAction::kClassify);
  EXPECT_EQ(fault_of_opening(kSupervisor, id), core::Fault::kNotFound);
  must_take(kStaff, id, CaseAction::kHandle);
  const auto seen = must(desk_.open(kSupervisor, id, kNoon));
  EXPECT_EQ(seen.state.answer, "Xã đã kê thêm ghế chờ.");
  EXPECT_TRUE(seen.actions.empty());
  for (const auto& step : seen.file.steps) {
    EXPECT_EQ(step.note, "");
    EXPECT_EQ(step.who, "");
  }
  EXPECT_FALSE(take(kSupervisor, id, doing(CaseAction::kNote)).has_value());
  EXPECT_FALSE(take(kAuditor, id, doing(CaseAction::kNote)).has_value());
}

TEST_F(FeedbackDesk, LetsNoOfficerHandleWhatIsSaidOfThem) {
  const CaseId id = say("Cán bộ quát nạt");
  must(desk_.open(kStaff, id, kNoon));
  core::CaseStep about = doing(CaseAction::kClassify);
  about.classed = core::CaseClass::kPetition;
  about.subject = core::PetitionSubject::kBehaviour;
  about.officer = kStaff.name;
  must(take(kHead, id, about));
  EXPECT_TRUE(must(desk_.open(kStaff, id, kNoon)).actions.empty());
  for (const CaseAction action : {CaseAction::kHandle, CaseAction::kClassify, CaseAction::kDecline,
                                  CaseAction::kHide, CaseAction::kNote}) {
    const auto refused = take(kStaff, id, doing(action));
    ASSERT_FALSE(refused.has_value()) << core::word_of(action);
    EXPECT_EQ(refused.error().fault, core::Fault::kRefused);
  }
  must_take(kHead, id, CaseAction::kHandle);

  // The resident named them on the kiosk.
  const core::Seq rating = kiosk_.rate(1);
  kiosk_.answer(rating, "officer", kStaff.name);
  kiosk_.say(rating, "Thái độ chưa tốt");
  const CaseId named = send(rating);
  must(desk_.open(kHead, named, kNoon));
  about.officer.clear();
  must(take(kHead, named, about));
  EXPECT_FALSE(take(kStaff, named, doing(CaseAction::kHandle)).has_value());
}

TEST_F(FeedbackDesk, MarksACaseSeenWhenItsUnitOpensIt) {
  const CaseId id = say("Chờ lâu");
  EXPECT_EQ(must(desk_.open(kOfficer, id, kNoon)).state.status, core::CaseStatus::kNew);
  EXPECT_EQ(must(desk_.open(kAuditor, id, kNoon)).state.status, core::CaseStatus::kNew);
  const auto opened = must(desk_.open(kStaff, id, kNoon));
  EXPECT_EQ(opened.state.status, core::CaseStatus::kSeen);
  ASSERT_EQ(opened.file.steps.size(), 1U);
  EXPECT_EQ(opened.file.steps[0].who, "can-bo");
  EXPECT_EQ(opened.file.steps[0].role, "commune-staff");
  EXPECT_EQ(must(desk_.open(kHead, id, kNoon)).file.steps.size(), 1U);
}

TEST_F(FeedbackDesk, LetsTheAuthorityAskAndTheUnitReply) {
  const CaseId id = say("Chờ lâu");
  EXPECT_FALSE(take(kHead, id, doing(CaseAction::kAskUnit)).has_value());
  EXPECT_TRUE(can(must(desk_.open(kOfficer, id, kNoon)), CaseAction::kAskUnit));
  EXPECT_FALSE(can(must(desk_.open(kHead, id, kNoon)), CaseAction::kAskUnit));
  must_take(kOfficer, id, CaseAction::kAskUnit);
  const auto inbox = must(desk_.inbox(kStaff, {}, std::nullopt, 50, true, kNoon));
  ASSERT_EQ(inbox.asked.size(), 1U);
  EXPECT_EQ(inbox.counts.asked, 1);
  EXPECT_FALSE(inbox.asked[0].overdue);
  EXPECT_FALSE(take(kOfficer, id, doing(CaseAction::kReply)).has_value());
  must_take(kStaff, id, CaseAction::kReply);
  EXPECT_TRUE(must(desk_.inbox(kStaff, {}, std::nullopt, 50, true, kNoon)).asked.empty());
}

TEST_F(FeedbackDesk, HidesWordsFromAllButThoseWhoMayShowThemAgain) {
  const CaseId id = say("Nhà tôi ở số 5, điện thoại 0912345678");
  must(desk_.open(kStaff, id, kNoon));
  must_take(kStaff, id, CaseAction::kHide);
  EXPECT_EQ(words_in_inbox(kStaff), std::vector<std::string>{"(ẩn)"});
  EXPECT_EQ(must(desk_.open(kStaff, id, kNoon)).file.row.words[0].text, std::nullopt);
  feedback::InboxFilter phone;
  phone.search = "0912345678";
  EXPECT_TRUE(must(desk_.inbox(kStaff, phone, std::nullopt, 50, true, kNoon)).rows.empty());
  EXPECT_FALSE(take(kStaff, id, doing(CaseAction::kShow)).has_value());
  EXPECT_TRUE(must(desk_.open(kHead, id, kNoon)).file.row.words[0].text.has_value());
  must_take(kHead, id, CaseAction::kShow);
  EXPECT_TRUE(must(desk_.open(kStaff, id, kNoon)).file.row.words[0].text.has_value());
}

TEST_F(FeedbackDesk, RefusesAStepWhereSomebodyElseWasQuicker) {
  const CaseId id = say("Chờ lâu");
  must(desk_.open(kStaff, id, kNoon));
  must(desk_.take(kHead, id, doing(CaseAction::kClassify), 1, kNoon));
  const auto late = desk_.take(kStaff, id, doing(CaseAction::kClassify), 1, kNoon);
  ASSERT_FALSE(late.has_value());
  EXPECT_EQ(late.error().fault, core::Fault::kConflict);
}

TEST_F(FeedbackDesk, NotesWhoReadWordsAndWhoDidWhat) {
  const CaseId id = say("Chờ lâu");
  const CaseId other = say("Thiếu ghế");
  words_in_inbox(kOfficer);
  EXPECT_EQ(audit(), "cap-tren|case-read|" + to_string(other) + " " + to_string(id) + "\n");
  must(desk_.open(kStaff, id, kNoon));
  must_take(kStaff, id, CaseAction::kClassify);
  EXPECT_EQ(audit(), "cap-tren|case-read|" + to_string(other) + " " + to_string(id) +
                         "\ncan-bo|case-see|" + to_string(id) + "\ncan-bo|case-read|" +
                         to_string(id) + "\ncan-bo|case-classify|" + to_string(id) + "\n");
  const std::string all = audit();
  EXPECT_EQ(all.find("Chờ"), std::string::npos);
  must(desk_.inbox(kOfficer, {}, std::nullopt, 50, false, kNoon));
  EXPECT_EQ(audit(), all) << "no words, no look";
}

TEST_F(FeedbackDesk, TellsWhenSomethingWasAddedSinceItWasDealtWith) {
  const CaseId id = say("Chờ lâu");
  must(desk_.open(kStaff, id, kNoon));
  const auto news = [&] {
    return must(desk_.inbox(kStaff, {}, std::nullopt, 50, true, kNoon)).rows.at(0).news;
  };
  EXPECT_FALSE(news());
  kiosk_.say(id.rating, "Và thiếu ghế");
  send(id.rating);
  EXPECT_TRUE(news());
  must_take(kStaff, id, CaseAction::kNote);
  EXPECT_FALSE(news());
}

/// Deadlines are those of the rules when the case was answered, whatever happens to it later.
TEST_F(FeedbackDesk, KeepsWhetherAnAnswerWasInTime) {
  const CaseId id = say("Thiếu ghế");
  must(desk_.open(kStaff, id, kNoon));
  must_take(kStaff, id, CaseAction::kClassify);
  must_take(kStaff, id, CaseAction::kHandle);
  const std::string before =
      reception_.peek().dump("SELECT answer_due, settled_at FROM case_state");
  core::CaseLimits shorter = reception_.config().case_limits;
  for (core::CaseLimit& limit : shorter) limit.working_days = 0;
  feedback::Desk later(reception_.store(), shorter, reception_.config().calendar);
  must(later.take(kHead, id, doing(CaseAction::kOfferPublication), 3, kNoon + 9 * kDay));
  EXPECT_EQ(reception_.peek().dump("SELECT answer_due, settled_at FROM case_state"), before);
}

TEST(HalfDays, AreAllThatIsToldOfATime) {
  EXPECT_EQ(feedback::half_day_words(kNoon - 1), "sáng 24/11/2026");
  EXPECT_EQ(feedback::half_day_words(kNoon), "chiều 24/11/2026");
}

}  // namespace
}  // namespace hailong::district
