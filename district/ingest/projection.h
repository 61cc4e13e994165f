#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/event.h"
#include "core/units.h"
#include "district/ingest/own_events.h"
#include "district/ingest/stream_clock.h"
#include "district/storage/ledger.h"
#include "wire/event_codec.h"

/// The one function from events to everything that is derived from them: present scores, roll-ups,
/// answers, dossiers, quarantine, erased words. Used by the ingest and, over all events, by the
/// rebuild.
///
/// A rating adds to one cell: to its score, or to what is left out when it is superseded. Whatever
/// changes a rating takes away what it adds, changes it, and adds it again.

namespace hailong::district::ingest {

/// Raised whenever the projection derives something else, or more, from the same events: a receiver
/// that starts on a store of another version rebuilds it.
inline constexpr std::int64_t kProjectionVersion = 8;

/// Takes one stream's events in order, inside one transaction. What it adds to roll-ups is kept in
/// memory until finish(), so that a batch changes each row once.
class Projection {
 public:
  /// `places` of the stream's device, which outlive this.
  Projection(storage::Ledger::Transaction& ledger, const core::UnitRegister& units,
             std::int64_t stream, const std::vector<storage::DevicePlace>& places);

  /// The event happened at `when`. `rules` fix the deadlines of cases in which it is a step.
  void apply(const core::Event& event, const When& when, const storage::CaseRules& rules);
  /// More has become known of the time of ratings that were applied before: those whose own stamps
  /// are not believed get their time once more. `last_received_ms` as in storage::Arrivals.
  void retime(const StreamClock& clock, const std::vector<StreamClock::Changed>& changed,
              std::int64_t last_received_ms);
  /// The district's own event `own_seq` says that a rating of this stream was given again from
  /// home: its score holds whatever corrections come before or after.
  void apply_later(core::Seq own_seq, const LaterAnswer& answer);
  /// Counts a rating of any stream as the decisions on flagged ratings say now. True when that
  /// changed something.
  bool reconsider(const storage::RatingPlace& place);
  void finish();

  /// Events that could not be made use of.
  [[nodiscard]] std::int64_t quarantined() const { return quarantined_; }
  /// Events that tell of money or misconduct.
  [[nodiscard]] std::int64_t alerts() const { return alerts_; }

 private:
  // Local day, whether it is certain, field, counter.
  using Place = std::tuple<std::int64_t, bool, std::string, std::string>;

  void count(const core::Event& event, const core::Rating& rating, const When& when);
  void correct(core::Seq seq, const core::Correction& correction);
  void quarantine(core::Seq seq, std::string_view reason);
  std::int64_t cell_of(std::int64_t at_ms, bool day_is_certain, const std::string& field,
                       const std::string& counter);
  const storage::CellKey& key_of(std::int64_t cell);
  /// Whether a decision leaves a rating with these flags out of the second figure.
  bool is_excluded(std::int64_t cell, const std::string& flags);
  /// Takes what the rating adds to its cell away (-1) or adds it again (1).
  void contribute(const storage::RatingPlace& place, const storage::StoredRating& rating,
                  int times);
  /// Something of the rating is to change in the figures of its unit and day.
  void note_late(const storage::RatingPlace& place, const storage::CellKey& key);
  /// Changes a rating by `change(rating)`, and what it adds.
  template <typename Change>
  void alter(const storage::RatingPlace& place, storage::StoredRating rating, Change change);

  // projection_follow_ups.cc
  /// Why a follow-up cannot be made use of; empty when it can.
  std::string_view fault_of(core::Seq rating, bool names_are_good);
  void take(const core::Event& event, const core::Answers& answers);
  void take(const core::Event& event, const core::Dossier& dossier);
  void take(const core::Event& event, const core::Token& token);
  void take(const core::Event& event, const core::Consent& consent);
  void take(const core::Event& event, const core::Feedback& feedback);
  /// What event `seq` added to the rating has to be dealt with.
  void open_case(core::Seq rating, core::Seq seq);
  void link(core::Seq rating, const storage::StoredDossier& now);

  // projection_staff.cc
  /// False for a body of another kind. Its stamp's wall clock is right.
  bool take_staff_event(const core::Event& event, const storage::CaseRules& rules);
  /// Why the event cannot be made use of; empty when it was.
  std::string_view take(const core::Event& event, const core::Handling& handling,
                        const storage::CaseRules& rules);
  std::string_view take(const core::Event& event, const core::SignOff& sign_off);
  std::string_view take(const core::Event& event, const core::Served& served);
  std::string_view take(const core::Event& event, const core::StaffAccount& account);
  std::string_view take(const core::Event& event, const core::StaffAct& act);

  // projection_times.cc
  void move_to(const storage::RatingPlace& place, const When& when);

  void supersede(const storage::RatingPlace& place, bool superseded);
  /// Takes the choices of one answer to the rating, which counts under `key`, away from the roll-up
  /// (-1) or adds them (1).
  void count_choices(const storage::RatingPlace& place, const storage::CellKey& key,
                     const std::string& question, const std::vector<std::string>& choices,
                     int times);
  /// Moves a rating to the cell of the field and counter that are known of it now.
  void settle(core::Seq seq);
  /// The rating as it was given; `seq` is one.
  core::Event rating_event(core::Seq seq);

  storage::Ledger::Transaction& ledger_;
  const core::UnitRegister& units_;
  std::int64_t stream_;
  const std::vector<storage::DevicePlace>& places_;
  std::map<Place, std::int64_t> cells_;
  std::map<std::int64_t, storage::CellKey> keys_;                        // of cells
  std::map<std::string, std::vector<storage::FlagDecision>> decisions_;  // by unit
  storage::RollUpChanges changes_;
  std::set<std::string> served_units_;  // of which kiosks said something new
  wire::EventDecoder decoder_;
  std::int64_t quarantined_ = 0;
  std::int64_t alerts_ = 0;
};

template <typename Change>
void Projection::alter(const storage::RatingPlace& place, storage::StoredRating rating,
                       Change change) {
  contribute(place, rating, -1);
  change(rating);
  contribute(place, rating, 1);
  ledger_.set_rating(place, rating);
}

/// The question under which reasons from home stand beside those that were given at the kiosk. No
/// kiosk may answer it.
inline const std::string kLaterReasons = "later-reasons";

/// A name from a kiosk, which may be of any spelling, but not of any length.
bool is_name(std::string_view text);

/// Whether a kiosk's clock says a moment that can be worked with.
bool is_moment(std::int64_t wall_ms);

/// Local hour of a moment.
int local_hour(std::int64_t at_ms);

/// What the kiosk gives as the reason of a doubt: a plain name that the district does not use
/// itself.
bool is_flag(const std::string& flag);

/// Id of the unit where a kiosk with these places (at least one) stood on `day`: the unit that bore
/// the place's code when the kiosk came there, or what became of it by then. "?" and the code when
/// there is none, so that its ratings stay visible until the register is mended.
std::string unit_id_on(const core::UnitRegister& units,
                       const std::vector<storage::DevicePlace>& places, core::LocalDate day);

}  // namespace hailong::district::ingest
