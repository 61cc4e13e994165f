#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

namespace hailong::district::ingest {

/// Lets those who come while somebody writes wait, and then write together: what a commit costs,
/// waiting for the disk above all, is paid once for all of them. Any thread.
template <typename Job>
class Gatherer {
 public:
  /// `write` gets at most `most` jobs at a time, in the order in which they came, and never runs
  /// twice at once.
  Gatherer(std::size_t most, std::function<void(std::span<Job* const>)> write)
      : most_(most), write_(std::move(write)) {}

  /// Returns when `job` was written, by this thread or by another one. What `write` throws reaches
  /// the thread that ran it; the jobs stay as it left them.
  void submit(Job& job) {
    Waiting own{&job};
    std::unique_lock lock(mutex_);
    waiting_.push_back(&own);
    while (true) {
      turn_.wait(lock, [&] { return own.done || !busy_; });
      if (own.done) return;
      write_next(lock);
    }
  }

 private:
  struct Waiting {
    Job* job;
    bool done = false;
  };

  void write_next(std::unique_lock<std::mutex>& lock) {
    const auto count = static_cast<std::ptrdiff_t>(std::min(most_, waiting_.size()));
    const std::vector<Waiting*> group(waiting_.begin(), waiting_.begin() + count);
    waiting_.erase(waiting_.begin(), waiting_.begin() + count);
    std::vector<Job*> jobs;
    jobs.reserve(group.size());
    for (const Waiting* one : group) jobs.push_back(one->job);
    busy_ = true;
    lock.unlock();
    const Ending ending{*this, lock, group};
    write_(jobs);
  }

  /// Wakes those whose jobs were in the group, however its writing ended.
  struct Ending {
    Gatherer& gatherer;
    std::unique_lock<std::mutex>& lock;
    const std::vector<Waiting*>& group;

    Ending(Gatherer& all, std::unique_lock<std::mutex>& held, const std::vector<Waiting*>& written)
        : gatherer(all), lock(held), group(written) {}
    Ending(const Ending&) = delete;
    Ending& operator=(const Ending&) = delete;
    ~Ending() {
      lock.lock();
      for (Waiting* one : group) one->done = true;
      gatherer.busy_ = false;
      gatherer.turn_.notify_all();
    }
  };

  const std::size_t most_;
  const std::function<void(std::span<Job* const>)> write_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable turn_;
  std::vector<Waiting*> waiting_;  // in the order in which they came
  bool busy_ = false;
};

}  // namespace hailong::district::ingest
