#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "kiosk/screens/keyboard.h"
#include "kiosk/screens/staff_blocks.h"

/// Staff mode: the bar with who is signed in, the rooms, what the Session tells, and what can be
/// done. All of it is in Vietnamese: residents never see it.

namespace hailong::kiosk::screens {
namespace {

using design::Icon;
using design::Skin;
using staff::Button;
using staff::Tone;

bool has_keyboard(const flow::Staff& screen) {
  return screen.view.input && is_on_keyboard(*screen.view.input);
}

bool has_parts(const flow::Staff& screen) {
  return screen.view.input && screen.view.input->kind == staff::Input::Kind::kParts;
}

/// There is nothing yet that could be gone back to, or be locked.
bool is_first_start(const flow::Staff& screen) {
  return screen.view.input && screen.view.input->kind == staff::Input::Kind::kCode;
}

/// Cuts `height` off the top or the bottom of `area`.
Rect take_top(Rect& area, float height) {
  const Rect top{area.x, area.y, area.width, height};
  area = {area.x, area.y + height, area.width, area.height - height};
  return top;
}
Rect take_bottom(Rect& area, float height) {
  area.height -= height;
  return {area.x, area.bottom(), area.width, height};
}

void bar_switch(Sheet& sheet, const Rect& rect, Icon icon, flow::Preference preference, bool on) {
  const auto& m = sheet.metrics();
  Item item;
  item.rect = whole(rect.inset(std::floor(m.grid / 2)));
  item.hit = rect;
  item.skin = Skin::kSwitch;
  item.chosen = on;
  item.event = flow::PreferenceTapped{preference};
  const auto state = on ? design::State::kChosen : design::State::kResting;
  const float size = std::min(m.icon, item.rect.width);
  item.icon =
      PlacedIcon{icon, design::text_on(sheet.theme(), Skin::kSwitch, state),
                 whole(Rect{rect.centre_x() - size / 2, rect.centre_y() - size / 2, size, size})};
  sheet.add(std::move(item));
}

/// Back to the residents, or for whoever is signed in the lock. Returns where it begins.
float way_out(Sheet& sheet, const flow::Staff& screen, const Rect& bar) {
  const auto& m = sheet.metrics();
  const float side = std::max(staff_target(m), m.icon + 2 * m.grid);
  const std::string lock = screen.view.who.empty() ? "Trở về" : "Khóa";
  const float words = design::text_width(*sheet.view().fonts.fonts().small, lock);
  const float width = whole(std::max(1.3F * side, words + 3 * m.grid));
  Item out;
  out.hit = {bar.right() - width, bar.y, width, bar.height};
  out.rect = whole(out.hit.inset(std::floor(m.grid / 2)));
  out.skin = Skin::kTile;
  out.event = flow::StaffTapped{{staff::Verb::kLock, 0, {}}};
  out.texts.push_back(sheet.fitted(
      TextRole::kSmall, design::text_on(sheet.theme(), Skin::kTile, design::State::kResting), lock,
      out.rect.inset(m.grid / 2)));
  const float x = out.hit.x;
  sheet.add(std::move(out));
  return x;
}

/// At the right of the bar: out, and how things look. Cuts it off `bar`.
void bar_buttons(Sheet& sheet, const flow::Staff& screen, Rect& bar) {
  const auto& m = sheet.metrics();
  const flow::Preferences& now = sheet.view().preferences;
  const float side = std::max(staff_target(m), m.icon + 2 * m.grid);
  float x = is_first_start(screen) ? bar.right() : way_out(sheet, screen, bar);
  const auto put_switch = [&](Icon icon, flow::Preference preference, bool on) {
    x -= side;
    bar_switch(sheet, {x, bar.y, side, bar.height}, icon, preference, on);
  };
  put_switch(Icon::kContrast, flow::Preference::kContrast, now.contrast == flow::Contrast::kHigh);
  put_switch(Icon::kText, flow::Preference::kText, now.text != flow::TextSize::kNormal);
  bar.width = x - bar.x - m.gap / 2;
}

/// Title, and below it the unit and who is signed in, or that the lock is near.
void title_bar(Sheet& sheet, const flow::Staff& screen, const Rect& bar) {
  const auto& m = sheet.metrics();
  const design::Theme& theme = sheet.theme();
  Item back;
  back.rect = bar;
  back.fill = theme.header;
  sheet.add(std::move(back));
  Rect rest{bar.x + m.margin, bar.y, bar.width - m.margin - m.grid / 2, bar.height};
  bar_buttons(sheet, screen, rest);
  std::string below = sheet.view().place.unit;
  if (!screen.view.who.empty()) below += " · " + screen.view.who;
  if (screen.stay.seconds_left > 0) {
    below = "Tự khóa sau " + std::to_string(screen.stay.seconds_left) + kNoBreakSpace + "giây";
  }
  const Rect upper{rest.x, rest.y + m.grid / 4, rest.width, whole(rest.height * 0.54F)};
  const Rect lower{rest.x, upper.bottom(), rest.width, rest.bottom() - m.grid / 4 - upper.bottom()};
  const bool warns = screen.stay.seconds_left > 0;
  const std::string title = screen.view.title.empty() ? "Chế độ cán bộ" : screen.view.title;
  sheet.write(TextRole::kAnswer, theme.on_header, bound(sheet.view().texts, title), upper,
              Align::kLeft);
  sheet.write(TextRole::kSmall, warns ? theme.on_header : theme.on_header_muted, below, lower,
              Align::kLeft);
}

/// As many rooms in a row as have room for their names.
int rooms_in_row(const Sheet& sheet, const staff::View& view) {
  const float least = 1.55F * staff_target(sheet.metrics());
  const float width = sheet.areas().body.width + sheet.metrics().margin;
  const auto count = static_cast<int>(view.tabs.size());
  const int most = std::max(1, static_cast<int>(width / least));
  const int rows = (count + most - 1) / most;
  return (count + rows - 1) / rows;
}

/// In one row, each is as wide as its name asks for; in several, or where names break, all alike.
std::vector<Rect> room_cells(const Sheet& sheet, const staff::View& view,
                             const std::vector<std::string>& names, const Rect& area) {
  const auto& m = sheet.metrics();
  std::vector<float> shares;
  shares.reserve(names.size());
  float sum = 0;
  for (const std::string& name : names) {
    const float words = design::text_width(*sheet.view().fonts.fonts().small, name);
    shares.push_back(std::max(words + 3 * m.grid, 1.3F * staff_target(m)));
    sum += shares.back();
  }
  const int columns = rooms_in_row(sheet, view);
  const auto count = static_cast<int>(names.size());
  if (columns == count && sum <= area.width) return split(area, shares, 0);
  return grid(area, count, columns, 0, area.height);
}

void rooms(Sheet& sheet, const staff::View& view, const Rect& bar) {
  const auto& m = sheet.metrics();
  Item back;
  back.rect = bar;
  back.fill = sheet.theme().header;
  sheet.add(std::move(back));
  const Rect inside{bar.x + m.margin / 2, bar.y, bar.width - m.margin, bar.height};
  std::vector<std::string> names;
  names.reserve(view.tabs.size());
  for (const auto& tab : view.tabs) names.push_back(bound(sheet.view().texts, tab.text));
  const auto cells = room_cells(sheet, view, names, inside);
  // All in the size of the longest, so that none looks less than the others.
  const float inset = std::floor(m.grid / 2);
  const ImFont* font = nullptr;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto block = sheet.fitted(TextRole::kSmall, {}, names[i], cells[i].inset(inset));
    if (font == nullptr || block.font->FontSize < font->FontSize) font = block.font;
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    Item item;
    item.hit = cells[i];
    item.rect = whole(cells[i].inset(std::floor(m.grid / 4)));
    item.skin = Skin::kSwitch;
    item.chosen = view.tabs[i].chosen;
    item.event = flow::StaffTapped{view.tabs[i].command};
    const auto state = item.chosen ? design::State::kChosen : design::State::kResting;
    item.texts.push_back(sheet.fitted(TextRole::kSmall,
                                      design::text_on(sheet.theme(), Skin::kSwitch, state),
                                      names[i], cells[i].inset(inset), Align::kCentre, font));
    sheet.add(std::move(item));
  }
}

/// What has just happened, or why not.
void message(Sheet& sheet, const staff::View& view, const Rect& rect) {
  const auto& m = sheet.metrics();
  Item note;
  note.rect = rect;
  note.skin = Skin::kNote;
  Rect words{rect.x + 2 * m.grid, rect.y + m.grid, rect.width - 4 * m.grid,
             rect.height - 2 * m.grid};
  if (view.message_tone == Tone::kGood || view.message_tone == Tone::kAlert) {
    const bool good = view.message_tone == Tone::kGood;
    const float size = m.small_icon;
    note.icon =
        PlacedIcon{good ? Icon::kTick : Icon::kInfo, tone_colour(sheet.theme(), view.message_tone),
                   whole(Rect{words.x, rect.centre_y() - size / 2, size, size})};
    words = {words.x + size + m.grid, words.y, words.width - size - m.grid, words.height};
  }
  note.texts.push_back(sheet.fitted(TextRole::kSmall, tone_colour(sheet.theme(), view.message_tone),
                                    bound(sheet.view().texts, view.message), words, Align::kLeft));
  sheet.add(std::move(note));
}

float height_of_message(const Sheet& sheet, const staff::View& view, float width) {
  const auto& m = sheet.metrics();
  const float sign = m.small_icon + m.grid;
  const float words = height_in(sheet, TextRole::kSmall, bound(sheet.view().texts, view.message),
                                width - 4 * m.grid - sign);
  return whole(std::max(words, m.small_icon) + 2 * m.grid);
}

void progress_bar(Sheet& sheet, float share, const Rect& rect) {
  const auto& m = sheet.metrics();
  const std::string text = std::to_string(static_cast<int>(share * 100)) + kNoBreakSpace + "%";
  const float words = whole(5 * m.small);
  Item track;
  track.rect = whole(Rect{rect.x, rect.centre_y() - m.grid, rect.width - words, 2 * m.grid});
  track.fill = sheet.theme().rule;
  const Rect lane = track.rect;
  sheet.add(std::move(track));
  Item done;
  done.rect = whole(Rect{lane.x, lane.y, lane.width * share, lane.height});
  done.fill = sheet.theme().accent;
  sheet.add(std::move(done));
  sheet.write(TextRole::kSmall, sheet.theme().text, text,
              {rect.right() - words, rect.y, words, rect.height}, Align::kRight);
}

/// What a button of the footer says and does.
struct FooterButton {
  std::string text;
  flow::Event event;
  Button::Kind kind = Button::Kind::kPlain;
  bool may_tap = true;
};

std::vector<FooterButton> footer_buttons(const flow::Staff& screen) {
  std::vector<FooterButton> buttons;
  buttons.reserve(screen.view.actions.size() + 1);
  for (const Button& action : screen.view.actions) {
    if (action.command.verb == staff::Verb::kLock) continue;  // stands in the bar
    buttons.push_back({action.text, flow::StaffTapped{action.command}, action.kind, true});
  }
  if (screen.view.input && !has_parts(screen)) {
    buttons.push_back({screen.view.input->submit_text, flow::NextTapped{}, Button::Kind::kPrimary,
                       screen.waiting || flow::may_submit(screen)});
  }
  // The way on is the last.
  std::stable_partition(buttons.begin(), buttons.end(), [](const FooterButton& button) {
    return button.kind != Button::Kind::kPrimary;
  });
  return buttons;
}

/// How the page of a longer list is turned: sheets of the page first, then its pages.
struct Turning {
  int sheet = 0;
  int sheets = 1;
  int page = 0;
  int pages = 1;

