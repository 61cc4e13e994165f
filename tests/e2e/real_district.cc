#include "tests/e2e/real_district.h"

#include <csignal>
#include <fstream>
#include <stdexcept>

namespace hailong::tests {
namespace {

constexpr const char* kSample = HAILONG_SOURCE_DIR "/config/kim-thanh";

void replace(std::string& config, const std::string& key, const std::string& value) {
  const std::size_t at = config.find("\n" + key + " = ") + 1;
  config.replace(at, config.find('\n', at) - at, key + " = " + value);
}

}  // namespace

RealDistrict::RealDistrict(std::string tables) : tables_(std::move(tables)) {
  std::filesystem::copy(kSample, folder_.path());
  configure();
}

void RealDistrict::configure() const {
  std::string config = text_of(std::filesystem::path(kSample) / "district.toml");
  replace(config, "data_dir", "\"data\"");
  replace(config, "port", std::to_string(port_));
  replace(config, "programme", "\"" HAILONG_SOURCE_DIR "/config/programme.toml\"");
  replace(config, "holidays", "\"" HAILONG_SOURCE_DIR "/config/public-holidays.csv\"");
  replace(config, "feedback", "\"" HAILONG_SOURCE_DIR "/config/feedback.toml\"");
  std::ofstream(file()) << config << tables_;
}

void RealDistrict::serve(const Environment& environment) {
  const auto log_file = folder_.path() / "district.log";
  std::filesystem::remove(log_file);
  configure();
  process_.emplace(std::vector<std::string>{HAILONG_DISTRICT, "serve", "--config", file()},
                   log_file, environment);
  const std::string address = "://127.0.0.1:";
  for (int tries = 0; tries < 200; ++tries) {
    const std::string text = log();
    const std::size_t at = text.find(address);
    if (at != std::string::npos && text.find('\n', at) != std::string::npos) {
      port_ = std::stoi(text.substr(at + address.size()));
      return;
    }
    process_->wait(std::chrono::milliseconds{50});
  }
  throw std::runtime_error("the district does not start: " + log());
}

std::optional<int> RealDistrict::stop() {
  process_->signal(SIGTERM);
  return process_->wait(std::chrono::seconds{20});
}

void RealDistrict::kill() {
  process_->signal(SIGKILL);
  process_->wait(std::chrono::seconds{10});
}

void RealDistrict::write(const std::filesystem::path& name, const std::string& text) const {
  const auto written = folder_.path() / name;
  std::filesystem::create_directories(written.parent_path());
  std::ofstream(written) << text;
}

std::string RealDistrict::admin(const std::vector<std::string>& words) const {
  std::vector<std::string> command{HAILONG_DISTRICT, "admin", "--config", file()};
  command.insert(command.end(), words.begin(), words.end());
  const Outcome outcome = run(command);
  if (outcome.code != 0) throw std::runtime_error(outcome.output);
  return outcome.output;
}

}  // namespace hailong::tests
