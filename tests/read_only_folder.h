#pragma once

#include <sched.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace hailong::tests {

/// A folder on a file system that the kernel itself keeps from being written while it is frozen, as
/// after an error of the card. Only this thread, those that it starts from here on and programs
/// that it runs see it so: mounts are of their own.
class ReadOnlyFolder {
 public:
  /// Whether this machine lets us; else why not.
  static std::string refusal() {
    return ::unshare(CLONE_NEWNS) == 0 ? ""
                                       : std::string("no mounts of our own: ") + strerror(errno);
  }

  /// After refusal() was empty. `folder` is there; nothing in it is open.
  explicit ReadOnlyFolder(std::filesystem::path folder) : folder_(std::move(folder)) {
    mount_as(nullptr, "/", MS_REC | MS_PRIVATE);
    mount_as(folder_.c_str(), folder_.c_str(), MS_BIND);
  }
  ReadOnlyFolder(const ReadOnlyFolder&) = delete;
  ReadOnlyFolder& operator=(const ReadOnlyFolder&) = delete;
  ~ReadOnlyFolder() { ::umount2(folder_.c_str(), MNT_DETACH); }

  void freeze() { mount_as(nullptr, folder_.c_str(), MS_REMOUNT | MS_BIND | MS_RDONLY); }
  void thaw() { mount_as(nullptr, folder_.c_str(), MS_REMOUNT | MS_BIND); }

 private:
  static void mount_as(const char* from, const char* at, unsigned long flags) {
    if (::mount(from, at, nullptr, flags, nullptr) != 0) {
      throw std::runtime_error(std::string("mounting ") + at + ": " + strerror(errno));
    }
  }

  const std::filesystem::path folder_;
};

}  // namespace hailong::tests
