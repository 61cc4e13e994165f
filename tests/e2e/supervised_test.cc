#include <gtest/gtest.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <regex>
#include <stdexcept>

#include "tests/e2e/real_district.h"
#include "tests/notify_socket.h"
#include "tests/temp_folder.h"
#include "wire/enrolment_file.h"

/// The real programs as systemd starts them: what they tell it, and when they tell it nothing more.

namespace hailong::tests {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kWatchdog{300};
const std::string kAlive = "WATCHDOG=1";

Environment supervised_by(const NotifySocket& socket) {
  return {{"NOTIFY_SOCKET", socket.address()},
          {"WATCHDOG_USEC", std::to_string(kWatchdog.count() * 1000)},
          {"SDL_VIDEODRIVER", "offscreen"}};
}

/// The code out of what `device invite` printed.
std::string code_in(const std::string& printed) {
  std::smatch code;
  std::regex_search(printed, code, std::regex("([0-9A-Z]{4}-){4}[0-9A-Z]{4}"));
  return code.str();
}

/// Holds one thread of a child, its first, as a lock or a driver would; all others run on.
class HeldThread {
 public:
  explicit HeldThread(pid_t first) : thread_(first) {
    if (::ptrace(PTRACE_SEIZE, thread_, nullptr, nullptr) != 0 ||
        ::ptrace(PTRACE_INTERRUPT, thread_, nullptr, nullptr) != 0 ||
        ::waitpid(thread_, nullptr, __WALL) != thread_) {
      throw std::runtime_error("cannot hold a thread");
    }
  }
  HeldThread(const HeldThread&) = delete;
  HeldThread& operator=(const HeldThread&) = delete;
  ~HeldThread() { ::ptrace(PTRACE_DETACH, thread_, nullptr, nullptr); }

 private:
  pid_t thread_;
};

class Supervised : public testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path data_dir() const { return folder_.path() / "data"; }
  [[nodiscard]] std::filesystem::path log() const { return folder_.path() / "log"; }

  std::string kiosk_config(const std::string& device) {
    const auto file = folder_.path() / "kiosk.toml";
    std::ofstream(file) << "data_dir = \"data\"\nassets_dir = \"" HAILONG_ASSETS "\"\n"
                        << device << "[unit]\nname = \"UBND xã Phú Thái\"\n"
                        << "place = \"Bộ phận Một cửa\"\n"
                        << "[counter]\nid = \"q1\"\nname = \"Quầy số 1\"\n";
    return file.string();
  }
  std::vector<std::string> kiosk(const std::string& device = "[device]\nid = \"kt-1\"\n") {
    return {HAILONG_KIOSK, "--config", kiosk_config(device), "--windowed", "1280x800"};
  }

  TempFolder folder_;
  NotifySocket socket_{(folder_.path() / "notify").string()};
};

TEST_F(Supervised, KioskIsReadyWithItsFirstFrameAndTellsOfItsLife) {
  Process process(kiosk(), log(), supervised_by(socket_));
  EXPECT_EQ(socket_.next(), "READY=1\nSTATUS=1280x800 on offscreen, software; first frame shown")
      << text_of(log());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(socket_.next(), kAlive);
  process.signal(SIGTERM);
  EXPECT_EQ(socket_.wait_for("STOPPING=1"), "STOPPING=1");
  EXPECT_EQ(process.wait(std::chrono::seconds{20}), 0) << text_of(log());
}

TEST_F(Supervised, KioskFallsSilentWhenItsWindowHangs) {
  Process process(kiosk(), log(), supervised_by(socket_));
  ASSERT_EQ(socket_.wait_for(kAlive), kAlive) << text_of(log());
  {
    const HeldThread held(process.pid());
    socket_.forget();
    EXPECT_EQ(socket_.next(4 * kWatchdog), std::nullopt);
  }
  EXPECT_EQ(socket_.wait_for(kAlive), kAlive);
}

