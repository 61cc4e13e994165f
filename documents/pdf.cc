#include "documents/pdf.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "documents/chart.h"
#include "documents/pdf_page.h"

namespace hailong::documents {
namespace {

const double kLeftEdge = points(layout::kLeft);
const double kTextWidth = points(layout::kTextWidth);
constexpr double kCellPadding = 3;
constexpr double kSignatureRoom = 64;  // for the stamp and the name

TextStyle centred(double size, bool bold) {
  TextStyle style{size, bold};
  style.align = Align::kCenter;
  return style;
}

/// The document from its head to its signature.
class ReportPdf {
 public:
  ReportPdf(PdfPages& pages, const Report& report) : pages_(pages), report_(report) {}

  void draw() {
    const Element document(pages_, "Document");
    draw_head();
    draw_title();
    for (const Section& section : report_.sections) {
      if (&section == &report_.sections.back()) keep_with_end(section);
      draw_section(section);
    }
    draw_end();
  }

 private:
  using Element = PdfPages::Element;

  /// Draws a block at `x` and the present height; the height below it.
  double put(const std::string& text, double x, double y, double width, const TextStyle& style,
             const char* element = "P") {
    if (text.empty()) return y;
    const Element tag(pages_, element);
    const TextBlock block = pages_.block(text, width, style);
    pages_.draw(block, x, y);
    return y + block.height();
  }

  /// A line below a centred text, `share` of its width.
  double underline(const std::string& text, double x, double y, double width,
                   const TextStyle& style, double share) {
    const double length = share * pages_.block(text, width, style).text_width();
    pages_.horizontal(x + (width - length) / 2, x + (width + length) / 2, y + 3);
    return y + 6;
  }

  void draw_head() {
    const double left = layout::kHeadLeft * kTextWidth;
    const double right = kTextWidth - left;
    const double right_edge = kLeftEdge + left;
    const std::string issuer = capitals(report_.issuer);
    const TextStyle issuer_style = centred(layout::kIssuerSize, true);
    double left_y = put(capitals(report_.superior), kLeftEdge, pages_.y(), left,
                        centred(layout::kIssuerSize, false));
    left_y = put(issuer, kLeftEdge, left_y, left, issuer_style);
    left_y = underline(issuer, kLeftEdge, left_y, left, issuer_style, 0.4);

    double right_y =
        put(kCountry, right_edge, pages_.y(), right, centred(layout::kCountrySize, true));
    right_y = put(kMotto, right_edge, right_y, right, centred(layout::kMottoSize, true));
    right_y = underline(kMotto, right_edge, right_y, right, centred(layout::kMottoSize, true), 1);

    const double y = std::max(left_y, right_y) + layout::kParagraphGap;
    left_y = put(report_.number, kLeftEdge, y, left, centred(layout::kNumberSize, false));
    TextStyle date = centred(layout::kDateSize, false);
    date.italic = true;
    right_y = put(place_and_date(report_), right_edge, y, right, date);
    pages_.move_to(std::max(left_y, right_y) + 3 * layout::kParagraphGap);
  }

  void draw_title() {
    const TextStyle style = centred(layout::kTitleSize, true);
    double y = put(report_.kind, kLeftEdge, pages_.y(), kTextWidth, style, "H1");
    y = put(report_.subject, kLeftEdge, y, kTextWidth, style);
    y = underline(report_.subject, kLeftEdge, y, kTextWidth, style, 0.4);
    pages_.move_to(y + 3 * layout::kParagraphGap);
    if (report_.addressees.empty()) return;
    draw_addressees();
  }

