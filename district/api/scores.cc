#include "district/api/scores.h"

#include <spdlog/spdlog.h>

#include "district/api/score_formats.h"
#include "district/clock.h"
#include "district/http/etag.h"
#include "district/http/problem.h"
#include "district/scoring/score_query.h"

namespace hailong::district::api {
namespace {

http::Response failed(const core::Error& error) {
  spdlog::error("scores: {}", error.message);
  return http::store_problem(error);
}

/// "json", "csv" or "xlsx", once; and no parameter that nobody reads.
core::Result<std::string> format_of(const http::Request& request) {
  std::string format = "json";
  http::Fields seen;
  for (const auto& [name, value] : request.query) {
    if (http::first_of(seen, name)) {
      return core::fail(core::Fault::kInvalid, "one of the parameters is there twice");
    }
    seen.emplace_back(name, value);
    if (name == "format") {
      format = value;
    } else if (name != "from" && name != "to" && name != "by" && name != "as") {
      return core::fail(core::Fault::kInvalid,
                        "unknown parameter; expected from, to, by, as and format");
    }
  }
  if (format == "json" || format == "csv" || format == "xlsx") return format;
  return core::fail(core::Fault::kInvalid, "format: expected json, csv or xlsx");
}

core::Result<http::Response> response_of(const scoring::ScoreTable& table,
                                         const std::string& format, const std::string& authority) {
  if (format == "json") {
    return http::Response{200, "application/json", scores_json(table, authority), {}};
  }
  http::Response response{200, "text/csv; charset=utf-8", "", {}};
  if (format == "csv") {
    response.body = scores_csv(table);
  } else {
    auto workbook = scores_xlsx(table);
    if (!workbook) return core::Failure(workbook.error());
    response.content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    response.body = std::move(*workbook);
  }
  response.headers.emplace_back(
      "Content-Disposition", "attachment; filename=\"hailong-" + core::to_string(table.query.from) +
                                 "-" + core::to_string(table.query.to) + "." + format + "\"");
  return response;
}

}  // namespace

http::Response Scores::get(const http::Request& request, const access::Principal& reader) {
  const auto query = scoring::parse_score_query(request.query, core::local_date(now_ms()));
  if (!query) return http::problem(400, "bad-parameter", query.error().message);
  const auto format = format_of(request);
  if (!format) return http::problem(400, "bad-parameter", format.error().message);

  const auto etag_at = [&](std::int64_t revision) {
    return http::etag_of(core::to_hex(config_.fingerprint) + std::to_string(revision) + *format +
                         core::to_string(query->from) + core::to_string(query->to) +
                         query->by_text() + query->as_text() +
                         (query->units_as_on ? core::to_string(*query->units_as_on) : "") +
                         core::to_string(core::local_date(now_ms())) +  // deadlines pass
                         (may_see_unit(reader, "") ? "*" : reader.unit.value));
  };
  const auto revision = roll_ups_.revision();
  if (!revision) return failed(revision.error());
  const std::string etag = etag_at(*revision);
  if (http::has_version(request, etag)) {
    return http::versioned({304, "application/json", "", {}}, etag);
  }
  if (auto known = answers_.find(etag)) return std::move(*known);
  auto table = scoring::score_table(roll_ups_, config_.rules, *query);
  if (!table) return failed(table.error());
  scoring::keep_units(*table, [&](std::string_view id) { return may_see_unit(reader, id); });
  auto made = response_of(*table, *format, config_.authority_name);
  if (!made) return failed(made.error());
  const std::string made_etag = etag_at(table->revision);
  http::Response response = http::versioned(std::move(*made), made_etag);
  answers_.keep(made_etag, response);
  return response;
}

}  // namespace hailong::district::api
