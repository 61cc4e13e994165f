#include "program/sole_run.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/temp_folder.h"

namespace hailong::program {
namespace {

using tests::TempFolder;

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string text;
  std::getline(stream, text);
  return text;
}

TEST(SoleRun, RefusesASecondOneAndNotesWhen) {
  const TempFolder folder;
  const auto file = folder.path() / "data" / "kiosk.lock";
  auto first = run_alone(file, "hailong-kiosk");
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(text_of(file), "");
  const auto second = run_alone(file, "hailong-kiosk");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().fault, core::Fault::kBusy);
  EXPECT_EQ(
      second.error().message.find("hailong-kiosk runs already on " + file.parent_path().string()),
      0U);
  EXPECT_EQ(text_of(file).size(), 13U) << "milliseconds of this century";
}

TEST(SoleRun, LetsTheNextOneInWhenTheFirstHasEnded) {
  const TempFolder folder;
  const auto file = folder.path() / "kiosk.lock";
  {
    const auto first = run_alone(file, "hailong-kiosk");
    ASSERT_TRUE(first);
    EXPECT_FALSE(run_alone(file, "hailong-kiosk"));
  }
  const auto next = run_alone(file, "hailong-kiosk");
  ASSERT_TRUE(next) << next.error().message;
  EXPECT_EQ(text_of(file), "") << "what was refused before is over";
}

TEST(SoleRun, SaysWhyNothingCanBeHeld) {
  const TempFolder folder;
  std::ofstream(folder.path() / "data") << "a file in the folder's place";
  const auto held = run_alone(folder.path() / "data" / "kiosk.lock", "hailong-kiosk");
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().fault, core::Fault::kIo);
}

}  // namespace
}  // namespace hailong::program
