#include <gtest/gtest.h>

#include "district/ingest/eraser.h"
#include "district/ingest/verifier.h"
#include "district/storage/case_standing.h"
#include "district/storage/programme_records.h"
#include "district/storage/staff_records.h"
#include "tests/district/sample.h"

/// What the commune's staff did at their kiosk, as the district takes it in.

namespace hailong::district {
namespace {

using core::CaseAction;
using core::CaseStatus;
using storage::CaseId;

constexpr const char* kStaffedUnit = "10750@2025-07-01";
constexpr std::int64_t kOneHour = kDay / 24;

core::LocalDate day_of_november(unsigned day) {
  return {std::chrono::year{2026}, std::chrono::November, std::chrono::day{day}};
}

core::CaseStep staff_step(CaseAction action) {
  core::CaseStep step;
  step.action = action;
  if (action == CaseAction::kClassify) step.classed = core::CaseClass::kSuggestion;
  if (action == CaseAction::kHandle) step.answer = "Xã đã kê thêm ghế.";
  return step;
}

class StaffEvents : public testing::Test {
 protected:
  StaffEvents() { register_kiosk(reception_.store(), kiosk_); }

  /// Whatever came, it is made anew alike, and every chain and content can be proved.
  ~StaffEvents() override {
    Peek peek = reception_.peek();
    const auto handled = [&] {
      return peek.dump("SELECT * FROM case_step ORDER BY 1, 2, 3") +
             peek.dump("SELECT * FROM case_state ORDER BY 1, 2");
    };
    const std::string projections = peek.projections();
    const std::string steps = handled();
    must(reception_.receiver().rebuild());
    EXPECT_EQ(peek.projections(), projections);
    EXPECT_EQ(handled(), steps);
    EXPECT_EQ(must(ingest::Verifier(reception_.store()).verify()).faults,
              std::vector<std::string>{});
  }

  ingest::Accepted send() {
    const core::Seq first = sent_ + 1;
    sent_ = kiosk_.last();
    return accepted(reception_.take(kiosk_, kiosk_.sealed(first, sent_)));
  }
  CaseId leave_words() {
    const core::Seq rating = kiosk_.rate(2, kNoon - kOneHour);
    kiosk_.say(rating, "Thiếu ghế");
    send();
    return {stream(), rating};
  }
  std::int64_t stream() {
    return reception_.peek().number("SELECT id FROM stream WHERE device_id = 'kt-1'");
  }
  storage::CaseFile read(const CaseId& id) { return must(cases_.read(id)); }
  core::CaseState state_of(const CaseId& id) { return must(storage::state_of(read(id))); }

  /// A step that is taken on a page.
  void take_here(const CaseId& id, core::CaseStep step) {
    must(cases_.change(id, [&](const storage::CaseFile& file) -> core::Result<storage::CaseChange> {
      const core::CaseState before = must(storage::state_of(file));
      step.at_ms = kNoon + kOneHour;
      step.who = "can-bo";
      step.role = "commune-staff";
      step.seen = file.row.head.last_seq;
      const core::CaseState after = must(core::after(before, step, file.row.head.facts));
      return storage::CaseChange{step,
                                 standing_after(file, before, after, rules()),
                                 {kNoon + kOneHour, "can-bo", "case-step", "", ""}};
    }));
  }
  storage::CaseRules rules() {
    return {reception_.config().case_limits, reception_.config().calendar};
  }
  std::string served_months() {
    return reception_.peek().dump("SELECT month, returned, counted FROM kiosk_served_month");
  }
  std::vector<storage::ServedTotal> counted(const std::string& month) {
    const auto facts = must(storage::ProgrammeRecords(reception_.store())
                                .facts(month, month, reception_.config().calendar));
    return facts.served;
  }
  void serve(core::LocalDate day, std::int64_t count, const std::string& field = "ho-tich") {
    kiosk_.append(core::Served{"lan", core::FieldId{field}, day, count});
  }
  /// Dossiers that were returned on a day of November, as an export of that day says.
  void register_returned(core::LocalDate day, int number, core::LocalDate exported) {
    std::vector<storage::RegisterRow> rows(static_cast<std::size_t>(number));
    for (storage::RegisterRow& row : rows) {
      row.dossier = wire::random_bytes32();
      row.key = wire::random_bytes32();
      row.unit_id = kStaffedUnit;
      row.received_on = row.due_on = day;
      row.returned_on = day;
      row.exported_on = exported;
      row.source = "Hệ thống một cửa";
    }
    storage::Ledger ledger(reception_.store());
    must(ledger.write([&](storage::Ledger::Transaction& transaction) -> core::Result<void> {
      transaction.add_to_register(rows, {"can-bo", kNoon});
      return {};
    }));
  }

