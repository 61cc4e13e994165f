#include "journal/known_time.h"
#include "journal/store.h"

/// What a boot's true time was, as somebody told it.

namespace hailong::journal {
namespace {

using core::Fault;

/// A new word on the time of a boot is kept when the last one is this much worse, at least.
constexpr std::int64_t kClearlyWorseMs = 60'000;

/// Whether anything of the boot waits for its time.
bool something_waits(SQLite::Database& database, const std::string& boot) {
  SQLite::Statement query(database,
                          "SELECT EXISTS (SELECT 1 FROM rating WHERE boot_id = ?1)"
                          " OR EXISTS (SELECT 1 FROM feedback WHERE boot_id = ?1)");
  query.bind(1, boot);
  query.executeStep();
  return query.getColumn(0).getInt() != 0;
}

/// Whether `time` tells more than what is known, or contradicts it. Nobody stands above the
/// district, which goes by what it told a boot first.
bool adds_to(const core::BootTime& known, const core::BootTime& time) {
  if (known.by != time.by) return time.by == core::TimeSource::kDistrict;
  const core::EventTime old = known_time(known, time.learnt_ms);
  if (old.error_ms() > 2 * time.error_ms + kClearlyWorseMs) return true;
  if (time.by == core::TimeSource::kDistrict) return false;
  const std::int64_t at_ms = time.began_ms + time.learnt_ms;
  return at_ms + time.error_ms < old.earliest_ms || at_ms - time.error_ms > old.latest_ms;
}

}  // namespace

core::Result<std::optional<std::int64_t>> Journal::true_time(const core::Stamp& now) {
  using Time = std::optional<std::int64_t>;
  return sqlite::fenced("reading the time", [&]() -> core::Result<Time> {
    return journal::true_time(*store_->database, now);
  });
}

core::Result<std::optional<Appended>> Journal::learn_time(const core::Stamp& now,
                                                          std::int64_t true_ms,
                                                          std::int64_t error_ms,
                                                          core::TimeSource by) {
  using Learnt = std::optional<Appended>;
  core::BootTime time{now.boot_id, 0, error_ms, now.mono_ms, by};
  if (__builtin_sub_overflow(true_ms, now.mono_ms, &time.began_ms) || !core::is_sane(time)) {
    return core::fail(Fault::kInvalid,
                      "the time that was learnt is none: set the clock of who told");
  }
  return store_->in_transaction("noting the time", [&]() -> core::Result<Learnt> {
    SQLite::Database& database = *store_->database;
    const bool is_plain = by == core::TimeSource::kNtp && now.clock == core::ClockState::kSynced;
    if (is_plain && !something_waits(database, now.boot_id)) return Learnt();
    const auto known = find_boot_time(database, now.boot_id);
    if (known && !adds_to(*known, time)) return Learnt();
    const auto place = store_->add(now, time);
    if (!place) return core::Failure(place.error());
    return Learnt(*place);
  });
}

}  // namespace hailong::journal
