#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <random>
#include <string>
#include <variant>

#include "core/hex.h"
#include "program/log.h"
#include "program/sole_run.h"
#include "program/supervisor.h"
#include "sync/enrolment.h"
#include "sync/first_start.h"
#include "sync/journal_watch.h"
#include "sync/loop.h"
#include "sync/settings.h"
#include "sync/transport.h"
#include "wire/enrolment_code.h"

namespace {

namespace sync = hailong::sync;

constexpr int kUnusable = 1;  // journal or system
constexpr int kMisused = 2;   // arguments or configuration
constexpr int kUnsent = 3;

struct Options {
  std::string config;
  bool once = false;
  bool check = false;
  bool rotate_key = false;
  std::string code;  // empty: not to enrol
};

/// Exit code instead of options when there is nothing more to do.
std::variant<Options, int> read_arguments(int argc, char** argv) {
  Options options;
  CLI::App app{"Carries the ratings of a kiosk's journal to the district."};
  app.set_version_flag("--version", HAILONG_VERSION);
  app.failure_message(CLI::FailureMessage::help);
  app.require_subcommand(0, 1);
  app.add_option("--config", options.config, "the configuration, e.g. /etc/hailong/sync.toml")
      ->required();
  CLI::Option* once = app.add_flag(
      "--once", options.once,
      "tell the district that the kiosk lives, send what can be sent now, print one line and end: "
      "exit 0 when nothing is left "
      "unsent, 3 when something is, 1 when the journal cannot be used, 4 when the daemon runs "
      "already");
  CLI::Option* check = app.add_flag(
      "--check", options.check,
      "only read the configuration, print \"ok\" and end; exit 2 when the daemon would not start "
      "with it");
  check->excludes(once);
  CLI::App* enrol = app.add_subcommand(
      "enrol", "make this machine a device of the district; again after its key was lost");
  enrol->fallthrough();
  enrol
      ->add_option(
          "--code", options.code,
          "the one-time code that hailong-district admin device invite printed; -: it is read "
          "from standard input, where no list of processes shows it")
      ->required();
  CLI::App* rotate =
      app.add_subcommand("rotate-key", "put a new key in the place of this device's");
  rotate->fallthrough();
  try {
    app.parse(argc, argv);
    for (const CLI::Option* alone : {once, check}) {
      if (alone->count() > 0 && (enrol->parsed() || rotate->parsed())) {
        throw CLI::ExcludesError(alone->get_name(), "a sub-command");
      }
    }
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kMisused;
  }
  std::string line;
  if (options.code == "-" && std::getline(std::cin, line) && !line.empty()) options.code = line;
  options.rotate_key = rotate->parsed();
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

int enrol(const sync::Settings& settings, const std::string& typed, sync::Transport& transport) {
  const auto code = hailong::wire::read_enrolment_code(typed);
  if (!code) {
    std::cerr << "--code: expected the 20 characters that the district printed; one is mistyped\n";
    return kMisused;
  }
  const auto outcome = sync::enrol(settings.data_dir, *code, settings.district, transport);
  if (const auto* refused = std::get_if<sync::NotEnrolled>(&outcome)) {
    return unusable(refused->error);
  }
  const auto& enrolment = std::get<hailong::wire::Enrolment>(outcome);
  std::cout << "enrolled as device " << enrolment.device.value << " of unit "
            << enrolment.unit.value << "\n";
  return 0;
}

int rotate_key(const sync::Settings& settings, sync::Transport& transport) {
  const auto key = sync::rotate_key(settings.data_dir, settings.district, transport);
  if (!key) return unusable(key.error());
  std::cout << "the key is now " << hailong::core::to_hex(*key) << "\n";
  return 0;
}

/// For whoever puts a configuration in place: whether the daemon would start with it.
int check(sync::Settings settings) {
  if (const auto known = sync::learn_district(settings); !known) {
    std::cerr << known.error().message << "\n";
    return kMisused;
  }
  std::cout << "ok\n";
  return 0;
}

hailong::core::Error not_enrolled() {
  return {hailong::core::Fault::kNotFound,
          "not enrolled yet: run hailong-syncd enrol --code CODE, or name [district] public_key"};
}

}  // namespace

int main(int argc, char** argv) {
  const auto arguments = read_arguments(argc, argv);
  if (const int* code = std::get_if<int>(&arguments)) return *code;
  const Options& options = std::get<Options>(arguments);
  auto settings = sync::read_settings(options.config);
  if (!settings) {
    std::cerr << settings.error().message << "\n";
    return kMisused;
  }
  if (options.check) return check(std::move(*settings));
  hailong::program::start_log(settings->log_level);

  std::variant<hailong::program::Descriptor, int> alone;
  const bool sends = options.code.empty() && !options.rotate_key;  // all else may run beside it
  if (sends) alone = hold_alone(*settings);
  if (const int* code = std::get_if<int>(&alone)) return *code;

  // A connection that breaks while TLS writes to it must be an error, not the end.
  std::signal(SIGPIPE, SIG_IGN);
  const auto stop = sync::stop_signals();
  if (!stop) return unusable(stop.error());
  hailong::program::Supervisor supervisor;
  const auto watch = sync::JournalWatch::open(settings->data_dir, *stop, supervisor);
  if (!watch) return unusable(watch.error());
  sync::HttpTransport transport(settings->url, settings->certificates,
                                [&] { return (*watch)->stopped(); }, {});
  transport.slow_down_to(settings->most_bytes_per_second);
  transport.keep_alive(supervisor);
  std::mt19937_64 generator(std::random_device{}());
  const auto chance = [&] { return std::uniform_real_distribution<double>(0, 1)(generator); };
  const auto say = [&](const std::string& line) { supervisor.ready(line); };

  if (!options.code.empty()) return enrol(*settings, options.code, transport);
  if (options.once || options.rotate_key) {
    const auto known = sync::learn_district(*settings);
    if (!known) return unusable(known.error());
    if (!*known) return unusable(not_enrolled());
  } else {
    sync::FirstStart(*settings, transport, **watch, chance, say).wait_until_enrolled();
  }
  if (options.rotate_key) return rotate_key(*settings, transport);
  sync::Loop loop(*settings, transport, **watch, chance, say);
  if (options.once) return run_once(loop);
  spdlog::info("hailong-syncd " HAILONG_VERSION " sends {} to {}", settings->data_dir.string(),
               settings->url);
  loop.run();
  supervisor.stopping();
  spdlog::info("stopped");
  return 0;
}
