#include <gtest/gtest.h>

#include "core/csv.h"
#include "tests/district/running_district.h"
#include "tests/documents/command.h"

namespace hailong::district {
namespace {

using Json = nlohmann::json;

constexpr const char* kToday = "from=2026-11-24&to=2026-11-24";

Json row_of(const Json& scores, const std::string& unit_id) {
  for (const Json& row : scores.at("rows")) {
    if (row.at("unit_id") == unit_id) return row;
  }
  ADD_FAILURE() << "no row of " << unit_id << " in " << scores.dump();
  return {};
}

/// 22 ratings: 15 satisfied, one flagged, one corrected.
void send_sample(RunningDistrict& district) {
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 10; ++i) kiosk.rate(5);
  for (int i = 0; i < 4; ++i) kiosk.rate(4, kNoon, "chung-thuc", "q2");
  for (int i = 0; i < 7; ++i) kiosk.rate(3, kNoon, "");
  const core::Seq wrong = kiosk.rate(1, kNoon, "ho-tich", "q1", {"burst"});
  kiosk.append(core::Correction{wrong, *core::Score::from(4)});
  kiosk.rate(2, kNoon - 30 * kDay);
  district.know(kiosk);
  ASSERT_EQ(district.send(kiosk).status, 200);
}

TEST(Scores, AreForBearersOfATokenOnly) {
  RunningDistrict district;
  const std::string path = std::string("api/v1/scores?") + kToday;
  for (const HttpClient::Headers& headers :
       {HttpClient::Headers{}, {"Authorization: Bearer wrong"}, {"Authorization: Basic eDp5"}}) {
    const Reply reply = district.client().get(path, headers);
    expect_problem(reply, 401, "no-token");
    EXPECT_EQ(reply.header("WWW-Authenticate"), "Bearer");
  }
  EXPECT_EQ(district.scores(kToday).status, 200);
  EXPECT_EQ(district.client().get(path, {district.log_in()}).status, 200);
  must(storage::Accounts(district.store()).revoke_token("test", {"test", kNoon}));
  EXPECT_EQ(district.scores(kToday).status, 401);
}

TEST(Scores, HaveTheContractsFields) {
  RunningDistrict district;
  send_sample(district);
  const Json scores = json_of(district.scores(kToday));
  EXPECT_EQ(scores.at("from"), "2026-11-24");
  EXPECT_EQ(scores.at("to"), "2026-11-24");
  EXPECT_EQ(scores.at("by"), Json::array({"unit"}));
  EXPECT_EQ(scores.at("measure"), "Tỷ lệ hài lòng tại quầy");
  EXPECT_EQ(scores.at("programme").at("official"), false);
  EXPECT_EQ(scores.at("programme").at("year"), 2025);
  const Json row = row_of(scores, "10750@2025-07-01");
  EXPECT_EQ(row.at("unit_name"), "xã Phú Thái");
  EXPECT_EQ(row.at("unit_code"), "10750");
  EXPECT_EQ(row.at("period"), "2026-11-24");
  EXPECT_EQ(row.at("n"), 22);
  EXPECT_EQ(row.at("counts"), Json::array({0, 0, 7, 5, 10}));
  EXPECT_EQ(row.at("satisfied_pct"), 68.18);
  EXPECT_EQ(row.at("ci_low"), 47.32);
  EXPECT_EQ(row.at("ci_high"), 83.64);
  EXPECT_EQ(row.at("mean"), 4.14);
  EXPECT_EQ(row.at("flagged"), Json({{"count", 1}, {"left_out", 0}, {"reasons", {{"burst", 1}}}}));
  EXPECT_TRUE(row.at("coverage_pct").is_null());
  EXPECT_TRUE(row.at("points").is_null());
  EXPECT_TRUE(row.at("level").is_null());
  EXPECT_EQ(row.at("verdict"), "Chưa đủ mẫu: 22/200 phiếu; ngưỡng tạm");
}

TEST(Scores, LeaveSupersededRatingsOut) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  const core::Seq first = kiosk.rate(1, kNoon, "dat-dai");
  const core::Seq second = kiosk.rate(5);
  kiosk.link(first, 7);
  kiosk.link(second, 7);
  district.know(kiosk);
  ASSERT_EQ(district.send(kiosk).status, 200);
  const Json row = row_of(json_of(district.scores(kToday)), "10750@2025-07-01");
  EXPECT_EQ(row.at("n"), 1);
  EXPECT_EQ(row.at("counts"), Json::array({0, 0, 0, 0, 1}));
  const Json flagged = {{"count", 1}, {"left_out", 1}, {"reasons", {{"superseded", 1}}}};
  EXPECT_EQ(row.at("flagged"), flagged);
  // A field of which nothing else is known has a row all the same.
  const Json by_field = json_of(district.scores(std::string(kToday) + "&by=unit,field"));
  for (const Json& field : by_field.at("rows")) {
    if (field.at("field_id") != "dat-dai") continue;
    EXPECT_EQ(field.at("n"), 0);
    EXPECT_EQ(field.at("flagged"), flagged);
    EXPECT_EQ(field.at("verdict"), "Chưa có phiếu nào");
    return;
  }
  FAIL() << "no row of the field";
}