  [[nodiscard]] bool is_needed() const { return sheets > 1 || pages > 1; }
  [[nodiscard]] std::optional<flow::Event> back() const {
    if (sheet > 0) return flow::PageTapped{sheet - 1};
    if (page > 0) return flow::StaffTapped{{staff::Verb::kPage, page - 1, {}}};
    return std::nullopt;
  }
  [[nodiscard]] std::optional<flow::Event> on() const {
    if (sheet + 1 < sheets) return flow::PageTapped{sheet + 1};
    if (page + 1 < pages) return flow::StaffTapped{{staff::Verb::kPage, page + 1, {}}};
    return std::nullopt;
  }
  [[nodiscard]] std::string text() const {
    const auto of = [](int number, int count) {
      return std::to_string(number + 1) + "/" + std::to_string(count);
    };
    std::string words;
    if (pages > 1) words = std::string("Trang") + kNoBreakSpace + of(page, pages);
    if (sheets > 1) {
      if (!words.empty()) words += '\n';
      words += std::string("phần") + kNoBreakSpace + of(sheet, sheets);
    }
    return words;
  }
};

void turn_button(Sheet& sheet, const Rect& rect, Icon icon, std::optional<flow::Event> event) {
  if (!event) return;
  const auto& m = sheet.metrics();
  Item item;
  item.rect = rect;
  item.hit = rect;
  item.skin = Skin::kTile;
  item.event = std::move(event);
  item.icon = PlacedIcon{
      icon, sheet.theme().accent,
      whole(Rect{rect.centre_x() - m.icon / 2, rect.centre_y() - m.icon / 2, m.icon, m.icon})};
  sheet.add(std::move(item));
}

/// At the left of the footer, which gives way.
void turning(Sheet& sheet, const Turning& turning, Rect& footer) {
  const auto& m = sheet.metrics();
  const float side = whole(std::max(1.2F * staff_target(m), m.icon + 2 * m.grid));
  const float height = staff_target(m);
  const float words = whole(6.2F * m.small);
  const Rect back{footer.x, footer.y, side, height};
  const Rect text{back.right() + m.grid / 2, footer.y, words, height};
  const Rect on{text.right() + m.grid / 2, footer.y, side, height};
  turn_button(sheet, back, Icon::kBack, turning.back());
  sheet.write(TextRole::kSmall, sheet.theme().muted, turning.text(), text);
  turn_button(sheet, on, Icon::kForward, turning.on());
  const float used = on.right() + m.gap - footer.x;
  footer = {footer.x + used, footer.y, footer.width - used, footer.height};
}

/// Buttons from the right, in one row or, where their words would not fit, in two.
int footer_rows(const Sheet& sheet, std::size_t buttons, float width) {
  const float least = 2.1F * staff_target(sheet.metrics());
  const auto in_row = static_cast<std::size_t>(std::max(1.0F, std::floor(width / least)));
  return static_cast<int>((buttons + in_row - 1) / in_row);
}

void put_footer_buttons(Sheet& sheet, const std::vector<FooterButton>& buttons, const Rect& area,
                        int rows) {
  if (buttons.empty()) return;
  const auto& m = sheet.metrics();
  const auto count = static_cast<int>(buttons.size());
  const int columns = (count + rows - 1) / rows;
  const float most = 4.2F * staff_target(m);
  const float gap = m.grid;
  const float width = std::min(area.width, (most + gap) * static_cast<float>(columns) - gap);
  const Rect right{area.right() - width, area.y, width, area.height};
  const auto cells = grid(right, count, columns, gap, area.height);
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    const FooterButton& button = buttons[i];
    Item& item = staff_button(sheet, cells[i], bound(sheet.view().texts, button.text), button.event,
                              button.kind);
    if (button.may_tap) continue;
    item.event.reset();  // something is missing yet
    item.skin = Skin::kNote;
    item.texts.front().colour = sheet.theme().muted;
  }
}

