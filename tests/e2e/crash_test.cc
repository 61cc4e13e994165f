#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/e2e/kiosk_session.h"
#include "tests/temp_folder.h"

/// A power cut at any moment: whoever was thanked is in the journal, and nobody is there twice.

namespace hailong::tests {
namespace {

// Fewer where each start takes seconds.
#ifdef HAILONG_SANITIZED
constexpr int kKills = 40;
#else
constexpr int kKills = 200;
#endif
constexpr int kOfEachEnd = kKills / 10;

using Clock = std::chrono::steady_clock;
using std::chrono::microseconds;
using std::chrono::milliseconds;

struct Stored {
  int ratings = 0;
  int newest_score = 0;
};

Stored stored(const KioskSession& kiosk) {
  SQLite::Database database(kiosk.journal().string(), SQLite::OPEN_READWRITE, 5000);
  Stored found;
  found.ratings = database.execAndGet("SELECT count(*) FROM v_rating").getInt();
  if (found.ratings > 0) {
    found.newest_score =
        database.execAndGet("SELECT score FROM v_rating ORDER BY seq DESC LIMIT 1").getInt();
  }
  return found;
}

/// Not through xdotool: by the time that it has ended, the thank-you is there.
void tap_at_once(XDisplay& display, const KioskSession& kiosk, int score) {
  const auto [x, y] = kiosk.face(score);
  display.move(x, y);
  display.press(true);
  display.press(false);
}

/// The longest of some taps' times from finger to thank-you, to aim the kills by.
microseconds time_to_thanks(XDisplay& display, KioskSession& kiosk) {
  microseconds longest{0};
  for (int tap = 0; tap < 3; ++tap) {
    kiosk.look();
    const auto start = Clock::now();
    tap_at_once(display, kiosk, 3);
    if (!kiosk.wait_for(Sight::kOther)) throw std::runtime_error("no thank-you");
    longest = std::max(longest, std::chrono::duration_cast<microseconds>(Clock::now() - start));
    if (!kiosk.wait_for(Sight::kHome)) throw std::runtime_error("no way home");
  }
  return longest;
}

TEST(Crash, LosesNoThankedTapAndDoublesNone) {
  XDisplay display(800, 480);
  const TempFolder folder;
  KioskSession kiosk(display, folder.path());
  std::mt19937 random(20240814);

  kiosk.start();
  auto reach = static_cast<double>(time_to_thanks(display, kiosk).count());
  std::uniform_real_distribution<double> share(0, 1);
  std::uniform_int_distribution<int> score(1, 5);

  int thanked = 0;
  int unthanked = 0;
  int before = stored(kiosk).ratings;
  ASSERT_EQ(before, 3);
  for (int tap = 0; tap < kKills; ++tap) {
    const int tapped = score(random);
    kiosk.look();
    tap_at_once(display, kiosk, tapped);
    display.wait(microseconds{static_cast<std::int64_t>(reach * share(random))});
    kiosk.freeze();
    const bool thanks_shown = kiosk.sight() == Sight::kOther;
    kiosk.kill();

    const Stored now = stored(kiosk);
    ASSERT_GE(now.ratings, before) << "tap " << tap << ": a rating vanished";
    ASSERT_LE(now.ratings, before + 1) << "tap " << tap << ": a tap was stored twice";
    // However long a kiosk that has just started takes, half of the kills come before the
    // thank-you.
    reach *= thanks_shown ? 0.95 : 1.05;
    if (thanks_shown) {
      ++thanked;
      ASSERT_EQ(now.ratings, before + 1) << "tap " << tap << ": thanked, but not stored";
    } else {
      ++unthanked;
    }
    if (now.ratings > before) {
      ASSERT_EQ(now.newest_score, tapped) << "tap " << tap;
    }
    before = now.ratings;
    kiosk.start();
  }
  EXPECT_EQ(run({HAILONG_JOURNAL, "verify", "--db", kiosk.journal().string()}).code, 0);
  // Both ends must have been met, or the kills were not at random moments.
  EXPECT_GE(thanked, kOfEachEnd);
  EXPECT_GE(unthanked, kOfEachEnd);
  EXPECT_EQ(kiosk.stop(), 0);
}

}  // namespace
}  // namespace hailong::tests
