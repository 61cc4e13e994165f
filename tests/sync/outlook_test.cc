#include "sync/outlook.h"

#include <gtest/gtest.h>

namespace hailong::sync {
namespace {

using Part = Outlook::Part;

constexpr const char* kUrl = "https://hai-long.example";
constexpr std::int64_t kMorning = 1'795'767'300'000;  // 2026-11-27T08:15:00Z
constexpr std::int64_t kMinute = 60'000;

TEST(Outlook, BeginsWithReachedOnceTheDistrictHasAnswered) {
  Outlook outlook;
  EXPECT_EQ(outlook.line(kUrl, std::nullopt), "not reached yet: asking https://hai-long.example");
  outlook.answered(kMorning);
  EXPECT_EQ(outlook.line(kUrl, 3),
            "reached https://hai-long.example at 2026-11-27T08:15:00Z; 3 events waiting");
}

TEST(Outlook, TellsSinceWhenTheDistrictIsNotReachedAndWhy) {
  Outlook outlook;
  outlook.note(Part::kHeartbeat, "no route", kMorning);
  outlook.note(Part::kHeartbeat, "no such host", kMorning + kMinute);
  EXPECT_EQ(outlook.line(kUrl, 0),
            "not reached since 2026-11-27T08:15:00Z: no such host; 0 events waiting");
}

TEST(Outlook, StaysReachedInARunAndTellsWhatIsWrongSince) {
  Outlook outlook;
  outlook.answered(kMorning);
  outlook.note(Part::kHeartbeat, "no route", kMorning + kMinute);
  outlook.note(Part::kBatch, "answer 403", kMorning + 2 * kMinute);
  outlook.note(Part::kHeartbeat, "", kMorning + 3 * kMinute);
  EXPECT_EQ(outlook.line(kUrl, 3),
            "reached https://hai-long.example at 2026-11-27T08:15:00Z; since 2026-11-27T08:17:00Z: "
            "answer 403; 3 events waiting");
  outlook.note(Part::kBatch, "", kMorning + 4 * kMinute);
  EXPECT_EQ(outlook.line(kUrl, 0),
            "reached https://hai-long.example at 2026-11-27T08:15:00Z; 0 events waiting");
}

}  // namespace
}  // namespace hailong::sync
