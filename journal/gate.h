#pragma once

#include <filesystem>
#include <utility>

#include "core/result.h"

namespace hailong::journal {

/// Keeps apart those who open the journal of a folder and whoever puts another file in its place:
/// SQLite finds a journal's log by its name, so that a file opened at the wrong moment would be
/// read with the other's log. The kernel's lock on the folder itself: it needs no room on the disk.
class Gate {
 public:
  /// To open a file. Waits 5 s at most. Errors: kBusy, kIo.
  static core::Result<Gate> share(const std::filesystem::path& folder);
  /// To change which file it is; likewise.
  static core::Result<Gate> alone(const std::filesystem::path& folder);

  Gate(Gate&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Gate& operator=(Gate&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;
  ~Gate();

 private:
  explicit Gate(int fd) : fd_(fd) {}
  static core::Result<Gate> take(const std::filesystem::path& folder, int how);

  int fd_;
};

}  // namespace hailong::journal