  void draw_addressees() {
    const TextStyle style{layout::kBodySize};
    if (report_.addressees.size() == 1) {
      const double y = put("Kính gửi: " + report_.addressees.front(), kLeftEdge, pages_.y(),
                           kTextWidth, centred(layout::kBodySize, false));
      pages_.move_to(y + 2 * layout::kParagraphGap);
      return;
    }
    double y = put("Kính gửi:", kLeftEdge + points(30), pages_.y(), points(40), style);
    for (std::size_t i = 0; i < report_.addressees.size(); ++i) {
      const char* const end = i + 1 < report_.addressees.size() ? ";" : ".";
      y = put("- " + report_.addressees[i] + end, kLeftEdge + points(48), y,
              kTextWidth - points(48), style);
    }
    pages_.move_to(y + 2 * layout::kParagraphGap);
  }

  void draw_section(const Section& section) {
    const TextBlock heading =
        pages_.block(section.heading, kTextWidth, TextStyle{layout::kBodySize, true});
    pages_.need(heading.height() + points(25));  // never alone at the foot of a page
    if (!pages_.at_top()) pages_.move_to(pages_.y() + layout::kParagraphGap);
    pages_.bookmark(section.heading);
    {
      const Element tag(pages_, "H2");
      pages_.draw(heading, kLeftEdge, pages_.y());
    }
    pages_.move_to(pages_.y() + heading.height() + layout::kParagraphGap);
    for (const Block& block : section.blocks) {
      if (const auto* text = std::get_if<std::string>(&block)) {
        draw_paragraph(*text);
      } else if (const auto* chart = std::get_if<Chart>(&block)) {
        draw_chart(*chart);
      } else {
        draw_table(std::get<Table>(block));
      }
    }
  }

  /// Nobody signs a page with nothing else on it: a last section of few paragraphs goes with the
  /// signature.
  void keep_with_end(const Section& section) {
    double height = 3 * layout::kBodySize + end_height();
    for (const Block& block : section.blocks) {
      const auto* text = std::get_if<std::string>(&block);
      if (text == nullptr) return;
      height += paragraph(*text).height() + layout::kParagraphGap;
    }
    if (height < points(layout::kPageHeight) / 2) pages_.need(height);
  }

  [[nodiscard]] TextBlock paragraph(const std::string& text) const {
    TextStyle style;
    style.justified = true;
    style.first_line = points(layout::kFirstLine);
    style.line_spacing = layout::kLineSpacing;
    return pages_.block(text, kTextWidth, style);
  }

  void draw_paragraph(const std::string& text) {
    const TextBlock block = paragraph(text);
    for (std::size_t from = 0; from < block.lines().size();) {
      const std::size_t until = lines_that_fit(block, from, pages_.left_over());
      if (until == from && !pages_.at_top()) {
        pages_.new_page();
        continue;
      }
      from = draw_lines(block, from, std::max(until, from + 1));
    }
    pages_.move_to(pages_.y() + layout::kParagraphGap);
  }

  /// Draws lines [from, until) and moves below them; `until`.
  std::size_t draw_lines(const TextBlock& block, std::size_t from, std::size_t until) {
    const Element tag(pages_, "P");
    const double top = pages_.y() - block.lines()[from].top;
    for (std::size_t i = from; i < until; ++i) {
      pages_.draw(block.lines()[i], kLeftEdge, top);
    }
    pages_.move_to(top + block.lines()[until - 1].bottom);
    return until;
  }

  /// The end of the lines from `from` on that fit into `height`; neither the first nor the last
  /// line of a paragraph is left alone on a page.
  static std::size_t lines_that_fit(const TextBlock& block, std::size_t from, double height) {
    const auto& lines = block.lines();
    std::size_t until = from;
    while (until < lines.size() && lines[until].bottom - lines[from].top <= height) ++until;
    if (until == lines.size()) return until;
    if (until + 1 == lines.size() && until > from) --until;
    if (from == 0 && until == 1) return 0;
    return until;
  }

  /// The cells of one row, broken into lines.
  struct LaidRow {
    std::vector<TextBlock> cells;
    std::vector<std::size_t> drawn;  // lines of each that are on paper already

