#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/local_date.h"

/// A document as offices file it, apart from how it is written down: pdf.h, docx.h, xlsx.h and
/// csv.h each turn the same Report into bytes.

namespace hailong::documents {

/// A figure that spreadsheets keep as one: value / 10^decimals.
struct Number {
  std::int64_t value = 0;
  int decimals = 0;

  bool operator==(const Number&) const = default;
};

struct Cell {
  std::string text;              // as people read it
  std::optional<Number> number;  // the same as a figure; nothing: the cell is a text
};

/// What stands where a figure cannot be known (measurement-rules.md 13.2).
inline constexpr const char* kNotKnown = "không đủ dữ liệu";

Cell text_cell(std::string text);
/// The cell's figure; nothing for a text.
std::optional<double> figure_of(const Cell& cell);
/// "1.234"
Cell count_cell(std::int64_t count);
/// Hundredths of anything, "86,50"; kNotKnown for nothing.
Cell hundredths_cell(std::optional<std::int64_t> hundredths);

enum class Align { kLeft, kCenter, kRight };

struct Column {
  std::string heading;
  int width = 1;  // relative to the other columns'
  Align align = Align::kLeft;
};

struct Row {
  std::vector<Cell> cells;  // as many as there are columns
  bool emphasised = false;  // a total
};

struct Table {
  std::string name;     // short, unlike every other of its report: a spreadsheet's tab
  std::string caption;  // above the table
  std::vector<Column> columns;
  std::vector<Row> rows;
};

enum class ChartKind { kBars, kLine };

struct ChartPoint {
  std::string category;
  Cell value;  // one without a figure leaves a gap
};

/// One row of figures as a picture. Its axis begins at zero.
struct Chart {
  std::string name;     // short, unlike every table's and other chart's of its report: a tab
  std::string caption;  // above the chart
  std::string words;    // what it shows, in a sentence for whoever does not see it
  ChartKind kind = ChartKind::kBars;
  std::string categories;    // what the categories are: "Ngày"
  std::string values;        // what the figures are, with their unit: "Số ý kiến"
  std::int64_t top = 0;      // of the axis; 0: as high as the figures need
  bool is_of_scale = false;  // five bars, from score 1 to 5, in the colours of the answers
  std::vector<ChartPoint> points;
};

/// A paragraph, a table or a chart.
using Block = std::variant<std::string, Table, Chart>;

struct Section {
  std::string heading;
  std::vector<Block> blocks;
};

struct Report {
  std::string superior;  // the body above the issuer; empty: none is named
  std::string issuer;    // may be parted into lines by '\n'
  std::string number;    // "Số:      /BC-UBND"; the registry fills it in
  std::string place;     // "Hải Phòng"
  core::LocalDate date;  // of the document
  std::string kind;      // "BÁO CÁO"
  std::string subject;   // what it is about, without a full stop
  std::vector<std::string> addressees;
  std::vector<Section> sections;
  std::vector<std::string> recipients;  // "Nơi nhận"
  std::vector<std::string> signature;   // authority and office of who signs, a line each
  std::string footer;                   // at the foot of every page; empty: nothing is
  bool provisional = false;             // placeholders went into it: marked on every page
};

/// What marks every page of a provisional report.
inline constexpr const char* kProvisional = "NGƯỠNG TẠM";

inline constexpr const char* kCountry = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
inline constexpr const char* kMotto = "Độc lập - Tự do - Hạnh phúc";

/// "Hải Phòng, ngày 06 tháng 02 năm 2026": days below 10 and the months 1 and 2 get a zero in front
/// (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II, 4).
std::string place_and_date(const Report& report);

/// "06/02/2026"
std::string date_words(core::LocalDate date);

/// A name that is written in several lines, in one.
std::string in_one_line(std::string name);

/// The figures of a chart as a table, for writers that do not draw.
Table table_of(const Chart& chart);

/// The tables in their order, without the charts.
std::vector<const Table*> tables_of(const Report& report);

/// Any bytes as text that every writer can put down: well-formed UTF-8 without control characters
/// other than '\n'.
std::string printable(std::string_view text);

/// In capitals of any script.
std::string capitals(std::string_view text);

}  // namespace hailong::documents
