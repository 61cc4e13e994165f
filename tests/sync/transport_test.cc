#include "sync/transport.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "sync/delivery.h"
#include "tests/fault/scripted_server.h"
#include "tests/notify_socket.h"
#include "tests/temp_folder.h"

namespace hailong::sync {
namespace {

using std::chrono::seconds;
using tests::Deed;
using tests::http_answer;
using tests::ScriptedServer;
using Kind = Deed::Kind;

const core::DeviceId kSender{"kt-10750-q1"};

Answer post_to(const std::string& url, std::string_view bytes = "batch") {
  HttpTransport transport(url, {}, [] { return false; }, {});
  return transport.send(batch_request(kSender, bytes));
}

HttpAnswer answer_of(ScriptedServer& server) {
  const Answer answer = post_to(server.url());
  if (const auto* failure = std::get_if<NetworkFailure>(&answer)) {
    ADD_FAILURE() << failure->text;
    return {};
  }
  return std::get<HttpAnswer>(answer);
}

bool fails(const std::string& url) {
  const Answer answer = post_to(url);
  const auto* failure = std::get_if<NetworkFailure>(&answer);
  return failure != nullptr && !failure->text.empty();
}

TEST(HttpTransport, PostsTheBatchAsItIs) {
  ScriptedServer server({{Kind::kAnswer, http_answer(200, "{}")}});
  const std::string bytes("\x28\xb5\x2f\xfd\0\n\xff", 7);
  post_to(server.url() + "/prefix", bytes);
  const tests::Message request = server.wait_for_requests(1)[0];
  EXPECT_EQ(request.body, bytes);
  EXPECT_EQ(request.head.substr(0, request.head.find("\r\n")),
            "POST /prefix/api/v1/devices/kt-10750-q1/batches HTTP/1.1");
  EXPECT_NE(request.head.find("Content-Type: application/vnd.hailong.batch+zstd\r\n"),
            std::string::npos);
  EXPECT_NE(request.head.find("User-Agent: hailong-syncd/"), std::string::npos);
  EXPECT_EQ(request.head.find("Expect:"), std::string::npos);
}

TEST(HttpTransport, BringsBackACaptivePortalsPage) {
  ScriptedServer server({{Kind::kAnswer, http_answer(200, "<html>log in</html>")}});
  const HttpAnswer answer = answer_of(server);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.content_type, "text/html");
  EXPECT_EQ(answer.body, "<html>log in</html>");
  EXPECT_EQ(answer.retry_after, std::nullopt);
}

TEST(HttpTransport, DoesNotFollowRedirects) {
  ScriptedServer elsewhere({{Kind::kAnswer, http_answer(200, "{}")}});
  ScriptedServer server(
      {{Kind::kAnswer, http_answer(302, "", "Location: " + elsewhere.url() + "\r\n")}});
  EXPECT_EQ(answer_of(server).status, 302);
  EXPECT_EQ(elsewhere.connections(), 0U);
}

TEST(HttpTransport, ReadsRetryAfterInBothForms) {
  ScriptedServer server(
      {{Kind::kAnswer, http_answer(503, "", "Retry-After: 120\r\n")},
       {Kind::kAnswer, http_answer(429, "",
                                   "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                                   "Retry-After: Sun, 06 Nov 1994 08:51:37 GMT\r\n")},
       {Kind::kAnswer, http_answer(503, "", "Retry-After: soon\r\n")}});
  EXPECT_EQ(answer_of(server).retry_after, seconds{120});
  EXPECT_EQ(answer_of(server).retry_after, seconds{120});
  EXPECT_EQ(answer_of(server).retry_after, std::nullopt);
}

TEST(HttpTransport, KeepsTheConnectionForTheNextBatch) {
  ScriptedServer server({{Kind::kAnswer, http_answer(200, "{}")}});
  HttpTransport transport(server.url(), {}, [] { return false; }, {});
  for (int i = 0; i < 5; ++i) transport.send(batch_request(kSender, "batch " + std::to_string(i)));
  EXPECT_EQ(server.wait_for_requests(5)[4].body, "batch 4");
  EXPECT_EQ(server.connections(), 1U);
}

TEST(HttpTransport, FailsOnEveryCutConnection) {
  const std::string whole = http_answer(200, "0123456789");
  for (const Deed& deed : {Deed{Kind::kCutFirst, ""}, Deed{Kind::kCutAfter, ""},
                           Deed{Kind::kAnswerOnce, whole.substr(0, whole.size() - 5)},
                           Deed{Kind::kAnswerOnce, "garbage that is no HTTP"}}) {
    ScriptedServer server({deed});
    EXPECT_TRUE(fails(server.url())) << deed.bytes;
  }
}

TEST(HttpTransport, TakesNothingFromAnAnswerThatIsCutInItsHead) {
  ScriptedServer server({{Kind::kAnswerOnce, http_answer(200, "0123456789").substr(0, 30)}});
  EXPECT_EQ(answer_of(server).body, "");
}

TEST(HttpTransport, FailsWhereNobodyListens) {
  std::string url;
  {
    ScriptedServer gone({{Kind::kHang, ""}});
    url = gone.url();
  }
  EXPECT_TRUE(fails(url));
}

TEST(HttpTransport, GoesOnAfterAFailure) {
  ScriptedServer server({{Kind::kCutAfter, ""},
                         {Kind::kAnswerOnce, http_answer(200, "whole").substr(0, 45)},
                         {Kind::kAnswer, http_answer(200, "{}")}});
  HttpTransport transport(server.url(), {}, [] { return false; }, {});
  Answer answer = NetworkFailure{};
  for (int i = 0; i < 5 && std::holds_alternative<NetworkFailure>(answer); ++i) {
    answer = transport.send(batch_request(kSender, "batch"));
  }
  ASSERT_TRUE(std::holds_alternative<HttpAnswer>(answer));
  EXPECT_EQ(std::get<HttpAnswer>(answer).body, "{}");
}

TEST(HttpTransport, ReadsNoMoreThanAReceiptCouldNeed) {
  ScriptedServer server({{Kind::kAnswerOnce, http_answer(404, std::string(70'000, 'x'))}});
  const HttpAnswer answer = answer_of(server);
  EXPECT_EQ(answer.status, 404);
  EXPECT_TRUE(answer.body.empty());
}

TEST(HttpTransport, ReadsAnAnswerOfTheLimitsSize) {
  ScriptedServer server({{Kind::kAnswerOnce, http_answer(404, std::string(65'536, 'x'))}});
  EXPECT_EQ(answer_of(server).body.size(), 65'536U);
}

TEST(HttpTransport, LosesPatienceWithASilentServer) {
  ScriptedServer server({{Kind::kHang, ""}});
  HttpTransport transport(server.url(), {}, [] { return false; },
                          {seconds{5}, seconds{1}, 1'000'000});
  EXPECT_TRUE(
      std::holds_alternative<NetworkFailure>(transport.send(batch_request(kSender, "batch"))));
}

/// No machine is so slow that this fails, and no cap that does nothing lets it pass.
TEST(HttpTransport, SendsNoFasterThanItMay) {
  ScriptedServer server({{Kind::kAnswer, http_answer(200, "{}")}});
  HttpTransport transport(server.url(), {}, [] { return false; }, {});
  transport.slow_down_to(400'000);
  const auto began = std::chrono::steady_clock::now();
  EXPECT_TRUE(std::holds_alternative<HttpAnswer>(
      transport.send(batch_request(kSender, std::string(400'000, 'x')))));
  EXPECT_GT(std::chrono::steady_clock::now() - began, std::chrono::milliseconds{500});
}

TEST(HttpTransport, EndsATransferWhenItIsStopped) {
  ScriptedServer server({{Kind::kHang, ""}});
  std::atomic<bool> stop = false;
  HttpTransport transport(server.url(), {}, [&] { return stop.load(); }, {});
  std::thread stopper([&] {
    server.wait_for_requests(1);
    stop = true;
  });
  EXPECT_TRUE(
      std::holds_alternative<NetworkFailure>(transport.send(batch_request(kSender, "batch"))));
  stopper.join();
}

/// Whether a transfer to a server that hangs tells a service manager of life until it is stopped.
bool tells_of_life(const HttpTransport::Patience& patience) {
  const tests::TempFolder folder;
  tests::NotifySocket socket((folder.path() / "notify").string());
  ::setenv("NOTIFY_SOCKET", socket.address().c_str(), 1);
  ::setenv("WATCHDOG_USEC", "3", 1);
  program::Supervisor supervisor;
  ::unsetenv("WATCHDOG_USEC");
  ScriptedServer server({{Kind::kHang, ""}});
  int looks = 0;
  HttpTransport transport(
      server.url(), {}, [&] { return ++looks == 3; }, patience);
  transport.keep_alive(supervisor);
  EXPECT_TRUE(
      std::holds_alternative<NetworkFailure>(transport.send(batch_request(kSender, "batch"))));
  ::unsetenv("NOTIFY_SOCKET");
  return socket.next(std::chrono::milliseconds{0}).has_value();
}

TEST(HttpTransport, TellsOfLifeWhileItsPatienceLasts) {
  EXPECT_TRUE(tells_of_life({}));
  // libcurl takes no patience for endless: a transfer that does not end when it should.
  EXPECT_FALSE(tells_of_life({seconds{0}, seconds{0}}));
}

TEST(HttpTransport, TakesNoProxyOnTheWayToThisMachine) {
  ScriptedServer proxy({{Kind::kAnswer, http_answer(200, "proxy")}});
  ScriptedServer server({{Kind::kAnswer, http_answer(200, "district")}});
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  EXPECT_EQ(answer_of(server).body, "district");
  ::unsetenv("http_proxy");
}

TEST(HttpTransport, TakesTheProxyOfTheEnvironmentElsewhere) {
  ScriptedServer proxy({{Kind::kAnswerOnce, http_answer(502, "proxy")}});
  ::setenv("https_proxy", proxy.url().c_str(), 1);
  EXPECT_TRUE(fails("https://district.invalid"));
  ::unsetenv("https_proxy");
  const std::string head = proxy.wait_for_requests(1)[0].head;
  EXPECT_EQ(head.substr(0, head.find("\r\n")), "CONNECT district.invalid:443 HTTP/1.1");
}

}  // namespace
}  // namespace hailong::sync
