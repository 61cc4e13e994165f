#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <fstream>

#include "journal/outbox.h"
#include "tests/e2e/process.h"
#include "tests/fault/scripted_server.h"
#include "tests/journal/sample.h"
#include "tests/temp_folder.h"
#include "wire/batch.h"
#include "wire/heartbeat.h"
#include "wire/receipt.h"

namespace hailong::sync {
namespace {

using journal::journal_with;
using journal::must;
using std::chrono::milliseconds;
using std::chrono::seconds;
using tests::Deed;
using tests::http_answer;
using tests::Process;
using tests::run;
using tests::ScriptedServer;
using tests::TempFolder;
using Kind = Deed::Kind;

/// The real program against a scripted district.
class SyncdTest : public testing::Test {
 protected:
  std::string config(const std::string& url, const std::string& more = {}) {
    const auto file = folder_.path() / "sync.toml";
    std::ofstream(file) << "data_dir = \"data\"\n[district]\nurl = \"" << url
                        << "\"\npublic_key = \"" << core::to_hex(key_.public_key()) << "\"\n"
                        << more << "[retry]\nfirst_ms = 1\nmost_ms = 20\n";
    return file.string();
  }

  tests::Outcome once(const std::string& url) {
    return run({HAILONG_SYNCD, "--config", config(url), "--once"});
  }

  /// What the district answers when it has stored the first `last` events.
  Deed receipt(core::Seq last) {
    auto outbox = must(journal::Outbox::open(data_dir()));
    const wire::Batch batch = must(outbox.batch(1, last, 1'000'000));
    const wire::Receipt receipt{batch.claim.device, batch.claim.epoch, last, batch.claim.head, 1};
    return {Kind::kAnswer, http_answer(200, wire::seal_receipt(receipt, key_))};
  }

  core::Seq high_water() { return must(must(journal::Outbox::open(data_dir())).high_water()); }

  [[nodiscard]] std::filesystem::path data_dir() const { return folder_.path() / "data"; }
  [[nodiscard]] std::filesystem::path log() const { return folder_.path() / "log"; }

  TempFolder folder_;
  wire::SigningKey key_ = wire::SigningKey::from_seed(core::Bytes32{9});
};

TEST_F(SyncdTest, OnceSendsEverythingAndExitsWithNought) {
  const auto journal = journal_with(data_dir(), 4);
  ScriptedServer server({receipt(4)});
  const tests::Outcome outcome = once(server.url());
  EXPECT_EQ(outcome.code, 0) << outcome.output;
  EXPECT_NE(outcome.output.find("sent 4 events, 0 unsent\n"), std::string::npos) << outcome.output;
  EXPECT_EQ(high_water(), 4);
  const tests::Outcome again = once(server.url());
  EXPECT_EQ(again.code, 0);
  EXPECT_NE(again.output.find("sent 0 events, 0 unsent\n"), std::string::npos) << again.output;
}

TEST_F(SyncdTest, OnceExitsWithThreeWhenSomethingIsUnsent) {
  const auto journal = journal_with(data_dir(), 4);
  for (const Deed& deed :
       {Deed{Kind::kAnswer, http_answer(200, "<html>log in</html>")},
        Deed{Kind::kAnswer, http_answer(302, "", "Location: http://127.0.0.1:9/\r\n")},
        Deed{Kind::kAnswer, http_answer(403, "no")}, Deed{Kind::kAnswer, http_answer(404, "no")},
        Deed{Kind::kAnswer, http_answer(503, "no", "Retry-After: 60\r\n")},
        Deed{Kind::kCutAfter, ""}}) {
    ScriptedServer server({deed});
    const tests::Outcome outcome = once(server.url());
    EXPECT_EQ(outcome.code, 3) << deed.bytes;
    EXPECT_NE(outcome.output.find("sent 0 events, 4 unsent\n"), std::string::npos)
        << outcome.output;
    EXPECT_EQ(high_water(), 0);
  }
}

TEST_F(SyncdTest, OnceTriesAgainAfterAShortTrouble) {
  const auto journal = journal_with(data_dir(), 4);
  ScriptedServer server({{Kind::kCutAfter, ""}, {Kind::kCutAfter, ""}, receipt(4)});
  EXPECT_EQ(once(server.url()).code, 0);
}

TEST_F(SyncdTest, OnceExitsWithOneWithoutAJournal) {
  const tests::Outcome outcome = once("http://127.0.0.1:9");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.output.find("no journal yet"), std::string::npos) << outcome.output;
}

TEST_F(SyncdTest, NamesAMistakeInTheConfigurationAndExitsWithTwo) {
  const std::string file = config("http://district.example");
  const tests::Outcome outcome = run({HAILONG_SYNCD, "--config", file});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.output.find(file + ":3: district.url: expected https://"), 0U)
      << outcome.output;
  EXPECT_EQ(std::count(outcome.output.begin(), outcome.output.end(), '\n'), 1);
}

