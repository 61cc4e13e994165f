#pragma once

#include <string>
#include <vector>

#include "district/sql/value.h"

namespace hailong::district::storage {

/// A SELECT of 1 or 0: whether the rating that counts of the dossier whose key is the expression
/// `key` is a 1 or a 2; of nothing when there is none. Of several units' ratings the last one
/// counts. Adds `unit_ids` to the statement's `values`.
inline std::string rated_unsatisfied(const std::string& key,
                                     const std::vector<std::string>& unit_ids,
                                     std::vector<sql::Value>& values) {
  std::string units;
  for (const std::string& unit : unit_ids) {
    values.emplace_back(unit);
    units.append(units.empty() ? "$" : ", $").append(std::to_string(values.size()));
  }
  return "SELECT CASE WHEN rating.score <= 2 THEN 1 ELSE 0 END FROM dossier "
         "JOIN rating ON rating.stream_id = dossier.stream_id AND rating.seq = dossier.rating_seq "
         "WHERE dossier.unit_id IN (" +
         units + ") AND dossier.key = " + key +
         " AND rating.superseded = 0 AND rating.excluded = 0 "
         "ORDER BY dossier.rated_at DESC, dossier.stream_id DESC, dossier.rating_seq DESC LIMIT 1";
}

}  // namespace hailong::district::storage
