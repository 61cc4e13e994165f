#include "district/ingest/projection.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <sstream>

namespace hailong::district::ingest {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kMostFlags = 8;
constexpr std::int64_t kLastMoment = 253'402'275'599'999;  // end of 9999-12-31 in Vietnam

/// The reason that the district itself gives; no kiosk may claim it.
const std::string kSuperseded = "superseded";

/// Why a rating cannot be counted; empty when it can.
std::string_view fault_of(const core::Stamp& stamp, const core::Rating& rating) {
  if (!is_moment(stamp.wall_ms)) return "time out of range";
  if (!is_name(rating.counter.value) || !is_name(rating.field.value)) return "odd name";
  const bool plain = rating.flags.size() <= kMostFlags &&
                     std::all_of(rating.flags.begin(), rating.flags.end(), is_flag);
  return plain ? "" : "odd flags";
}

std::int64_t local_day(std::int64_t wall_ms) {
  using std::chrono::days;
  using std::chrono::milliseconds;
  return std::chrono::floor<days>(milliseconds{wall_ms} + core::kVietnamOffset).count();
}

/// A flag named twice is still one reason.
std::string joined(const std::vector<std::string>& flags) {
  std::string text;
  for (const std::string& flag : std::set<std::string>(flags.begin(), flags.end())) {
    text.append(text.empty() ? "" : " ").append(flag);
  }
  return text;
}

std::size_t index_of(int score) { return static_cast<std::size_t>(score - 1); }

}  // namespace

bool is_name(std::string_view text) {
  return text.size() <= kLongestName && std::none_of(text.begin(), text.end(), [](unsigned char c) {
           return c < ' ' || c == 127;
         });
}

bool is_moment(std::int64_t wall_ms) { return wall_ms >= 0 && wall_ms <= kLastMoment; }

int local_hour(std::int64_t at_ms) {
  using std::chrono::milliseconds;
  const auto since = milliseconds{at_ms} + core::kVietnamOffset;
  return static_cast<int>(
      std::chrono::floor<std::chrono::hours>(since - std::chrono::floor<std::chrono::days>(since))
          .count());
}

bool is_flag(const std::string& flag) { return core::is_plain_name(flag) && flag != kSuperseded; }

std::string unit_id_on(const core::UnitRegister& units,
                       const std::vector<storage::DevicePlace>& places, core::LocalDate day) {
  auto place = std::find_if(places.rbegin(), places.rend(),
                            [&](const storage::DevicePlace& each) { return each.from <= day; });
  const bool had_come = place != places.rend();
  if (!had_come) --place;  // the first place holds for earlier days, too
  const core::Unit* unit = had_come ? units.find(place->unit, place->from) : nullptr;
  unit = unit == nullptr ? units.find(place->unit, day) : &units.successor(*unit, day);
  return unit == nullptr || !unit->is_valid_on(day) ? "?" + place->unit.value : unit->id();
}

Projection::Projection(storage::Ledger::Transaction& ledger, const core::UnitRegister& units,
                       std::int64_t stream, const std::vector<storage::DevicePlace>& places)
    : ledger_(ledger), units_(units), stream_(stream), places_(places) {}

void Projection::apply(const core::Event& event, const When& when,
                       const storage::CaseRules& rules) {
  if (const auto* rating = std::get_if<core::Rating>(&event.body)) {
    count(event, *rating, when);
  } else if (const auto* correction = std::get_if<core::Correction>(&event.body)) {
    correct(event.seq, *correction);
  } else if (const auto* answers = std::get_if<core::Answers>(&event.body)) {
    take(event, *answers);
  } else if (const auto* dossier = std::get_if<core::Dossier>(&event.body)) {
    take(event, *dossier);
  } else if (const auto* token = std::get_if<core::Token>(&event.body)) {
    take(event, *token);
  } else if (const auto* consent = std::get_if<core::Consent>(&event.body)) {
    take(event, *consent);
  } else if (const auto* feedback = std::get_if<core::Feedback>(&event.body)) {
    take(event, *feedback);
  } else if (const auto* erasure = std::get_if<core::Erasure>(&event.body)) {
    if (!ledger_.erase_content(stream_, erasure->content, event.seq)) {
      quarantine(event.seq, "erases nothing");
    }
  } else if (std::holds_alternative<core::BootTime>(event.body) ||
             std::holds_alternative<core::Salvage>(event.body) ||
             std::holds_alternative<core::Compaction>(event.body)) {
    return;
  } else {
    core::Event timed = event;
    if (is_moment(event.stamp.wall_ms)) timed.stamp.wall_ms = when.told_ms;
    if (!take_staff_event(timed, rules)) quarantine(event.seq, "unknown kind or body");
  }
}

