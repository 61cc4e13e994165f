#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "core/event.h"
#include "journal/stamp.h"
#include "kiosk/writer.h"

namespace hailong::tests {

/// Collects what a writer reports, and waits for it.
class Outcomes {
 public:
  kiosk::Writer::Done collector() {
    return [this](kiosk::Writer::Outcome outcome) {
      const std::lock_guard lock(mutex_);
      outcomes_.push_back(std::move(outcome));
      changed_.notify_all();
    };
  }

  /// The outcome of job number `index`, once it is there.
  core::Result<core::Seq> wait_for(std::size_t index) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return outcomes_.size() > index; });
    return outcomes_[index].seq;
  }

  std::uint64_t ticket_of(std::size_t index) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return outcomes_.size() > index; });
    return outcomes_[index].ticket;
  }

  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return outcomes_.size();
  }

 private:
  std::mutex mutex_;  // guards outcomes_
  std::condition_variable changed_;
  std::vector<kiosk::Writer::Outcome> outcomes_;
};

inline kiosk::Writer::Job rating_job(const std::string& visit, int score) {
  return {journal::stamp_now(), kiosk::NewRating{core::Rating{core::VisitId{visit},
                                                              *core::Score::from(score),
                                                              core::CounterId{"q1"},
                                                              core::FieldId{},
                                                              {}},
                                                 {}}};
}

}  // namespace hailong::tests
