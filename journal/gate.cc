#include "journal/gate.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

namespace hailong::journal {
namespace {

using core::Fault;
using std::chrono::milliseconds;

constexpr milliseconds kGatePatience{5000};
constexpr milliseconds kGatePause{10};

}  // namespace

core::Result<Gate> Gate::take(const std::filesystem::path& folder, int how) {
  Gate gate(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (gate.fd_ < 0) {
    return core::fail(Fault::kIo, folder.string() + ": cannot be opened: " + std::strerror(errno));
  }
  for (milliseconds waited{0}; ::flock(gate.fd_, how | LOCK_NB) != 0; waited += kGatePause) {
    if (errno != EWOULDBLOCK) {
      return core::fail(Fault::kIo, folder.string() + ": cannot be held: " + std::strerror(errno));
    }
    if (waited >= kGatePatience) {
      return core::fail(Fault::kBusy, folder.string() + ": another program opens the journal");
    }
    std::this_thread::sleep_for(kGatePause);
  }
  return gate;
}

core::Result<Gate> Gate::share(const std::filesystem::path& folder) {
  return take(folder, LOCK_SH);
}

core::Result<Gate> Gate::alone(const std::filesystem::path& folder) {
  return take(folder, LOCK_EX);
}

Gate::~Gate() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace hailong::journal
