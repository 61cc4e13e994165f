#include "kiosk/reports/sticks.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/temp_folder.h"

namespace hailong::kiosk::reports {
namespace {

namespace fs = std::filesystem;

class Sticks : public testing::Test {
 protected:
  Sticks() : places_{folder_.path() / "mountinfo", {folder_.path() / "media"}} {
    fs::create_directories(folder_.path() / "media/lan");
  }

  /// A folder and its line in the table of mounts, whose spaces are escaped there.
  void mount(const std::string& device, const std::string& folder, const std::string& as_written,
             bool answers = true) {
    if (answers) fs::create_directories(folder_.path() / folder);
    lines_ += "36 35 8:1 / " + (folder_.path() / as_written).string() +
              " rw,nosuid shared:1 master:2 - vfat " + device + " rw,errors=remount-ro\n";
  }

  std::vector<std::string> labels() {
    std::ofstream(places_.mounts) << lines_;
    std::vector<std::string> labels;
    auto found = sticks(places_);
    EXPECT_TRUE(found);
    if (!found) return labels;
    for (const Stick& stick : *found) {
      labels.push_back(stick.label);
      EXPECT_EQ(stick.folder.filename(), stick.label);
      EXPECT_EQ(stick.free_bytes > 0, true) << stick.label;
    }
    return labels;
  }

  tests::TempFolder folder_;
  StickPlaces places_;
  std::string lines_ =
      "24 1 8:2 / / rw,relatime - ext4 /dev/sda2 rw\n"
      "25 24 0:22 / /proc rw - proc proc rw\n"
      "a line that nobody understands\n\n";
};

TEST_F(Sticks, AreTheDrivesThatAreMountedNow) {
  EXPECT_EQ(labels(), std::vector<std::string>{});
  mount("/dev/sdb1", "media/lan/USB của Lan", "media/lan/USB\\040của\\040Lan");
  mount("/dev/sdc1", "media/KINGSTON", "media/KINGSTON");
  EXPECT_EQ(labels(), (std::vector<std::string>{"KINGSTON", "USB của Lan"}));
}

TEST_F(Sticks, AreNeitherOtherDisksNorWhatIsNoDrive) {
  mount("/dev/sdd1", "media2/X", "media2/X");
  mount("tmpfs", "media/tmp", "media/tmp");
  mount("//server/share", "media/share", "media/share");
  EXPECT_EQ(labels(), std::vector<std::string>{});
}

TEST_F(Sticks, AreNotTheCardBehindAReadOnlyRoot) {
  mount("/dev/mmcblk0p2", "media/root-ro", "media/root-ro");
  mount("/dev/sdb1", "media/KINGSTON", "media/KINGSTON");
  EXPECT_EQ(labels(), std::vector<std::string>{"KINGSTON"});
}

TEST_F(Sticks, AreNamedOnceAndNotWhenTheyDoNotAnswer) {
  mount("/dev/sdb1", "media/A", "media/A");
  mount("/dev/sdb1", "media/B", "media/B");
  mount("/dev/sdc1", "media/gone", "media/gone", false);
  EXPECT_EQ(labels(), std::vector<std::string>{"A"});
}

TEST_F(Sticks, CanBeAskedForOnThisMachine) { EXPECT_TRUE(sticks()); }

TEST_F(Sticks, SaysSoWhenTheTableOfMountsIsMissing) {
  EXPECT_FALSE(sticks({folder_.path() / "missing", places_.folders}));
}

}  // namespace
}  // namespace hailong::kiosk::reports
