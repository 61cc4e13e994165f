#include "documents/docx.h"

#include <cmath>
#include <numeric>

#include "documents/docx_package.h"
#include "documents/layout.h"
#include "documents/xml.h"

namespace hailong::documents {
namespace {

// Word counts lengths in twentieths of a point and font sizes in half points.
int twentieths(double millimetres) {
  return static_cast<int>(std::lround(millimetres * 1440 / 25.4));
}
int twentieths_of_points(double points) { return static_cast<int>(std::lround(points * 20)); }
int half_points(double points) { return static_cast<int>(std::lround(points * 2)); }

constexpr const char* kNamespaces =
    " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
    " xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\""
    " xmlns:w10=\"urn:schemas-microsoft-com:office:word\"";

const int kTableWidth = twentieths(layout::kTextWidth);

/// One paragraph of a style with direct properties on top.
std::string paragraph(const std::string& style, const std::string& text,
                      const std::string& properties = {}) {
  std::string runs;
  std::size_t from = 0;
  while (from <= text.size()) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    if (from > 0) runs += "<w:r><w:br/></w:r>";
    runs += "<w:r><w:t xml:space=\"preserve\">" + xml_text(text.substr(from, end - from)) +
            "</w:t></w:r>";
    from = end + 1;
  }
  return "<w:p><w:pPr><w:pStyle w:val=\"" + style + "\"/>" + properties + "</w:pPr>" + runs +
         "</w:p>";
}

/// A line below a centred text: the upper border of an empty paragraph between two indents.
std::string rule(double width_mm, double length_mm) {
  const std::string indent = std::to_string(twentieths((width_mm - length_mm) / 2));
  return "<w:p><w:pPr><w:pStyle w:val=\"Rule\"/><w:pBdr><w:top w:val=\"single\" w:sz=\"4\" "
         "w:space=\"1\" w:color=\"000000\"/></w:pBdr><w:ind w:left=\"" +
         indent + "\" w:right=\"" + indent + "\"/></w:pPr></w:p>";
}

std::string cell(int width, const std::string& content, const std::string& properties = {}) {
  return "<w:tc><w:tcPr><w:tcW w:w=\"" + std::to_string(width) + "\" w:type=\"dxa\"/>" +
         properties + "</w:tcPr>" + content + "</w:tc>";
}

std::string grid(const std::vector<int>& widths) {
  std::string xml = "<w:tblGrid>";
  for (const int width : widths) {
    xml.append("<w:gridCol w:w=\"").append(std::to_string(width)).append("\"/>");
  }
  return xml + "</w:tblGrid>";
}

std::string table_properties(const std::string& style) {
  return "<w:tblPr><w:tblStyle w:val=\"" + style + "\"/><w:tblW w:w=\"" +
         std::to_string(kTableWidth) +
         "\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr>";
}

/// Two cells beside each other without a frame.
std::string side_by_side(double left_mm, const std::string& left, const std::string& right) {
  const int width = twentieths(left_mm);
  return "<w:tbl>" + table_properties("Plain") + grid({width, kTableWidth - width}) +
         "<w:tr><w:trPr><w:cantSplit/></w:trPr>" + cell(width, left) +
         cell(kTableWidth - width, right) + "</w:tr></w:tbl>";
}

std::string head(const Report& report) {
  constexpr double kLeft = layout::kHeadLeft * layout::kTextWidth;
  constexpr double kRight = layout::kTextWidth - kLeft;
  constexpr double kMottoLength = 58;   // of the motto in 13 points bold
  constexpr double kIssuerLength = 25;  // between a third and half of a usual issuer's line
  std::string left;
  if (!report.superior.empty()) left += paragraph("Superior", capitals(report.superior));
  left += paragraph("Issuer", capitals(report.issuer)) + rule(kLeft, kIssuerLength) +
          paragraph("Number", report.number);
  const std::string right = paragraph("Country", kCountry) + paragraph("Motto", kMotto) +
                            rule(kRight, kMottoLength) +
                            paragraph("PlaceAndDate", place_and_date(report));
  return side_by_side(kLeft, left, right);
}

std::string title(const Report& report) {
  std::string xml = paragraph("Title", report.kind) + paragraph("Subtitle", report.subject) +
                    rule(layout::kTextWidth, 50);
  if (report.addressees.size() == 1) {
    xml += paragraph("Addressee", "Kính gửi: " + report.addressees.front());
  } else if (!report.addressees.empty()) {
    xml += paragraph("Addressee", "Kính gửi:");
    for (std::size_t i = 0; i < report.addressees.size(); ++i) {
      const char* const end = i + 1 < report.addressees.size() ? ";" : ".";
      xml += paragraph("AddresseeItem", "- " + report.addressees[i] + end);
    }
  }
  return xml;
}

const char* justification(Align align) {
  switch (align) {
    case Align::kCenter:
      return "<w:jc w:val=\"center\"/>";
    case Align::kRight:
      return "<w:jc w:val=\"right\"/>";
    case Align::kLeft:
      break;
  }
  return "";
}

std::string table_head(const Table& table, const std::vector<int>& widths) {
  std::string xml = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    xml += cell(widths[i], paragraph("TableHead", table.columns[i].heading),
                "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E7ECEF\"/>"
                "<w:vAlign w:val=\"center\"/>");
  }
  return xml + "</w:tr>";
}

