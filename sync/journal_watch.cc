#include "sync/journal_watch.h"

#include <sys/inotify.h>
#include <sys/signalfd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "journal/identity.h"
#include "journal/stamp.h"
#include "wire/enrolment_file.h"

namespace hailong::sync {
namespace {

using core::Fault;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kEvents =
    IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF;
constexpr std::uint32_t kWatchEnded = IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED;

core::Failure failed(const char* doing) {
  return core::fail(Fault::kIo, std::string(doing) + ": " + std::strerror(errno));
}

}  // namespace

core::Result<Descriptor> stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  if (const int error = pthread_sigmask(SIG_BLOCK, &signals, nullptr); error != 0) {
    errno = error;
    return failed("blocking signals");
  }
  Descriptor fd(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!fd.is_open()) return failed("signalfd");
  return fd;
}

core::Result<std::unique_ptr<JournalWatch>> JournalWatch::open(
    const std::filesystem::path& data_dir, const Descriptor& stop,
    program::Supervisor& supervisor) {
  Descriptor inotify(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  if (!inotify.is_open()) return failed("inotify_init1");
  return std::unique_ptr<JournalWatch>(
      new JournalWatch(data_dir, stop.get(), supervisor, std::move(inotify)));
}

JournalWatch::JournalWatch(const std::filesystem::path& data_dir, int stop,
                           program::Supervisor& supervisor, Descriptor inotify)
    : data_dir_(std::filesystem::absolute(data_dir / "").lexically_normal().parent_path()),
      stop_(stop),
      supervisor_(supervisor),
      inotify_(std::move(inotify)) {}

/// Waits until one of `watched` is readable or `deadline` is over; false when it is over.
bool JournalWatch::poll_until(std::span<pollfd> watched, Clock::time_point deadline) {
  while (true) {
    supervisor_.alive();
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
    const auto most = std::min(left, supervisor_.until_alive().value_or(left));
    const int ready = ::poll(watched.data(), watched.size(),
                             most.count() < 0 ? 0 : static_cast<int>(most.count()));
    if (ready > 0) return true;
    if (ready == 0 && left.count() <= 0) return false;
  }
}

bool JournalWatch::stopped() {
  pollfd stop{stop_, POLLIN, 0};
  return ::poll(&stop, 1, 0) == 1;
}

core::Stamp JournalWatch::now() const { return journal::stamp_now(); }

/// Goes up from the data folder until something can be watched. A folder made meanwhile is found by
/// beginning again once the watch above it stands.
void JournalWatch::watch() {
  while (watched_ != data_dir_) {
    std::filesystem::path folder = data_dir_;
    std::filesystem::path below;
    int watch = ::inotify_add_watch(inotify_.get(), folder.c_str(), kEvents | IN_ONLYDIR);
    while (watch < 0 && folder != folder.root_path()) {
      below = folder.filename();
      folder = folder.parent_path();
      watch = ::inotify_add_watch(inotify_.get(), folder.c_str(), kEvents | IN_ONLYDIR);
    }
    if (watch < 0) return;  // the timer of for_change() still looks
    if (watch_ >= 0 && watch_ != watch) ::inotify_rm_watch(inotify_.get(), watch_);
    const bool settled = folder == watched_;
    watch_ = watch;
    watched_ = folder;
    awaited_ = below;
    if (settled) return;
  }
}

bool JournalWatch::concerns(const std::string& name) const {
  if (watched_ != data_dir_) return name == awaited_;
  return name == journal::kJournalFile || name == std::string(journal::kJournalFile) + "-wal" ||
         name == wire::kEnrolRequestFile || name == wire::kEnrolmentFile;
}

/// True when one of the changes read may concern the journal or who this machine is.
bool JournalWatch::read_changes() {
  alignas(inotify_event) std::array<char, 4096> buffer{};
  bool concerned = false;
  while (true) {
    const ssize_t size = ::read(inotify_.get(), buffer.data(), buffer.size());
    if (size <= 0) return concerned;
    for (ssize_t at = 0; at < size;) {
      const auto* event =
          reinterpret_cast<const inotify_event*>(&buffer[static_cast<std::size_t>(at)]);
      at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
      if ((event->mask & IN_Q_OVERFLOW) != 0) concerned = true;
      if (event->wd != watch_) continue;
      if ((event->mask & kWatchEnded) != 0) {
        watch_ = -1;
        watched_.clear();
        concerned = true;
      } else if (event->len > 0 && concerns(event->name)) {
        concerned = true;
      }
    }
  }
}

JournalWatch::Woken JournalWatch::for_change(milliseconds most) {
  const Clock::time_point deadline = Clock::now() + most;
  std::array<pollfd, 2> watched = {pollfd{stop_, POLLIN, 0}, pollfd{inotify_.get(), POLLIN, 0}};
  while (poll_until(watched, deadline)) {
    if (stopped()) return Woken::kByStop;
    if (read_changes()) return Woken::kByChange;
  }
  return Woken::kByTime;
}

JournalWatch::Woken JournalWatch::for_time(milliseconds time) {
  std::array<pollfd, 1> watched = {pollfd{stop_, POLLIN, 0}};
  return poll_until(watched, Clock::now() + time) ? Woken::kByStop : Woken::kByTime;
}

}  // namespace hailong::sync
