#include "sync/problem.h"

#include <algorithm>

#include "wire/json.h"

namespace hailong::sync {
namespace {

constexpr std::size_t kLongest = 200;

/// Control characters could forge log lines.
std::string printable(std::string text) {
  if (text.size() > kLongest) text.resize(kLongest);
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c >= 0x7F; }, '?');
  return text;
}

std::string problem_of(std::string_view body) {
  const auto problem = wire::parse_object(body);
  if (!problem) return {};
  for (const char* key : {"detail", "title"}) {
    if (auto text = wire::text_of(*problem, key)) return *text;
  }
  return {};
}

}  // namespace

std::optional<core::Seq> expected_seq(std::string_view body) {
  const auto problem = wire::parse_object(body);
  return problem ? wire::number_of(*problem, "expected_seq") : std::nullopt;
}

std::string problem_kind(std::string_view body) {
  constexpr std::string_view kOurs = "urn:hailong:problem:";
  const auto problem = wire::parse_object(body);
  const auto type = problem ? wire::text_of(*problem, "type") : std::nullopt;
  if (!type || !type->starts_with(kOurs)) return {};
  std::string kind = type->substr(kOurs.size());
  return core::is_plain_name(kind) ? kind : std::string();
}

std::string describe(const HttpAnswer& answer) {
  std::string line = "answer " + std::to_string(answer.status);
  if (!answer.content_type.empty()) line += " (" + printable(answer.content_type) + ")";
  if (const std::string problem = problem_of(answer.body); !problem.empty()) {
    line += ": " + printable(problem);
  }
  return line;
}

}  // namespace hailong::sync
