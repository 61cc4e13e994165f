#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/e2e/process.h"
#include "tests/temp_folder.h"

namespace hailong::tests {

/// hailong-district with the Kim Thành sample configuration, on a free port.
class RealDistrict {
 public:
  /// `tables`: further tables of its configuration.
  explicit RealDistrict(std::string tables = {});

  /// Starts it and waits until it listens, on the same port if it ran before.
  void serve(const Environment& environment = {});
  /// SIGTERM; its exit code.
  std::optional<int> stop();
  /// SIGKILL, as a power cut would.
  void kill();

  /// Writes a file of its configuration.
  void write(const std::filesystem::path& name, const std::string& text) const;

  /// Runs hailong-district admin; gives what it printed.
  std::string admin(const std::vector<std::string>& words) const;

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::filesystem::path store() const { return folder_.path() / "data/district.db"; }
  [[nodiscard]] std::string log() const { return text_of(folder_.path() / "district.log"); }

 private:
  void configure() const;
  [[nodiscard]] std::string file() const { return (folder_.path() / "district.toml").string(); }

  std::string tables_;
  TempFolder folder_;
  std::optional<Process> process_;
  int port_ = 0;
};

}  // namespace hailong::tests
