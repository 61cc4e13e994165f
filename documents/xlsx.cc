#include "documents/xlsx.h"

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <vector>

#include "documents/chart_style.h"

namespace hailong::documents {
namespace {

struct FreeWorkbook {
  void operator()(lxw_workbook* workbook) const { lxw_workbook_free(workbook); }
};
using Workbook = std::unique_ptr<lxw_workbook, FreeWorkbook>;

constexpr std::uint8_t kA4 = 9;

/// What the library writes goes to memory; it knows files only, so it gets the name of one there.
class MemoryFile {
 public:
  MemoryFile() : file_(::memfd_create("workbook", MFD_CLOEXEC)) {}
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (is_open()) ::close(file_);
  }

  [[nodiscard]] bool is_open() const { return file_ >= 0; }
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

  [[nodiscard]] core::Result<std::string> bytes() const {
    const off_t size = ::lseek(file_, 0, SEEK_END);
    std::string bytes(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
    if (size <= 0 || ::pread(file_, bytes.data(), bytes.size(), 0) != size) {
      return core::fail(core::Fault::kIo, "cannot read the workbook back");
    }
    return bytes;
  }

 private:
  int file_;
};

/// The looks of cells; the workbook owns them.
struct Formats {
  lxw_format* text;
  lxw_format* head;
  lxw_format* title;
  lxw_format* bold;
  lxw_format* whole;
  lxw_format* fraction;
  lxw_format* bold_whole;
  lxw_format* bold_fraction;
};

lxw_format* new_format(lxw_workbook* workbook, bool bold, const char* number = nullptr) {
  lxw_format* format = workbook_add_format(workbook);
  format_set_font_name(format, "Times New Roman");
  format_set_font_size(format, 12);
  format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  if (bold) format_set_bold(format);
  if (number != nullptr) {
    format_set_num_format(format, number);
  } else {
    format_set_text_wrap(format);
  }
  return format;
}

Formats make_formats(lxw_workbook* workbook) {
  const char* const whole = "#,##0";
  const char* const fraction = "#,##0.00";
  Formats formats{new_format(workbook, false),        new_format(workbook, true),
                  new_format(workbook, true),         new_format(workbook, true),
                  new_format(workbook, false, whole), new_format(workbook, false, fraction),
                  new_format(workbook, true, whole),  new_format(workbook, true, fraction)};
  format_set_align(formats.head, LXW_ALIGN_CENTER);
  format_set_bg_color(formats.head, 0xE7ECEF);
  format_set_border(formats.head, LXW_BORDER_THIN);
  format_set_align(formats.title, LXW_ALIGN_CENTER);
  format_set_font_size(formats.title, 14);
  return formats;
}

bool write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Cell& cell, bool bold,
                const Formats& formats) {
  if (!cell.number) {
    return worksheet_write_string(sheet, row, column, printable(cell.text).c_str(),
                                  bold ? formats.bold : formats.text) == LXW_NO_ERROR;
  }
  lxw_format* const format = cell.number->decimals == 0
                                 ? (bold ? formats.bold_whole : formats.whole)
                                 : (bold ? formats.bold_fraction : formats.fraction);
  const double value =
      static_cast<double>(cell.number->value) / std::pow(10.0, cell.number->decimals);
  return worksheet_write_number(sheet, row, column, value, format) == LXW_NO_ERROR;
}

/// Text of a header or footer, where "&" begins a command.
std::string header_text(const std::string& text) {
  std::string plain;
  for (const char c : printable(text)) plain.append(c == '&' ? 2 : 1, c);
  return plain;
}

/// What stands on every sheet.
struct Marks {
  bool provisional = false;
  std::string footer;
};

Marks marks_of(const Report& report) { return {report.provisional, report.footer}; }

void set_paper(lxw_worksheet* sheet, const Marks& marks) {
  worksheet_set_paper(sheet, kA4);
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_set_footer(sheet, ("&L" + header_text(marks.footer) + "&C&P/&N").c_str());
  if (marks.provisional) worksheet_set_header(sheet, ("&C" + std::string(kProvisional)).c_str());
}

void set_widths(lxw_worksheet* sheet, const Table& table) {
  int total = 0;
  for (const Column& column : table.columns) total += column.width;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto at = static_cast<lxw_col_t>(i);
    const double characters = std::max(9.0, 120.0 * table.columns[i].width / std::max(1, total));
    worksheet_set_column(sheet, at, at, characters, nullptr);
  }
}

