#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <thread>

#include "district/clock.h"
#include "district/service.h"
#include "district/storage/webhook_outbox.h"
#include "district/webhook/signature.h"
#include "tests/district/sample.h"
#include "tests/district/webhook/listener.h"
#include "tests/log_capture.h"

/// The whole service tells another program, as docs/open-data.md says.

namespace hailong::district {
namespace {

using webhook::Listener;

/// Noon of day `day` of the month that lies `months` before this one.
std::int64_t noon_of(int months, unsigned day) {
  const core::LocalDate today = core::local_date(now_ms());
  const auto month =
      std::chrono::year_month(today.year(), today.month()) - std::chrono::months(months);
  return core::start_of_day_ms(core::LocalDate{month / std::chrono::day(day)}) + kDay / 2;
}

/// A district in whose last whole month the share fell from 95 % to 75 %, and in which somebody has
/// waited for an answer for months.
class WebhookOfAService : public testing::Test {
 protected:
  WebhookOfAService() {
    Setting setting;
    setting.more = "[webhook]\nurl = \"http://127.0.0.1:" + std::to_string(listener_.port()) +
                   "/hook\"\nsecret = \"whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"";
    file_ = write_config(folder_.path(), setting);
    const Config config = must(read_config(file_));
    store_.emplace(must(storage::Store::open(config.data_dir, config.postgres)));
    register_kiosk(*store_, kiosk_);
    for (int i = 0; i < 100; ++i) kiosk_.rate(i < 95 ? 5 : 2, noon_of(2, 10));
    for (int i = 0; i < 100; ++i) kiosk_.rate(i < 75 ? 5 : 2, noon_of(1, 10));
    complain("Chờ rất lâu, gọi 0912345678");
  }

  /// Feedback that is overdue by now.
  void complain(const std::string& words) {
    kiosk_.say(kiosk_.rate(1, noon_of(6, 1)), words);
    const Config config = must(read_config(file_));
    ingest::Receiver receiver(*store_, config.rules.units, {config.case_limits, config.calendar},
                              config.limits.unpacked_bytes);
    accepted(must(receiver.receive(kiosk_.device(), kiosk_.sealed(sent_ + 1, kiosk_.last()),
                                   noon_of(0, 1) - kDay)));
    sent_ = kiosk_.last();
  }
  Service start() { return must(Service::start(must(read_config(file_)))); }
  std::int64_t waiting() { return must(storage::WebhookOutbox(*store_).waiting()); }
  template <typename Holds>
  static void wait_until(Holds holds) {
    const auto until = std::chrono::steady_clock::now() + webhook::kLong;
    while (!holds() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    EXPECT_TRUE(holds());
  }
  static std::set<std::string> ids_of(const std::vector<http::Request>& requests) {
    std::set<std::string> ids;
    for (const http::Request& request : requests) {
      ids.insert(request.header("webhook-id").value_or(""));
    }
    return ids;
  }

  tests::LogCapture log_;
  tests::TempFolder folder_;
  Listener listener_;
  std::filesystem::path file_;
  std::optional<storage::Store> store_;
  FakeKiosk kiosk_{"kt-10750-q1"};
  core::Seq sent_ = 0;
};

TEST_F(WebhookOfAService, TellsOfAnOverdueCaseAndOfADropOnceEachAndSigned) {
  {
    const Service service = start();
    listener_.wait_for(2);
    wait_until([&] { return waiting() == 0; });
  }
  const auto requests = listener_.wait_for(2);
  ASSERT_EQ(requests.size(), 2U);
  std::map<std::string, nlohmann::json> told;
  for (const http::Request& request : requests) {
    const std::string seconds = request.header("webhook-timestamp").value_or("0");
    EXPECT_EQ(request.header("webhook-signature"),
              webhook::signature(std::string(24, '\0'), request.header("webhook-id").value_or(""),
                                 std::stoll(seconds), request.body));
    EXPECT_LT(std::abs(std::stoll(seconds) - now_ms() / 1000), 600);
    EXPECT_EQ(request.body.find("0912345678"), std::string::npos);
    EXPECT_EQ(request.body.find("lâu"), std::string::npos);
    const auto json = nlohmann::json::parse(request.body);
    told[json.at("type")] = json.at("data");
  }
  EXPECT_EQ(told.at("feedback.overdue").at("unit_name"), "xã Phú Thái");
  EXPECT_EQ(told.at("score.drop").at("before").at("satisfied_pct"), 95.0);
  EXPECT_EQ(told.at("score.drop").at("last").at("satisfied_pct"), 75.0);

  // After a restart what was told is known, and only what is new is told.
  complain("Vẫn chưa được trả lời");
  const Service again = start();
  const auto all = listener_.wait_for(3);
  wait_until([&] { return waiting() == 0; });
  EXPECT_EQ(listener_.wait_for(3).size(), 3U);
  EXPECT_EQ(ids_of(all).size(), 3U);
}

TEST_F(WebhookOfAService, KeepsWhatTheOtherSideCouldNotTakeOverARestart) {
  listener_.answer_with(503);
  {
    const Service service = start();
    listener_.wait_for(2);
    wait_until([&] { return log_.lines_with("was not taken at try 1: answered 503").size() == 2; });
  }
  EXPECT_EQ(waiting(), 2);
  const auto refused = ids_of(listener_.wait_for(2));
  EXPECT_EQ(refused.size(), 2U);

  listener_.answer_with(204);
  must(Peek(folder_.path() / "data").execute("UPDATE webhook_message SET next_try_at = 0"));
  const Service service = start();
  listener_.wait_for(4);
  wait_until([&] { return waiting() == 0; });
  const auto requests = listener_.wait_for(4);
  ASSERT_EQ(requests.size(), 4U);
  EXPECT_EQ(ids_of({requests.begin() + 2, requests.end()}), refused);
}

}  // namespace
}  // namespace hailong::district
