#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "tests/district/running_district.h"
#include "tests/district/shell.h"

/// The PostgreSQL server goes away under a running receiver and comes back.

namespace hailong::district {
namespace {

constexpr int kSenders = 4;
const std::string kHomeToken(32, 'c');

/// A server of the test's own, which it may end.
class OwnServer {
 public:
  OwnServer() { control("start", "durable"); }
  OwnServer(const OwnServer&) = delete;
  OwnServer& operator=(const OwnServer&) = delete;
  ~OwnServer() { control("stop"); }

  void crash() { control("crash"); }
  void recover(const std::string& kind = {}) { control("recover", kind); }

  [[nodiscard]] std::string url() const {
    return "host=" + folder_ + " user=hailong dbname=postgres";
  }
  Peek peek() { return Peek(must(sql::postgres_engine(url(), {}))); }
  [[nodiscard]] Setting setting() const {
    Setting setting;
    setting.postgres = url();
    return setting;
  }

 private:
  void control(const std::string& command, const std::string& kind = {}) {
    const Outcome outcome =
        run(std::string(HAILONG_POSTGRES) + " " + command + " " + folder_ + " " + kind);
    EXPECT_EQ(outcome.code, 0) << outcome.output;
  }

  std::string folder_ = "/tmp/hailong-outage-" + std::to_string(getpid());
};

/// Sends a kiosk's ratings one after the other as its daemon does: what was not taken is sent again
/// once the server is back.
class Sender {
 public:
  Sender(RunningDistrict& district, int number, const std::atomic<bool>& is_back)
      : kiosk_("kt-" + std::to_string(number)), client_(district.url()), is_back_(is_back) {
    district.know(kiosk_);
  }

  void run() {
    while (!is_back_) send_next();
    for (int i = 0; i < 5; ++i) send_next();
  }

  [[nodiscard]] const FakeKiosk& kiosk() const { return kiosk_; }
  [[nodiscard]] core::Seq taken() const { return taken_; }
  [[nodiscard]] bool waits() const { return waits_; }

 private:
  void send_next() {
    const core::Seq next = kiosk_.rate(1 + static_cast<int>(kiosk_.last() % 5), kNoon);
    const std::string batch = kiosk_.sealed(next, next);
    for (;;) {
      const Reply reply = client_.post(RunningDistrict::batches_of(kiosk_), batch,
                                       {"Content-Type: application/zstd"});
      if (reply.status == 200) break;
      expect_problem(reply, 503, "store-unavailable");
      EXPECT_EQ(reply.header("Retry-After"), "10");
      if (reply.status != 503) return;
      waits_ = true;
      is_back_.wait(false);
      waits_ = false;
    }
    taken_ = next;
  }

  FakeKiosk kiosk_;
  HttpClient client_;
  const std::atomic<bool>& is_back_;
  std::atomic<core::Seq> taken_ = 0;
  std::atomic<bool> waits_ = false;
};

class Outage : public ::testing::Test {
 protected:
  void SetUp() override {
    if (postgres_server() == nullptr) GTEST_SKIP() << "SQLite has no server";
    server_.emplace();
    district_.emplace(server_->setting());
    for (int i = 0; i < kSenders; ++i) {
      senders_.push_back(std::make_unique<Sender>(*district_, i, is_back_));
    }
  }

  static core::Seq stored(Peek& peek, const FakeKiosk& kiosk) {
    return peek.number("SELECT coalesce(max(position), 0) FROM stream WHERE device_id = '" +
                       kiosk.device().value + "'");
  }
  bool all(bool (*holds)(const Sender&)) {
    return std::all_of(senders_.begin(), senders_.end(),
                       [&](const auto& sender) { return holds(*sender); });
  }

  std::optional<OwnServer> server_;
  std::optional<RunningDistrict> district_;
  std::atomic<bool> is_back_ = false;
  std::vector<std::unique_ptr<Sender>> senders_;
};

TEST_F(Outage, LosesNothingThatWasTakenAndTakesTheRestAfterwards) {
  std::vector<std::jthread> threads;
  threads.reserve(senders_.size());
  for (auto& sender : senders_) threads.emplace_back([&] { sender->run(); });
  while (!all([](const Sender& sender) { return sender.taken() >= 10; })) std::this_thread::yield();
  server_->crash();
  while (!all([](const Sender& sender) { return sender.waits(); }))
    std::this_thread::yield();  // so nobody hangs
  server_->recover();
  Peek peek = server_->peek();
  for (const auto& sender : senders_) {
    EXPECT_GE(stored(peek, sender->kiosk()), sender->taken());
  }
  is_back_ = true;
  is_back_.notify_all();
  threads.clear();

  std::int64_t ratings = 0;
  for (const auto& sender : senders_) {
    EXPECT_EQ(stored(peek, sender->kiosk()), sender->kiosk().last());
    ratings += sender->kiosk().last();
  }
  EXPECT_EQ(peek.number("SELECT count(*) FROM event"), ratings);
  EXPECT_EQ(peek.number("SELECT sum(n1 + n2 + n3 + n4 + n5) FROM cell"), ratings);
  EXPECT_EQ(peek.number("SELECT sum(n1 + n2 + n3 + n4 + n5) FROM month_cell"), ratings);
  EXPECT_EQ(peek.number("SELECT sum(n1 + n2 + n3 + n4 + n5) FROM unit_month"), ratings);
}

TEST_F(Outage, IsToldToEverybodyWhoAsksMeanwhile) {
  HttpClient& client = district_->client();
  const std::string cookie = district_->log_in();
  ASSERT_EQ(client.get("", {cookie}).status, 200);
  server_->crash();
  std::vector<Reply> replies{client.get("healthz"), client.get("metrics"),
                             district_->scores("from=2026-11-01&to=2026-11-30"),
                             district_->post_login("can-bo", "sai"),
                             district_->submit("account/password", cookie, "old=a&new=b")};
  for (const char* path : {"", "units", "feedback", "devices", "programme", "reports", "audit"}) {
    replies.push_back(client.get(path, {cookie}));
  }
  for (const Reply& reply : replies) {
    expect_problem(reply, 503, "store-unavailable");
    EXPECT_EQ(reply.header("Retry-After"), "10");
  }
  // Residents read a page.
  for (const Reply& reply :
       {client.get("y/" + kHomeToken), client.post("y/" + kHomeToken, "score=5")}) {
    EXPECT_EQ(reply.status, 503);
    EXPECT_EQ(reply.header("Retry-After"), "10");
    EXPECT_NE(reply.body.find("Xin Ông/Bà thử lại sau ít phút"), std::string::npos) << reply.body;
  }
  server_->recover();
  EXPECT_EQ(client.get("healthz").status, 200);
  EXPECT_EQ(client.get("", {cookie}).status, 200);
}

TEST_F(Outage, LeavesReadingToAStandbyWhichTakesNothing) {
  HttpClient& client = district_->client();
  const std::string cookie = district_->log_in();
  server_->crash();
  server_->recover("standby");
  EXPECT_EQ(client.get("", {cookie}).status, 200);
  EXPECT_EQ(district_->scores("from=2026-11-01&to=2026-11-30").status, 200);
  FakeKiosk kiosk = senders_[0]->kiosk();
  kiosk.rate(5);
  for (const Reply& reply :
       {district_->send(kiosk), district_->post_login("can-bo", "sai"), client.get("healthz")}) {
    expect_problem(reply, 503, "store-unavailable");
    EXPECT_EQ(reply.header("Retry-After"), "10");
  }
}

}  // namespace
}  // namespace hailong::district
