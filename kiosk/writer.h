#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>

#include "core/event.h"
#include "core/ids.h"
#include "core/result.h"

namespace hailong::journal {
class Journal;
}

namespace hailong::kiosk {

/// The thread that owns the journal, so that the window never waits for a disk.
///
/// It opens the journal by itself at the start, takes what is to be appended in order, and reports
/// each outcome when the event is durable or the tries are used up. A failed try is repeated with
/// the journal opened anew: a rating's visit is appended once whatever happened before, and a
/// correction that reached the disk unnoticed says the same as its repetition. The journal that
/// cannot be opened at the start is tried again with the first answer.
class Writer {
 public:
  struct Job {
    core::Stamp stamp;  // of the tap, not of the append
    std::variant<core::Rating, core::Correction> body;
  };

  /// Called on the writer's thread, once for each job, with the number of the event on the disk.
  using Done = std::function<void(core::Result<core::Seq>)>;

  Writer(std::filesystem::path data_dir, core::DeviceId device, Done done);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  /// As stop().
  ~Writer();

  /// Any thread; returns at once.
  void append(Job job);

  /// Appends what is queued, each with one try more at most, and ends the thread.
  void stop();

 private:
  void run();
  std::optional<Job> next();
  core::Result<core::Seq> append_with_patience(const Job& job);
  core::Result<core::Seq> try_append(const Job& job);
  core::Result<void> open();
  /// False when stop() cut the pause short.
  bool pause(std::chrono::milliseconds time);

  const std::filesystem::path data_dir_;
  const core::DeviceId device_;
  const Done done_;
  std::unique_ptr<journal::Journal> journal_;  // the thread's own; null while it cannot be opened

  std::mutex mutex_;  // guards jobs_ and stopping_
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace hailong::kiosk
