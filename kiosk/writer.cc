#include "kiosk/writer.h"

#include <signal.h>
#include <spdlog/spdlog.h>

#include <array>
#include <string_view>
#include <utility>

#include "journal/journal.h"

namespace hailong::kiosk {
namespace {

using core::Fault;
using std::chrono::milliseconds;

constexpr std::array kPauses = {milliseconds(0), milliseconds(300), milliseconds(1000)};

/// What staff can do about it.
std::string_view advice(Fault fault) {
  switch (fault) {
    case Fault::kFull:
      return "the disk is full: free some space";
    case Fault::kBusy:
      return "another program holds the journal: stop it";
    case Fault::kCorrupt:
      return "the journal is damaged: keep the card and call support";
    case Fault::kInvalid:
      return "mend the configuration";
    default:
      return "check the card and the permissions of data_dir";
  }
}

void log_failure(std::string_view what, const core::Error& error) {
  spdlog::error("{}: {}; {}", what, error.message, advice(error.fault));
}

/// After these the state of the last commit is unknown until the journal is read again.
bool needs_reopening(Fault fault) {
  return fault == Fault::kIo || fault == Fault::kFull || fault == Fault::kCorrupt;
}

}  // namespace

Writer::Writer(std::filesystem::path data_dir, core::DeviceId device, Done done)
    : data_dir_(std::move(data_dir)), device_(std::move(device)), done_(std::move(done)) {
  // Signals are for the thread that waits for events: it is the one to be woken.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Writer::~Writer() { stop(); }

void Writer::append(Job job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  changed_.notify_one();
}

void Writer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Writer::run() {
  if (const auto opened = open(); !opened) {
    log_failure("the journal cannot be opened; the next answer tries again", opened.error());
  }
  while (const auto job = next()) {
    auto outcome = append_with_patience(*job);
    if (!outcome) log_failure("an answer was not recorded", outcome.error());
    done_(std::move(outcome));
  }
  journal_.reset();
}

std::optional<Writer::Job> Writer::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
  if (jobs_.empty()) return std::nullopt;
  Job job = std::move(jobs_.front());
  jobs_.pop_front();
  return job;
}

core::Result<core::Seq> Writer::append_with_patience(const Job& job) {
  auto outcome = core::Result<core::Seq>(core::fail(Fault::kIo, "not tried"));
  for (const milliseconds time : kPauses) {
    const bool go_on = pause(time);
    outcome = try_append(job);
    if (outcome || outcome.error().fault == Fault::kInvalid || !go_on) return outcome;
    if (needs_reopening(outcome.error().fault)) journal_.reset();
  }
  return outcome;
}

core::Result<core::Seq> Writer::try_append(const Job& job) {
  if (!journal_) {
    if (const auto opened = open(); !opened) return core::Failure(opened.error());
  }
  const auto place =
      std::visit([&](const auto& body) { return journal_->append(job.stamp, body); }, job.body);
  if (!place) return core::Failure(place.error());
  return place->seq;
}

core::Result<void> Writer::open() {
  auto opened = journal::Journal::open(data_dir_, device_);
  if (!opened) return core::Failure(opened.error());
  journal_ = std::make_unique<journal::Journal>(std::move(*opened));
  return {};
}

bool Writer::pause(milliseconds time) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, time, [this] { return stopping_; });
}

}  // namespace hailong::kiosk
