#include "kiosk/clerk.h"

#include <signal.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <utility>

namespace hailong::kiosk {
namespace {

constexpr int kPublicAnswers = 12;  // that the first screen shows in turn

}  // namespace

/// Where the clerk works.
struct Clerk::Office {
  Office(staff::House moved_to, staff::Outside outside)
      : house(std::move(moved_to)), session(house, std::move(outside)) {}

  const staff::House house;
  staff::Session session;
};

Clerk::Clerk(staff::House house, Callbacks callbacks)
    : callbacks_(std::move(callbacks)), next_house_(std::move(house)) {
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

void Clerk::move_to(staff::House house) {
  {
    const std::lock_guard lock(mutex_);
    next_house_ = std::move(house);
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
            return stopping_ || next_house_ || !asked_.empty();
          },
          callbacks_.play_test_sound};
}

void Clerk::run() {
  std::unique_ptr<Office> office;  // goes after the lock: signing out takes its time
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || next_house_ || !asked_.empty(); });
    if (stopping_) return;
    if (next_house_) {
      staff::House house = *std::exchange(next_house_, std::nullopt);
      lock.unlock();
      office.reset();
      office = std::make_unique<Office>(std::move(house), outside());
      read_public_answers(office->house);
    } else {
      const Asked asked = std::move(asked_.front());
      asked_.pop_front();
      lock.unlock();
      serve(*office, asked);
    }
    lock.lock();
  }
}

void Clerk::serve(Office& office, const Asked& asked) {
  ticket_ = asked.ticket;
  callbacks_.tell(asked.ticket, office.session.handle(asked.command));
  if (asked.command.verb == staff::Verb::kLock) read_public_answers(office.house);
}

/// Residents lose nothing by not seeing them.
void Clerk::read_public_answers(const staff::House& house) {
  auto journal = journal::Journal::open_existing(house.machine.data_dir, house.device);
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
