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
)"
                               "assets_dir = \"" HAILONG_ASSETS
                               "\"\n"
                               R"([device]
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
  EXPECT_EQ(settings->assets_dir, HAILONG_ASSETS);
  EXPECT_EQ(settings->log_level, "info");
  EXPECT_EQ(settings->renderer, kiosk::RendererChoice::kAuto);
  EXPECT_EQ(settings->rotation, kiosk::Rotation::kNone);
  EXPECT_TRUE(settings->motion);
  EXPECT_EQ(settings->device.value, "kt-10750-q1");
  EXPECT_EQ(settings->counter.value, "q1");
  EXPECT_TRUE(settings->field.empty());
  EXPECT_EQ(settings->thank_you_seconds, 5);
}

TEST_F(KioskSettings, ReadsEveryKey) {
  std::string text = std::string("log_level = \"warn\"\nrenderer = \"gpu\"\n") +
                     "motion = false\n" + kLeast +
                     R"(field = "ho-tich"
[thank_you]
seconds = 9
[screen]
diagonal_tenths = 156
rotation = 270
[follow_up]
fields = "fields.csv"
procedures = "procedures.csv"
words = false
[contact]
take = false
keep_days = 30
notice = "2026-11"
[complaints]
place = "Phòng tiếp công dân"
hours = "Thứ Năm"
phone = "0220"
[[counters]]
id = "q2"
name = "Quầy số 2"
[[officers]]
id = "cb-1"
name = "Cán bộ A"
counter = "q2"
photo = "a.png"
[typing]
method = "telex"
tones = "new"
[later]
url = "https://example.gov.vn/y/"
[dossier]
list = "dossiers.csv"
[[opening]]
days = "mon-fri"
from = "07:30"
to = "11:30"
[doubts]
burst_count = 3
burst_seconds = 30
identical_run = 9
)";
  std::ofstream(folder_.path() / "fields.csv") << "id,name\nho-tich,Hộ tịch\n";
  std::ofstream(folder_.path() / "procedures.csv") << "code,field,name\n1.1,ho-tich,Khai sinh\n";
  const auto settings = read(text);
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->log_level, "warn");
  EXPECT_EQ(settings->renderer, kiosk::RendererChoice::kGpu);
  EXPECT_FALSE(settings->motion);
  EXPECT_EQ(settings->field.value, "ho-tich");
  EXPECT_EQ(settings->thank_you_seconds, 9);
  EXPECT_DOUBLE_EQ(settings->diagonal_inches, 15.6);
  EXPECT_EQ(settings->rotation, kiosk::Rotation::kThreeQuarters);
  const kiosk::flow::Survey& survey = settings->survey;
  EXPECT_EQ(survey.fields.at(0).name, "Hộ tịch");
  EXPECT_EQ(survey.procedures.at(0).code, "1.1");
  EXPECT_FALSE(survey.takes_words);
  EXPECT_FALSE(survey.takes_contact);
  EXPECT_EQ(survey.contact_keep_days, 30);
  EXPECT_EQ(survey.notice, "2026-11");
  EXPECT_EQ(survey.complaints.phone, "0220");
  EXPECT_EQ(survey.counters.at(0).name, "Quầy số 2");
  EXPECT_EQ(survey.officers.at(0).photo, folder_.path() / "a.png");
  EXPECT_EQ(settings->typing, core::TypingMethod::kTelex);
  EXPECT_EQ(settings->tones, core::TonePlacement::kNew);
  EXPECT_EQ(settings->later_url, "https://example.gov.vn/y/");
  EXPECT_EQ(settings->dossier_list, folder_.path() / "dossiers.csv");
  EXPECT_EQ(settings->doubts.burst_count, 3);
  EXPECT_EQ(settings->doubts.burst_window, std::chrono::seconds(30));
  EXPECT_EQ(settings->doubts.identical_run, 9);
  // 2026-11-23 was a Monday: 08:00 and 12:00 in Vietnam.
  EXPECT_TRUE(core::is_open(settings->doubts.hours, 1795395600000));
  EXPECT_FALSE(core::is_open(settings->doubts.hours, 1795410000000));
}

