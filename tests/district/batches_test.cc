#include <gtest/gtest.h>

#include <thread>

#include "district/clock.h"
#include "tests/district/running_district.h"
#include "wire/key_file.h"
#include "wire/receipt.h"

namespace hailong::district {
namespace {

wire::Receipt receipt_of(RunningDistrict& district, const Reply& reply) {
  const auto key = must(wire::read_key(district.config().data_dir / kDistrictKeyFile));
  return must(wire::open_receipt(reply.body, key.public_key()));
}

TEST(Batches, AreAnsweredByASignedReceipt) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 3; ++i) kiosk.rate(5);
  district.know(kiosk);
  const Reply reply = district.send(kiosk);
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.header("Content-Type"), "application/json");
  const wire::Receipt receipt = receipt_of(district, reply);
  EXPECT_EQ(receipt.device, kiosk.device());
  EXPECT_EQ(receipt.epoch, kiosk.epoch());
  EXPECT_EQ(receipt.last, 3);
  EXPECT_EQ(receipt.head, kiosk.hash(3));
}

TEST(Batches, RepeatedGiveTheSameAnswer) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(5);
  district.know(kiosk);
  const Reply first = district.send(kiosk);
  const auto before = district.peek().counts();
  const Reply again = district.send(kiosk);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(district.peek().counts(), before);
}

TEST(Batches, SentEightTimesAtOnceAreStoredOnce) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 300; ++i) kiosk.rate(i % 5 + 1);
  district.know(kiosk);
  const std::string body = kiosk.sealed();
  std::array<Reply, 8> replies;
  std::vector<std::thread> senders;
  senders.reserve(replies.size());
  for (Reply& reply : replies) {
    senders.emplace_back([&] {
      HttpClient client(district.url());
      reply = client.post(RunningDistrict::batches_of(kiosk), body);
    });
  }
  for (std::thread& sender : senders) sender.join();
  for (const Reply& reply : replies) {
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, replies[0].body);
  }
  auto peek = district.peek();
  EXPECT_EQ(peek.number("SELECT count(*) FROM event"), 300);
  EXPECT_EQ(peek.number("SELECT count(*) FROM rating"), 300);
  EXPECT_EQ(peek.number("SELECT sum(n1 + n2 + n3 + n4 + n5) FROM cell"), 300);
  // Once for the events, once for how far their contents are here.
  EXPECT_EQ(peek.number("SELECT sum(n) FROM revision"), 2);
}

TEST(Batches, OfANewEpochAreLoggedAsSuch) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1", "e1");
  kiosk.rate(5);
  district.know(kiosk);
  EXPECT_EQ(district.send(kiosk).status, 200);
  FakeKiosk reimaged = kiosk.reimaged("e2");
  reimaged.rate(1);
  EXPECT_EQ(district.send(reimaged).status, 200);
  EXPECT_EQ(district.log().lines_with("info: new epoch: device=kt-1 epoch=e2").size(), 1U);
}

TEST(Batches, AreCountedInTheMetrics) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 3; ++i) kiosk.rate(5);
  kiosk.append(core::Erasure{{}, "nothing"});
  district.know(kiosk);
  district.send(kiosk, kiosk.sealed(3, 4));
  district.send(kiosk);
  district.send(kiosk);
  const Reply metrics = district.client().get("metrics");
  EXPECT_EQ(metrics.status, 200);
  for (const char* line :
       {"hailong_district_events 4\n", "hailong_district_streams 1\n",
        "hailong_district_quarantined_events 1\n", "hailong_district_conflicts 0\n",
        "hailong_district_batches_total{result=\"accepted\"} 1\n",
        "hailong_district_batches_total{result=\"repeated\"} 1\n",
        "hailong_district_batches_total{result=\"refused\",reason=\"gap\"} 1\n",
        "hailong_district_http_answers_total{class=\"2xx\"} 2\n",
        "hailong_district_http_answers_total{class=\"4xx\"} 1\n"}) {
    EXPECT_NE(metrics.body.find(line), std::string::npos) << line << metrics.body;
  }
}