/// What is done with a keyboard on a lying panel: the wide keys stand between.
void put_writing_footer(Sheet& sheet, const flow::Staff& screen,
                        const std::vector<FooterButton>& buttons, const Rect& area) {
  std::vector<float> shares{0.75F, 0.95F, 1.25F};
  shares.insert(shares.begin(), buttons.size() - 1, 1.0F);
  shares.push_back(1.1F);
  const auto cells = split(area, shares, sheet.metrics().grid);
  const std::size_t before = buttons.size() - 1;
  put_wide_keys(sheet, screen, std::span(cells).subspan(before, kWideKeys));
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    const Rect& cell = i < before ? cells[i] : cells.back();
    staff_button(sheet, cell, bound(sheet.view().texts, buttons[i].text), buttons[i].event,
                 buttons[i].kind);
  }
}

/// Height of the footer with its gap; 0: there is none.
struct FooterSize {
  int rows = 1;
  float height = 0;
};
FooterSize footer_size(const Sheet& sheet, const flow::Staff& screen, std::size_t buttons,
                       const Turning& turning, float width) {
  if (buttons == 0 && !turning.is_needed()) return {};
  const auto& m = sheet.metrics();
  const float touch = staff_target(m);
  const float taken = turning.is_needed() ? 2.4F * touch + 6.2F * m.small + m.gap : 0;
  const bool writes = has_keyboard(screen) && !m.upright;
  const int rows = writes ? 1 : std::max(1, footer_rows(sheet, buttons, width - taken));
  return {rows, (touch + m.grid) * static_cast<float>(rows) - m.grid};
}