TEST_F(Supervised, KioskTellsThatItIsEnrolled) {
  NotifySocket socket("@hailong-supervised-test-" + std::to_string(::getpid()));
  Process process(kiosk(""), log(), supervised_by(socket));
  const std::string shown = "STATUS=1280x800 on offscreen, software; first frame shown";
  EXPECT_EQ(socket.next(), "READY=1\n" + shown + "; waiting to be enrolled") << text_of(log());
  EXPECT_EQ(socket.next(), kAlive);
  wire::Enrolment enrolment;
  enrolment.device = core::DeviceId{"kt-1"};
  enrolment.unit = core::UnitCode{"10750"};
  enrolment.counter = core::CounterId{"q1"};
  enrolment.district = wire::SigningKey::from_seed(core::Bytes32{9}).public_key();
  ASSERT_TRUE(wire::write_enrolment(data_dir(), enrolment));
  EXPECT_EQ(socket.wait_for("STATUS="), shown) << "not stopped in between: " << text_of(log());
  EXPECT_EQ(socket.wait_for(kAlive), kAlive);
}

TEST_F(Supervised, DistrictIsReadyWhenItListens) {
  RealDistrict district;
  district.serve(supervised_by(socket_));
  EXPECT_EQ(socket_.next(), "READY=1\nSTATUS=listening on http://127.0.0.1:" +
                                std::to_string(district.port()) + "/");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(socket_.next(), kAlive);
  EXPECT_EQ(district.stop(), 0);
  EXPECT_EQ(socket_.wait_for("STOPPING=1"), "STOPPING=1");
}

TEST_F(Supervised, DistrictIsSilentWhileItsStoreCannotBeWritten) {
  RealDistrict district;
  district.serve(supervised_by(socket_));
  const auto rename = [&](const std::string& from, const std::string& to) {
    const Outcome outcome =
        run({"sqlite3", district.store().string(), "ALTER TABLE " + from + " RENAME TO " + to});
    EXPECT_EQ(outcome.code, 0) << outcome.output;
  };
  EXPECT_EQ(socket_.wait_for(kAlive), kAlive);
  rename("state", "away");
  EXPECT_NE(socket_.wait_for("STATUS=").find("; the store cannot be written: "), std::string::npos)
      << district.log();
  EXPECT_EQ(socket_.next(4 * kWatchdog), std::nullopt);
  rename("away", "state");
  EXPECT_EQ(socket_.wait_for(kAlive), kAlive) << district.log();
}

TEST_F(Supervised, DaemonTellsWhenItHasReachedTheDistrict) {
  RealDistrict district;
  district.serve();
  const std::string url = "http://127.0.0.1:" + std::to_string(district.port());
  const auto config = folder_.path() / "sync.toml";
  std::ofstream(config) << "data_dir = \"data\"\n[district]\nurl = \"" << url << "\"\n";
  Process daemon({HAILONG_SYNCD, "--config", config.string()}, log(), supervised_by(socket_));
  EXPECT_EQ(socket_.next(), "READY=1\nSTATUS=waiting to be enrolled") << text_of(log());
  for (int i = 0; i < 2; ++i) EXPECT_EQ(socket_.next(), kAlive);

  const std::string invited =
      district.admin({"device", "invite", "--unit", "10750", "--counter", "q1"});
  const Outcome enrolled =
      run({HAILONG_SYNCD, "--config", config.string(), "enrol", "--code", code_in(invited)});
  ASSERT_EQ(enrolled.code, 0) << invited << enrolled.output;
  Process kiosk_process(kiosk(""), folder_.path() / "kiosk.log",
                        {{"SDL_VIDEODRIVER", "offscreen"}});
  EXPECT_TRUE(socket_.wait_for("STATUS=reached " + url + " at ").ends_with(" events waiting"))
      << text_of(log());
  for (int i = 0; i < 2; ++i) EXPECT_EQ(socket_.wait_for(kAlive), kAlive);
  daemon.signal(SIGTERM);
  EXPECT_EQ(socket_.wait_for("STOPPING=1"), "STOPPING=1");
  EXPECT_EQ(daemon.wait(std::chrono::seconds{20}), 0) << text_of(log());
}

}  // namespace
}  // namespace hailong::tests
