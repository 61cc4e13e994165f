#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <string>

#include "journal/reader.h"

namespace {

using hailong::journal::Reader;

constexpr int kBroken = 1;
constexpr int kUnusable = 2;

int unusable(const hailong::core::Error& error) {
  std::cerr << "hailong-journal: " << error.message << "\n";
  return kUnusable;
}

int verify(Reader& reader) {
  const auto found = reader.verify();
  if (!found) return unusable(found.error());
  if (found->first_bad) {
    std::cout << "BROKEN at event " << *found->first_bad << ": " << found->reason << "; "
              << found->events << " events before it verify\n";
    return kBroken;
  }
  std::cout << "ok: " << found->events << " events verify, chain head "
            << hailong::core::to_hex(found->head) << "\n";
  return 0;
}

int export_events(Reader& reader) {
  const auto done = reader.each_event([](std::string_view line) {
    std::cout.write(line.data(), static_cast<std::streamsize>(line.size())).put('\n');
  });
  std::cout.flush();
  if (!done) return unusable(done.error());
  return std::cout ? 0 : unusable({hailong::core::Fault::kIo, "cannot write to standard output"});
}

int stats(Reader& reader) {
  const auto statistics = reader.statistics();
  if (!statistics) return unusable(statistics.error());
  std::cout << "device:      " << statistics->identity.device.value << "\n"
            << "epoch:       " << statistics->identity.epoch.value << "\n"
            << "public key:  " << hailong::core::to_hex(statistics->identity.public_key) << "\n"
            << "events:      " << statistics->last << "\n"
            << "receipted:   " << statistics->receipted << "\n"
            << "ratings:     " << statistics->counts.n() << "\n";
  for (int score = 5; score >= 1; --score) {
    std::cout << "  score " << score << ":   "
              << statistics->counts.by_score[static_cast<std::size_t>(score - 1)] << "\n";
  }
  std::cout << "corrections: " << statistics->corrections << "\n"
            << "answers:     " << statistics->answers << "\n"
            << "alerts:      " << statistics->alerts << "\n"
            << "dossiers:    " << statistics->dossiers << " (" << statistics->superseded
            << " superseded)\n"
            << "feedback:    " << statistics->feedback << " (" << statistics->erased << " erased)\n"
            << "contacts:    " << statistics->contacts << " (" << statistics->contacts_erased
            << " erased)\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Looks into a kiosk's journal, without ever changing it."};
  app.set_version_flag("--version", HAILONG_VERSION);
  app.require_subcommand(1);
  app.failure_message(CLI::FailureMessage::help);
  std::string file;
  const auto command = [&](const char* name, const char* help) {
    CLI::App* added = app.add_subcommand(name, help);
    added->add_option("--db", file, "the journal, e.g. /var/lib/hailong/journal.db")->required();
    return added;
  };
  const auto* verify_command = command(
      "verify",
      "walk the whole chain with its words, contact data and dossier codes, and compare the views:"
      " exit 0 when all holds, 1 at the first event that does not");
  const auto* export_command =
      command("export", "print every event as it was chained, one line each");
  command("stats",
          "print whose journal it is and how many events, ratings by score, corrections, answers,"
          " alerts, dossiers, words and contact data it holds");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : kUnusable;
  }

  auto reader = Reader::open(file);
  if (!reader) return unusable(reader.error());
  if (verify_command->parsed()) return verify(*reader);
  if (export_command->parsed()) return export_events(*reader);
  return stats(*reader);
}
