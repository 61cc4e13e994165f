#include "district/api/dossiers.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "district/clock.h"
#include "district/http/problem.h"
#include "district/scoring/asked_indices.h"

namespace hailong::district::api {
namespace {

using DossierJson = nlohmann::ordered_json;
using dossiers::DossierFigures;

DossierJson ratio_json(const DossierFigures& figures) {
  const auto ratio = figures.hidden() ? std::nullopt : scoring::dossier_ratio(figures.faults);
  const auto part = [&](std::int64_t count) {
    return !ratio ? DossierJson(nullptr) : DossierJson(count);
  };
  const auto hundredths = [](std::int64_t value) { return static_cast<double>(value) / 100; };
  return {
      {"reading", "union"},
      {"dossiers", figures.hidden() ? DossierJson(nullptr) : DossierJson(figures.dossiers())},
      {"unsatisfied", part(figures.with(scoring::kUnsatisfied))},
      {"complained", part(figures.with(scoring::kComplained))},
      {"overdue", part(figures.with(scoring::kOverdue))},
      {"faulty", part(figures.faults.faulty())},
      {"ratio_pct", ratio ? DossierJson(hundredths(ratio->basis_points)) : DossierJson(nullptr)},
      {"points", ratio ? DossierJson(hundredths(ratio->points_x100)) : DossierJson(nullptr)},
      {"words", figures.ratio_words()}};
}

DossierJson index_json(int number, const scoring::DossierScores& scores, bool hidden) {
  const auto tenths = hidden ? std::nullopt : scoring::index_tenths(scores);
  return {{"index", number},
          {"value", tenths ? DossierJson(static_cast<double>(*tenths) / 10) : DossierJson(nullptr)},
          {"scored", hidden ? DossierJson(nullptr) : DossierJson(scores.scored())}};
}

DossierJson indices_json(const std::vector<storage::AnswerRow>& answers,
                         const DossierFigures& figures) {
  DossierJson list = DossierJson::array();
  for (const scoring::AskedIndex& asked : scoring::kAskedIndices) {
    const scoring::DossierScores scores = scoring::asked_scores(answers, asked.question);
    list.push_back(index_json(asked.number, scores, false));
  }
  list.push_back(index_json(7, scoring::conduct_scores(figures.conduct), figures.hidden()));
  return list;
}

/// from, to and as, each once at most.
core::Result<scoring::ScoreQuery> query_of(const http::Request& request, core::LocalDate today) {
  http::Fields seen;
  for (const auto& [name, value] : request.query) {
    if (http::first_of(seen, name) || (name != "from" && name != "to" && name != "as")) {
      return core::fail(core::Fault::kInvalid, "expected from, to and as, each once");
    }
    seen.emplace_back(name, value);
  }
  return scoring::parse_score_query(request.query, today);
}

}  // namespace

http::Response DossierEndpoint::get(const http::Request& request, const access::Principal& reader) {
  const core::LocalDate today = core::local_date(now_ms());
  const auto query = query_of(request, today);
  if (!query) return http::problem(400, "bad-parameter", query.error().message);
  auto json = json_of(*query, today, reader);
  if (!json) {
    spdlog::error("dossiers: {}", json.error().message);
    return http::store_problem(json.error());
  }
  return {200, "application/json", std::move(*json), {}};
}

core::Result<std::string> DossierEndpoint::json_of(const scoring::ScoreQuery& query,
                                                   core::LocalDate today,
                                                   const access::Principal& reader) {
  DossierJson rows = DossierJson::array();
  for (const core::Unit* unit : scoring::communes_of(config_.rules, query)) {
    const std::string id = unit->id();
    if (!may_see_unit(reader, id)) continue;
    const auto figures = figures_.read(id, query.from, query.to, query.units_as_on, today);
    if (!figures) return core::Failure(figures.error());
    std::vector<std::string> ids{id};
    if (query.units_as_on) {
      ids = access::with_predecessors(config_.rules.units, *unit, *query.units_as_on);
    }
    const auto answers = roll_ups_.answers(query.from, query.to, ids);
    if (!answers) return core::Failure(answers.error());
    rows.push_back({{"unit_id", id},
                    {"unit_name", unit->full_name()},
                    {"unit_code", unit->code.value},
                    {"qd766_5_4", ratio_json(*figures)},
                    {"tt01", indices_json(*answers, *figures)}});
  }
  const DossierJson answer = {{"from", core::to_string(query.from)},
                              {"to", core::to_string(query.to)},
                              {"as", query.as_text()},
                              {"rows", std::move(rows)}};
  return answer.dump(-1, ' ', false, DossierJson::error_handler_t::replace);
}

}  // namespace hailong::district::api
