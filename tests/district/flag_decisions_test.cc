#include "district/storage/flag_decisions.h"

#include <gtest/gtest.h>

#include "district/storage/roll_ups.h"
#include "district/web/flags_page.h"
#include "tests/district/sample.h"

/// Flagged ratings are counted until somebody outside the rated unit decides otherwise.

namespace hailong::district {
namespace {

constexpr const char* kUnit = "10750@2025-07-01";

storage::FlagDecision leave_out(std::vector<std::string> reasons) {
  storage::FlagDecision decision;
  decision.unit_id = kUnit;
  decision.from = decision.to = *core::parse_date("2026-11-24");
  decision.reasons = std::move(reasons);
  decision.why = "Trẻ em bấm liên tục, theo biên bản ngày 25/11";
  decision.who = "can-bo";
  decision.at_ms = kNoon + kDay;
  return decision;
}

/// A unit's day with one good rating and two doubtful ones.
class FlagDecisions : public ::testing::Test {
 protected:
  FlagDecisions() : kiosk_("kt-1") {
    register_kiosk(reception_.store(), kiosk_);
    kiosk_.rate(5);
    kiosk_.rate(1, kNoon, "ho-tich", "q1", {"burst"});
    kiosk_.rate(2, kNoon, "ho-tich", "q1", {"burst", "closed"});
    accepted(reception_.take(kiosk_));
  }

  std::int64_t decide(const storage::FlagDecision& decision, const std::string& by_unit = "") {
    return must(reception_.receiver().decide(decision, core::UnitCode{by_unit}));
  }
  std::string refusal(const storage::FlagDecision& decision, const std::string& by_unit = "") {
    const auto decided = reception_.receiver().decide(decision, core::UnitCode{by_unit});
    return decided ? "decided" : decided.error().message;
  }
  storage::RollUp day() {
    const auto date = *core::parse_date("2026-11-24");
    return must(storage::RollUpReader(reception_.store()).read(date, date, {})).rows.at(0);
  }
  storage::RollUp month() {
    const auto rows =
        must(storage::RollUpReader(reception_.store())
                 .read(*core::parse_date("2026-11-01"), *core::parse_date("2026-11-30"), {}))
            .rows;
    return rows.at(0);
  }

  using ByScore = std::array<std::int64_t, 5>;
  Reception reception_;
  FakeKiosk kiosk_;
};

TEST_F(FlagDecisions, LeaveRatingsOutOfTheSecondFigureAlone) {
  EXPECT_EQ(day().excluded.n(), 0);
  EXPECT_EQ(decide(leave_out({"closed"})), 1);
  EXPECT_EQ(day().counts.by_score, (ByScore{1, 1, 0, 0, 1}));
  EXPECT_EQ(day().excluded.by_score, (ByScore{0, 1, 0, 0, 0}));
  EXPECT_EQ(month().excluded.by_score, (ByScore{0, 1, 0, 0, 0}));
  EXPECT_EQ(decide(leave_out({"burst"})), 1);  // the other one was left out before
  EXPECT_EQ(day().excluded.by_score, (ByScore{1, 1, 0, 0, 0}));
}

TEST_F(FlagDecisions, AreTakenBackByALaterOneAndAllAreKept) {
  decide(leave_out({"burst"}));
  auto again = leave_out({"burst"});
  again.leaves_out = false;
  again.why = "Biên bản đã rút";
  EXPECT_EQ(decide(again), 2);
  EXPECT_EQ(day().excluded.n(), 0);
  const auto decisions = must(storage::FlagDecisions(reception_.store()).list());
  ASSERT_EQ(decisions.size(), 2U);
  EXPECT_FALSE(decisions[0].leaves_out);
  EXPECT_EQ(decisions[0].why, "Biên bản đã rút");
  EXPECT_TRUE(decisions[1].leaves_out);
  EXPECT_EQ(decisions[1].reasons, std::vector<std::string>{"burst"});
  EXPECT_EQ(decisions[1].who, "can-bo");
  EXPECT_EQ(decisions[1].at_ms, kNoon + kDay);
}

TEST_F(FlagDecisions, HoldForRatingsThatArriveLaterAndAreCorrected) {
  decide(leave_out({"burst"}));
  const core::Seq late = kiosk_.rate(3, kNoon, "dat-dai", "q2", {"burst"});
  kiosk_.rate(3, kNoon - kDay, "dat-dai", "q2", {"burst"});  // of another day
  kiosk_.append(core::Correction{late, *core::Score::from(4)});
  accepted(reception_.take(kiosk_, kiosk_.sealed(4, kiosk_.last())));
  EXPECT_EQ(day().excluded.by_score, (ByScore{1, 1, 0, 1, 0}));
  EXPECT_EQ(month().counts.n(), 5);
  EXPECT_EQ(month().excluded.n(), 3);
}

TEST_F(FlagDecisions, AreNotMadeByTheRatedUnitNorWithoutGrounds) {
  EXPECT_EQ(refusal(leave_out({"burst"}), "10750"),
            "nobody decides on the ratings of the own unit");
  auto past = leave_out({"burst"});
  past.unit_id = "10771@";  // became 10750
  EXPECT_EQ(refusal(past, "10750"), "nobody decides on the ratings of the own unit");
  auto odd = leave_out({});
  EXPECT_NE(refusal(odd), "decided");
  odd = leave_out({"superseded"});  // those count nowhere anyway
  EXPECT_NE(refusal(odd), "decided");
  odd = leave_out({"burst"});
  odd.why = "";
  EXPECT_NE(refusal(odd), "decided");
  odd = leave_out({"burst"});
  odd.unit_id = "10750@1999-01-01";
  EXPECT_NE(refusal(odd), "decided");
  EXPECT_EQ(reception_.peek().number("SELECT count(*) FROM flag_decision"), 0);
  EXPECT_EQ(day().excluded.n(), 0);
}

TEST_F(FlagDecisions, StayAsTheyWereMade) {
  decide(leave_out({"burst"}));
  auto peek = reception_.peek();
  EXPECT_FALSE(peek.execute("UPDATE flag_decision SET why = 'khác'"));
  EXPECT_FALSE(peek.execute("DELETE FROM flag_decision"));
}

TEST_F(FlagDecisions, AreShownWithBothFigures) {
  decide(leave_out({"burst"}));
  const auto today = *core::parse_date("2026-11-25");
  const auto date = *core::parse_date("2026-11-24");
  storage::RollUpReader reader(reception_.store());
  auto table = must(scoring::score_table(reader, reception_.config().rules, {date, date, {}}));
  std::erase_if(table.rows, [](const scoring::ScoreRow& row) { return row.flagged == 0; });
  web::FlagsView view{{today, {date, date}, false, ""},
                      std::move(table.rows),
                      must(storage::FlagDecisions(reception_.store()).list()),
                      reception_.config().rules.units,
                      true,
                      "mã bí mật"};
  view.decisions[0].why = "<script>alert(1)</script>";
  const std::string html = web::flags_html(view);
  for (const char* part : {"xã Phú Thái", "33,3 %", "100,0 %", "nhiều phiếu liền nhau: 2",
                           "mã bí mật", "&lt;script&gt;", "không tính", "24/11/2026"}) {
    EXPECT_NE(html.find(part), std::string::npos) << part << " in " << html;
  }
  EXPECT_EQ(html.find("<script>"), std::string::npos);
  view.may_decide = false;
  EXPECT_EQ(web::flags_html(view).find("<form class=\"fields\""), std::string::npos);
}

}  // namespace
}  // namespace hailong::district
