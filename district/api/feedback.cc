#include "district/api/feedback.h"

#include <spdlog/spdlog.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "district/api/local_time.h"
#include "district/clock.h"
#include "district/http/problem.h"

namespace hailong::district::api {
namespace {

using json = nlohmann::ordered_json;

constexpr int kUsualLimit = 100;
constexpr int kMostRows = 1000;
constexpr std::int64_t kHalfDay = 12 * 3'600'000LL;

struct CaseListQuery {
  feedback::InboxFilter filter;
  std::optional<storage::CaseId> after;
  int limit = kUsualLimit;
};

bool read_limit(int& limit, const std::string& value) {
  const char* const end = value.data() + value.size();
  const auto read = std::from_chars(value.data(), end, limit);
  return read.ec == std::errc{} && read.ptr == end && limit >= 1 && limit <= kMostRows;
}

/// What is wrong with the parameter; empty when nothing is.
std::string read_parameter(CaseListQuery& query, const std::string& name,
                           const std::string& value) {
  feedback::InboxFilter& filter = query.filter;
  if (name == "status") {
    filter.status = core::case_status_of(value);
    return filter.status ? "" : "status: expected a status like new or in-progress";
  }
  if (name == "class") {
    filter.classed = core::case_class_of(value);
    return filter.classed
               ? ""
               : "class: expected none, praise, suggestion, petition, complaint or invalid";
  }
  if (name == "from" || name == "to") {
    auto& day = name == "from" ? filter.from : filter.to;
    day = core::parse_date(value);
    return day ? "" : name + ": expected YYYY-MM-DD";
  }
  if (name == "after") {
    query.after = storage::parse_case_id(value);
    return query.after ? "" : "after: expected the `next` of an earlier answer";
  }
  if (name == "limit") return read_limit(query.limit, value) ? "" : "limit: expected 1 to 1000";
  if (name == "overdue") {
    filter.overdue = value == "true";
    return value == "true" || value == "false" ? "" : "overdue: expected true or false";
  }
  if (name == "unit") {
    filter.unit_id = value;
    return "";
  }
  return "unknown parameter; expected unit, status, class, overdue, from, to, after and limit";
}

core::Result<CaseListQuery> parse_case_list_query(const http::Fields& fields) {
  CaseListQuery query;
  http::Fields seen;
  for (const auto& [name, value] : fields) {
    if (http::first_of(seen, name)) {
      return core::fail(core::Fault::kInvalid, "one of the parameters is there twice");
    }
    seen.emplace_back(name, value);
    std::string fault = read_parameter(query, name, value);
    if (!fault.empty()) return core::fail(core::Fault::kInvalid, std::move(fault));
  }
  return query;
}

json case_json(const Config& config, const feedback::InboxRow& shown, bool with_words) {
  const storage::CaseHead& head = shown.row.head;
  const core::Unit* unit = config.rules.units.find_id(head.unit_id);
  const bool morning =
      head.given_at - core::start_of_day_ms(core::local_date(head.given_at)) < kHalfDay;
  json row = {{"id", to_string(head.id)},
              {"unit_id", head.unit_id},
              {"unit_name", unit == nullptr ? head.unit_id : unit->full_name()},
              {"day", core::to_string(head.day)},
              {"half", morning ? "morning" : "afternoon"},
              {"field", head.field_id},
              {"status", core::word_of(shown.row.standing.status)},
              {"class", core::word_of(shown.row.standing.classed)},
              {"misconduct", head.facts.alert || shown.row.standing.misconduct},
              {"due", shown.due_at ? json(local_time(*shown.due_at)) : json(nullptr)},
              {"overdue", shown.overdue}};
  if (!with_words) return row;
  row["words"] = json::array();
  for (const storage::CaseWords& words : shown.row.words) {
    if (words.text) row["words"].push_back(*words.text);
  }
  return row;
}

}  // namespace

http::Response FeedbackList::get(const http::Request& request, const access::Principal& reader) {
  const auto query = parse_case_list_query(request.query);
  if (!query) return http::problem(400, "bad-parameter", query.error().message);
  const bool with_words = may(reader, access::Right::kReadWords);
  const auto found =
      desk_.inbox(reader, query->filter, query->after, query->limit, with_words, now_ms());
  if (!found) {
    spdlog::error("feedback: {}", found.error().message);
    return http::store_problem(found.error());
  }
  json answer = {{"cases", json::array()},
                 {"next", found->next ? json(to_string(*found->next)) : json(nullptr)},
                 {"counts", json::object()},
                 {"overdue", found->counts.overdue}};
  for (const auto& [status, count] : found->counts.by_status) {
    answer["counts"][std::string(core::word_of(status))] = count;
  }
  for (const feedback::InboxRow& row : found->rows) {
    answer["cases"].push_back(case_json(config_, row, with_words));
  }
  // Words are any bytes at all: what is no UTF-8 is replaced.
  return {200,
          "application/json",
          answer.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
          {{"Cache-Control", "no-store"}}};
}

}  // namespace hailong::district::api
