#include "district/feedback/desk_names.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/district/running_district.h"

/// Counters and officers by name, where somebody gave the district their names.

namespace hailong::district::feedback {
namespace {

constexpr const char* kFile =
    "unit,kind,id,name\n"
    "10750,counter,q1,Quầy số 1\n"
    "10750,officer,cb-01,Cán bộ thử nghiệm\n"
    "10756,officer,cb-01,Người khác\n";

TEST(DeskNames, StandBesideTheirIdsAndNeverInTheirPlace) {
  const DeskNames names = must(DeskNames::parse(kFile));
  EXPECT_EQ(names.counter("10750", "q1"), "Quầy số 1 (mã q1)");
  EXPECT_EQ(names.counter("10750@2025-07-01", "q1"), "Quầy số 1 (mã q1)");
  EXPECT_EQ(names.counter("10756", "q1"), "Quầy mã q1");
  EXPECT_EQ(names.officer("10750", "cb-01"), "Cán bộ thử nghiệm (mã cb-01)");
  EXPECT_EQ(names.officer("10756", "cb-01"), "Người khác (mã cb-01)");
  EXPECT_EQ(names.officer("10750", "q1"), "mã q1");  // a counter is no officer
  EXPECT_EQ(DeskNames().officer("10750", "cb-01"), "mã cb-01");
}

TEST(DeskNames, AreReadWithoutAMistake) {
  const auto mistake = [](const std::string& rows) {
    const auto read = DeskNames::parse("unit,kind,id,name\n" + rows);
    return read ? "" : read.error().message;
  };
  EXPECT_EQ(mistake(""), "");
  EXPECT_EQ(mistake("10750,desk,q1,A\n"), "names:2: kind: expected counter or officer");
  EXPECT_EQ(mistake("10750,counter,Q 1,A\n"), "names:2: id: expected 1 to 64 of a-z, 0-9 and '-'");
  EXPECT_EQ(mistake("10750,counter,q1,\n"),
            "names:2: expected a unit's code, a kind, an id and a name");
  EXPECT_EQ(mistake("10750,counter,q1,A\n10750,counter,q1,B\n"), "names:3: q1 is there twice");
  EXPECT_EQ(DeskNames::parse("id,name\n").error().message,
            "names:1: expected the heading unit,kind,id,name");
}

/// A visit whose words somebody called praise, for an officer at a counter.
void send_praise(RunningDistrict& district) {
  FakeKiosk kiosk("kt-1");
  const core::Seq rating = kiosk.rate(5, now_ms());
  kiosk.answer(rating, "officer", "cb-01");
  kiosk.say(rating, "Cảm ơn");
  district.know(kiosk);
  ASSERT_EQ(district.send(kiosk).status, 200);
  const auto row = district.peek().rows("SELECT stream_id, rating_seq FROM feedback_case");
  const std::string path =
      "feedback/" + std::to_string(row[0].integer(0)) + "-" + std::to_string(row[0].integer(1));
  const std::string head = district.log_in(access::Role::kCommuneHead, "truong");
  ASSERT_EQ(district.submit(path, head, "action=see&steps=0").status, 303);
  ASSERT_EQ(district.submit(path, head, "action=classify&class=praise&steps=1").status, 303);
}

TEST(DeskNames, StandOnPagesAndInReports) {
  const tests::TempFolder folder;
  const std::filesystem::path file = folder.path() / "names.csv";
  std::ofstream(file) << kFile;
  for (const bool known : {true, false}) {
    Setting setting;
    if (known) setting.names = file.string();
    RunningDistrict district(setting);
    send_praise(district);
    const std::string officer = known ? "Cán bộ thử nghiệm (mã cb-01)" : "mã cb-01";
    const std::string counter = known ? "Quầy số 1 (mã q1)" : "Quầy mã q1";
    const std::string session = district.log_in(access::Role::kDistrictOfficer, "can-bo-cap-tren");
    const std::string year = core::to_string(core::local_date(now_ms())).substr(0, 4);
    const auto page = [&](const std::string& path) {
      return district.client().get(path, {session}).body;
    };
    const std::string praise = page("praise");
    EXPECT_NE(praise.find(">" + officer + "<"), std::string::npos) << praise;
    EXPECT_NE(praise.find(">" + counter + "<"), std::string::npos);
    EXPECT_NE(page("units/10750").find(counter), std::string::npos);
    std::string both = "Công chức ";
    both.append(officer).append(" – ").append(counter);
    EXPECT_NE(page("reports?span=year&year=" + year).find(both), std::string::npos);
  }
}

}  // namespace
}  // namespace hailong::district::feedback
