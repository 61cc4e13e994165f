#include "kiosk/speech/prompt.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "tests/kiosk/spoken.h"
#include "tests/temp_folder.h"

namespace hailong::kiosk::speech {
namespace {

double seconds(const std::vector<Sample>& samples) {
  return static_cast<double>(samples.size()) / kSampleRate;
}

int loudest(const std::vector<Sample>& samples) {
  int most = 0;
  for (const Sample sample : samples) most = std::max(most, std::abs(int{sample}));
  return most;
}

TEST(Prompt, IsHeardForEveryLineOfEveryLanguage) {
  int prompts = 0;
  for (const auto& language : std::filesystem::directory_iterator(HAILONG_ASSETS)) {
    const auto folder = language.path() / "speech";
    if (!std::filesystem::is_directory(folder)) continue;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      const std::vector<Sample> samples = decoded(file.path());
      EXPECT_GT(seconds(samples), 0.2) << file.path();
      EXPECT_LT(seconds(samples), 60) << file.path();
      EXPECT_GT(loudest(samples), 3'000) << file.path();
      ++prompts;
    }
  }
  EXPECT_GE(prompts, 14);
}

TEST(Prompt, GivesTheSameInPiecesOfAnySize) {
  const auto file = kSpeechFolder / "question.keep.opus";
  const std::vector<Sample> whole = decoded(file);
  auto prompt = Prompt::open(file);
  ASSERT_TRUE(prompt);
  std::vector<Sample> samples;
  for (std::size_t size = 1;; size = size * 3 % 10'007) {
    std::vector<Sample> piece(size);
    const auto count = prompt->read(piece);
    ASSERT_TRUE(count);
    if (*count == 0) break;
    ASSERT_LE(*count, size);
    samples.insert(samples.end(), piece.begin(), piece.begin() + static_cast<long>(*count));
  }
  EXPECT_EQ(samples, whole);
}

TEST(Prompt, SaysWhatIsWrongWithAFile) {
  const tests::TempFolder folder;
  const auto file = folder.path() / "x.opus";
  EXPECT_EQ(Prompt::open(file).error().fault, core::Fault::kNotFound);
  std::ofstream(file) << "no sound at all";
  EXPECT_EQ(Prompt::open(file).error().fault, core::Fault::kInvalid);
}

TEST(Prompt, EndsWhereAFileWasCut) {
  const tests::TempFolder folder;
  const auto file = folder.path() / "x.opus";
  std::filesystem::copy_file(kSpeechFolder / "question.text.opus", file);
  const auto whole = decoded(file).size();
  std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  EXPECT_LT(decoded(file).size(), whole);
}

}  // namespace
}  // namespace hailong::kiosk::speech
