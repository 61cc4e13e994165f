#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/units.h"
#include "district/scoring/dossier_ratio.h"
#include "district/scoring/service_indices.h"
#include "district/storage/dossier_register.h"

namespace hailong::district::dossiers {

/// Of fewer dossiers no figure is shown to anybody: whoever knows which dossiers they were could
/// tell how each was rated.
inline constexpr std::int64_t kFewestDossiers = 5;

/// What the register says of a unit's dossiers in a period.
struct DossierFigures {
  scoring::DossierFaults faults;  // QĐ 766/QĐ-TTg, 5.4
  scoring::ConductFacts conduct;  // TT 01/2018/TT-VPCP, index 7
  bool whole_months = true;       // of the period; the last one may last still

  [[nodiscard]] std::int64_t dossiers() const { return faults.dossiers.value_or(0); }
  /// Dossiers that have one fault, whatever else they have.
  [[nodiscard]] std::int64_t with(scoring::DossierFault fault) const;
  /// There are some, but nobody may see figures of them.
  [[nodiscard]] bool hidden() const {
    return dossiers() > 0 && (dossiers() < kFewestDossiers || !whole_months);
  }
  /// The dossier ratio in words; says so when there are none or they are hidden.
  [[nodiscard]] std::string ratio_words() const;
  /// Index 7 in words, likewise.
  [[nodiscard]] std::string conduct_words() const;

  bool operator==(const DossierFigures& other) const = default;
};

DossierFigures figures_of(const std::vector<storage::DossierGroup>& groups);

/// Any thread; lives no longer than what it was made from.
class FigureReader {
 public:
  FigureReader(storage::Store& store, const core::UnitRegister& units)
      : register_(store), units_(units) {}

  /// Of the days from one to another, both included. `units_as_on`: with the dossiers of all units
  /// that had become this one by that day. `today` tells which units are the same one.
  core::Result<DossierFigures> read(const std::string& unit_id, core::LocalDate from,
                                    core::LocalDate to, std::optional<core::LocalDate> units_as_on,
                                    core::LocalDate today);

 private:
  storage::DossierRegister register_;
  const core::UnitRegister& units_;
};

}  // namespace hailong::district::dossiers
