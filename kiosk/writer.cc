#include "kiosk/writer.h"

#include <signal.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/clock_repair.h"
#include "journal/salvage.h"
#include "journal/set_aside.h"

namespace hailong::kiosk {
namespace {

using core::Fault;
using std::chrono::milliseconds;

constexpr std::array kPauses = {milliseconds(0), milliseconds(300), milliseconds(1000)};
constexpr std::size_t kRemembered = 32;  // ratings; more than any rule of doubt looks back
constexpr milliseconds kDamagePause = std::chrono::minutes{10};  // between looks for a report
constexpr int kDamageProofs = 2;                                 // in a row: once may be a bad read
constexpr milliseconds kUnsurePause = std::chrono::minutes{10};
constexpr std::int64_t kDayMs = 86'400'000;

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

Writer::Writer(std::filesystem::path data_dir, core::DeviceId device, Done done, WriterRules rules)
    : data_dir_(std::move(data_dir)),
      device_(std::move(device)),
      done_(std::move(done)),
      rules_(std::move(rules)),
      retention_(data_dir_, device_) {
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

void Writer::change_rules(WriterRules rules) {
  const std::lock_guard lock(mutex_);
  new_rules_ = std::move(rules);
}

void Writer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

std::optional<machine::RecordingTrouble> Writer::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

void Writer::run() {
  const auto opened = open();
  if (!opened) log_failure("the journal cannot be opened; it is tried again", opened.error());
  note_outcome(opened);
  while (const auto job = next()) {
    auto outcome = append_with_patience(*job);
    if (outcome) {
      note_outcome({});
    } else {
      log_failure("an answer was not recorded", outcome.error());
      if (outcome.error().fault != Fault::kInvalid) note_outcome(core::Failure(outcome.error()));
    }
    done_({job->ticket, std::move(outcome)});
  }
  retention_.stop();
  journal_.reset();
}

/// Staff are told since when it lasts.
void Writer::note_outcome(const core::Result<void>& outcome) {
  const core::Stamp now = rules_.now();
  const std::lock_guard lock(mutex_);
  if (outcome && trouble_) spdlog::info("answers are recorded again");
  if (outcome) {
    trouble_.reset();
  } else {
    trouble_ = machine::RecordingTrouble{outcome.error(), trouble_ ? trouble_->since : now};
  }
}

std::optional<Writer::Job> Writer::next() {
  std::unique_lock lock(mutex_);
  const auto wanted = [this] { return stopping_ || !jobs_.empty(); };
  while (!changed_.wait_until(lock, next_look(), wanted)) {
    lock.unlock();
    look_after_journal();
    lock.lock();
  }
  if (jobs_.empty()) return std::nullopt;
  if (new_rules_) rules_ = *std::exchange(new_rules_, std::nullopt);
  Job job = std::move(jobs_.front());
  jobs_.pop_front();
  return job;
}

/// Behind mutex_.
Writer::Clock::time_point Writer::next_look() const {
  const Clock::time_point now = Clock::now();
  if (trouble_) return now + rules_.retry_every;
  return journal_ ? std::min(tidy_due_, now + kDamagePause) : now + kDamagePause;
}

void Writer::look_after_journal() {
  if (trouble()) return note_outcome(try_to_write());
  if (journal::is_damage_reported(data_dir_)) {
    mend();
    note_outcome(open());
  }
  if (journal_ && Clock::now() >= tidy_due_) tidy_up();
}

core::Result<void> Writer::try_to_write() {
  if (!journal_) {
    if (auto opened = open(); !opened) return opened;
  }
  auto tried = journal_->try_to_write();
  if (!tried && needs_reopening(tried.error().fault)) journal_.reset();
  return tried;
}

/// Sets the journal aside if it is damaged indeed.
void Writer::mend() {
  journal_.reset();
  retention_.stop();
  const auto salvaged = journal::salvage(data_dir_, device_, rules_.now(), rules_.first);
  if (!salvaged) {
    log_failure("the damaged journal cannot be set aside", salvaged.error());
  } else if (*salvaged) {
    spdlog::error(
        "the journal was damaged ({}) and is set aside as epoch {}: it verifies up to"
        " event {}; a new one begins",
        (*salvaged)->why, (*salvaged)->epoch.value, (*salvaged)->last);
  } else {
    spdlog::info("the journal was looked through: it is whole");
  }
}

core::Result<core::Seq> Writer::append_with_patience(const Job& job) {
  auto outcome = core::Result<core::Seq>(core::fail(Fault::kIo, "not tried"));
  int damaged = 0;
  for (const milliseconds time : kPauses) {
    const bool go_on = pause(time);
    outcome = try_append(job);
    if (outcome || outcome.error().fault == Fault::kInvalid || !go_on) return outcome;
    if (needs_reopening(outcome.error().fault)) journal_.reset();
    if (outcome.error().fault == Fault::kCorrupt && ++damaged == kDamageProofs) mend();
  }
  return outcome;
}

core::Result<core::Seq> Writer::try_append(const Job& job) {
  if (!journal_) {
    if (const auto opened = open(); !opened) return core::Failure(opened.error());
  }
  const auto place = std::visit([&](const auto& body) { return add(job.stamp, body); }, job.body);
  if (!place) return core::Failure(place.error());
  return place->seq;
}

Writer::Added Writer::add(const core::Stamp& stamp, const NewRating& job) {
  core::Rating rating = job.rating;
  flag(rating, stamp);
  journal::Beside beside = job.beside;
  if (beside.dossier && rules_.complete) {
    if (const auto completed = rules_.complete(*beside.dossier); !completed) {
      log_failure("a rating is recorded without its dossier", completed.error());
      beside.dossier.reset();
    }
  }
  auto place = journal_->append(stamp, rating, beside);
  if (place) remember({rating.score, stamp, place->seq});
  return place;
}

Writer::Added Writer::add(const core::Stamp& stamp, const core::Correction& correction) {
  return journal_->append(stamp, correction);
}

Writer::Added Writer::add(const core::Stamp& stamp, const core::Answers& answers) {
  return journal_->append(stamp, answers);
}

Writer::Added Writer::add(const core::Stamp& stamp, const NewWords& job) {
  return journal_->append_feedback(stamp, job.rating, core::FeedbackKind::kWords, job.text);
}

Writer::Added Writer::add(const core::Stamp& stamp, const NewContact& job) {
  return journal_->append_contact(stamp, job.consent, job.contact);
}

Writer::Added Writer::add(const core::Stamp& stamp, const NewDossier& job) {
  journal::DossierRef dossier = job.dossier;
  if (rules_.complete) {
    if (const auto completed = rules_.complete(dossier); !completed) {
      return core::Failure(completed.error());
    }
  }
  return journal_->append_dossier(stamp, job.rating, dossier);
}

void Writer::flag(core::Rating& rating, const core::Stamp& stamp) const {
  if (!rules_.doubts) return;
  auto& flags = rating.flags;
  for (std::string& doubt : rules_.doubts(recent_, {rating.score, stamp})) {
    if (std::find(flags.begin(), flags.end(), doubt) == flags.end()) {
      flags.push_back(std::move(doubt));
    }
  }
}

/// A visit that was repeated is known already.
void Writer::remember(const journal::RecentRating& rating) {
  if (!recent_.empty() && rating.seq <= recent_.back().seq) return;
  if (recent_.size() == kRemembered) recent_.erase(recent_.begin());
  recent_.push_back(rating);
}

void Writer::tidy_up() {
  const core::Stamp now = rules_.now();
  tidy_due_ = Clock::now() + std::min(rules_.erase_every, kUnsurePause);
  if (const auto noted = journal_->bound_numbers(); !noted) {
    log_failure("how far the numbers come was not noted; it is tried again", noted.error());
  }
  if (!note_time(now)) return journal_.reset();
  const auto true_ms = journal_->true_time(now);
  if (!true_ms && !may_go_on("the time of this boot cannot be read", true_ms.error())) {
    return journal_.reset();
  }
  if (!true_ms || !*true_ms) return;
  tidy_due_ = Clock::now() + rules_.erase_every;
  if (!erase_old_contacts(now, **true_ms)) return journal_.reset();
  retention_.begin(now, rules_.retention);
}

bool Writer::note_time(const core::Stamp& now) {
  if (now.clock != core::ClockState::kSynced) return true;
  const auto learnt =
      journal_->learn_time(now, now.wall_ms, core::kSyncedErrorMs, core::TimeSource::kNtp);
  if (!learnt) return may_go_on("the true time of this boot was not noted", learnt.error());
  if (*learnt) spdlog::info("corrected what was recorded before the clock was set");
  return true;
}

bool Writer::erase_old_contacts(const core::Stamp& now, std::int64_t true_ms) {
  const std::int64_t before = true_ms - rules_.contact_keep_days * kDayMs;
  const auto erased = journal_->erase_contacts_before(now, before, "retention");
  if (!erased) return may_go_on("old contact data were not erased", erased.error());
  if (*erased > 0) spdlog::info("erased old contact data: {}", *erased);
  return true;
}

bool Writer::may_go_on(std::string_view what, const core::Error& error) {
  log_failure(what, error);
  return !needs_reopening(error.fault);
}

core::Result<void> Writer::open() {
  if (journal::is_damage_reported(data_dir_)) mend();
  auto opened = open_once();
  for (int damaged = 1; !opened && opened.error().fault == Fault::kCorrupt; ++damaged) {
    if (damaged > kDamageProofs) break;
    if (damaged == kDamageProofs) mend();
    opened = open_once();
  }
  return opened;
}

core::Result<void> Writer::open_once() {
  auto opened = journal::Journal::open(data_dir_, device_, rules_.first);
  if (!opened) return core::Failure(opened.error());
  journal_.emplace(std::move(*opened));
  if (auto recent = journal_->recent_ratings(kRemembered)) {
    recent_ = std::move(*recent);
  } else {  // no reason not to take the next one
    log_failure("the last ratings cannot be read, so doubts may be missed", recent.error());
    recent_.clear();
  }
  tidy_due_ = Clock::now();
  return {};
}

bool Writer::pause(milliseconds time) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, time, [this] { return stopping_; });
}

}  // namespace hailong::kiosk
