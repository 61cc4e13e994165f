#include "kiosk/screens/cells.h"

#include <algorithm>

#include "core/text.h"

namespace hailong::kiosk::screens {
namespace {

using design::Icon;
using design::Skin;

/// The first letters of an officer's last two names: "Nguyễn Văn An" -> "VA".
std::string initials(std::string_view name) {
  std::u32string letters;
  bool at_start = true;
  for (const char32_t c : core::code_points(name)) {
    if (at_start && core::belongs_to_word(c)) letters.push_back(c);
    at_start = core::is_white_space(c);
  }
  constexpr std::size_t kMost = 2;
  if (letters.size() > kMost) letters.erase(0, letters.size() - kMost);
  return core::utf8(letters);
}

/// An officer's tile: photo or initials in a disc, and the name.
void officer_tile(Sheet& sheet, const Rect& rect, std::size_t officer, flow::Event event,
                  bool chosen) {
  const auto& m = sheet.metrics();
  const std::string& name = sheet.view().survey.officers[officer].name;
  Item& item = sheet.tile(rect, std::nullopt, "", std::move(event), {}, chosen);
  item.icon.reset();
  const float size = m.photo;
  const Rect disc = whole(Rect{rect.x + 2 * m.grid, rect.centre_y() - size / 2, size, size});
  const auto state = chosen ? design::State::kChosen : design::State::kResting;
  const design::Colour colour = design::text_on(sheet.theme(), Skin::kTile, state);
  item.texts.clear();
  const Photos& photos = sheet.view().photos;
  if (officer < photos.size() && photos[officer] != nullptr) {
    item.photo = PlacedPhoto{officer, disc};
  } else {
    item.texts.push_back(sheet.fitted(TextRole::kAnswer, colour, initials(name), disc));
  }
  float right = rect.right() - 2 * m.grid;
  if (chosen) {
    right -= m.icon;
    item.icon = PlacedIcon{Icon::kTick, colour,
                           whole(Rect{right, rect.centre_y() - m.icon / 2, m.icon, m.icon})};
  }
  const float left = disc.right() + m.grid;
  item.texts.push_back(sheet.fitted(TextRole::kAnswer, colour, name,
                                    {left, rect.y, right - left, rect.height}, Align::kLeft));
}

}  // namespace

void put(Sheet& sheet, const std::vector<Rect>& places, std::span<const Cell> cells) {
  std::vector<std::string> texts;
  for (const Cell& cell : cells) texts.push_back(cell.text);
  const bool has_icons = std::any_of(cells.begin(), cells.end(),
                                     [](const Cell& cell) { return cell.icon || cell.chosen; });
  const Rect words = sheet.words_of_tile(places.front(), has_icons);
  const ImFont* font = sheet.common_font(texts, words.width, words.height);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    if (cell.officer) {
      officer_tile(sheet, places[i], *cell.officer, cell.event, cell.chosen);
      continue;
    }
    sheet.tile(places[i], cell.icon, cell.text, cell.event, cell.spoken, cell.chosen, font);
  }
}

void tiles(Sheet& sheet, const Rect& area, const std::vector<Cell>& cells) {
  if (cells.empty()) return;
  const auto& m = sheet.metrics();
  const int count = static_cast<int>(cells.size());
  const float gap = m.gap;
  const int columns = columns_for(area, count, gap, m.target);
  const auto places = grid(area, count, columns, gap, whole(m.target * 1.7F));
  put(sheet, places, cells);
}

void list(Sheet& sheet, Rect area, const std::vector<Cell>& cells, int page) {
  const auto& m = sheet.metrics();
  const int columns = m.upright ? 1 : 2;
  const float gap = m.grid;
  const int rows = std::max(1, static_cast<int>((area.height + gap) / (m.target + gap)));
  const int per_page = rows * columns;
  const int count = static_cast<int>(cells.size());
  const int shown = sheet.pager(area, count, per_page, page);
  const int first = shown * per_page;
  const int here = std::min(per_page, count - first);
  if (here <= 0) return;
  const auto places = grid(area, per_page, columns, gap, whole(m.target * 1.5F));
  put(sheet, places,
      std::span(cells).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(here)));
}

bool has_chosen(const flow::Visit& visit, std::string_view question, std::string_view choice) {
  const core::Answer* answer = visit.answer(question);
  return answer != nullptr &&
         std::find(answer->choices.begin(), answer->choices.end(), choice) != answer->choices.end();
}

bool has_answered(const flow::Visit& visit, std::string_view question) {
  const core::Answer* answer = visit.answer(question);
  return answer != nullptr && !answer->choices.empty();
}

}  // namespace hailong::kiosk::screens
