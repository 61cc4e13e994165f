#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "district/ingest/heartbeats.h"
#include "district/webhook/conflicts.h"
#include "district/webhook/overdue.h"
#include "district/webhook/score_drops.h"
#include "tests/district/sample.h"

namespace hailong::district {
namespace {

using namespace std::chrono;

/// Noon of a day in Vietnam.
std::int64_t noon(core::LocalDate day) {
  return core::start_of_day_ms(day) + std::int64_t{12} * 3'600'000;
}

class WebhookWatches : public testing::Test {
 protected:
  /// `satisfied` ratings of 5 and `others` of 2.
  void rate(core::LocalDate day, int satisfied, int others) {
    for (int i = 0; i < satisfied; ++i) kiosk_.rate(5, noon(day));
    for (int i = 0; i < others; ++i) kiosk_.rate(2, noon(day));
  }
  void send(core::LocalDate day) {
    register_kiosk(reception_.store(), kiosk_);
    accepted(reception_.take(kiosk_, kiosk_.sealed(), noon(day)));
  }
  std::vector<storage::WebhookMessage> drops(core::LocalDate today) {
    storage::RollUpReader roll_ups(reception_.store());
    return must(webhook::score_drops(roll_ups, reception_.config().rules, noon(today)));
  }

  Reception reception_;
  FakeKiosk kiosk_{"kt-10750-q1"};
};

TEST_F(WebhookWatches, TellOfADropOfAWholeMonth) {
  rate(2026y / September / 10, 95, 5);
  rate(2026y / October / 10, 75, 25);
  send(2026y / October / 11);
  // October is not over.
  EXPECT_TRUE(drops(2026y / October / 31).empty());
  const auto messages = drops(2026y / November / 1);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].id, "score-drop/10750@2025-07-01/2026-10");
  const auto json = nlohmann::json::parse(messages[0].body);
  EXPECT_EQ(json.at("type"), "score.drop");
  EXPECT_EQ(json.at("timestamp"), "2026-11-01T12:00:00+07:00");
  EXPECT_EQ(json.at("data"),
            nlohmann::json::parse(
                R"({"unit_id":"10750@2025-07-01","unit_name":"xã Phú Thái","month":"2026-10",
                    "last":{"n":100,"satisfied_pct":75.0},"before":{"n":100,"satisfied_pct":95.0}})"));
  // The next month, October is the month before, and nobody rated in November.
  EXPECT_TRUE(drops(2026y / December / 1).empty());
}

TEST_F(WebhookWatches, AreNotDeceivedByChance) {
  rate(2026y / September / 10, 19, 1);
  rate(2026y / October / 10, 17, 3);
  send(2026y / October / 11);
  EXPECT_TRUE(drops(2026y / November / 1).empty());
}

TEST_F(WebhookWatches, TellOfACardThatWasRolledBackOnce) {
  rate(2026y / September / 10, 3, 0);
  send(2026y / September / 10);
  const auto conflicts = [&](core::LocalDate day) {
    storage::DeviceStates devices(reception_.store());
    return must(webhook::journal_conflicts(devices, reception_.config().rules.units, noon(day)));
  };
  EXPECT_TRUE(conflicts(2026y / September / 10).empty());
  kiosk_.roll_back_to(1);
  const std::int64_t later = noon(2026y / September / 11);
  must(ingest::Heartbeats(reception_.store()).take(kiosk_.device(), kiosk_.beat(later), later));
  kiosk_.rate(1, later);
  refused(reception_.take(kiosk_, kiosk_.sealed(2, 2), later + 1));
  ASSERT_EQ(must(storage::DeviceStates(reception_.store()).read()).at(0).conflicts.size(), 2U);
  const auto messages = conflicts(2026y / September / 11);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].id, "journal-conflict/kt-10750-q1/e1");
  const auto json = nlohmann::json::parse(messages[0].body);
  EXPECT_EQ(json.at("type"), "journal.conflict");
  EXPECT_EQ(json.at("data").at("unit_name"), "xã Phú Thái");
  EXPECT_EQ(json.at("data").at("reason"),
            "the kiosk's journal ends at event 1, but it had event 3 before: rolled back or cut");
  EXPECT_EQ(json.at("data").at("received"), "2026-09-11T12:00:00+07:00");
}

TEST_F(WebhookWatches, TellOfOverdueFeedbackWithoutItsWords) {
  const core::Seq rating = kiosk_.rate(1, noon(2026y / September / 10));
  kiosk_.say(rating, "Chờ rất lâu, số điện thoại 0912345678");
  send(2026y / September / 10);
  const Config& config = reception_.config();
  feedback::TimelinessReader timeliness(reception_.store(), config.case_limits, config.calendar);
  const auto at = [&](core::LocalDate day) {
    return must(webhook::overdue_feedback(timeliness, config.rules.units, noon(day)));
  };
  EXPECT_TRUE(at(2026y / September / 10).empty());
  const auto messages = at(2026y / December / 1);
  ASSERT_EQ(messages.size(), 1U);
  const auto json = nlohmann::json::parse(messages[0].body);
  EXPECT_EQ(json.at("type"), "feedback.overdue");
  EXPECT_EQ(json.at("data").at("unit_name"), "xã Phú Thái");
  EXPECT_EQ(messages[0].body.find("0912345678"), std::string::npos);
  EXPECT_EQ(messages[0].body.find("lâu"), std::string::npos);
  // The same deadline is told of once.
  EXPECT_EQ(at(2026y / December / 2).at(0).id, messages[0].id);
}

}  // namespace
}  // namespace hailong::district
