#include "district/reports/programme_reports.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/district/reports/sample_report.h"

namespace hailong::district::reports {
namespace {

using documents::Block;
using documents::Cell;
using documents::Report;
using documents::Row;
using documents::Section;
using documents::Table;
using documents::tables_of;

/// All words of a report, cells parted by bars.
std::string words_of(const Report& report) {
  std::string words = report.subject + "\n";
  for (const Section& section : report.sections) {
    words += section.heading + "\n";
    for (const Block& block : section.blocks) {
      if (const auto* text = std::get_if<std::string>(&block)) {
        words += *text + "\n";
        continue;
      }
      const Table& table = std::get<Table>(block);
      words += table.caption + "\n";
      for (const Row& row : table.rows) {
        for (const Cell& cell : row.cells) words += cell.text + "|";
        words += "\n";
      }
    }
  }
  return words;
}

void expect_words(const std::string& words, const std::string& part) {
  EXPECT_NE(words.find(part), std::string::npos) << part << " is missing in\n" << words;
}

TEST(ReportPeriod, CoversHalfYearsAndYears) {
  using namespace std::chrono;
  EXPECT_EQ((ReportPeriod{2026, Span::kFirstHalf}).from(), 2026y / January / 1);
  EXPECT_EQ((ReportPeriod{2026, Span::kFirstHalf}).to(), 2026y / June / 30);
  EXPECT_EQ((ReportPeriod{2026, Span::kSecondHalf}).from(), 2026y / July / 1);
  EXPECT_EQ((ReportPeriod{2026, Span::kSecondHalf}).to(), 2026y / December / 31);
  EXPECT_EQ((ReportPeriod{2026, Span::kYear}).from(), 2026y / January / 1);
  EXPECT_EQ((ReportPeriod{2026, Span::kYear}).words(), "năm 2026");
}

TEST(ProgrammeReport, SaysWhatIsKnown) {
  const std::string words = words_of(programme_report(sample_data()));
  expect_words(words, "6 tháng đầu năm 2026");
  expect_words(
      words,
      "của 3 đơn vị cấp xã ghi nhận 1.246 phiếu đánh giá, trong đó 1.185 phiếu hài lòng hoặc "
      "rất hài lòng; Tỷ lệ hài lòng tại quầy là 95,10 %");
  expect_words(words, "1|xã Phú Thái|1.234|95,14|93,8–96,2|30,00|Mức 3|9,51|");
  expect_words(words, "đúng hạn 82 % < 90 %");
  expect_words(words, "xã Phú Thái|Chứng thực|830|96,39|");
  expect_words(words, "xã Phú Thái|1.234|95,14|1.222|95,09|");
  expect_words(words, "xã Phú Thái|20|17|14|82,35|3|2|");
  expect_words(words, "xã Phú Thái|03/07/2026|Tự chấm|Đồng ý với đề xuất|Lãnh đạo xã Phú Thái|");
  expect_words(words, "Đơn vị đạt mức 1 trở lên|≥ 90 %|1/3 (33,33 %)|1/3 (33,33 %)|Chưa đạt|");
  expect_words(words, "xã Phú Thái|Quầy số 1|7|");
  expect_words(words, "không phải Chỉ số hài lòng SIPAS");
}

TEST(ProgrammeReport, NeverInventsWhatIsMissing) {
  const std::string words = words_of(programme_report(sample_data()));
  expect_words(words, "2|xã Lai Khê|12|91,67|64,6–98,5|không đủ dữ liệu|Chưa đủ mẫu|–|");
  expect_words(words, "3|xã An Thành|0|–|–|không đủ dữ liệu|Không đủ dữ liệu|–|");
  expect_words(words, "Tỷ lệ phản hồi: không đủ dữ liệu");
  // A total of which a part is not known is not known.
  expect_words(words, "|Tổng cộng|1.246|95,10|93,8–96,2|không đủ dữ liệu|–|–|");
  expect_words(words, "Tổng cộng|không đủ dữ liệu|không đủ dữ liệu|");
}

TEST(ProgrammeReport, SaysThatAGroupIsHidden) {
  ReportData data = sample_data();
  EXPECT_EQ(words_of(programme_report(data)).find("“ẩn”: nhóm"), std::string::npos);
  data.units[0].fields[0].counts.reset();
  const std::string words = words_of(programme_report(data));
  expect_words(words, "xã Phú Thái|Hộ tịch|ẩn|ẩn|ẩn|");
  expect_words(words, "“ẩn”: nhóm có quá ít phiếu");
}

TEST(ProgrammeReport, OfNothingIsStillAReport) {
  ReportData data = sample_data();
  data.units.clear();
  data.progress.reset();
  data.praise.reset();
  const std::string words = words_of(programme_report(data));
  expect_words(words, "ghi nhận 0 phiếu đánh giá.");
  expect_words(words, "Kế hoạch không có chỉ tiêu cho 6 tháng đầu năm 2026.");
  expect_words(words, "Danh sách: không đủ dữ liệu.");
}

TEST(ProgrammeReport, OfAYearHoldsTheDecisionsOfRecognition) {
  const std::string decision = "1|xã Phú Thái|Mức 3|1234/QĐ-UBND|20/12/2026|";
  expect_words(words_of(programme_report(sample_data(Span::kYear))), decision);
  expect_words(words_of(programme_report(sample_data(Span::kYear))),
               "2|xã Lai Khê|chưa công nhận|–|–|");
  EXPECT_EQ(words_of(programme_report(sample_data())).find(decision), std::string::npos);
}

TEST(ProgrammeReport, SaysThatThresholdsArePlaceholdersUntilTheyAreConfirmed) {
  ReportData data = sample_data();
  const Report provisional = programme_report(data);
  EXPECT_TRUE(provisional.provisional);
  expect_words(words_of(provisional), "NGƯỠNG TẠM: ngưỡng xếp mức");
  data.official = true;
  data.rules_source = "Quyết định 1/QĐ-UBND";
  const Report official = programme_report(data);
  EXPECT_FALSE(official.provisional);
  EXPECT_EQ(words_of(official).find("NGƯỠNG TẠM"), std::string::npos);
  expect_words(words_of(official), "thang điểm: Quyết định 1/QĐ-UBND.");
}

TEST(ProgrammeReport, HasRowsAsWideAsItsTables) {
  for (const Span span : {Span::kFirstHalf, Span::kYear}) {
    const Report report = programme_report(sample_data(span));
    for (const Table* table : tables_of(report)) {
      for (const Row& row : table->rows) EXPECT_EQ(row.cells.size(), table->columns.size());
    }
  }
}

}  // namespace
}  // namespace hailong::district::reports
