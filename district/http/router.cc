#include "district/http/router.h"

#include <algorithm>
#include <optional>

#include "district/http/problem.h"

namespace hailong::district::http {

namespace {

constexpr std::string_view kHole = "{}";

std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  segments.reserve(8);
  while (true) {
    const std::size_t end = path.find('/');
    segments.emplace_back(path.substr(0, end));
    if (end == std::string_view::npos) return segments;
    path.remove_prefix(end + 1);
  }
}

/// What stands in the hole of a route's segment; nothing when `asked` does not fit it, or leaves
/// the hole empty.
std::optional<std::string_view> in_hole(std::string_view own, std::string_view asked) {
  const std::size_t hole = own.find(kHole);
  if (hole == std::string_view::npos) return std::nullopt;
  const std::string_view before = own.substr(0, hole);
  const std::string_view after = own.substr(hole + kHole.size());
  if (asked.size() <= before.size() + after.size()) return std::nullopt;
  if (!asked.starts_with(before) || !asked.ends_with(after)) return std::nullopt;
  return asked.substr(hole, asked.size() - before.size() - after.size());
}

}  // namespace

bool Router::Route::fits(const std::vector<std::string>& path) const {
  return std::equal(segments.begin(), segments.end(), path.begin(), path.end(),
                    [](const std::string& own, const std::string& asked) {
                      return own == asked || in_hole(own, asked).has_value();
                    });
}

std::vector<std::string> Router::Route::parameters(const std::vector<std::string>& path) const {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (const auto value = in_hole(segments[i], path[i])) found.emplace_back(*value);
  }
  return found;
}

void Router::add(std::string method, const std::string& path, Handler handler,
                 std::size_t body_limit, Handler too_large) {
  routes_.push_back(
      {std::move(method), segments_of(path), std::move(handler), body_limit, std::move(too_large)});
}

std::size_t Router::body_limit(std::string_view method, std::string_view path) const {
  const auto segments = segments_of(path);
  for (const Route& route : routes_) {
    if (route.method == method && route.fits(segments)) return route.body_limit;
  }
  return 0;
}

Response Router::handle(Request& request) const {
  Response response = answer(request);
  if (response.problem.empty() || !reword_) return response;
  return reword_(request, std::move(response));
}

Response Router::answer(Request& request) const {
  const auto segments = segments_of(request.path);
  std::string allowed;
  for (const Route& route : routes_) {
    if (!route.fits(segments)) continue;
    if (route.method == request.method) {
      request.parameters = route.parameters(segments);
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
