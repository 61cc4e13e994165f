#include <gtest/gtest.h>

#include "core/csv.h"
#include "district/storage/appraisals.h"
#include "tests/district/running_district.h"
#include "tests/documents/command.h"

namespace hailong::district {
namespace {

bool has(const Reply& reply, const std::string& text) {
  return reply.body.find(text) != std::string::npos;
}

/// A district in which one commune was rated three times in November 2026.
class ReportPagesTest : public testing::Test {
 protected:
  ReportPagesTest() : cookie_(district_.log_in()) {
    FakeKiosk kiosk("kt-10750-q1");
    for (const int score : {5, 4, 1}) kiosk.rate(score);
    kiosk.say(kiosk.last(), "Chờ lâu");
    district_.know(kiosk);
    EXPECT_EQ(district_.send(kiosk).status, 200);
  }
  Reply get(const std::string& path) { return district_.client().get(path, {cookie_}); }

  RunningDistrict district_;
  std::string cookie_;
};

TEST_F(ReportPagesTest, ShowTheReportAndItsFiles) {
  const Reply page = get("reports?year=2026&span=year");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, "Báo cáo năm 2026")) << page.body;
  EXPECT_TRUE(has(page, "ghi nhận 3 phiếu đánh giá"));
  EXPECT_TRUE(has(page, "href=\"/reports/report.pdf?year=2026&amp;span=year\""));
  EXPECT_TRUE(has(page, "<option value=\"10750@2025-07-01\">xã Phú Thái</option>"));
  // The latest whole period without being asked.
  EXPECT_EQ(get("reports").status, 200);
}

TEST_F(ReportPagesTest, GiveEachFileAsWhatItIs) {
  const Reply pdf = get("reports/report.pdf?year=2026&span=year");
  EXPECT_EQ(pdf.header("Content-Type"), "application/pdf");
  EXPECT_EQ(pdf.header("Content-Disposition"), "attachment; filename=\"bao-cao-2026-year.pdf\"");
  const documents::TempFile file("report.pdf", pdf.body);
  const std::string text =
      documents::one_line(documents::output_of("pdftotext -layout " + file.quoted() + " -"));
  EXPECT_NE(text.find("xã Phú Thái 3 66,67"), std::string::npos) << text;
  EXPECT_NE(text.find("NGƯỠNG TẠM"), std::string::npos)
      << "the sample's thresholds are placeholders";

  for (const char* kind : {"docx", "xlsx"}) {
    const Reply reply = get(std::string("reports/report.") + kind + "?year=2026&span=year");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body.substr(0, 2), "PK") << kind;
  }
  const Reply csv = get("reports/report.csv?year=2026&span=year");
  EXPECT_EQ(csv.body.substr(0, 3), "\xEF\xBB\xBF");
  EXPECT_TRUE(has(csv, ",xã Phú Thái,3,66.67,")) << csv.body;
}

TEST_F(ReportPagesTest, CountTheFeedbackOfThePeriod) {
  const std::string row = "<td>xã Phú Thái</td>\n<td class=\"number\">";
  EXPECT_TRUE(has(get("reports?year=2026&span=year"), row + "1</td>"));
  EXPECT_FALSE(has(get("reports?year=2026&span=first-half"), row + "1</td>"));
}

TEST_F(ReportPagesTest, HoldTheYearsAppraisalAndItsDecision) {
  storage::Appraisals appraisals(district_.store());
  const auto add = [&](storage::AppraisalEntry entry) {
    entry.unit_id = "10750@2025-07-01";
    entry.year = 2026;
    entry.at_ms = kNoon;
    must(appraisals.add(entry, [](const auto&) { return core::Result<void>(); }));
  };
  storage::AppraisalEntry proposal;
  proposal.level = 2;
  proposal.points_x100 = 890;
  proposal.words = "Đạt mức 2";
  proposal.who = "he-thong";
  proposal.role = "Chương trình";
  add(proposal);
  storage::AppraisalEntry decision;
  decision.step = storage::AppraisalStep::kRecognised;
  decision.level = 2;
  decision.decision = "1234/QĐ-UBND";
  decision.decided_on = core::parse_date("2026-11-20");
  decision.who = "can-bo-1";
  decision.role = "Cán bộ cơ quan cấp trên";
  add(decision);

  const Reply year = get("reports?year=2026&span=year");
  EXPECT_TRUE(has(year, "<td>Mức 2, 8,90 điểm. Đạt mức 2</td>\n<td>he-thong (Chương trình)</td>"))
      << year.body;
  EXPECT_TRUE(has(year, "<td>1234/QĐ-UBND</td>\n<td class=\"center\">20/11/2026</td>"));
  EXPECT_TRUE(has(year, ">1/4 đơn vị</td>")) << "of the plan's targets";
  // Another year has neither.
  EXPECT_FALSE(has(get("reports?year=2025&span=year"), "1234/QĐ-UBND"));
}

TEST_F(ReportPagesTest, HoldOneUnitWhenAskedFor) {
  const Reply csv = get("reports/report.csv?year=2026&span=year&unit=10756%402025-07-01");
  EXPECT_EQ(csv.status, 200);
  EXPECT_TRUE(has(csv, "xã Lai Khê"));
  EXPECT_FALSE(has(csv, "xã Phú Thái"));
  // The plan's targets are for all units together.
  EXPECT_FALSE(has(get("reports?year=2026&span=year&unit=10756%402025-07-01"), "CHỈ TIÊU"));
  EXPECT_TRUE(has(get("reports?year=2026&span=year"), "CHỈ TIÊU"));
}

TEST_F(ReportPagesTest, RefuseWhatTheyDoNotHave) {
  for (const char* query : {"year=1999", "year=9999", "year=2026x", "span=month", "unit=99999%40",
                            "unit=%27%20OR%201%3D1", "year="}) {
    EXPECT_EQ(get(std::string("reports?") + query).status, 400) << query;
    EXPECT_EQ(get(std::string("reports/report.pdf?") + query).status, 400) << query;
  }
  for (const char* file : {"report.exe", "report.", "x.pdf", "..%2Freport.pdf"}) {
    EXPECT_EQ(get(std::string("reports/") + file).status, 404) << file;
  }
}

TEST_F(ReportPagesTest, AreForPeopleWhoMay) {
  EXPECT_EQ(district_.client().get("reports").status, 303);
  EXPECT_EQ(district_.client().get("reports/report.pdf").status, 303);
}

}  // namespace
}  // namespace hailong::district
