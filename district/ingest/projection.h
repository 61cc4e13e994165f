#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "core/event.h"
#include "core/units.h"
#include "district/ingest/own_events.h"
#include "district/storage/ledger.h"
#include "wire/event_codec.h"

/// The one function from events to everything that is derived from them: present scores, roll-ups,
/// answers, dossiers, quarantine, erased words. Used by the ingest and, over all events, by the
/// rebuild.
///
/// A rating adds to one cell: to its score, or to what is left out when it is superseded. Whatever
/// changes a rating takes away what it adds, changes it, and adds it again.

namespace hailong::district::ingest {

/// Takes one stream's events in order, inside one transaction. What it adds to roll-ups is kept in
/// memory until finish(), so that a batch changes each cell once.
class Projection {
 public:
  Projection(storage::Ledger::Transaction& ledger, const core::UnitRegister& units,
             std::int64_t stream, const core::UnitCode& unit);

  void apply(const core::Event& event);
  /// The district's own event `own_seq` says that a rating of this stream was given again from
  /// home: its score holds whatever corrections come before or after.
  void apply_later(core::Seq own_seq, const LaterAnswer& answer);
  void finish();

  /// Events that could not be made use of.
  [[nodiscard]] std::int64_t quarantined() const { return quarantined_; }
  /// Events that tell of money or misconduct.
  [[nodiscard]] std::int64_t alerts() const { return alerts_; }

 private:
  using Place = std::tuple<std::int64_t, std::string, std::string>;  // local day, field, counter

  void count(const core::Event& event, const core::Rating& rating);
  void correct(core::Seq seq, const core::Correction& correction);
  void quarantine(core::Seq seq, std::string_view reason);
  std::int64_t cell_of(std::int64_t wall_ms, const std::string& field, const std::string& counter);
  /// Takes what the rating adds to its cell away (-1) or adds it again (1).
  void contribute(const storage::StoredRating& rating, int times);

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
  void link(core::Seq seq, const core::Dossier& dossier, const core::Event& rating);
  void supersede(const storage::RatingPlace& place, bool superseded);
  /// Moves a rating to the cell of the field and counter that are known of it now.
  void settle(core::Seq seq);
  /// The rating as it was given; `seq` is one.
  core::Event rating_event(core::Seq seq);

  storage::Ledger::Transaction& ledger_;
  const core::UnitRegister& units_;
  std::int64_t stream_;
  const core::UnitCode& unit_;
  std::map<Place, std::int64_t> cells_;
  std::map<std::int64_t, storage::CellChange> changes_;  // by cell
  wire::EventDecoder decoder_;
  std::int64_t quarantined_ = 0;
  std::int64_t alerts_ = 0;
};

/// The question under which reasons from home stand beside those that were given at the kiosk. No
/// kiosk may answer it.
inline const std::string kLaterReasons = "later-reasons";

/// A name from a kiosk, which may be of any spelling, but not of any length.
bool is_name(std::string_view text);

/// Id of the unit that bears `code` on `day`; "?" and the code when none does, so that its ratings
/// stay visible until the register is mended.
std::string unit_id_on(const core::UnitRegister& units, const core::UnitCode& code,
                       core::LocalDate day);

}  // namespace hailong::district::ingest