/// One table on a sheet of its own.
bool add_table(lxw_workbook* workbook, const Table& table, const Marks& marks,
               const Formats& formats) {
  lxw_worksheet* sheet = workbook_add_worksheet(workbook, printable(table.name).c_str());
  if (sheet == nullptr) return false;
  set_widths(sheet, table);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(i),
                               printable(table.columns[i].heading).c_str(),
                               formats.head) != LXW_NO_ERROR) {
      return false;
    }
  }
  lxw_row_t at = 1;
  for (const Row& row : table.rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (!write_cell(sheet, at, static_cast<lxw_col_t>(i), row.cells[i], row.emphasised,
                      formats)) {
        return false;
      }
    }
    ++at;
  }
  worksheet_freeze_panes(sheet, 1, 0);
  worksheet_repeat_rows(sheet, 0, 0);
  worksheet_set_landscape(sheet);
  set_paper(sheet, marks);
  return true;
}

/// The sheets of a chart's figures.
constexpr lxw_col_t kCategoryColumn = 0;
constexpr lxw_col_t kFigureColumn = 1;
constexpr lxw_col_t kNoteColumn =
    2;  // why a figure is missing: a text among figures would be drawn as 0
constexpr lxw_col_t kChartColumn = 4;

bool write_chart_figures(lxw_worksheet* sheet, const Chart& chart, const Formats& formats) {
  bool written =
      worksheet_write_string(sheet, 0, kCategoryColumn, printable(chart.categories).c_str(),
                             formats.head) == LXW_NO_ERROR &&
      worksheet_write_string(sheet, 0, kFigureColumn, printable(chart.values).c_str(),
                             formats.head) == LXW_NO_ERROR;
  lxw_row_t at = 1;
  for (const ChartPoint& point : chart.points) {
    written = write_cell(sheet, at, kCategoryColumn, text_cell(point.category), false, formats) &&
              write_cell(sheet, at, point.value.number ? kFigureColumn : kNoteColumn, point.value,
                         false, formats) &&
              written;
    ++at;
  }
  return written;
}

/// Bars in the colours that they have on paper. The workbook copies them.
void colour_bars(lxw_chart_series* series, const Chart& chart) {
  std::vector<lxw_chart_fill> fills(chart.points.size());
  std::vector<lxw_chart_point> points(chart.points.size());
  std::vector<lxw_chart_point*> pointers;
  pointers.reserve(points.size() + 1);
  for (std::size_t i = 0; i < points.size(); ++i) {
    fills[i].color = colour_of(chart, i);
    points[i].fill = &fills[i];
    pointers.push_back(&points[i]);
  }
  pointers.push_back(nullptr);
  chart_series_set_points(series, pointers.data());
}

void set_axes(lxw_chart* drawn, const Chart& chart) {
  const ValueAxis axis = axis_of(chart);
  chart_axis_set_min(drawn->y_axis, 0);
  chart_axis_set_max(drawn->y_axis, static_cast<double>(axis.top));
  chart_axis_set_major_unit(drawn->y_axis, static_cast<double>(axis.step));
  chart_axis_set_num_format(drawn->y_axis, "#,##0");
  chart_axis_set_name(drawn->y_axis, printable(chart.values).c_str());
  chart_axis_set_name(drawn->x_axis, printable(chart.categories).c_str());
  lxw_chart_line grid{};
  grid.color = kGridColour;
  grid.width = 0.5F;
  chart_axis_major_gridlines_set_line(drawn->y_axis, &grid);
}

/// The figures of a chart on a sheet of their own, the chart beside them.
bool add_chart(lxw_workbook* workbook, const Chart& chart, const Marks& marks,
               const Formats& formats) {
  const std::string name = printable(chart.name);
  lxw_worksheet* sheet = workbook_add_worksheet(workbook, name.c_str());
  if (sheet == nullptr || !write_chart_figures(sheet, chart, formats)) return false;
  worksheet_set_column(sheet, kCategoryColumn, kNoteColumn, 22, nullptr);
  worksheet_freeze_panes(sheet, 1, 0);
  worksheet_set_landscape(sheet);
  set_paper(sheet, marks);
  if (chart.points.empty()) return true;

  lxw_chart* drawn = workbook_add_chart(
      workbook, chart.kind == ChartKind::kBars ? LXW_CHART_COLUMN : LXW_CHART_LINE);
  if (drawn == nullptr) return false;
  lxw_chart_series* series = chart_add_series(drawn, nullptr, nullptr);
  const auto last = static_cast<lxw_row_t>(chart.points.size());
  chart_series_set_categories(series, name.c_str(), 1, kCategoryColumn, last, kCategoryColumn);
  chart_series_set_values(series, name.c_str(), 1, kFigureColumn, last, kFigureColumn);
  if (chart.kind == ChartKind::kBars) {
    chart_series_set_labels(series);
    colour_bars(series, chart);
  } else {
    lxw_chart_line line{};
    line.color = kChartColour;
    line.width = 2;
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, LXW_CHART_MARKER_CIRCLE);
  }
  set_axes(drawn, chart);
  chart_title_set_name(drawn, printable(chart.caption).c_str());
  chart_legend_set_position(drawn, LXW_CHART_LEGEND_NONE);
  std::string words = printable(chart.words);
  lxw_chart_options options{};
  options.description = words.data();
  options.x_scale = 1.6;
  options.y_scale = 1.4;
  return worksheet_insert_chart_opt(sheet, 0, kChartColumn, drawn, &options) == LXW_NO_ERROR;
}

