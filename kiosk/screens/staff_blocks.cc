#include "kiosk/screens/staff_blocks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <span>
#include <utility>

#include "core/text.h"
#include "kiosk/screens/chart.h"

namespace hailong::kiosk::screens {
namespace {

using design::Icon;
using design::Skin;
using staff::Tone;

const ImFont& font_in(const Sheet& sheet, TextRole role) {
  return design::font_of(sheet.view().fonts.fonts(), role);
}

TextRole role_of(staff::Text::Size size) {
  switch (size) {
    case staff::Text::Size::kHeading:
      return TextRole::kBody;
    case staff::Text::Size::kSmall:
      return TextRole::kLeast;
    case staff::Text::Size::kFigure:
      return TextRole::kQuestion;
    case staff::Text::Size::kBody:
      break;
  }
  return TextRole::kSmall;
}

/// A text line by line, so that a long one goes on in the next column.
std::vector<Piece> pieces(const Sheet& sheet, const staff::Text& text, float width) {
  const auto& m = sheet.metrics();
  const TextRole role = role_of(text.size);
  const bool is_heading = text.size == staff::Text::Size::kHeading;
  const ImFont& font = font_in(sheet, role);
  std::vector<Piece> lines;
  const float measure = std::min(width, 38 * m.small);  // longer lines are hard to follow
  const auto broken = design::break_lines(font, bound(sheet.view().texts, text.text), measure);
  for (std::size_t i = 0; i < broken.size(); ++i) {
    Piece piece;
    piece.height = design::line_height(font);
    piece.gap = i > 0 ? 0 : is_heading ? 2 * m.grid : m.grid;
    piece.with_next = is_heading || i + 1 < std::min<std::size_t>(2, broken.size());
    piece.put = [role, tone = text.tone, line = broken[i]](Sheet& to, const Rect& rect) {
      to.write(role, tone_colour(to.theme(), tone), line, rect, Align::kLeft);
    };
    lines.push_back(std::move(piece));
  }
  return lines;
}

constexpr float kLabelShare = 0.42F;

std::vector<Piece> pieces(const Sheet& sheet, const staff::Facts& facts, float width) {
  const auto& m = sheet.metrics();
  const float pad = whole(m.grid * 0.75F);
  const float label_width = whole(width * kLabelShare);
  const float value_width = width - label_width - m.grid;
  std::vector<Piece> lines;
  for (const staff::Facts::Fact& fact : facts.facts) {
    const std::string label = bound(sheet.view().texts, fact.label);
    const std::string value = bound(sheet.view().texts, fact.value);
    Piece piece;
    piece.height = pad + std::max(height_in(sheet, TextRole::kSmall, label, label_width),
                                  height_in(sheet, TextRole::kSmall, value, value_width));
    piece.gap = lines.empty() ? m.grid : 0;
    piece.put = [label, value, label_width, value_width, tone = fact.tone](Sheet& to,
                                                                           const Rect& rect) {
      const design::Theme& theme = to.theme();
      to.write(TextRole::kSmall, theme.muted, label, {rect.x, rect.y, label_width, rect.height},
               Align::kLeft);
      to.write(TextRole::kSmall, tone_colour(theme, tone), value,
               {rect.right() - value_width, rect.y, value_width, rect.height}, Align::kLeft);
      hairline(to, rect);
    };
    lines.push_back(std::move(piece));
  }
  return lines;
}

/// One of a few things; chosen, it bears a tick as well.
void choice_button(Sheet& sheet, const Rect& rect, const staff::Choices::Choice& choice) {
  const auto& m = sheet.metrics();
  Item item;
  item.rect = rect;
  item.hit = rect;
  item.skin = Skin::kTile;
  item.chosen = choice.chosen;
  item.event = flow::StaffTapped{choice.command};
  const auto state = choice.chosen ? design::State::kChosen : design::State::kResting;
  const design::Colour colour = design::text_on(sheet.theme(), Skin::kTile, state);
  Rect words{rect.x + m.grid, rect.y, rect.width - 2 * m.grid, rect.height};
  if (choice.chosen) {
    const float size = m.small_icon;
    item.icon = PlacedIcon{Icon::kTick, colour,
                           whole(Rect{words.x, rect.centre_y() - size / 2, size, size})};
    const float used = size + m.grid / 2;
    words = {words.x + used, words.y, words.width - used, words.height};
  }
  item.texts.push_back(sheet.fitted(TextRole::kSmall, colour, choice.text, words));
  sheet.add(std::move(item));
}

/// A label above, and buttons in as many rows as they need.
std::vector<Piece> pieces(const Sheet& sheet, const staff::Choices& choices, float width) {
  const auto& m = sheet.metrics();
  const float height = staff_target(m);
  const ImFont& font = font_in(sheet, TextRole::kSmall);
  std::vector<Piece> rows;
  if (!choices.label.empty()) {
    const std::string label = bound(sheet.view().texts, choices.label);
    Piece piece;
    piece.height = height_in(sheet, TextRole::kLeast, label, width);
    piece.gap = m.grid;
    piece.with_next = true;
    piece.put = [label](Sheet& to, const Rect& rect) {
      to.write(TextRole::kLeast, to.theme().muted, label, rect, Align::kLeft);
    };
    rows.push_back(std::move(piece));
  }
  struct Chip {
    staff::Choices::Choice choice;
    float x = 0;
    float width = 0;
  };
  std::vector<std::vector<Chip>> lines;
  float x = 0;
  for (const staff::Choices::Choice& choice : choices.choices) {
    const float tick = choice.chosen ? m.small_icon + m.grid / 2 : 0;
    const std::string text = bound(sheet.view().texts, choice.text);
    const float wanted = design::text_width(font, text) + tick + 3 * m.grid;
    const float wide = whole(std::clamp(wanted, std::min(1.4F * height, width), width));
    if (lines.empty() || x + wide > width) {
      lines.emplace_back();
      x = 0;
    }
    lines.back().push_back({{text, choice.command, choice.chosen}, x, wide});
    x += wide + m.grid;
  }
  for (std::vector<Chip>& line : lines) {
    Piece piece;
    piece.height = height;
    piece.gap = rows.empty() ? m.grid : rows.size() == 1 && rows[0].with_next ? m.grid / 2 : m.grid;
    piece.put = [line = std::move(line)](Sheet& to, const Rect& rect) {
      for (const Chip& chip : line) {
        choice_button(to, {rect.x + chip.x, rect.y, chip.width, rect.height}, chip.choice);
      }
    };
    rows.push_back(std::move(piece));
  }
  return rows;
}

std::vector<Piece> pieces(const Sheet& sheet, const staff::Chart& chart, float width) {
  const auto& m = sheet.metrics();
  const std::string title = bound(sheet.view().texts, title_of(chart));
  auto heading = std::make_shared<Piece>();
  heading->height = height_in(sheet, TextRole::kSmall, title, width) + whole(m.grid / 2);
  heading->gap = 2 * m.grid;
  heading->with_next = true;
  heading->put = [title](Sheet& to, const Rect& rect) {
    to.write(TextRole::kSmall, to.theme().text, title, rect, Align::kLeft);
  };
  std::vector<Piece> all{*heading};
  staff::Chart words_bound = chart;
  for (staff::Chart::Point& point : words_bound.points) {
    point.label = bound(sheet.view().texts, point.label);
    point.text = bound(sheet.view().texts, point.text);
  }
  const auto shared = std::make_shared<const staff::Chart>(std::move(words_bound));
  if (form_of(sheet, *shared, width) == ChartForm::kColumns) {
    Piece piece;
    piece.height = least_height_of_chart(m);
    piece.grows = 1.6F * piece.height;
    piece.put = [shared](Sheet& to, const Rect& rect) { put_chart(to, *shared, rect); };
    all.push_back(std::move(piece));
    return all;
  }
  for (std::size_t i = 0; i < shared->points.size(); ++i) {
    Piece piece;
    piece.height = height_of_bar_row(sheet, shared->points[i], width);
    piece.head = heading;
    piece.put = [shared, i](Sheet& to, const Rect& rect) {
      put_bar_row(to, *shared, shared->points[i], rect);
    };
    all.push_back(std::move(piece));
  }
  return all;
}

std::vector<Piece> pieces(const Sheet& sheet, const staff::Table& table, float width) {
  return pieces_of_table(sheet, table, width);
}

/// Fills one column after the other; a column is never left empty.
std::vector<std::vector<Piece>> fill_columns(const std::vector<Piece>& pieces, float height) {
  std::vector<std::vector<Piece>> columns(1);
  float used = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    float needed = 0;
    for (std::size_t last = i; last < pieces.size(); ++last) {
      needed += pieces[last].height + pieces[last].gap;
      if (!pieces[last].with_next) break;
    }
    if (!columns.back().empty() && used + needed > height && !(i > 0 && pieces[i - 1].with_next)) {
      columns.emplace_back();
      used = 0;
      if (pieces[i].head) {
        columns.back().push_back(*pieces[i].head);
        used = pieces[i].head->height;
      }
    }
    used += pieces[i].height + (columns.back().empty() ? 0 : pieces[i].gap);
    columns.back().push_back(pieces[i]);
  }
  return columns;
}

float height_of_column(std::span<const Piece> column) {
  float height = 0;
  for (std::size_t i = 0; i < column.size(); ++i) {
    height += column[i].height + (i == 0 ? 0 : column[i].gap);
  }
  return height;
}

/// Two columns that are as even as whole blocks make them; none where these do not fit.
std::vector<std::vector<Piece>> even_columns(const std::vector<Piece>& pieces, float height) {
  std::size_t best = 0;
  float lowest = height;
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    if (!pieces[i].opens || pieces[i - 1].with_next) continue;
    const float needed = std::max(height_of_column(std::span(pieces).first(i)),
                                  height_of_column(std::span(pieces).subspan(i)));
    if (needed > lowest) continue;
    best = i;
    lowest = needed;
  }
  if (best == 0) return {};
  const auto middle = pieces.begin() + static_cast<std::ptrdiff_t>(best);
  return {{pieces.begin(), middle}, {middle, pieces.end()}};
}