    [[nodiscard]] double height_left() const {
      double height = 0;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (drawn[i] == cells[i].lines().size()) continue;
        height = std::max(height, cells[i].height() - cells[i].lines()[drawn[i]].top);
      }
      return height + 2 * kCellPadding;
    }
    [[nodiscard]] bool done() const {
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (drawn[i] < cells[i].lines().size()) return false;
      }
      return true;
    }
  };

  LaidRow lay_row(const std::vector<std::string>& texts, const std::vector<TextStyle>& styles,
                  const std::vector<double>& widths) {
    LaidRow row;
    row.cells.reserve(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      row.cells.push_back(pages_.block(texts[i], widths[i] - 2 * kCellPadding, styles[i]));
    }
    row.drawn.assign(texts.size(), 0);
    return row;
  }

  /// Puts as much of a row on paper as `height` takes, with its frame.
  void draw_part(LaidRow& row, const std::vector<double>& widths, double height, bool head) {
    const double top = pages_.y();
    const double room = height - 2 * kCellPadding;
    double used = 0;
    std::vector<std::size_t> until = row.drawn;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const auto& lines = row.cells[i].lines();
      const std::size_t from = row.drawn[i];
      while (until[i] < lines.size() && lines[until[i]].bottom - lines[from].top <= room + 0.01) {
        ++until[i];
      }
      if (until[i] > from) used = std::max(used, lines[until[i] - 1].bottom - lines[from].top);
    }
    const double bottom = top + used + 2 * kCellPadding;
    const Element tag(pages_, "TR");
    if (head) pages_.fill_grey(kLeftEdge, top, kTextWidth, bottom - top);
    double x = kLeftEdge;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const Element cell(pages_, head ? "TH" : "TD");
      const auto& lines = row.cells[i].lines();
      for (std::size_t line = row.drawn[i]; line < until[i]; ++line) {
        pages_.draw(lines[line], x + kCellPadding, top + kCellPadding - lines[row.drawn[i]].top);
      }
      pages_.vertical(x, top, bottom);
      x += widths[i];
    }
    pages_.vertical(kLeftEdge + kTextWidth, top, bottom);
    pages_.horizontal(kLeftEdge, kLeftEdge + kTextWidth, top);
    pages_.horizontal(kLeftEdge, kLeftEdge + kTextWidth, bottom);
    row.drawn = until;
    pages_.move_to(bottom);
  }

  double draw_table_head(const Table& table, const std::vector<double>& widths) {
    std::vector<std::string> texts;
    texts.reserve(table.columns.size());
    for (const Column& column : table.columns) texts.push_back(column.heading);
    LaidRow head = lay_row(
        texts, std::vector<TextStyle>(texts.size(), centred(layout::kTableSize, true)), widths);
    const double height = head.height_left();
    draw_part(head, widths, height, true);
    return height;
  }

  LaidRow lay_table_row(const Table& table, const Row& row, const std::vector<double>& widths) {
    std::vector<std::string> texts;
    std::vector<TextStyle> styles;
    texts.reserve(row.cells.size());
    styles.reserve(row.cells.size());
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      texts.push_back(row.cells[i].text);
      TextStyle style{layout::kTableSize, row.emphasised};
      style.align = table.columns[i].align;
      styles.push_back(style);
    }
    return lay_row(texts, styles, widths);
  }

  void draw_table(const Table& table) {
    const int total =
        std::accumulate(table.columns.begin(), table.columns.end(), 0,
                        [](int sum, const Column& column) { return sum + column.width; });
    std::vector<double> widths;
    widths.reserve(table.columns.size());
    for (const Column& column : table.columns) widths.push_back(kTextWidth * column.width / total);

    draw_caption(table.caption, points(30));  // with the head and some rows
    on_this_page_.emplace(pages_, "Table");
    draw_table_head(table, widths);
    for (const Row& row : table.rows) {
      LaidRow laid = lay_table_row(table, row, widths);
      draw_row(table, laid, widths);
    }
    on_this_page_.reset();
    pages_.move_to(pages_.y() + 1.5 * layout::kParagraphGap);
  }

  /// Above a table or chart, on the page that has `below` more.
  void draw_caption(const std::string& caption, double below) {
    const TextStyle style = centred(layout::kTableSize + 1, true);
    const TextBlock block = pages_.block(caption, kTextWidth, style);
    pages_.need(block.height() + below);
    put(caption, kLeftEdge, pages_.y(), kTextWidth, style, "Caption");
    pages_.move_to(pages_.y() + block.height() + 3);
  }

  /// A chart and its words stay together.
  void draw_chart(const Chart& chart) {
    TextStyle style = centred(layout::kTableSize, false);
    style.italic = true;
    const TextBlock words = pages_.block(chart.words, kTextWidth, style);
    draw_caption(chart.caption, kChartHeight + words.height() + layout::kParagraphGap);
    {
      const Element tag(pages_, "Figure");
      documents::draw_chart(pages_, chart, kLeftEdge, pages_.y(), kTextWidth);
    }
    const double y = pages_.y() + kChartHeight + layout::kParagraphGap / 2;
    pages_.move_to(put(chart.words, kLeftEdge, y, kTextWidth, style) + 1.5 * layout::kParagraphGap);
  }

  /// The table goes on as another one, on a new page.
  void go_on_overleaf(const Table& table, const std::vector<double>& widths) {
    on_this_page_.reset();
    pages_.new_page();
    on_this_page_.emplace(pages_, "Table");
    draw_table_head(table, widths);
  }

  /// A row stays together where a page can hold it; the head stands above it on a new page.
  void draw_row(const Table& table, LaidRow& row, const std::vector<double>& widths) {
    constexpr double kWholePage =
        points(layout::kPageHeight - layout::kTop - layout::kBottom) * 0.6;
    if (row.height_left() > pages_.left_over() && row.height_left() < kWholePage) {
      go_on_overleaf(table, widths);
    }
    while (true) {
      const double least = 2 * layout::kTableSize + 2 * kCellPadding;
      if (pages_.left_over() < std::min(least, row.height_left())) {
        go_on_overleaf(table, widths);
      }
      draw_part(row, widths, std::min(row.height_left(), pages_.left_over()), false);
      if (row.done()) return;
    }
  }

  [[nodiscard]] double end_height() const {
    return 2 * layout::kParagraphGap +
           std::max(kSignatureRoom + 3 * 18,
                    16 + 14.0 * static_cast<double>(report_.recipients.size()));
  }

  void draw_end() {
    const double half = kTextWidth / 2;
    const TextStyle list{layout::kRecipientsSize};
    pages_.need(end_height());
    const double top = pages_.y() + 2 * layout::kParagraphGap;
    double left_y = top;
    if (!report_.recipients.empty()) {
      TextStyle title{layout::kRecipientsTitle, true};
      title.italic = true;
      left_y = put("Nơi nhận:", kLeftEdge, left_y, half, title);
    }
    for (std::size_t i = 0; i < report_.recipients.size(); ++i) {
      const char* const end = i + 1 < report_.recipients.size() ? ";" : ".";
      left_y = put("- " + report_.recipients[i] + end, kLeftEdge, left_y, half - 6, list);
    }
    double right_y = top;
    for (const std::string& line : report_.signature) {
      right_y = put(capitals(line), kLeftEdge + half, right_y, half,
                    centred(layout::kSignatureSize, true));
    }
    pages_.move_to(std::max(left_y, right_y + kSignatureRoom));
  }

  PdfPages& pages_;
  const Report& report_;
  std::optional<Element> on_this_page_;  // of the table that is being drawn
};

}  // namespace

core::Result<std::string> write_pdf(const Report& report) {
  auto pages = PdfPages::start(report);
  if (!pages) return core::Failure(pages.error());
  ReportPdf(**pages, report).draw();
  return (*pages)->finish();
}

}  // namespace hailong::documents
