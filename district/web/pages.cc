#include "district/web/pages.h"

#include <spdlog/spdlog.h>

#include "district/clock.h"
#include "district/http/etag.h"
#include "district/http/form.h"
#include "district/http/problem.h"
#include "district/http/session_cookie.h"
#include "district/scoring/numbers.h"
#include "district/web/dashboard.h"
#include "district/web/layout.h"
#include "web_static.h"

namespace hailong::district::web {
namespace {

constexpr const char* kHtml = "text/html; charset=utf-8";
constexpr std::size_t kFormBytes = 4096;
constexpr std::size_t kLongestName = 64;

http::Response failed(const core::Error& error) {
  spdlog::error("pages: {}", error.message);
  return http::store_problem(error);
}

/// False for a form that another site's page sent. Browsers say where a form comes from; what says
/// nothing is no browser, and carries no cookie that it was not given on purpose.
bool comes_from_here(const http::Request& request) {
  if (const auto site = request.header("sec-fetch-site")) {
    return *site == "same-origin" || *site == "none";
  }
  const auto origin = request.header("origin");
  if (!origin) return true;
  const std::size_t host = origin->find("://");
  return host != std::string::npos && origin->substr(host + 3) == request.header("host");
}

/// Whether the browser sees this site by HTTPS, through a proxy.
bool is_secure(const http::Request& request) {
  return request.header("origin").value_or("").starts_with("https://");
}

http::Response foreign_form() {
  return http::problem(403, "foreign-form", "forms are taken from this site's own pages only");
}

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

void Pages::add_to(http::Router& router) {
  const auto bound = [this](http::Response (Pages::*page)(const http::Request&)) {
    return [this, page](const http::Request& request) { return (this->*page)(request); };
  };
  router.add("GET", "/", bound(&Pages::dashboard));
  router.add("GET", "/login", bound(&Pages::login_form));
  router.add("POST", "/login", bound(&Pages::log_in), kFormBytes);
  router.add("POST", "/logout", bound(&Pages::log_out), kFormBytes);
  router.add("GET", "/static/hailong.css", file("text/css; charset=utf-8", files::k_hailong_css));
  router.add("GET", "/static/hailong.js",
             file("text/javascript; charset=utf-8", files::k_hailong_js));
  router.add("GET", "/static/hailong-charts.js",
             file("text/javascript; charset=utf-8", files::k_hailong_charts_js));
  router.add("GET", "/static/chart.min.js",
             file("text/javascript; charset=utf-8", files::k_chart_min_js));
  router.add("GET", "/static/icon.svg", file("image/svg+xml", files::k_icon_svg));
}

http::Response Pages::dashboard(const http::Request& request) {
  const auto secret = http::session_secret(request);
  if (!secret) return http::redirect_to("/login");
  const auto person = gate_.person_of(*secret, now_ms());
  if (!person) return failed(person.error());
  if (!person->has_value()) return http::redirect_to("/login");
  return show_dashboard(request, **person);
}

http::Response Pages::show_dashboard(const http::Request& request, const std::string& person) {
  std::string error;
  const core::LocalDate today = core::local_date(now_ms());
  const Period shown = period_of(request, today, error);
  const auto etag_at = [&](std::int64_t revision) {
    return http::etag_of(assets_version() + core::to_hex(config_.fingerprint) +
                         std::to_string(revision) + core::to_string(today) +
                         core::to_string(shown.from) + core::to_string(shown.to) + error + person);
  };
  const auto revision = roll_ups_.revision();
  if (!revision) return failed(revision.error());
  if (http::has_version(request, etag_at(*revision))) {
    return http::versioned({304, kHtml, "", {}}, etag_at(*revision));
  }
  auto table = scoring::score_table(roll_ups_, config_.rules, {shown.from, shown.to, {}});
  if (!table) return failed(table.error());
  auto received = roll_ups_.last_received();
  if (!received) return failed(received.error());
  auto alerts = alerts_.read(shown.from, shown.to);
  if (!alerts) return failed(alerts.error());
  const std::string etag = etag_at(table->revision);
  const DashboardView view{config_.authority_name,
                           person,
                           today,
                           shown,
                           std::move(*table),
                           std::move(*received),
                           std::move(*alerts),
                           config_.rules.units,
                           error};
  return http::versioned({error.empty() ? 200 : 400, kHtml, dashboard_page(view), {}}, etag);
}

http::Response Pages::login_form(const http::Request& /*request*/) {
  return {200, kHtml, login_page({config_.authority_name, "", ""}), {}};
}

http::Response Pages::log_in(const http::Request& request) {
  if (!comes_from_here(request)) return foreign_form();
  const http::Fields form = http::parse_form(request.body);
  const std::string name = http::first_of(form, "name").value_or("");
  const auto answer =
      name.size() > kLongestName
          ? core::Result<access::LogIn>(access::WrongPassword{})
          : gate_.log_in(name, http::first_of(form, "password").value_or(""), now_ms());
  if (!answer) return failed(answer.error());
  if (const auto* admitted = std::get_if<access::Admitted>(&*answer)) {
    http::Response response = http::redirect_to("/");
    response.headers.push_back(
        http::session_header(admitted->secret, access::kSessionLength, is_secure(request)));
    return response;
  }
  // The name is what somebody typed, perhaps a password in the wrong box: it is not logged.
  if (const auto* rest = std::get_if<access::MustRest>(&*answer)) {
    spdlog::warn("login: an account rests after too many wrong passwords");
    const std::string wait = std::to_string(rest->wait.count());
    http::Response response{
        429,
        kHtml,
        login_page({config_.authority_name, name,
                    "Đã sai mật khẩu nhiều lần. Xin thử lại sau " + wait + " giây."}),
        {{"Retry-After", wait}}};
    return response;
  }
  spdlog::info("login: wrong name or password");
  return {401,
          kHtml,
          login_page({config_.authority_name, name, "Tên đăng nhập hoặc mật khẩu chưa đúng."}),
          {}};
}

http::Response Pages::log_out(const http::Request& request) {
  if (!comes_from_here(request)) return foreign_form();
  if (const auto secret = http::session_secret(request)) {
    if (auto ended = gate_.log_out(*secret); !ended) return failed(ended.error());
  }
  http::Response response = http::redirect_to("/login");
  response.headers.push_back(
      http::session_header("", std::chrono::seconds::zero(), is_secure(request)));
  return response;
}

}  // namespace hailong::district::web
