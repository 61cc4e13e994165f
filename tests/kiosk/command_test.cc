#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "journal/journal.h"
#include "journal/reader.h"
#include "journal/stamp.h"
#include "tests/temp_folder.h"

/// The program itself, as an operator sees it.

namespace hailong::tests {
namespace {

/// Which screen a program finds: what SDL_VIDEODRIVER says, or nothing at all.
constexpr const char* kNoScreen = nullptr;

/// A run of hailong-kiosk without a display, its output in one pipe.
class Program {
 public:
  explicit Program(std::vector<std::string> arguments, const char* driver = "offscreen") {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("no pipe");
    process_ = fork();
    if (process_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      dup2(ends[1], STDERR_FILENO);
      close(ends[0]);
      close(ends[1]);
      for (const char* screen : {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"}) unsetenv(screen);
      setenv("XDG_RUNTIME_DIR", "/nowhere", 1);  // without one, libwayland complains
      if (driver != kNoScreen) setenv("SDL_VIDEODRIVER", driver, 1);
      std::vector<char*> list = {const_cast<char*>(HAILONG_KIOSK)};
      for (std::string& argument : arguments) list.push_back(argument.data());
      list.push_back(nullptr);
      execv(HAILONG_KIOSK, list.data());
      _exit(127);
    }
    close(ends[1]);
    output_ = ends[0];
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() {
    if (process_ > 0) {
      kill(process_, SIGKILL);
      waitpid(process_, nullptr, 0);
    }
    close(output_);
  }

  /// Reads until the output holds `text` or ends.
  bool says(const std::string& text) {
    char byte = 0;
    while (said_.find(text) == std::string::npos) {
      if (read(output_, &byte, 1) != 1) return false;
      said_ += byte;
    }
    return true;
  }

  void signal(int number) const { kill(process_, number); }

  /// Waits for the end: the exit code, or -1 when a signal ended it.
  int code() {
    says("\x01");
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  [[nodiscard]] const std::string& said() const { return said_; }

 private:
  pid_t process_ = -1;
  int output_ = -1;
  std::string said_;
};

class KioskCommand : public testing::Test {
 protected:
  std::string write_config(const std::string& more = "") {
    const auto file = folder_.path() / "kiosk.toml";
    std::ofstream(file) << more << "data_dir = \"data\"\nassets_dir = \"" HAILONG_ASSETS "\"\n"
                        << "[device]\nid = \"kt-1\"\n[unit]\nname = \"UBND xã Phú Thái\"\n"
                        << "place = \"Bộ phận Một cửa\"\n"
                        << "[counter]\nid = \"q1\"\nname = \"Quầy số 1\"\n";
    return file.string();
  }

  TempFolder folder_;
};

TEST_F(KioskCommand, HasHelpAndVersion) {
  Program help({"--help"});
  EXPECT_EQ(help.code(), 0);
  EXPECT_NE(help.said().find("--windowed"), std::string::npos);
  Program version({"--version"});
  EXPECT_EQ(version.code(), 0);
  EXPECT_NE(version.said().find('.'), std::string::npos);
}

TEST_F(KioskCommand, AnswersABadConfigWithOneLineAndTwo) {
  const std::string file = write_config("colour = \"blue\"\n");
  Program program({"--config", file});
  EXPECT_EQ(program.code(), 2);
  EXPECT_EQ(program.said().find("hailong-kiosk: " + file + ":1: colour: unknown key"), 0U)
      << program.said();
  EXPECT_EQ(std::count(program.said().begin(), program.said().end(), '\n'), 1);
}

TEST_F(KioskCommand, AnswersMissingFilesAndArgumentsWithTwo) {
  EXPECT_EQ(Program({"--config", "/nowhere/kiosk.toml"}).code(), 2);
  EXPECT_EQ(Program({}).code(), 2);
  EXPECT_EQ(Program({"--config", write_config(), "--windowed", "12x9"}).code(), 2);
  EXPECT_EQ(Program({"--config", write_config(), "--windowed", "wide"}).code(), 2);
}

TEST_F(KioskCommand, ChecksAConfigurationWithoutTouchingAnything) {
  Program good({"--config", write_config(), "--check"});
  EXPECT_EQ(good.code(), 0);
  EXPECT_EQ(good.said(), "ok\n");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "data"));
  Program bad({"--config", write_config("colour = \"blue\"\n"), "--check"});
  EXPECT_EQ(bad.code(), 2);
  EXPECT_NE(bad.said().find("colour: unknown key"), std::string::npos) << bad.said();
}

TEST_F(KioskCommand, StopsCleanlyOnSigterm) {
  for (const int number : {SIGTERM, SIGINT}) {
    Program program({"--config", write_config(), "--windowed", "1280x800"});
    ASSERT_TRUE(program.says("1280x800 on offscreen, software")) << program.said();
    program.signal(number);
    EXPECT_EQ(program.code(), 0);
    EXPECT_NE(program.said().find("stopped after"), std::string::npos) << program.said();
  }
}

/// SDL would draw for nobody then, and the kiosk would stand dark without anything to restart it.
TEST_F(KioskCommand, EndsWithOneLineWithoutAScreen) {
  for (const char* driver : {kNoScreen, "kmsdrm"}) {
    Program program({"--config", write_config()}, driver);
    EXPECT_EQ(program.code(), 1);
    EXPECT_EQ(program.said().find("hailong-kiosk: no display: "), 0U) << program.said();
    EXPECT_EQ(std::count(program.said().begin(), program.said().end(), '\n'), 1) << program.said();
  }
}

TEST_F(KioskCommand, DoesNotRunTwiceOnOneJournal) {
  const std::string file = write_config();
  Program first({"--config", file, "--windowed", "1280x800"});
  ASSERT_TRUE(first.says("1280x800 on offscreen")) << first.said();
  Program second({"--config", file, "--windowed", "1280x800"});
  EXPECT_EQ(second.code(), 4);
  EXPECT_EQ(second.said().find("hailong-kiosk runs already on "), 0U) << second.said();
  EXPECT_EQ(std::count(second.said().begin(), second.said().end(), '\n'), 1);
  first.signal(SIGTERM);
  EXPECT_EQ(first.code(), 0) << "the first goes on undisturbed";
}

TEST_F(KioskCommand, ErasesContactDataOnRequestAndTheChainStillVerifies) {
  const std::string file = write_config();
  core::Seq number = 0;
  {
    auto journal = journal::Journal::open(folder_.path() / "data", core::DeviceId{"kt-1"}).value();
    const auto stamp = journal::stamp_now();
    const auto rating = journal.append(
        stamp,
        core::Rating{core::VisitId{"v1"}, *core::Score::from(2), core::CounterId{"q1"}, {}, {}});
    const auto contact =
        journal.append_contact(stamp, core::Consent{rating->seq, "1", 90}, "0912345678\n");
    number = contact.value().seq;
  }
  EXPECT_EQ(Program({"--config", file, "--erase-contact", std::to_string(number)}).code(), 0);
  EXPECT_EQ(Program({"--config", file, "--erase-contact", std::to_string(number)}).code(), 1)
      << "there is nothing left to erase";
  auto reader = journal::Reader::open(folder_.path() / "data" / "journal.db").value();
  EXPECT_EQ(reader.verify().value().first_bad, std::nullopt);
  EXPECT_EQ(reader.statistics().value().erased, 1);
}

TEST_F(KioskCommand, ShowsTheHomeScreenWithoutAJournal) {
  std::ofstream(folder_.path() / "data") << "a file in the folder's place";
  Program program({"--config", write_config(), "--windowed", "1024x600"});
  EXPECT_TRUE(program.says("the journal cannot be opened")) << program.said();
  EXPECT_TRUE(program.says("1024x600 on offscreen")) << program.said();
  program.signal(SIGTERM);
  EXPECT_EQ(program.code(), 0);
}

}  // namespace
}  // namespace hailong::tests
