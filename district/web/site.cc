#include "district/web/site.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>

#include "core/text.h"
#include "district/access/secrets.h"
#include "district/clock.h"
#include "district/http/form.h"
#include "district/http/problem.h"
#include "district/http/session_cookie.h"
#include "district/web/layout.h"
#include "district/web/problem_words.h"

namespace hailong::district::web {
namespace {

using access::Principal;
using access::Right;

/// The navigation in its order. An entry is shown to those who may open its page, once there is
/// one.
struct Section {
  const char* id;
  const char* label;
  const char* path;
};
constexpr std::array kSections = {
    Section{"overview", "Tổng quan", "/"},
    Section{"feedback", "Ý kiến", "/feedback"},
    Section{"sign-offs", "Ký xác nhận", "/sign-offs"},
    Section{"units", "Xã, phường", "/units"},
    Section{"devices", "Thiết bị", "/devices"},
    Section{"flags", "Phiếu bất thường", "/flags"},
    Section{"served", "Hồ sơ", "/served"},
    Section{"programme", "Chương trình", "/programme"},
    Section{"appraisal", "Chấm điểm năm", "/appraisal"},
    Section{"reports", "Báo cáo", "/reports"},
    Section{"erasure", "Xóa dữ liệu", "/erasure"},
    Section{"audit", "Nhật ký", "/audit"},
    Section{"accounts", "Tài khoản", "/accounts"},
    Section{"tokens", "Mã truy cập", "/tokens"},
};

constexpr std::string_view kBearer = "Bearer ";

http::Response no_token() {
  http::Response response = http::problem(
      401, "no-token", "send the header Authorization: Bearer TOKEN with a valid token");
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

/// False when a field holds bytes that are no text: no page of ours sends any, and not every store
/// takes them.
bool is_text(const http::Fields& fields) {
  return std::all_of(fields.begin(), fields.end(), [](const auto& field) {
    const std::string& value = field.second;
    return value.find('\0') == std::string::npos && core::utf8(core::code_points(value)) == value;
  });
}

http::Response no_text() {
  return http::problem(400, "no-text", "a parameter or field is not UTF-8 text");
}

/// False for somebody who must choose a password before anything else.
bool is_ready(const Principal& person, Right right) {
  return !person.must_change_password || right == Right::kOwnAccount;
}

/// To the login, and from there back to what was asked for.
http::Response to_login(const http::Request& request) {
  const std::string wanted = http::address_of(request);
  return http::redirect_to(wanted == "/" ? "/login" : "/login?next=" + http::escaped(wanted));
}

}  // namespace

std::string safe_target(std::string_view wanted) {
  // "//host" and "/\host" lead elsewhere; browsers drop control characters before they look.
  const bool path = wanted.starts_with('/') && !wanted.starts_with("//");
  const bool plain = std::all_of(wanted.begin(), wanted.end(),
                                 [](char c) { return c > ' ' && c < 127 && c != '\\'; });
  return path && plain ? std::string(wanted) : "/";
}

std::string client_address(const http::Request& request, const Config& config) {
  if (config.public_url.empty()) return request.address;
  std::string forwarded = request.header("x-forwarded-for").value_or("");
  forwarded.erase(0, forwarded.find_last_of(", ") + 1);  // npos + 1 is 0
  return forwarded.empty() ? request.address : forwarded;
}

http::Response foreign_form() {
  return http::problem(403, "foreign-form", "forms are taken from this site's own pages only");
}

http::Response store_failed(const core::Error& error) {
  spdlog::error("pages: {}", error.message);
  return http::store_problem(error);
}

Site::Site(access::Gate& gate, const Config& config) : gate_(gate), config_(config) {
  router_.on_problem([this](const http::Request& request, http::Response problem) {
    return as_page(request, std::move(problem));
  });
}

void Site::add(SiteRoute route, http::Handler handler, std::size_t body_limit,
               http::Handler too_large) {
  router_.add(route.method, route.path, std::move(handler), body_limit, std::move(too_large));
  routes_.push_back(std::move(route));
}

void Site::open(const std::string& method, const std::string& path, http::Handler handler,
                std::size_t body_limit, http::Handler too_large) {
  add({method, path, std::nullopt, false}, std::move(handler), body_limit, std::move(too_large));
}

void Site::kiosk(const std::string& method, const std::string& path, http::Handler handler,
                 std::size_t body_limit, http::Handler too_large) {
  const bool needs_certificate = config_.tls && !config_.tls->client_ca.empty();
  if (!needs_certificate) return open(method, path, std::move(handler), body_limit, too_large);
  open(
      method, path,
      [handler = std::move(handler)](const http::Request& request) {
        if (request.certified) return handler(request);
        return http::problem(403, "no-certificate",
                             "kiosks need a certificate here: client_certificate in sync.toml");
      },
      body_limit, std::move(too_large));
}

void Site::get(const std::string& path, Right right, Handler handler) {
  add({"GET", path, right, false},
      [this, right, handler = std::move(handler)](const http::Request& request) {
        return answer_get(request, right, handler);
      });
}

void Site::post(const std::string& path, Right right, Handler handler, std::size_t body_limit) {
  add(
      {"POST", path, right, false},
      [this, right, handler = std::move(handler)](const http::Request& request) {
        return answer_post(request, right, handler);
      },
      body_limit);
}

void Site::api(const std::string& path, Right right, Handler handler) {
  add({"GET", path, right, true},
      [this, right, handler = std::move(handler)](const http::Request& request) {
        return answer_api(request, right, handler);
      });
}

Site::Admitted Site::person_of(const http::Request& request) const {
  const auto secret = http::session_secret(request, is_https(config_));
  if (!secret) return std::optional<Principal>();
  return gate_.person_of(*secret, now_ms());
}

Site::Admitted Site::reader_of(const http::Request& request) const {
  const auto authorization = request.header("authorization");
  if (!authorization) return person_of(request);
  if (!authorization->starts_with(kBearer)) return std::optional<Principal>();
  return gate_.program_of(authorization->substr(kBearer.size()), now_ms());
}

http::Response Site::answer_get(const http::Request& request, Right right,
                                const Handler& handler) const {
  if (!is_text(request.query)) return no_text();
  const auto person = person_of(request);
  if (!person) return store_failed(person.error());
  if (!person->has_value()) return to_login(request);
  if (!may(**person, right)) return forbidden(**person);
  if (!is_ready(**person, right)) return http::redirect_to("/account");
  return handler(request, **person);
}

http::Response Site::answer_post(const http::Request& request, Right right,
                                 const Handler& handler) const {
  if (!comes_from_here(request)) return foreign_form();
  const auto person = person_of(request);
  if (!person) return store_failed(person.error());
  if (!person->has_value()) return http::redirect_to("/login");
  http::Request filled = request;
  filled.form = http::parse_form(request.body);
  const std::string csrf = http::first_of(filled.form, "csrf").value_or("");
  if (!access::same_secret(csrf, (*person)->csrf)) return foreign_form();
  if (!may(**person, right)) return forbidden(**person);
  if (!is_ready(**person, right)) return http::redirect_to("/account");
  if (!is_text(filled.form) || !is_text(request.query)) return no_text();
  return handler(filled, **person);
}

http::Response Site::answer_api(const http::Request& request, Right right,
                                const Handler& handler) const {
  if (!is_text(request.query)) return no_text();
  const auto reader = reader_of(request);
  if (!reader) return store_failed(reader.error());
  if (!reader->has_value()) return no_token();
  if (!may(**reader, right) || !is_ready(**reader, right)) {
    return http::problem(403, "no-right", "this account or token may not read this");
  }
  return handler(request, **reader);
}

bool Site::comes_from_here(const http::Request& request) const {
  // Browsers say where a form comes from. What says nothing is no browser, and carries no cookie
  // that it was not given on purpose.
  if (const auto site = request.header("sec-fetch-site")) {
    if (*site != "same-origin" && *site != "none") return false;
  }
  const auto origin = request.header("origin");
  if (!origin) return true;
  if (!config_.public_url.empty()) return *origin == config_.public_url;
  return *origin ==
         (is_https(config_) ? "https://" : "http://") + request.header("host").value_or("");
}

bool Site::may_open(const Principal& person, const std::string& path) const {
  return std::any_of(routes_.begin(), routes_.end(), [&](const SiteRoute& route) {
    return route.method == "GET" && route.path == path && route.right && may(person, *route.right);
  });
}

std::string Site::framed(const std::optional<Principal>& person, const std::string& section,
                         const std::string& title, const std::string& main) const {
  Frame frame{title, config_.authority_name, "", "", {}, ""};
  if (person) {
    frame.person = person->shown_name;
    frame.csrf = person->csrf;
    frame.role = person->role_name();
    for (const Section& entry : kSections) {
      if (!may_open(*person, entry.path)) continue;
      frame.sections.push_back({entry.path, entry.label, entry.id == section});
    }
  }
  return in_layout(frame, main);
}

http::Response Site::page(const Principal& person, const std::string& section,
                          const std::string& title, const std::string& main) const {
  return {200, kHtml, framed(person, section, title, main), {}};
}

http::Response Site::as_page(const http::Request& request, http::Response problem) const {
  if (request.header("accept").value_or("").find("text/html") == std::string::npos) return problem;
  // Of a store that has just failed nothing more is asked.
  const bool store_fails = problem.problem.starts_with("store-");
  const auto person = store_fails ? Admitted(std::nullopt) : person_of(request);
  if (!person) spdlog::error("pages: {}", person.error().message);
  const auto [heading, text] = problem_words(problem.problem);
  problem.content_type = kHtml;
  problem.body = framed(person ? *person : std::nullopt, "", heading, message_main(heading, text));
  return problem;
}

http::Response Site::forbidden(const Principal& person) const {
  http::Response response = page(person, "", "Không có quyền",
                                 message_main("Không có quyền xem trang này",
                                              "Tài khoản này không được giao quyền mở trang hoặc "
                                              "làm việc vừa yêu cầu. Nếu cần, xin liên hệ người "
                                              "quản trị hệ thống."));
  response.status = 403;
  return response;
}

http::Response Site::not_found(const Principal& person) const {
  http::Response response =
      page(person, "", "Không tìm thấy",
           message_main("Không tìm thấy", "Địa chỉ này không có nội dung nào, hoặc đã bị xóa."));
  response.status = 404;
  return response;
}

http::Response Site::refused(const Principal& person, const std::string& section,
                             const std::string& why) const {
  http::Response response =
      page(person, section, "Chưa thực hiện được", message_main("Chưa thực hiện được", why));
  response.status = 400;
  return response;
}

}  // namespace hailong::district::web
