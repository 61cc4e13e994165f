#include "kiosk/reports/unit_report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/text.h"
#include "documents/chart_style.h"
#include "documents/pdf.h"
#include "documents/xlsx.h"
#include "kiosk/design/theme.h"
#include "kiosk/staff/sight.h"
#include "tests/documents/command.h"
#include "tests/journal/sample.h"
#include "tests/temp_folder.h"

namespace hailong::kiosk::reports {
namespace {

using namespace std::chrono;
using documents::Report;
using documents::Row;
using documents::Table;

/// A day with enough of everything, its month before it, one field and one day too small.
UnitReportData sample_data() {
  UnitReportData data;
  data.unit = "UBND xã Phú Thái";
  data.place = "Bộ phận Một cửa";
  data.date = 2026y / November / 26;
  data.made_by = "Nguyễn Thị Hoa (Cán bộ)";
  const core::LocalDate day = 2026y / November / 25;
  data.figures.range = {day, day};
  data.figures.sum.counts = {{1, 2, 5, 40, 72}};
  data.figures.flagged = 3;
  data.figures.served = 400;
  data.figures.rated_of_served = 120;
  data.figures.week_before.counts = {{20, 20, 20, 200, 240}};
  data.figures.month_before.counts = {{10, 10, 40, 900, 840}};
  data.figures.split = staff::Range{2026y / October / 1, 2026y / October / 31};
  data.figures.by_counter = {{"q1", {{0, 1, 2, 30, 37}}, false},
                             {"q2", {{1, 1, 3, 10, 35}}, false}};
  data.figures.by_field = {{"", {{0, 0, 0, 1, 2}}, true},
                           {"chung-thuc", {{0, 1, 2, 30, 72}}, false},
                           {"ho-tich", {{0, 2, 1, 4, 5}}, true}};
  data.figures.by_hour = {{"07", {{1, 2, 5, 40, 22}}, false}, {"13", {{0, 0, 0, 0, 50}}, false}};
  for (int i = 27; i > 0; i -= 2) {
    const core::LocalDate before = sys_days(day) - days(i);
    data.figures.trend.push_back({before, {{{0, 1, i, 20, 30}}, false}});
  }
  data.figures.trend.push_back({sys_days(day) - days(2), {{{3, 0, 0, 0, 0}}, true}});
  data.figures.trend.push_back({day, data.figures.sum});
  std::sort(data.figures.trend.begin(), data.figures.trend.end(),
            [](const auto& a, const auto& b) { return a.day < b.day; });
  data.cases.by_status[static_cast<std::size_t>(core::CaseStatus::kNew)] = 7;
  data.cases.by_status[static_cast<std::size_t>(core::CaseStatus::kInProgress)] = 5;
  data.cases.overdue = 1;
  data.signed_days = {{day, core::start_of_day_ms(data.date) + 1, "hoa"}};
  data.unsigned_days = {2026y / November / 24};
  data.counter_name = [](const std::string& id) { return "Quầy số " + id.substr(1); };
  data.field_name = [](const std::string& id) {
    return std::string(id == "ho-tich" ? "Hộ tịch" : "Chứng thực");
  };
  data.person_name = [](const std::string& id) { return id == "hoa" ? "Nguyễn Thị Hoa" : id; };
  return data;
}

/// All words, a line for each paragraph and row, cells parted by bars.
std::string words_of(const Report& report) {
  std::string words = report.subject + "\n";
  for (const documents::Section& section : report.sections) {
    words += section.heading + "\n";
    for (const documents::Block& block : section.blocks) {
      if (const auto* text = std::get_if<std::string>(&block)) words.append(*text).append("\n");
      const auto* chart = std::get_if<documents::Chart>(&block);
      if (chart != nullptr) words.append(chart->words).append("\n");
      const Table table = chart != nullptr                       ? documents::table_of(*chart)
                          : std::holds_alternative<Table>(block) ? std::get<Table>(block)
                                                                 : Table{};
      for (const Row& row : table.rows) {
        for (const documents::Cell& cell : row.cells) words.append(cell.text).append("|");
        words += "\n";
      }
    }
  }
  return words;
}

void expect_words(const std::string& words, const std::string& part, bool there = true) {
  EXPECT_EQ(words.find(part) != std::string::npos, there) << part << " in\n" << words;
}

TEST(UnitReport, SaysWhatTheFiguresAre) {
  const std::string words = words_of(unit_report(sample_data()));
  expect_words(words, "Đánh giá của người dân tại Bộ phận Một cửa ngày 25/11/2026\n");
  expect_words(words,
               "Số phiếu: 120. Tỷ lệ hài lòng tại quầy: 93,33 % (KTC 95 %: 87,4–96,6 %; n = 120). "
               "Trong đó 3 phiếu có dấu hiệu bất thường");
  expect_words(words, "Tỷ lệ phản hồi: 30,00 % (120 phiếu trên 400 hồ sơ đã giải quyết).\n");
  expect_words(words, "Hài lòng|40|33,33|\nRất hài lòng|72|60,00|\nTổng|120|100,00|\n");
  expect_words(words, "Nhiều nhất: Rất hài lòng, 72 trên 120 phiếu.");
  expect_words(words, "7 ngày trước đó|500|88,00|84,9–90,6|chưa thấy khác biệt|\n");
  expect_words(words, "30 ngày trước đó|1.800|96,67|95,7–97,4|chưa thấy khác biệt|\n");
  expect_words(words, "Số liệu từ ngày 01/10/2026 đến ngày 31/10/2026.\n");
  expect_words(words, "Quầy số 1|70|95,71|");
  expect_words(words, "07:00–08:00|70|88,57|");
  expect_words(words, "Mới|7|\nĐang xử lý|5|\nTổng|12|\n");
  expect_words(words, "nhận được: 12; quá hạn chưa trả lời: 1. Chỉ tính những ý kiến do cán bộ");
  expect_words(words, "Chưa xác nhận: 24/11/2026.\n25/11/2026|Nguyễn Thị Hoa|26/11/2026|\n");
  expect_words(words, "Người lập báo cáo: Nguyễn Thị Hoa (Cán bộ).");
  expect_words(words, "người đánh giá tự nguyện");
  expect_words(words, "SIPAS", false);
}

TEST(UnitReport, ComparesOnlyWhatDiffersByMoreThanChance) {
  UnitReportData data = sample_data();
  data.figures.week_before.counts = {{300, 0, 0, 0, 200}};
  data.figures.month_before.counts = {{0, 0, 0, 0, 9'000}};
  const std::string words = words_of(unit_report(data));
  expect_words(words, "7 ngày trước đó|500|40,00|35,8–44,4|kỳ này cao hơn|\n");
  expect_words(words, "30 ngày trước đó|9.000|100,00|100,0–100,0|kỳ này thấp hơn|\n");
}

TEST(UnitReport, NeverInventsWhatIsMissing) {
  UnitReportData data = sample_data();
  data.figures.served.reset();
  data.figures.rated_of_served = 0;
  data.figures.split.reset();
  data.figures.trend.clear();
  data.unsigned_days.clear();
  data.signed_days.clear();
  data.cases = {};
  const std::string words = words_of(unit_report(data));
  expect_words(words, "Tỷ lệ phản hồi: không đủ dữ liệu");
  expect_words(words, "chưa có tháng nào trọn vẹn");
  expect_words(words, "Chưa đủ ngày có từ 5 phiếu trở lên để vẽ xu hướng.");
  expect_words(words, "Không có ngày nào chưa xác nhận.");
  expect_words(words, "nhận được: 0;");
}

TEST(UnitReport, SaysWhatIsNotInItsFigures) {
  UnitReportData data = sample_data();
  data.figures.in_fives = true;
  data.figures.days_without_served = 4;
  data.all_cases = true;
  const std::string words = words_of(unit_report(data));
  expect_words(words, "Tính theo từng nhóm đủ 5 phiếu, theo thứ tự nhận.");
  expect_words(words, "Không tính 4 ngày chưa có số hồ sơ.");
  expect_words(words, "do cán bộ xử lý", false);
}

TEST(UnitReport, ShowsNothingOfASumThatIsHidden) {
  UnitReportData data = sample_data();
  data.figures.sum = {{{0, 0, 0, 1, 2}}, true};
  data.figures.rated_of_served = 3;
  data.figures.week_before = {{{0, 3, 0, 0, 0}}, true};
  data.figures.month_before = {{{0, 0, 4, 0, 0}}, true};
  data.figures.by_counter = {};
  data.figures.by_hour = {};
  data.figures.trend = {{data.figures.range.from, data.figures.sum}};
  const std::string words = words_of(unit_report(data));
  expect_words(words, "Số phiếu: dưới 5 phiếu.\n");
  expect_words(words, "Tỷ lệ phản hồi: dưới 5 phiếu trên 400 hồ sơ");
  expect_words(words, "Kỳ này|dưới 5 phiếu|–|–|–|\n");
  expect_words(words, "7 ngày trước đó|dưới 5 phiếu|–|–|–|\n");
  expect_words(words, "Tổng|3|", false);
  expect_words(words, "Nhiều nhất", false);
}

TEST(UnitReport, ShowsNothingOfPartsThatAreHidden) {
  const std::string words = words_of(unit_report(sample_data()));
  expect_words(words, "Không rõ|ẩn|–|–|\n");
  expect_words(words, "Hộ tịch|ẩn|–|–|\n");  // would tell the other one
  expect_words(words, "Chứng thực|105|97,14|");
  expect_words(words, "“ẩn”: nhóm có dưới 5 phiếu");
  expect_words(words, "23/11/2026|dưới 5 phiếu|–|–|\n");
}

/// Every number of ratings in a table of parts, times or comparisons, and the whole.
void expect_no_group_of_less_than_five(const UnitReportData& data) {
  const Report report = unit_report(data);
  for (const Table* table : documents::tables_of(report)) {
    if (table->columns[1].heading != "Số phiếu") continue;
    const bool by_score = table->columns.size() == 3;
    for (const Row& row : table->rows) {
      if (by_score && !row.emphasised) continue;  // parts of a whole of at least five
      const auto& number = row.cells[1].number;
      EXPECT_TRUE(number ? number->value >= staff::kLeastSum : row.cells[2].text == "–")
          << table->name << ": " << row.cells[0].text << " " << row.cells[1].text;
    }
  }
}

TEST(UnitReport, ShowsNoGroupOfLessThanFive) {
  const tests::TempFolder folder;
  auto journal = journal::must(journal::Journal::open(folder.path(), journal::kDevice));
  std::mt19937 random(5);  // NOLINT: the same each time
  const core::LocalDate first = 2026y / September / 20;
  int visits = 0;
  for (int day = 0; day < 45; ++day) {
    const std::int64_t midnight =
        core::start_of_day_ms(core::LocalDate(sys_days(first) + days(day)));
    for (auto left = random() % 11; left > 0; --left) {
      core::Rating rating =
          journal::rating_of(static_cast<int>(1 + random() % 5), "v" + std::to_string(++visits));
      rating.counter = core::CounterId{random() % 3 == 0 ? "q2" : "q1"};
      rating.field = core::FieldId{random() % 12 == 0 ? "ho-tich" : "chung-thuc"};
      const auto hour = static_cast<std::int64_t>(7 + random() % 10);
      journal::must(journal.append(journal::stamp_at(midnight + hour * 3'600'000), rating));
    }
  }
  journal::Review review(journal);
  UnitReportData data = sample_data();
  const core::LocalDate today = sys_days(first) + days(44);
  for (const core::StaffRole role : {core::StaffRole::kOfficer, core::StaffRole::kHead}) {
    for (int before = 0; before < 7; ++before) {
      for (const int length : {1, 31}) {
        const core::LocalDate to = sys_days(today) - days(before);
        const staff::Range range{sys_days(to) - days(length - 1), to};
        data.figures = journal::must(staff::figures_of(review, role, range));
        expect_no_group_of_less_than_five(data);
      }
    }
  }
}

TEST(UnitReport, LeavesGapsInTheTrendWhereThereIsNothingToShow) {
  const Report report = unit_report(sample_data());
  const auto& section = report.sections.at(3);
  const auto& chart = std::get<documents::Chart>(section.blocks.at(0));
  ASSERT_EQ(chart.points.size(), 30U);
  EXPECT_EQ(chart.points.front().category, "27/10");
  EXPECT_EQ(chart.points.back().category, "25/11");
  EXPECT_EQ(chart.points.back().value.text, "93,33");
  EXPECT_EQ(chart.points[27].value.text, "dưới 5 phiếu");
  EXPECT_FALSE(chart.points[27].value.number);
  EXPECT_EQ(chart.points[0].value.text, "không có phiếu");
}

TEST(UnitReport, DrawsLongRangesByWeek) {
  UnitReportData data = sample_data();
  data.figures.range = {2026y / January / 1, 2026y / December / 31};
  data.figures.trend.clear();
  for (core::LocalDate day = 2026y / January / 1; day <= 2026y / March / 31;
       day = core::next_day(day)) {
    data.figures.trend.push_back({day, {{{0, 0, 1, 4, 5}}, false}});
  }
  data.figures.trend[3].sum = {{{0, 0, 0, 0, 2}}, true};
  const Report report = unit_report(data);
  const auto& blocks = report.sections.at(3).blocks;
  const auto& chart = std::get<documents::Chart>(blocks.at(0));
  EXPECT_EQ(chart.points.size(), 53U);
  EXPECT_EQ(chart.categories, "Tuần từ ngày");
  EXPECT_EQ(std::get<Table>(blocks.at(1)).rows.at(0).cells.at(1).text, "62");
  EXPECT_EQ(std::get<Table>(blocks.at(1)).rows.at(1).cells.at(1).text, "70");
}

TEST(UnitReport, CountsCasesByWhereTheyStandAndHowLateTheyAre) {
  core::CaseLimits limits;
  limits.fill({5, 24, false, ""});
  const auto calendar = core::WorkingCalendar();
  const std::int64_t given = core::start_of_day_ms(2026y / November / 2);
  std::vector<journal::CaseHead> cases(3);
  for (journal::CaseHead& head : cases) head.given_at = given;
  cases[1].state.status = core::CaseStatus::kPublished;
  cases[2].given_at = core::start_of_day_ms(2026y / November / 25);
  const CaseFigures figures =
      case_figures(cases, limits, calendar, core::start_of_day_ms(2026y / November / 26));
  EXPECT_EQ(figures.received(), 3);
  EXPECT_EQ(figures.by_status[static_cast<std::size_t>(core::CaseStatus::kNew)], 2);
  EXPECT_EQ(figures.overdue, 1);
}

std::string without_spaces(const std::string& text) {
  std::u32string dense = core::code_points(text);
  std::erase_if(dense, core::is_white_space);
  return core::utf8(dense);
}

TEST(UnitReport, IsTheSameOnPaper) {
  const Report report = unit_report(sample_data());
  const documents::TempFile file("r.pdf", documents::written(documents::write_pdf(report)));
  const std::string text =
      without_spaces(documents::output_of("pdftotext -raw " + file.quoted() + " -"));
  for (const Table* table : documents::tables_of(report)) {
    for (const Row& row : table->rows) {
      std::string cells;
      for (const documents::Cell& cell : row.cells) cells += cell.text;
      EXPECT_NE(text.find(without_spaces(cells)), std::string::npos) << cells << "\n" << text;
    }
  }
  for (const documents::Section& section : report.sections) {
    for (const documents::Block& block : section.blocks) {
      const auto* words = std::get_if<std::string>(&block);
      if (words == nullptr) continue;
      EXPECT_NE(text.find(without_spaces(*words)), std::string::npos) << *words;
    }
  }
  EXPECT_NE(text.find(without_spaces(report.footer)), std::string::npos);
}

/// "s:Quầy số 1|n:70|n:95.71|s:88,1–98,5": as tests/documents/read_workbook.py prints a row.
std::string read_back(const Row& row) {
  std::string line;
  for (const documents::Cell& cell : row.cells) {
    if (!line.empty()) line += "|";
    if (!cell.number) {
      line.append("s:").append(cell.text);
      continue;
    }
    std::string digits = std::to_string(cell.number->value);
    if (cell.number->decimals == 2) {
      if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
      digits.insert(digits.size() - 2, ".");
      while (digits.back() == '0') digits.pop_back();
      if (digits.back() == '.') digits.pop_back();
    }
    line.append("n:").append(digits);
  }
  return line + "\n";
}

TEST(UnitReport, IsTheSameInAWorkbook) {
  const Report report = unit_report(sample_data());
  const documents::TempFile file("r.xlsx", documents::written(documents::write_xlsx(report)));
  const std::string text = documents::output_of(
      "/usr/bin/python3 " HAILONG_READERS "/read_workbook.py " + file.quoted());
  for (const Table* table : documents::tables_of(report)) {
    EXPECT_NE(text.find("== " + table->name + " "), std::string::npos) << table->name;
    for (const Row& row : table->rows) {
      EXPECT_NE(text.find("\n" + read_back(row)), std::string::npos) << read_back(row) << text;
    }
  }
  EXPECT_NE(text.find("chart barChart 'Biểu đồ mức'!$A$2:$A$6"), std::string::npos) << text;
  EXPECT_NE(text.find("chart lineChart 'Biểu đồ xu hướng'!$A$2:$A$31"), std::string::npos);
}

TEST(UnitReport, HasTheColoursOfTheAnswersThatTheKioskHas) {
  const design::Theme& theme = design::theme(design::Contrast::kNormal);
  for (std::size_t i = 0; i < theme.scale.size(); ++i) {
    const design::Colour& colour = theme.scale.at(i);
    EXPECT_EQ(documents::kScaleColours.at(i),
              (std::uint32_t{colour.red} << 16) | (std::uint32_t{colour.green} << 8) | colour.blue);
  }
}

TEST(ReportFileName, NamesTheDays) {
  EXPECT_EQ(report_file_name({2026y / November / 5, 2026y / November / 5}, "pdf"),
            "bao-cao-2026-11-05.pdf");
  EXPECT_EQ(report_file_name({2026y / November / 1, 2026y / November / 30}, "xlsx"),
            "bao-cao-2026-11-01-den-2026-11-30.xlsx");
}

}  // namespace
}  // namespace hailong::kiosk::reports
