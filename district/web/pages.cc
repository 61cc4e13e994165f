#include "district/web/pages.h"

#include "district/clock.h"
#include "district/http/etag.h"
#include "district/web/dashboard.h"
#include "district/web/layout.h"
#include "web_static.h"

namespace hailong::district::web {
namespace {

http::Handler file(const char* type, std::string_view text) {
  return [type, text](const http::Request&) {
    // The address changes with the content.
    return http::Response{
        200, type, std::string(text), {{"Cache-Control", "public, max-age=31536000, immutable"}}};
  };
}

/// The range in the address; today when there is none. Sets `error` when it cannot be read.
Period period_of(const http::Request& request, core::LocalDate today, std::string& error) {
  const auto from = http::first_of(request.query, "from");
  const auto to = http::first_of(request.query, "to");
  if (!from && !to) return {today, today};
  const auto first = core::parse_date(from.value_or(""));
  const auto last = core::parse_date(to.value_or(""));
  if (first && last && *first <= *last) return {*first, *last};
  error = "Khoảng ngày chưa đúng; đang hiện số liệu hôm nay.";
  return {today, today};
}

}  // namespace

void Pages::add_to(Site& site) {
  site.get("/", access::Right::kSeeScores,
           [this, &site](const http::Request& request, const access::Principal& person) {
             return dashboard(site, request, person);
           });
  const char* script = "text/javascript; charset=utf-8";
  site.open("GET", "/static/hailong.css", file("text/css; charset=utf-8", files::k_hailong_css));
  site.open("GET", "/static/hailong.js", file(script, files::k_hailong_js));
  site.open("GET", "/static/hailong-charts.js", file(script, files::k_hailong_charts_js));
  site.open("GET", "/static/chart.min.js", file(script, files::k_chart_min_js));
  site.open("GET", "/static/icon.svg", file("image/svg+xml", files::k_icon_svg));
}

http::Response Pages::dashboard(const Site& site, const http::Request& request,
                                const access::Principal& person) {
  std::string error;
  const core::LocalDate today = core::local_date(now_ms());
  const Period shown = period_of(request, today, error);
  const auto etag_at = [&](std::int64_t revision) {
    return http::etag_of(assets_version() + core::to_hex(config_.fingerprint) +
                         std::to_string(revision) + core::to_string(today) +
                         core::to_string(shown.from) + core::to_string(shown.to) + error +
                         person.name + person.csrf);
  };
  const auto revision = roll_ups_.revision();
  if (!revision) return store_failed(revision.error());
  if (http::has_version(request, etag_at(*revision))) {
    return http::versioned({304, kHtml, "", {}}, etag_at(*revision));
  }
  auto table = scoring::score_table(roll_ups_, config_.rules, {shown.from, shown.to, {}});
  if (!table) return store_failed(table.error());
  scoring::keep_units(*table, [&](std::string_view id) { return may_see_unit(person, id); });
  auto received = roll_ups_.last_received();
  if (!received) return store_failed(received.error());
  auto alerts = alerts_.read(shown.from, shown.to);
  if (!alerts) return store_failed(alerts.error());
  const std::string etag = etag_at(table->revision);
  const DashboardView view{today,
                           shown,
                           std::move(*table),
                           std::move(*received),
                           std::move(*alerts),
                           config_.rules.units,
                           error};
  http::Response response =
      site.page(person, "overview", dashboard_title(view), dashboard_main(view));
  if (!error.empty()) response.status = 400;
  return http::versioned(std::move(response), etag);
}

}  // namespace hailong::district::web
