#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "kiosk/bundle_watch.h"
#include "kiosk/shown.h"
#include "tests/kiosk/booth.h"
#include "tests/log_capture.h"
#include "tests/temp_folder.h"
#include "tests/wire/sample_bundle.h"
#include "wire/bundle_file.h"
#include "wire/private_file.h"

/// The configuration from above, as the kiosk meets it.

namespace hailong::tests {
namespace {

using kiosk::BundleWatch;
using kiosk::Shown;

const core::DeviceId kDevice{"kt-10750-q1"};

const wire::SigningKey& authority() {
  static const wire::SigningKey key = wire::SigningKey::from_seed(core::Bytes32{9});
  return key;
}

Shown own() {
  kiosk::Settings settings;
  settings.assets_dir = HAILONG_ASSETS;
  settings.device = kDevice;
  settings.unit_name = "UBND xã";
  settings.place = "Một cửa";
  settings.counter = core::CounterId{"q1"};
  settings.counter_name = "Quầy";
  settings.staff.emplace();
  settings.survey = full_survey();
  settings.survey.officers = {{"cb-01", "Cán bộ cũ", {}, "photos/cb-01.png"}};
  return must(kiosk::read_own(std::move(settings)));
}

wire::OpenedBundle opened(const wire::Bundle& bundle) {
  return {wire::bundle_id(must(wire::encode_bundle(bundle))), bundle};
}

TEST(ConfigurationFromAbove, TakesThePlaceOfTheKiosksOwn) {
  const Shown shown = kiosk::with_bundle(own(), opened(full_bundle(kDevice)));
  EXPECT_EQ(shown.bundle.size(), 16U);
  EXPECT_EQ(shown.settings.unit_name, "UBND xã Phú Thái");
  EXPECT_EQ(shown.settings.counter_name, "Quầy số 1");
  EXPECT_EQ(shown.settings.thank_you_seconds, 7);
  EXPECT_EQ(shown.contents.place.unit, "UBND xã Phú Thái");
  EXPECT_EQ(shown.contents.survey.statements.front().id, "clean");
  EXPECT_EQ(shown.contents.survey.procedures.size(), 1U);
  EXPECT_EQ(shown.contents.vietnamese["questions.clean"], "Lời của questions.clean");
  EXPECT_EQ(shown.contents.english["questions.clean"], "Words of questions.clean");
  EXPECT_EQ(shown.contents.vietnamese["scale.score_3"], "Bình thường");
  EXPECT_FALSE(shown.settings.doubts.hours.empty());
  EXPECT_FALSE(shown.settings.staff->calendar.days().empty());
}

TEST(ConfigurationFromAbove, LeavesWhatItDoesNotName) {
  wire::Bundle bundle;
  bundle.device = kDevice;
  bundle.number = 1;
  const Shown before = own();
  const Shown shown = kiosk::with_bundle(before, opened(bundle));
  EXPECT_EQ(shown.settings.unit_name, before.settings.unit_name);
  EXPECT_EQ(shown.settings.survey.official, before.settings.survey.official);
  EXPECT_EQ(shown.contents.vietnamese.keys(), before.contents.vietnamese.keys());
  EXPECT_NE(shown.bundle, "");
}

TEST(ConfigurationFromAbove, KeepsThePhotosOfThisKiosk) {
  const Shown shown = kiosk::with_bundle(own(), opened(full_bundle(kDevice)));
  const auto& officers = shown.contents.survey.officers;
  ASSERT_EQ(officers.size(), 2U);
  EXPECT_EQ(officers[0].photo, "photos/cb-01.png");
  EXPECT_EQ(officers[0].name, "Nguyễn Văn A");
  EXPECT_EQ(officers[1].photo, "");
}

TEST(ConfigurationFromAbove, IsNotSpokenByThePromptsOfOtherWords) {
  const Shown shown = kiosk::with_bundle(own(), opened(full_bundle(kDevice)));
  EXPECT_TRUE(shown.contents.vietnamese.is_replaced("question.text"));
  EXPECT_FALSE(shown.contents.english.is_replaced("question.text"));
  EXPECT_FALSE(shown.contents.vietnamese.is_replaced("scale.score_3"));
}

class Watching : public testing::Test {
 protected:
  void put(const std::string& bytes) { must(wire::write_private_file(file(), bytes)); }
  void put(std::int64_t number, const wire::SigningKey& key = authority(),
           const core::DeviceId& device = kDevice) {
    put(wire::seal_bundle(must(wire::encode_bundle(full_bundle(device, number))), key));
  }
  /// As the daemon does.
  void take(std::int64_t number) {
    put(number);
    std::filesystem::copy_file(file(), folder_.path() / wire::kNewestBundleFile);
  }
  std::int64_t look() {
    const auto found = watch_.look();
    return found ? found->bundle.number : 0;
  }
  [[nodiscard]] std::filesystem::path file() const { return folder_.path() / wire::kBundleFile; }