bool is_wide(const staff::Block& block) {
  constexpr std::size_t kManyColumns = 4;
  const auto* table = std::get_if<staff::Table>(&block);
  return table != nullptr && table->columns.size() >= kManyColumns;
}

constexpr std::array<std::string_view, 24> kUnits = {
    "%",    "°C",  "GB",  "MB",    "phiếu", "ngày", "giờ",   "phút", "giây", "lượt", "ý",  "sự",
    "điểm", "lần", "mục", "người", "hồ",    "thủ",  "tháng", "năm",  "ký",   "dòng", "lý", "góp"};

/// Whether a space between two pieces of a text parts a number from its unit, or an equation.
bool is_bound(std::string_view before, std::string_view after) {
  if (before.empty() || after.empty()) return false;
  if (before.back() == '=' || after.front() == '=') return true;
  if (before.back() < '0' || before.back() > '9') return false;
  return std::any_of(kUnits.begin(), kUnits.end(), [&](std::string_view unit) {
    if (!after.starts_with(unit)) return false;
    const auto rest = core::code_points(after.substr(unit.size()));
    return rest.empty() || !core::belongs_to_word(rest.front());
  });
}

bool is_heading(const staff::Block& block) {
  const auto* text = std::get_if<staff::Text>(&block);
  return text != nullptr && text->size == staff::Text::Size::kHeading;
}

