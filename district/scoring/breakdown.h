#pragma once

#include <string>
#include <vector>

#include "core/scoring.h"

/// Every total stands beside its parts: procedures done on the spot (chứng thực) please nearly
/// everybody and inflate it.

namespace hailong::district::scoring {

struct FieldPart {
  std::string field_id;
  core::Counts counts;
};

struct Breakdown {
  std::vector<FieldPart> parts;  // most ratings first, then by id
  core::Counts total;
  core::Counts easy;     // of the fields that the programme calls easy
  core::Counts without;  // the total without them

  /// "Trong đó chứng thực: 310/412 phiếu (75,2 %); không kể các phiếu đó: 84,3 % hài lòng …".
  /// `easy_names`: of the easy fields, as they stand in the sentence.
  [[nodiscard]] std::string words(const std::string& easy_names) const;
};

/// `parts`: one or more for each field. `easy_fields`: ids.
Breakdown break_down(const std::vector<FieldPart>& parts,
                     const std::vector<std::string>& easy_fields);

}  // namespace hailong::district::scoring
