#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "district/access/gate.h"
#include "district/access/principal.h"
#include "district/config.h"
#include "district/http/router.h"

/// The only way by which an address gets an answer: every page and endpoint is added here, and says
/// which right it needs. So none can be forgotten, and a test can try all of them. A problem is
/// JSON to programs, and a page that says what to do to who asks for text/html.

namespace hailong::district::web {

inline constexpr const char* kHtml = "text/html; charset=utf-8";
inline constexpr std::size_t kFormBytes = 65'536;

/// One address, and who may use it.
struct SiteRoute {
  std::string method;
  std::string path;                    // with {} for what varies
  std::optional<access::Right> right;  // nothing: for everybody, known or not
  bool for_programs = false;           // an endpoint: answers problems instead of pages
};

/// Any thread once the server runs; routes are added before.
class Site {
 public:
  using Handler = std::function<http::Response(const http::Request&, const access::Principal&)>;

  Site(access::Gate& gate, const Config& config);
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  /// For everybody, known or not: the login, files. `too_large` as for
  /// http::Router::add().
  void open(const std::string& method, const std::string& path, http::Handler handler,
            std::size_t body_limit = 0, http::Handler too_large = {});

  /// What kiosks ask for. Where [tls] names a client_ca, only with a certificate of it.
  void kiosk(const std::string& method, const std::string& path, http::Handler handler,
             std::size_t body_limit = 0, http::Handler too_large = {});

  /// A page for people with the right. Strangers are sent to the login and come back afterwards;
  /// who lacks the right is told so. Which units a person sees is the handler's to ask:
  /// access::may_see_unit().
  void get(const std::string& path, access::Right right, Handler handler);

  /// A form of such a page. It must carry the session's csrf token in the field "csrf" and come
  /// from this site; its fields are in request.form. Answer with http::redirect_to().
  void post(const std::string& path, access::Right right, Handler handler,
            std::size_t body_limit = kFormBytes);

  /// An endpoint that programs read with a token, and people with their session.
  void api(const std::string& path, access::Right right, Handler handler);

  /// A page in its frame: `section` is the id of the navigation's entry that it belongs to
  /// ("overview", "feedback" …; site.cc lists them), `title` text, `main` HTML.
  [[nodiscard]] http::Response page(const access::Principal& person, const std::string& section,
                                    const std::string& title, const std::string& main) const;

  /// 403 and 404 as pages, for handlers: not this person's unit; no such unit, case …
  [[nodiscard]] http::Response forbidden(const access::Principal& person) const;
  [[nodiscard]] http::Response not_found(const access::Principal& person) const;
  /// 400 as a page that says in Vietnamese what was wrong with a form.
  [[nodiscard]] http::Response refused(const access::Principal& person, const std::string& section,
                                       const std::string& why) const;

  /// False for a form that another site's page sent.
  [[nodiscard]] bool comes_from_here(const http::Request& request) const;

  [[nodiscard]] const http::Router& router() const { return router_; }
  [[nodiscard]] const std::vector<SiteRoute>& routes() const { return routes_; }

 private:
  using Admitted = core::Result<std::optional<access::Principal>>;

  void add(SiteRoute route, http::Handler handler, std::size_t body_limit = 0,
           http::Handler too_large = {});
  Admitted person_of(const http::Request& request) const;
  Admitted reader_of(const http::Request& request) const;
  http::Response answer_get(const http::Request& request, access::Right right,
                            const Handler& handler) const;
  http::Response answer_post(const http::Request& request, access::Right right,
                             const Handler& handler) const;
  http::Response answer_api(const http::Request& request, access::Right right,
                            const Handler& handler) const;
  [[nodiscard]] http::Response as_page(const http::Request& request, http::Response problem) const;
  [[nodiscard]] std::string framed(const std::optional<access::Principal>& person,
                                   const std::string& section, const std::string& title,
                                   const std::string& main) const;
  [[nodiscard]] bool may_open(const access::Principal& person, const std::string& path) const;

  access::Gate& gate_;
  const Config& config_;
  http::Router router_;
  std::vector<SiteRoute> routes_;
};

/// Where a request comes from: the last address that the proxy put into X-Forwarded-For, or the
/// connection's own when there is no proxy.
std::string client_address(const http::Request& request, const Config& config);

/// The address to go to after a login: `wanted` when it is a path of this site, else "/".
std::string safe_target(std::string_view wanted);

/// What another site's form is answered with.
http::Response foreign_form();

/// What a failure of the store is answered with; its message goes to the log.
http::Response store_failed(const core::Error& error);

}  // namespace hailong::district::web
