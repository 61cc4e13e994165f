#include "district/webhook/courier.h"

#include <gtest/gtest.h>

#include "district/webhook/signature.h"
#include "tests/district/webhook/listener.h"
#include "tests/log_capture.h"
#include "tests/temp_folder.h"

namespace hailong::district::webhook {
namespace {

using namespace std::chrono_literals;

class WebhookCourier : public testing::Test {
 protected:
  static constexpr Courier::Pace kFast{20ms, 20ms, 80ms};

  Settings settings(std::uint16_t port) const {
    return {"http://127.0.0.1:" + std::to_string(port) + "/hook", key_};
  }
  /// Tells of one thing, over and over, as a watch does.
  static Courier::Watch saying(const std::string& id, const std::string& body) {
    return [=](std::int64_t) {
      return core::Result<std::vector<storage::WebhookMessage>>{{{id, body}}};
    };
  }
  std::int64_t waiting() { return storage::WebhookOutbox(*store_).waiting().value_or(-1); }
  void wait_until_all_is_taken() {
    const auto until = std::chrono::steady_clock::now() + kLong;
    while (waiting() != 0 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    EXPECT_EQ(waiting(), 0);
  }

  tests::LogCapture log_;
  tests::TempFolder folder_;
  core::Result<storage::Store> store_ = storage::Store::open(folder_.path());
  const std::string key_ = std::string(24, 'k');
};

TEST_F(WebhookCourier, TellsEachThingOnceAndSignsIt) {
  Listener listener;
  {
    const Courier courier(settings(listener.port()), *store_,
                          {saying("drop/1", R"({"a":1})"), saying("drop/2", R"({"a":2})")}, kFast);
    listener.wait_for(2);
    wait_until_all_is_taken();
  }
  // Looked for again and again, told once.
  {
    const Courier courier(settings(listener.port()), *store_,
                          {saying("drop/1", "changed"), saying("drop/3", R"({"a":3})")}, kFast);
    listener.wait_for(3);
    wait_until_all_is_taken();
  }
  const auto requests = listener.wait_for(3);
  ASSERT_EQ(requests.size(), 3U);
  std::string ids;
  for (const http::Request& request : requests) {
    const std::string id = request.header("webhook-id").value_or("");
    ids += id + " ";
    EXPECT_EQ(request.header("content-type"), "application/json");
    EXPECT_EQ(request.header("webhook-signature"),
              signature(key_, id, std::stoll(request.header("webhook-timestamp").value_or("0")),
                        request.body));
  }
  EXPECT_EQ(ids, "drop/1 drop/2 drop/3 ");
}

TEST_F(WebhookCourier, TriesAgainUntilItIsTaken) {
  Listener listener;
  listener.answer_with(503);
  const Courier courier(settings(listener.port()), *store_, {saying("late/1", "{}")}, kFast);
  listener.wait_for(3);
  EXPECT_EQ(waiting(), 1);
  listener.answer_with(200);
  wait_until_all_is_taken();
  for (const http::Request& request : listener.wait_for(3)) {
    EXPECT_EQ(request.header("webhook-id"), "late/1");
  }
  EXPECT_FALSE(log_.lines_with("late/1 was not taken at try 1: answered 503").empty());
}

TEST_F(WebhookCourier, KeepsWhatCannotBeSentOverAnOutageAndARestart) {
  std::uint16_t port = 0;
  {
    const Listener gone;
    port = gone.port();
  }
  {
    const Courier courier(settings(port), *store_, {saying("outage/1", R"({"b":1})")}, kFast);
    const auto until = std::chrono::steady_clock::now() + kLong;
    while (log_.lines_with("outage/1 was not taken at try 2").empty() &&
           std::chrono::steady_clock::now() < until) {
      std::this_thread::yield();
    }
  }
  EXPECT_EQ(waiting(), 1);
  Listener back(port);
  const Courier courier(settings(port), *store_, {}, kFast);
  const auto requests = back.wait_for(1);
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].body, R"({"b":1})");
  wait_until_all_is_taken();
}

TEST_F(WebhookCourier, SaysWhatAWatchCannotFindAndGoesOn) {
  Listener listener;
  const Courier::Watch broken = [](std::int64_t) {
    return core::Result<std::vector<storage::WebhookMessage>>(
        core::fail(core::Fault::kIo, "the watch is broken"));
  };
  const Courier courier(settings(listener.port()), *store_, {broken, saying("x/1", "{}")}, kFast);
  listener.wait_for(1);
  EXPECT_FALSE(log_.lines_with("the watch is broken").empty());
}

TEST_F(WebhookCourier, IsTakenByOneOfSeveralAtATime) {
  storage::WebhookOutbox outbox(*store_);
  ASSERT_TRUE(outbox.add({{"one/1", "{}"}}, 1000));
  const auto first = outbox.claim(1000, 2000);
  ASSERT_TRUE(first && *first);
  EXPECT_EQ((*first)->tries, 1);
  EXPECT_FALSE(outbox.claim(1999, 3000)->has_value());
  // Whoever took it never said what became of it: it comes again.
  const auto second = outbox.claim(2000, 3000);
  ASSERT_TRUE(second && *second);
  EXPECT_EQ((*second)->tries, 2);
  ASSERT_TRUE(outbox.delivered("one/1", 2500));
  EXPECT_FALSE(outbox.claim(9000, 9999)->has_value());
  EXPECT_FALSE(outbox.next_due()->has_value());
}

}  // namespace
}  // namespace hailong::district::webhook