/// Footer, progress and message at the bottom of `area`, which gives way.
void put_bottom(Sheet& sheet, const flow::Staff& screen, const Turning& turning_now, Rect& area) {
  const auto& m = sheet.metrics();
  const auto buttons = footer_buttons(screen);
  const auto size = footer_size(sheet, screen, buttons.size(), turning_now, area.width);
  const auto take = [&](float height) {
    const Rect taken = take_bottom(area, height);
    area.height -= whole(1.5F * m.grid);
    return taken;
  };
  if (size.height > 0) {
    Rect footer = take(size.height);
    if (turning_now.is_needed()) turning(sheet, turning_now, footer);
    if (has_keyboard(screen) && !m.upright) {
      put_writing_footer(sheet, screen, buttons, footer);
    } else {
      put_footer_buttons(sheet, buttons, footer, size.rows);
    }
  }
  const staff::View& view = screen.view;
  if (view.progress) progress_bar(sheet, *view.progress, take(2 * m.small));
  if (!view.message.empty()) {
    message(sheet, view, take(height_of_message(sheet, view, area.width)));
  }
}

/// The bars at the top of `area`, which gives way.
void put_bars(Sheet& sheet, const flow::Staff& screen, Rect& area) {
  const auto& m = sheet.metrics();
  const design::Fonts& fonts = sheet.view().fonts.fonts();
  const float touch = staff_target(m);
  const float words =
      design::line_height(*fonts.answer) + design::line_height(*fonts.small) + m.grid / 2;
  title_bar(sheet, screen, take_top(area, whole(std::max(touch, words))));
  // A keyboard and the test of parts need the room, and are left by their buttons.
  if (screen.view.tabs.empty() || has_keyboard(screen) || has_parts(screen)) return;
  const auto count = static_cast<int>(screen.view.tabs.size());
  const int columns = rooms_in_row(sheet, screen.view);
  const int rows = (count + columns - 1) / columns;
  rooms(sheet, screen.view, take_top(area, touch * static_cast<float>(rows)));
}

