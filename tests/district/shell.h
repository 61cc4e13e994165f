#pragma once

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <string>

namespace hailong::district {

struct Outcome {
  int code = -1;
  std::string output;  // and what went to standard error
};

/// Runs a command of the shell to its end.
inline Outcome run(const std::string& command) {
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  Outcome outcome;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    outcome.output.append(buffer.data(), size);
  }
  outcome.code = WEXITSTATUS(::pclose(pipe));
  return outcome;
}

}  // namespace hailong::district
