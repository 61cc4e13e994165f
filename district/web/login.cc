#include "district/web/login.h"

#include <spdlog/spdlog.h>

#include "district/access/account_rules.h"
#include "district/clock.h"
#include "district/http/form.h"
#include "district/http/session_cookie.h"
#include "district/web/figures.h"
#include "district/web/layout.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

constexpr std::size_t kLoginBytes = 4096;

}  // namespace

std::string login_page(const LoginView& view) {
  namespace mustache = kainjow::mustache;
  mustache::data page;
  page.set("name", view.name);
  page.set("next", view.next);
  if (!view.error.empty()) {
    mustache::data error;
    error.set("text", view.error);
    page.set("error", error);
  }
  return in_layout({"Đăng nhập", view.authority, "", "", {}, ""},
                   render(templates::k_login_mustache, page));
}

void Login::add_to(Site& site) {
  site.open("GET", "/login", [this](const http::Request& request) { return form(request); });
  site.open(
      "POST", "/login",
      [this, &site](const http::Request& request) { return log_in(site, request); }, kLoginBytes);
  site.post("/logout", access::Right::kOwnAccount,
            [this](const http::Request& request, const access::Principal& person) {
              return log_out(request, person);
            });
}

http::Response Login::form(const http::Request& request) {
  const std::string next = safe_target(http::first_of(request.query, "next").value_or("/"));
  return {200, kHtml, login_page({config_.authority_name, "", next, ""}), {}};
}

http::Response Login::log_in(const Site& site, const http::Request& request) {
  if (!site.comes_from_here(request)) return foreign_form();
  const http::Fields fields = http::parse_form(request.body);
  const std::string name = http::first_of(fields, "name").value_or("");
  const std::string next = safe_target(http::first_of(fields, "next").value_or("/"));
  const auto answer = access::mistake_in_name(name)
                          ? core::Result<access::LogIn>(access::WrongPassword{})
                          : gate_.log_in(name, http::first_of(fields, "password").value_or(""),
                                         {client_address(request, config_),
                                          http::session_secret(request, is_https(config_))},
                                         now_ms());
  if (!answer) return store_failed(answer.error());
  if (const auto* admitted = std::get_if<access::Admitted>(&*answer)) {
    http::Response response = http::redirect_to(next);
    response.headers.push_back(
        http::session_header(admitted->secret, access::kSessionLength, is_https(config_)));
    return response;
  }
  // The name is what somebody typed, perhaps a password in the wrong box: it is not logged.
  if (const auto* rest = std::get_if<access::MustRest>(&*answer)) {
    spdlog::warn("login: an account or address rests after too many wrong passwords");
    const std::string wait = std::to_string(rest->wait.count());
    return {429,
            kHtml,
            login_page({config_.authority_name, name, next,
                        "Đã sai mật khẩu nhiều lần. Xin thử lại sau " + wait + " giây."}),
            {{"Retry-After", wait}}};
  }
  spdlog::info("login: wrong name or password");
  return {
      401,
      kHtml,
      login_page({config_.authority_name, name, next, "Tên đăng nhập hoặc mật khẩu chưa đúng."}),
      {}};
}

http::Response Login::log_out(const http::Request& request, const access::Principal& person) {
  const bool secure = is_https(config_);
  if (const auto secret = http::session_secret(request, secure)) {
    if (auto ended = gate_.log_out(*secret, {person.name, now_ms()}); !ended)
      return store_failed(ended.error());
  }
  http::Response response = http::redirect_to("/login");
  response.headers.push_back(http::session_header("", std::chrono::seconds::zero(), secure));
  return response;
}

}  // namespace hailong::district::web