TEST(Scores, ShowUnitsAsTheyWereOrAsTheyAre) {
  RunningDistrict district;
  const std::int64_t two_years_ago = kNoon - 735 * kDay;  // 2024-11-20
  for (const auto& [unit, score] : {std::pair{"10756", 2}, {"10762", 3}, {"10804", 4}}) {
    FakeKiosk kiosk(std::string("kt-") + unit);
    kiosk.hear(two_years_ago);
    kiosk.rate(score, two_years_ago);
    if (unit != std::string("10762")) kiosk.rate(5);
    district.know(kiosk, unit);
    ASSERT_EQ(district.send(kiosk).status, 200);
  }
  const std::string range = "from=2024-11-01&to=2026-11-24";
  const Json then = json_of(district.scores(range + "&as=then"));
  EXPECT_EQ(then.at("as"), "then");
  EXPECT_EQ(row_of(then, "10756@").at("counts"), Json::array({0, 1, 0, 0, 0}));
  EXPECT_EQ(row_of(then, "10762@").at("counts"), Json::array({0, 0, 1, 0, 0}));
  EXPECT_EQ(row_of(then, "10756@2025-07-01").at("n"), 1);
  EXPECT_EQ(json_of(district.scores(range)).at("rows"), then.at("rows"));

  const Json now = json_of(district.scores(range + "&as=now"));
  EXPECT_EQ(now.at("as"), "now");
  EXPECT_EQ(now.at("rows").size(), 4U);
  EXPECT_EQ(row_of(now, "10756@2025-07-01").at("counts"), Json::array({0, 1, 1, 0, 1}));
  EXPECT_EQ(row_of(now, "10804@2025-07-01").at("counts"), Json::array({0, 0, 0, 1, 1}));
  const Json by_month = json_of(district.scores(range + "&as=now&by=unit,month"));
  EXPECT_EQ(row_of(by_month, "10804@2025-07-01").at("period"), "2024-11");
  expect_problem(district.scores(range + "&as=ever"), 400, "bad-parameter");
}

TEST(Scores, GiveEveryUnitOfTheAuthorityARow) {
  RunningDistrict district;
  const Json scores = json_of(district.scores(kToday));
  ASSERT_EQ(scores.at("rows").size(), 4U);
  for (const char* unit :
       {"10750@2025-07-01", "10756@2025-07-01", "10792@2025-07-01", "10804@2025-07-01"}) {
    const Json row = row_of(scores, unit);
    EXPECT_EQ(row.at("n"), 0);
    EXPECT_TRUE(row.at("satisfied_pct").is_null());
    EXPECT_EQ(row.at("verdict"), "Chưa có phiếu nào");
  }
  EXPECT_TRUE(json_of(district.scores("from=2025-06-01&to=2025-06-30")).at("rows").empty());
}

