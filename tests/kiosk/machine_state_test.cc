#include "kiosk/machine/machine_state.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/temp_folder.h"

namespace hailong::kiosk::machine {
namespace {

class MachineStateTest : public testing::Test {
 protected:
  /// What the kernel says in one of its files.
  void says(const std::string& name, const std::string& text) {
    const auto file = folder_.path() / name;
    create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  MachineState state() {
    const auto& here = folder_.path();
    return read_state({here, here / "thermal", here / "get_throttled", here / "mmc"});
  }
  std::optional<Power> power(const std::string& bits) {
    says("get_throttled", bits);
    return state().power;
  }

  tests::TempFolder folder_;
};

TEST_F(MachineStateTest, SaysNothingOfWhatTheMachineDoesNotTell) {
  const MachineState found = state();
  EXPECT_EQ(found.temperature, std::nullopt);
  EXPECT_EQ(found.power, std::nullopt);
  EXPECT_EQ(found.wear, std::nullopt);
}

TEST_F(MachineStateTest, TakesTheHottestPlace) {
  says("thermal/thermal_zone0/temp", "52301\n");
  says("thermal/thermal_zone1/temp", "61999\n");
  says("thermal/thermal_zone2/temp", "");  // a sensor that cannot be read now
  says("thermal/cooling_device0/temp", "99000\n");
  EXPECT_EQ(state().temperature, 619);
}

TEST_F(MachineStateTest, KnowsFrost) {
  says("thermal/thermal_zone0/temp", "-5250\n");
  EXPECT_EQ(state().temperature, -52);
}

TEST_F(MachineStateTest, TakesNoWordForATemperature) {
  says("thermal/thermal_zone0/temp", "52301 hot\n");
  EXPECT_EQ(state().temperature, std::nullopt);
}

TEST_F(MachineStateTest, AsksTheFileSystemOfTheJournal) {
  const MachineState found = state();
  ASSERT_TRUE(found.disk.has_value());
  EXPECT_GT(found.disk->total, 0);
  EXPECT_GE(found.disk->free, 0);
  EXPECT_LE(found.disk->free, found.disk->total);
  EXPECT_EQ(static_cast<std::uintmax_t>(found.disk->total),
            std::filesystem::space(folder_.path()).capacity);
}

TEST_F(MachineStateTest, SaysWhenTheFileSystemCannotBeAsked) {
  EXPECT_EQ(read_state({.data_dir = folder_.path() / "gone"}).disk, std::nullopt);
}

TEST_F(MachineStateTest, ReadsTheSupplyOfARaspberryPi) {
  EXPECT_EQ(power("0\n"), (Power{false, false, false, false}));
  EXPECT_EQ(power("1\n"), (Power{true, false, false, false}));
  EXPECT_EQ(power("50005\n"), (Power{true, true, true, true}));
  EXPECT_EQ(power("0x50000\n"), (Power{false, true, false, true}));
  EXPECT_EQ(power("80008\n"), (Power{false, false, true, true}));
  EXPECT_EQ(power("20000\n"), (Power{false, false, false, true}));
  EXPECT_EQ(power("unknown\n"), std::nullopt);
}

TEST_F(MachineStateTest, ReadsTheWearOfTheMostWornFlash) {
  says("mmc/mmc0:0001/life_time", "0x01 0x03\n");
  says("mmc/mmc1:aaaa/type", "SD\n");
  EXPECT_EQ(state().wear, 30);
  says("mmc/mmc2:0001/life_time", "0x0b 0x01\n");
  EXPECT_EQ(state().wear, 110);
}

TEST_F(MachineStateTest, KnowsNoWearWhereTheFlashDoesNotEstimateIt) {
  says("mmc/mmc0:0001/life_time", "0x00 0x00\n");
  EXPECT_EQ(state().wear, std::nullopt);
  says("mmc/mmc0:0001/life_time", "0xff 0x00\n");
  EXPECT_EQ(state().wear, std::nullopt);
}

TEST_F(MachineStateTest, NamesItsClocksAndItsVersion) {
  const MachineState found = state();
  EXPECT_GT(found.now.wall_ms, 0);
  EXPECT_GT(found.now.mono_ms, 0);
  EXPECT_EQ(found.version, HAILONG_VERSION);
}

}  // namespace
}  // namespace hailong::kiosk::machine