std::string table_row(const Table& table, const Row& row, const std::vector<int>& widths) {
  std::string xml = "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    xml += cell(widths[i], paragraph(row.emphasised ? "TableTotal" : "TableText", row.cells[i].text,
                                     justification(table.columns[i].align)));
  }
  return xml + "</w:tr>";
}

std::string framed_table(const Table& table) {
  const int total =
      std::accumulate(table.columns.begin(), table.columns.end(), 0,
                      [](int sum, const Column& column) { return sum + column.width; });
  std::vector<int> widths;
  widths.reserve(table.columns.size());
  for (const Column& column : table.columns) widths.push_back(kTableWidth * column.width / total);
  std::string xml = paragraph("Caption", table.caption) + "<w:tbl>" + table_properties("Framed") +
                    grid(widths) + table_head(table, widths);
  for (const Row& row : table.rows) xml += table_row(table, row, widths);
  return xml + "</w:tbl>" + paragraph("AfterTable", "");
}

std::string end_of(const Report& report) {
  std::string left;
  if (!report.recipients.empty()) left += paragraph("RecipientsTitle", "Nơi nhận:");
  for (std::size_t i = 0; i < report.recipients.size(); ++i) {
    const char* const end = i + 1 < report.recipients.size() ? ";" : ".";
    left += paragraph("Recipients", "- " + report.recipients[i] + end);
  }
  std::string right;
  for (const std::string& line : report.signature) right += paragraph("Signature", capitals(line));
  const std::string empty = paragraph("Recipients", "");
  return side_by_side(layout::kTextWidth / 2, left.empty() ? empty : left,
                      right.empty() ? empty : right);
}

std::string page_setup() {
  const auto side = [](double millimetres) { return std::to_string(twentieths(millimetres)); };
  return "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rIdNext\"/>"
         "<w:headerReference w:type=\"first\" r:id=\"rIdFirst\"/>"
         "<w:footerReference w:type=\"default\" r:id=\"rIdFooter\"/>"
         "<w:footerReference w:type=\"first\" r:id=\"rIdFooter\"/>"
         "<w:pgSz w:w=\"" +
         side(layout::kPageWidth) + "\" w:h=\"" + side(layout::kPageHeight) +
         "\"/><w:pgMar w:top=\"" + side(layout::kTop) + "\" w:right=\"" + side(layout::kRight) +
         "\" w:bottom=\"" + side(layout::kBottom) + "\" w:left=\"" + side(layout::kLeft) +
         "\" w:header=\"" + side(layout::kPageNumber) + "\" w:footer=\"" +
         side(layout::kPageNumber) +
         "\" w:gutter=\"0\"/><w:pgNumType w:start=\"1\"/><w:titlePg/></w:sectPr>";
}

std::string document(const Report& report) {
  std::string body = head(report) + title(report);
  for (const Section& section : report.sections) {
    body += paragraph("Heading1", section.heading);
    for (const Block& block : section.blocks) {
      if (const auto* text = std::get_if<std::string>(&block)) {
        body += paragraph("BodyText", *text);
      } else if (const auto* chart = std::get_if<Chart>(&block)) {
        body += framed_table(table_of(*chart)) + paragraph("BodyText", chart->words);
      } else {
        body += framed_table(std::get<Table>(block));
      }
    }
  }
  body += paragraph("AfterTable", "") + end_of(report) + paragraph("AfterTable", "");
  return std::string(kXmlHead) + "<w:document" + kNamespaces + "><w:body>" + body + page_setup() +
         "</w:body></w:document>";
}

