#include "sync/journal_watch.h"

#include <sys/eventfd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/journal/sample.h"
#include "tests/notify_socket.h"
#include "tests/temp_folder.h"

namespace hailong::sync {
namespace {

using journal::journal_with;
using journal::must;
using std::chrono::hours;
using std::chrono::milliseconds;
using tests::TempFolder;
using Woken = Waiting::Woken;

class JournalWatchTest : public testing::Test {
 protected:
  std::unique_ptr<JournalWatch> watch(const std::filesystem::path& folder) {
    auto made = must(JournalWatch::open(folder, stop_, supervisor_));
    made->watch();
    return made;
  }

  TempFolder folder_;
  program::Supervisor supervisor_;
  Descriptor stop_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
};

TEST_F(JournalWatchTest, WakesWhenTheJournalGrows) {
  auto journal = journal_with(folder_.path(), 1);
  const auto watch = this->watch(folder_.path());
  EXPECT_EQ(watch->for_change(milliseconds{1}), Woken::kByTime);
  must(journal.append(journal::stamp_at(1), journal::rating_of(3, "later")));
  EXPECT_EQ(watch->for_change(hours{1}), Woken::kByChange);
}

TEST_F(JournalWatchTest, RemembersAChangeThatCameWhileNobodySlept) {
  auto journal = journal_with(folder_.path(), 1);
  const auto watch = this->watch(folder_.path());
  must(journal.append(journal::stamp_at(1), journal::rating_of(3, "a")));
  watch->for_time(milliseconds{1});
  watch->watch();
  EXPECT_EQ(watch->for_change(hours{1}), Woken::kByChange);
  EXPECT_EQ(watch->for_change(milliseconds{1}), Woken::kByTime);
}

TEST_F(JournalWatchTest, IgnoresOtherFiles) {
  const auto watch = this->watch(folder_.path());
  std::ofstream(folder_.path() / "notes.txt") << "x";
  std::ofstream(folder_.path() / "journal.db-shm") << "x";
  EXPECT_EQ(watch->for_change(milliseconds{1}), Woken::kByTime);
}

TEST_F(JournalWatchTest, WaitsForAFolderThatDoesNotExistYet) {
  const auto data_dir = folder_.path() / "var" / "lib" / "hailong";
  const auto watch = this->watch(data_dir);
  std::ofstream(folder_.path() / "other") << "x";
  EXPECT_EQ(watch->for_change(milliseconds{1}), Woken::kByTime);
  std::filesystem::create_directories(data_dir);
  EXPECT_EQ(watch->for_change(hours{1}), Woken::kByChange);
  watch->watch();
  const auto journal = journal_with(data_dir, 1);
  EXPECT_EQ(watch->for_change(hours{1}), Woken::kByChange);
}

TEST_F(JournalWatchTest, FindsAFolderThatWasMadeAnew) {
  const auto data_dir = folder_.path() / "data";
  std::filesystem::create_directories(data_dir);
  const auto watch = this->watch(data_dir);
  std::filesystem::remove(data_dir);
  EXPECT_EQ(watch->for_change(hours{1}), Woken::kByChange);
  watch->watch();
  std::filesystem::create_directories(data_dir);
  EXPECT_EQ(watch->for_change(hours{1}), Woken::kByChange);
  watch->watch();
  const auto journal = journal_with(data_dir, 1);
  EXPECT_EQ(watch->for_change(hours{1}), Woken::kByChange);
}

TEST_F(JournalWatchTest, TakesAPathWithASlashAtItsEnd) {
  const auto watch = this->watch(folder_.path() / "");
  const auto journal = journal_with(folder_.path(), 1);
  EXPECT_EQ(watch->for_change(hours{1}), Woken::kByChange);
}

TEST_F(JournalWatchTest, StopsEverySleepForGood) {
  const auto watch = this->watch(folder_.path());
  EXPECT_FALSE(watch->stopped());
  std::thread stopper([&] { ::eventfd_write(stop_.get(), 1); });
  EXPECT_EQ(watch->for_time(hours{1}), Woken::kByStop);
  stopper.join();
  EXPECT_EQ(watch->for_change(hours{1}), Woken::kByStop);
  EXPECT_TRUE(watch->stopped());
}

/// Under a service manager that waits half a second for a sign of life.
class WatchedSleep : public JournalWatchTest {
 protected:
  WatchedSleep() {
    ::setenv("NOTIFY_SOCKET", socket_.address().c_str(), 1);
    ::setenv("WATCHDOG_USEC", "500000", 1);
    supervisor_ = program::Supervisor();
    ::unsetenv("WATCHDOG_USEC");
  }
  ~WatchedSleep() override { ::unsetenv("NOTIFY_SOCKET"); }

  TempFolder place_;
  tests::NotifySocket socket_{(place_.path() / "notify").string()};
};

TEST_F(WatchedSleep, TellsOfLifeAllTheWhile) {
  const auto watch = this->watch(folder_.path());
  std::thread stopper([&] {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(socket_.next(), "WATCHDOG=1");
    ::eventfd_write(stop_.get(), 1);
  });
  EXPECT_EQ(watch->for_change(hours{1}), Woken::kByStop);
  stopper.join();
}

TEST_F(WatchedSleep, LastsNoLongerThanItShould) {
  const auto watch = this->watch(folder_.path());
  EXPECT_EQ(watch->for_time(milliseconds{600}), Woken::kByTime);
  EXPECT_EQ(watch->for_change(milliseconds{1}), Woken::kByTime);
  EXPECT_EQ(socket_.next(), "WATCHDOG=1");
}

TEST(StopSignals, AreSeenByAWatch) {
  std::thread([] {  // blocks the signals for this thread only
    const TempFolder folder;
    const Descriptor stop = must(stop_signals());
    program::Supervisor supervisor;
    const auto watch = must(JournalWatch::open(folder.path(), stop, supervisor));
    EXPECT_FALSE(watch->stopped());
    ::raise(SIGTERM);
    EXPECT_TRUE(watch->stopped());
  })
      .join();
}

}  // namespace
}  // namespace hailong::sync
