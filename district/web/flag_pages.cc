#include "district/web/flag_pages.h"

#include <algorithm>

#include "district/clock.h"
#include "district/web/doubt_words.h"

namespace hailong::district::web {
namespace {

using access::Right;

constexpr const char* kFlags = "flags";        // the section
constexpr std::size_t kLongestGrounds = 4000;  // bytes

/// The form's fields as a decision, or what is missing, for people.
core::Result<storage::FlagDecision> decision_in(const http::Fields& form,
                                                const core::UnitRegister& units) {
  using core::Fault;
  const auto field = [&](const char* name) { return http::first_of(form, name).value_or(""); };
  storage::FlagDecision decision;
  decision.unit_id = field("unit");
  if (units.find_id(decision.unit_id) == nullptr) {
    return core::fail(Fault::kInvalid, "Không có đơn vị này.");
  }
  const auto from = core::parse_date(field("from"));
  const auto to = core::parse_date(field("to"));
  if (!from || !to || *to < *from) {
    return core::fail(Fault::kInvalid,
                      "Cần ngày đầu và ngày cuối, ngày cuối không trước ngày đầu.");
  }
  decision.from = *from;
  decision.to = *to;
  const auto& known = decidable_doubts();
  for (const auto& [name, value] : form) {
    if (name != "reason") continue;
    if (std::find(known.begin(), known.end(), value) == known.end()) {
      return core::fail(Fault::kInvalid, "Không có dấu hiệu bất thường này.");
    }
    decision.reasons.push_back(value);
  }
  if (decision.reasons.empty()) {
    return core::fail(Fault::kInvalid, "Cần chọn ít nhất một dấu hiệu bất thường.");
  }
  if (field("effect") != "leave-out" && field("effect") != "count") {
    return core::fail(Fault::kInvalid, "Cần chọn không tính hay tính lại.");
  }
  decision.leaves_out = field("effect") == "leave-out";
  decision.why = field("why");
  if (decision.why.find_first_not_of(" \t\r\n") == std::string::npos ||
      decision.why.size() > kLongestGrounds) {
    return core::fail(Fault::kInvalid, "Cần ghi căn cứ, nhiều nhất 1.000 chữ cái.");
  }
  return decision;
}

}  // namespace

void FlagPages::add_to(Site& site) {
  site.get("/flags", Right::kSeeMisconduct,
           [this, &site](const http::Request& request, const access::Principal& person) {
             return page(site, request, person);
           });
  site.post("/flags", Right::kDecideFlags,
            [this, &site](const http::Request& request, const access::Principal& person) {
              return decide(site, request, person);
            });
}

http::Response FlagPages::page(const Site& site, const http::Request& request,
                               const access::Principal& person) {
  const core::LocalDate today = core::local_date(now_ms());
  Asked asked = asked_of(request, today);
  if (request.query.empty()) asked.shown.from = month_start(today);
  auto table =
      scoring::score_table(roll_ups_, config_.rules, {asked.shown.from, asked.shown.to, {}});
  if (!table) return store_failed(table.error());
  auto decisions = decisions_.list();
  if (!decisions) return store_failed(decisions.error());
  FlagsView view{std::move(asked),    std::move(table->rows),           std::move(*decisions),
                 config_.rules.units, may(person, Right::kDecideFlags), person.csrf};
  std::erase_if(view.rows, [&](const scoring::ScoreRow& row) {
    return row.flagged == 0 || !may_see_unit(person, row.unit_id);
  });
  std::erase_if(view.decisions, [&](const storage::FlagDecision& decision) {
    return !may_see_unit(person, decision.unit_id);
  });
  http::Response response = site.page(person, kFlags, "Phiếu bất thường", flags_html(view));
  if (!view.asked.error.empty()) response.status = 400;
  return response;
}

http::Response FlagPages::decide(const Site& site, const http::Request& request,
                                 const access::Principal& person) {
  auto decision = decision_in(request.form, config_.rules.units);
  if (!decision) return site.refused(person, kFlags, decision.error().message);
  decision->who = person.name;
  decision->at_ms = now_ms();
  const auto decided = receiver_.decide(*decision, person.unit);
  if (decided) {
    return http::redirect_to("/flags?from=" + core::to_string(decision->from) +
                             "&to=" + core::to_string(decision->to));
  }
  if (decided.error().fault == core::Fault::kConflict) {
    return site.refused(person, kFlags, "Không ai quyết định về phiếu của chính đơn vị mình.");
  }
  return store_failed(decided.error());
}

}  // namespace hailong::district::web
