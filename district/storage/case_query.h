#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "district/sql/connection.h"
#include "district/storage/cases.h"

/// A statement over cases with its parameters. For cases.cc and case_figures.cc only.

namespace hailong::district::storage {

/// Grows from left to right; owns the texts that it binds.
class CaseStatement {
 public:
  explicit CaseStatement(std::string sql) : sql_(std::move(sql)) {}
  CaseStatement(const CaseStatement&) = delete;
  CaseStatement& operator=(const CaseStatement&) = delete;

  CaseStatement& add(std::string_view sql) {
    sql_ += sql;
    return *this;
  }
  /// The next parameter: "$3".
  CaseStatement& number(std::int64_t value);
  CaseStatement& text(std::string value);

  /// " AND …" for everything that the query asks for.
  void add_filters(const CaseQuery& query, const CaseCutoffs& cutoffs);
  /// " AND …": not one more than once, whatever the case's status, lateness or question.
  void add_scope(const CaseQuery& query);
  /// A condition: something should have been done by now.
  void add_overdue(const CaseCutoffs& cutoffs);

  sql::Rows run(sql::Connection& connection) { return connection.query_values(sql_, values_); }

 private:
  void add_parameter();

  std::string sql_;
  std::deque<std::string> texts_;
  std::vector<sql::Value> values_;
};

/// The tables that every list of cases reads. All that filters ask for is in feedback_case.
inline constexpr std::string_view kCaseTables =
    " FROM feedback_case c JOIN rating r ON r.stream_id = c.stream_id AND r.seq = c.rating_seq"
    " JOIN cell ON cell.id = r.cell_id"
    " LEFT JOIN case_state s ON s.stream_id = c.stream_id AND s.rating_seq = c.rating_seq";

}  // namespace hailong::district::storage