bool is_of_words(const staff::Block& block) {
  return std::holds_alternative<staff::Text>(block) ||
         std::holds_alternative<staff::Choices>(block);
}

std::vector<Piece> pieces_in(const Sheet& sheet, const std::vector<const staff::Block*>& blocks,
                             float width) {
  std::vector<Piece> all;
  for (const staff::Block* block : blocks) {
    auto more = pieces_of(sheet, *block, width);
    std::move(more.begin(), more.end(), std::back_inserter(all));
  }
  return all;
}

void put_column(Sheet& sheet, const std::vector<Piece>& column, const Rect& area) {
  const float used = height_of_column(column);
  float may_grow = 0;
  for (const Piece& piece : column) may_grow += piece.grows;
  const float share = may_grow > 0 ? std::clamp((area.height - used) / may_grow, 0.0F, 1.0F) : 0;
  float y = area.y;
  for (std::size_t i = 0; i < column.size(); ++i) {
    const Piece& piece = column[i];
    if (i > 0) y += piece.gap;
    const float height = piece.height + piece.grows * share;
    piece.put(sheet, whole(Rect{area.x, y, area.width, height}));
    y += height;
  }
}

}  // namespace

design::Colour tone_colour(const design::Theme& theme, Tone tone) {
  switch (tone) {
    case Tone::kMuted:
      return theme.muted;
    case Tone::kGood:
      return theme.accent;
    case Tone::kAlert:
      return theme.danger;
    case Tone::kPlain:
      break;
  }
  return theme.text;
}

float height_in(const Sheet& sheet, TextRole role, std::string_view text, float width) {
  if (text.empty()) return 0;
  const ImFont& font = font_in(sheet, role);
  const auto lines = design::break_lines(font, text, width).size();
  return design::line_height(font) * static_cast<float>(lines);
}

void hairline(Sheet& sheet, const Rect& rect) {
  Item line;
  line.rect = {rect.x, rect.bottom() - 1, rect.width, 1};
  line.fill = sheet.theme().rule;
  sheet.add(std::move(line));
}

float staff_target(const design::Metrics& metrics) { return std::ceil(metrics.target * 0.61F); }

