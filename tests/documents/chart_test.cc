#include <gtest/gtest.h>

#include "documents/chart_style.h"
#include "documents/csv.h"
#include "documents/html.h"
#include "documents/pdf.h"
#include "documents/xlsx.h"
#include "tests/documents/sample_report.h"

namespace hailong::documents {
namespace {

ValueAxis axis_up_to(std::int64_t highest) {
  Chart chart;
  chart.points = {{"a", count_cell(0)}, {"b", count_cell(highest)}};
  return axis_of(chart);
}

void expect_axis(std::int64_t highest, std::int64_t top, std::int64_t step) {
  const ValueAxis axis = axis_up_to(highest);
  EXPECT_EQ(axis.top, top) << highest;
  EXPECT_EQ(axis.step, step) << highest;
}

TEST(ChartAxis, HasRoundStepsAndRoomForEveryFigure) {
  expect_axis(0, 1, 1);
  expect_axis(1, 1, 1);
  expect_axis(5, 5, 1);
  expect_axis(6, 6, 2);
  expect_axis(11, 15, 5);
  expect_axis(26, 30, 10);
  expect_axis(734, 800, 200);
  expect_axis(100'001, 150'000, 50'000);
}

TEST(ChartAxis, EndsWhereItIsAskedTo) {
  Chart chart = sample_line();
  EXPECT_EQ(axis_of(chart).top, 100);
  chart.points.clear();
  EXPECT_EQ(axis_of(chart).top, 100);
}

TEST(Charts, OfNothingAndOfGapsAloneCanBeWritten) {
  for (const std::size_t points : {0U, 1U, 400U}) {
    Chart chart = sample_line();
    chart.points.assign(points, {"01/6", text_cell(kNotKnown)});
    Chart bars = chart;
    bars.name = "Cột";
    bars.kind = ChartKind::kBars;
    Report report = sample_report();
    report.sections = {{"I. BIỂU ĐỒ", {chart, bars}}};
    EXPECT_TRUE(write_pdf(report)) << points;
    EXPECT_TRUE(write_xlsx(report)) << points;
  }
}

TEST(Charts, AreTablesWhereNothingIsDrawn) {
  EXPECT_EQ(write_csv(table_of(sample_bars())),
            "\xEF\xBB\xBF"
            "Mức,Số phiếu\r\nRất không hài lòng,dưới 5\r\nKhông hài lòng,20\r\n"
            "Bình thường,30\r\nHài lòng,440\r\nRất hài lòng,734\r\n");
  Report report = sample_report();
  report.sections = {{"I. BIỂU ĐỒ", {sample_bars()}}};
  EXPECT_NE(write_html(report).find("<td>Hài lòng</td>\n<td class=\"number\">440</td>"),
            std::string::npos);
}

}  // namespace
}  // namespace hailong::documents
