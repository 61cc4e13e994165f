#pragma once

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "kiosk/speech/prompt.h"

namespace hailong::kiosk::speech {

inline const std::filesystem::path kSpeechFolder = HAILONG_ASSETS "/vi/speech";

/// All samples of a prompt.
inline std::vector<Sample> decoded(const std::filesystem::path& file) {
  std::vector<Sample> samples;
  auto prompt = Prompt::open(file);
  EXPECT_TRUE(prompt) << file;
  while (prompt) {
    std::array<Sample, 1'000> piece;
    const auto count = prompt->read(piece);
    EXPECT_TRUE(count) << file;
    if (!count || *count == 0) break;
    samples.insert(samples.end(), piece.begin(), piece.begin() + static_cast<long>(*count));
  }
  return samples;
}

}  // namespace hailong::kiosk::speech
