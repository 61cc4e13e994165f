#include <gtest/gtest.h>

#include "tests/e2e/journal_witness.h"
#include "tests/e2e/whole_way.h"

/// Staff mode on the real kiosk: the hidden corner, a real keyboard, the clerk's thread, what is in
/// the journal afterwards, and what the district knows of it.

namespace hailong::tests {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTypist{90};

std::string staff_tables() {
  const std::string config = std::string(HAILONG_SOURCE_DIR) + "/config";
  return "[staff]\nsetup_code = \"73915028\"\nfeedback = \"" + config +
         "/feedback.toml\"\nholidays = \"" + config + "/public-holidays.csv\"\n";
}

class StaffMode : public WholeWay {
 protected:
  StaffMode() : WholeWay({1, staff_tables()}) { kiosk_.start(); }

  /// In the upper left corner, on the home page.
  void hold_corner(milliseconds time) {
    kiosk_.look();
    display_.move(40, 30);
    display_.press(true);
    display_.wait(time);
    display_.press(false);
  }

  /// The way on, at the right end of the footer.
  void tap_on() {
    kiosk_.look();
    display_.tap(1150, 757);
  }

  /// Each page is there before the next is typed into.
  void type(const std::string& text) {
    kiosk_.look();
    display_.type(text + "\n", kTypist);
  }

  [[nodiscard]] nlohmann::json said(core::Seq seq) const {
    return JournalWitness(kiosk_.journal()).said(seq);
  }
};

TEST_F(StaffMode, IsSetUpAtTheHiddenCornerAndSignsTheDay) {
  hold_corner(milliseconds{1500});  // too short
  EXPECT_EQ(kiosk_.sight(), Sight::kHome);
  // A kiosk that has just started may see a finger late; people try again.
  for (int i = 0; i < 5 && kiosk_.sight() != Sight::kOther; ++i) {
    hold_corner(milliseconds{3500});
    kiosk_.wait_for(Sight::kOther, std::chrono::seconds{4});
  }
  ASSERT_EQ(kiosk_.sight(), Sight::kOther);
  tap_on();  // "Thiết lập"
  type("73915028");
  type("Ha");
  type("482913");
  type("482913");
  EXPECT_EQ(said(1)["staff-act"]["deed"], "set-up");
  EXPECT_EQ(said(2)["staff-account"]["name"], "Ha");
  EXPECT_EQ(said(3)["staff-act"]["deed"], "sign-in");
  kiosk_.look();
  display_.tap(627, 108);  // "Ký xác nhận"
  tap_on();                // "Đã xem hết ý kiến trong ngày"
  const std::string day = said(4)["sign-off"]["day"];
  kiosk_.look();
  display_.tap(1229, 36);  // "Khóa"
  EXPECT_EQ(said(5)["staff-act"]["deed"], "sign-out");
  ASSERT_TRUE(kiosk_.wait_for(Sight::kHome));
  // And the next resident rates as ever.
  kiosk_.look();
  kiosk_.tap_face(4);
  EXPECT_EQ(said(6)["rating"]["score"], 4);
  EXPECT_EQ(kiosk_.stop(), 0);

  enrol();
  const Outcome sent = sync_once();
  EXPECT_NE(sent.output.find(" events, 0 unsent"), std::string::npos) << sent.output;
  const nlohmann::json known = ask("/api/v1/sign-offs?from=" + day + "&to=" + day);
  ASSERT_EQ(known.at("signed").size(), 1U) << known;
  EXPECT_EQ(known.at("signed")[0].at("day"), day);
  EXPECT_EQ(known.at("signed")[0].at("device"), "kt-10750-q1");
}

}  // namespace
}  // namespace hailong::tests
