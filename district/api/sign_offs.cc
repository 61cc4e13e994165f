#include "district/api/sign_offs.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "district/api/local_time.h"
#include "district/clock.h"
#include "district/feedback/unsigned_days.h"
#include "district/http/form.h"
#include "district/http/problem.h"

namespace hailong::district::api {
namespace {

using SignOffJson = nlohmann::ordered_json;

constexpr int kMostDays = 366;

struct SignOffQuery {
  core::LocalDate from;
  core::LocalDate to;
  std::optional<std::string> unit_id;
};

core::Result<SignOffQuery> parse_sign_off_query(const http::Fields& fields) {
  const auto fault = [](const char* what) { return core::fail(core::Fault::kInvalid, what); };
  http::Fields seen;
  for (const auto& [name, value] : fields) {
    if (http::first_of(seen, name) || (name != "from" && name != "to" && name != "unit")) {
      return fault("expected from, to and unit, each once");
    }
    seen.emplace_back(name, value);
  }
  const auto from = core::parse_date(http::first_of(fields, "from").value_or(""));
  const auto to = core::parse_date(http::first_of(fields, "to").value_or(""));
  if (!from || !to) return fault("from and to: expected YYYY-MM-DD");
  const auto days = std::chrono::sys_days(*to) - std::chrono::sys_days(*from);
  if (days.count() < 0 || days.count() >= kMostDays) {
    return fault("from and to: expected 1 to 366 days");
  }
  return SignOffQuery{*from, *to, http::first_of(fields, "unit")};
}

/// Whether what belongs to the unit is asked for, and for this reader.
bool is_wanted(const std::string& unit_id, const SignOffQuery& query,
               const access::Principal& reader) {
  return may_see_unit(reader, unit_id) && (!query.unit_id || *query.unit_id == unit_id);
}

SignOffJson unit_json(const core::UnitRegister& units, const std::string& unit_id) {
  const core::Unit* unit = units.find_id(unit_id);
  return {{"unit_id", unit_id}, {"unit_name", unit == nullptr ? unit_id : unit->full_name()}};
}

}  // namespace

http::Response SignOffList::get(const http::Request& request, const access::Principal& reader) {
  const auto query = parse_sign_off_query(request.query);
  if (!query) return http::problem(400, "bad-parameter", query.error().message);
  const auto found = records_.sign_offs(query->from, query->to);
  if (!found) {
    spdlog::error("sign-offs: {}", found.error().message);
    return http::store_problem(found.error());
  }
  const core::UnitRegister& units = config_.rules.units;
  const bool names_people = may(reader, access::Right::kSeeFeedback);
  SignOffJson signed_days = SignOffJson::array();
  for (const storage::SignedDay& one : found->days) {
    if (!is_wanted(one.unit_id, *query, reader)) continue;
    SignOffJson row = unit_json(units, one.unit_id);
    row["day"] = core::to_string(one.day);
    row["signed_at"] = local_time(one.at_ms);
    row["who"] = names_people ? SignOffJson(one.who) : SignOffJson(nullptr);
    row["device"] = one.device.value;
    signed_days.push_back(std::move(row));
  }
  // Today is not over.
  const std::chrono::sys_days today(core::local_date(now_ms()));
  const core::LocalDate last = std::min(query->to, core::LocalDate(today - std::chrono::days(1)));
  SignOffJson missing = SignOffJson::array();
  for (const auto& [unit_id, days] :
       feedback::unsigned_days(*found, units, config_.calendar, last)) {
    if (!is_wanted(unit_id, *query, reader)) continue;
    SignOffJson row = unit_json(units, unit_id);
    row["days"] = SignOffJson::array();
    for (const core::LocalDate day : days) row["days"].push_back(core::to_string(day));
    missing.push_back(std::move(row));
  }
  const SignOffJson answer = {{"from", core::to_string(query->from)},
                              {"to", core::to_string(query->to)},
                              {"signed", std::move(signed_days)},
                              {"missing", std::move(missing)}};
  return {200,
          "application/json",
          answer.dump(-1, ' ', false, SignOffJson::error_handler_t::replace),
          {{"Cache-Control", "no-store"}}};
}

}  // namespace hailong::district::api
