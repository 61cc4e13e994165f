#include "district/api/programme.h"

#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>

#include "district/clock.h"
#include "district/http/problem.h"
#include "district/scoring/programme_progress.h"

namespace hailong::district::api {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson maybe(const std::optional<int>& number) {
  return number ? OrderedJson(*number) : OrderedJson(nullptr);
}

OrderedJson recognition_json(const std::optional<storage::AppraisalEntry>& entry) {
  if (!entry) return nullptr;
  return {{"level", maybe(entry->level)},
          {"decision", entry->decision},
          {"decided_on", entry->decided_on ? OrderedJson(core::to_string(*entry->decided_on))
                                           : OrderedJson(nullptr)}};
}

OrderedJson units_json(const std::vector<scoring::UnitProgress>& units) {
  OrderedJson list = OrderedJson::array();
  for (const scoring::UnitProgress& unit : units) {
    list.push_back({{"unit_id", unit.unit_id},
                    {"unit_name", unit.unit_name},
                    {"recognition", recognition_json(unit.recognition)},
                    {"criterion_level", maybe(unit.criterion_level)},
                    {"verdict", unit.verdict}});
  }
  return list;
}

OrderedJson aims_json(const scoring::ProgrammeProgress& progress) {
  OrderedJson list = OrderedJson::array();
  if (!progress.target) return list;
  const auto recognised = scoring::aim_lines(*progress.target, progress.recognised);
  const auto criterion = scoring::aim_lines(*progress.target, progress.by_criterion);
  for (std::size_t i = 0; i < recognised.size(); ++i) {
    list.push_back({{"name", recognised[i].name},
                    {"aim", recognised[i].aim},
                    {"needed", recognised[i].needed},
                    {"recognised", recognised[i].reached},
                    {"met", recognised[i].met},
                    {"by_criterion", criterion[i].reached}});
  }
  return list;
}

std::string progress_json(const scoring::ProgrammeProgress& progress) {
  const OrderedJson answer = {
      {"year", progress.year},
      {"until", core::to_string(progress.until)},
      {"target_source",
       progress.target ? OrderedJson(progress.target->origin.source) : OrderedJson(nullptr)},
      {"units", progress.recognised.all()},
      {"aims", aims_json(progress)},
      {"criterion_official",
       progress.programme ? OrderedJson(progress.programme->official()) : OrderedJson(nullptr)},
      {"rows", units_json(progress.units)},
      {"merged", units_json(progress.merged)}};
  return answer.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

/// The year asked for, or this one; nothing for any other question.
std::optional<int> year_asked_for(const http::Fields& query, core::LocalDate today) {
  if (query.empty()) return static_cast<int>(today.year());
  if (query.size() > 1 || query.front().first != "year") return std::nullopt;
  return scoring::parse_year(query.front().second);
}

}  // namespace

http::Response ProgrammeEndpoint::get(const http::Request& request,
                                      const access::Principal& reader) {
  const core::LocalDate today = access::last_day_shown(reader, core::local_date(now_ms()));
  const auto year = year_asked_for(request.query, today);
  if (!year) {
    return http::problem(400, "bad-parameter", "expected one parameter at most: year=YYYY");
  }
  auto roll_ups = roll_ups_.seen(access::works_at_counter(reader) ? storage::Shown::kInFives
                                                                  : storage::Shown::kAll);
  auto progress = scoring::programme_progress(roll_ups, appraisals_, config_.rules, *year, today);
  if (!progress) {
    spdlog::error("programme: {}", progress.error().message);
    return http::store_problem(progress.error());
  }
  scoring::keep_units(*progress, [&](std::string_view id) { return may_see_unit(reader, id); });
  return {200, "application/json", progress_json(*progress), {}};
}

}  // namespace hailong::district::api
