#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "core/token.h"
#include "district/clock.h"
#include "district/ingest/later_answers.h"
#include "tests/district/running_district.h"

/// Answers from home: their rules, and the page that takes them.

namespace hailong::district {
namespace {

using ingest::LaterReply;
using ingest::LaterState;

const std::string kToken(32, 'a');
const std::string kCellOfVisit = "2026-11-24|10750@2025-07-01|ho-tich|q1|";

core::Score score_of(int value) { return core::Score::from(value).value(); }

class LaterRules : public testing::Test {
 protected:
  LaterRules() {
    register_kiosk(reception_.store(), kiosk_);
    rating_ = kiosk_.rate(2);
    kiosk_.append(core::Token{rating_, core::token_digest(kToken)});
    send();
  }

  /// What came so far is made anew from the events with the same result.
  ~LaterRules() override {
    Peek peek = reception_.peek();
    const std::string projections = peek.projections();
    must(reception_.receiver().rebuild());
    EXPECT_EQ(peek.projections(), projections);
  }

  void send() {
    const core::Seq first = sent_ + 1;
    sent_ = kiosk_.last();
    accepted(reception_.take(kiosk_, kiosk_.sealed(first, sent_)));
  }
  LaterState answer(const LaterReply& reply, std::int64_t now_ms = kNoon + kDay) {
    return must(later_.answer(kToken, reply, now_ms));
  }
  std::string counted() {
    return reception_.peek().dump(
        "SELECT n1, n2, n3, n4, n5, later FROM cell WHERE n1 + n2 + n3 + n4 + n5 > 0");
  }

  Reception reception_;
  FakeKiosk kiosk_{"kt-1"};
  ingest::LaterAnswers later_{reception_.store(), reception_.config().rules.units, 7};
  core::Seq rating_ = 0;
  core::Seq sent_ = 0;
};

TEST_F(LaterRules, CountTheAnswerInPlaceOfTheTapAndMarkIt) {
  EXPECT_EQ(counted(), "0|1|0|0|0|0\n");
  EXPECT_EQ(answer({score_of(5), {"gentle"}, false, ""}), LaterState::kOpen);
  EXPECT_EQ(counted(), "0|0|0|0|1|1\n");
  EXPECT_EQ(reception_.peek().dump("SELECT question, choices FROM answer"),
            "later-reasons|[\"gentle\"]\n");
}

TEST_F(LaterRules, TakeOneAnswerOfAVisit) {
  EXPECT_EQ(answer({score_of(5), {}, false, "một"}), LaterState::kOpen);
  EXPECT_EQ(answer({score_of(1), {}, false, "hai"}), LaterState::kAnswered);
  EXPECT_EQ(counted(), "0|0|0|0|1|1\n");
  EXPECT_EQ(reception_.peek().bytes("SELECT text FROM content"), "một");
}

TEST_F(LaterRules, TakeExactlyOneOfManyAnswersAtTheSameMoment) {
  constexpr int kThreads = 8;
  std::vector<LaterState> states(kThreads, LaterState::kUnknown);
  {
    std::vector<std::jthread> threads;
    threads.reserve(kThreads);
    for (std::size_t i = 0; i < kThreads; ++i) {
      threads.emplace_back([&, i] {
        states[i] = answer({score_of(1 + static_cast<int>(i % 5)), {}, false, "lời"});
      });
    }
  }
  EXPECT_EQ(std::count(states.begin(), states.end(), LaterState::kOpen), 1);
  EXPECT_EQ(std::count(states.begin(), states.end(), LaterState::kAnswered), kThreads - 1);
  EXPECT_EQ(reception_.peek().number("SELECT sum(n1 + n2 + n3 + n4 + n5) FROM cell"), 1);
  EXPECT_EQ(reception_.peek().number("SELECT count(*) FROM content"), 1);
}

TEST_F(LaterRules, LetTheAnswerStandAgainstCorrectionsThatArriveAfterIt) {
  answer({score_of(5), {}, false, ""});
  kiosk_.append(core::Correction{rating_, score_of(1)});
  send();
  EXPECT_EQ(counted(), "0|0|0|0|1|1\n");
}

TEST_F(LaterRules, KeepWhatWasAnsweredAtTheKiosk) {
  kiosk_.append(core::Answers{rating_, {{"reasons", {"extra-money"}}}, true});
  send();
  answer({score_of(4), {"helpful"}, false, ""});
  EXPECT_EQ(reception_.peek().dump("SELECT question, choices, alert FROM answer ORDER BY 1"),
            "later-reasons|[\"helpful\"]|0\nreasons|[\"extra-money\"]|1\n");
}

TEST_F(LaterRules, CountNothingMoreForARatingThatIsSuperseded) {
  kiosk_.link(rating_, 7);
  kiosk_.link(kiosk_.rate(4, kNoon + 1), 7);
  send();
  answer({score_of(5), {}, false, ""});
  EXPECT_EQ(counted(), "0|0|0|1|0|0\n");
}

TEST_F(LaterRules, EndAfterTheConfiguredDays) {
  EXPECT_EQ(must(later_.find(kToken, kNoon + 7 * kDay)).state, LaterState::kOpen);
  EXPECT_EQ(must(later_.find(kToken, kNoon + 8 * kDay)).state, LaterState::kOver);
  EXPECT_EQ(answer({score_of(5), {}, false, ""}, kNoon + 8 * kDay), LaterState::kOver);
  EXPECT_EQ(counted(), "0|1|0|0|0|0\n");
}

TEST_F(LaterRules, KnowNothingOfOtherTokens) {
  for (const std::string& token :
       {std::string(), std::string(31, 'a'), std::string(32, 'b'), std::string(32, 'A'),
        std::string(33, 'a'), std::string("' OR 1=1 --"), std::string(32, '\0')}) {
    EXPECT_EQ(must(later_.find(token, kNoon)).state, LaterState::kUnknown);
    EXPECT_EQ(must(later_.answer(token, {score_of(5), {}, false, ""}, kNoon)),
              LaterState::kUnknown);
  }
}

TEST_F(LaterRules, CannotBeClaimedByAKiosk) {
  kiosk_.answer(rating_, "later-reasons", "gentle");
  send();
  EXPECT_EQ(reception_.peek().dump("SELECT reason FROM quarantine"), "odd name\n");
}

class LaterOverHttp : public testing::Test {
 protected:
  LaterOverHttp() {
    district_.know(kiosk_);
    const core::Seq rating = kiosk_.rate(2, now_ms());
    kiosk_.append(core::Token{rating, core::token_digest(kToken)});
    EXPECT_EQ(district_.send(kiosk_).status, 200);
  }
  Reply get(const std::string& token = kToken) { return district_.client().get("y/" + token); }
  Reply post(const std::string& body, const std::string& token = kToken) {
    return district_.client().post("y/" + token, body);
  }
  static bool holds(const Reply& reply, const std::string& text) {
    return reply.body.find(text) != std::string::npos;
  }

