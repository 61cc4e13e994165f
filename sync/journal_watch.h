#pragma once

#include <poll.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/result.h"
#include "program/descriptor.h"
#include "program/supervisor.h"
#include "sync/waiting.h"

namespace hailong::sync {

using program::Descriptor;

/// A descriptor that becomes readable, and stays so, once SIGTERM or SIGINT has arrived. Blocks
/// both signals for the calling thread and those it starts. Errors: kIo.
core::Result<Descriptor> stop_signals();

/// Sleeps in poll(2) on inotify: a commit of the kiosk writes journal.db-wal. While the kiosk has
/// not made its folder yet, the nearest folder above is watched.
class JournalWatch final : public Waiting {
 public:
  /// `stop` becomes readable when the daemon has to stop; `supervisor` hears during every sleep
  /// that the daemon lives. Both must outlive the watch. Errors: kIo.
  static core::Result<std::unique_ptr<JournalWatch>> open(const std::filesystem::path& data_dir,
                                                          const Descriptor& stop,
                                                          program::Supervisor& supervisor);

  bool stopped() override;
  [[nodiscard]] core::Stamp now() const override;
  void watch() override;
  Woken for_change(std::chrono::milliseconds most) override;
  Woken for_time(std::chrono::milliseconds time) override;

 private:
  JournalWatch(const std::filesystem::path& data_dir, int stop, program::Supervisor& supervisor,
               Descriptor inotify);

  bool poll_until(std::span<pollfd> watched, std::chrono::steady_clock::time_point deadline);
  bool read_changes();
  [[nodiscard]] bool concerns(const std::string& name) const;

  std::filesystem::path data_dir_;
  int stop_;
  program::Supervisor& supervisor_;
  Descriptor inotify_;
  std::filesystem::path watched_;  // empty: none
  std::string awaited_;            // the next folder on the way down from watched_
  int watch_ = -1;
};

}  // namespace hailong::sync
