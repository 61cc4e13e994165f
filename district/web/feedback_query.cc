#include "district/web/feedback_query.h"

namespace hailong::district::web {
namespace {

constexpr std::size_t kLongestSearch = 200;

/// Sets `wanted` from the value; says false for one that cannot be read.
bool read_into(feedback::InboxFilter& filter, std::optional<storage::CaseId>& after,
               const std::string& name, const std::string& value) {
  if (name == "status") return (filter.status = core::case_status_of(value)).has_value();
  if (name == "class") return (filter.classed = core::case_class_of(value)).has_value();
  if (name == "from") return (filter.from = core::parse_date(value)).has_value();
  if (name == "to") return (filter.to = core::parse_date(value)).has_value();
  if (name == "after") return (after = storage::parse_case_id(value)).has_value();
  if (name == "unit") {
    filter.unit_id = value;
    return true;
  }
  if (name == "overdue") return (filter.overdue = value == "1");
  if (name == "asked") return (filter.asked = value == "1");
  if (name == "q") {
    filter.search = value;
    return value.size() <= kLongestSearch;
  }
  return false;
}

}  // namespace

InboxQuery parse_inbox_query(const http::Fields& fields) {
  InboxQuery query;
  for (const auto& [name, value] : fields) {
    if (value.empty()) continue;
    if (!read_into(query.filter, query.after, name, value)) {
      query.error = "Bộ lọc có chỗ chưa đúng; phần đó không được dùng.";
    }
  }
  if (query.filter.search.size() > kLongestSearch) query.filter.search.clear();
  return query;
}

}  // namespace hailong::district::web