TEST(Metrics, TellWhatCameTodayAndWhatWaitsWithoutAWord) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  const core::Seq rating = kiosk.rate(1, now_ms());
  kiosk.say(rating, "Chờ lâu");
  kiosk.rate(5, now_ms(), "ho-tich", "q1", {"burst"});
  kiosk.say(kiosk.rate(2, kNoon - 300 * kDay), "Năm ngoái đã hỏi");
  district.know(kiosk);
  ASSERT_EQ(district.send(kiosk).status, 200);
  const std::string metrics = district.client().get("metrics").body;
  for (const char* line :
       {"hailong_district_ratings_today{unit=\"10750@2025-07-01\"} 2\n",
        "hailong_district_flagged_ratings_today{unit=\"10750@2025-07-01\"} 1\n",
        "hailong_district_last_events_timestamp_seconds{unit=\"10750@2025-07-01\"} ",
        "hailong_district_feedback_open{unit=\"10750@2025-07-01\"} 1\n",
        "hailong_district_feedback_overdue{unit=\"10750@2025-07-01\"} 1\n",
        "hailong_district_webhook_messages_waiting 0\n"}) {
    EXPECT_NE(metrics.find(line), std::string::npos) << line << metrics;
  }
  EXPECT_EQ(metrics.find("lâu"), std::string::npos);
}

TEST(Batches, MeetABusyStoreWith503AndStoreNothing) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(5);
  district.know(kiosk);
  auto peek = district.peek();
  {
    const Peek::Hold hold = peek.hold();
    const Reply health = district.client().get("healthz");
    expect_problem(health, 503, "store-unavailable");
    const Reply reply = district.send(kiosk);
    expect_problem(reply, 503, "store-unavailable");
    EXPECT_EQ(reply.header("Retry-After"), "10");
  }
  EXPECT_EQ(peek.number("SELECT count(*) FROM event"), 0);
  EXPECT_EQ(json_of(district.client().get("healthz")).at("status"), "ok");
  EXPECT_EQ(district.send(kiosk).status, 200);
}

TEST(Batches, SurviveARestart) {
  tests::TempFolder folder;
  const auto file = write_config(folder.path());
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 4; ++i) kiosk.rate(5);
  {
    auto store =
        must(storage::Store::open(folder.path() / "data", test_postgres(folder.path() / "data")));
    register_kiosk(store, kiosk);
  }
  for (const auto& [from, to] : {std::pair{1, 2}, std::pair{3, 4}}) {
    const auto service = must(Service::start(must(read_config(file))));
    HttpClient client(service.url());
    const Reply reply = client.post(RunningDistrict::batches_of(kiosk), kiosk.sealed(from, to));
    EXPECT_EQ(reply.status, 200) << reply.body;
  }
  EXPECT_EQ(Peek(folder.path() / "data").number("SELECT position FROM stream WHERE id <> 0"), 4);
}

TEST(Http, AnswersOtherAddressesAndMethodsWithProblems) {
  RunningDistrict district;
  expect_problem(district.client().get("nothing/here"), 404, "no-such-page");
  const Reply reply = district.client().custom("DELETE", "healthz");
  expect_problem(reply, 405, "method-not-allowed");
  EXPECT_EQ(reply.header("Allow"), "GET");
}

TEST(Http, SendsSecurityHeadersWithWhateverABrowserShows) {
  RunningDistrict district;
  EXPECT_EQ(district.client().get("healthz").header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(district.client().get("healthz").header("Content-Security-Policy"), "");
  for (const char* path : {"", "login", "static/hailong.css"}) {
    const Reply reply = district.client().get(path);
    EXPECT_NE(reply.header("Content-Security-Policy").find("default-src 'none'"),
              std::string::npos);
    EXPECT_NE(reply.header("Content-Security-Policy").find("frame-ancestors 'none'"),
              std::string::npos);
    EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(reply.header("Referrer-Policy"), "same-origin");
  }
}

}  // namespace
}  // namespace hailong::district
