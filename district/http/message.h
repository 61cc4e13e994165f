#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hailong::district::http {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// The first value under `name`; nothing when there is none.
inline std::optional<std::string> first_of(const Fields& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const auto& field) { return field.first == name; });
  if (found == fields.end()) return std::nullopt;
  return found->second;
}

struct Request {
  std::string method;  // "GET", "POST" …; HEAD comes as GET
  std::string path;    // decoded, without the query
  Fields query;        // decoded, in order
  Fields headers;      // names in lower case
  Fields cookies;
  std::string body;
  bool body_too_large = false;          // then `body` is cut off
  std::string address;                  // of the client, or of the proxy in front
  bool certified = false;               // it showed a certificate of ServerSettings' client_ca
  Fields form;                          // of a page's form that was taken; see web/site.h
  std::vector<std::string> parameters;  // what stood in the places of the route's {}

  /// What stood in the place of the route's first {}, second {} …
  [[nodiscard]] const std::string& parameter(std::size_t i = 0) const { return parameters.at(i); }

  [[nodiscard]] std::optional<std::string> header(std::string_view name) const {
    return first_of(headers, name);
  }
};

struct Response {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  Fields headers;
  std::string problem{};  // its kind, for an answer that is one; see http/problem.h
};

inline Response redirect_to(const std::string& location) {
  return {303, "text/plain; charset=utf-8", "", {{"Location", location}}};
}

}  // namespace hailong::district::http
