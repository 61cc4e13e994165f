#include "kiosk/clerk.h"

#include <signal.h>
#include <spdlog/spdlog.h>

#include <utility>

namespace hailong::kiosk {
namespace {

constexpr int kPublicAnswers = 12;  // that the first screen shows in turn

}  // namespace

Clerk::Clerk(staff::House house, Callbacks callbacks)
    : house_(std::move(house)), callbacks_(std::move(callbacks)) {
  // Signals are for the thread that waits for events: it is the one to be woken.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Clerk::~Clerk() { stop(); }

void Clerk::ask(std::uint64_t ticket, staff::Command command) {
  {
    const std::lock_guard lock(mutex_);
    asked_.push_back({ticket, std::move(command)});
  }
  changed_.notify_one();
}

void Clerk::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

staff::Outside Clerk::outside() {
  return {callbacks_.now, [this](float share) { callbacks_.progress(ticket_, share); },
          [this] {
            const std::lock_guard lock(mutex_);
            return stopping_ || !asked_.empty();
          },
          callbacks_.play_test_sound};
}

void Clerk::run() {
  read_public_answers();
  staff::Session session(house_, outside());
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !asked_.empty(); });
    if (stopping_) return;
    const Asked asked = std::move(asked_.front());
    asked_.pop_front();
    lock.unlock();
    ticket_ = asked.ticket;
    callbacks_.tell(asked.ticket, session.handle(asked.command));
    if (asked.command.verb == staff::Verb::kLock) read_public_answers();
    lock.lock();
  }
}

/// Residents lose nothing by not seeing them.
void Clerk::read_public_answers() {
  auto journal = journal::Journal::open_existing(house_.machine.data_dir, house_.device);
  if (!journal && journal.error().fault == core::Fault::kNotFound) return;
  auto answers =
      journal ? journal::Review(*journal).public_answers(kPublicAnswers)
              : core::Result<std::vector<journal::PublicAnswer>>(core::Failure(journal.error()));
  if (!answers) {
    spdlog::warn("what was done about residents' words is not shown: {}", answers.error().message);
    return;
  }
  std::vector<std::string> texts;
  texts.reserve(answers->size());
  for (journal::PublicAnswer& answer : *answers) texts.push_back(std::move(answer.text));
  callbacks_.publish(std::move(texts));
}

}  // namespace hailong::kiosk
