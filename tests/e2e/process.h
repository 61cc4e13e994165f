#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hailong::tests {

using Environment = std::map<std::string, std::string>;

/// A child process of the test. Ends with it: SIGTERM, then SIGKILL if it does not stop.
class Process {
 public:
  /// Standard output and error go to `log`. `environment` adds to the test's own.
  Process(const std::vector<std::string>& command, const std::filesystem::path& log,
          const Environment& environment = {});
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] bool running();
  void signal(int number) const;

  /// Exit code, or 128 + signal; nothing when it still runs after `patience`.
  std::optional<int> wait(std::chrono::milliseconds patience);

 private:
  pid_t pid_ = -1;
  std::optional<int> code_;
};

struct Outcome {
  int code = -1;
  std::string output;  // standard output and error together
};

/// Runs a command to its end.
Outcome run(const std::vector<std::string>& command, const Environment& environment = {},
            const std::string& input = "");

std::string text_of(const std::filesystem::path& file);

}  // namespace hailong::tests
