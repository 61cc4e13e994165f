#include "district/retention.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/district/sample.h"
#include "tests/log_capture.h"

/// The thread that erases what is kept longer than the rule says, with a clock of the test's own.

namespace hailong::district {
namespace {

class Retaining : public testing::Test {
 protected:
  Retaining() {
    FakeKiosk kiosk("kt-1");
    register_kiosk(reception_.store(), kiosk);
    kiosk.say(kiosk.rate(2), "Chờ lâu");
    accepted(reception_.take(kiosk));
    reception_.config().retention = {30, 30};
  }

  std::int64_t tell_time() {
    ++turns_;
    return now_;
  }
  std::int64_t texts() {
    return reception_.peek().number("SELECT count(*) FROM content WHERE text IS NOT NULL");
  }
  template <typename Holds>
  static void wait_until(Holds holds) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!holds() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    EXPECT_TRUE(holds());
  }
  void wait_for_two_turns() {
    const int before = turns_;
    wait_until([&] { return turns_ >= before + 2; });
  }

  tests::LogCapture log_;
  Reception reception_;
  const wire::SigningKey key_ = wire::SigningKey::generate();
  std::atomic<std::int64_t> now_{kNoon};
  std::atomic<int> turns_{0};
};

TEST_F(Retaining, ErasesWhenTheTimeHasComeAndSaysSo) {
  const RetentionTimer timer(
      reception_.store(), reception_.config(), key_, [this] { return tell_time(); },
      std::chrono::milliseconds(5));
  now_ = kNoon + 30 * kDay - 1;
  wait_for_two_turns();
  EXPECT_EQ(texts(), 1);
  EXPECT_TRUE(log_.lines_with("retention").empty());

  now_ = kNoon + 30 * kDay;
  wait_until([&] { return !log_.lines_with("retention: erased 1 texts").empty(); });
  EXPECT_EQ(texts(), 0);
  wait_for_two_turns();
  EXPECT_EQ(log_.lines_with("retention").size(), 1U);
  EXPECT_EQ(reception_.peek().dump("SELECT who, detail FROM audit WHERE action = 'data-outdated'"),
            "(hệ thống)|1 nội dung\n");
}

TEST_F(Retaining, GoesOnAfterTheStoreFailed) {
  must(reception_.peek().execute("ALTER TABLE content RENAME TO content_away"));
  now_ = kNoon + 30 * kDay;
  const RetentionTimer timer(
      reception_.store(), reception_.config(), key_, [this] { return tell_time(); },
      std::chrono::milliseconds(5));
  wait_until([&] { return !log_.lines_with("error: retention: ").empty(); });
  must(reception_.peek().execute("ALTER TABLE content_away RENAME TO content"));
  wait_until([&] { return !log_.lines_with("retention: erased 1 texts").empty(); });
  EXPECT_EQ(texts(), 0);
}

}  // namespace
}  // namespace hailong::district
