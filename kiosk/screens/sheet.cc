#include "kiosk/screens/sheet.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace hailong::kiosk::screens {
namespace {

using design::Icon;
using design::Skin;
using flow::Preference;

Areas areas_of(const design::Metrics& m) {
  const Rect& stage = m.stage;
  const float pad = std::floor(m.grid);
  const bool header_below = stage.y > 0;
  const float header_y = header_below ? stage.bottom() - m.header : stage.y;
  const float top = header_below ? stage.y : stage.y + m.header;
  const float bottom = header_below ? header_y : stage.bottom();
  Areas areas;
  areas.header = {0, header_y, stage.width, m.header};
  areas.footer = {m.margin, bottom - pad - m.target, stage.width - 2 * m.margin, m.target};
  areas.body = {m.margin, top + pad, stage.width - 2 * m.margin, areas.footer.y - 2 * pad - top};
  return areas;
}

}  // namespace

float whole(float value) { return std::round(value); }

Rect whole(const Rect& rect) {
  const float x = whole(rect.x);
  const float y = whole(rect.y);
  return {x, y, whole(rect.right()) - x, whole(rect.bottom()) - y};
}

std::vector<Rect> grid(const Rect& area, int count, int columns, float gap, float highest) {
  const int rows = (count + columns - 1) / columns;
  const float width =
      (area.width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  const float height = std::min(
      highest, (area.height - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows));
  const float used = height * static_cast<float>(rows) + gap * static_cast<float>(rows - 1);
  const float top = area.y + (area.height - used) / 2;
  std::vector<Rect> cells;
  for (int i = 0; i < count; ++i) {
    const auto column = static_cast<float>(i % columns);
    const int in_row = i / columns;
    const auto row = static_cast<float>(in_row);
    cells.push_back(
        whole(Rect{area.x + column * (width + gap), top + row * (height + gap), width, height}));
  }
  return cells;
}

int columns_for(const Rect& area, int count, float gap, float least) {
  int best = 1;
  float best_fit = -1;
  for (int columns = 1; columns <= std::max(1, count); ++columns) {
    const auto cell = grid(area, count, columns, gap, area.height).front();
    if (cell.width < least || cell.height < least) continue;
    // Words want cells about twice as wide as high; a short last row looks unfinished.
    const int last = count % columns == 0 ? columns : count % columns;
    const float fit = std::min(cell.width / 2.0F, cell.height) *
                      (0.75F + 0.25F * static_cast<float>(last) / static_cast<float>(columns));
    if (fit > best_fit) {
      best_fit = fit;
      best = columns;
    }
  }
  return best;
}

std::vector<Rect> split(const Rect& row, std::span<const float> shares, float gap) {
  float sum = 0;
  for (const float share : shares) sum += share;
  const float free = row.width - gap * static_cast<float>(shares.size() - 1);
  std::vector<Rect> cells;
  float x = row.x;
  for (const float share : shares) {
    const float width = free * share / sum;
    cells.push_back(whole(Rect{x, row.y, width, row.height}));
    x += width + gap;
  }
  return cells;
}

Sheet::Sheet(const View& view) : view_(view), areas_(areas_of(view.metrics)) {}

Item& Sheet::add(Item item) {
  page_.items.push_back(std::move(item));
  return page_.items.back();
}

design::TextBlock Sheet::fitted(TextRole role, design::Colour colour, std::string_view text,
                                const Rect& box, Align align, const ImFont* largest) const {
  return design::fit_text(view_.fonts.fonts(), role, colour, text, box, align, largest);
}

void Sheet::write(TextRole role, design::Colour colour, std::string_view text, const Rect& box,
                  Align align) {
  Item item;
  item.rect = box;
  item.texts.push_back(fitted(role, colour, text, box, align));
  add(std::move(item));
}

void Sheet::title(std::string_view key, Rect& area) {
  const auto& m = metrics();
  const float height = std::min(whole(m.question * 1.4F), whole(area.height * 0.2F));
  write(TextRole::kQuestion, theme().text, text(key), {area.x, area.y, area.width, height});
  area.y += height + m.grid;
  area.height -= height + m.grid;
  say(key);
}

Item& Sheet::keyed(Skin skin, const Rect& rect, std::string_view key, flow::Event event,
                   std::optional<Icon> icon) {
  const auto& m = metrics();
  Item item;
  item.rect = rect;
  item.hit = rect;
  item.skin = skin;
  item.event = std::move(event);
  item.spoken = key;
  const design::Colour colour = design::text_on(theme(), skin, design::State::kResting);
  const float padding = std::min(rect.height * 0.25F, rect.width * 0.08F);
  Rect words = rect.inset(0);
  words.x += padding;
  words.width -= 2 * padding;
  const float with_icon = words.width - 1.4F * m.icon;
  const auto beside = fitted(TextRole::kAnswer, colour, text(key), {0, 0, with_icon, rect.height});
  if (icon && beside.font == view_.fonts.fonts().answer) {
    float widest = 0;
    for (const design::Line& line : beside.lines) widest = std::max(widest, line.width);
    const float left = rect.centre_x() - (widest + 1.4F * m.icon) / 2;
    item.icon =
        PlacedIcon{*icon, colour, whole(Rect{left, rect.centre_y() - m.icon / 2, m.icon, m.icon})};
    words = {left + 1.4F * m.icon, words.y, widest + 2, words.height};
  }
  item.texts.push_back(fitted(TextRole::kAnswer, colour, text(key), words));
  return add(std::move(item));
}

bool Sheet::icon_lies_above(const Rect& rect) const {
  const float icon = metrics().icon;
  return rect.height >= icon * 3.2F || rect.width < icon * 4.5F;
}

Rect Sheet::words_of_tile(const Rect& rect, bool has_icon) const {
  const auto& m = metrics();
  const float padding = std::min(2 * m.grid, rect.width * 0.03F);
  const Rect words = rect.inset(padding);
  if (!has_icon) return words;
  if (!icon_lies_above(rect)) {
    const float left = words.x + m.icon + padding / 2;
    return {left, words.y, words.right() - left, words.height};
  }
  const float free = std::max(0.0F, rect.height - m.icon * 3);
  const float top = rect.y + m.grid / 2 + free * 0.5F + m.icon;
  return {words.x, top, words.width, rect.bottom() - m.grid / 2 - top};
}

const ImFont* Sheet::common_font(std::span<const std::string> texts, float width,
                                 float height) const {
  const ImFont* font = nullptr;
  for (const std::string& text : texts) {
    const auto block = fitted(TextRole::kAnswer, theme().text, text, {0, 0, width, height});
    if (font == nullptr || block.font->FontSize < font->FontSize) font = block.font;
  }
  return font;
}

Item& Sheet::tile(const Rect& rect, std::optional<Icon> icon, std::string_view text,
                  flow::Event event, std::string_view spoken, bool chosen, const ImFont* largest) {
  const auto& m = metrics();
  Item item;
  item.rect = rect;
  item.hit = rect;
  item.skin = Skin::kTile;
  item.chosen = chosen;
  item.event = std::move(event);
  item.spoken = spoken;
  const auto state = chosen ? design::State::kChosen : design::State::kResting;
  const design::Colour colour = design::text_on(theme(), Skin::kTile, state);
  if (chosen) icon = Icon::kTick;  // colour is never the only signal
  const Rect words = words_of_tile(rect, icon.has_value());
  if (icon) {
    const bool above = icon_lies_above(rect);
    const float x =
        above ? rect.centre_x() - m.icon / 2 : rect.x + (words.x - rect.x - m.icon) * 0.6F;
    const float y = above ? words.y - m.icon : rect.centre_y() - m.icon / 2;
    item.icon =
        PlacedIcon{*icon, chosen ? colour : theme().accent, whole(Rect{x, y, m.icon, m.icon})};
  }
  item.texts.push_back(fitted(TextRole::kAnswer, colour, text, words, Align::kCentre, largest));
  return add(std::move(item));
}

void Sheet::header_switch(const Rect& rect, Icon icon, Preference preference, std::string_view key,
                          bool on) {
  const auto& m = metrics();
  Item item;
  item.rect = whole(rect.inset(m.grid / 2));
  item.hit = rect;
  item.skin = Skin::kSwitch;
  item.chosen = on;
  item.event = flow::PreferenceTapped{preference};
  item.spoken = key;
  const auto state = on ? design::State::kChosen : design::State::kResting;
  const design::Colour colour = design::text_on(theme(), Skin::kSwitch, state);
  const float size = m.icon;
  item.icon =
      PlacedIcon{icon, colour,
                 whole(Rect{rect.centre_x() - size / 2, rect.y + rect.height * 0.16F, size, size})};
  const float top = item.icon->rect.bottom();
  std::string label = text(key);
  if (preference == Preference::kText) {
    constexpr const char* kSizes[] = {"A", "A+", "A++"};
    label = kSizes[static_cast<int>(view_.preferences.text)];
  }
  item.texts.push_back(
      fitted(TextRole::kSmall, colour, label,
             {rect.x + m.grid / 2, top, rect.width - m.grid, rect.bottom() - m.grid / 2 - top}));
  add(std::move(item));
}

void Sheet::header() {
  const auto& m = metrics();
  const Rect& bar = areas_.header;
  Item back;
  back.rect = bar;
  back.fill = theme().header;
  add(std::move(back));
  const flow::Preferences& now = view_.preferences;
  const float pitch = std::max(m.target, whole(m.header));
  float x = bar.right();
  const auto put = [&](Icon icon, Preference preference, std::string_view key, bool on) {
    x -= pitch;
    header_switch({x, bar.y, pitch, bar.height}, icon, preference, key, on);
  };
  if (m.upright) put(Icon::kLower, Preference::kLower, "switches.lower", now.lower);
  put(now.sound ? Icon::kSpeaker : Icon::kSpeakerOff, Preference::kSound, "switches.sound",
      now.sound);
  put(Icon::kLanguage, Preference::kLanguage, "switches.language", false);
  put(Icon::kContrast, Preference::kContrast, "switches.contrast",
      now.contrast == flow::Contrast::kHigh);
  put(Icon::kText, Preference::kText, "switches.text", now.text != flow::TextSize::kNormal);
  const float width = x - m.margin - m.gap / 2;
  const Rect upper{m.margin, bar.y + m.grid / 2, width, whole(bar.height * 0.46F)};
  const Rect lower{m.margin, upper.bottom(), width, bar.bottom() - m.grid / 2 - upper.bottom()};
  Item names;
  names.rect = {m.margin, bar.y, width, bar.height};
  names.texts.push_back(
      fitted(TextRole::kBody, theme().on_header, view_.place.unit, upper, Align::kLeft));
  names.texts.push_back(fitted(TextRole::kSmall, theme().on_header_muted,
                               view_.place.place + " · " + view_.place.counter, lower,
                               Align::kLeft));
  add(std::move(names));
}

void Sheet::time_button(const Rect& rect, const flow::Stay& stay) {
  Item item;
  item.rect = rect;
  item.hit = rect;
  item.skin = Skin::kButton;
  item.event = flow::MoreTimeTapped{};
  item.spoken = "buttons.more_time";
  const float pad = metrics().grid;
  const float side = 2 * pad;  // the box is round there
  const Rect upper{rect.x + side, rect.y + pad / 2, rect.width - 2 * side, rect.height * 0.58F};
  const Rect lower{upper.x, upper.bottom(), upper.width, rect.bottom() - upper.bottom() - pad / 2};
  item.texts.push_back(fitted(TextRole::kBody, theme().accent, text("buttons.more_time"), upper));
  item.texts.push_back(
      fitted(TextRole::kSmall, theme().muted,
             view_.texts.with("buttons.time_left", std::to_string(std::max(1, stay.seconds_left))),
             lower));
  add(std::move(item));
}

void Sheet::footer(std::span<const Action> left, const flow::Stay& stay,
                   std::span<const Action> right) {
  std::vector<float> shares;
  for (std::size_t i = 0; i < left.size(); ++i) shares.push_back(1);
  shares.push_back(1.35F);
  for (std::size_t i = 0; i < right.size(); ++i) shares.push_back(1);
  const auto cells = split(areas_.footer, shares, metrics().gap);
  std::size_t cell = 0;
  const auto put = [&](const Action& action) {
    keyed(action.skin, cells[cell++], action.key, action.event, action.icon);
  };
  std::for_each(left.begin(), left.end(), put);
  time_button(cells[cell++], stay);
  std::for_each(right.begin(), right.end(), put);
}

/// An arrow, with its word where there is room for both.
void Sheet::page_button(const Rect& rect, Icon icon, std::string_view key, int page) {
  const auto& m = metrics();
  const bool roomy = rect.height >= m.icon * 3.2F;
  Item& item = tile(rect, icon, roomy ? text(key) : std::string(), flow::PageTapped{page}, key);
  if (roomy) return;
  item.icon->rect =
      whole(Rect{rect.centre_x() - m.icon / 2, rect.centre_y() - m.icon / 2, m.icon, m.icon});
}

int Sheet::pager(Rect& area, int count, int per_page, int page) {
  if (count <= per_page) return 0;
  const auto& m = metrics();
  const int pages = (count + per_page - 1) / per_page;
  const int shown = std::clamp(page, 0, pages - 1);
  // One above the other, or side by side where there is no room for that.
  const float side = whole(m.target * 1.1F);
  const bool stacked = area.height >= 2 * m.target + m.grid;
  const float width = stacked ? side : 2 * side + m.grid;
  const Rect column{area.right() - width, area.y, width, area.height};
  area.width -= width + m.gap;
  const float height =
      stacked ? std::min(whole(m.target * 1.2F), (column.height - m.grid) / 2) : column.height;
  const Rect up{column.x, column.y, side, height};
  const Rect down{column.right() - side, column.bottom() - height, side, height};
  if (shown > 0) page_button(up, Icon::kUp, "buttons.page_up", shown - 1);
  if (shown + 1 < pages) page_button(down, Icon::kDown, "buttons.page_down", shown + 1);
  const Rect between{column.x, up.bottom(), width, down.y - up.bottom()};
  if (stacked && between.height >= design::line_height(*view_.fonts.fonts().small)) {
    write(TextRole::kSmall, theme().muted, std::to_string(shown + 1) + "/" + std::to_string(pages),
          between);
  }
  return shown;
}

}  // namespace hailong::kiosk::screens
