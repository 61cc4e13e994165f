#include "sync/outlook.h"

#include <algorithm>
#include <ctime>

namespace hailong::sync {
namespace {

/// "2026-11-27T08:15:00Z"
std::string utc(std::int64_t ms) {
  const auto seconds = static_cast<std::time_t>(ms / 1000);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text.data(), size};
}

}  // namespace

void Outlook::note(Part part, const std::string& why, std::int64_t now_ms) {
  Trouble& trouble = troubles_.at(static_cast<std::size_t>(part));
  if (trouble.why.empty()) trouble.since_ms = now_ms;
  trouble.why = why;
}

std::string Outlook::line(const std::string& url, std::optional<std::int64_t> waiting) const {
  const auto trouble = std::find_if(troubles_.begin(), troubles_.end(),
                                    [](const Trouble& one) { return !one.why.empty(); });
  std::string line;
  if (answered_ms_) {
    line = "reached " + url + " at " + utc(*answered_ms_);
    if (trouble != troubles_.end())
      line += "; since " + utc(trouble->since_ms) + ": " + trouble->why;
  } else if (trouble != troubles_.end()) {
    line = "not reached since " + utc(trouble->since_ms) + ": " + trouble->why;
  } else {
    line = "not reached yet: asking " + url;
  }
  if (waiting) line += "; " + std::to_string(*waiting) + " events waiting";
  return line;
}

}  // namespace hailong::sync
