#pragma once

#include <string>
#include <vector>

#include "core/units.h"

namespace hailong::district::ingest {

/// The ids of a unit and of all units that are, by `today`, the same one: a dossier that one of
/// them received may have been rated in another.
inline std::vector<std::string> lineage_of(const core::UnitRegister& units,
                                           const std::string& unit_id, core::LocalDate today) {
  const core::Unit* unit = units.find_id(unit_id);
  if (unit == nullptr) return {unit_id};
  const auto parts = units.predecessors(units.successor(*unit, today), today);
  std::vector<std::string> ids;
  ids.reserve(parts.size());
  for (const core::Unit* part : parts) ids.push_back(part->id());
  return ids;
}

}  // namespace hailong::district::ingest