void Projection::count(const core::Event& event, const core::Rating& rating, const When& when) {
  if (const auto fault = ingest::fault_of(event.stamp, rating); !fault.empty()) {
    return quarantine(event.seq, fault);
  }
  storage::StoredRating stored;
  stored.cell = cell_of(when.at_ms, when.day_is_certain, rating.field.value, rating.counter.value);
  stored.score = rating.score.value();
  stored.flags = joined(rating.flags);
  stored.hour = local_hour(when.at_ms);
  stored.at_ms = when.at_ms;
  stored.stamped = when.stamped;
  stored.excluded = is_excluded(stored.cell, stored.flags);
  contribute({stream_, event.seq}, stored, 1);
  ledger_.add_rating({stream_, event.seq}, stored);
}

void Projection::correct(core::Seq seq, const core::Correction& correction) {
  const storage::RatingPlace place{stream_, correction.rating};
  const auto rating = ledger_.rating(place);
  if (!rating) return quarantine(seq, "refers to no rating");
  if (rating->later) return;
  alter(place, *rating,
        [&](storage::StoredRating& changed) { changed.score = correction.score.value(); });
}

bool Projection::reconsider(const storage::RatingPlace& place) {
  const auto rating = ledger_.rating(place);
  const bool excluded = is_excluded(rating->cell, rating->flags);
  if (excluded == rating->excluded) return false;
  alter(place, *rating, [&](storage::StoredRating& changed) { changed.excluded = excluded; });
  return true;
}

bool Projection::is_excluded(std::int64_t cell, const std::string& flags) {
  if (flags.empty()) return false;
  const storage::CellKey& key = key_of(cell);
  const auto [found, is_new] = decisions_.try_emplace(key.unit_id);
  if (is_new) found->second = ledger_.flag_decisions(key.unit_id);
  std::istringstream words(flags);
  for (std::string flag; words >> flag;) {
    const auto last = std::find_if(
        found->second.rbegin(), found->second.rend(), [&](const storage::FlagDecision& decision) {
          return core::to_string(decision.from) <= key.day &&
                 key.day <= core::to_string(decision.to) &&
                 std::find(decision.reasons.begin(), decision.reasons.end(), flag) !=
                     decision.reasons.end();
        });
    if (last != found->second.rend() && last->leaves_out) return true;
  }
  return false;
}

void Projection::contribute(const storage::RatingPlace& place, const storage::StoredRating& rating,
                            int times) {
  note_late(place, key_of(rating.cell));
  storage::CellChange& change = changes_.cells[rating.cell];
  if (rating.superseded) {
    change.left_out += times;
    change.reasons[kSuperseded] += times;
  } else {
    change.by_score[index_of(rating.score)] += times;
    if (rating.later) change.later += times;
    change.hours[rating.hour][index_of(rating.score)] += times;
    if (rating.excluded) change.excluded[index_of(rating.score)] += times;
    if (rating.linked) change.linked += times;
  }
  if (rating.superseded || !rating.flags.empty()) change.flagged += times;
  std::istringstream flags(rating.flags);
  for (std::string flag; flags >> flag;) change.reasons[flag] += times;
}

void Projection::note_late(const storage::RatingPlace& place, const storage::CellKey& key) {
  if (key.day == storage::kUncertainDay || !ledger_.is_late(key.day)) return;
  changes_.late[{key.unit_id, key.day.substr(0, 7)}].emplace(place.stream, place.seq);
}

void Projection::quarantine(core::Seq seq, std::string_view reason) {
  ledger_.quarantine(stream_, seq, reason);
  ++quarantined_;
}

std::int64_t Projection::cell_of(std::int64_t at_ms, bool day_is_certain, const std::string& field,
                                 const std::string& counter) {
  const auto [found, added] =
      cells_.try_emplace(Place{local_day(at_ms), day_is_certain, field, counter});
  if (added) {
    const core::LocalDate day = core::local_date(at_ms);
    const storage::CellKey key{day_is_certain ? core::to_string(day) : storage::kUncertainDay,
                               unit_id_on(units_, places_, day), field, counter};
    found->second = ledger_.cell(key);
    keys_.emplace(found->second, key);
  }
  return found->second;
}

const storage::CellKey& Projection::key_of(std::int64_t cell) {
  const auto found = keys_.find(cell);
  if (found != keys_.end()) return found->second;
  return keys_.emplace(cell, ledger_.cell_key(cell)).first->second;
}

void Projection::finish() {
  ledger_.change(changes_);
  changes_ = {};
  for (const std::string& unit_id : served_units_) ledger_.add_up_served(unit_id);
  served_units_.clear();
  cells_.clear();
  keys_.clear();
  decisions_.clear();
}

}  // namespace hailong::district::ingest