/// Everything between the bars but the blocks, for which `area` is left.
void put_around(Sheet& sheet, const flow::Staff& screen, const Turning& turning_now, Rect& area) {
  put_bottom(sheet, screen, turning_now, area);
  if (screen.view.input && !has_parts(screen)) put_input(sheet, screen, area);
}

/// The blocks with what stands around them.
Layout blocks_within(const Sheet& sheet, const flow::Staff& screen, const Turning& turning_now,
                     Rect area) {
  Sheet measured(sheet.view());
  put_around(measured, screen, turning_now, area);
  return {measured, screen.view.blocks, area};
}

void put_body(Sheet& sheet, const flow::Staff& screen, Rect area) {
  Turning turning_now{0, 1, screen.view.page, screen.view.pages};
  // Above a keyboard there is room for little, and nothing to turn it by.
  const Layout first = blocks_within(sheet, screen, turning_now, area);
  const bool shows_blocks = !has_keyboard(screen) || (first.sheets() == 1 && first.fits());
  if (first.sheets() > 1 && shows_blocks) {
    turning_now.sheets = first.sheets();
    turning_now.sheets = blocks_within(sheet, screen, turning_now, area).sheets();
    turning_now.sheet = std::clamp(screen.sheet, 0, turning_now.sheets - 1);
  }
  put_around(sheet, screen, turning_now, area);
  if (shows_blocks) Layout(sheet, screen.view.blocks, area).put(sheet, turning_now.sheet);
}

}  // namespace

Item& staff_button(Sheet& sheet, const Rect& rect, std::string_view text, flow::Event event,
                   Button::Kind kind) {
  const auto& m = sheet.metrics();
  Item item;
  item.rect = rect;
  item.hit = rect;
  item.skin = kind == Button::Kind::kPrimary ? Skin::kAction : Skin::kTile;
  item.event = std::move(event);
  const design::Colour colour = kind == Button::Kind::kDanger    ? sheet.theme().danger
                                : kind == Button::Kind::kPrimary ? sheet.theme().on_accent
                                                                 : sheet.theme().accent;
  const float side = std::min(2 * m.grid, rect.width * 0.06F);
  item.texts.push_back(sheet.fitted(
      TextRole::kSmall, colour, text,
      {rect.x + side, rect.y + m.grid / 2, rect.width - 2 * side, rect.height - m.grid}));
  return sheet.add(std::move(item));
}

Page compose_staff(const flow::Staff& screen, const View& view) {
  Sheet sheet(view);
  const auto& m = view.metrics;
  Rect area = m.stage;
  put_bars(sheet, screen, area);
  area = {area.x + m.margin, area.y + m.grid, area.width - 2 * m.margin, area.height - 2 * m.grid};
  if (has_parts(screen)) {
    put_bottom(sheet, screen, {}, area);
    put_parts(sheet, screen, area);
  } else {
    put_body(sheet, screen, area);
  }
  return sheet.take();
}

}  // namespace hailong::kiosk::screens
