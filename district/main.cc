#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <functional>
#include <iostream>
#include <string>

#include "district/admin/command_line.h"
#include "district/config.h"
#include "district/service.h"
#include "program/log.h"

namespace {

using namespace hailong;

constexpr int kFailed = 1;
constexpr int kBadUsage = 2;

/// The signals that end the program, kept from all threads so that only sigwait() sees them.
sigset_t block_endings() {
  sigset_t endings;
  sigemptyset(&endings);
  sigaddset(&endings, SIGTERM);
  sigaddset(&endings, SIGINT);
  pthread_sigmask(SIG_BLOCK, &endings, nullptr);
  return endings;
}

int serve(const std::string& file) {
  auto config = district::read_config(file);
  if (!config) {
    std::cerr << "hailong-district: " << config.error().message << "\n";
    return kBadUsage;
  }
  program::start_log(config->log_level);
  const sigset_t endings = block_endings();
  const auto service = district::Service::start(std::move(*config));
  if (!service) {
    spdlog::error("{}", service.error().message);
    return kFailed;
  }
  std::cout << "listening on " << service->url() << std::endl;
  spdlog::info("listening on {}", service->url());
  int signal = 0;
  sigwait(&endings, &signal);
  spdlog::info("stopping on signal {}", signal);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Receives the kiosks' ratings, answers the scores, shows the dashboard."};
  app.set_version_flag("--version", HAILONG_VERSION);
  app.require_subcommand(1);
  std::function<int()> run;
  std::string config;
  CLI::App* server = app.add_subcommand("serve", "run the receiver until SIGTERM");
  server->add_option("--config", config, "district.toml")->required();
  server->callback([&] { run = [&] { return serve(config); }; });
  district::admin::add_commands(app, run);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    std::cerr << "hailong-district: " << error.what() << " (--help says more)\n";
    return kBadUsage;
  }
  return run();
}
