#include "sync/settings.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/temp_folder.h"
#include "wire/enrolment_file.h"

namespace hailong::sync {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using tests::TempFolder;

const std::string kKey(64, 'a');

core::Result<Settings> read(const std::string& text) {
  const TempFolder folder;
  std::ofstream(folder.path() / "sync.toml") << text;
  return read_settings(folder.path() / "sync.toml");
}

std::string with(const std::string& district, const std::string& more = {}) {
  return "data_dir = \"/data\"\n[district]\n" + district + more;
}

const std::string kGood = "url = \"http://127.0.0.1:8480\"\npublic_key = \"" + kKey + "\"\n";

std::string mistake_in(const std::string& text) {
  const auto settings = read(text);
  return settings ? "no mistake" : settings.error().message;
}

TEST(Settings, HaveDefaults) {
  const auto settings = read(with(kGood));
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->data_dir, "/data");
  EXPECT_EQ(settings->log_level, "info");
  EXPECT_EQ(settings->url, "http://127.0.0.1:8480");
  EXPECT_EQ(core::to_hex(settings->district), kKey);
  EXPECT_EQ(settings->certificates.ca, std::nullopt);
  EXPECT_FALSE(settings->sharing.dossier_codes);
  EXPECT_EQ(settings->retry.most_events, 500);
  EXPECT_EQ(settings->most_bytes, 262'144);
  EXPECT_EQ(settings->age, seconds{1500});
  EXPECT_EQ(settings->retry.first, seconds{1});
  EXPECT_EQ(settings->retry.most, seconds{300});
  EXPECT_EQ(settings->retry.refused, seconds{900});
}

TEST(Settings, ShareDossierCodesWhenAsked) {
  EXPECT_TRUE(read("upload_dossier_codes = true\n" + with(kGood))->sharing.dossier_codes);
  EXPECT_NE(mistake_in("upload_dossier_codes = 1\n" + with(kGood)).find("upload_dossier_codes"),
            std::string::npos);
}

TEST(Settings, ReadTheSample) {
  std::ostringstream sample;
  sample << std::ifstream(HAILONG_SOURCE_DIR "/config/kim-thanh/sync.toml").rdbuf();
  const auto settings = read(sample.str());
  ASSERT_TRUE(settings) << settings.error().message;
  const auto defaults = read(with(kGood));
  ASSERT_TRUE(defaults);
  EXPECT_EQ(settings->retry.most_events, defaults->retry.most_events);
  EXPECT_EQ(settings->most_bytes, defaults->most_bytes);
  EXPECT_EQ(settings->age, defaults->age);
  EXPECT_EQ(settings->retry.first, defaults->retry.first);
  EXPECT_EQ(settings->retry.most, defaults->retry.most);
  EXPECT_EQ(settings->retry.refused, defaults->retry.refused);
}

TEST(Settings, AskLessOfAMeteredLink) {
  const auto usual = read(with(kGood));
  ASSERT_TRUE(usual);
  EXPECT_FALSE(usual->metered);
  EXPECT_GT(usual->heartbeat, usual->age) << "else events never stand in for a heartbeat";
  EXPECT_EQ(usual->most_bytes_per_second, 0);
  const auto metered = read(with(kGood, "[link]\nmetered = true\nmost_bytes_per_second = 8000\n"));
  ASSERT_TRUE(metered);
  EXPECT_TRUE(metered->metered);
  EXPECT_EQ(metered->age, seconds{3600});
  EXPECT_EQ(metered->most_bytes_per_second, 8000);
  const auto own = read(with(kGood, "[link]\nmetered = true\n[batch]\nage_seconds = 60\n"));
  ASSERT_TRUE(own);
  EXPECT_EQ(own->age, seconds{60});
}

TEST(Settings, NameFileLineAndKeyOfAMistake) {
  const std::string mistake = mistake_in(with(kGood, "[batch]\nmost_events = 501\n"));
  EXPECT_NE(mistake.find("sync.toml:6: batch.most_events: expected a whole number from 1 to 500"),
            std::string::npos)
      << mistake;
}

TEST(Settings, RefuseWhatTheyDoNotKnow) {
  EXPECT_NE(mistake_in(with(kGood, "timeout = 3\n")).find("district.timeout: unknown key"),
            std::string::npos);
  EXPECT_NE(mistake_in("log_level = \"loud\"\n" + with(kGood)).find("log_level: expected"),
            std::string::npos);
  EXPECT_NE(mistake_in(with(kGood, "ca_file = \"none.pem\"\n")).find("ca_file: expected"),
            std::string::npos);
  EXPECT_NE(mistake_in(with(kGood, "[retry]\nfirst_ms = 500\nmost_ms = 400\n"))
                .find("retry.most_ms: expected at least first_ms, 500"),
            std::string::npos);
}

TEST(Settings, SayWhatTookThePlaceOfAFormerVersionsKeys) {
  EXPECT_NE(mistake_in(with(kGood, "[batch]\nsettle_ms = 1000\n"))
                .find("batch.settle_ms: expected age_seconds in its place"),
            std::string::npos);
  EXPECT_NE(mistake_in(with(kGood, "[batch]\ncheck_seconds = 60\n"))
                .find("batch.check_seconds: expected nothing in its place"),
            std::string::npos);
}

TEST(Settings, NeedADistrictAndKnowARightKeyFromAWrongOne) {
  EXPECT_NE(mistake_in("data_dir = \"/data\"\n").find("district.url: missing"), std::string::npos);
  EXPECT_EQ(read(with("url = \"https://h\"\n"))->district, wire::PublicKey{});
  for (const std::string& key : {std::string("12"), std::string(64, '0')}) {
    EXPECT_NE(mistake_in(with("url = \"https://h\"\npublic_key = \"" + key + "\"\n"))
                  .find("district.public_key: expected 64 hex digits"),
              std::string::npos);
  }
}

TEST(Settings, TakeAClientsCertificateWithItsKeyOnly) {
  const tests::TempFolder folder;
  const std::string file = (folder.path() / "pem").string();
  std::ofstream(file) << "PEM";
  const auto both =
      read(with(kGood + "client_certificate = \"" + file + "\"\nclient_key = \"" + file + "\"\n"));
  ASSERT_TRUE(both) << both.error().message;
  EXPECT_EQ(both->certificates.client, file);
  EXPECT_EQ(both->certificates.key, file);
  EXPECT_NE(mistake_in(with(kGood + "client_certificate = \"" + file + "\"\n"))
                .find("district.client_key: missing; expected the key of client_certificate"),
            std::string::npos);
}

TEST(Settings, LearnTheDistrictFromTheEnrolment) {
  const tests::TempFolder folder;
  const wire::SigningKey key = wire::SigningKey::from_seed(core::Bytes32{5});
  Settings settings;
  settings.data_dir = folder.path();
  EXPECT_FALSE(learn_district(settings).value());
  ASSERT_TRUE(wire::write_enrolment(
      folder.path(), {core::DeviceId{"d"}, core::UnitCode{"1"}, "", {}, 1, key.public_key()}));
  EXPECT_TRUE(learn_district(settings).value());
  EXPECT_EQ(settings.district, key.public_key());
  settings.district = core::Bytes32{6};
  EXPECT_EQ(learn_district(settings).error().fault, core::Fault::kConflict);
}

TEST(Settings, TakeTheSlashFromTheUrlsEnd) {
  const auto settings = read(with("url = \"https://h/x/\"\npublic_key = \"" + kKey + "\"\n"));
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->url, "https://h/x");
}

TEST(Settings, AllowPlainHttpOnlyOnThisMachine) {
  for (const char* url :
       {"http://127.0.0.1:8480", "http://localhost", "http://[::1]:80", "http://127.9.9.9",
        "https://district.example", "https://10.0.0.1:8443/a"}) {
    EXPECT_TRUE(is_district_url(url)) << url;
  }
  for (const char* url : {"http://district.example", "http://127.0.0.1.example",
                          "http://localhost.example", "http://10.0.0.1", "http://[::2]",
                          "ftp://127.0.0.1", "127.0.0.1:8480", "https://", "https://user:word@h",
                          "https://h/?a=b", "https://h/#a", "file:///etc/passwd", "nonsense"}) {
    EXPECT_FALSE(is_district_url(url)) << url;
  }
}

}  // namespace
}  // namespace hailong::sync
