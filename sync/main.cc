#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <random>
#include <string>
#include <variant>

#include "program/log.h"
#include "program/sole_run.h"
#include "sync/journal_watch.h"
#include "sync/loop.h"
#include "sync/settings.h"
#include "sync/transport.h"

namespace {

namespace sync = hailong::sync;

constexpr int kUnusable = 1;  // journal or system
constexpr int kMisused = 2;   // arguments or configuration
constexpr int kUnsent = 3;

struct Options {
  std::string config;
  bool once = false;
};

/// Exit code instead of options when there is nothing more to do.
std::variant<Options, int> read_arguments(int argc, char** argv) {
  Options options;
  CLI::App app{"Carries the ratings of a kiosk's journal to the district."};
  app.set_version_flag("--version", HAILONG_VERSION);
  app.failure_message(CLI::FailureMessage::help);
  app.add_option("--config", options.config, "the configuration, e.g. /etc/hailong/sync.toml")
      ->required();
  app.add_flag(
      "--once", options.once,
      "send what can be sent now, print one line and end: exit 0 when nothing is left "
      "unsent, 3 when something is, 1 when the journal cannot be used, 4 when the daemon runs "
      "already");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kMisused;
  }
  return options;
}

int unusable(const hailong::core::Error& error) {
  spdlog::error("{}", error.message);
  return kUnusable;
}

/// Two that send the same would cost the link twice. An exit code when another one runs; no lock
/// where it cannot be made, which is no reason not to send.
std::variant<hailong::program::Descriptor, int> hold_alone(const sync::Settings& settings) {
  auto held = hailong::program::run_alone(settings.data_dir / "sync.lock", "hailong-syncd");
  if (held) return std::move(*held);
  if (held.error().fault == hailong::core::Fault::kBusy) {
    spdlog::error("{}", held.error().message);
    return hailong::program::kRunsAlready;
  }
  spdlog::warn("a second start would not be noticed: {}", held.error().message);
  return hailong::program::Descriptor();
}

int run_once(sync::Loop& loop) {
  const auto drained = loop.run_once();
  if (!drained) return unusable(drained.error());
  std::cout << "sent " << drained->sent << " events, " << drained->unsent << " unsent" << std::endl;
  return drained->unsent == 0 ? 0 : kUnsent;
}

}  // namespace

int main(int argc, char** argv) {
  const auto arguments = read_arguments(argc, argv);
  if (const int* code = std::get_if<int>(&arguments)) return *code;
  const Options& options = std::get<Options>(arguments);
  const auto settings = sync::read_settings(options.config);
  if (!settings) {
    std::cerr << settings.error().message << "\n";
    return kMisused;
  }
  hailong::program::start_log(settings->log_level);

  const auto alone = hold_alone(*settings);
  if (const int* code = std::get_if<int>(&alone)) return *code;

  // A connection that breaks while TLS writes to it must be an error, not the end.
  std::signal(SIGPIPE, SIG_IGN);
  const auto stop = sync::stop_signals();
  if (!stop) return unusable(stop.error());
  const auto watch = sync::JournalWatch::open(settings->data_dir, *stop);
  if (!watch) return unusable(watch.error());
  sync::HttpTransport transport(settings->url, settings->ca_file,
                                [&] { return (*watch)->stopped(); }, {});
  std::mt19937_64 generator(std::random_device{}());
  sync::Loop loop(*settings, transport, **watch,
                  [&] { return std::uniform_real_distribution<double>(0, 1)(generator); });

  if (options.once) return run_once(loop);
  spdlog::info("hailong-syncd " HAILONG_VERSION " sends {} to {}", settings->data_dir.string(),
               settings->url);
  loop.run();
  spdlog::info("stopped");
  return 0;
}
