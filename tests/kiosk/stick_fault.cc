#include "tests/kiosk/stick_fault.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>

namespace hailong::tests {
namespace {

struct Break {
  int calls = 0;
  int error = 0;
};
std::array<Break, 3> breaks;

bool fails(StickCall call) {
  Break& wanted = breaks.at(static_cast<std::size_t>(call));
  if (wanted.error == 0) return false;
  if (wanted.calls > 0) {
    --wanted.calls;
    return false;
  }
  errno = wanted.error;
  return true;
}

}  // namespace

void break_stick(StickCall call, int calls, int error) {
  breaks.at(static_cast<std::size_t>(call)) = {calls, error};
}

void mend_stick() { breaks = {}; }

}  // namespace hailong::tests

// In place of the C library's.
extern "C" {

ssize_t write(int fd, const void* bytes, size_t count) {
  if (fd > STDERR_FILENO && hailong::tests::fails(hailong::tests::StickCall::kWrite)) return -1;
  return ::syscall(SYS_write, fd, bytes, count);
}

int fsync(int fd) {
  if (hailong::tests::fails(hailong::tests::StickCall::kSync)) return -1;
  return static_cast<int>(::syscall(SYS_fsync, fd));
}

int rename(const char* from, const char* to) noexcept {
  if (hailong::tests::fails(hailong::tests::StickCall::kRename)) return -1;
  return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}
}
