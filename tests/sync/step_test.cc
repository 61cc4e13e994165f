#include "sync/step.h"

#include <ostream>

#include "tests/property.h"

namespace hailong::sync {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const RetryRules kRules{seconds{1}, seconds{300}, seconds{900}, 500};
const Position kBefore{101, 100, 0};
const Sent kSent{101, 200};

Step after(const Outcome& outcome, const Position& before = kBefore, double random = 0.5,
           const Sent& sent = kSent) {
  return step(outcome, sent, before, kRules, random);
}

HttpAnswer http(long status, std::string body = {}, std::optional<seconds> retry_after = {}) {
  return {status, retry_after, "text/html", std::move(body)};
}

struct Case {
  const char* name;
  Outcome outcome;
  Move move;
  core::Seq next;
  std::int64_t events;
};

std::ostream& operator<<(std::ostream& out, const Case& it) { return out << it.name; }

class StepTable : public testing::TestWithParam<Case> {};

TEST_P(StepTable, HoldsInEveryCase) {
  const Case& it = GetParam();
  const Step next = after(it.outcome);
  EXPECT_EQ(next.move, it.move) << next.why;
  EXPECT_EQ(next.position.next, it.next);
  EXPECT_EQ(next.position.events, it.events);
  EXPECT_EQ(next.wait.count() == 0, it.move == Move::kSend);
  EXPECT_EQ(next.why.empty(), std::holds_alternative<Delivered>(it.outcome));
}

INSTANTIATE_TEST_SUITE_P(
    Answers, StepTable,
    testing::Values(
        Case{"Delivered", Delivered{200}, Move::kSend, 201, 125},
        Case{"DeliveredBeyondTheBatch", Delivered{260}, Move::kSend, 261, 125},
        Case{"NoReceipt", NoReceipt{"html"}, Move::kWait, 101, 100},
        Case{"LocalFailure", LocalFailure{"disk full"}, Move::kWait, 101, 100},
        Case{"NetworkFailure", NetworkFailure{"no route"}, Move::kWait, 101, 100},
        Case{"Contradiction", NeedsPerson{"rolled back"}, Move::kAlarm, 101, 100},
        Case{"UnjudgedSuccess", http(200), Move::kWait, 101, 100},
        Case{"NoContent", http(204), Move::kWait, 101, 100},
        Case{"Moved", http(301), Move::kWait, 101, 100},
        Case{"Found", http(302), Move::kWait, 101, 100},
        Case{"NotModified", http(304), Move::kWait, 101, 100},
        Case{"PermanentRedirect", http(308), Move::kWait, 101, 100},
        Case{"BadRequest", http(400), Move::kAlarm, 101, 100},
        Case{"Unauthorized", http(401), Move::kAlarm, 101, 100},
        Case{"Forbidden", http(403), Move::kAlarm, 101, 100},
        Case{"NotFound", http(404), Move::kAlarm, 101, 100},
        Case{"ProxyLogin", http(407), Move::kAlarm, 101, 100},
        Case{"RequestTimeout", http(408), Move::kWait, 101, 100},
        Case{"Gone", http(410), Move::kAlarm, 101, 100},
        Case{"TooLarge", http(413), Move::kSend, 101, 50},
        Case{"Unprocessable", http(422), Move::kAlarm, 101, 100},
        Case{"TooManyRequests", http(429), Move::kWait, 101, 100},
        Case{"ServerError", http(500), Move::kWait, 101, 100},
        Case{"BadGateway", http(502), Move::kWait, 101, 100},
        Case{"Unavailable", http(503), Move::kWait, 101, 100},
        Case{"OddStatus", http(999), Move::kWait, 101, 100},
        Case{"Gap", http(409, R"({"expected_seq":51})"), Move::kSend, 51, 100},
        Case{"GapWithinTheBatch", http(409, R"({"expected_seq":150})"), Move::kSend, 150, 100},
        Case{"GapWhereWeStand", http(409, R"({"expected_seq":101})"), Move::kAlarm, 101, 100},
        Case{"GapBeyondTheBatch", http(409, R"({"expected_seq":201})"), Move::kAlarm, 101, 100},
        Case{"GapAtNought", http(409, R"({"expected_seq":0})"), Move::kAlarm, 101, 100},
        Case{"GapBelowNought", http(409, R"({"expected_seq":-5})"), Move::kAlarm, 101, 100},
        Case{"GapAsText", http(409, R"({"expected_seq":"51"})"), Move::kAlarm, 101, 100},
        Case{"GapAsFraction", http(409, R"({"expected_seq":51.5})"), Move::kAlarm, 101, 100},
        Case{"GapTooLargeForANumber", http(409, R"({"expected_seq":18446744073709551615})"),
             Move::kAlarm, 101, 100},
        Case{"ConflictInHtml", http(409, "<html>"), Move::kAlarm, 101, 100},
        Case{"Conflict", http(409, R"({"title":"conflict"})"), Move::kAlarm, 101, 100}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(Step, HalvesDownToSingleEvents) {
  Position position{1, 500, 0};
  int halvings = 0;
  while (true) {
    const Sent sent{1, position.events};
    const Step next = step(http(413), sent, position, kRules, 0.5);
    if (next.move == Move::kAlarm) break;
    ASSERT_LT(next.position.events, position.events);
    position = next.position;
    ++halvings;
  }
  EXPECT_EQ(position.events, 1);
  EXPECT_EQ(halvings, 8);
}

TEST(Step, HalvesWhatWasSentNotWhatWasAllowed) {
  const Step next = step(http(413), Sent{1, 40}, Position{1, 500, 0}, kRules, 0.5);
  EXPECT_EQ(next.position.events, 20);
}

TEST(Step, GrowsBackToTheLimitAfterDeliveries) {
  Position position{1, 1, 3};
  for (int i = 0; i < 40; ++i) {
    const Sent sent{position.next, position.next + position.events - 1};
    const Position grown = step(Delivered{sent.last}, sent, position, kRules, 0.5).position;
    EXPECT_GE(grown.events, std::min<std::int64_t>(position.events + 1, kRules.most_events));
    position = grown;
  }
  EXPECT_EQ(position.events, kRules.most_events);
  EXPECT_EQ(position.attempt, 0);
}

TEST(Step, WaitsAtASecondGapWithoutADelivery) {
  const Step first = after(http(409, R"({"expected_seq":51})"));
  EXPECT_EQ(first.move, Move::kSend);
  const Step second =
      step(http(409, R"({"expected_seq":101})"), {51, 150}, first.position, kRules, 0.5);
  EXPECT_EQ(second.move, Move::kWait);
  EXPECT_EQ(second.position.next, 101);
}

TEST(Step, WaitsLongerWithEveryFailure) {
  Position position = kBefore;
  std::vector<std::int64_t> longest;
  for (int i = 0; i < 12; ++i) {
    const Step next = after(NetworkFailure{"cut"}, position, 0.999999);
    longest.push_back(next.wait.count());
    position = next.position;
  }
  for (std::size_t i = 1; i < longest.size(); ++i) EXPECT_GE(longest[i], longest[i - 1]);
  EXPECT_LT(longest.front(), 2001);
  EXPECT_GT(longest.back(), 299'000);
}

TEST(Step, TakesRetryAfterOnTopOfTheBackoff) {
  const Step next = after(http(503, "", seconds{120}), kBefore, 0);
  EXPECT_EQ(next.wait, seconds{121});
  EXPECT_EQ(after(http(429, "", seconds{86'400}), kBefore, 0).wait, seconds{3601});
  EXPECT_EQ(after(http(503, "", seconds{0}), kBefore, 0).wait, seconds{1});
}

TEST(Step, StretchesAnAlarmToRetryAfter) {
  EXPECT_EQ(after(http(403)).wait, seconds{900});
  EXPECT_EQ(after(http(403, "", seconds{60})).wait, seconds{900});
  EXPECT_EQ(after(http(403, "", seconds{3000})).wait, seconds{3000});
  EXPECT_EQ(after(http(403, "", seconds{86'400})).wait, seconds{3600});
}

TEST(Step, NamesWhatWasAnswered) {
  EXPECT_EQ(after(http(302)).why, "answer 302 (text/html), a redirect, which is not followed");
  EXPECT_EQ(after(http(403, R"({"title":"Forbidden","detail":"unknown key"})")).why,
            "answer 403 (text/html): unknown key");
}

/// Any HTTP answer, odd ones included, that carries no judged receipt.
HttpAnswer any_answer() {
  HttpAnswer answer;
  answer.status = *rc::gen::inRange(0, 1000);
  if (*rc::gen::arbitrary<bool>()) answer.retry_after = seconds(*rc::gen::inRange(-10, 100'000));
  answer.body = *rc::gen::oneOf(rc::gen::arbitrary<std::string>(),
                                rc::gen::map(rc::gen::inRange(-10, 400), [](int seq) {
                                  return R"({"expected_seq":)" + std::to_string(seq) + "}";
                                }));
  return answer;
}

Outcome any_failure() {
  const int kind = *rc::gen::inRange(0, 6);
  if (kind == 0) return NoReceipt{"no"};
  if (kind == 1) return NeedsPerson{"no"};
  if (kind == 2) return LocalFailure{"no"};
  if (kind == 3) return NetworkFailure{"no"};
  return any_answer();
}

RetryRules any_rules() {
  const auto first = *rc::gen::inRange(1, 10'000);
  const auto most = *rc::gen::inRange(first, 86'400'000);
  return {milliseconds(first), milliseconds(most), seconds(*rc::gen::inRange(1, 86'400)), 500};
}

Position any_position() {
  return {*rc::gen::inRange(1, 300), *rc::gen::inRange(1, 501), *rc::gen::inRange(0, 100'000)};
}

double any_random() { return *rc::gen::inRange(0, 1'000'000) / 1e6; }

TEST(Step, OnlyADeliveryAdvances) {
  HAILONG_PROPERTY("a failure never moves beyond the batch, nor grows or resets anything", [] {
    const Position before = any_position();
    const Sent sent{before.next, before.next + *rc::gen::inRange(0, 500)};
    const Step next = step(any_failure(), sent, before, any_rules(), any_random());
    RC_ASSERT(next.position.next >= 1);
    RC_ASSERT(next.position.next <= sent.last);
    RC_ASSERT(next.position.events >= 1);
    RC_ASSERT(next.position.events <= std::max(before.events, sent.events()));
    RC_ASSERT(next.position.attempt >= before.attempt);
    RC_ASSERT(!next.why.empty());
  });
}

TEST(Step, KeepsEveryWaitWithinItsBounds) {
  HAILONG_PROPERTY("first <= wait <= most, plus at most an hour of Retry-After", [] {
    const RetryRules rules = any_rules();
    const Outcome outcome = any_failure();
    const Step next = step(outcome, {1, 100}, any_position(), rules, any_random());
    if (next.move == Move::kSend) RC_SUCCEED("at once");
    milliseconds asked{0};
    if (const auto* answer = std::get_if<HttpAnswer>(&outcome); answer && answer->retry_after) {
      asked = std::clamp<milliseconds>(*answer->retry_after, seconds{0}, kLongestRetryAfter);
    }
    RC_ASSERT(next.wait >= asked);
    if (next.move == Move::kAlarm) {
      RC_ASSERT(next.wait == std::max(rules.refused, asked));
    } else {
      RC_ASSERT(next.wait >= rules.first + asked);
      RC_ASSERT(next.wait <= rules.most + asked);
    }
  });
}

TEST(Step, NeverSpins) {
  HAILONG_PROPERTY("whatever is answered, few steps go by without a wait", [] {
    Position position = any_position();
    int at_once = 0;
    for (int i = 0; i < 50; ++i) {
      const Sent sent{position.next, position.next + position.events - 1};
      const Step next = step(any_failure(), sent, position, kRules, any_random());
      at_once = next.move == Move::kSend ? at_once + 1 : 0;
      RC_ASSERT(at_once <= 10);  // nine halvings of 500 and one gap
      position = next.position;
    }
  });
}

}  // namespace
}  // namespace hailong::sync
