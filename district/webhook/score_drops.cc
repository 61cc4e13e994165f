#include "district/webhook/score_drops.h"

#include <map>

#include "district/webhook/message.h"

namespace hailong::district::webhook {
namespace {

using Json = nlohmann::ordered_json;

/// One unit in the month before and in the last whole month.
struct TwoMonths {
  std::string name;
  core::Counts before;
  core::Counts last;
};

std::string month_text(std::chrono::year_month month) {
  return core::to_string(month / std::chrono::day(1)).substr(0, 7);
}

Json figures_json(const core::Counts& counts) {
  const auto share = core::satisfied_basis_points(counts);
  return {{"n", counts.n()},
          {"satisfied_pct", share ? Json(static_cast<double>(*share) / 100) : Json(nullptr)}};
}

}  // namespace

core::Result<std::vector<storage::WebhookMessage>> score_drops(storage::RollUpReader& roll_ups,
                                                               const scoring::Rules& rules,
                                                               std::int64_t now_ms) {
  const core::LocalDate today = core::local_date(now_ms);
  const std::chrono::year_month last = today.year() / today.month() - std::chrono::months(1);
  const std::chrono::year_month before = last - std::chrono::months(1);
  scoring::ScoreQuery query{before / std::chrono::day(1), last / std::chrono::last, {}};
  query.by.by_month = true;
  query.units_as_on = query.to;
  const auto table = scoring::score_table(roll_ups, rules, query);
  if (!table) return core::Failure(table.error());

  std::map<std::string, TwoMonths> units;
  for (const scoring::ScoreRow& row : table->rows) {
    TwoMonths& unit = units[row.unit_id];
    unit.name = row.unit_name;
    (row.period == month_text(last) ? unit.last : unit.before) += row.counts;
  }
  std::vector<storage::WebhookMessage> messages;
  for (const auto& [unit_id, unit] : units) {
    if (!core::dropped_beyond_noise(unit.before, unit.last)) continue;
    messages.push_back(
        message_of(std::string("score-drop/").append(unit_id).append("/").append(month_text(last)),
                   "score.drop", now_ms,
                   {{"unit_id", unit_id},
                    {"unit_name", unit.name},
                    {"month", month_text(last)},
                    {"last", figures_json(unit.last)},
                    {"before", figures_json(unit.before)}}));
  }
  return messages;
}

}  // namespace hailong::district::webhook
