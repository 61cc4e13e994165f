#include "sync/pulse.h"

#include <gtest/gtest.h>

namespace hailong::sync {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Time = Pulse::Time;

TEST(Pulse, IsDueAtTheStartAndThenRegularly) {
  Pulse pulse(minutes{15});
  EXPECT_EQ(pulse.until_due(hours{5}), Time{0});
  pulse.heard(hours{5});
  EXPECT_EQ(pulse.until_due(hours{5}), minutes{15});
  EXPECT_EQ(pulse.until_due(hours{5} + minutes{10}), minutes{5});
  EXPECT_EQ(pulse.until_due(hours{6}), Time{0});
}

TEST(Pulse, LetsEventsTellThatTheKioskLivesTwiceInThree) {
  Pulse pulse(minutes{15});
  pulse.heard(Time{0});
  for (const int minute : {14, 28}) {
    pulse.delivered(minutes{minute});
    EXPECT_EQ(pulse.until_due(minutes{minute}), minutes{15});
  }
  pulse.delivered(minutes{42});
  EXPECT_EQ(pulse.until_due(minutes{42}), minutes{3});
}

TEST(Pulse, IsRarerWhereNobodyTapsYetMoreThanOnceAnHour) {
  Pulse pulse(minutes{15});
  pulse.heard(hours{1});
  pulse.heard(hours{3});
  EXPECT_EQ(pulse.until_due(hours{3}), minutes{15});
  pulse.heard(hours{3} + minutes{1});
  EXPECT_EQ(pulse.until_due(hours{3} + minutes{1}), minutes{50});
  pulse.delivered(hours{3} + minutes{30});
  pulse.heard(hours{3} + minutes{51});
  EXPECT_EQ(pulse.until_due(hours{3} + minutes{51}), minutes{15});
}

TEST(Pulse, IsRepeatedSoonerWhenNobodyAnswers) {
  Pulse pulse(minutes{15});
  pulse.heard(Time{0});
  for (const int wait : {1, 2, 4, 8, 15, 15}) {
    pulse.unheard(Time{0});
    EXPECT_EQ(pulse.until_due(Time{0}), minutes{wait});
    pulse.delivered(Time{0});
    EXPECT_EQ(pulse.until_due(Time{0}), minutes{wait}) << "events do not stand in for it";
  }
  pulse.heard(Time{0});
  pulse.unheard(Time{0});
  EXPECT_EQ(pulse.until_due(Time{0}), minutes{1});
}

}  // namespace
}  // namespace hailong::sync
