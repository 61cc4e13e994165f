#include <gtest/gtest.h>

#include "district/scoring/appraisal.h"
#include "district/scoring/verdict.h"
#include "district/storage/programme_records.h"
#include "tests/district/running_district.h"

/// The programme, served totals and the year's appraisal, over HTTP.

namespace hailong::district {
namespace {

using access::Role;
using Json = nlohmann::json;

constexpr const char* kPhuThaiUnit = "10750@2025-07-01";
constexpr const char* kOctober = "from=2026-10-01&to=2026-10-31";
const std::string kAppraisalOfPhuThai = std::string("appraisal/2026/") + kPhuThaiUnit;

Json unit_in(const Json& document, const std::string& unit_id) {
  for (const Json& row : document.at("rows")) {
    if (row.at("unit_id") == unit_id) return row;
  }
  ADD_FAILURE() << "no row of " << unit_id << " in " << document.dump();
  return {};
}

/// 85 ratings of dossiers in October, all satisfied.
void send_october(RunningDistrict& district) {
  FakeKiosk kiosk("kt-1");
  for (std::uint8_t i = 0; i < 85; ++i) {
    kiosk.link(kiosk.rate(5, kNoon - 30 * kDay), i);
  }
  district.know(kiosk);
  ASSERT_EQ(district.send(kiosk).status, 200);
}

storage::ServedTotal served(const std::string& unit_id, const std::string& month,
                            std::int64_t returned, const std::string& field = "") {
  return {unit_id, month, field, returned, returned, "Báo cáo tháng", "can-bo", kNoon};
}

void enter(RunningDistrict& district, const std::vector<storage::ServedTotal>& totals) {
  must(storage::ProgrammeRecords(district.store()).add_served(totals));
}

/// 100 dossiers returned in October, and none before in that year.
void enter_year(RunningDistrict& district) {
  std::vector<storage::ServedTotal> totals;
  for (const char* month : {"01", "02", "03", "04", "05", "06", "07", "08", "09", "10"}) {
    const bool is_october = std::string_view(month) == "10";
    totals.push_back(served(kPhuThaiUnit, std::string("2026-") + month, is_october ? 100 : 0));
  }
  enter(district, totals);
}

TEST(Served, MakesCoverageAndALevelOfRatings) {
  RunningDistrict district;
  send_october(district);
  const Json before = unit_in(json_of(district.scores(kOctober)), kPhuThaiUnit);
  EXPECT_TRUE(before.at("coverage_pct").is_null());
  EXPECT_EQ(before.at("verdict"), "Chưa đủ mẫu: 85/200 phiếu; ngưỡng tạm");

  enter(district, {served(kPhuThaiUnit, "2026-10", 90), served(kPhuThaiUnit, "2026-10", 100)});
  const Json after = unit_in(json_of(district.scores(kOctober)), kPhuThaiUnit);
  EXPECT_EQ(after.at("coverage_pct"), 85.0);  // the later total counts
  EXPECT_TRUE(after.at("timely_pct").is_null());
  EXPECT_EQ(after.at("level"), 4);
  EXPECT_EQ(after.at("points"), 10.0);
  EXPECT_EQ(after.at("verdict"),
            "Đạt mức 4: 100,0 % hài lòng (KTC 95 %: 95,7–100,0), 85 phiếu; ngưỡng tạm");
}

TEST(Served, AddsFieldsUpUnlessThereIsATotal) {
  RunningDistrict district;
  send_october(district);
  enter(district, {served(kPhuThaiUnit, "2026-10", 60, "ho-tich"),
                   served(kPhuThaiUnit, "2026-10", 110, "chung-thuc")});
  EXPECT_EQ(unit_in(json_of(district.scores(kOctober)), kPhuThaiUnit).at("coverage_pct"), 50.0);
  enter(district, {served(kPhuThaiUnit, "2026-10", 340)});
  EXPECT_EQ(unit_in(json_of(district.scores(kOctober)), kPhuThaiUnit).at("coverage_pct"), 25.0);
}

TEST(Served, IsKnownForAllWholeMonthsOrNotAtAll) {
  RunningDistrict district;
  send_october(district);
  enter(district, {served(kPhuThaiUnit, "2026-10", 100), served("10756@2025-07-01", "2026-09", 5)});
  const auto coverage = [&](const char* range) {
    return unit_in(json_of(district.scores(range)), kPhuThaiUnit).at("coverage_pct");
  };
  EXPECT_EQ(coverage("from=2026-10-01&to=2026-11-24"), 85.0);  // nobody has November yet
  EXPECT_TRUE(coverage("from=2026-09-01&to=2026-10-31").is_null());
  EXPECT_TRUE(coverage("from=2026-10-02&to=2026-10-31").is_null());
  EXPECT_EQ(coverage("from=2026-09-02&to=2026-10-31"), 85.0);
}

TEST(Served, OfUnitsThatMergedIsAddedUp) {
  RunningDistrict district;
  enter(district,
        {served("10768@", "2025-06", 10), served("10777@", "2025-06", 30),
         served("10756@2024-12-01", "2025-06", 20), served("10762@2024-12-01", "2025-06", 40)});
  const char* range = "from=2025-06-01&to=2025-06-30&as=now";
  const Json row = unit_in(json_of(district.scores(range)), "10756@2025-07-01");
  EXPECT_EQ(row.at("coverage_pct"), 0.0);  // 10768, 10756 and 10762 became Lai Khê; none was rated
  const Json other = unit_in(json_of(district.scores(range)), "10792@2025-07-01");
  EXPECT_TRUE(other.at("coverage_pct").is_null());  // 10786 and 10792 are missing
}

TEST(Programme, IsOfficialOnceAnAdministratorConfirmedIt) {
  RunningDistrict district;
  send_october(district);
  enter(district, {served(kPhuThaiUnit, "2026-10", 100)});
  const std::string digest =
      core::to_hex(district.config().rules.programmes.for_year(2026)->digest());
  const std::string form = "document=" + http::escaped("Quyết định 12/QĐ-UBND");
  const std::string officer = district.log_in(Role::kDistrictOfficer, "can-bo-cap-tren");
  EXPECT_EQ(district.submit("programme/confirm", officer, form + "&digest=" + digest).status, 403);
  const std::string admin = district.log_in();
  EXPECT_NE(district.client().get("programme?year=2026", {admin}).body.find(digest),
            std::string::npos);
  EXPECT_EQ(district.submit("programme/confirm", admin, form + "&digest=00").status, 400);
  EXPECT_EQ(district.submit("programme/confirm", admin, "document=+&digest=" + digest).status, 400);
  EXPECT_EQ(json_of(district.scores(kOctober)).at("programme").at("official"), false);

  EXPECT_EQ(district.submit("programme/confirm", admin, form + "&digest=" + digest).status, 303);
  const Json scores = json_of(district.scores(kOctober));
  EXPECT_EQ(scores.at("programme").at("official"), true);
  EXPECT_EQ(unit_in(scores, kPhuThaiUnit).at("verdict"),
            "Đạt mức 4: 100,0 % hài lòng (KTC 95 %: 95,7–100,0), 85 phiếu");
  const std::string page = district.client().get("programme?year=2026", {admin}).body;
  EXPECT_NE(page.find("Đã xác nhận là chính thức theo Quyết định 12/QĐ-UBND"), std::string::npos);
  EXPECT_EQ(
      district.peek().number("SELECT count(*) FROM audit WHERE action = 'programme-confirmed'"), 1);
}

TEST(Programme, ConfirmationEndsWithTheValuesThatItWasOf) {
  RunningDistrict district;
  must(storage::ProgrammeRecords(district.store())
           .confirm({2025, core::Bytes32{}, "Quyết định cũ", "quan-tri", kNoon}));
  EXPECT_EQ(json_of(district.scores(kOctober)).at("programme").at("official"), false);
}

TEST(AppraisalPages, TakeAYearFromProposalToDecision) {
  RunningDistrict district;
  send_october(district);
  enter_year(district);
  const std::string officer = district.log_in(Role::kDistrictOfficer, "can-bo-cap-tren");
  const std::string head = district.log_in(Role::kCommuneHead, "chu-tich", "10750");
  EXPECT_EQ(district.submit("appraisal/2026", officer).status, 303);
  EXPECT_EQ(district.submit("appraisal/2026", officer).status, 303);  // nothing left to propose
  auto history = must(storage::Appraisals(district.store()).of_unit(kPhuThaiUnit, 2026));
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history[0].role, "Cán bộ cơ quan cấp trên");