std::string bound(const Texts& texts, std::string_view text) {
  const std::string glued = texts.glued(text);
  std::string joined;
  joined.reserve(glued.size() + 8);
  for (std::size_t i = 0; i < glued.size(); ++i) {
    if (glued[i] == ' ' &&
        is_bound(std::string_view(glued).substr(0, i), std::string_view(glued).substr(i + 1))) {
      joined += kNoBreakSpace;
    } else {
      joined += glued[i];
    }
  }
  return joined;
}

std::vector<Piece> pieces_of(const Sheet& sheet, const staff::Block& block, float width) {
  auto all = std::visit([&](const auto& what) { return pieces(sheet, what, width); }, block);
  if (!all.empty()) all.front().opens = true;
  return all;
}

Layout::Layout(const Sheet& sheet, const std::vector<staff::Block>& blocks, const Rect& area) {
  std::vector<const staff::Block*> all;
  all.reserve(blocks.size());
  for (const staff::Block& block : blocks) all.push_back(&block);
  const bool has_wide = std::any_of(blocks.begin(), blocks.end(), is_wide);
  const bool is_plain = std::all_of(blocks.begin(), blocks.end(), is_of_words);
  const bool lies = area.width > 1.2F * area.height && area.width >= 36 * sheet.metrics().small;
  const bool all_wide = std::all_of(blocks.begin(), blocks.end(), is_wide);
  if (lies && has_wide && !all_wide) {
    lay_beside(sheet, all, area);
  } else if (lies && !has_wide && !is_plain) {
    lay_in_turn(sheet, all, area);
  } else {
    lanes_.push_back({area, fill_columns(pieces_in(sheet, all, area.width), area.height)});
  }
  for (const Lane& lane : lanes_) {
    sheets_ = std::max(sheets_, static_cast<int>(lane.columns.size()));
    for (const Column& column : lane.columns) {
      fits_ = fits_ && height_of_column(column) <= lane.area.height;
    }
  }
}

/// Down the first column, then down the second.
void Layout::lay_in_turn(const Sheet& sheet, std::vector<const staff::Block*> blocks, Rect area) {
  const auto first = std::find_if(blocks.begin(), blocks.end(), [](const staff::Block* block) {
    return !std::holds_alternative<staff::Choices>(*block);
  });
  top_ = pieces_in(sheet, {blocks.begin(), first}, area.width);
  blocks.erase(blocks.begin(), first);
  top_area_ = {area.x, area.y, area.width, height_of_column(top_)};
  const float used = top_.empty() ? 0 : top_area_.height + 2 * sheet.metrics().grid;
  area = {area.x, area.y + used, area.width, area.height - used};
  const auto halves = split(area, std::array{1.0F, 1.0F}, 2 * sheet.metrics().gap);
  const auto pieces = pieces_in(sheet, blocks, halves[0].width);
  auto columns = even_columns(pieces, area.height);
  if (columns.empty()) columns = fill_columns(pieces, area.height);
  lanes_ = {{halves[0], {}}, {halves[1], {}}};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    lanes_[i % 2].columns.push_back(std::move(columns[i]));
  }
}

/// The list on the right, everything else beside it; as wide as it is with the fewest sheets.
void Layout::lay_beside(const Sheet& sheet, const std::vector<const staff::Block*>& blocks,
                        const Rect& area) {
  std::array<std::vector<const staff::Block*>, 2> parts;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool heads_list = is_heading(*blocks[i]) && i + 1 < blocks.size();
    parts[is_wide(heads_list ? *blocks[i + 1] : *blocks[i]) ? 1 : 0].push_back(blocks[i]);
  }
  const bool has_words_only =
      std::all_of(parts[0].begin(), parts[0].end(),
                  [](const staff::Block* block) { return is_of_words(*block); });
  std::size_t fewest = 0;
  for (const float share : {0.24F, 0.32F, 0.4F, 0.48F}) {
    if (share < 0.3F && !has_words_only) continue;  // facts need more
    const auto places = split(area, std::array{share, 1 - share}, 2 * sheet.metrics().gap);
    std::vector<Lane> lanes;
    std::size_t sheets = 1;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto pieces = pieces_in(sheet, parts[i], places[i].width);
      lanes.push_back({places[i], fill_columns(pieces, area.height)});
      sheets = std::max(sheets, lanes.back().columns.size());
    }
    if (fewest != 0 && sheets >= fewest) continue;
    fewest = sheets;
    lanes_ = std::move(lanes);
  }
}

void Layout::put(Sheet& sheet, int number) const {
  put_column(sheet, top_, top_area_);
  for (const Lane& lane : lanes_) {
    const auto place = static_cast<std::size_t>(number);
    if (place < lane.columns.size()) put_column(sheet, lane.columns[place], lane.area);
  }
}

}  // namespace hailong::kiosk::screens