TEST(Scores, ComeByMonthFieldAndCounter) {
  RunningDistrict district;
  send_sample(district);
  const Json months =
      json_of(district.scores("from=2026-10-01&to=2026-11-30&by=unit,month")).at("rows");
  ASSERT_EQ(months.size(), 2U);
  EXPECT_EQ(months[0].at("period"), "2026-10");
  EXPECT_EQ(months[1].at("period"), "2026-11");
  EXPECT_EQ(months[1].at("n"), 22);

  const Json parts =
      json_of(district.scores(std::string(kToday) + "&by=unit,counter,field")).at("rows");
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].at("field_name"), "Chưa rõ lĩnh vực");
  EXPECT_EQ(parts[1].at("field_id"), "chung-thuc");
  EXPECT_EQ(parts[1].at("field_name"), "Chứng thực");
  EXPECT_EQ(parts[1].at("counter_id"), "q2");
  EXPECT_EQ(parts[1].at("verdict"), "100,0 % hài lòng (KTC 95 %: 51,0–100,0), 4 phiếu");
  EXPECT_EQ(parts[2].at("n"), 11);
}

TEST(Scores, GiveNoLevelWhileItIsNotKnownHowManyWereServed) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 300; ++i) kiosk.rate(i < 261 ? 5 : 2);
  district.know(kiosk, "10792");
  ASSERT_EQ(district.send(kiosk).status, 200);
  const Json row = row_of(json_of(district.scores(kToday)), "10792@2025-07-01");
  EXPECT_TRUE(row.at("level").is_null());
  EXPECT_EQ(row.at("points"), 8.7);
  EXPECT_EQ(row.at("verdict"),
            "Không đủ dữ liệu để xét mức: 87,0 % hài lòng (KTC 95 %: 82,7–90,3), 300 phiếu; chưa "
            "xét được mức 1 vì chưa biết số hồ sơ đã trả; ngưỡng tạm");
  EXPECT_EQ(row.at("rank"), 1);
  EXPECT_EQ(row.at("rank_words"), "Hạng 1/1");
}

