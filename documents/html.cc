#include "documents/html.h"

#include <utility>

#include "documents/xml.h"

namespace hailong::documents {
namespace {

std::string element(const std::string& name, const std::string& text,
                    const std::string& attributes = {}) {
  return "<" + name + attributes + ">" + xml_text(text) + "</" + name + ">\n";
}

/// Columns stand as they do on paper.
std::string cell_class(const Column& column) {
  switch (column.align) {
    case Align::kRight:
      return " class=\"number\"";
    case Align::kCenter:
      return " class=\"center\"";
    case Align::kLeft:
      break;
  }
  return "";
}

std::string row_html(const Row& row, const Table& table) {
  std::string html = row.emphasised ? "<tr class=\"total\">\n" : "<tr>\n";
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    html += element("td", row.cells[i].text, cell_class(table.columns[i]));
  }
  return html.append("</tr>\n");
}

/// Stands for the rows of a long table that a page leaves to the files.
std::string left_out_html(std::size_t rows, const Table& table) {
  return "<tr>" +
         element("td", "Còn " + std::to_string(rows) + " dòng nữa, có đủ trong các tệp tải về.",
                 " class=\"none\" colspan=\"" + std::to_string(table.columns.size()) + "\"") +
         "</tr>\n";
}

std::string rows_html(const Table& table) {
  std::string html;
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const Row& row = table.rows[i];
    if (i >= kRowsOfAPage && !row.emphasised) {
      ++left_out;
      continue;
    }
    if (left_out > 0) html += left_out_html(std::exchange(left_out, 0), table);
    html += row_html(row, table);
  }
  if (left_out > 0) html += left_out_html(left_out, table);
  return html;
}

std::string table_html(const Table& table) {
  std::string html = "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" +
                     xml_text(table.caption) + "\"><table>\n" + element("caption", table.caption) +
                     "<thead><tr>\n";
  for (const Column& column : table.columns) {
    html += element("th", column.heading, " scope=\"col\"" + cell_class(column));
  }
  html += "</tr></thead>\n<tbody>\n";
  return html + rows_html(table) + "</tbody></table></div>\n";
}

}  // namespace

std::string write_html(const Report& report) {
  std::string html = "<article class=\"report\">\n" + element("h2", report.kind) +
                     element("p", report.subject, " class=\"subject\"");
  if (report.provisional) html += element("p", kProvisional, " class=\"provisional\"");
  for (const Section& section : report.sections) {
    html += element("h3", section.heading);
    for (const Block& block : section.blocks) {
      if (const auto* text = std::get_if<std::string>(&block)) {
        html += element("p", *text);
      } else if (const auto* chart = std::get_if<Chart>(&block)) {
        html += table_html(table_of(*chart)) + element("p", chart->words);
      } else {
        html += table_html(std::get<Table>(block));
      }
    }
  }
  if (!report.footer.empty()) html += element("p", report.footer, " class=\"footer\"");
  return html + "</article>\n";
}

}  // namespace hailong::documents
