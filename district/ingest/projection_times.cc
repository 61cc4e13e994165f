#include "district/ingest/projection.h"

/// What becomes known later of when a rating was given.

namespace hailong::district::ingest {

void Projection::retime(const StreamClock& clock, const std::vector<StreamClock::Changed>& changed,
                        std::int64_t last_received_ms) {
  for (const auto& [first, last, unsettled] : changed) {
    if (unsettled) ledger_.unsettle_ratings(stream_, first, last);
    const auto ratings = ledger_.unsure_ratings(stream_, first, last);
    if (ratings.empty()) continue;
    const auto arrivals = ledger_.arrivals(stream_, first, last_received_ms);
    for (const storage::StoredEvent& rating : ratings) {
      const core::Event event = decoder_.decode(rating.bytes).value();
      move_to({stream_, rating.seq}, clock.again(event, arrivals.of(rating.seq)));
    }
  }
}

/// Its day and hour change, and perhaps the unit, where its kiosk stood on another day.
void Projection::move_to(const storage::RatingPlace& place, const When& when) {
  const auto rating = ledger_.rating(place);
  const storage::CellKey old = key_of(rating->cell);
  const std::int64_t cell = cell_of(when.at_ms, when.day_is_certain, old.field_id, old.counter_id);
  if (cell == rating->cell && when.at_ms == rating->at_ms) return;
  const auto choices = rating->superseded ? std::map<std::string, std::vector<std::string>>()
                                          : ledger_.all_choices(place);
  for (const auto& [question, chosen] : choices) count_choices(place, old, question, chosen, -1);
  alter(place, *rating, [&](storage::StoredRating& changed) {
    changed.cell = cell;
    changed.hour = local_hour(when.at_ms);
    changed.at_ms = when.at_ms;
    changed.excluded = is_excluded(cell, changed.flags);
  });
  const storage::CellKey& now = key_of(cell);
  for (const auto& [question, chosen] : choices) count_choices(place, now, question, chosen, 1);
  ledger_.move_case(place, now.unit_id, when.at_ms);
  if (auto dossier = ledger_.dossier(place)) {
    dossier->unit_id = now.unit_id;
    dossier->rated_at = when.at_ms;
    link(place.seq, *dossier);
  }
}

}  // namespace hailong::district::ingest
