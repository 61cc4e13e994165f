#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <string_view>

#include "district/clock.h"
#include "district/storage/places.h"
#include "tests/district/sample.h"
#include "tests/district/shell.h"

/// What the operator hears who mistypes, and that nothing was changed then.

namespace hailong::district {
namespace {

std::string put_together(std::initializer_list<std::string_view> parts) {
  std::string whole;
  for (const std::string_view part : parts) whole.append(part);
  return whole;
}

class AdminMistakes : public ::testing::Test {
 protected:
  AdminMistakes() {
    const Config config = must(read_config(file_));
    auto store = must(storage::Store::open(config.data_dir, config.postgres));
    kiosk_.say(kiosk_.rate(2), "Gọi 0912 345 678, hồ sơ 000.00.01.H24-261120-0001");
    register_kiosk(store, kiosk_);
    ingest::Receiver receiver(store, config.rules.units, {config.case_limits, config.calendar},
                              config.limits.unpacked_bytes);
    accepted(must(receiver.receive(kiosk_.device(), kiosk_.sealed(), now_ms())));
    must(storage::Places(store).add(
        {"p1", core::UnitCode{"10750"}, "Điểm 1", *core::parse_date("2026-01-01"), {}},
        {"test", kNoon}));
  }

  Outcome admin(const std::string& arguments) {
    return run(std::string(HAILONG_DISTRICT_PROGRAM) + " admin --config " + file_.string() + " " +
               arguments + " </dev/null");
  }
  std::string csv(const std::string& text) {
    const std::filesystem::path file = folder_.path() / "import.csv";
    std::ofstream(file) << text;
    return file.string();
  }
  /// Every row that a command could change.
  std::string everything() {
    Peek peek(folder_.path() / "data");
    std::string all = peek.projections();
    for (const auto& [table, rows] : peek.counts()) {
      all.append(table).append(" ").append(std::to_string(rows)).append("\n");
    }
    return all + peek.dump("SELECT * FROM device_place ORDER BY 1, 2") +
           peek.dump("SELECT * FROM reception_point") +
           peek.dump("SELECT text IS NULL FROM content");
  }
  /// Expects that the command is refused in one line, and that nothing changed.
  void expect_refusal(const std::string& arguments, int code, const std::string& message) {
    const std::string before = everything();
    const Outcome outcome = admin(arguments);
    EXPECT_EQ(outcome.code, code) << arguments << ": " << outcome.output;
    EXPECT_EQ(outcome.output, "hailong-district: " + message + "\n") << arguments;
    EXPECT_EQ(everything(), before) << arguments;
  }