  RunningDistrict district_;
  FakeKiosk kiosk_{"kt-1"};
};

TEST_F(LaterOverHttp, TakesAnAnswerAndThanks) {
  const Reply form = get();
  EXPECT_EQ(form.status, 200);
  EXPECT_TRUE(holds(form, "name=\"score\" value=\"5\""));
  EXPECT_EQ(form.header("Set-Cookie"), "");
  EXPECT_EQ(form.header("Cache-Control"), "no-store");
  const Reply sent =
      post("score=1&reason=long-wait&reason=gentle&words=+Ch%E1%BB%9D%0D%0Al%C3%A2u+");
  EXPECT_EQ(sent.status, 303) << sent.body;
  EXPECT_EQ(sent.header("Location"), "/y/" + kToken);
  EXPECT_TRUE(holds(get(), "Cảm ơn Ông/Bà"));
  Peek peek = district_.peek();
  EXPECT_EQ(peek.dump("SELECT score, later FROM rating"), "1|1\n");
  EXPECT_EQ(peek.text("SELECT choices FROM answer"), "[\"long-wait\"]")
      << "a reason of another face was ticked before the face was changed";
  EXPECT_EQ(peek.bytes("SELECT text FROM content"), "Chờ\nlâu");
  EXPECT_TRUE(holds(post("score=5"), "Mỗi mã chỉ trả lời được một lần"));
}

TEST_F(LaterOverHttp, TellsOfMisconduct) {
  EXPECT_EQ(post("score=1&reason=extra-money").status, 303);
  EXPECT_EQ(district_.peek().number("SELECT alert FROM answer"), 1);
}

TEST_F(LaterOverHttp, AsksAgainForAFace) {
  for (const char* body :
       {"", "words=ch%E1%BB%9D", "score=0", "score=6", "score=5x", "score=%00"}) {
    const Reply again = post(body);
    EXPECT_EQ(again.status, 400) << body;
    EXPECT_TRUE(holds(again, "Xin Ông/Bà chọn một khuôn mặt."));
  }
  EXPECT_TRUE(holds(post("words=ch%E1%BB%9D"), ">chờ</textarea>"));
}

TEST_F(LaterOverHttp, AsksForFewerWords) {
  std::string words;
  for (int i = 0; i < 501; ++i) words += "%E1%BB%9D";  // ờ
  EXPECT_TRUE(holds(post("score=3&words=" + words), "dài quá 500 chữ cái"));
  EXPECT_EQ(post("score=3&words=" + words.substr(9)).status, 303);
}

TEST_F(LaterOverHttp, TellsResidentsWhatToDoWhenItCannotTakeTheirAnswer) {
  const Reply large = post("score=3&words=" + std::string(20'000, 'a'));
  EXPECT_EQ(large.status, 413);
  EXPECT_TRUE(holds(large, "Xin Ông/Bà quay lại và viết ngắn hơn."));
  auto peek = district_.peek();
  {
    const Peek::Hold hold = peek.hold();
    const Reply busy = post("score=3");
    EXPECT_EQ(busy.status, 503);
    EXPECT_EQ(busy.header("Retry-After"), "10");
    EXPECT_TRUE(holds(busy, "Xin Ông/Bà thử lại sau ít phút"));
    EXPECT_FALSE(holds(busy, "tổng quan")) << "it is no page of the officials";
  }
  EXPECT_EQ(post("score=3").status, 303);
}

TEST_F(LaterOverHttp, TellsTheSameOfEveryUnknownToken) {
  const Reply unknown = get(std::string(32, 'b'));
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(get("x").body, unknown.body);
  EXPECT_EQ(post("score=5", std::string(32, 'c')).body, unknown.body);
  EXPECT_FALSE(holds(unknown, std::string(32, 'b')));
}

TEST_F(LaterOverHttp, TurnsAwayWhoeverAsksTooOften) {
  Reply last;
  for (int i = 0; i < 200 && last.status != 429; ++i) last = get(std::string(32, 'b'));
  EXPECT_EQ(last.status, 429);
  EXPECT_FALSE(last.header("Retry-After").empty());
}

}  // namespace
}  // namespace hailong::district
