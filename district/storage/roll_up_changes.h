#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

/// By how much the roll-ups change. A batch gathers its changes here, so that it writes each row
/// once.

namespace hailong::district::storage {

using ByScore = std::array<std::int64_t, 5>;  // [0] counts score 1

/// Stands in place of the day while it is not certain: ratings of such cells are in no day's,
/// month's or hour's figures.
inline const std::string kUncertainDay;

/// Months that are over show what came late to who works at a counter when so many ratings have
/// changed them, so that nobody can tell which one it was.
inline constexpr std::size_t kShownTogether = 5;

/// Where a rating is counted.
struct CellKey {
  std::string day;  // local, "YYYY-MM-DD", or kUncertainDay
  std::string unit_id;
  std::string field_id;
  std::string counter_id;
};

struct CellChange {
  ByScore by_score{};
  ByScore excluded{};  // of by_score: what decisions leave out
  std::int64_t flagged = 0;
  std::int64_t left_out = 0;  // of the flagged: those that are not in by_score
  std::int64_t linked = 0;    // of by_score: those about a known dossier
  std::int64_t later = 0;     // of by_score: those that were given from home
  std::map<std::string, std::int64_t> reasons;
  std::map<int, ByScore> hours;  // by_score by local hour

  CellChange& operator+=(const CellChange& other);
};

/// Unit, local day, question and choice.
using AnswerKey = std::tuple<std::string, std::string, std::string, std::string>;

/// Unit and month, "YYYY-MM".
using UnitMonth = std::pair<std::string, std::string>;

struct RollUpChanges {
  std::map<std::int64_t, CellChange> cells;  // by the cell's number
  std::map<AnswerKey, std::int64_t> answers;
  /// By which ratings, as stream and number, months changed that were over.
  std::map<UnitMonth, std::set<std::pair<std::int64_t, std::int64_t>>> late;
};

}  // namespace hailong::district::storage