  tests::TempFolder folder_;
  std::filesystem::path file_ = write_config(folder_.path());
  FakeKiosk kiosk_{"kt-1"};
};

TEST_F(AdminMistakes, EraseNothing) {
  expect_refusal("erase --phone 113 --reason 'Theo đơn'", 2,
                 "expected a Vietnamese telephone number, e.g. 0912 345 678");
  expect_refusal("erase --dossier abc --reason 'Theo đơn'", 2,
                 "expected the code of a dossier, e.g. 000.00.01.H24-261120-0001");
  expect_refusal("erase --phone 0912345678 --reason ''", 2,
                 "the reason must be one line of 1 to 200 characters");
  expect_refusal("erase --phone 0912345678 --reason 'Bà An, 0912.345.678'", 2,
                 "the reason must not hold the number: it is kept for ever");
  expect_refusal("erase --dossier 000.00.01.H24-261120-0001 --reason '000.00.01.H24-261120-0001'",
                 2, "the reason must not hold the code: it is kept for ever");
  expect_refusal("erase --phone 0912345678", 2, "--reason is required (--help says more)");
  for (const char* arguments :
       {"erase --reason x", "erase --phone 0912345678 --dossier 1 --reason x"}) {
    const std::string before = everything();
    const Outcome outcome = admin(arguments);
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(std::count(outcome.output.begin(), outcome.output.end(), '\n'), 1) << outcome.output;
    EXPECT_NE(outcome.output.find("--dossier"), std::string::npos) << outcome.output;
    EXPECT_NE(outcome.output.find("--phone"), std::string::npos) << outcome.output;
    EXPECT_EQ(everything(), before);
  }
}

TEST_F(AdminMistakes, ImportNoRowOfAFileWithABadOne) {
  const std::string served = "unit,month,field,received,returned,source\n";
  const std::string good = "10750,2026-10,,90,100,Báo cáo\n";
  const std::string next = core::to_string(core::local_date(now_ms())).substr(0, 7);
  for (const auto& [row, message] : std::vector<std::pair<std::string, std::string>>{
           {"99999,2026-10,,1,1,x", "line 3: unit: no unit bore the code 99999 in that month"},
           {"10756,2026-13,,1,1,x", "line 3: month: expected YYYY-MM"},
           {"10756," + next + ",,1,1,x", "line 3: month: " + next + " is not over yet"},
           {"10756,2026-10,khac,1,1,x", "line 3: field: expected an id of fields.csv, or nothing"},
           {"10756,2026-10,,-1,1,x", "line 3: received, returned: expected numbers"},
           {"10756,2026-10,,1,mot,x", "line 3: received, returned: expected numbers"},
           {"10756,2026-10,,1,1,", "line 3: source: expected a text"},
           {"10756,2026-10,,1,1", "line 3: expected 6 fields"},
           {"10750,2026-10,,1,1,x", "line 3: this unit, month and field is there twice"}}) {
    const std::string file = csv(put_together({served, good, row, "\n"}));
    const std::string before = everything();
    const Outcome outcome = admin("served import " + file);
    EXPECT_EQ(outcome.code, 2);
    // Every bad line, and the first once more as what stopped it.
    EXPECT_EQ(outcome.output,
              put_together({message, "\nhailong-district: ", file, ": ", message, "\n"}));
    EXPECT_EQ(everything(), before);
  }
  const std::string recognition = "unit,year,level,decision,decided_on,note\n";
  const std::string decided = "10750,2025,2,9/QĐ-UBND,2026-01-05,\n";
  for (const auto& [row, message] : std::vector<std::pair<std::string, std::string>>{
           {"99999,2025,2,9/QĐ,2026-01-05,", "line 3: unit: no unit 99999 at the end of that year"},
           {"10756,25,2,9/QĐ,2026-01-05,", "line 3: year: expected a year from 2000 to 2100"},
           {"10756,2025,5,9/QĐ,2026-01-05,", "line 3: level: expected 1 to 4"},
           {"10756,2025,2,9/QĐ,2026-01-05", "line 3: expected 6 fields"}}) {
    const std::string file = csv(put_together({recognition, decided, row, "\n"}));
    expect_refusal(put_together({"recognition import ", file}), 2,
                   put_together({file, ": ", message}));
  }
  for (const char* kind : {"served", "recognition"}) {
    const std::string file = csv("\xEF\xBB\xBFthis,is,not,it\n");
    const Outcome outcome = admin(std::string(kind) + " import " + file);
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.output.find("line 1: expected the heading unit,"), std::string::npos)
        << outcome.output;
    expect_refusal(std::string(kind) + " import /none.csv", 1,
                   "/none.csv: cannot be opened for reading");
  }
  ASSERT_EQ(admin("recognition import " + csv(recognition + decided)).code, 0);
  expect_refusal("recognition import " + csv(recognition + decided), 1,
                 "10750@2025-07-01 has a decision for 2025 already");
}

TEST_F(AdminMistakes, MoveNoKioskAndChangeNoPoint) {
  const std::string today = core::to_string(core::local_date(now_ms()));
  expect_refusal("device move --id kt-1 --point p1 --from heute", 2,
                 "--from: expected a date YYYY-MM-DD");
  expect_refusal("device move --id kt-9 --point p1 --from " + today, 1, "no device kt-9");
  expect_refusal("device move --id kt-1 --point p1 --from 2026-01-02", 1,
                 "kt-1 came to its present place on 2026-11-24; expected that day or a later one");
  expect_refusal("device move --id kt-1 --point p1 --counter 'Q 1' --from " + today, 2,
                 "--counter: expected 1 to 64 of a-z, 0-9 and '-'");
  expect_refusal("device move --id kt-1 --from " + today, 2,
                 "--point is required (--help says more)");
  expect_refusal("point add --id p1 --unit 10750 --name X --from 2026-01-01", 1,
                 "there is a reception point p1");
  expect_refusal("point add --id 'P 2' --unit 10750 --name X --from 2026-01-01", 2,
                 "--id: expected 1 to 64 of a-z, 0-9 and '-'");
  expect_refusal("point add --id p2 --unit 10750 --name '' --from 2026-01-01", 2,
                 "expected a name of 1 to 64 bytes, in one line");
  expect_refusal("point add --id p2 --unit 10750 --name X --from 2026-02-30", 2,
                 "--from: expected a date YYYY-MM-DD");
  expect_refusal("point close p9 --on 2026-06-30", 1, "no reception point p9");
  expect_refusal("point close p1 --on 2025-12-31", 2,
                 "--on: expected 2026-01-01, the first day of p1, or a later one");
}

TEST_F(AdminMistakes, KeepTheStoreWhenABackupOrARestoreGoesWrong) {
  if (postgres_server() != nullptr) GTEST_SKIP() << "PostgreSQL has tools of its own";
  const std::string here = (folder_.path() / "import.csv").string();
  csv("no store");
  expect_refusal("backup " + here, 1, here + " is there already");
  expect_refusal("backup /none/backup.db", 1, "/none/backup.db.part: No such file or directory");
  expect_refusal("restore /none/backup.db", 1, "/none/backup.db: no such file");
  const std::string store = (folder_.path() / "data" / storage::kStoreFile).string();
  const std::string copy = (folder_.path() / "copy.db").string();
  ASSERT_EQ(admin("backup " + copy).code, 0);
  expect_refusal("restore " + copy, 1,
                 store + " is there already; --replace gives up what it holds");
  const std::string before = everything();
  const Outcome no_store = admin("restore --replace " + here);
  EXPECT_EQ(no_store.code, 1);
  EXPECT_EQ(std::count(no_store.output.begin(), no_store.output.end(), '\n'), 1) << no_store.output;
  EXPECT_NE(no_store.output.find(here), std::string::npos) << no_store.output;
  EXPECT_EQ(everything(), before);
}

TEST_F(AdminMistakes, AreNamedByTheProofs) {
  EXPECT_EQ(admin("verify").output, "2 streams, 2 events, 1 texts, 0 erased: everything holds\n");
  Peek peek(folder_.path() / "data");
  peek.unlock("event");
  must(peek.execute(
      "UPDATE event SET bytes = (SELECT bytes FROM event WHERE stream_id = 1 AND seq = 1) "
      "WHERE stream_id = 1 AND seq = 2"));
  const Outcome outcome = admin("verify");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.output.find("NOT everything holds"), std::string::npos) << outcome.output;
  EXPECT_NE(outcome.output.find("keep the store as it is"), std::string::npos) << outcome.output;
  EXPECT_NE(outcome.output.find("kt-1"), std::string::npos) << outcome.output;
}

TEST_F(AdminMistakes, InTheConfigurationAreNamedBeforeAnythingIsDone) {
  const std::string program = HAILONG_DISTRICT_PROGRAM;
  for (const char* command : {"user list", "verify", "retention", "rebuild", "backup x", "migrate",
                              "erase --phone 0912345678 --reason x"}) {
    const Outcome none = run(program + " admin --config /none.toml " + command);
    EXPECT_EQ(none.code, 2) << command << none.output;
    EXPECT_EQ(none.output, "hailong-district: /none.toml: cannot be opened for reading\n");
  }
  std::ofstream(file_, std::ios::app) << "\n[colour]\nred = 1\n";
  const Outcome unknown = admin("user list");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.output.find("colour"), std::string::npos) << unknown.output;
  EXPECT_NE(unknown.output.find(file_.string()), std::string::npos) << unknown.output;
}

}  // namespace
}  // namespace hailong::district
