#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/e2e/kiosk_session.h"
#include "tests/temp_folder.h"

/// The whole way, for real: taps on the real kiosk, the real daemon, the real receiver, its API.

namespace hailong::tests {
namespace {

using Json = nlohmann::json;

class District {
 public:
  explicit District(const std::filesystem::path& folder) : folder_(folder) {
    const std::filesystem::path sample = HAILONG_SOURCE_DIR "/config/kim-thanh";
    std::filesystem::copy(sample, folder_);
    std::string config = text_of(sample / "district.toml");
    replace(config, "data_dir", "\"" + (folder_ / "data").string() + "\"");
    replace(config, "port", "0");
    std::ofstream(file()) << config;
  }

  void serve() {
    process_.emplace(std::vector<std::string>{HAILONG_DISTRICT, "serve", "--config", file()},
                     log());
    // The server prints its address once it listens.
    for (int tries = 0; tries < 200 && url_.empty(); ++tries) {
      const std::string text = text_of(log());
      const std::size_t at = text.find("http://");
      if (at != std::string::npos && text.find('\n', at) != std::string::npos) {
        url_ = text.substr(at, text.find_first_of(" \n", at) - at);
        if (url_.back() == '/') url_.pop_back();
      } else {
        process_->wait(std::chrono::milliseconds{50});
      }
    }
    ASSERT_FALSE(url_.empty()) << text_of(log());
  }

  std::string admin(std::vector<std::string> words) {
    std::vector<std::string> command{HAILONG_DISTRICT, "admin", "--config", file()};
    command.insert(command.end(), words.begin(), words.end());
    const Outcome outcome = run(command);
    EXPECT_EQ(outcome.code, 0) << outcome.output;
    return outcome.output;
  }

  [[nodiscard]] const std::string& url() const { return url_; }

 private:
  [[nodiscard]] std::string file() const { return (folder_ / "district.toml").string(); }
  [[nodiscard]] std::filesystem::path log() const { return folder_ / "district.log"; }

  static void replace(std::string& config, const std::string& key, const std::string& value) {
    const std::size_t at = config.find("\n" + key + " = ") + 1;
    config.replace(at, config.find('\n', at) - at, key + " = " + value);
  }

  std::filesystem::path folder_;
  std::optional<Process> process_;
  std::string url_;
};

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
    std::filesystem::create_directories(folder_.path() / "district");
    district_.emplace(folder_.path() / "district");
  }

  void tap(int score) {
    kiosk_.look();
    kiosk_.tap_face(score);
    ASSERT_TRUE(kiosk_.wait_for(Sight::kOther)) << text_of(kiosk_.log());
    ASSERT_TRUE(kiosk_.wait_for(Sight::kHome)) << text_of(kiosk_.log());
  }

  void enrol() {
    const Outcome stats = run({HAILONG_JOURNAL, "stats", "--db", kiosk_.journal().string()});
    district_->admin({"device", "add", "--id", "kt-10750-q1", "--unit", "10750", "--counter", "q1",
                      "--public-key", key_in(stats.output)});
    token_ = last_word(district_->admin({"token", "add", "e2e"}));
    std::ofstream(folder_.path() / "sync.toml")
        << "data_dir = \"" << kiosk_.data_dir().string() << "\"\n[district]\nurl = \""
        << district_->url() << "\"\npublic_key = \"" << key_in(district_->admin({"key"})) << "\"\n";
  }

  Outcome sync_once() {
    return run({HAILONG_SYNCD, "--config", (folder_.path() / "sync.toml").string(), "--once"});
  }

  Json scores(const std::string& query) {
    const Outcome outcome =
        run({"curl", "--silent", "--show-error", "--fail", "-H", "Authorization: Bearer " + token_,
             district_->url() + "/api/v1/scores?" + query});
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
  std::optional<District> district_;
  std::string token_;
};

TEST_F(TapToScore, CountsEqualTheTapsExactly) {
  district_->serve();
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
  district_->serve();
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
  district_->serve();
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
