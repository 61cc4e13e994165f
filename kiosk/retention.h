#pragma once

#include <atomic>
#include <filesystem>
#include <optional>
#include <thread>

#include "core/event.h"
#include "core/ids.h"
#include "journal/journal.h"
#include "wire/signing.h"

namespace hailong::kiosk {

struct RetentionRules {
  int keep_days = 90;                       // after the district confirmed an event
  std::optional<wire::PublicKey> district;  // nothing: nothing is compacted away
};

/// Compacts the journal beside everything else (journal::Journal::compact()), on a thread with a
/// journal of its own, since it may take minutes; and removes what was set aside long ago
/// (journal/set_aside_removal.h).
class Retention {
 public:
  Retention(std::filesystem::path data_dir, core::DeviceId device);
  Retention(const Retention&) = delete;
  Retention& operator=(const Retention&) = delete;
  /// As stop().
  ~Retention();

  /// Returns at once; does nothing while it is still at it. One thread at a time.
  void begin(const core::Stamp& now, const RetentionRules& rules);

  /// It has ended then; what is not done yet is done the next time. The thread of begin().
  void stop();

 private:
  void run(const core::Stamp& now, const RetentionRules& rules);
  void compact(journal::Journal& journal, const core::Stamp& now, const RetentionRules& rules);
  void remove_set_aside(journal::Journal& journal, const core::Stamp& now,
                        const wire::PublicKey& district);

  const std::filesystem::path data_dir_;
  const core::DeviceId device_;
  std::atomic<bool> busy_ = false;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace hailong::kiosk
