#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/result.h"
#include "tests/temp_folder.h"

namespace hailong::documents {

/// The bytes that a writer gave.
inline std::string written(core::Result<std::string> bytes) {
  if (bytes) return std::move(*bytes);
  ADD_FAILURE() << bytes.error().message;
  return {};
}

/// What a shell command prints; a failure of the test when it does not end well.
inline std::string output_of(const std::string& command) {
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) {
    ADD_FAILURE() << "cannot run " << command;
    return {};
  }
  std::string output;
  std::array<char, 4096> part{};
  while (const std::size_t length = std::fread(part.data(), 1, part.size(), pipe)) {
    output.append(part.data(), length);
  }
  EXPECT_EQ(::pclose(pipe), 0) << command << "\n" << output;
  return output;
}

/// Bytes as a file of their own.
class TempFile {
 public:
  TempFile(const std::string& name, const std::string& bytes) : path_(folder_.path() / name) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }

  [[nodiscard]] std::string quoted() const { return "'" + path_.string() + "'"; }

 private:
  tests::TempFolder folder_;
  std::filesystem::path path_;
};

/// The text without line ends and doubled spaces, so that sentences are found wherever they break.
inline std::string one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const char plain = c == '\n' || c == '\f' ? ' ' : c;
    if (plain == ' ' && !line.empty() && line.back() == ' ') continue;
    line.push_back(plain);
  }
  return line;
}

}  // namespace hailong::documents
