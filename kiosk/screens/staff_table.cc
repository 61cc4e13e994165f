#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "kiosk/screens/staff_blocks.h"

/// Tables of staff mode.

namespace hailong::kiosk::screens {
namespace {

using design::Icon;

/// Width of the longest word of a text.
float widest_word(const ImFont& font, std::string_view text) {
  float widest = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    widest = std::max(widest, design::text_width(font, text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return widest;
}

/// What is tapped has a sign at its end.
float room_for_sign(const design::Metrics& m) { return m.small_icon + m.grid / 2; }

/// A table with its columns' widths.
struct Grid {
  std::vector<float> widths;
  float gap = 0;
  bool has_sign = false;

  /// The cells of a row that lies in `rect`.
  [[nodiscard]] std::vector<Rect> cells(const Rect& rect) const {
    std::vector<Rect> rects;
    rects.reserve(widths.size());
    float x = rect.x + gap;
    for (const float width : widths) {
      rects.push_back(whole(Rect{x, rect.y, width, rect.height}));
      x += width + gap;
    }
    return rects;
  }
};

/// What each column needs when `width_of` says what a cell does.
template <typename Width>
std::vector<float> needs(const ImFont& font, const staff::Table& table, const Width& width_of) {
  std::vector<float> widths;
  widths.reserve(table.columns.size());
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    float widest = width_of(font, table.columns[i].heading);
    for (const staff::Table::Row& row : table.rows) {
      if (i < row.cells.size()) widest = std::max(widest, width_of(font, row.cells[i]));
    }
    widths.push_back(std::ceil(widest) + 1);
  }
  return widths;
}

float sum_of(const std::vector<float>& widths) {
  return std::accumulate(widths.begin(), widths.end(), 0.0F);
}

/// By their shares, but no column narrower than its longest cell, or where there is no room for
/// that, its longest word.
std::vector<float> column_widths(const ImFont& font, const staff::Table& table, float width) {
  const std::size_t count = table.columns.size();
  auto least = needs(font, table, design::text_width);
  if (sum_of(least) > width) least = needs(font, table, widest_word);
  const float needed = sum_of(least);
  std::vector<bool> is_fixed(count, false);
  std::vector<float> widths(count);
  // Columns whose share is too little take what they need, and leave the others the rest.
  for (bool changed = true; changed;) {
    changed = false;
    float free = width;
    float shares = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (is_fixed[i]) free -= least[i];
      if (!is_fixed[i]) shares += table.columns[i].share;
    }
    for (std::size_t i = 0; i < count; ++i) {
      widths[i] = is_fixed[i] ? least[i] : free * table.columns[i].share / shares;
      if (is_fixed[i] || widths[i] >= least[i] || needed > width) continue;
      is_fixed[i] = true;
      changed = true;
    }
  }
  return widths;
}

Grid grid_of(const Sheet& sheet, const staff::Table& table, float width) {
  const auto& m = sheet.metrics();
  Grid grid;
  grid.gap = whole(1.5F * m.grid);
  grid.has_sign = std::any_of(table.rows.begin(), table.rows.end(),
                              [](const staff::Table::Row& row) { return row.command; });
  const float used = grid.gap * static_cast<float>(table.columns.size() + 1) +
                     (grid.has_sign ? room_for_sign(m) : 0);
  grid.widths = column_widths(*sheet.view().fonts.fonts().small, table, width - used);
  return grid;
}

Align align_of(const staff::Table::Column& column) {
  return column.right ? Align::kRight : Align::kLeft;
}

Piece heading_piece(const Sheet& sheet, const staff::Table& table,
                    const std::shared_ptr<const Grid>& grid) {
  Piece piece;
  piece.height = 0;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    piece.height = std::max(piece.height, height_in(sheet, TextRole::kLeast,
                                                    table.columns[i].heading, grid->widths[i]));
  }
  piece.height += whole(sheet.metrics().grid / 2);
  piece.gap = sheet.metrics().grid;
  piece.with_next = true;
  piece.put = [columns = table.columns, grid](Sheet& to, const Rect& rect) {
    const auto cells = grid->cells(rect);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].heading.empty()) continue;
      to.write(TextRole::kLeast, to.theme().muted, columns[i].heading, cells[i],
               align_of(columns[i]));
    }
    hairline(to, rect);
  };
  return piece;
}

