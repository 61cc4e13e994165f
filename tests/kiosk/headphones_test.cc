#include "kiosk/input/headphones.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/uinput.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <fstream>
#include <thread>

#include "tests/temp_folder.h"

namespace hailong::kiosk::input {
namespace {

using program::Descriptor;

/// Devices that are files: "1" has headphones in its jack, "0" has none, all else is no jack.
std::optional<bool> pretended_switch(const Descriptor& device) {
  char sign = 0;
  if (::pread(device.get(), &sign, 1, 0) != 1 || (sign != '0' && sign != '1')) return std::nullopt;
  return sign == '1';
}

class Cards {
 public:
  void plug(const std::string& name, const std::string& content) const {
    std::ofstream(folder.path() / name) << content;
  }
  void unplug(const std::string& name) const { std::filesystem::remove(folder.path() / name); }

  tests::TempFolder folder;
  Headphones headphones = Headphones::open(folder.path(), pretended_switch);
};

TEST(Headphones, AreUnknownWithoutAJack) {
  Cards cards;
  EXPECT_EQ(cards.headphones.inserted(), std::nullopt);
  cards.plug("event0", "keyboard");
  cards.plug("mouse0", "1");
  EXPECT_EQ(cards.headphones.inserted(), std::nullopt);
}

TEST(Headphones, AreSeenInAnyJack) {
  Cards cards;
  cards.plug("event0", "0");
  cards.plug("event1", "0");
  EXPECT_EQ(cards.headphones.inserted(), false);
  cards.plug("event1", "1");
  EXPECT_EQ(cards.headphones.inserted(), true);
  cards.plug("event1", "0");
  EXPECT_EQ(cards.headphones.inserted(), false);
}

TEST(Headphones, AreSeenInCardsThatComeAndGo) {
  Cards cards;
  EXPECT_EQ(cards.headphones.inserted(), std::nullopt);
  cards.plug("event7", "1");
  EXPECT_EQ(cards.headphones.inserted(), true);
  cards.unplug("event7");
  EXPECT_EQ(cards.headphones.inserted(), std::nullopt);
}

TEST(Headphones, AreSeenWhenTheFolderComesLater) {
  const tests::TempFolder folder;
  const auto input = folder.path() / "input";
  Headphones headphones = Headphones::open(input, pretended_switch);
  EXPECT_EQ(headphones.inserted(), std::nullopt);
  for (int round = 0; round < 2; ++round) {
    std::filesystem::create_directory(input);
    std::ofstream(input / "event0") << "1";
    EXPECT_EQ(headphones.inserted(), true);
    std::filesystem::remove_all(input);
    EXPECT_EQ(headphones.inserted(), std::nullopt);
  }
}

TEST(Headphones, AreSeenInAFolderThatTookThePlaceOfAnother) {
  const tests::TempFolder folder;
  const auto input = folder.path() / "input";
  Headphones headphones = Headphones::open(input, pretended_switch);
  for (const char* content : {"0", "1", "0"}) {
    std::filesystem::remove_all(input);
    std::filesystem::create_directory(input);
    std::ofstream(input / "event0") << content;
    EXPECT_EQ(headphones.inserted(), *content == '1');
  }
}

TEST(Headphones, AreUnknownToWhatIsNoInputDevice) {
  EXPECT_EQ(headphone_switch(Descriptor(::open("/dev/null", O_RDONLY))), std::nullopt);
  EXPECT_EQ(headphone_switch(Descriptor()), std::nullopt);
}

/// A jack made through /dev/uinput.
class MadeJack {
 public:
  MadeJack() {
    if (!made_.is_open()) return;
    uinput_setup setup{};
    setup.id.bustype = BUS_VIRTUAL;
    std::strncpy(setup.name, "Headphone jack of a test", sizeof setup.name - 1);
    works_ = ::ioctl(made_.get(), UI_SET_EVBIT, EV_SW) == 0 &&
             ::ioctl(made_.get(), UI_SET_SWBIT, SW_HEADPHONE_INSERT) == 0 &&
             ::ioctl(made_.get(), UI_DEV_SETUP, &setup) == 0 &&
             ::ioctl(made_.get(), UI_DEV_CREATE) == 0;
  }

  [[nodiscard]] bool works() const { return works_; }

  void set(bool is_inserted) const {
    std::array<input_event, 2> events{};
    events[0].type = EV_SW;
    events[0].code = SW_HEADPHONE_INSERT;
    events[0].value = is_inserted ? 1 : 0;
    events[1].type = EV_SYN;
    ASSERT_EQ(::write(made_.get(), events.data(), sizeof events),
              static_cast<ssize_t>(sizeof events));
  }

 private:
  Descriptor made_{::open("/dev/uinput", O_WRONLY | O_NONBLOCK | O_CLOEXEC)};
  bool works_ = false;
};

TEST(Headphones, AreReadFromTheKernel) {
  const MadeJack jack;
  if (!jack.works()) GTEST_SKIP() << "needs /dev/uinput";
  Headphones headphones = Headphones::open();
  const auto comes_to = [&headphones](bool expected) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (headphones.inserted() != expected && std::chrono::steady_clock::now() < limit) {
      std::this_thread::yield();
    }
    return headphones.inserted() == expected;
  };
  if (!comes_to(false)) GTEST_SKIP() << "/dev/input cannot be read, or headphones are plugged in";
  jack.set(true);
  EXPECT_TRUE(comes_to(true));
  jack.set(false);
  EXPECT_TRUE(comes_to(false));
}

}  // namespace
}  // namespace hailong::kiosk::input