/// Word's own kind of watermark: a shape with text behind the page, anchored in the header.
std::string watermark() {
  return std::string(
             "<w:r><w:pict><v:shapetype id=\"_x0000_t136\" coordsize=\"21600,21600\" o:spt=\"136\" "
             "adj=\"10800\" path=\"m@7,l@8,m@5,21600l@6,21600e\"><v:formulas>"
             "<v:f eqn=\"sum #0 0 10800\"/><v:f eqn=\"prod #0 2 1\"/><v:f eqn=\"sum 21600 0 @1\"/>"
             "<v:f eqn=\"sum 0 0 @2\"/><v:f eqn=\"sum 21600 0 @3\"/><v:f eqn=\"if @0 @3 0\"/>"
             "<v:f eqn=\"if @0 21600 @1\"/><v:f eqn=\"if @0 0 @2\"/><v:f eqn=\"if @0 @4 21600\"/>"
             "<v:f eqn=\"mid @5 @6\"/><v:f eqn=\"mid @8 @5\"/><v:f eqn=\"mid @7 @8\"/>"
             "<v:f eqn=\"mid @6 @7\"/><v:f eqn=\"sum @6 0 @5\"/></v:formulas>"
             "<v:path textpathok=\"t\" o:connecttype=\"rect\"/><v:textpath on=\"t\" "
             "fitshape=\"t\"/></v:shapetype>"
             "<v:shape id=\"provisional\" type=\"#_x0000_t136\" alt=\"") +
         kProvisional +
         "\" style=\"position:absolute;margin-left:0;margin-top:0;width:460pt;height:92pt;"
         "rotation:315;z-index:-251658752;mso-position-horizontal:center;"
         "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
         "mso-position-vertical-relative:margin\" fillcolor=\"#e4e4e4\" stroked=\"f\">"
         "<v:textpath style=\"font-family:&quot;Times New Roman&quot;;font-size:1pt;"
         "font-weight:bold\" string=\"" +
         kProvisional + "\"/></v:shape></w:pict></w:r>";
}

std::string header(const Report& report, bool with_number) {
  std::string runs = report.provisional ? watermark() : "";
  if (with_number) {
    runs +=
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText "
        "xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar "
        "w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar "
        "w:fldCharType=\"end\"/></w:r>";
  }
  return std::string(kXmlHead) + "<w:hdr" + kNamespaces +
         "><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>" + runs + "</w:p></w:hdr>";
}

std::string footer(const Report& report) {
  return std::string(kXmlHead) + "<w:ftr" + kNamespaces + ">" + paragraph("Footer", report.footer) +
         "</w:ftr>";
}

/// Looks of a style, added up.
enum Look : unsigned {
  kPlain = 0,
  kBold = 1,
  kItalic = 2,
  kKeepsToNext = 4,  // never the last of a page
  kHeading = 8
};

/// What the runs and paragraphs of a style are like.
struct Style {
  const char* id;
  const char* name;  // as Word lists it; the built-in ones it translates itself
  double size;
  const char* align;  // "left", "center", "right" or "both"
  double before;      // points, as is
  double after;       // this
  unsigned looks;
  double left = 0;        // millimetres, as is
  double first_line = 0;  // this
  double line_spacing = 1;
};

std::string style_xml(const Style& style) {
  const auto number = [](int value) { return "\"" + std::to_string(value) + "\""; };
  std::string xml = std::string("<w:style w:type=\"paragraph\" w:styleId=\"") + style.id +
                    "\"><w:name w:val=\"" + style.name +
                    "\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>";
  if ((style.looks & kKeepsToNext) != 0) xml += "<w:keepNext/>";
  xml += "<w:spacing w:before=" + number(twentieths_of_points(style.before)) +
         " w:after=" + number(twentieths_of_points(style.after)) +
         " w:line=" + number(static_cast<int>(std::lround(240 * style.line_spacing))) +
         " w:lineRule=\"auto\"/><w:ind w:left=" + number(twentieths(style.left)) +
         " w:firstLine=" + number(twentieths(style.first_line)) + "/><w:jc w:val=\"" + style.align +
         "\"/>";
  if ((style.looks & kHeading) != 0) xml += "<w:outlineLvl w:val=\"0\"/>";
  xml += "</w:pPr><w:rPr>";
  if ((style.looks & kBold) != 0) xml += "<w:b/>";
  if ((style.looks & kItalic) != 0) xml += "<w:i/>";
  const std::string size = number(half_points(style.size));
  return xml + "<w:sz w:val=" + size + "/><w:szCs w:val=" + size + "/></w:rPr></w:style>";
}