  const auto post = [&](const std::string& step, const std::string& who,
                        const std::string& fields = "") {
    return district.submit(kAppraisalOfPhuThai + "/" + step, who, fields);
  };
  EXPECT_EQ(post("appraise", officer, "level=4&points=10").status,
            400);  // not confirmed, no reason
  EXPECT_EQ(post("confirm", head).status, 303);
  EXPECT_EQ(post("confirm", head).status, 400);
  EXPECT_EQ(post("appraise", officer, "level=4&points=x").status, 400);
  EXPECT_EQ(post("appraise", officer, "level=4&points=10").status, 303);
  EXPECT_EQ(post("rank", officer, "level=3").status, 400);
  EXPECT_EQ(post("rank", officer, "level=3&words=" + http::escaped("Tiêu chí khác")).status, 303);
  EXPECT_EQ(post("recognise", officer, "level=3&decided_on=2026-11-20").status, 400);
  EXPECT_EQ(post("recognise", officer, "level=3&decided_on=2026-11-20&decision=9%2FQD-UBND").status,
            303);
  history = must(storage::Appraisals(district.store()).of_unit(kPhuThaiUnit, 2026));
  EXPECT_EQ(history.size(), 5U);
  EXPECT_EQ(district.peek().number("SELECT count(*) FROM audit WHERE action LIKE 'appraisal-%' AND "
                                   "subject = '10750@2025-07-01'"),
            5);
  const std::string page = district.client().get(kAppraisalOfPhuThai, {officer}).body;
  EXPECT_NE(page.find("Quyết định số 9/QD-UBND ngày 20/11/2026"), std::string::npos) << page;
  EXPECT_NE(page.find("Tiêu chí khác"), std::string::npos);

