#include "district/api/scores.h"

#include <spdlog/spdlog.h>

#include "district/api/score_formats.h"
#include "district/clock.h"
#include "district/http/etag.h"
#include "district/http/problem.h"
#include "district/http/session_cookie.h"
#include "district/scoring/score_query.h"

namespace hailong::district::api {
namespace {

constexpr std::string_view kBearer = "Bearer ";

http::Response failed(const core::Error& error) {
  spdlog::error("scores: {}", error.message);
  return http::store_problem(error);
}

http::Response not_admitted() {
  http::Response response = http::problem(
      401, "no-token", "send the header Authorization: Bearer TOKEN with a valid token");
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

/// "json" or "csv", once; and no parameter that nobody reads.
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
  if (format == "json" || format == "csv") return format;
  return core::fail(core::Fault::kInvalid, "format: expected json or csv");
}

}  // namespace

core::Result<bool> Scores::may_read(const http::Request& request) {
  if (const auto authorization = request.header("authorization")) {
    if (!authorization->starts_with(kBearer)) return false;
    return gate_.token_is_valid(authorization->substr(kBearer.size()));
  }
  const auto secret = http::session_secret(request);
  if (!secret) return false;
  const auto person = gate_.person_of(*secret, now_ms());
  if (!person) return core::Failure(person.error());
  return person->has_value();
}

http::Response Scores::get(const http::Request& request) {
  const auto admitted = may_read(request);
  if (!admitted) return failed(admitted.error());
  if (!*admitted) return not_admitted();
  const auto query = scoring::parse_score_query(request.query, core::local_date(now_ms()));
  if (!query) return http::problem(400, "bad-parameter", query.error().message);
  const auto format = format_of(request);
  if (!format) return http::problem(400, "bad-parameter", format.error().message);

  const auto etag_at = [&](std::int64_t revision) {
    return http::etag_of(core::to_hex(config_.fingerprint) + std::to_string(revision) + *format +
                         core::to_string(query->from) + core::to_string(query->to) +
                         query->by_text() + query->as_text() +
                         (query->units_as_on ? core::to_string(*query->units_as_on) : ""));
  };
  const auto revision = roll_ups_.revision();
  if (!revision) return failed(revision.error());
  if (http::has_version(request, etag_at(*revision))) {
    return http::versioned({304, "application/json", "", {}}, etag_at(*revision));
  }
  const auto table = scoring::score_table(roll_ups_, config_.rules, *query);
  if (!table) return failed(table.error());
  if (*format == "json") {
    return http::versioned(
        {200, "application/json", scores_json(*table, config_.authority_name), {}},
        etag_at(table->revision));
  }
  http::Response response{200, "text/csv; charset=utf-8", scores_csv(*table), {}};
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"hailong-" +
                                                           core::to_string(query->from) + "-" +
                                                           core::to_string(query->to) + ".csv\"");
  return http::versioned(std::move(response), etag_at(table->revision));
}

}  // namespace hailong::district::api