/// Each table and chart of the report.
bool add_sheets(lxw_workbook* workbook, const Report& report, const Formats& formats) {
  for (const Section& section : report.sections) {
    for (const Block& block : section.blocks) {
      const auto* table = std::get_if<Table>(&block);
      const auto* chart = std::get_if<Chart>(&block);
      if (table != nullptr && !add_table(workbook, *table, marks_of(report), formats)) {
        return false;
      }
      if (chart != nullptr && !add_chart(workbook, *chart, marks_of(report), formats)) {
        return false;
      }
    }
  }
  return true;
}

std::string where_it_is(const std::string& caption, const std::string& sheet) {
  return caption + " (trang tính “" + sheet + "”)";
}

/// The words of the report, a line or paragraph in each row.
bool add_words(lxw_workbook* workbook, const Report& report, const Formats& formats) {
  lxw_worksheet* sheet = workbook_add_worksheet(workbook, "Báo cáo");
  if (sheet == nullptr) return false;
  worksheet_set_column(sheet, 0, 0, 100, nullptr);
  lxw_row_t at = 0;
  bool written = true;
  const auto line = [&](const std::string& text, lxw_format* format) {
    if (text.empty()) return;
    written =
        worksheet_write_string(sheet, at++, 0, printable(text).c_str(), format) == LXW_NO_ERROR &&
        written;
  };
  line(capitals(report.superior), formats.text);
  line(capitals(in_one_line(report.issuer)), formats.bold);
  line(report.number, formats.text);
  line(place_and_date(report), formats.text);
  line(report.provisional ? kProvisional : "", formats.bold);
  line(report.kind, formats.title);
  line(report.subject, formats.title);
  for (const Section& section : report.sections) {
    ++at;
    line(section.heading, formats.bold);
    for (const Block& block : section.blocks) {
      if (const auto* text = std::get_if<std::string>(&block)) {
        line(*text, formats.text);
      } else if (const auto* chart = std::get_if<Chart>(&block)) {
        line(where_it_is(chart->caption, chart->name), formats.text);
        line(chart->words, formats.text);
      } else {
        const Table& table = std::get<Table>(block);
        line(where_it_is(table.caption, table.name), formats.text);
      }
    }
  }
  set_paper(sheet, marks_of(report));
  return written;
}

template <typename Fill>
core::Result<std::string> write_workbook(const std::string& title, core::LocalDate date,
                                         Fill fill) {
  const MemoryFile file;
  if (!file.is_open()) {
    return core::fail(core::Fault::kIo,
                      std::string("no memory file for a workbook: ") + std::strerror(errno));
  }
  Workbook workbook(workbook_new(file.path().c_str()));
  if (!workbook) return core::fail(core::Fault::kIo, "cannot make a workbook");
  std::string heading = printable(title);
  lxw_doc_properties properties{};
  properties.title = heading.data();
  properties.created = static_cast<time_t>(core::start_of_day_ms(date) / 1000);
  workbook_set_properties(workbook.get(), &properties);
  if (!fill(workbook.get(), make_formats(workbook.get()))) {
    return core::fail(core::Fault::kIo, "cannot fill the workbook \"" + heading + "\"");
  }
  if (const lxw_error error = workbook_close(workbook.release()); error != LXW_NO_ERROR) {
    return core::fail(core::Fault::kIo,
                      std::string("cannot write a workbook: ") + lxw_strerror(error));
  }
  return file.bytes();
}

}  // namespace

core::Result<std::string> write_xlsx(const Report& report) {
  return write_workbook(report.kind + " " + report.subject, report.date,
                        [&](lxw_workbook* workbook, const Formats& formats) {
                          return add_words(workbook, report, formats) &&
                                 add_sheets(workbook, report, formats);
                        });
}

core::Result<std::string> write_xlsx(const Table& table, core::LocalDate date) {
  return write_workbook(table.caption, date, [&](lxw_workbook* workbook, const Formats& formats) {
    return add_table(workbook, table, {}, formats);
  });
}

}  // namespace hailong::documents
