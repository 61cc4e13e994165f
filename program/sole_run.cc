#include "program/sole_run.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <string>
#include <system_error>

namespace hailong::program {
namespace {

using core::Fault;

core::Failure cannot_lock(const std::filesystem::path& file, int error) {
  return core::fail(error == ENOSPC ? Fault::kFull : Fault::kIo,
                    file.string() + ": cannot be locked: " + std::strerror(error));
}

/// A file that is there can be held on a read-only file system, too.
Descriptor open_lock(const std::filesystem::path& file) {
  Descriptor fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (fd.is_open() || errno != EROFS) return fd;
  return Descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
}

std::string now_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

}  // namespace

core::Result<Descriptor> run_alone(const std::filesystem::path& lock_file,
                                   std::string_view program) {
  std::error_code made;
  std::filesystem::create_directories(lock_file.parent_path(), made);
  if (made) return cannot_lock(lock_file, made.value());
  Descriptor fd = open_lock(lock_file);
  if (!fd.is_open()) return cannot_lock(lock_file, errno);
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return cannot_lock(lock_file, errno);
    std::string why = std::string(program) + " runs already on " +
                      lock_file.parent_path().string() + "; this second one ends";
    const std::string note = now_ms();
    if (::pwrite(fd.get(), note.data(), note.size(), 0) < 0) {
      why += std::string(" (not noted for staff: ") + std::strerror(errno) + ")";
    }
    return core::fail(Fault::kBusy, why);
  }
  // Nothing was refused in this run. What stands there on a read-only disk is of the run before.
  if (::ftruncate(fd.get(), 0) != 0 && errno != EINVAL && errno != EBADF) {
    return cannot_lock(lock_file, errno);
  }
  return fd;
}

}  // namespace hailong::program