  const Json programme =
      json_of(district.client().get("api/v1/programme?year=2026", {district.bearer()}));
  const Json unit = unit_in(programme, kPhuThaiUnit);
  EXPECT_EQ(unit.at("recognition").at("level"), 3);
  EXPECT_EQ(unit.at("recognition").at("decision"), "9/QD-UBND");
  EXPECT_EQ(unit.at("criterion_level"), 4);
  EXPECT_EQ(programme.at("units"), 4);
  EXPECT_EQ(programme.at("aims").at(0).at("needed"), 4);  // 90 % of 4
  EXPECT_EQ(programme.at("aims").at(0).at("recognised"), 1);
  EXPECT_EQ(programme.at("aims").at(2).at("by_criterion"), 1);
  EXPECT_EQ(programme.at("aims").at(2).at("recognised"), 0);
}

TEST(AppraisalPages, KeepTheRulesThatAProposalWasMadeWith) {
  RunningDistrict district;
  send_october(district);
  enter_year(district);
  const std::string officer = district.log_in(Role::kDistrictOfficer, "can-bo-cap-tren");
  ASSERT_EQ(district.submit(kAppraisalOfPhuThai + "/propose", officer).status, 303);
  const auto history = must(storage::Appraisals(district.store()).of_unit(kPhuThaiUnit, 2026));
  ASSERT_EQ(history.size(), 1U);
  const auto rules = must(scoring::Programmes::parse(history[0].rules, "snapshot"));
  const auto judged = scoring::appraise_unit(must(scoring::parse_evidence(history[0].evidence)),
                                             rules.for_year(2026), 2026);
  EXPECT_EQ(judged.verdict, history[0].words);
  EXPECT_EQ(judged.appraisal.level, history[0].level);
  EXPECT_EQ(judged.appraisal.points_x100, history[0].points_x100);
}

TEST(AppraisalPages, AreEachOnesOwn) {
  RunningDistrict district;
  const std::string officer = district.log_in(Role::kDistrictOfficer, "can-bo-cap-tren");
  const std::string other = district.log_in(Role::kCommuneHead, "chu-tich-khac", "10756");
  const std::string staff = district.log_in(Role::kCommuneStaff, "mot-cua", "10750");
  ASSERT_EQ(district.submit("appraisal/2026", officer).status, 303);
  EXPECT_EQ(district.client().get(kAppraisalOfPhuThai, {other}).status, 403);
  EXPECT_EQ(district.submit(kAppraisalOfPhuThai + "/confirm", other).status, 403);
  EXPECT_EQ(district.submit(kAppraisalOfPhuThai + "/confirm", staff).status, 403);
  EXPECT_EQ(district.submit(kAppraisalOfPhuThai + "/appraise", other, "level=4").status, 403);
  EXPECT_EQ(district.submit(kAppraisalOfPhuThai + "/confirm", officer).status, 403);
  const Reply own = district.client().get("appraisal/2026", {other});
  EXPECT_EQ(own.body.find("xã Phú Thái"), std::string::npos);
  EXPECT_NE(own.body.find("xã Lai Khê"), std::string::npos);
  EXPECT_EQ(own.body.find("<form class=\"actions\""), std::string::npos);
  EXPECT_EQ(must(storage::Appraisals(district.store()).of_unit(kPhuThaiUnit, 2026)).size(), 1U);
}

TEST(AppraisalPages, KnowOnlyYearsAndCommunesOfTheAuthority) {
  RunningDistrict district;
  const std::string officer = district.log_in(Role::kDistrictOfficer, "can-bo-cap-tren");
  for (const char* path : {"appraisal/1999", "appraisal/2999", "appraisal/x",
                           "appraisal/2026/10750", "appraisal/2026/31@2025-07-01",
                           "appraisal/2026/10750@2024-12-01", "appraisal/2026/..%2f"}) {
    EXPECT_EQ(district.client().get(path, {officer}).status, 404) << path;
  }
  EXPECT_EQ(district.client().get("appraisal", {officer}).status, 303);
  const Reply none = district.client().get("appraisal/2024", {officer});
  EXPECT_EQ(none.status, 200);
  EXPECT_NE(none.body.find("Không có đơn vị nào"), std::string::npos);
  const Reply some = district.client().get("appraisal/2026", {officer});
  EXPECT_EQ(some.body.find("Không có đơn vị nào"), std::string::npos);
  EXPECT_EQ(district.client().get("programme?year=20", {officer}).status, 404);
  EXPECT_EQ(district.client().get("programme?year=2024", {officer}).status, 200);
  EXPECT_EQ(district.client().get("programme?year=2030", {officer}).status, 200);
  expect_problem(district.client().get("api/v1/programme?jahr=2026", {district.bearer()}), 400,
                 "bad-parameter");
}

TEST(AppraisalPages, ShowWordsAsWords) {
  RunningDistrict district;
  const std::string officer = district.log_in(Role::kDistrictOfficer, "can-bo-cap-tren");
  const std::string head = district.log_in(Role::kCommuneHead, "chu-tich", "10750");
  ASSERT_EQ(district.submit(kAppraisalOfPhuThai + "/propose", officer).status, 303);
  ASSERT_EQ(district
                .submit(kAppraisalOfPhuThai + "/comment", head,
                        "words=" + http::escaped("<script>alert(1)</script>"))
                .status,
            303);
  const std::string page = district.client().get(kAppraisalOfPhuThai, {officer}).body;
  EXPECT_EQ(page.find("<script>alert"), std::string::npos);
  EXPECT_NE(page.find("&lt;script&gt;alert(1)"), std::string::npos);
}

}  // namespace
}  // namespace hailong::district
