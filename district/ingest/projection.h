#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "core/event.h"
#include "core/units.h"
#include "district/storage/ledger.h"

/// The one function from events to everything that is derived from them: present scores, roll-ups,
/// quarantine, erased words. Used by the ingest and, over all events, by the rebuild.

namespace hailong::district::ingest {

/// Takes one stream's events in order, inside one transaction. What it adds to roll-ups is kept in
/// memory until finish(), so that a batch changes each cell once.
class Projection {
 public:
  Projection(storage::Ledger::Transaction& ledger, const core::UnitRegister& units,
             std::int64_t stream, const core::UnitCode& unit);

  void apply(const core::Event& event);
  void finish();

  /// Events that could not be made use of.
  [[nodiscard]] std::int64_t quarantined() const { return quarantined_; }

 private:
  struct Cell {
    std::int64_t id = 0;
    storage::CellChange change;
  };
  using Place = std::tuple<std::int64_t, std::string, std::string>;  // local day, field, counter

  void count(const core::Event& event, const core::Rating& rating);
  void correct(core::Seq seq, const core::Correction& correction);
  void quarantine(core::Seq seq, std::string_view reason);
  Cell& cell_of(std::int64_t wall_ms, const core::Rating& rating);

  storage::Ledger::Transaction& ledger_;
  const core::UnitRegister& units_;
  std::int64_t stream_;
  const core::UnitCode& unit_;
  std::map<Place, Cell> cells_;
  std::map<std::int64_t, storage::CellChange> corrections_;  // by cell
  std::int64_t quarantined_ = 0;
};

/// Id of the unit that bears `code` on `day`; "?" and the code when none does, so that its ratings
/// stay visible until the register is mended.
std::string unit_id_on(const core::UnitRegister& units, const core::UnitCode& code,
                       core::LocalDate day);

}  // namespace hailong::district::ingest
