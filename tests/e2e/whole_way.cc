#include "tests/e2e/whole_way.h"

#include <cctype>
#include <fstream>

namespace hailong::tests {
namespace {

/// The first run of exactly 64 hex digits in a text.
std::string key_in(const std::string& text) {
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && std::isxdigit(static_cast<unsigned char>(text[i])) != 0) continue;
    if (i - start == 64) return text.substr(start, 64);
    start = i + 1;
  }
  return {};
}

std::string last_word(std::string text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
    text.pop_back();
  }
  return text.substr(text.find_last_of(" \n") + 1);
}

}  // namespace

WholeWay::WholeWay(const KioskOptions& options)
    : display_(1280, 800), kiosk_(display_, folder_.path() / "kiosk", options) {
  district_.serve();
}

std::string WholeWay::url() const { return "http://127.0.0.1:" + std::to_string(district_.port()); }

void WholeWay::enrol() {
  const Outcome stats = run({HAILONG_JOURNAL, "stats", "--db", kiosk_.journal().string()});
  district_.admin({"device", "add", "--id", "kt-10750-q1", "--unit", "10750", "--counter", "q1",
                   "--public-key", key_in(stats.output)});
  token_ =
      last_word(district_.admin({"token", "add", "e2e", "--scope", "scores,feedback,devices"}));
  std::ofstream(sync_config()) << "data_dir = \"" << kiosk_.data_dir().string()
                               << "\"\n[district]\nurl = \"" << url() << "\"\npublic_key = \""
                               << key_in(district_.admin({"key"})) << "\"\n";
}

Outcome WholeWay::sync_once() const {
  return run({HAILONG_SYNCD, "--config", sync_config().string(), "--once"});
}

nlohmann::json WholeWay::ask(const std::string& path) const {
  const Outcome outcome = run({"curl", "--silent", "--show-error", "--fail", "-H",
                               "Authorization: Bearer " + token_, url() + path});
  EXPECT_EQ(outcome.code, 0) << outcome.output;
  return nlohmann::json::parse(outcome.output);
}

}  // namespace hailong::tests
