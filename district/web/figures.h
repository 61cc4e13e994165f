#pragma once

#include <kainjow/mustache.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/local_date.h"
#include "core/scoring.h"
#include "district/scoring/breakdown.h"
#include "district/scoring/criterion.h"
#include "district/scoring/procedure_fields.h"

/// The pieces of which pages with figures are made. Everything that came from outside is escaped.

namespace hailong::district::web {

inline constexpr const char* kNothing = "–";

/// The five scores, from 1 to 5, as the kiosk names them.
std::string_view score_name(std::size_t index);

/// Ratings that belong together under a name: a field, a counter, an hour, a month.
struct Group {
  std::string name;
  std::optional<core::Counts> counts;  // nothing: too few to be shown to this reader
};

/// How a page calls its groups.
struct Grouped {
  std::string caption;  // "Theo lĩnh vực"
  std::string head;     // of the first column: "Lĩnh vực"
  std::vector<Group> groups;
};

/// "91,3 %", or a dash for an empty sample.
std::string satisfied_words(const core::Counts& counts);

/// "88,0–93,8"; empty for an empty sample.
std::string interval_words(const core::Counts& counts);

/// "40,4 %" and "412/1.020 hồ sơ", or that it is not known: how many of the dossiers were rated.
struct CoverageWords {
  std::string share;
  std::string basis;
  bool known = false;
};
CoverageWords coverage_words(const std::optional<scoring::Coverage>& coverage);

/// The sentence that stands beside a breakdown by field: how much of the sample is of the fields
/// that please nearly everybody, and the share without them. `fields` by id; empty without a
/// programme, and where nobody rated.
std::string easy_words(const std::vector<scoring::FieldPart>& fields,
                       const std::optional<scoring::Programme>& programme,
                       const scoring::ProcedureFields& names);

/// "14:05" today, else "14:05 23/11/2026".
std::string moment_words(std::int64_t at_ms, core::LocalDate today);

/// A unit's name at the head of a page: "Xã Phú Thái" for "xã Phú Thái".
std::string as_heading(const std::string& name);

/// n, satisfied, interval, mean, the five scores and their bar, for a template.
kainjow::mustache::data sample_data(const core::Counts& counts);

/// A table: each group's number, spread, satisfied share and interval.
std::string breakdown_html(const Grouped& grouped);

/// The satisfied share of each group with its interval as a band, over the same as a table. A group
/// without ratings is a gap.
std::string share_chart_html(const Grouped& grouped);

/// How many ratings of each score each group has, over the same as a table.
std::string scores_chart_html(const Grouped& grouped);

std::string render(std::string_view page_template, const kainjow::mustache::data& page);

/// An object of one text, for a section that shows it or nothing.
kainjow::mustache::data one_text(const std::string& text);

}  // namespace hailong::district::web
