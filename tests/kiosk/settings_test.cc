#include "kiosk/settings.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/temp_folder.h"

namespace hailong::tests {
namespace {

using kiosk::read_settings;
using kiosk::Settings;

constexpr const char* kLeast = R"(data_dir = "data"
assets_dir = "/srv/assets"
[device]
id = "kt-10750-q1"
[unit]
name = "UBND xã Phú Thái"
place = "Bộ phận Một cửa"
[counter]
id = "q1"
name = "Quầy số 1"
)";

class KioskSettings : public testing::Test {
 protected:
  core::Result<Settings> read(const std::string& text) {
    std::ofstream(file_) << text;
    return read_settings(file_);
  }
  /// What is said of a file that differs from the least one.
  std::string complaint(const std::string& what, const std::string& with) {
    std::string text = kLeast;
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos);
    text.replace(at, what.size(), with);
    const auto settings = read(text);
    return settings ? "" : settings.error().message;
  }

  TempFolder folder_;
  const std::filesystem::path file_ = folder_.path() / "kiosk.toml";
};

TEST_F(KioskSettings, ReadsTheLeastFileWithDefaults) {
  const auto settings = read(kLeast);
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->data_dir, folder_.path() / "data");
  EXPECT_EQ(settings->assets_dir, "/srv/assets");
  EXPECT_EQ(settings->language, "vi");
  EXPECT_EQ(settings->log_level, "info");
  EXPECT_EQ(settings->renderer, kiosk::RendererChoice::kAuto);
  EXPECT_TRUE(settings->motion);
  EXPECT_EQ(settings->device.value, "kt-10750-q1");
  EXPECT_EQ(settings->counter.value, "q1");
  EXPECT_TRUE(settings->field.empty());
  EXPECT_EQ(settings->thank_you_seconds, 5);
}

TEST_F(KioskSettings, ReadsEveryKey) {
  std::string text = std::string("language = \"vi\"\nlog_level = \"warn\"\nrenderer = \"gpu\"\n") +
                     "motion = false\n" + kLeast +
                     "field = \"ho-tich\"\n[thank_you]\nseconds = 9\n";
  const auto settings = read(text);
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->log_level, "warn");
  EXPECT_EQ(settings->renderer, kiosk::RendererChoice::kGpu);
  EXPECT_FALSE(settings->motion);
  EXPECT_EQ(settings->field.value, "ho-tich");
  EXPECT_EQ(settings->thank_you_seconds, 9);
}

TEST_F(KioskSettings, TheSampleIsRight) {
  const auto settings = read_settings(HAILONG_CONFIG "/kim-thanh/kiosk.toml");
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->device.value, "kt-10750-q1");
}

TEST_F(KioskSettings, SaysFileLineKeyAndWhatWasExpected) {
  const std::string file = file_.string();
  EXPECT_EQ(complaint("\"kt-10750-q1\"", "\"KT 1\""),
            file + ":4: device.id: expected a name of a-z, 0-9 and '-', at most 64 characters");
  EXPECT_EQ(complaint("[device]", "renderer = \"fast\"\n[device]"),
            file + ":3: renderer: expected one of \"auto\" \"software\" \"gpu\"");
  EXPECT_EQ(complaint("[device]", "[thank_you]\nseconds = 60\n[device]"),
            file + ":4: thank_you.seconds: expected a whole number from 1 to 30");
}

TEST_F(KioskSettings, RefusesUnknownAndMissingKeys) {
  EXPECT_NE(complaint("[device]", "colour = \"blue\"\n[device]").find(":3: colour: unknown key"),
            std::string::npos);
  EXPECT_NE(complaint("name = \"Quầy số 1\"\n", "").find("counter.name: missing"),
            std::string::npos);
  EXPECT_NE(complaint("data_dir = \"data\"\n", "").find("data_dir: missing"), std::string::npos);
}

}  // namespace
}  // namespace hailong::tests
