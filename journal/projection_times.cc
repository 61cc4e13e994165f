#include <map>

#include "core/clock_repair.h"
#include "journal/known_time.h"
#include "journal/projection.h"

/// When things were recorded, once the true time of their boot is known.

namespace hailong::journal {
namespace {

constexpr std::int64_t kOfOneFive = 5;

const char* word_of(core::TimeSource by) {
  return by == core::TimeSource::kNtp ? "ntp" : "district";
}

/// A rating or feedback that waited for its time.
struct Found {
  core::Seq seq = 0;
  std::int64_t nth = 0;  // of a rating
  std::int64_t at_ms = 0;
};

/// Whether a synchronised clock says nothing against the district, whose word counts more.
bool agrees(const core::BootTime& time, const core::Stamp& stamp) {
  if (time.by != core::TimeSource::kDistrict) return true;
  const core::EventTime at = known_time(time, stamp.mono_ms);
  return stamp.wall_ms + core::kSyncedErrorMs >= at.earliest_ms &&
         stamp.wall_ms - core::kSyncedErrorMs <= at.latest_ms;
}

std::vector<Found> found_in(SQLite::Statement& waiting, const core::BootTime& time) {
  std::vector<Found> found;
  waiting.bind(1, time.boot);
  while (waiting.executeStep()) {
    if (const auto at_ms = true_time(time, waiting.getColumn(1).getInt64())) {
      found.push_back({waiting.getColumn(0).getInt64(), waiting.getColumn(2).getInt64(), *at_ms});
    }
  }
  return found;
}

}  // namespace

core::EventTime known_time(const core::BootTime& time, std::int64_t mono_ms) {
  core::BootClock clock;
  clock.learn(time);
  const std::int64_t earliest_ms = clock.earliest(mono_ms);
  const std::int64_t latest_ms = clock.latest(mono_ms);
  return {earliest_ms + (latest_ms - earliest_ms) / 2, earliest_ms, latest_ms, earliest_ms,
          latest_ms};
}

std::optional<std::int64_t> true_time(const core::BootTime& time, std::int64_t mono_ms) {
  const core::EventTime at = known_time(time, mono_ms);
  return at.error_ms() <= core::kSureWithinMs ? std::optional(at.best_ms) : std::nullopt;
}

std::optional<std::int64_t> true_time(SQLite::Database& database, const core::Stamp& stamp) {
  const bool is_synced = stamp.clock == core::ClockState::kSynced;
  if (!core::is_sane(stamp)) return is_synced ? std::optional(stamp.wall_ms) : std::nullopt;
  const auto time = find_boot_time(database, stamp.boot_id);
  if (is_synced && (!time || agrees(*time, stamp))) return stamp.wall_ms;
  return time ? true_time(*time, stamp.mono_ms) : std::nullopt;
}

std::optional<core::BootTime> find_boot_time(SQLite::Database& database, const std::string& boot) {
  SQLite::Statement query(
      database, "SELECT began_ms, error_ms, learnt_ms, by FROM boot_time WHERE boot_id = ?");
  query.bind(1, boot);
  if (!query.executeStep()) return std::nullopt;
  return core::BootTime{boot, query.getColumn(0).getInt64(), query.getColumn(1).getInt64(),
                        query.getColumn(2).getInt64(),
                        query.getColumn(3).getString() == word_of(core::TimeSource::kDistrict)
                            ? core::TimeSource::kDistrict
                            : core::TimeSource::kNtp};
}

Projection::Recorded Projection::recorded(const core::Stamp& stamp) {
  const auto at_ms = true_time(database_, stamp);
  if (!at_ms) return {stamp.wall_ms, "unsynced", true};
  const bool is_own = stamp.clock == core::ClockState::kSynced && *at_ms == stamp.wall_ms;
  return {*at_ms, is_own ? "synced" : "repaired", false};
}

void Projection::bind_waiting(SQLite::Statement& statement, int index, const Recorded& recorded,
                              const core::Stamp& stamp) {
  if (recorded.waits) {
    statement.bindNoCopy(index, stamp.boot_id);
    statement.bind(index + 1, stamp.mono_ms);
  } else {
    statement.bind(index);
    statement.bind(index + 1);
  }
}

bool Projection::apply(const core::Event& event, const core::BootTime& time) {
  if (time.boot != event.stamp.boot_id || !core::is_sane(time)) return true;
  SQLite::Statement keep(database_, "INSERT OR REPLACE INTO boot_time VALUES (?, ?, ?, ?, ?, ?)");
  keep.bind(1, time.boot);
  keep.bind(2, time.began_ms);
  keep.bind(3, time.error_ms);
  keep.bind(4, time.learnt_ms);
  keep.bind(5, word_of(time.by));
  keep.bind(6, event.seq);
  keep.exec();
  repair_ratings(time);
  repair_feedback(time);
  return true;
}

void Projection::repair_ratings(const core::BootTime& time) {
  SQLite::Statement waiting(database_,
                            "SELECT seq, mono_ms, nth FROM rating WHERE boot_id = ? ORDER BY seq");
  const std::vector<Found> found = found_in(waiting, time);
  const auto five_of = [](const Found& rating) { return (rating.nth - 1) / kOfOneFive; };
  std::map<std::int64_t, int> of_five;
  for (const Found& rating : found) ++of_five[five_of(rating)];
  const std::int64_t seen = (last_nth() - 1) / kOfOneFive;  // fives
  SQLite::Statement repair(database_,
                           "UPDATE rating SET recorded_at_ms = ?2, clock_state = 'repaired',"
                           " boot_id = NULL, mono_ms = NULL,"
                           " five_at_ms = CASE WHEN ?3 THEN recorded_at_ms END WHERE seq = ?1");
  for (const Found& rating : found) contribute(rating.seq, -1);
  for (const Found& rating : found) {
    const bool five_stays = five_of(rating) < seen && of_five[five_of(rating)] < kOfOneFive;
    repair.reset();
    repair.bind(1, rating.seq);
    repair.bind(2, rating.at_ms);
    repair.bind(3, five_stays ? 1 : 0);
    repair.exec();
  }
  for (const Found& rating : found) contribute(rating.seq, 1);
}

void Projection::repair_feedback(const core::BootTime& time) {
  SQLite::Statement waiting(database_, "SELECT seq, mono_ms, 0 FROM feedback WHERE boot_id = ?");
  SQLite::Statement repair(database_,
                           "UPDATE feedback SET recorded_at_ms = ?2, boot_id = NULL,"
                           " mono_ms = NULL WHERE seq = ?1");
  for (const Found& feedback : found_in(waiting, time)) {
    repair.reset();
    repair.bind(1, feedback.seq);
    repair.bind(2, feedback.at_ms);
    repair.exec();
  }
}

}  // namespace hailong::journal
