#include "kiosk/reports/save.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "tests/kiosk/stick_fault.h"
#include "tests/temp_folder.h"

namespace hailong::kiosk::reports {
namespace {

namespace fs = std::filesystem;
using tests::StickCall;

class Saving : public testing::Test {
 protected:
  ~Saving() override { tests::mend_stick(); }

  core::Result<fs::path> save_report(const std::string& name = "Báo cáo 05-11-2026.pdf") {
    told_.clear();
    return save(folder_.path(), name, bytes_, [this](double share) { told_.push_back(share); });
  }

  std::string content(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::vector<std::string> files() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  void expect_nothing_but(const core::Result<fs::path>& saved, core::Fault fault,
                          const std::string& words) {
    tests::mend_stick();
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().fault, fault) << saved.error().message;
    EXPECT_TRUE(saved.error().message.starts_with(words)) << saved.error().message;
    EXPECT_EQ(files(), std::vector<std::string>{});
    for (const double share : told_) EXPECT_LT(share, 1);
  }

  tests::TempFolder folder_;
  std::string bytes_ = std::string(300'000, 'x') + "%%EOF";
  std::vector<double> told_;
};

TEST_F(Saving, GivesTheWholeFileAndTellsHowFarItIs) {
  const auto saved = save_report();
  ASSERT_TRUE(saved) << saved.error().message;
  EXPECT_EQ(*saved, folder_.path() / "Báo cáo 05-11-2026.pdf");
  EXPECT_EQ(content(*saved), bytes_);
  EXPECT_EQ(files().size(), 1U);
  ASSERT_GE(told_.size(), 4U);
  EXPECT_EQ(told_.front(), 0);
  EXPECT_EQ(told_.back(), 1);
  for (std::size_t i = 1; i < told_.size(); ++i) EXPECT_GT(told_[i], told_[i - 1]);
}

TEST_F(Saving, NeverWritesOverAFileThatIsThere) {
  ASSERT_TRUE(save_report());
  const std::string first = std::exchange(bytes_, "khác");
  ASSERT_TRUE(save_report());
  // What somebody else put there may be anything, even a link to nowhere.
  fs::create_symlink("/nowhere/at/all", folder_.path() / "Báo cáo 05-11-2026 (3).pdf");
  const auto fourth = save_report();
  ASSERT_TRUE(fourth);
  EXPECT_EQ(fourth->filename(), "Báo cáo 05-11-2026 (4).pdf");
  EXPECT_EQ(content(folder_.path() / "Báo cáo 05-11-2026.pdf"), first);
  EXPECT_EQ(content(folder_.path() / "Báo cáo 05-11-2026 (2).pdf"), "khác");
  EXPECT_FALSE(fs::exists("/nowhere"));
}

TEST_F(Saving, LeavesNothingOnAStickThatIsFull) {
  for (const int chunks : {0, 1, 4}) {
    tests::break_stick(StickCall::kWrite, chunks, ENOSPC);
    expect_nothing_but(save_report(), core::Fault::kFull, "USB hoặc thư mục đã đầy: ");
  }
  tests::break_stick(StickCall::kSync, 1, ENOSPC);
  expect_nothing_but(save_report(), core::Fault::kFull, "USB hoặc thư mục đã đầy: ");
}

TEST_F(Saving, LeavesNothingWhereTheSystemTakesAPartOnly) {
  struct rlimit before {};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const struct rlimit small { 100'000, before.rlim_max };
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto saved = save_report();
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
  expect_nothing_but(saved, core::Fault::kFull, "USB hoặc thư mục đã đầy: ");
}

TEST_F(Saving, SaysThatAStickWasPulledOut) {
  for (const int error : {ENODEV, ENXIO, ENOENT}) {
    tests::break_stick(StickCall::kWrite, 2, error);
    expect_nothing_but(save_report(), core::Fault::kNotFound, "USB đã bị rút ra ");
  }
  tests::break_stick(StickCall::kSync, 3, EIO);
  expect_nothing_but(save_report(), core::Fault::kIo, "USB đã bị rút ra hoặc bị hỏng: ");
  tests::break_stick(StickCall::kRename, 0, EIO);
  expect_nothing_but(save_report(), core::Fault::kIo, "USB đã bị rút ra hoặc bị hỏng: ");
}

TEST_F(Saving, TakesBackAFileWhoseNameMayNotLast) {
  // Five chunks and the whole are synced before the rename, the folder after it.
  tests::break_stick(StickCall::kSync, 6, EIO);
  expect_nothing_but(save_report(), core::Fault::kIo, "USB đã bị rút ra hoặc bị hỏng: ");
}

TEST_F(Saving, IsContentWhereAFolderCannotBeSynced) {
  tests::break_stick(StickCall::kSync, 6, EINVAL);
  EXPECT_TRUE(save_report());
}

TEST_F(Saving, SaysThatAStickMayNotBeWrittenTo) {
  tests::break_stick(StickCall::kWrite, 0, EROFS);
  expect_nothing_but(save_report(), core::Fault::kRefused, "USB hoặc thư mục chỉ cho đọc: ");
  const auto denied = save("/sys/kernel", "a.pdf", bytes_, [](double) {});
  ASSERT_FALSE(denied);
  EXPECT_EQ(denied.error().fault, core::Fault::kRefused) << denied.error().message;
}

TEST_F(Saving, SaysThatTheFolderIsGone) {
  for (const fs::path& folder : {folder_.path() / "gone", fs::path("/dev/null/a")}) {
    const auto saved = save(folder, "a.pdf", bytes_, [](double) {});
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().fault, core::Fault::kNotFound) << saved.error().message;
  }
}

TEST_F(Saving, ReplacesWhatAnEarlierTryLeftBehind) {
  std::ofstream(folder_.path() / ".a.pdf.part") << std::string(1'000'000, '?');
  const auto saved = save_report("a.pdf");
  ASSERT_TRUE(saved);
  EXPECT_EQ(content(*saved), bytes_);
  EXPECT_EQ(files(), std::vector<std::string>{"a.pdf"});
}

TEST_F(Saving, SavesAnEmptyFileToo) {
  bytes_.clear();
  const auto saved = save_report("a.csv");
  ASSERT_TRUE(saved);
  EXPECT_EQ(content(*saved), "");
  EXPECT_EQ(told_, (std::vector<double>{0, 1}));
}

}  // namespace
}  // namespace hailong::kiosk::reports