std::string styles() {
  constexpr double kTable = layout::kTableSize;
  constexpr double kFootSize = 10;
  const Style all[] = {
      {"Superior", "Cơ quan cấp trên", layout::kIssuerSize, "center", 0, 0, kPlain},
      {"Issuer", "Cơ quan ban hành", layout::kIssuerSize, "center", 0, 0, kBold},
      {"Number", "Số, ký hiệu", layout::kNumberSize, "center", 4, 0, kPlain},
      {"Country", "Quốc hiệu", layout::kCountrySize, "center", 0, 0, kBold},
      {"Motto", "Tiêu ngữ", layout::kMottoSize, "center", 0, 0, kBold},
      {"PlaceAndDate", "Địa danh, thời gian", layout::kDateSize, "center", 4, 0, kItalic},
      {"Rule", "Đường kẻ", 4, "center", 2, 0, kPlain},
      {"Title", "Title", layout::kTitleSize, "center", 18, 0, kBold},
      {"Subtitle", "Subtitle", layout::kTitleSize, "center", 0, 2, kBold},
      {"Addressee", "Kính gửi", layout::kBodySize, "center", 6, 6, kPlain},
      {"AddresseeItem", "Nơi kính gửi", layout::kBodySize, "left", 0, 0, kPlain, 48},
      {"Heading1", "heading 1", layout::kBodySize, "left", 6, 6, kBold | kKeepsToNext | kHeading},
      {"BodyText", "Body Text", layout::kBodySize, "both", 0, layout::kParagraphGap, kPlain, 0,
       layout::kFirstLine, layout::kLineSpacing},
      {"Caption", "caption", kTable + 1, "center", 6, 3, kBold | kKeepsToNext},
      {"TableHead", "Đầu bảng", kTable, "center", 2, 2, kBold | kKeepsToNext},
      {"TableText", "Chữ trong bảng", kTable, "left", 2, 2, kPlain},
      {"TableTotal", "Dòng tổng", kTable, "left", 2, 2, kBold},
      {"AfterTable", "Sau bảng", 6, "left", 0, 0, kPlain},
      {"RecipientsTitle", "Nơi nhận", layout::kRecipientsTitle, "left", 0, 0, kBold | kItalic},
      {"Recipients", "Danh sách nơi nhận", layout::kRecipientsSize, "left", 0, 0, kPlain},
      {"Signature", "Chữ ký", layout::kSignatureSize, "center", 0, 0, kBold},
      {"Header", "header", layout::kPageNumberSize, "center", 0, 0, kPlain},
      {"Footer", "footer", kFootSize, "center", 0, 0, kPlain},
  };
  const std::string size = std::to_string(half_points(layout::kBodySize));
  std::string xml =
      std::string(kXmlHead) + "<w:styles" + kNamespaces +
      "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" "
      "w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>"
      "<w:sz w:val=\"" +
      size + "\"/><w:szCs w:val=\"" + size +
      "\"/><w:lang w:val=\"vi-VN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
      "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name "
      "w:val=\"Normal\"/><w:qFormat/></w:style>"
      "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"Plain\"><w:name "
      "w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style>"
      "<w:style w:type=\"table\" w:styleId=\"Framed\"><w:name w:val=\"Table Grid\"/><w:basedOn "
      "w:val=\"Plain\"/><w:tblPr><w:tblBorders>";
  for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"}) {
    xml.append("<w:").append(side).append(
        " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
  }
  xml +=
      "</w:tblBorders><w:tblCellMar><w:left w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"60\" "
      "w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>";
  for (const Style& style : all) xml += style_xml(style);
  return xml + "</w:styles>";
}

}  // namespace

core::Result<std::string> write_docx(const Report& report) {
  return pack_docx({{"word/document.xml", document(report)},
                    {"word/styles.xml", styles()},
                    {"word/header_first.xml", header(report, false)},
                    {"word/header_next.xml", header(report, true)},
                    {"word/footer.xml", footer(report)}},
                   {report.kind + ": " + report.subject, in_one_line(report.issuer), report.date});
}

}  // namespace hailong::documents
