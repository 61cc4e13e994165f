#include "kiosk/retention.h"

#include <signal.h>
#include <spdlog/spdlog.h>

#include <utility>

#include "journal/set_aside_removal.h"

namespace hailong::kiosk {

Retention::Retention(std::filesystem::path data_dir, core::DeviceId device)
    : data_dir_(std::move(data_dir)), device_(std::move(device)) {}

Retention::~Retention() { stop(); }

void Retention::begin(const core::Stamp& now, const RetentionRules& rules) {
  if (!rules.district || busy_) return;
  if (thread_.joinable()) thread_.join();
  busy_ = true;
  // Signals are for the thread that waits for events.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this, now, rules] {
    run(now, rules);
    busy_ = false;
  });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void Retention::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  stopping_ = false;
}

void Retention::run(const core::Stamp& now, const RetentionRules& rules) {
  auto journal = journal::Journal::open_existing(data_dir_, device_);
  if (!journal) return;  // whoever appends says so
  compact(*journal, now, rules);
  if (!stopping_) remove_set_aside(*journal, now, *rules.district);
}

void Retention::compact(journal::Journal& journal, const core::Stamp& now,
                        const RetentionRules& rules) {
  const auto gone =
      journal.compact(now, rules.keep_days, *rules.district, [this] { return !stopping_; });
  if (!gone) {
    spdlog::error("the journal was not compacted, so it grows: {}", gone.error().message);
  } else if (*gone > 0) {
    spdlog::info("compacted away events that the district holds: {}", *gone);
  }
}

void Retention::remove_set_aside(journal::Journal& journal, const core::Stamp& now,
                                 const wire::PublicKey& district) {
  const auto now_ms = journal.true_time(now);
  if (!now_ms || !*now_ms) return;  // whoever asked for it knew the time
  const auto removed = journal::remove_delivered_journals(data_dir_, **now_ms, district);
  if (!removed) {
    spdlog::error("what was set aside is not removed yet: {}", removed.error().message);
  } else if (*removed > 0) {
    spdlog::info("removed journals that were set aside and delivered: {}", *removed);
  }
}

}  // namespace hailong::kiosk
