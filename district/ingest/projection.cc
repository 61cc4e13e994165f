#include "district/ingest/projection.h"

#include <algorithm>
#include <chrono>

namespace hailong::district::ingest {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kMostFlags = 8;
constexpr std::int64_t kLastMoment = 253'402'275'599'999;  // end of 9999-12-31 in Vietnam

/// A name from a kiosk, which may be of any spelling, but not of any length.
bool is_name(std::string_view text) {
  return text.size() <= kLongestName && std::none_of(text.begin(), text.end(), [](unsigned char c) {
           return c < ' ' || c == 127;
         });
}

/// Why a rating cannot be counted; empty when it can.
std::string_view fault_of(const core::Stamp& stamp, const core::Rating& rating) {
  if (stamp.wall_ms < 0 || stamp.wall_ms > kLastMoment) return "time out of range";
  if (!is_name(rating.counter.value) || !is_name(rating.field.value)) return "odd name";
  const bool plain = rating.flags.size() <= kMostFlags &&
                     std::all_of(rating.flags.begin(), rating.flags.end(), core::is_plain_name);
  return plain ? "" : "odd flags";
}

std::int64_t local_day(std::int64_t wall_ms) {
  using std::chrono::days;
  using std::chrono::milliseconds;
  return std::chrono::floor<days>(milliseconds{wall_ms} + core::kVietnamOffset).count();
}

std::string joined(const std::vector<std::string>& flags) {
  std::string text;
  for (const std::string& flag : flags) text.append(text.empty() ? "" : " ").append(flag);
  return text;
}

std::size_t index_of(int score) { return static_cast<std::size_t>(score - 1); }

}  // namespace

std::string unit_id_on(const core::UnitRegister& units, const core::UnitCode& code,
                       core::LocalDate day) {
  const core::Unit* unit = units.find(code, day);
  return unit == nullptr ? "?" + code.value : unit->id();
}

Projection::Projection(storage::Ledger::Transaction& ledger, const core::UnitRegister& units,
                       std::int64_t stream, const core::UnitCode& unit)
    : ledger_(ledger), units_(units), stream_(stream), unit_(unit) {}

void Projection::apply(const core::Event& event) {
  if (const auto* rating = std::get_if<core::Rating>(&event.body)) {
    count(event, *rating);
  } else if (const auto* correction = std::get_if<core::Correction>(&event.body)) {
    correct(event.seq, *correction);
  } else if (const auto* feedback = std::get_if<core::Feedback>(&event.body)) {
    if (!ledger_.rating(stream_, feedback->rating)) quarantine(event.seq, "refers to no rating");
  } else if (const auto* erasure = std::get_if<core::Erasure>(&event.body)) {
    if (!ledger_.erase_content(stream_, erasure->content, event.seq)) {
      quarantine(event.seq, "erases nothing");
    }
  } else {
    quarantine(event.seq, "unknown kind or body");
  }
}

void Projection::count(const core::Event& event, const core::Rating& rating) {
  if (const auto fault = fault_of(event.stamp, rating); !fault.empty()) {
    return quarantine(event.seq, fault);
  }
  Cell& cell = cell_of(event.stamp.wall_ms, rating);
  ++cell.change.by_score[index_of(rating.score.value())];
  if (rating.flags.empty()) {
    return ledger_.add_rating(stream_, event.seq, cell.id, rating.score, {});
  }
  // A flag named twice is still one reason.
  std::vector<std::string> reasons = rating.flags;
  std::sort(reasons.begin(), reasons.end());
  reasons.erase(std::unique(reasons.begin(), reasons.end()), reasons.end());
  ++cell.change.flagged;
  for (const std::string& reason : reasons) ++cell.change.reasons[reason];
  ledger_.add_rating(stream_, event.seq, cell.id, rating.score, joined(reasons));
}

void Projection::correct(core::Seq seq, const core::Correction& correction) {
  const auto rating = ledger_.rating(stream_, correction.rating);
  if (!rating) return quarantine(seq, "refers to no rating");
  storage::CellChange& change = corrections_[rating->cell];
  --change.by_score[index_of(rating->score)];
  ++change.by_score[index_of(correction.score.value())];
  ledger_.set_score(stream_, correction.rating, correction.score);
}

void Projection::quarantine(core::Seq seq, std::string_view reason) {
  ledger_.quarantine(stream_, seq, reason);
  ++quarantined_;
}

Projection::Cell& Projection::cell_of(std::int64_t wall_ms, const core::Rating& rating) {
  const auto [found, added] =
      cells_.try_emplace(Place{local_day(wall_ms), rating.field.value, rating.counter.value});
  if (added) {
    const core::LocalDate day = core::local_date(wall_ms);
    found->second.id = ledger_.cell({core::to_string(day), unit_id_on(units_, unit_, day),
                                     rating.field.value, rating.counter.value});
  }
  return found->second;
}

void Projection::finish() {
  for (const auto& [place, cell] : cells_) ledger_.change_cell(cell.id, cell.change);
  for (const auto& [cell, change] : corrections_) ledger_.change_cell(cell, change);
  cells_.clear();
  corrections_.clear();
}

}  // namespace hailong::district::ingest