TEST_F(SyncdTest, NamesAConfigurationThatIsNotThere) {
  const tests::Outcome outcome = run({HAILONG_SYNCD, "--config", "/none/sync.toml"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.output.find("/none/sync.toml"), std::string::npos);
}

TEST_F(SyncdTest, ChecksAConfigurationWithoutTouchingAnything) {
  EXPECT_EQ(run({HAILONG_SYNCD, "--config", config("http://127.0.0.1:9"), "--check"}).output,
            "ok\n");
  EXPECT_FALSE(std::filesystem::exists(data_dir()));
  const std::string bad = config("http://district.example");
  const tests::Outcome outcome = run({HAILONG_SYNCD, "--config", bad, "--check"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.output.find(bad + ":3: district.url: expected https://"), 0U) << outcome.output;
  EXPECT_EQ(run({HAILONG_SYNCD, "--config", bad, "--check", "enrol", "--code", "x"}).code, 2);
}

TEST_F(SyncdTest, TakesACodeFromStandardInput) {
  const std::string command = "echo K7QD-M2XF | " HAILONG_SYNCD " --config " +
                              config("http://127.0.0.1:9") + " enrol --code -";
  const tests::Outcome outcome = run({"/bin/sh", "-c", command});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.output.find("expected the 20 characters"), std::string::npos) << outcome.output;
}

TEST_F(SyncdTest, ExplainsItself) {
  EXPECT_EQ(run({HAILONG_SYNCD, "--help"}).code, 0);
  EXPECT_EQ(run({HAILONG_SYNCD, "--version"}).output, HAILONG_VERSION "\n");
  EXPECT_EQ(run({HAILONG_SYNCD}).code, 2);
  EXPECT_EQ(run({HAILONG_SYNCD, "--config", "x", "--twice"}).code, 2);
}

TEST_F(SyncdTest, SendsWhatIsTappedLater) {
  auto journal = journal_with(data_dir(), 1);
  ScriptedServer server({receipt(1)});
  const Process daemon(
      {HAILONG_SYNCD, "--config", config(server.url(), "[batch]\nage_seconds = 0\n")}, log());
  server.wait_for_requests(2);  // a heartbeat, and what is there
  must(journal.append(journal::stamp_at(1), journal::rating_of(5, "later")));
  EXPECT_EQ(must(wire::open_batch(server.wait_for_requests(3)[2].body, 1'000'000)).claim.last, 2);
}

TEST_F(SyncdTest, StartsBeforeTheKiosk) {
  ScriptedServer server({{Kind::kAnswer, http_answer(503, "")}});
  const Process daemon(
      {HAILONG_SYNCD, "--config", config(server.url(), "[batch]\nage_seconds = 0\n")}, log());
  const auto journal = journal_with(data_dir(), 1);
  const auto requests = server.wait_for_requests(2);
  EXPECT_TRUE(wire::open_heartbeat(requests[0].body));
  EXPECT_TRUE(wire::open_batch(requests[1].body, 1'000'000));
}

TEST_F(SyncdTest, StopsWhileTheDistrictHangs) {
  const auto journal = journal_with(data_dir(), 1);
  ScriptedServer server({{Kind::kHang, ""}});
  Process daemon({HAILONG_SYNCD, "--config", config(server.url())}, log());
  server.wait_for_requests(1);
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{5}), 0) << tests::text_of(log());
}

TEST_F(SyncdTest, DoesNotRunTwiceOnOneJournal) {
  const auto journal = journal_with(data_dir(), 1);
  ScriptedServer server({{Kind::kHang, ""}});
  Process daemon({HAILONG_SYNCD, "--config", config(server.url())}, log());
  server.wait_for_requests(1);
  const tests::Outcome second = once(server.url());
  EXPECT_EQ(second.code, 4);
  EXPECT_NE(second.output.find("hailong-syncd runs already on " + data_dir().string()),
            std::string::npos)
      << second.output;
  EXPECT_EQ(std::count(second.output.begin(), second.output.end(), '\n'), 1);
  daemon.signal(SIGKILL);
  daemon.wait(seconds{5});
  ScriptedServer better({receipt(1)});
  EXPECT_EQ(once(better.url()).code, 0) << "a run that was killed holds nothing";
}

TEST_F(SyncdTest, StopsWhileItSleeps) {
  const auto journal = journal_with(data_dir(), 1);
  ScriptedServer server({{Kind::kAnswer, http_answer(403, "")}});
  Process daemon({HAILONG_SYNCD, "--config", config(server.url())}, log());
  server.wait_for_requests(1);
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{5}), 0) << tests::text_of(log());
}

TEST_F(SyncdTest, LogsAChangeOfStateOnceNotEveryTry) {
  const auto journal = journal_with(data_dir(), 4);
  std::vector<Deed> deeds(9, Deed{Kind::kAnswer, http_answer(503, "")});
  deeds.push_back(receipt(4));
  ScriptedServer server(deeds);
  Process daemon({HAILONG_SYNCD, "--config", config(server.url())}, log());
  server.wait_for_requests(10);
  const auto told = [&] { return tests::text_of(log()).find("receives again"); };
  while (told() == std::string::npos && !daemon.wait(milliseconds{20})) {
  }
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{5}), 0);
  const std::string text = tests::text_of(log());
  // Begin, journal, heartbeat without an answer, refused, received again, end.
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 6) << text;
}

}  // namespace
}  // namespace hailong::sync
