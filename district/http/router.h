#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "district/http/message.h"

namespace hailong::district::http {

using Handler = std::function<Response(const Request&)>;

/// Method and path to handler. Filled before the server starts, then only read: any thread.
class Router {
 public:
  /// Segments of `path` may hold a {}; what stands in its place becomes a parameter of the request.
  /// A body longer than `body_limit` bytes never reaches the handler: `too_large` answers instead,
  /// or a plain 413 where there is none.
  void add(std::string method, const std::string& path, Handler handler, std::size_t body_limit = 0,
           Handler too_large = {});

  /// Puts every answer that is a problem in other words, for those who read no JSON.
  void on_problem(std::function<Response(const Request&, Response)> reword) {
    reword_ = std::move(reword);
  }

  /// How much of a body may be kept for this request.
  [[nodiscard]] std::size_t body_limit(std::string_view method, std::string_view path) const;

  /// The handler's answer; 404 or 405 when there is none.
  [[nodiscard]] Response handle(Request& request) const;

 private:
  struct Route {
    std::string method;
    std::vector<std::string> segments;  // of the path; a {} stands for one character or more
    Handler handler;
    std::size_t body_limit = 0;
    Handler too_large;

    [[nodiscard]] bool fits(const std::vector<std::string>& path) const;
    [[nodiscard]] std::vector<std::string> parameters(const std::vector<std::string>& path) const;
  };

  [[nodiscard]] Response answer(Request& request) const;

  std::vector<Route> routes_;
  std::function<Response(const Request&, Response)> reword_;
};

}  // namespace hailong::district::http
