#include "program/supervisor.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "tests/notify_socket.h"
#include "tests/temp_folder.h"

namespace hailong::program {
namespace {

using std::chrono::milliseconds;
using tests::NotifySocket;
using tests::TempFolder;

constexpr milliseconds kNow{0};
constexpr const char* kAnHour = "3600000000";

/// As a service manager would start the test: it leaves no trace for the next one.
class SupervisorTest : public testing::Test {
 protected:
  SupervisorTest() { TearDown(); }
  void TearDown() override {
    for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(name);
  }

  void start_by(const NotifySocket& socket) {
    ::setenv("NOTIFY_SOCKET", socket.address().c_str(), 1);
  }
  void watch_for(const char* microseconds) { ::setenv("WATCHDOG_USEC", microseconds, 1); }

  TempFolder folder_;
};

TEST_F(SupervisorTest, TellsReadyOnceAndThenTheStatus) {
  NotifySocket socket((folder_.path() / "notify").string());
  start_by(socket);
  Supervisor supervisor;
  supervisor.ready("waiting");
  supervisor.ready("waiting");
  supervisor.ready("reached");
  supervisor.status("lost");
  supervisor.stopping();
  EXPECT_EQ(socket.next(), "READY=1\nSTATUS=waiting");
  EXPECT_EQ(socket.next(), "STATUS=reached");
  EXPECT_EQ(socket.next(), "STATUS=lost");
  EXPECT_EQ(socket.next(), "STOPPING=1");
  EXPECT_EQ(socket.next(kNow), std::nullopt);
}

TEST_F(SupervisorTest, SpeaksToAnAbstractSocket) {
  NotifySocket socket("@hailong-supervisor-test-" + std::to_string(::getpid()));
  start_by(socket);
  Supervisor().ready("up");
  EXPECT_EQ(socket.next(), "READY=1\nSTATUS=up");
}

TEST_F(SupervisorTest, LetsNoTextAddWordsOrOutgrowTheMessage) {
  NotifySocket socket((folder_.path() / "notify").string());
  start_by(socket);
  Supervisor supervisor;
  supervisor.status("one\nMAINPID=1");
  EXPECT_EQ(socket.next(), "STATUS=one MAINPID=1");
  std::string letters;
  while (letters.size() < 5000) letters += "ữ";  // of three bytes
  supervisor.status(letters);
  const std::string told = socket.next().value_or("");
  EXPECT_LT(told.size(), 600U);
  EXPECT_EQ((told.size() - std::string("STATUS=").size()) % 3, 0U) << "cut in a letter";
}

TEST_F(SupervisorTest, TellsOfLifeAThirdOfTheTimeAfterTheLast) {
  NotifySocket socket((folder_.path() / "notify").string());
  start_by(socket);
  watch_for(kAnHour);
  Supervisor supervisor;
  supervisor.alive();
  EXPECT_EQ(socket.next(kNow), std::nullopt);
  EXPECT_GT(supervisor.until_alive(), std::chrono::minutes{19});
  EXPECT_LE(supervisor.until_alive(), std::chrono::minutes{20});

  watch_for("3");  // microseconds
  Supervisor hurried;
  hurried.alive();
  while (!socket.next(kNow)) hurried.alive();
}

TEST_F(SupervisorTest, IsNotWatchedWhenAnotherProcessIs) {
  NotifySocket socket((folder_.path() / "notify").string());
  start_by(socket);
  watch_for(kAnHour);
  ::setenv("WATCHDOG_PID", "1", 1);
  EXPECT_EQ(Supervisor().until_alive(), std::nullopt);
  ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
  EXPECT_NE(Supervisor().until_alive(), std::nullopt);
}

TEST_F(SupervisorTest, IsQuietWithoutAServiceManager) {
  watch_for(kAnHour);
  Supervisor supervisor;
  supervisor.ready("up");
  supervisor.alive();
  supervisor.stopping();
  EXPECT_EQ(supervisor.until_alive(), std::nullopt);
}

TEST_F(SupervisorTest, OutlivesAServiceManagerThatIsGone) {
  ::setenv("NOTIFY_SOCKET", (folder_.path() / "gone").c_str(), 1);
  watch_for("3");
  Supervisor supervisor;
  supervisor.ready("up");
  supervisor.alive();
  supervisor.stopping();
  EXPECT_NE(supervisor.until_alive(), std::nullopt);
}

}  // namespace
}  // namespace hailong::program
