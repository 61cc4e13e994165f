#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>

#include "journal/export_file.h"
#include "journal/reader.h"

namespace {

using hailong::core::Fault;
using hailong::journal::Reader;
using hailong::journal::Verification;

constexpr int kBroken = 1;
constexpr int kUnusable = 2;

int unusable(const hailong::core::Error& error) {
  std::cerr << "hailong-journal: " << error.message << "\n";
  return kUnusable;
}

int report(const Verification& found) {
  if (found.first_bad) {
    std::cout << "BROKEN at event " << *found.first_bad << ": " << found.reason << "; "
              << found.events << " events before it verify\n";
    return kBroken;
  }
  std::cout << "ok: " << found.events << " events verify, chain head "
            << hailong::core::to_hex(found.head) << "\n";
  return 0;
}

using DistrictKey = std::optional<hailong::core::Bytes32>;

int verify(Reader& reader, const DistrictKey& district) {
  const auto found = reader.verify(district);
  return found ? report(*found) : unusable(found.error());
}

int verify_file(const std::string& name, const DistrictKey& district) {
  std::ifstream file(name, std::ios::binary);
  if (!file) return unusable({Fault::kNotFound, name + ": cannot be read"});
  return report(hailong::journal::verify_export(file, district));
}

int export_events(Reader& reader) {
  const auto done = reader.each_line_of_export([](std::string_view line) {
    std::cout.write(line.data(), static_cast<std::streamsize>(line.size())).put('\n');
  });
  std::cout.flush();
  if (!done) return unusable(done.error());
  return std::cout ? 0 : unusable({Fault::kIo, "cannot write to standard output"});
}

int stats(Reader& reader) {
  const auto statistics = reader.statistics();
  if (!statistics) return unusable(statistics.error());
  std::cout << "device:      " << statistics->identity.device.value << "\n"
            << "epoch:       " << statistics->identity.epoch.value << "\n"
            << "public key:  " << hailong::core::to_hex(statistics->identity.public_key) << "\n"
            << "events:      " << statistics->last << "\n"
            << "receipted:   " << statistics->receipted << "\n"
            << "compacted:   " << statistics->compacted << "\n"
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
  std::string exported;
  std::string district_key;
  const auto command = [&](const char* name, const char* help) {
    return app.add_subcommand(name, help);
  };
  const auto from_journal = [&](CLI::App* of) {
    return of->add_option("--db", file, "the journal, e.g. /var/lib/hailong/journal.db");
  };
  auto* verify_command = command(
      "verify",
      "walk the whole chain with its words, contact data and dossier codes, and compare the views:"
      " exit 0 when all holds, 1 at the first event that does not");
  auto* source = verify_command->add_option_group("what");
  source->require_option(1);
  from_journal(source);
  source->add_option("--export", exported, "a file that `export` printed, which holds the chain");
  verify_command->add_option("--district-key", district_key,
                             "public key of the district, 64 hex digits, that must have signed for"
                             " what was compacted away; else whoever signed is believed");
  auto* export_command = command(
      "export",
      "print the chain as a file that `verify --export` holds against itself: a line that says"
      " where it begins, every event as it was chained, one line each, a line that ends it");
  from_journal(export_command)->required();
  from_journal(command("stats",
                       "print whose journal it is and how many events, ratings by score,"
                       " corrections, answers, alerts, dossiers, words and contact data it holds"))
      ->required();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : kUnusable;
  }

  DistrictKey district;
  if (!district_key.empty()) {
    district = hailong::core::bytes32_from_hex(district_key);
    if (!district) return unusable({Fault::kInvalid, "--district-key is 64 hex digits"});
  }
  if (!exported.empty()) return verify_file(exported, district);
  auto reader = Reader::open(file);
  if (!reader) return unusable(reader.error());
  if (verify_command->parsed()) return verify(*reader, district);
  if (export_command->parsed()) return export_events(*reader);
  return stats(*reader);
}
