#include "district/storage/case_query.h"

#include "core/folding.h"

namespace hailong::district::storage {
namespace {

constexpr std::string_view kRestricted =
    "(c.alert = 1 OR c.misconduct = 1 OR c.classed = 'complaint' OR c.status = 'passed-on')";

}  // namespace

void CaseStatement::add_parameter() { sql_ += "$" + std::to_string(values_.size()); }

CaseStatement& CaseStatement::number(std::int64_t value) {
  values_.emplace_back(value);
  add_parameter();
  return *this;
}

CaseStatement& CaseStatement::text(std::string value) {
  values_.emplace_back(texts_.emplace_back(std::move(value)));
  add_parameter();
  return *this;
}

void CaseStatement::add_scope(const CaseQuery& query) {
  if (query.unit_ids) {
    add(" AND c.unit_id IN (''");  // nobody's, so that an empty list finds nothing
    for (const std::string& id : *query.unit_ids) add(", ").text(id);
    add(")");
  }
  if (!query.with_restricted) add(" AND NOT ").add(kRestricted);
  if (query.settled_only) add(" AND c.settled_at IS NOT NULL");
  if (query.classed) {
    add(" AND c.classed = ").text(std::string(core::word_of(*query.classed)));
  }
  if (query.from) add(" AND c.day >= ").text(core::to_string(*query.from));
  if (query.to) add(" AND c.day <= ").text(core::to_string(*query.to));
  const std::string folded = core::fold(query.search);
  if (!folded.empty() && !query.with_restricted) add(" AND c.hidden = 0");
  for (const std::string_view word : core::words(folded)) {
    // As a list of cases: read once, and not once for each case.
    add(" AND (c.stream_id, c.rating_seq) IN (SELECT w.stream_id, w.rating_seq FROM case_words w "
        "WHERE w.folded LIKE ")
        .text("% " + std::string(word) + "%")
        .add(")");
  }
}

void CaseStatement::add_overdue(const CaseCutoffs& cutoffs) {
  add("(CASE WHEN c.steps = 0 THEN c.day < ")
      .text(core::to_string(cutoffs.unseen))
      .add(" ELSE coalesce(c.due_at, ")
      .number(INT64_MAX)
      .add(") <= ")
      .number(cutoffs.now_ms)
      .add(" END)");
}

void CaseStatement::add_filters(const CaseQuery& query, const CaseCutoffs& cutoffs) {
  add_scope(query);
  if (query.status) {
    add(" AND c.status = ").text(std::string(core::word_of(*query.status)));
  }
  if (query.overdue) {
    add(" AND ");
    add_overdue(cutoffs);
  }
  if (query.asked) add(" AND c.reply_due IS NOT NULL");
}

}  // namespace hailong::district::storage