  TempFolder folder_;
  LogCapture log_;
  BundleWatch watch_{folder_.path(), kDevice, authority().public_key()};
};

TEST_F(Watching, SeesEachBundleOnce) {
  EXPECT_EQ(look(), 0);
  put(5);
  EXPECT_EQ(look(), 5);
  EXPECT_EQ(look(), 0);
  put(6);
  EXPECT_EQ(look(), 6);
}

TEST_F(Watching, TakesNothingBadAndSaysSoOnce) {
  put(5);
  ASSERT_EQ(look(), 5);
  put(4);
  EXPECT_EQ(look(), 0);
  put(6, wire::SigningKey::generate());
  EXPECT_EQ(look(), 0);
  put(6, authority(), core::DeviceId{"kt-10750-q2"});
  EXPECT_EQ(look(), 0);
  put("<html>Wi-Fi</html>");
  EXPECT_EQ(look(), 0);
  EXPECT_EQ(look(), 0);
  EXPECT_EQ(log_.lines_with("nothing is changed").size(), 4U);
  put(7);
  EXPECT_EQ(look(), 7);
}

TEST_F(Watching, ShowsNothingOlderAfterARestart) {
  take(5);
  put(4);
  BundleWatch restarted(folder_.path(), kDevice, authority().public_key());
  const auto found = restarted.look();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->bundle.number, 5);
  EXPECT_FALSE(restarted.look());
  EXPECT_EQ(log_.lines_with("is older than " + found->id).size(), 1U);
  put(6);
  EXPECT_EQ(restarted.look().value().bundle.number, 6);
}

TEST_F(Watching, ShowsTheNewestWhenTheDiskHasDamagedIt) {
  take(5);
  std::filesystem::resize_file(file(), 100);
  EXPECT_EQ(look(), 5);
  std::filesystem::resize_file(folder_.path() / wire::kNewestBundleFile, 100);
  put(6);
  BundleWatch restarted(folder_.path(), kDevice, authority().public_key());
  EXPECT_EQ(restarted.look().value().bundle.number, 6);
  EXPECT_EQ(log_.lines_with("an older one is not told from a newer").size(), 1U);
}

TEST_F(Watching, TakesNothingWithoutTheDistrictsKey) {
  put(5);
  BundleWatch without(folder_.path(), kDevice, std::nullopt);
  EXPECT_FALSE(without.look());
  EXPECT_EQ(log_.lines_with("for want of the district's key").size(), 1U);
}

/// Whether the page says `text`.
bool says(Booth& booth, const std::string& text) {
  for (const auto& item : booth.page().items) {
    for (const auto& block : item.texts) {
      std::string whole;
      for (const auto& line : block.lines) whole += line.text + " ";
      if (whole.find(text) != std::string::npos) return true;
    }
  }
  return false;
}

TEST(ConfigurationFromAbove, IsShownBetweenTwoVisitsAndNotDuringOne) {
  Booth booth;
  booth.wait(10'000);
  EXPECT_TRUE(booth.flow().is_vacant());
  booth.rate(2);
  EXPECT_FALSE(booth.flow().is_vacant());
  booth.wait(kiosk::flow::Durations{}.thanks + kiosk::flow::Durations{}.vacant);
  ASSERT_TRUE(booth.shows<kiosk::flow::Home>());
  ASSERT_TRUE(booth.flow().is_vacant());

  wire::Bundle bundle = full_bundle(kDevice);
  bundle.texts["vi"]["question.text"] = "ABCDEF";
  booth.renew(kiosk::with_bundle(own(), opened(bundle)).contents);
  booth.wait(0);
  EXPECT_TRUE(says(booth, "ABCDEF"));
  booth.rate_and_say_more(1);
  EXPECT_FALSE(booth.flow().is_vacant());
}

TEST(ConfigurationFromAbove, WaitsForWhoeverHasScannedADossierOrMadeThingsLarger) {
  Booth booth;
  booth.wait(10'000);
  booth.scan("000.00.10.H31-261126-0001");
  booth.wait(10'000);
  EXPECT_FALSE(booth.flow().is_vacant());
  booth.wait(kiosk::flow::Durations{}.dossier);
  EXPECT_TRUE(booth.flow().is_vacant());
  booth.tell(kiosk::flow::PreferenceTapped{kiosk::flow::Preference::kText});
  booth.wait(10'000);
  EXPECT_FALSE(booth.flow().is_vacant());
}

}  // namespace
}  // namespace hailong::tests
