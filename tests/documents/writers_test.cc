#include <gtest/gtest.h>

#include "core/csv.h"
#include "documents/csv.h"
#include "documents/docx.h"
#include "documents/html.h"
#include "documents/pdf.h"
#include "documents/xlsx.h"
#include "tests/documents/command.h"
#include "tests/documents/sample_report.h"

namespace hailong::documents {
namespace {

const std::string kScripts = HAILONG_READERS;

/// What people may have typed anywhere: markup, a formula, a control character, half a character.
const std::string kHostile = "<b>&\"'</b>=1+1\x01\xC3";

Report hostile_report() {
  Report report = sample_report();
  report.issuer = "=HYPERLINK(\"x\")" + kHostile;
  report.sections.push_back(
      {"IV. " + kHostile,
       {kHostile, Table{"Lạ", kHostile, {{kHostile}}, {{{text_cell("=1+1" + kHostile)}, false}}}}});
  return report;
}

/// One page as pdftotext reads it, in the order that `layout` asks for.
std::string page_text(const char* layout, const std::string& page, const std::string& file) {
  std::string command = "pdftotext ";
  command.append(layout).append(" -f ").append(page).append(" -l ").append(page);
  return output_of(command.append(" ").append(file).append(" -"));
}

TEST(Pdf, IsAnA4DocumentWithItsFontsAndTitle) {
  const TempFile file("report.pdf", written(write_pdf(sample_report())));
  const std::string info = output_of("pdfinfo -isodates " + file.quoted());
  EXPECT_NE(info.find("(A4)"), std::string::npos) << info;
  EXPECT_NE(info.find("BÁO CÁO: Kết quả đánh giá"), std::string::npos) << info;
  EXPECT_NE(info.find("2026-07-0"), std::string::npos) << info;
  const std::string fonts = output_of("pdffonts " + file.quoted());
  EXPECT_NE(fonts.find("LiberationSerif"), std::string::npos) << fonts;
  EXPECT_EQ(fonts.find(" no "), fonts.find(" no  no ")) << "a font is not embedded:\n" << fonts;
}

TEST(Pdf, HoldsTheReportAsText) {
  const TempFile file("report.pdf", written(write_pdf(sample_report())));
  const std::string text = one_line(output_of("pdftotext -layout " + file.quoted() + " -"));
  for (const char* part :
       {"ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Hải Phòng, ngày 06 tháng 7 năm 2026", "BÁO CÁO", "6 tháng đầu năm 2026",
        "II. KẾT QUẢ CỦA TỪNG ĐƠN VỊ", "xã Phú Thái", "1.234", "TM. ỦY BAN NHÂN DÂN",
        "Nơi nhận:", "III. GHI CHÚ VỀ PHƯƠNG PHÁP"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " is missing in\n" << text;
  }
}

TEST(Pdf, TellsScreenReadersWhatIsAHeadingAParagraphAndATable) {
  Report report = sample_report();
  const TempFile file("report.pdf", written(write_pdf(report)));
  EXPECT_NE(output_of("pdfinfo " + file.quoted()).find("Tagged:          yes"), std::string::npos);
  const std::string tree = output_of("pdfinfo -struct-text " + file.quoted());
  EXPECT_EQ(tree.rfind("Document\n", 0), 0U) << tree;
  const auto count = [&](const std::string& element) {
    std::size_t times = 0;
    for (std::size_t at = 0; (at = tree.find(element, at)) != std::string::npos; ++at) ++times;
    return times;
  };
  EXPECT_EQ(count("  H1 (block)\n"), 1U) << tree;
  EXPECT_EQ(count("  H2 (block)\n"), report.sections.size());
  EXPECT_GE(count("  P (block)\n"), report.sections.size());
  std::size_t heads = 0;
  std::size_t rows = 0;
  std::size_t cells = 0;
  for (const Table* table : tables_of(report)) {
    heads += table->columns.size();
    rows += 1 + table->rows.size();
    for (const Row& row : table->rows) cells += row.cells.size();
  }
  EXPECT_EQ(count("  Table (block)\n"), tables_of(report).size());
  EXPECT_EQ(count("    TR\n"), rows);
  EXPECT_EQ(count("      TH\n"), heads);
  EXPECT_EQ(count("      TD\n"), cells);
}

TEST(Pdf, MarksEveryPageOfAProvisionalReport) {
  Report report = sample_report();
  for (const bool provisional : {true, false}) {
    report.provisional = provisional;
    const TempFile file("report.pdf", written(write_pdf(report)));
    const std::string info = output_of("pdfinfo " + file.quoted());
    const int pages = std::stoi(info.substr(info.find("Pages:") + 6));
    ASSERT_GE(pages, 2);
    for (int page = 1; page <= pages; ++page) {
      const std::string number = std::to_string(page);
      const std::string text = page_text("-raw", number, file.quoted());
      EXPECT_EQ(text.find("NGƯỠNG TẠM") != std::string::npos, provisional)
          << "page " << page << text;
    }
  }
}

TEST(Pdf, RepeatsTheHeadOfATableAndNumbersPagesFromTheSecond) {
  Report report = sample_report();
  Table table{"Dài", "Bảng dài", {{"Cột thứ nhất"}, {"Cột thứ hai"}}, {}};
  for (int i = 0; i < 120; ++i) {
    table.rows.push_back({{text_cell("dòng " + std::to_string(i)), count_cell(i)}, false});
  }
  // One row higher than a page is parted and loses nothing.
  std::string words;
  for (int i = 0; i < 1500; ++i) words += "từ" + std::to_string(i) + " ";
  table.rows.push_back({{text_cell(words), text_cell("")}, false});
  report.sections = {{"I. BẢNG", {table}}};
  report.provisional = false;
  const TempFile file("report.pdf", written(write_pdf(report)));
  const std::string info = output_of("pdfinfo " + file.quoted());
  const int pages = std::stoi(info.substr(info.find("Pages:") + 6));
  ASSERT_GE(pages, 4);
  for (int page = 1; page <= pages; ++page) {
    const std::string number = std::to_string(page);
    const std::string text = page_text("-layout", number, file.quoted());
    if (page < pages) {  // the signature may be alone on the last one
      EXPECT_NE(text.find("Cột thứ nhất"), std::string::npos) << text;
    }
    const std::string first = one_line(text).substr(0, 4);
    EXPECT_EQ(first.find(number) != std::string::npos, page > 1) << text.substr(0, 200);
  }
  const std::string all = one_line(output_of("pdftotext -raw " + file.quoted() + " -"));
  for (int i = 0; i < 1500; i += 83) {
    EXPECT_NE(all.find("từ" + std::to_string(i) + " "), std::string::npos) << i;
  }
  EXPECT_NE(all.find("dòng 119"), std::string::npos);
}

std::size_t times_in(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++times;
  return times;
}

TEST(Pdf, DrawsChartsWhoseFiguresCanBeReadWithoutSeeingThem) {
  const TempFile file("report.pdf", written(write_pdf(sample_report())));
  const std::string tree = output_of("pdfinfo -struct-text " + file.quoted());
  EXPECT_EQ(times_in(tree, "  Figure\n"), 2U) << tree;
  for (const ChartPoint& point : sample_bars().points) {
    EXPECT_EQ(times_in(tree, "Span (inline)\n      \"" + point.category +
                                 "\"\n    Span (inline)\n      \"" + point.value.text + "\"\n"),
              1U)
        << point.category << tree;
  }
  EXPECT_EQ(times_in(tree, "\"" + sample_bars().words + "\""), 1U);
  // The last figure of a line stands at it, the others' room is too small.
  EXPECT_EQ(times_in(tree, sample_line().points.back().value.text), 1U);
  EXPECT_EQ(times_in(tree, sample_line().points.front().value.text), 0U);
}

TEST(Pdf, NeverLeavesTheSignatureAloneOnAPage) {
  Report report = sample_report();
  report.provisional = false;
  for (int lines = 0; lines < 40; ++lines) {
    std::string filler = "dòng";
    for (int i = 0; i < lines; ++i) filler += "\ndòng";
    report.sections = {{"I. ĐẦU", {filler}}, {"II. GHI CHÚ", {"Lời cuối."}}};
    const TempFile file("report.pdf", written(write_pdf(report)));
    const std::string pages = output_of("pdftotext -raw " + file.quoted() + " -");
    EXPECT_EQ(pages.find('\f', pages.find("Lời cuối.")), pages.find('\f', pages.find("CHỦ TỊCH")))
        << lines;
  }
}

TEST(Writers, PutTheFooterOnEveryPageAndSheet) {
  Report report = sample_report();
  report.footer = "Thống kê tại quầy & tự nguyện";
  const TempFile pdf("report.pdf", written(write_pdf(report)));
  const std::string text = output_of("pdftotext -raw " + pdf.quoted() + " -");
  EXPECT_EQ(times_in(text, report.footer), times_in(text, "\f"));
  EXPECT_GE(times_in(text, "\f"), 2U);
  const TempFile xlsx("report.xlsx", written(write_xlsx(report)));
  const std::string sheets =
      output_of("/usr/bin/python3 " + kScripts + "/read_workbook.py " + xlsx.quoted());
  EXPECT_EQ(times_in(sheets, " foot=" + report.footer + "\n"), times_in(sheets, "== ")) << sheets;
  const TempFile docx("report.docx", written(write_docx(report)));
  const std::string words =
      output_of("/usr/bin/python3 " + kScripts + "/read_document.py " + docx.quoted());
  EXPECT_EQ(times_in(words, "foot " + report.footer + "|" + report.footer + "\n"), 1U) << words;
  EXPECT_NE(write_html(report).find("Thống kê tại quầy &amp; tự nguyện"), std::string::npos);
}

TEST(Xlsx, DrawsChartsFromTheFiguresBesideThem) {
  const TempFile file("report.xlsx", written(write_xlsx(sample_report())));
  const std::string text =
      output_of("/usr/bin/python3 " + kScripts + "/read_workbook.py " + file.quoted());
  EXPECT_EQ(times_in(text, "s:Rất không hài lòng|s:dưới 5\ns:Không hài lòng|n:20\n"), 1U) << text;
  EXPECT_EQ(times_in(text,
                     "chart barChart 'Phân bố'!$A$2:$A$6 'Phân bố'!$B$2:$B$6 0-800 "
                     "[E06655,F2A05C,F7D774,9CD0A6,4BAC9F]\n"),
            1U)
      << text;
  EXPECT_EQ(
      times_in(text, "chart lineChart 'Xu hướng'!$A$2:$A$31 'Xu hướng'!$B$2:$B$31 0-100 []\n"), 1U)
      << text;
}

TEST(Docx, WritesTheFiguresOfChartsDown) {
  const TempFile file("report.docx", written(write_docx(sample_report())));
  const std::string text =
      output_of("/usr/bin/python3 " + kScripts + "/read_document.py " + file.quoted());
  EXPECT_EQ(times_in(text, "Mức|Số phiếu\nRất không hài lòng|dưới 5\nKhông hài lòng|20\n"), 1U)
      << text;
}

TEST(Xlsx, KeepsFiguresAsFiguresUnderFrozenHeads) {
  const TempFile file("report.xlsx", written(write_xlsx(sample_report())));
  const std::string text =
      output_of("/usr/bin/python3 " + kScripts + "/read_workbook.py " + file.quoted());
  EXPECT_NE(text.find("created 2026-07-0"), std::string::npos) << text;
  EXPECT_NE(text.find("== Báo cáo "), std::string::npos) << text;
  EXPECT_NE(text.find("== Kết quả frozen=A2 mark=NGƯỠNG TẠM"), std::string::npos) << text;
  EXPECT_NE(text.find("s:1|s:xã Phú Thái|n:1234|n:95.14|s:93,8–96,2|n:30|s:Mức 3|n:9.51"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("s:xã Lai Khê|n:12|n:91.67|s:64,6–98,5|s:không đủ dữ liệu|s:Chưa đủ mẫu|s:–"),
            std::string::npos)
      << text;
}

TEST(Docx, HasRealTablesStylesAndThePage) {
  const TempFile file("report.docx", written(write_docx(sample_report())));
  const std::string text =
      output_of("/usr/bin/python3 " + kScripts + "/read_document.py " + file.quoted());
  for (const char* part :
       {"page 210 297 20 15 20 30", "title BÁO CÁO: Kết quả", "mark True True",
        "Heading 1: II. KẾT QUẢ CỦA TỪNG ĐƠN VỊ", "Body Text: Từ ngày 01/01/2026",
        "== table repeats=True", "1|xã Phú Thái|1.234|95,14|93,8–96,2|30,00|Mức 3|9,51",
        "ỦY BAN NHÂN DÂN / THÀNH PHỐ HẢI PHÒNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " is missing in\n" << text;
  }
}

TEST(Docx, HasNoMarkWhenThresholdsAreOfficial) {
  Report report = sample_report();
  report.provisional = false;
  const TempFile file("report.docx", written(write_docx(report)));
  const std::string text =
      output_of("/usr/bin/python3 " + kScripts + "/read_document.py " + file.quoted());
  EXPECT_NE(text.find("mark False False"), std::string::npos) << text;
}

TEST(Writers, GiveTheSameBytesForTheSameReport) {
  EXPECT_EQ(written(write_pdf(sample_report())), written(write_pdf(sample_report())));
  EXPECT_EQ(written(write_xlsx(sample_report())), written(write_xlsx(sample_report())));
  EXPECT_EQ(written(write_docx(sample_report())), written(write_docx(sample_report())));
}

TEST(Writers, TakeWhateverWasTyped) {
  const TempFile pdf("report.pdf", written(write_pdf(hostile_report())));
  EXPECT_NE(output_of("pdftotext " + pdf.quoted() + " -").find("<b>&\"'</b>=1+1"),
            std::string::npos);
  const TempFile xlsx("report.xlsx", written(write_xlsx(hostile_report())));
  const std::string sheet =
      output_of("/usr/bin/python3 " + kScripts + "/read_workbook.py " + xlsx.quoted());
  EXPECT_NE(sheet.find("s:=1+1<b>&\"'</b>=1+1"), std::string::npos) << sheet;
  const TempFile docx("report.docx", written(write_docx(hostile_report())));
  const std::string words =
      output_of("/usr/bin/python3 " + kScripts + "/read_document.py " + docx.quoted());
  EXPECT_NE(words.find("Body Text: <b>&\"'</b>=1+1"), std::string::npos) << words;
}

TEST(Html, LeavesTheRestOfALongTableToTheFilesAndKeepsItsTotal) {
  const auto page_of = [](std::size_t units) {
    Table table = sample_table();
    const Row total = table.rows.back();
    table.rows.assign(units, table.rows[1]);
    for (std::size_t i = 0; i < units; ++i) {
      table.rows[i].cells[1] = text_cell("xã số " + std::to_string(i + 1));
    }
    table.rows.push_back(total);
    Report report = sample_report();
    report.sections = {{"I. BẢNG", {table}}};
    return write_html(report);
  };
  EXPECT_EQ(page_of(kRowsOfAPage).find("dòng nữa"), std::string::npos);
  const std::string page = page_of(kRowsOfAPage + 7);
  EXPECT_NE(page.find("Còn 7 dòng nữa, có đủ trong các tệp tải về."), std::string::npos);
  EXPECT_NE(page.find("xã số " + std::to_string(kRowsOfAPage) + "<"), std::string::npos);
  EXPECT_EQ(page.find("xã số " + std::to_string(kRowsOfAPage + 1) + "<"), std::string::npos);
  EXPECT_NE(page.find("Tổng cộng"), std::string::npos);
}

TEST(Csv, KeepsFiguresPlainAndDefusesFormulas) {
  const Table table{
      "t",
      "",
      {{"Đơn vị"}, {"Số"}, {"Tỷ lệ"}},
      {{{text_cell("=cmd|' /C calc'!A0"), count_cell(1'234'567), hundredths_cell(5)}, false},
       {{text_cell("xã \"A\", B"), count_cell(0), hundredths_cell(std::nullopt)}, true}}};
  EXPECT_EQ(write_csv(table),
            "\xEF\xBB\xBF"
            "Đơn vị,Số,Tỷ lệ\r\n'=cmd|' /C calc'!A0,1234567,0.05\r\n"
            "\"xã \"\"A\"\", B\",0,không đủ dữ liệu\r\n");
  EXPECT_EQ(core::parse_csv(write_csv(table)).size(), 3U);
}

}  // namespace
}  // namespace hailong::documents