  Reception reception_;
  FakeKiosk kiosk_{"kt-1"};
  storage::CaseStore cases_{reception_.store()};
  core::Seq sent_ = 0;
};

TEST_F(StaffEvents, AreAllMadeUseOf) {
  const CaseId id = leave_words();
  kiosk_.append(core::StaffAccount{"lan", "lan", "Nguyễn Thị Lan", core::StaffRole::kHead, true});
  kiosk_.append(core::StaffAct{"", core::StaffDeed::kWrongPin, "lan"});
  kiosk_.handle(id.rating, staff_step(CaseAction::kSee));
  serve(day_of_november(24), 12);
  kiosk_.append(core::SignOff{"lan", day_of_november(24), kiosk_.last()});
  EXPECT_EQ(send().quarantined, 0);

  storage::StaffRecords records(reception_.store());
  const auto deeds = must(records.deeds(kiosk_.device(), 50));
  ASSERT_EQ(deeds.deeds.size(), 2U);
  EXPECT_EQ(deeds.deeds[0].deed, core::StaffDeed::kWrongPin);
  EXPECT_EQ(deeds.deeds[0].about, "lan");
  EXPECT_EQ(deeds.deeds[1].account->role, core::StaffRole::kHead);
  EXPECT_EQ(deeds.people.at("lan").name, "Nguyễn Thị Lan");
  EXPECT_EQ(must(records.deeds(kiosk_.device(), 1)).deeds.size(), 1U);

  const auto signed_off = must(records.sign_offs(day_of_november(1), day_of_november(30)));
  ASSERT_EQ(signed_off.days.size(), 1U);
  EXPECT_EQ(signed_off.days[0].unit_id, kStaffedUnit);
  EXPECT_EQ(signed_off.days[0].day, day_of_november(24));
  EXPECT_EQ(signed_off.days[0].name, "Nguyễn Thị Lan");
  EXPECT_EQ(signed_off.rated.at(kStaffedUnit), std::set{day_of_november(24)});
}

TEST_F(StaffEvents, KeepOddOnesApart) {
  const std::string long_name(65, 'x');
  const core::Seq quiet = kiosk_.rate(5);
  kiosk_.append(core::StaffAccount{"lan", "lan", "Lan\n", core::StaffRole::kHead, true});
  kiosk_.append(core::StaffAct{long_name, core::StaffDeed::kSignIn, ""});
  kiosk_.append(core::StaffAct{"lan", core::StaffDeed::kSignIn, ""}, -1);
  kiosk_.append(core::SignOff{long_name, day_of_november(24), 1});
  serve(day_of_november(24), 1'000'001);
  serve(day_of_november(24), 1, long_name);
  kiosk_.handle(77, staff_step(CaseAction::kSee));
  kiosk_.handle(quiet, staff_step(CaseAction::kSee));
  EXPECT_EQ(send().quarantined, 8);
  EXPECT_EQ(reception_.peek().dump("SELECT reason FROM quarantine ORDER BY seq"),
            "odd name\nodd name\ntime out of range\nodd name\nodd number\nodd name\n"
            "refers to no rating\nrefers to no case\n");
}

TEST_F(StaffEvents, MoveTheCaseAsStepsOnPagesDo) {
  const CaseId id = leave_words();
  for (const auto action : {CaseAction::kSee, CaseAction::kClassify, CaseAction::kStart}) {
    kiosk_.handle(id.rating, staff_step(action), kNoon);
  }
  core::CaseStep answer = staff_step(CaseAction::kHandle);
  answer.note = "Đã hỏi bộ phận quản trị.";
  kiosk_.handle(id.rating, answer, kNoon + kOneHour);
  send();
  const auto file = read(id);
  ASSERT_EQ(file.steps.size(), 4U);
  EXPECT_EQ(file.steps[0].who, "quầy:lan");
  EXPECT_EQ(file.steps[0].role, "officer");
  EXPECT_EQ(file.steps[3].note, "Đã hỏi bộ phận quản trị.");
  EXPECT_EQ(file.steps[3].at_ms, kNoon + kOneHour);
  EXPECT_TRUE(file.steps[3].moved);
  EXPECT_EQ(file.row.standing.status, CaseStatus::kHandled);
  EXPECT_EQ(file.row.standing.classed, core::CaseClass::kSuggestion);
  EXPECT_EQ(file.row.standing.settled_at, kNoon + kOneHour);
  EXPECT_EQ(file.row.standing.answer_due, core::answer_due(state_of(id), file.row.head.given_at,
                                                           rules().limits, rules().calendar));
  EXPECT_EQ(state_of(id).answer, "Xã đã kê thêm ghế.");

  take_here(id, staff_step(CaseAction::kOfferPublication));
  kiosk_.handle(id.rating, staff_step(CaseAction::kPublish), kNoon + 2 * kOneHour);
  send();
  EXPECT_EQ(state_of(id).status, CaseStatus::kPublished) << "pages and kiosk take turns";
  EXPECT_EQ(read(id).row.standing.steps, 6);
}

TEST_F(StaffEvents, StayInTheHistoryWhereTheyFitNoMore) {
  const CaseId id = leave_words();
  take_here(id, staff_step(CaseAction::kSee));
  core::CaseStep pass = staff_step(CaseAction::kPassOn);
  pass.receiver = "Ban tiếp công dân";
  take_here(id, pass);
  const auto before = read(id).row.standing;
  kiosk_.handle(id.rating, staff_step(CaseAction::kClassify));
  EXPECT_EQ(send().quarantined, 0);
  const auto file = read(id);
  ASSERT_EQ(file.steps.size(), 3U);
  EXPECT_FALSE(file.steps[2].moved);
  EXPECT_EQ(file.row.standing.status, CaseStatus::kPassedOn);
  EXPECT_EQ(file.row.standing.settled_at, before.settled_at);
  EXPECT_EQ(file.row.standing.answer_due, before.answer_due);
  EXPECT_EQ(file.row.standing.steps, 3) << "who saw the case before sees that something came";
}

TEST_F(StaffEvents, CannotAskInTheNameOfTheAuthority) {
  const CaseId id = leave_words();
  core::CaseStep ask = staff_step(CaseAction::kAskUnit);
  ask.note = "Xin trả lời";
  ask.due = day_of_november(30);
  kiosk_.handle(id.rating, ask);
  send();
  EXPECT_FALSE(read(id).steps[0].moved);
  EXPECT_EQ(state_of(id).reply_due, std::nullopt);
  EXPECT_NE(read(id).row.standing.due_at, std::nullopt) << "it is as late as it was";
}

TEST_F(StaffEvents, ComeOnceHoweverOftenTheyAreSent) {
  const CaseId id = leave_words();
  kiosk_.handle(id.rating, staff_step(CaseAction::kSee));
  send();
  EXPECT_EQ(accepted(reception_.take(kiosk_)).added, 0);
  EXPECT_EQ(read(id).steps.size(), 1U);
}

TEST_F(StaffEvents, AreMadeUseOfByARebuildWhereTheyWereNotUnderstood) {
  const CaseId id = leave_words();
  kiosk_.handle(id.rating, staff_step(CaseAction::kSee));
  serve(day_of_november(24), 3);
  send();
  Peek peek = reception_.peek();
  must(peek.execute(std::string("DROP TRIGGER case_step_is_never_deleted") +
                    (postgres_server() == nullptr ? "" : " ON case_step")));
  must(peek.execute("DELETE FROM case_step"));
  must(peek.execute("DELETE FROM case_state"));
  must(peek.execute("DELETE FROM kiosk_served"));
  must(peek.execute("UPDATE state SET projection = 4"));
  EXPECT_TRUE(must(reception_.receiver().rebuild_if_outdated()));
  EXPECT_EQ(state_of(id).status, CaseStatus::kSeen);
  EXPECT_EQ(peek.number("SELECT n FROM kiosk_served"), 3);
}

TEST_F(StaffEvents, BringTheTextsThatTheyCommitTo) {
  const CaseId id = leave_words();
  const core::Seq first = sent_ + 1;
  const core::Seq step = kiosk_.handle(id.rating, staff_step(CaseAction::kNote));
  wire::Batch batch = kiosk_.batch(first, step);
  batch.contents.front().text = *wire::encode_step_texts({"", "Không phải vậy"});
  EXPECT_EQ(refused(reception_.take(kiosk_, must(wire::seal_batch(batch, kiosk_.key())))).why,
            ingest::Refusal::kBadContent);
}

TEST_F(StaffEvents, LeaveTheCaseWhereItStandsWhenTheirTextsAreErased) {
  const CaseId id = leave_words();
  kiosk_.handle(id.rating, staff_step(CaseAction::kSee));
  kiosk_.handle(id.rating, staff_step(CaseAction::kClassify));
  core::CaseStep answer = staff_step(CaseAction::kHandle);
  answer.note = "Bà gọi từ số 0912 345 678";
  const core::Seq handled = kiosk_.handle(id.rating, answer);
  send();
  const auto key = wire::SigningKey::generate();
  ingest::Eraser eraser(reception_.store(), reception_.config().rules.units, key);
  const auto erased =
      must(eraser.erase_phone("0912345678", {"can-bo", "Người dân yêu cầu"}, kNoon));
  EXPECT_EQ(erased.contents, 1);
  EXPECT_EQ(
      reception_.peek().text("SELECT text FROM content WHERE seq = " + std::to_string(handled)),
      "");
  const auto file = read(id);
  EXPECT_EQ(file.steps[2].note, "");
  EXPECT_EQ(file.steps[2].answer, "");
  EXPECT_EQ(state_of(id).status, CaseStatus::kHandled);
  EXPECT_EQ(state_of(id).answer, "");
  EXPECT_EQ(file.row.words.front().text, "Thiếu ghế");
}

TEST_F(StaffEvents, AreErasedWithTheWordsThatTheyMayQuote) {
  const core::Seq rating = kiosk_.rate(1);
  kiosk_.say(rating, "Xin gọi 0912345678");
  core::CaseStep note = staff_step(CaseAction::kNote);
  note.note = "Đã gọi bà ấy";
  kiosk_.handle(rating, note);
  send();
  const auto key = wire::SigningKey::generate();
  ingest::Eraser eraser(reception_.store(), reception_.config().rules.units, key);
  EXPECT_EQ(must(eraser.erase_phone("0912345678", {"can-bo", "Yêu cầu"}, kNoon)).contents, 2);
  EXPECT_EQ(read({stream(), rating}).steps[0].note, "");
}

TEST_F(StaffEvents, CountOfAFieldAndDayWhatWasSaidLast) {
  serve(day_of_november(23), 5);
  serve(day_of_november(23), 7);
  serve(day_of_november(23), 2, "dat-dai");
  serve(day_of_november(24), 1);
  send();
  EXPECT_EQ(served_months(), "2026-11|10|10\n");
  FakeKiosk other("kt-2");
  register_kiosk(reception_.store(), other);
  other.append(core::Served{"hoa", core::FieldId{"ho-tich"}, day_of_november(23), 100},
               kNoon - kDay);
  other.append(core::Served{"hoa", core::FieldId{"ho-tich"}, day_of_november(24), 4}, kNoon + 1);
  accepted(reception_.take(other));
  EXPECT_EQ(served_months(), "2026-11|13|13\n") << "7 and 2, and the 4 that were said later";
}

TEST_F(StaffEvents, CountWhereTheRegisterHasNothing) {
  serve(day_of_november(23), 5);
  serve(day_of_november(24), 6);
  send();
  const core::LocalDate in_december = {std::chrono::year{2026}, std::chrono::December,
                                       std::chrono::day{1}};
  register_returned(day_of_november(24), 2, day_of_november(25));
  EXPECT_EQ(served_months(), "2026-11|7|5\n");
  EXPECT_TRUE(counted("2026-11").empty()) << "of other working days nobody said anything";
  register_returned(day_of_november(25), 1, in_december);
  EXPECT_EQ(served_months(), "2026-11|8|5\n");
  const auto totals = counted("2026-11");
  ASSERT_EQ(totals.size(), 1U);
  EXPECT_EQ(totals[0].returned, 8) << "the export holds the whole month";
  EXPECT_EQ(totals[0].own, 5);
  EXPECT_TRUE(totals[0].official);
  serve(day_of_november(25), 50);
  send();
  EXPECT_EQ(served_months(), "2026-11|8|5\n") << "the register knows of that day";
}

TEST_F(StaffEvents, CountAMonthOnceSomethingIsSaidOfEachWorkingDay) {
  const core::WorkingCalendar& calendar = reception_.config().calendar;
  std::vector<core::LocalDate> days;
  for (unsigned day = 1; day <= 30; ++day) {
    if (calendar.is_working_day(day_of_november(day))) days.push_back(day_of_november(day));
  }
  for (std::size_t i = 1; i < days.size(); ++i) serve(days[i], 2);
  send();
  EXPECT_TRUE(counted("2026-11").empty());
  serve(days[0], 0);
  send();
  const auto totals = counted("2026-11");
  ASSERT_EQ(totals.size(), 1U);
  EXPECT_EQ(totals[0].returned, static_cast<std::int64_t>(2 * (days.size() - 1)));
  EXPECT_EQ(totals[0].own, totals[0].returned);
  EXPECT_FALSE(totals[0].official);

  storage::ProgrammeRecords records(reception_.store());
  must(records.add_served({{kStaffedUnit, "2026-11", "", 9, 8, "Báo cáo", "can-bo", kNoon}}));
  ASSERT_EQ(counted("2026-11").size(), 1U);
  EXPECT_EQ(counted("2026-11")[0].returned, 8) << "what the authority entered counts first";
}

TEST_F(StaffEvents, BelongToWhereTheKioskStoodOnTheirDay) {
  const core::UnitCode other{"10792"};
  must(reception_.receiver().move(kiosk_.device(),
                                  {day_of_november(25), other, "", core::CounterId{"q1"}}, false,
                                  {"test", kNoon}));
  for (const unsigned day : {24U, 25U}) {
    serve(day_of_november(day), 1);
    kiosk_.append(core::SignOff{"lan", day_of_november(day), 1});
  }
  send();
  Peek peek = reception_.peek();
  EXPECT_EQ(peek.dump("SELECT day, unit_id FROM sign_off ORDER BY 1"),
            "2026-11-24|10750@2025-07-01\n2026-11-25|10792@2025-07-01\n");
  EXPECT_EQ(peek.dump("SELECT unit_id, returned FROM kiosk_served_month ORDER BY 1"),
            "10750@2025-07-01|1\n10792@2025-07-01|1\n");
  const storage::DevicePlace back{day_of_november(25), core::UnitCode{"10750"}, "",
                                  core::CounterId{"q1"}};
  EXPECT_FALSE(reception_.receiver().move(kiosk_.device(), back, false, {"test", kNoon}))
      << "what was counted there would move";
  must(reception_.receiver().move(kiosk_.device(), back, true, {"test", kNoon}));
  EXPECT_EQ(peek.dump("SELECT unit_id, returned FROM kiosk_served_month ORDER BY 1"),
            "10750@2025-07-01|2\n");
}

}  // namespace
}  // namespace hailong::district
