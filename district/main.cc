#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <functional>
#include <iostream>
#include <optional>
#include <string>

#include "district/admin/command_line.h"
#include "district/config.h"
#include "district/service.h"
#include "program/log.h"
#include "program/supervisor.h"

namespace {

using namespace hailong;

constexpr int kFailed = 1;
constexpr int kBadUsage = 2;

/// How soon a store that could not be written is tried again.
constexpr std::chrono::milliseconds kSoon{1000};

/// The signals that end the program, kept from all threads so that only sigwait() sees them.
sigset_t block_endings() {
  sigset_t endings;
  sigemptyset(&endings);
  sigaddset(&endings, SIGTERM);
  sigaddset(&endings, SIGINT);
  pthread_sigmask(SIG_BLOCK, &endings, nullptr);
  return endings;
}

/// One of `signals`, or 0 when none came in time; nothing: waits without end.
int wait_for(const sigset_t& signals, std::optional<std::chrono::milliseconds> most) {
  int signal = 0;
  if (!most) {
    sigwait(&signals, &signal);
    return signal;
  }
  const timespec time{most->count() / 1000, most->count() % 1000 * 1'000'000};
  return std::max(sigtimedwait(&signals, nullptr, &time), 0);
}

/// Until a signal ends it. A receiver that can keep nothing does not say that it lives.
int watch(const district::Service& service, const sigset_t& endings,
          program::Supervisor& supervisor) {
  const std::string listening = "listening on " + service.url();
  supervisor.ready(listening);
  while (true) {
    auto pause = supervisor.until_alive();
    if (pause == std::chrono::milliseconds{0}) {
      if (const auto written = service.prove_writable()) {
        supervisor.alive();
        supervisor.status(listening);
      } else {
        spdlog::error("the watchdog is not told of life: {}", written.error().message);
        supervisor.status(listening + "; the store cannot be written: " + written.error().message);
        pause = kSoon;
      }
    }
    if (const int signal = wait_for(endings, pause); signal != 0) return signal;
  }
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
  program::Supervisor supervisor;
  const int signal = watch(*service, endings, supervisor);
  supervisor.stopping();
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
