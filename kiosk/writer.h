#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <variant>
#include <vector>

#include "core/event.h"
#include "core/ids.h"
#include "core/result.h"
#include "journal/journal.h"
#include "journal/stamp.h"
#include "kiosk/machine/local_faults.h"
#include "kiosk/retention.h"

namespace hailong::kiosk {

/// What the window asks to be recorded. Everything but a rating names the rating it belongs to.
struct NewRating {
  core::Rating rating;  // its flags are added to, not replaced
  journal::Beside beside;
};
struct NewWords {
  core::Seq rating = 0;
  std::string text;
};
struct NewContact {
  core::Consent consent;
  std::string contact;
};
struct NewDossier {
  core::Seq rating = 0;
  journal::DossierRef dossier;
};

/// Why `now` is doubtful, as flags; `past` is oldest first. Called on the writer's thread.
using Doubts = std::function<std::vector<std::string>(std::span<const journal::RecentRating> past,
                                                      const journal::RecentRating& now)>;

/// Fills in what only files tell of a scanned dossier. Called on the writer's thread.
using CompleteDossier = std::function<core::Result<void>(journal::DossierRef&)>;

struct WriterRules {
  Doubts doubts;               // null: no rating is doubtful
  CompleteDossier complete;    // null: dossiers are complete
  int contact_keep_days = 90;  // contact data that are older are erased
  RetentionRules retention;
  std::chrono::milliseconds erase_every = std::chrono::hours{24};
  std::chrono::milliseconds retry_every = std::chrono::minutes{1};  // while nothing can be recorded
  std::function<core::Stamp()> now = journal::stamp_now;
  core::Seq first = 1;  // number that a new journal begins with
};

/// The thread that owns the journal, so that the window never waits for a disk.
///
/// It opens the journal by itself at the start, takes what is to be appended in order, and reports
/// each outcome when the event is durable or the tries are used up. A failed try is repeated with
/// the journal opened anew; the journal knows what it holds already, so nothing is doubled. While
/// nothing can be recorded, because the disk is full or read-only or something worse, it tries by
/// itself once a minute whether that has passed, and with every answer.
///
/// A journal that is damaged, found so twice in a row or reported by a reader, is set aside and
/// followed by a new one (journal/salvage.h).
///
/// It also knows the last ratings, of this start and of those before, by which it flags a doubtful
/// one just before it is appended; and when it has nothing else to do, after opening the journal
/// and then once a day, it erases old contact data and has what the district holds compacted away.
/// While nobody knows the true time nothing can be told to be old (see Journal::true_time), so it
/// looks again every few minutes then: a kiosk that is switched off every evening begins each day
/// with such a clock. Once the clock is synced, what was recorded before in this boot gets its
/// true time (Journal::learn_time).
class Writer {
 public:
  struct Job {
    core::Stamp stamp;  // of the tap, not of the append
    std::variant<NewRating, core::Correction, core::Answers, NewWords, NewContact, NewDossier> body;
    std::uint64_t ticket = 0;  // whatever the caller knows the job by
  };

  struct Outcome {
    std::uint64_t ticket = 0;
    core::Result<core::Seq> seq;  // number of the event on the disk
  };

  /// Called on the writer's thread, once for each job.
  using Done = std::function<void(Outcome)>;

  Writer(std::filesystem::path data_dir, core::DeviceId device, Done done, WriterRules rules = {});
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  /// As stop().
  ~Writer();

  /// Any thread; returns at once.
  void append(Job job);

  /// Any thread: goes by other rules from the next job on.
  void change_rules(WriterRules rules);

  /// Any thread; nothing while answers are recorded.
  [[nodiscard]] std::optional<machine::RecordingTrouble> trouble() const;

  /// Appends what is queued, each with one try more at most, and ends the thread.
  void stop();

 private:
  using Clock = std::chrono::steady_clock;
  using Added = core::Result<journal::Appended>;

  void run();
  std::optional<Job> next();
  core::Result<core::Seq> append_with_patience(const Job& job);
  core::Result<core::Seq> try_append(const Job& job);
  Added add(const core::Stamp& stamp, const NewRating& job);
  Added add(const core::Stamp& stamp, const core::Correction& correction);
  Added add(const core::Stamp& stamp, const core::Answers& answers);
  Added add(const core::Stamp& stamp, const NewWords& job);
  Added add(const core::Stamp& stamp, const NewContact& job);
  Added add(const core::Stamp& stamp, const NewDossier& job);
  void flag(core::Rating& rating, const core::Stamp& stamp) const;
  void remember(const journal::RecentRating& rating);
  void tidy_up();
  bool note_time(const core::Stamp& now);
  bool erase_old_contacts(const core::Stamp& now, std::int64_t true_ms);
  /// Logs what failed. False when the journal has to be opened anew.
  static bool may_go_on(std::string_view what, const core::Error& error);
  [[nodiscard]] Clock::time_point next_look() const;
  void look_after_journal();
  core::Result<void> try_to_write();
  void note_outcome(const core::Result<void>& outcome);
  void mend();
  core::Result<void> open();
  core::Result<void> open_once();
  /// False when stop() cut the pause short.
  bool pause(std::chrono::milliseconds time);

  const std::filesystem::path data_dir_;
  const core::DeviceId device_;
  const Done done_;

  // The thread's own.
  WriterRules rules_;
  std::optional<journal::Journal> journal_;    // nothing while it cannot be opened
  std::vector<journal::RecentRating> recent_;  // oldest first
  Clock::time_point tidy_due_;
  Retention retention_;

  mutable std::mutex mutex_;  // guards jobs_, stopping_, new_rules_ and trouble_
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::optional<WriterRules> new_rules_;
  std::optional<machine::RecordingTrouble> trouble_;

  std::thread thread_;
};

}  // namespace hailong::kiosk
