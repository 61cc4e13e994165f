#include <gtest/gtest.h>
#include <malloc.h>

#include "tests/kiosk/booth.h"

/// A kiosk that is never switched off: ten thousand visits in a row leave nothing behind.

namespace hailong::tests {
namespace {

namespace flow = kiosk::flow;

#ifdef HAILONG_SANITIZED
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

constexpr int kWarmUp = 500;
constexpr int kVisits = 10'000;
constexpr std::size_t kMostGrowth =
    std::size_t{256} * 1024;  // bytes; the log and the clock's digits

std::size_t memory_in_use() { return mallinfo2().uordblks; }

kiosk::render::NullRenderer& counting(Booth& booth) {
  return dynamic_cast<kiosk::render::NullRenderer&>(booth.renderer());
}

void say_more(Booth& booth) {
  booth.choose<flow::SayMoreTapped>();
  booth.choose<flow::ChoiceTapped>();
  booth.choose<flow::NextTapped>();
  booth.choose_topic(flow::Topic::kProcedure);
  booth.choose<flow::SearchTapped>();
  booth.type("khai si");
  booth.draw();
  booth.choose<flow::ChoiceTapped>();
  booth.choose_topic(flow::Topic::kWords);
  booth.type("tootj lawms");
  booth.draw();
  booth.choose<flow::NextTapped>();
  booth.choose<flow::DoneTapped>();
}

void change_look(Booth& booth, int visit) {
  const auto preference = visit % 2 == 0 ? flow::Preference::kText : flow::Preference::kContrast;
  booth.choose<flow::PreferenceTapped>(
      [&](const flow::PreferenceTapped& tap) { return tap.preference == preference; });
}

void visit(Booth& booth, int number) {
  if (number % 200 == 0) change_look(booth, number / 200);
  if (number % 7 == 0) booth.scan("000.00.01.H23-240814-0001");
  booth.wait(flow::Durations{}.drumming);
  booth.tap_face(number % 5 + 1);
  booth.draw();
  ASSERT_TRUE(booth.shows<flow::Thanks>()) << number;
  if (number % 5 == 0) say_more(booth);
  booth.wait(6'000);
  booth.draw();
  ASSERT_TRUE(booth.shows<flow::Home>()) << number;
  booth.forget_what_was_handed_over();
}

TEST(LongLife, TenThousandVisitsLeaveNothingBehind) {
  if (kSanitized) GTEST_SKIP() << "a sanitizer's own memory grows";
  Booth booth;
  for (int number = 1; number <= kWarmUp; ++number) visit(booth, number);
  const std::size_t memory = memory_in_use();
  const std::size_t pictures = counting(booth).pictures();
  const std::size_t bytes = counting(booth).bytes();
  for (int number = kWarmUp + 1; number <= kVisits && !HasFatalFailure(); ++number) {
    visit(booth, number);
  }
  EXPECT_LE(memory_in_use(), memory + kMostGrowth);
  EXPECT_EQ(counting(booth).pictures(), pictures);
  EXPECT_EQ(counting(booth).bytes(), bytes);
}

TEST(LongLife, EveryLookIsGivenBack) {
  Booth booth({800, 1280}, contents(13.3));
  const std::size_t pictures = counting(booth).pictures();
  const std::size_t bytes = counting(booth).bytes();
  for (const auto preference : {flow::Preference::kText, flow::Preference::kContrast,
                                flow::Preference::kLower, flow::Preference::kLanguage}) {
    booth.choose<flow::PreferenceTapped>(
        [&](const flow::PreferenceTapped& tap) { return tap.preference == preference; });
    EXPECT_EQ(counting(booth).pictures(), pictures);
  }
  booth.wait(60'000);
  EXPECT_EQ(booth.flow().preferences(), flow::Preferences{});
  EXPECT_EQ(counting(booth).bytes(), bytes);
}

TEST(LongLife, NothingIsLeftAtARendererThatIsGivenBack) {
  Booth booth;
  booth.terminal().ui().release();
  EXPECT_EQ(counting(booth).pictures(), 0U);
}

}  // namespace
}  // namespace hailong::tests
