#include "documents/report.h"

#include <algorithm>
#include <cmath>

#include "core/numbers.h"
#include "core/text.h"

namespace hailong::documents {
namespace {

std::string two_digits(unsigned number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

Cell text_cell(std::string text) { return {std::move(text), std::nullopt}; }

std::optional<double> figure_of(const Cell& cell) {
  if (!cell.number) return std::nullopt;
  return static_cast<double>(cell.number->value) / std::pow(10.0, cell.number->decimals);
}

Cell count_cell(std::int64_t count) { return {core::vietnamese_count(count), Number{count, 0}}; }

Cell hundredths_cell(std::optional<std::int64_t> hundredths) {
  if (!hundredths) return text_cell(kNotKnown);
  return {core::vietnamese(*hundredths), Number{*hundredths, 2}};
}

std::string place_and_date(const Report& report) {
  const auto day = static_cast<unsigned>(report.date.day());
  const auto month = static_cast<unsigned>(report.date.month());
  return report.place + ", ngày " + two_digits(day) + " tháng " +
         (month <= 2 ? two_digits(month) : std::to_string(month)) + " năm " +
         std::to_string(static_cast<int>(report.date.year()));
}

std::string date_words(core::LocalDate date) {
  const std::string iso = core::to_string(date);
  return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

std::string in_one_line(std::string name) {
  std::replace(name.begin(), name.end(), '\n', ' ');
  return name;
}

Table table_of(const Chart& chart) {
  Table table{
      chart.name, chart.caption, {{chart.categories, 3}, {chart.values, 2, Align::kRight}}, {}};
  table.rows.reserve(chart.points.size());
  for (const ChartPoint& point : chart.points) {
    table.rows.push_back({{text_cell(point.category), point.value}, false});
  }
  return table;
}

std::vector<const Table*> tables_of(const Report& report) {
  std::vector<const Table*> tables;
  for (const Section& section : report.sections) {
    for (const Block& block : section.blocks) {
      if (const auto* table = std::get_if<Table>(&block)) tables.push_back(table);
    }
  }
  return tables;
}

std::string printable(std::string_view text) {
  std::u32string points = core::code_points(text);
  std::erase_if(points, [](char32_t c) { return !core::can_be_written(c); });
  return core::utf8(points);
}

std::string capitals(std::string_view text) {
  std::u32string points = core::code_points(text);
  std::transform(points.begin(), points.end(), points.begin(), core::capital);
  return core::utf8(points);
}

}  // namespace hailong::documents