TEST(Scores, ComeAsCsvForSpreadsheets) {
  RunningDistrict district;
  send_sample(district);
  const Reply reply = district.scores(std::string(kToday) + "&format=csv");
  EXPECT_EQ(reply.header("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_EQ(reply.body.substr(0, 3), "\xEF\xBB\xBF");
  const auto rows = core::parse_csv(reply.body);
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_EQ(rows[0].fields, (std::vector<std::string>{"unit_id",
                                                      "unit_name",
                                                      "unit_code",
                                                      "period",
                                                      "n",
                                                      "n1",
                                                      "n2",
                                                      "n3",
                                                      "n4",
                                                      "n5",
                                                      "satisfied_pct",
                                                      "ci_low",
                                                      "ci_high",
                                                      "mean",
                                                      "flagged",
                                                      "left_out",
                                                      "flagged_reasons",
                                                      "coverage_pct",
                                                      "timely_pct",
                                                      "points",
                                                      "level",
                                                      "verdict",
                                                      "x1",
                                                      "x2",
                                                      "x3",
                                                      "x4",
                                                      "x5",
                                                      "linked",
                                                      "later",
                                                      "uncertain_day"}));
  EXPECT_EQ(rows[1].fields, (std::vector<std::string>{"10750@2025-07-01",
                                                      "xã Phú Thái",
                                                      "10750",
                                                      "2026-11-24",
                                                      "22",
                                                      "0",
                                                      "0",
                                                      "7",
                                                      "5",
                                                      "10",
                                                      "68.18",
                                                      "47.32",
                                                      "83.64",
                                                      "4.14",
                                                      "1",
                                                      "0",
                                                      "burst=1",
                                                      "",
                                                      "",
                                                      "",
                                                      "",
                                                      "Chưa đủ mẫu: 22/200 phiếu; ngưỡng tạm",
                                                      "0",
                                                      "0",
                                                      "0",
                                                      "0",
                                                      "0",
                                                      "0",
                                                      "0",
                                                      "0"}));
}

TEST(Scores, ComeAsAWorkbookWithFiguresAsFigures) {
  RunningDistrict district;
  send_sample(district);
  const Reply reply = district.scores(std::string(kToday) + "&format=xlsx");
  EXPECT_EQ(reply.header("Content-Type"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  EXPECT_EQ(reply.header("Content-Disposition"),
            "attachment; filename=\"hailong-2026-11-24-2026-11-24.xlsx\"");
  const documents::TempFile file("scores.xlsx", reply.body);
  const std::string text = documents::output_of(
      "/usr/bin/python3 " HAILONG_READERS "/read_workbook.py " + file.quoted());
  EXPECT_NE(text.find("s:10750@2025-07-01|s:xã Phú Thái|s:10750|s:2026-11-24|n:22|n:0|n:0|n:7|n:5|"
                      "n:10|n:68.18|n:47.32|n:83.64|n:4.14|n:1|n:0|s:burst=1|"),
            std::string::npos)
      << text;
}

TEST(Scores, DoNotLetACounterBecomeAFormula) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(5, kNoon, "ho-tich", "=1+1");
  district.know(kiosk);
  district.send(kiosk);
  const Reply reply = district.scores(std::string(kToday) + "&by=unit,counter&format=csv");
  EXPECT_NE(reply.body.find(",'=1+1,"), std::string::npos) << reply.body;
}

TEST(Scores, SayWhatWasExpectedOfAParameter) {
  RunningDistrict district;
  for (const auto& [query, expected] : std::map<std::string, std::string>{
           {"to=2026-11-24", "from: missing; expected a date YYYY-MM-DD"},
           {"from=2026-02-30&to=2026-11-24", "from: expected a date YYYY-MM-DD"},
           {"from=24/11/2026&to=2026-11-24", "from: expected a date YYYY-MM-DD"},
           {"from=2026-11-24&to=2026-11-23", "to: expected a date not before from"},
           {"from=2026-11-24&to=2026-11-24&by=month",
            "by: expected unit[,month][,field][,counter]"},
           {"from=2026-11-24&to=2026-11-24&by=unit,unit",
            "by: expected unit[,month][,field][,counter]"},
           {"from=2026-11-24&to=2026-11-24&by=unit,",
            "by: expected unit[,month][,field][,counter]"},
           {"from=2026-11-24&to=2026-11-24&format=xml", "format: expected json, csv or xlsx"},
           {"from=2026-11-24&to=2026-11-24&unit=1",
            "unknown parameter; expected from, to, by, as and format"},
           {"from=2026-11-24&to=2026-11-24&to=2026-11-25",
            "one of the parameters is there twice"}}) {
    const Reply reply = district.scores(query);
    expect_problem(reply, 400, "bad-parameter");
    EXPECT_EQ(json_of(reply).at("detail"), expected) << query;
  }
}

TEST(Scores, AreSentAgainOnlyWhenTheyChanged) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(5);
  district.know(kiosk);
  district.send(kiosk);
  const std::string etag = district.scores(kToday).header("ETag");
  ASSERT_FALSE(etag.empty());
  const Reply same = district.scores(kToday, {"If-None-Match: " + etag});
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.header("ETag"), etag);
  EXPECT_TRUE(same.body.empty());
  EXPECT_EQ(
      district.scores(std::string(kToday) + "&by=unit,month", {"If-None-Match: " + etag}).status,
      200);
  district.send(kiosk);  // a repeat changes nothing
  EXPECT_EQ(district.scores(kToday, {"If-None-Match: " + etag}).status, 304);
  kiosk.rate(1);
  district.send(kiosk);
  const Reply changed = district.scores(kToday, {"If-None-Match: " + etag});
  EXPECT_EQ(changed.status, 200);
  EXPECT_NE(changed.header("ETag"), etag);
}

TEST(Scores, AreTheSameWhenAskedAgainAndOthersForAnotherReader) {
  RunningDistrict district;
  send_sample(district);
  const std::string path = std::string("api/v1/scores?") + kToday;
  const std::string all = district.scores(kToday).body;
  EXPECT_EQ(district.scores(kToday).body, all);
  const std::string head = district.log_in(access::Role::kCommuneHead, "trưởng", "10792");
  const Reply own = district.client().get(path, {head});
  EXPECT_EQ(own.body.find("\"10750\""), std::string::npos) << "kept from the answer for all";
  EXPECT_EQ(district.client().get(path, {head}).body, own.body);
  EXPECT_EQ(district.scores(kToday).body, all);
}

}  // namespace
}  // namespace hailong::district
