#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/e2e/kiosk_session.h"
#include "tests/e2e/real_district.h"
#include "tests/temp_folder.h"

/// The whole way, for real: taps on the real kiosk, the real daemon, the real receiver, its API.

namespace hailong::tests {
namespace {

using Json = nlohmann::json;

/// The first run of exactly 64 hex digits in a text.
std::string key_in(const std::string& text) {
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && std::isxdigit(static_cast<unsigned char>(text[i])) != 0) continue;
    if (i - start == 64) return text.substr(start, 64);
    start = i + 1;
  }
  return {};
}

std::string last_word(std::string text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0)
    text.pop_back();
  return text.substr(text.find_last_of(" \n") + 1);
}

class TapToScore : public testing::Test {
 protected:
  TapToScore() : display_(1280, 800), kiosk_(display_, folder_.path() / "kiosk") {
    district_.serve();
  }

  void tap(int score) {
    kiosk_.look();
    kiosk_.tap_face(score);
    ASSERT_TRUE(kiosk_.wait_for(Sight::kOther)) << text_of(kiosk_.log());
    ASSERT_TRUE(kiosk_.wait_for(Sight::kHome)) << text_of(kiosk_.log());
  }

  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(district_.port());
  }

  void enrol() {
    const Outcome stats = run({HAILONG_JOURNAL, "stats", "--db", kiosk_.journal().string()});
    district_.admin({"device", "add", "--id", "kt-10750-q1", "--unit", "10750", "--counter", "q1",
                     "--public-key", key_in(stats.output)});
    token_ = last_word(district_.admin({"token", "add", "e2e"}));
    std::ofstream(folder_.path() / "sync.toml")
        << "data_dir = \"" << kiosk_.data_dir().string() << "\"\n[district]\nurl = \"" << url()
        << "\"\npublic_key = \"" << key_in(district_.admin({"key"})) << "\"\n";
  }

  Outcome sync_once() {
    return run({HAILONG_SYNCD, "--config", (folder_.path() / "sync.toml").string(), "--once"});
  }

  Json scores(const std::string& query) {
    const Outcome outcome =
        run({"curl", "--silent", "--show-error", "--fail", "-H", "Authorization: Bearer " + token_,
             url() + "/api/v1/scores?" + query});
    EXPECT_EQ(outcome.code, 0) << outcome.output;
    return Json::parse(outcome.output);
  }

  std::array<int, 5> counts_of(const std::string& query) {
    std::array<int, 5> counts{};
    const Json table = scores(query);
    for (const Json& row : table.at("rows")) {
      for (std::size_t i = 0; i < 5; ++i) counts[i] += row.at("counts").at(i).get<int>();
    }
    return counts;
  }

  TempFolder folder_;
  XDisplay display_;
  KioskSession kiosk_;
  RealDistrict district_;
  std::string token_;
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
  EXPECT_NE(sent.output.find("sent 20 events, 0 unsent"), std::string::npos) << sent.output;
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
  const std::string config = text_of(folder_.path() / "sync.toml");
  std::ofstream(folder_.path() / "sync.toml")
      << config.substr(0, config.find("url")) << "url = \"http://127.0.0.1:9\"\n"
      << config.substr(config.find("public_key"));
  EXPECT_EQ(sync_once().code, 3);

  std::ofstream(folder_.path() / "sync.toml") << config;
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
