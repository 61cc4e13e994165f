#include "district/http/router.h"

#include "district/http/problem.h"

namespace hailong::district::http {

bool Router::Route::fits(std::string_view path) const {
  if (!has_parameter) return path == prefix;
  return path.size() > prefix.size() + suffix.size() && path.starts_with(prefix) &&
         path.ends_with(suffix) && parameter(path).find('/') == std::string::npos;
}

std::string Router::Route::parameter(std::string_view path) const {
  if (!has_parameter) return {};
  return std::string(path.substr(prefix.size(), path.size() - prefix.size() - suffix.size()));
}

void Router::add(std::string method, const std::string& path, Handler handler,
                 std::size_t body_limit, Handler too_large) {
  Route route{std::move(method),   path, {}, false, std::move(handler), body_limit,
              std::move(too_large)};
  if (const std::size_t hole = path.find("{}"); hole != std::string::npos) {
    route.has_parameter = true;
    route.prefix = path.substr(0, hole);
    route.suffix = path.substr(hole + 2);
  }
  routes_.push_back(std::move(route));
}

std::size_t Router::body_limit(std::string_view method, std::string_view path) const {
  for (const Route& route : routes_) {
    if (route.method == method && route.fits(path)) return route.body_limit;
  }
  return 0;
}

Response Router::handle(Request& request) const {
  std::string allowed;
  for (const Route& route : routes_) {
    if (!route.fits(request.path)) continue;
    if (route.method == request.method) {
      request.parameter = route.parameter(request.path);
      if (!request.body_too_large) return route.handler(request);
      if (route.too_large) return route.too_large(request);
      return problem(413, "too-large", "the body is longer than what is taken here");
    }
    allowed += (allowed.empty() ? "" : ", ") + route.method;
  }
  if (allowed.empty()) return problem(404, "no-such-page", "there is nothing at this address");
  Response response = problem(405, "method-not-allowed", "allowed here: " + allowed);
  response.headers.emplace_back("Allow", allowed);
  return response;
}

}  // namespace hailong::district::http