void put_row(Sheet& sheet, const staff::Table::Row& row,
             const std::vector<staff::Table::Column>& columns, const Grid& grid, const Rect& rect) {
  const auto& m = sheet.metrics();
  Item item;
  item.rect = rect;
  if (row.command) {
    item.fill = sheet.theme().surface;
    item.hit = rect;
    item.event = flow::StaffTapped{*row.command};
    const float size = m.small_icon;
    item.icon = PlacedIcon{
        Icon::kForward, sheet.theme().accent,
        whole(Rect{rect.right() - size - m.grid / 2, rect.centre_y() - size / 2, size, size})};
  }
  const auto cells = grid.cells(rect);
  const design::Colour colour = tone_colour(sheet.theme(), row.tone);
  for (std::size_t i = 0; i < std::min(cells.size(), row.cells.size()); ++i) {
    if (row.cells[i].empty()) continue;
    item.texts.push_back(
        sheet.fitted(TextRole::kSmall, colour, row.cells[i], cells[i], align_of(columns[i])));
  }
  sheet.add(std::move(item));
  if (row.tone == staff::Tone::kAlert) {
    Item mark;
    mark.rect = {rect.x, rect.y, std::max(3.0F, m.stroke * 2), rect.height - 1};
    mark.fill = sheet.theme().danger;
    sheet.add(std::move(mark));
  }
  hairline(sheet, rect);
}

/// Two lines of the usual size, or as many of the least as it takes.
float cell_height(const Sheet& sheet, std::string_view text, float width) {
  const float usual = height_in(sheet, TextRole::kSmall, text, width);
  const float two = 2 * design::line_height(*sheet.view().fonts.fonts().small);
  if (usual <= two) return usual;
  return std::max(two, height_in(sheet, TextRole::kLeast, text, width));
}

}  // namespace

std::vector<Piece> pieces_of_table(const Sheet& sheet, const staff::Table& table, float width) {
  const auto& m = sheet.metrics();
  std::vector<Piece> all;
  if (table.columns.empty()) return all;
  staff::Table shown = table;
  for (staff::Table::Row& row : shown.rows) {
    for (std::string& cell : row.cells) cell = bound(sheet.view().texts, cell);
  }
  const auto grid = std::make_shared<const Grid>(grid_of(sheet, shown, width));
  const auto heading = std::make_shared<const Piece>(heading_piece(sheet, shown, grid));
  all.push_back(*heading);
  for (staff::Table::Row& row : shown.rows) {
    Piece piece;
    for (std::size_t i = 0; i < std::min(row.cells.size(), grid->widths.size()); ++i) {
      piece.height = std::max(piece.height, cell_height(sheet, row.cells[i], grid->widths[i]));
    }
    piece.height += m.grid;
    if (row.command) piece.height = std::max(piece.height, staff_target(m));
    piece.head = heading;
    piece.put = [row = std::move(row), columns = shown.columns, grid](Sheet& to, const Rect& rect) {
      put_row(to, row, columns, *grid, rect);
    };
    all.push_back(std::move(piece));
  }
  if (table.rows.empty()) {
    const std::string nothing = bound(sheet.view().texts, table.nothing);
    Piece piece;
    piece.height = height_in(sheet, TextRole::kSmall, nothing, width) + 4 * m.grid;
    piece.put = [nothing](Sheet& to, const Rect& rect) {
      to.write(TextRole::kSmall, to.theme().muted, nothing, rect, Align::kLeft);
    };
    all.push_back(std::move(piece));
  }
  return all;
}

}  // namespace hailong::kiosk::screens
