#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/case_deadlines.h"
#include "core/scoring.h"
#include "core/units.h"
#include "core/working_days.h"
#include "district/scoring/procedure_fields.h"
#include "district/scoring/programme.h"
#include "district/scoring/score_query.h"
#include "district/scoring/verdict.h"
#include "district/storage/roll_ups.h"

namespace hailong::district::scoring {

/// What the kiosks' figures are called: the sample selects itself, so they are never SIPAS.
inline constexpr const char* kMeasure = "Tỷ lệ hài lòng tại quầy";

struct ScoreRow {
  std::string unit_id;
  std::string unit_name;
  core::UnitCode unit_code;
  std::string period;  // "2026-11" by month, else "2026-11-01/2026-11-30", or the one day
  std::string field_id;
  std::string field_name;
  std::string counter_id;
  core::Counts counts;
  std::int64_t flagged = 0;                     // doubtful ratings
  std::int64_t left_out = 0;                    // of those, how many `counts` does not hold
  std::map<std::string, std::int64_t> reasons;  // flagged ratings by reason
  core::Counts excluded;           // of `counts`: what decisions on flagged ratings leave out
  std::int64_t linked = 0;         // of `counts`: about a known dossier, each of which counts once
  std::int64_t later = 0;          // of `counts`: given from home
  std::int64_t uncertain_day = 0;  // beside `counts`: of a day that is not certain, of any range
  Figures figures;
  Evidence evidence;  // of whole units over the whole range only, likewise
  Appraisal appraisal;
  std::string verdict;  // a sentence by itself, and
  std::string brief;    // beside the figures
  std::optional<std::size_t>
      rank;                // among the units asked for; nothing when the sample is too small
  std::string rank_words;  // with ties and units that the figures do not tell apart; empty
                           // unless asked for by unit alone
};

struct ScoreTable {
  ScoreQuery query;
  std::optional<Programme> programme;  // of the year of query.to; nothing: there is none
  std::int64_t revision = 0;           // of the store when this was read
  std::vector<ScoreRow> rows;
  core::Counts total;
  core::Counts excluded;  // of `total`
  std::int64_t flagged = 0;
  std::int64_t uncertain_day = 0;  // as in the rows
};

/// What scores are made with, beside the roll-ups.
struct Rules {
  core::WorkingCalendar calendar;  // and what is due when, for timeliness
  core::CaseLimits case_limits;
  core::UnitCode authority;  // whose units get a row even without a rating
  core::UnitRegister units;
  ProcedureFields fields;
  Programmes programmes;
};

/// The authority's communes of a range, by code: those that were valid in it, or on the day that
/// units are asked for.
std::vector<const core::Unit*> communes_of(const Rules& rules, const ScoreQuery& query);

/// Rows by unit, period, field and counter. Asked for by unit alone, every unit of the authority
/// that was valid in the range has a row, rated or not, and is appraised: levels are of units over
/// the whole range only.
core::Result<ScoreTable> score_table(storage::RollUpReader& roll_ups, const Rules& rules,
                                     const ScoreQuery& query);

/// Leaves only the rows whose unit id `seen` is true for, and makes the totals anew: what somebody
/// of one commune gets to see.
void keep_units(ScoreTable& table, const std::function<bool(std::string_view)>& seen);

}  // namespace hailong::district::scoring
