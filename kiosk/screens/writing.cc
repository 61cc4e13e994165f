#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/folding.h"
#include "kiosk/screens/keyboard.h"

/// The pages with a keyboard.

namespace hailong::kiosk::screens {
namespace {

using design::Icon;
using design::Skin;
using Action = Sheet::Action;

const std::array kNotSend = {Action{"buttons.not_send", flow::BackTapped{}, Skin::kButton, {}}};
const std::array kSend = {Action{"buttons.send", flow::NextTapped{}, Skin::kPrimary, {}}};

/// The footer: what leaves the page, and on a lying panel the keys that are too wide for the board.
void writing_footer(Sheet& sheet, const flow::Stay& stay, core::TypingMethod method,
                    std::optional<bool> symbols, const Action& way_on) {
  if (sheet.metrics().upright) return sheet.footer(kNotSend, stay, std::array{way_on});
  std::vector<float> shares = {1.1F, 0.95F, 1.05F, 1.5F, 1.0F};
  if (symbols) shares.insert(shares.begin() + 1, 0.7F);
  const auto cells = split(sheet.areas().footer, shares, sheet.metrics().grid);
  std::size_t cell = 0;
  sheet.keyed(Skin::kButton, cells[cell++], "buttons.not_send", flow::BackTapped{});
  if (symbols) {
    sheet.keyed(Skin::kTile, cells[cell++], *symbols ? "words.letters" : "words.symbols",
                flow::SymbolsTapped{});
  }
  sheet.keyed(Skin::kTile, cells[cell++], method_key(method), flow::MethodTapped{});
  sheet.keyed(Skin::kTile, cells[cell++], "words.space", flow::CharacterTapped{U' '});
  sheet.time_button(cells[cell++], stay);
  sheet.keyed(way_on.skin, cells[cell++], way_on.key, way_on.event, way_on.icon);
}

/// The letters of a page, with a footer that fits.
void letters(Sheet& sheet, core::TypingMethod method, const flow::Keyboard& keyboard,
             std::optional<bool> symbols, Rect& area) {
  auto keys = letter_keys(sheet, method, keyboard);
  if (sheet.metrics().upright) add_wide_keys(sheet, keys, method, symbols);
  lay_keyboard(sheet, keys, area);
}

/// A labelled field that can be tapped to write in it.
void contact_line(Sheet& sheet, const Rect& rect, std::string_view key, const std::string& value,
                  flow::Contact::Line line, bool active) {
  const auto& m = sheet.metrics();
  Item field;
  field.rect = rect;
  field.hit = rect;
  field.skin = Skin::kField;
  field.chosen = active;
  field.event = flow::LineTapped{line};
  field.spoken = key;
  const Rect inside{rect.x + 2 * m.grid, rect.y + m.grid / 2, rect.width - 4 * m.grid,
                    rect.height - m.grid};
  const Rect label{inside.x, inside.y, inside.width, whole(inside.height * 0.44F)};
  const Rect text{inside.x, label.bottom(), inside.width, inside.bottom() - label.bottom()};
  field.texts.push_back(
      sheet.fitted(TextRole::kSmall, sheet.theme().muted, sheet.text(key), label, Align::kLeft));
  field.texts.push_back(design::set_tail(sheet.view().fonts.fonts(), TextRole::kAnswer,
                                         sheet.theme().text, value + (active ? "|" : ""), text));
  sheet.add(std::move(field));
}

/// Places in Survey::procedures whose names begin with what was typed, word by word.
std::vector<std::size_t> find_procedures(const flow::Survey& survey, const std::string& typed) {
  const std::string query = core::fold(typed);
  std::vector<std::size_t> found;
  if (query.empty()) return found;
  for (std::size_t i = 0; i < survey.procedures.size(); ++i) {
    if (core::matches(core::fold(survey.procedures[i].name), query)) found.push_back(i);
  }
  return found;
}

/// What was found, as tiles that can be paged through.
void search_results(Sheet& sheet, Rect area, const flow::Search& screen) {
  const auto& m = sheet.metrics();
  const auto& procedures = sheet.view().survey.procedures;
  const auto found = find_procedures(sheet.view().survey, screen.query);
  const int columns = m.upright ? 1 : area.width >= 9 * m.target ? 3 : 2;
  const int rows = std::max(1, static_cast<int>((area.height + m.grid) / (m.target + m.grid)));
  const int per_page = columns * rows;
  const int count = static_cast<int>(found.size());
  const int shown = sheet.pager(area, count, per_page, screen.page);
  const auto places = grid(area, per_page, columns, m.grid, whole(m.target * 1.4F));
  for (int i = 0; i < std::min(per_page, count - shown * per_page); ++i) {
    const int at = shown * per_page + i;
    const std::size_t place = found[static_cast<std::size_t>(at)];
    sheet.tile(places[static_cast<std::size_t>(i)], std::nullopt,
               sheet.view().texts.glued(procedures[place].name),
               flow::ChoiceTapped{static_cast<int>(place)}, {});
  }
  if (found.empty() && !screen.query.empty()) {
    sheet.write(TextRole::kBody, sheet.theme().muted, sheet.text("procedures.nothing"), area);
  }
}

/// The page of contact data while the name is written.
Page compose_name(const flow::Contact& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  Rect area = sheet.areas().body;
  letters(sheet, screen.name.method(), screen.keyboard, std::nullopt, area);
  const auto& m = sheet.metrics();
  if (area.height > m.question * 1.4F + m.answer * 3) {
    sheet.title("contact.name", area);
  } else {
    sheet.say("contact.name");
  }
  area.height = std::min(area.height, m.target);
  text_field(sheet, area, screen.name.text(), true);
  writing_footer(
      sheet, screen.stay, screen.name.method(), std::nullopt,
      {"buttons.done", flow::LineTapped{flow::Contact::Line::kPhone}, Skin::kPrimary, Icon::kTick});
  return sheet.take();
}

/// What is said between the fields and the consent: the notice, or what has to be mended.
void contact_notice(Sheet& sheet, const flow::Contact& screen, const Rect& box) {
  if (screen.asked_to_mend) {
    sheet.write(TextRole::kAnswer, sheet.theme().danger,
                sheet.text(screen.agreed ? "contact.mend_phone" : "contact.mend_consent"), box,
                Align::kLeft);
    return;
  }
  const std::string days = std::to_string(sheet.view().survey.contact_keep_days);
  sheet.write(TextRole::kBody, sheet.theme().text, sheet.view().texts.with("contact.notice", days),
              box, Align::kLeft);
}

}  // namespace

Page compose_words(const flow::Words& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  const auto& m = sheet.metrics();
  Rect area = sheet.areas().body;
  letters(sheet, screen.draft.method(), screen.keyboard, screen.keyboard.symbols, area);
  if (area.height > m.question * 1.4F + m.answer * 4) {
    sheet.title("words.title", area);
  } else {
    sheet.say("words.title");
  }
  const std::string left = view.texts.with("words.left", std::to_string(screen.draft.left()));
  Rect field = area;
  Rect counter;
  if (m.upright) {
    counter = {area.x, area.bottom() - whole(m.small * 1.5F), area.width, whole(m.small * 1.5F)};
    field.height = counter.y - area.y - m.grid / 2;
  } else {
    counter = {area.right() - whole(area.width * 0.17F), area.y, whole(area.width * 0.17F),
               area.height};
    field.width = counter.x - m.grid - area.x;
  }
  text_field(sheet, field, screen.draft.text(), true);
  sheet.write(TextRole::kSmall, sheet.theme().muted, left, counter,
              m.upright ? Align::kRight : Align::kCentre);
  writing_footer(sheet, screen.stay, screen.draft.method(), screen.keyboard.symbols, kSend[0]);
  return sheet.take();
}

Page compose_search(const flow::Search& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  const auto& m = sheet.metrics();
  Rect area = sheet.areas().body;
  lay_keyboard(sheet, plain_keys(view.texts), area);
  const bool typed = !screen.query.empty();
  const std::string& shown = typed ? screen.query : sheet.text("procedures.search_title");
  const float line = whole(m.answer * 1.8F);
  if (area.height >= line + m.grid / 2 + m.target) {
    text_field(sheet, {area.x, area.y, area.width, line}, shown, typed);
    area = {area.x, area.y + line + m.grid / 2, area.width, area.height - line - m.grid / 2};
  } else {  // a low panel: side by side
    const float width = whole(area.width * 0.28F);
    text_field(sheet, {area.x, area.y, width, area.height}, shown, typed);
    area = {area.x + width + m.grid, area.y, area.width - width - m.grid, area.height};
  }
  sheet.say("procedures.search_title");
  search_results(sheet, area, screen);
  sheet.footer(std::array{Action{"buttons.back", flow::BackTapped{}, Skin::kButton, Icon::kBack}},
               screen.stay,
               std::array{Action{"buttons.done", flow::DoneTapped{}, Skin::kPrimary, Icon::kTick}});
  return sheet.take();
}

Page compose_contact(const flow::Contact& screen, const View& view) {
  if (screen.line == flow::Contact::Line::kName) return compose_name(screen, view);
  Sheet sheet(view);
  sheet.header();
  const auto& m = sheet.metrics();
  Rect area = sheet.areas().body;
  Rect pad;
  if (m.upright) {
    const float rows = area.height >= 8 * m.target ? 4 : 2;
    pad = {area.x, area.bottom() - rows * m.target, area.width, rows * m.target};
    area.height = pad.y - area.y - m.grid;
  } else {
    const float width = whole(std::max(3.1F * m.target, area.width * 0.33F));
    pad = {area.right() - width, area.y, width, area.height};
    area.width -= width + m.gap;
  }
  lay_number_pad(sheet, digit_keys(), pad);
  // Three targets - phone, name, consent - and the notice between them.
  const float gap = m.grid / 2;
  const Rect phone{area.x, area.y, area.width, m.target};
  const Rect name{area.x, phone.bottom() + gap, area.width, m.target};
  const Rect agree{area.x, area.bottom() - m.target, area.width, m.target};
  const Rect notice{area.x, name.bottom() + gap, area.width, agree.y - name.bottom() - 2 * gap};
  contact_line(sheet, phone, "contact.phone", screen.phone, flow::Contact::Line::kPhone, true);
  contact_line(sheet, name, "contact.name", screen.name.text(), flow::Contact::Line::kName, false);
  contact_notice(sheet, screen, notice);
  sheet.say("contact.title");
  sheet.say("contact.notice");
  sheet.tile(agree, screen.agreed ? Icon::kTick : Icon::kBox, sheet.text("contact.agree"),
             flow::ConsentTapped{}, "contact.agree", screen.agreed);
  sheet.footer(kNotSend, screen.stay, kSend);
  return sheet.take();
}

}  // namespace hailong::kiosk::screens
