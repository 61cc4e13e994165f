#include <gtest/gtest.h>

#include "tests/e2e/journal_witness.h"
#include "tests/e2e/resident.h"
#include "tests/temp_folder.h"

/// The switches of the header, tapped for real.

namespace hailong::tests {
namespace {

using namespace kiosk::flow;
using Pixels = std::vector<std::uint32_t>;

class Switches : public testing::Test {
 protected:
  Switches() : display_(1280, 800), kiosk_(display_, folder_.path(), {30, ""}) { kiosk_.start(); }

  [[nodiscard]] Pixels picture() const { return display_.pixels(0, 0, 1280, 800); }

  /// One rating, and home by a tap.
  void rate(Resident& resident, core::Seq seq) {
    resident.tap(&FaceTapped::score, *core::Score::from(4));
    EXPECT_EQ(JournalWitness(kiosk_.journal()).said(seq)["rating"]["score"], 4);
    resident.know_recorded(seq);
    resident.tap_elsewhere();
    resident.see();
    EXPECT_TRUE(resident.is_at<Home>());
  }

  TempFolder folder_;
  XDisplay display_;
  KioskSession kiosk_;
};

TEST_F(Switches, ChangeThePictureUntilTheNextPerson) {
  Resident resident(display_, kiosk_);
  resident.see();
  const Pixels usual = picture();
  Pixels before = usual;
  for (const Preference which : {Preference::kText, Preference::kText, Preference::kContrast,
                                 Preference::kLanguage, Preference::kSound}) {
    resident.tap(&PreferenceTapped::preference, which);
    resident.see();
    Pixels now = picture();
    EXPECT_NE(now, before) << static_cast<int>(which);
    before = std::move(now);
  }
  EXPECT_EQ(resident.preferences(),
            (Preferences{TextSize::kLargest, Contrast::kHigh, Language::kEnglish, true, false}));
  rate(resident, 1);
  EXPECT_EQ(resident.preferences(), Preferences{});
  EXPECT_EQ(picture(), usual);
  EXPECT_EQ(kiosk_.stop(), 0);
}

TEST_F(Switches, GoBackToWhatTheyWere) {
  Resident resident(display_, kiosk_);
  resident.see();
  const Pixels usual = picture();
  for (const Preference which :
       {Preference::kText, Preference::kText, Preference::kText, Preference::kContrast,
        Preference::kContrast, Preference::kLanguage, Preference::kLanguage}) {
    resident.tap(&PreferenceTapped::preference, which);
  }
  resident.see();
  EXPECT_EQ(picture(), usual);
  EXPECT_EQ(kiosk_.stop(), 0);
}

}  // namespace
}  // namespace hailong::tests
