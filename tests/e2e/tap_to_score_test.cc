#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/e2e/whole_way.h"

/// Taps on the real kiosk are the counts of the district's API.

namespace hailong::tests {
namespace {

class TapToScore : public WholeWay {
 protected:
  void tap(int score) {
    kiosk_.look();
    kiosk_.tap_face(score);
    ASSERT_TRUE(kiosk_.wait_for(Sight::kOther)) << text_of(kiosk_.log());
    ASSERT_TRUE(kiosk_.wait_for(Sight::kHome)) << text_of(kiosk_.log());
  }

  std::array<int, 5> counts_of(const std::string& query) {
    std::array<int, 5> counts{};
    const nlohmann::json table = ask("/api/v1/scores?" + query);
    for (const nlohmann::json& row : table.at("rows")) {
      for (std::size_t i = 0; i < 5; ++i) counts[i] += row.at("counts").at(i).get<int>();
    }
    return counts;
  }
};

TEST_F(TapToScore, CountsEqualTheTapsExactly) {
  kiosk_.start();
  const std::array<int, 5> taps{2, 3, 4, 5, 6};  // 20 taps over all five columns
  std::array<int, 5> left = taps;
  while (left != std::array<int, 5>{}) {
    for (int score = 5; score >= 1; --score) {
      int& count = left[static_cast<std::size_t>(score - 1)];
      if (count == 0) continue;
      --count;
      tap(score);
    }
  }
  enrol();

  const Outcome sent = sync_once();
  EXPECT_EQ(sent.code, 0) << sent.output;
  EXPECT_NE(sent.output.find(" events, 0 unsent"), std::string::npos) << sent.output;
  const std::string all_days = "from=2020-01-01&to=2099-12-31&by=unit";
  EXPECT_EQ(counts_of(all_days), taps);
  EXPECT_EQ(counts_of(all_days + ",month,field,counter"), taps);

  const Outcome again = sync_once();
  EXPECT_EQ(again.code, 0) << again.output;
  EXPECT_EQ(counts_of(all_days), taps);
  EXPECT_EQ(kiosk_.stop(), 0);
}

TEST_F(TapToScore, WaitsForADistrictThatIsAway) {
  kiosk_.start();
  tap(1);
  enrol();
  const std::string config = text_of(sync_config());
  std::ofstream(sync_config()) << config.substr(0, config.find("url"))
                               << "url = \"http://127.0.0.1:9\"\n"
                               << config.substr(config.find("public_key"));
  EXPECT_EQ(sync_once().code, 3);

  std::ofstream(sync_config()) << config;
  EXPECT_EQ(sync_once().code, 0);
  EXPECT_EQ(counts_of("from=2020-01-01&to=2099-12-31&by=unit"),
            (std::array<int, 5>{1, 0, 0, 0, 0}));
}

TEST_F(TapToScore, OneImpatientPersonIsOneRating) {
  kiosk_.start();
  kiosk_.look();
  kiosk_.tap_face(2);
  for (int taps = 0; taps < 2; ++taps) display_.tap(384, 440);  // as fast as xdotool can
  ASSERT_TRUE(kiosk_.wait_for(Sight::kHome));
  enrol();
  EXPECT_EQ(sync_once().code, 0);
  EXPECT_EQ(counts_of("from=2020-01-01&to=2099-12-31&by=unit"),
            (std::array<int, 5>{0, 1, 0, 0, 0}));
}

}  // namespace
}  // namespace hailong::tests
