#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>

#include "core/result.h"
#include "sync/bundle_fetch.h"
#include "sync/delivery.h"
#include "sync/diary.h"
#include "sync/heartbeat.h"
#include "sync/outlook.h"
#include "sync/pulse.h"
#include "sync/settings.h"
#include "sync/step.h"
#include "sync/transport.h"
#include "sync/waiting.h"

namespace hailong::sync {

/// Even in [0, 1).
using Chance = std::function<double()>;

/// What one run of --once came to.
struct Drained {
  std::int64_t sent = 0;    // events of batches that were receipted
  std::int64_t unsent = 0;  // events without a receipt, or that the district asked for again
};

/// The daemon: sends what the journal holds beyond the newest receipt, batch after batch, once
/// enough has gathered or its oldest event is old enough; tells the district now and then that the
/// kiosk lives; sends what is left in journals that were damaged and set aside when nothing else
/// waits; and sleeps until there is something to do or the journal changes. One thread; all
/// waiting is in `waiting`.
class Loop {
 public:
  /// All arguments must outlive the loop. `say`: hears how things stand whenever that changes, for
  /// the first time when the journals have this program's form.
  Loop(const Settings& settings, Transport& transport, Waiting& waiting, Chance chance,
       Saying say = {});

  /// Until stopped. Outlives every trouble: a missing journal, a wrong key, a full disk, no
  /// network.
  void run();

  /// One heartbeat, answered or not; then sends what can be sent now: gives up at the first
  /// refusal, at a wait of more than 2 s, or after three waits in a row. Errors: the journal's,
  /// when it cannot be used.
  core::Result<Drained> run_once();

 private:
  /// A journal that was set aside.
  struct Aside {
    std::optional<Position> position;         // nothing: behind its newest receipt
    std::chrono::milliseconds not_before{0};  // its next turn, by the boot's clock
  };
  /// Sends one batch; nothing when none is left.
  using Sending = std::function<core::Result<std::optional<Step>>()>;

  core::Result<void> open();
  void upgrade_what_is_aside();
  core::Result<Position> begin(Source& source);
  core::Result<void> ask_anew();
  core::Result<bool> is_drained();
  core::Result<std::chrono::milliseconds> until_due();
  core::Result<std::chrono::milliseconds> until_words();
  [[nodiscard]] bool may_send_words(const core::Stamp& oldest) const;
  Step send(bool all_words);
  void note(const Step& next, const Delivery& delivery, std::int64_t unsent);
  void beat();
  core::Result<void> follow(const Heard& heard);
  bool send_aside();
  core::Result<std::optional<Step>> send_aside(const std::filesystem::path& folder, bool all_words);
  [[nodiscard]] std::chrono::milliseconds until_aside() const;
  core::Result<bool> drain(const Sending& send_one);
  core::Result<std::int64_t> unsent_aside();
  core::Result<std::int64_t> unsent();
  void sleep_until_change(std::chrono::milliseconds most);
  void close(const core::Error& error);
  void say_outlook();
  [[nodiscard]] std::chrono::milliseconds boot_time() const;

  const Settings& settings_;
  Transport& transport_;
  Waiting& waiting_;
  Chance chance_;
  Saying say_;
  std::optional<Source> source_;
  Position position_;
  Pulse pulse_;
  BundleState bundle_;
  std::string refused_bundle_;  // id of one that was fetched and not taken
  std::string fault_;           // what is wrong on this kiosk, for the heartbeat; empty: nothing
  bool look_again_ = false;     // soon: what changed is not seen yet
  std::map<std::filesystem::path, Aside> aside_;
  std::int64_t sent_ = 0;  // events of batches that were receipted
  Diary diary_;
  Outlook outlook_;
};

}  // namespace hailong::sync
