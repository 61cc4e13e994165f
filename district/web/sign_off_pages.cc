#include "district/web/sign_off_pages.h"

#include <array>

#include "district/clock.h"
#include "district/web/periods.h"

namespace hailong::district::web {

using access::Right;

void SignOffPages::add_to(Site& site) {
  site.get("/sign-offs", Right::kSeeHandledFeedback,
           [this, &site](const http::Request& request, const access::Principal& person) {
             return page(site, request, person);
           });
}

http::Response SignOffPages::page(const Site& site, const http::Request& request,
                                  const access::Principal& person) {
  const core::LocalDate today = core::local_date(now_ms());
  const core::LocalDate yesterday = moved_by_days(today, -1);
  auto found = records_.sign_offs(moved_by_days(today, -feedback::kSignOffDays), today);
  if (!found) return store_failed(found.error());
  const core::UnitRegister& units = config_.rules.units;
  SignOffsView view{today,
                    {},
                    {},
                    feedback::unsigned_days(*found, units, config_.calendar, yesterday),
                    nullptr,
                    may(person, Right::kSeeFeedback),
                    list_asked_of(request, std::array{"unit"})};
  view.found = std::move(*found);
  for (const core::Unit* unit : units.communes(config_.rules.authority, today)) {
    if (may_see_unit(person, unit->id())) view.units.push_back(unit);
  }
  if (const auto asked = http::first_of(request.query, "unit")) {
    view.unit = units.find_id(*asked);
    if (view.unit == nullptr) return site.not_found(person);
    if (!may_see_unit(person, *asked)) return site.forbidden(person);
  } else if (view.units.size() == 1) {
    view.unit = view.units.front();
  }
  return site.page(person, "sign-offs", "Ký xác nhận ngày", sign_offs_html(view));
}

}  // namespace hailong::district::web