TEST_F(KioskSettings, ReadsTheQuestionsOfTheAssets) {
  const auto settings = read(kLeast);
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->survey.low.size(), 8U);
  EXPECT_EQ(settings->survey.official.size(), 4U);
  int alerts = 0;
  for (const auto& reason : settings->survey.low) alerts += reason.alert ? 1 : 0;
  EXPECT_EQ(alerts, 1);
}

TEST_F(KioskSettings, RefusesAProcedureOfAnUnknownField) {
  std::ofstream(folder_.path() / "fields.csv") << "id,name\nho-tich,Hộ tịch\n";
  std::ofstream(folder_.path() / "procedures.csv") << "code,field,name\n1.1,dat-dai,Khai sinh\n";
  EXPECT_EQ(complaint("[device]",
                      "[follow_up]\nfields = \"fields.csv\"\nprocedures = "
                      "\"procedures.csv\"\n[device]"),
            (folder_.path() / "procedures.csv").string() +
                ":2: expected a code, a field of the fields file, and a name");
}

TEST_F(KioskSettings, RefusesHoursThatAreNone) {
  EXPECT_NE(complaint("[device]",
                      "[[opening]]\ndays = \"monday\"\nfrom = \"7\"\nto = "
                      "\"8\"\n[device]")
                .find("opening.days: expected"),
            std::string::npos);
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
  EXPECT_EQ(complaint("[device]", "[screen]\nrotation = 45\n[device]"),
            file + ":4: screen.rotation: expected 0, 90, 180 or 270");
  EXPECT_NE(complaint("[device]", "[screen]\nrotation = -90\n[device]").find("screen.rotation"),
            std::string::npos);
}

TEST_F(KioskSettings, RefusesUnknownAndMissingKeys) {
  EXPECT_NE(complaint("[device]", "colour = \"blue\"\n[device]").find(":3: colour: unknown key"),
            std::string::npos);
  EXPECT_NE(complaint("name = \"Quầy số 1\"\n", "").find("counter.name: missing"),
            std::string::npos);
  EXPECT_NE(complaint("data_dir = \"data\"\n", "").find("data_dir: missing"), std::string::npos);
}

TEST_F(KioskSettings, HaveStaffModeOnlyWhenAsked) {
  EXPECT_FALSE(read(kLeast)->staff);
  const std::string config = HAILONG_CONFIG;
  const auto settings =
      read(std::string(kLeast) + "[staff]\nsetup_code = \"73915028\"\nfeedback = \"" + config +
           "/feedback.toml\"\nholidays = \"" + config +
           "/public-holidays.csv\"\nreport_folder = \"reports\"\n");
  ASSERT_TRUE(settings) << settings.error().message;
  ASSERT_TRUE(settings->staff);
  EXPECT_EQ(settings->staff->setup_code, "73915028");
  EXPECT_EQ(settings->staff->report_folder, folder_.path() / "reports");
  EXPECT_EQ(settings->staff->limits[0].until_hour, 9);
  EXPECT_TRUE(settings->staff->calendar.knows(std::chrono::year(2026)));
}

TEST_F(KioskSettings, RefuseAHalfStaffMode) {
  const std::string least = kLeast;
  EXPECT_NE(read(least + "[staff]\nsetup_code = \"short\"\n").error().message.find("feedback"),
            std::string::npos);
  const std::string config = HAILONG_CONFIG;
  const std::string files = "[staff]\nfeedback = \"" + config + "/feedback.toml\"\nholidays = \"" +
                            config + "/public-holidays.csv\"\n";
  EXPECT_NE(read(least + files + "setup_code = \"short\"\n").error().message.find("8 to 16 digits"),
            std::string::npos);
  EXPECT_NE(read(least + files + "pin = \"1\"\n").error().message.find("pin"), std::string::npos);
}

}  // namespace
}  // namespace hailong::tests
