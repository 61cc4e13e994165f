#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/e2e/whole_way.h"

/// Configuration from above, for real: published at the receiver, fetched by the daemon, shown by
/// the kiosk without a restart.

namespace hailong::tests {
namespace {

class BundleFromAbove : public WholeWay {
 protected:
  /// The kiosk learns the district's key as an operator would write it.
  BundleFromAbove() {
    std::ofstream(kiosk_.config(), std::ios::app)
        << "[district]\npublic_key = \"" << district_.admin({"key"}).substr(0, 64) << "\"\n";
  }

  /// Gives its id.
  std::string publish(const std::string& question) {
    district_.write("kiosks/all.toml",
                    "[thank_you]\nseconds = 1\n[texts.vi.question]\ntext = \"" + question + "\"\n");
    const std::string line = district_.admin({"config", "publish"});
    EXPECT_TRUE(line.ends_with("  published\n")) << line;
    return line.substr(line.find("  ") + 2, 16);
  }

  void tap(int score) {
    kiosk_.look();
    kiosk_.tap_face(score);
    ASSERT_TRUE(kiosk_.wait_for(Sight::kOther)) << text_of(kiosk_.log());
    ASSERT_TRUE(kiosk_.wait_for(Sight::kHome)) << text_of(kiosk_.log());
  }

  bool kiosk_logs(const std::string& words) {
    return display_.wait_until(
        [&] { return text_of(kiosk_.log()).find(words) != std::string::npos; },
        std::chrono::seconds{30});
  }

  /// The daemon runs until the kiosk shows the bundle, and something else than before.
  void let_the_kiosk_learn(const std::string& bundle) {
    const auto before = question();
    const Process daemon({HAILONG_SYNCD, "--config", sync_config().string()},
                         folder_.path() / "syncd.log");
    ASSERT_TRUE(kiosk_logs(bundle + " is shown from now on"))
        << text_of(kiosk_.log()) << text_of(folder_.path() / "syncd.log");
    ASSERT_TRUE(
        display_.wait_until([&] { return question() != before; }, std::chrono::seconds{30}));
  }

  [[nodiscard]] std::vector<std::uint32_t> question() const {
    return display_.pixels(0, 0, display_.width(), display_.height() * 2 / 5);
  }

  [[nodiscard]] std::filesystem::path bundle_file() const {
    return kiosk_.data_dir() / "config.bundle";
  }

  /// As the daemon puts one in its place.
  void put(const std::string& bundle) {
    const std::string draft = bundle_file().string() + ".draft";
    std::ofstream(draft) << bundle;
    std::filesystem::rename(draft, bundle_file());
  }

  /// What the district tells of the kiosk once the daemon has sent everything.
  nlohmann::json told() {
    const Outcome sent = sync_once();
    EXPECT_EQ(sent.code, 0) << sent.output;
    return ask("/api/v1/devices").at("devices").at(0);
  }
  static std::string bundle_of_last_rating(const nlohmann::json& device) {
    return device.at("epochs").at(0).at("bundle");
  }
};

TEST_F(BundleFromAbove, IsShownWithoutARestartNamedByRatingsAndNeverAnOlderOne) {
  kiosk_.start();
  tap(5);
  enrol();
  EXPECT_EQ(bundle_of_last_rating(told()), "");

  const std::string first = publish("Hôm nay Ông/Bà thấy thế nào?");
  let_the_kiosk_learn(first);
  const std::string older = text_of(bundle_file());
  std::string forged = older;
  forged.replace(forged.find("Ông/Bà"), 3, "O  ");
  put(forged);
  ASSERT_TRUE(kiosk_logs("is not signed by the district's key")) << text_of(kiosk_.log());
  tap(4);
  nlohmann::json device = told();
  EXPECT_EQ(bundle_of_last_rating(device), first);
  EXPECT_NE(std::string(device.at("heartbeat").at("bundle_fault")).find("not signed"),
            std::string::npos)
      << device;

  const std::string second = publish("Ông/Bà có hài lòng không?");
  let_the_kiosk_learn(second);
  EXPECT_EQ(kiosk_.stop(), 0);
  put(older);
  kiosk_.start();
  tap(2);
  EXPECT_EQ(kiosk_.stop(), 0);
  EXPECT_NE(text_of(kiosk_.log()).find(first + " is older than " + second), std::string::npos);
  device = told();
  EXPECT_EQ(bundle_of_last_rating(device), second);
  EXPECT_NE(std::string(device.at("heartbeat").at("bundle_fault")).find("is older than"),
            std::string::npos)
      << device;
}

}  // namespace
}  // namespace hailong::tests
