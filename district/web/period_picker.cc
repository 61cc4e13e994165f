#include "district/web/period_picker.h"

#include "district/web/figures.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using kainjow::mustache::data;

data link_data(const std::string& label, const std::string& href, bool current) {
  data link;
  link.set("label", label);
  link.set("href", href);
  link.set("current", current);
  return link;
}

std::string address(const std::string& path, const Asked& asked) {
  // Without dates the page stays on today, also after midnight.
  const bool is_today = asked.shown == Period{asked.today, asked.today};
  if (is_today) return asked.as_now ? path + "?as=now" : path;
  return path + query_of(asked);
}

}  // namespace

Asked asked_of(const http::Request& request, core::LocalDate today) {
  Asked asked{today, {today, today}, false, ""};
  const auto as = http::first_of(request.query, "as").value_or("then");
  asked.as_now = as == "now";
  if (as != "now" && as != "then") asked.error = "Cách tính đơn vị chưa đúng.";
  const auto from = http::first_of(request.query, "from");
  const auto to = http::first_of(request.query, "to");
  if (!from && !to) return asked;
  const auto first = core::parse_date(from.value_or(""));
  const auto last = core::parse_date(to.value_or(""));
  if (first && last && *first <= *last) {
    asked.shown = {*first, *last};
  } else {
    asked.error = "Khoảng ngày chưa đúng; đang hiện số liệu hôm nay.";
  }
  return asked;
}

std::string query_of(const Asked& asked) {
  return "?from=" + core::to_string(asked.shown.from) + "&to=" + core::to_string(asked.shown.to) +
         (asked.as_now ? "&as=now" : "");
}

std::string period_picker_html(const std::string& path, const Asked& asked) {
  data page;
  page.set("path", path);
  page.set("today", core::to_string(asked.today));
  page.set("from", core::to_string(asked.shown.from));
  page.set("to", core::to_string(asked.shown.to));
  page.set("as_now", asked.as_now);
  data ranges(data::type::list);
  for (const auto& [label, period] : offered_periods(asked.shown, asked.today)) {
    if (asked.whole_months &&
        period != whole_months(period, moved_by_days(month_start(asked.today), -1)))
      continue;
    const Asked other{asked.today, period, asked.as_now, ""};
    ranges << link_data(label, address(path, other), period == asked.shown);
  }
  page.set("ranges", ranges);
  data units(data::type::list);
  for (const bool now : {false, true}) {
    const Asked other{asked.today, asked.shown, now, ""};
    units << link_data(now ? "Theo đơn vị hiện nay" : "Theo đơn vị lúc đó", address(path, other),
                       now == asked.as_now);
  }
  page.set("units", units);
  return render(templates::k_period_picker_mustache, page);
}

}  // namespace hailong::district::web
