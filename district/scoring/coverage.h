#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/units.h"
#include "district/scoring/criterion.h"
#include "district/scoring/score_query.h"
#include "district/storage/programme_records.h"

namespace hailong::district::scoring {

/// Dossiers with a linked rating, by unit and month.
using RatedDossiers = std::map<std::pair<std::string, std::string>, std::int64_t>;

/// Answers how much of what a unit returned was rated. Counts whole months only, up to the last one
/// that any unit has totals of, since totals come after a month is over; a unit that lacks one of
/// them has no coverage, rather than one of the months that suit it. Totals that a unit counted
/// itself do not make a month the last one, unless there are no others. Lives no longer than what
/// it was made from.
class CoverageFinder {
 public:
  CoverageFinder(const std::vector<storage::ServedTotal>& served, const RatedDossiers& rated,
                 const core::UnitRegister& units, const ScoreQuery& query);

  /// Of the query's whole range. Nothing when it is not known.
  [[nodiscard]] std::optional<Coverage> of_unit(const std::string& unit_id) const;

 private:
  struct Returned {
    std::int64_t n = 0;
    bool counted_by_unit = false;
  };
  [[nodiscard]] std::optional<Returned> returned(const std::string& unit_id,
                                                 const std::string& month) const;

  const RatedDossiers& rated_;
  const core::UnitRegister& units_;
  const ScoreQuery& query_;
  std::map<std::pair<std::string, std::string>, std::map<std::string, Returned>> returned_;
  std::vector<std::string> months_;
};

}  // namespace hailong::district::scoring
