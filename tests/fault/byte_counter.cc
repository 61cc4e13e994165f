#include "tests/fault/byte_counter.h"

#include <sys/eventfd.h>
#include <unistd.h>

namespace hailong::tests {

ByteCounter::ByteCounter(int server_port)
    : server_port_(server_port),
      cut_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      server_([this](Peer& daemon) { relay(daemon); }) {}

ByteCounter::~ByteCounter() { ::close(cut_); }

std::int64_t ByteCounter::bytes() {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

int ByteCounter::connections() {
  const std::lock_guard lock(mutex_);
  return connections_;
}

void ByteCounter::cut() {
  std::unique_lock lock(mutex_);
  if (!is_open_) return;
  ::eventfd_write(cut_, 1);
  ended_.wait(lock, [this] { return !is_open_; });
}

void ByteCounter::relay(const Peer& daemon) {
  {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    ++connections_;
  }
  {
    const Peer server = Peer::to_port(server_port_, daemon.stop());
    while (const std::size_t passed = daemon.pass_on(server, cut_)) {
      const std::lock_guard lock(mutex_);
      bytes_ += static_cast<std::int64_t>(passed);
    }
  }
  const std::lock_guard lock(mutex_);
  eventfd_t cut = 0;
  ::eventfd_read(cut_, &cut);
  is_open_ = false;
  ended_.notify_all();
}

}  // namespace hailong::tests
