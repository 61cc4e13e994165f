#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <iostream>
#include <optional>
#include <string>
#include <utility>

#include "journal/journal.h"
#include "journal/stamp.h"
#include "kiosk/shell.h"
#include "kiosk/shown.h"
#include "program/log.h"
#include "program/sole_run.h"
#include "program/supervisor.h"

namespace {

namespace kiosk = hailong::kiosk;

constexpr int kFailed = 1;
constexpr int kUnusable = 2;

int complain(const hailong::core::Error& error, int code) {
  std::cerr << "hailong-kiosk: " << error.message << "\n";
  return code;
}

/// "1280x800".
std::optional<kiosk::design::Size> size_of(const std::string& text) {
  kiosk::design::Size size;
  const char* end = text.data() + text.size();
  const auto width = std::from_chars(text.data(), end, size.width);
  if (width.ec != std::errc() || width.ptr == end || *width.ptr != 'x') return std::nullopt;
  const auto height = std::from_chars(width.ptr + 1, end, size.height);
  if (height.ec != std::errc() || height.ptr != end) return std::nullopt;
  for (const int side : {size.width, size.height}) {
    if (side < kiosk::design::kShortestSide || side > kiosk::design::kLongestSide) {
      return std::nullopt;
    }
  }
  return size;
}

/// Erases one resident's contact data, as they have the right to ask. The kiosk may be running.
int erase_contact(const kiosk::Settings& settings, hailong::core::Seq number) {
  auto journal = hailong::journal::Journal::open_existing(settings.data_dir, settings.device);
  if (!journal) return complain(journal.error(), kFailed);
  const auto erased =
      journal->erase(hailong::journal::stamp_now(), number, "asked for by the resident");
  if (!erased) return complain(erased.error(), kFailed);
  std::cout << "erased: the contact data with number " << number << "\n";
  return 0;
}

/// For whoever puts a configuration in place: whether the kiosk would start with it.
int check(kiosk::Settings settings) {
  if (const auto known = kiosk::learn_device(settings); !known) {
    return complain(known.error(), kUnusable);
  }
  if (const auto own = kiosk::read_own(std::move(settings)); !own) {
    return complain(own.error(), kUnusable);
  }
  std::cout << "ok\n";
  return 0;
}

/// Asks for the code until this machine is a device of the district. Nothing when it is; an exit
/// code when the program was asked to end before.
std::optional<int> enrol_first(kiosk::Shown& own, std::optional<kiosk::design::Size> size,
                               hailong::program::Supervisor& supervisor) {
  auto known = kiosk::learn_device(own.settings);
  if (known && !*known) {
    auto shell = kiosk::Shell::start(own, size, kiosk::Shell::Use::kEnrol, supervisor);
    if (!shell) return complain(shell.error(), kFailed);
    if (const auto done = shell->run(); !done) return complain(done.error(), kFailed);
    known = kiosk::learn_device(own.settings);
  }
  if (!known) return complain(known.error(), kUnusable);
  return *known ? std::nullopt : std::optional(0);
}

/// The device, for what needs a kiosk that is one. Errors: kNotFound while it is none.
hailong::core::Result<void> require_device(kiosk::Settings& settings) {
  const auto known = kiosk::learn_device(settings);
  if (!known) return hailong::core::Failure(known.error());
  if (*known) return {};
  return hailong::core::fail(
      hailong::core::Fault::kNotFound,
      "this machine is not enrolled yet: start the kiosk and enter its code");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Asks residents how satisfied they are, and keeps every answer in the journal."};
  app.set_version_flag("--version", HAILONG_VERSION);
  app.failure_message(CLI::FailureMessage::help);
  std::string file;
  std::string window;
  app.add_option("--config", file, "kiosk.toml")->required();
  app.add_option("--windowed", window, "a window instead of the whole screen, e.g. 1280x800")
      ->check([](const std::string& text) {
        return size_of(text) ? std::string()
                             : "expected WIDTHxHEIGHT, each from 600 to 7680, not " + text;
      });
  bool staff_only = false;
  app.add_flag("--staff", staff_only,
               "only the staff mode, in a window: for an office computer that has the journal");
  bool check_only = false;
  app.add_flag("--check", check_only,
               "only read the configuration and its files, print \"ok\" and end; exit 2 when the "
               "kiosk would not start with them");
  hailong::core::Seq erase = 0;
  app.add_option("--erase-contact", erase,
                 "erases the contact data with this number, which the resident was shown, and ends")
      ->check(CLI::PositiveNumber);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUnusable;
  }

  auto settings = kiosk::read_settings(file);
  if (!settings) return complain(settings.error(), kUnusable);
  if (check_only) return check(std::move(*settings));
  if (erase != 0 || staff_only) {
    const auto known = require_device(*settings);
    if (!known) return complain(known.error(), kUnusable);
  }
  if (erase != 0) return erase_contact(*settings, erase);
  auto own = kiosk::read_own(std::move(*settings));
  if (!own) return complain(own.error(), kUnusable);
  hailong::program::start_log(own->settings.log_level);

  if (staff_only && !own->settings.staff) {
    return complain({hailong::core::Fault::kInvalid, file + ": --staff needs the table [staff]"},
                    kUnusable);
  }
  const auto journal_file = own->settings.data_dir / hailong::journal::kJournalFile;
  if (staff_only && !std::filesystem::exists(journal_file)) {
    return complain({hailong::core::Fault::kNotFound,
                     journal_file.string() + ": no journal there; --staff reads a kiosk's own"},
                    kUnusable);
  }
  std::optional<hailong::program::Descriptor> alone;  // until the end
  if (!staff_only) {  // staff mode and erasures may run beside the kiosk
    auto held = hailong::program::run_alone(own->settings.data_dir / "kiosk.lock", "hailong-kiosk");
    if (held) {
      alone = std::move(*held);
    } else if (held.error().fault == hailong::core::Fault::kBusy) {
      std::cerr << held.error().message << "\n";
      return hailong::program::kRunsAlready;
    } else {  // no reason to keep residents away
      spdlog::warn("a second start would not be noticed: {}", held.error().message);
    }
  }
  auto size = size_of(window);
  if (staff_only && !size) size = kiosk::design::Size{1280, 800};
  hailong::program::Supervisor supervisor;
  if (!staff_only) {
    if (const auto ended = enrol_first(*own, size, supervisor)) return *ended;
  }
  const auto use = staff_only ? kiosk::Shell::Use::kStaff : kiosk::Shell::Use::kRate;
  auto shell = kiosk::Shell::start(std::move(*own), size, use, supervisor);
  if (!shell) return complain(shell.error(), kFailed);
  const auto done = shell->run();
  return done ? 0 : complain(done.error(), kFailed);
}
