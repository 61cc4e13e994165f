#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <string>

#include "journal/identity.h"
#include "sqlite/database.h"
#include "tests/journal/sample.h"
#include "tests/temp_folder.h"

/// hailong-journal as an auditor runs it.

namespace hailong::journal {
namespace {

using tests::TempFolder;

struct Outcome {
  int code = -1;
  std::string output;
};

Outcome run(const std::string& arguments) {
  const std::string command = std::string(HAILONG_JOURNAL_PROGRAM) + " " + arguments + " 2>&1";
  FILE* pipe = ::popen(command.c_str(), "r");
  Outcome outcome;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    outcome.output.append(buffer.data(), size);
  }
  outcome.code = WEXITSTATUS(::pclose(pipe));
  return outcome;
}

std::string on(const TempFolder& folder) {
  return " --db " + (folder.path() / kJournalFile).string();
}

TEST(JournalCommand, VerifiesAGoodChain) {
  const TempFolder folder;
  const Journal journal = journal_with(folder.path(), 7);
  const Outcome outcome = run("verify" + on(folder));
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.output.rfind("ok: 7 events verify, chain head ", 0), 0U) << outcome.output;
}

TEST(JournalCommand, NamesTheFirstBadEvent) {
  const TempFolder folder;
  { journal_with(folder.path(), 7); }
  SQLite::Database database((folder.path() / kJournalFile).string(), SQLite::OPEN_READWRITE);
  database.exec("DROP TRIGGER event_is_never_deleted; DELETE FROM event WHERE seq = 3");
  const Outcome outcome = run("verify" + on(folder));
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.output, "BROKEN at event 4: event 3 is missing; 2 events before it verify\n");
}

TEST(JournalCommand, ExportsTheEventsAsTheyWereChained) {
  const TempFolder folder;
  const Journal journal = journal_with(folder.path(), 2);
  const Outcome outcome = run("export" + on(folder));
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.output.rfind("{\"export\":1,\"device\":\"kt-10750-q1\",", 0), 0U);
  EXPECT_NE(outcome.output.find(
                "}\n{\"seq\":1,\"kind\":\"rating\",\"at\":1795453200000,\"boot\":\"" +
                std::string(32, 'b') +
                "\",\"mono\":179545320000,\"clock\":\"synced\",\"body\":{\"visit\":\"v0\","
                "\"score\":1,\"counter\":\"q1\",\"field\":\"ho-tich\"}}\n{\"seq\":2,"),
            std::string::npos)
      << outcome.output;
}

TEST(JournalCommand, VerifiesWhatItExported) {
  const TempFolder folder;
  const Journal journal = journal_with(folder.path(), 7);
  const auto file = folder.path() / "chain.jsonl";
  EXPECT_EQ(run("export" + on(folder) + " >" + file.string()).code, 0);
  EXPECT_EQ(run("verify --export " + file.string()).output, run("verify" + on(folder)).output);
  std::ofstream(file, std::ios::app) << "{}\n";
  const Outcome outcome = run("verify --export " + file.string());
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.output.rfind("BROKEN at event 8: ", 0), 0U) << outcome.output;
}

TEST(JournalCommand, CountsByScore) {
  const TempFolder folder;
  const Journal journal = journal_with(folder.path(), 6);
  const Outcome outcome = run("stats" + on(folder));
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.output.find("ratings:     6\n  score 5:   1\n"), std::string::npos)
      << outcome.output;
  EXPECT_NE(outcome.output.find("  score 1:   2\n"), std::string::npos) << outcome.output;
}

TEST(JournalCommand, CountsWhatFollowsRatings) {
  const TempFolder folder;
  Journal journal = journal_with(folder.path(), 3);
  must(journal.append(stamp_at(1), core::Answers{1, {{"reasons", {"extra-money"}}}, true}));
  must(journal.append(stamp_at(2), core::Answers{1, {{"purpose", {"result"}}}, false}));
  must(journal.append(stamp_at(3), core::Answers{2, {{"reasons", {}}}, false}));  // taken back
  must(journal.append_dossier(stamp_at(4), 2, dossier_ref("a", 7)));
  must(journal.append_dossier(stamp_at(5), 3, dossier_ref("a", 7)));
  must(journal.append_feedback(stamp_at(6), 3, core::FeedbackKind::kWords, "cảm ơn"));
  must(journal.append_contact(stamp_at(7), consent_for(3), "0912345678"));
  must(journal.append_contact(stamp_at(8), consent_for(2), "0987654321"));
  must(journal.erase(stamp_at(9), 11, "request"));
  const Outcome outcome = run("stats" + on(folder));
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.output.find("corrections: 0\n"
                                "answers:     2\n"
                                "alerts:      1\n"
                                "dossiers:    2 (1 superseded)\n"
                                "feedback:    3 (1 erased)\n"
                                "contacts:    2 (1 erased)\n"),
            std::string::npos)
      << outcome.output;
}

TEST(JournalCommand, ChangesNothing) {
  const TempFolder folder;
  { journal_with(folder.path(), 3); }
  const auto file = folder.path() / kJournalFile;
  const auto time = std::filesystem::last_write_time(file);
  const auto size = std::filesystem::file_size(file);
  for (const char* command : {"verify", "export", "stats"})
    EXPECT_EQ(run(command + on(folder)).code, 0);
  EXPECT_EQ(std::filesystem::last_write_time(file), time);
  EXPECT_EQ(std::filesystem::file_size(file), size);
}

TEST(JournalCommand, RefusesWhatIsNoJournal) {
  const TempFolder folder;
  EXPECT_EQ(run("verify" + on(folder)).code, 2);
  EXPECT_EQ(run("verify").code, 2);
  EXPECT_EQ(run("verify --export none --db none").code, 2);
  EXPECT_EQ(run("verify --export none").code, 2);
  EXPECT_EQ(run("verify --district-key 12" + on(folder)).code, 2);
  EXPECT_EQ(run("rewrite" + on(folder)).code, 2);
  EXPECT_EQ(run("--version").code, 0);
}

}  // namespace
}  // namespace hailong::journal
