#include "tests/e2e/journal_witness.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace hailong::tests {
namespace {

using Json = nlohmann::json;

constexpr std::chrono::milliseconds kLook{10};
constexpr int kLooks = 1000;

}  // namespace

std::string JournalWitness::text(const std::string& sql) const {
  // A reader of a log needs the right to write to its index.
  SQLite::Database database(journal_.string(), SQLite::OPEN_READWRITE, 5000);
  SQLite::Statement query(database, sql);
  return query.executeStep() ? query.getColumn(0).getString() : std::string();
}

Json JournalWitness::event(core::Seq seq) const {
  const std::string sql = "SELECT bytes FROM event WHERE seq = " + std::to_string(seq);
  for (int look = 0; look < kLooks; ++look) {
    const std::string bytes = text(sql);
    if (!bytes.empty()) return Json::parse(bytes);
    std::this_thread::sleep_for(kLook);
  }
  throw std::runtime_error("event " + std::to_string(seq) + " is not in the journal");
}

Json JournalWitness::said(core::Seq seq) const {
  Json whole = event(seq);
  return Json{{whole.at("kind").get<std::string>(), whole.at("body")}};
}

core::Seq JournalWitness::last() const {
  return std::stoll(text("SELECT coalesce(max(seq), 0) FROM event"));
}

std::string JournalWitness::content(core::Seq seq) const {
  return text("SELECT text FROM content WHERE seq = " + std::to_string(seq));
}

}  // namespace hailong::tests
