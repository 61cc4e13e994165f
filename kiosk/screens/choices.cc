#include <algorithm>
#include <array>

#include "core/text.h"
#include "kiosk/screens/sheet.h"

/// The pages of the follow-up that are answered by choosing.

namespace hailong::kiosk::screens {
namespace {

using design::Icon;
using design::Skin;
using Action = Sheet::Action;

const std::array kBack = {Action{"buttons.back", flow::BackTapped{}, Skin::kButton, Icon::kBack}};
const std::array kDone = {Action{"buttons.done", flow::DoneTapped{}, Skin::kPrimary, Icon::kTick}};

/// One cell of a page of choices.
struct Cell {
  std::string text;
  flow::Event event;
  std::string spoken;  // key; empty for names of the configuration
  bool chosen = false;
  std::optional<Icon> icon;
  std::optional<std::size_t> officer;  // by place in Survey::officers: shown with a face
};

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
  item.photo = PlacedPhoto{officer, disc};
  item.texts.clear();
  if (sheet.view().survey.officers[officer].photo.empty()) {
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

/// Tiles in one text size.
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

/// Puts cells as tiles into the middle of `area`, as many columns as look best.
void tiles(Sheet& sheet, const Rect& area, const std::vector<Cell>& cells) {
  if (cells.empty()) return;
  const auto& m = sheet.metrics();
  const int count = static_cast<int>(cells.size());
  const float gap = m.gap;
  const int columns = columns_for(area, count, gap, m.target);
  const auto places = grid(area, count, columns, gap, whole(m.target * 1.7F));
  put(sheet, places, cells);
}

/// A list that may be longer than the page: rows of cells, turned by buttons, no scrolling.
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

const flow::Question* find_question(const flow::Survey& survey, std::string_view id) {
  for (const auto* questions : {&survey.official, &survey.statements}) {
    for (const flow::Question& question : *questions) {
      if (question.id == id) return &question;
    }
  }
  return nullptr;
}

/// The key of a choice's text: statements are answered on the scale of five.
std::string choice_key(const flow::Question& question, std::size_t choice) {
  const std::string& id = question.choices[choice].id;
  return question.choices.size() == 5 ? "scale.score_" + id : "choices." + question.id + "_" + id;
}

void question_row(Sheet& sheet, const Rect& row, int place, const flow::Questions::Asked& asked) {
  const flow::Question* question = find_question(sheet.view().survey, asked.question);
  if (question == nullptr) return;
  const auto& m = sheet.metrics();
  const std::string key = "questions." + question->id;
  Rect text = row;
  Rect choices = row;
  if (m.upright) {
    text.height = row.height - m.target;
    choices = {row.x, row.bottom() - m.target, row.width, m.target};
  } else {
    text.width = whole(row.width * 0.36F);
    choices = {row.x + text.width + m.grid, row.y, row.width - text.width - m.grid, row.height};
  }
  sheet.write(TextRole::kAnswer, sheet.theme().text, sheet.text(key), text, Align::kLeft);
  const auto count = static_cast<int>(question->choices.size());
  std::vector<Cell> answers;
  for (int i = 0; i < count; ++i) {
    const std::string spoken = choice_key(*question, static_cast<std::size_t>(i));
    answers.push_back(
        {sheet.text(spoken), flow::AnswerTapped{place, i}, spoken, asked.choice == i, {}, {}});
  }
  put(sheet, grid(choices, count, count, m.grid / 2, choices.height), answers);
  sheet.say(key);
}

}  // namespace

Page compose_reasons(const flow::Reasons& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  Rect area = sheet.areas().body;
  const int score = screen.visit.score.value();
  sheet.title(score <= 2   ? "reasons.title_low"
              : score == 3 ? "reasons.title_middle"
                           : "reasons.title_high",
              area);
  const auto& m = sheet.metrics();
  const Rect note{area.x, area.y, area.width, whole(m.small * 1.5F)};
  sheet.write(TextRole::kSmall, sheet.theme().muted, sheet.text("reasons.note"), note);
  area.y += note.height;
  area.height -= note.height;
  std::vector<Cell> cells;
  const auto& offered = view.survey.reasons(screen.visit.score);
  for (std::size_t i = 0; i < offered.size(); ++i) {
    const std::string key = "reasons." + offered[i].id;
    cells.push_back({sheet.text(key),
                     flow::ChoiceTapped{static_cast<int>(i)},
                     key,
                     i < screen.chosen.size() && screen.chosen[i],
                     {},
                     {}});
  }
  tiles(sheet, area, cells);
  sheet.footer(
      std::array{Action{"buttons.next", flow::NextTapped{}, Skin::kButton, Icon::kForward}},
      screen.stay, kDone);
  return sheet.take();
}

Page compose_more(const flow::FollowUp& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  Rect area = sheet.areas().body;
  sheet.title("more.title", area);
  const flow::Visit& visit = screen.visit;
  std::vector<Cell> cells;
  const auto offer = [&](std::string_view key, flow::Topic topic, Icon icon, bool done) {
    cells.push_back({sheet.text(key), flow::TopicTapped{topic}, std::string(key), done, icon, {}});
  };
  offer("more.reasons", flow::Topic::kReasons, Icon::kReasons, has_answered(visit, "reasons"));
  offer("more.questions", flow::Topic::kQuestions, Icon::kQuestion, has_answered(visit, "purpose"));
  if (!view.survey.fields.empty()) {
    offer("more.procedure", flow::Topic::kProcedure, Icon::kDossier,
          has_answered(visit, "field") || visit.dossier);
  }
  if (view.survey.counters.size() + view.survey.officers.size() > 1) {
    offer("more.counter", flow::Topic::kCounter, Icon::kCounter,
          has_answered(visit, "counter") || has_answered(visit, "officer"));
  }
  if (view.survey.takes_words) {
    offer("more.words", flow::Topic::kWords, Icon::kPen, visit.wrote);
  }
  if (view.survey.takes_contact) {
    offer("more.contact", flow::Topic::kContact, Icon::kPhone, visit.contact != 0);
  }
  offer("more.extra_payment", flow::Topic::kExtraPayment, Icon::kCoin,
        has_answered(visit, "extra-payment"));
  offer("more.assisted", flow::Topic::kAssisted, Icon::kHelpingHand,
        has_chosen(visit, "assisted", "yes"));
  offer("more.complaints", flow::Topic::kComplaints, Icon::kInfo, false);
  tiles(sheet, area, cells);
  if (screen.stay.until != 0) sheet.footer(kBack, screen.stay, kDone);
  return sheet.take();
}

Page compose_purpose(const flow::Purpose& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  Rect area = sheet.areas().body;
  sheet.title("purposes.title", area);
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < view.survey.purposes.size(); ++i) {
    const std::string& id = view.survey.purposes[i].id;
    const std::string key = "purposes." + id;
    cells.push_back({sheet.text(key),
                     flow::ChoiceTapped{static_cast<int>(i)},
                     key,
                     has_chosen(screen.visit, "purpose", id),
                     {},
                     {}});
  }
  tiles(sheet, area, cells);
  sheet.footer(kBack, screen.stay, kDone);
  return sheet.take();
}

Page compose_questions(const flow::Questions& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  const auto& m = sheet.metrics();
  const Rect& area = sheet.areas().body;
  const int count = static_cast<int>(screen.asked.size());
  const float free = area.height - m.target * static_cast<float>(count);
  const float gap =
      std::clamp(free / static_cast<float>(std::max(1, count - 1)), 1.0F, m.grid * 1.5F);
  const float highest = m.upright ? m.target * 2 : m.target * 1.25F;
  const auto rows = grid(area, count, 1, gap, highest);
  for (int i = 0; i < count; ++i) {
    question_row(sheet, rows[static_cast<std::size_t>(i)], i,
                 screen.asked[static_cast<std::size_t>(i)]);
  }
  sheet.footer(kBack, screen.stay, kDone);
  return sheet.take();
}

Page compose_fields(const flow::Fields& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  Rect area = sheet.areas().body;
  sheet.title("procedures.fields_title", area);
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < view.survey.fields.size(); ++i) {
    const flow::Field& field = view.survey.fields[i];
    cells.push_back({view.texts.glued(field.name),
                     flow::ChoiceTapped{static_cast<int>(i)},
                     {},
                     has_chosen(screen.visit, "field", field.id.value),
                     {},
                     {}});
  }
  list(sheet, area, cells, screen.page);
  sheet.footer(
      kBack, screen.stay,
      std::array{Action{"buttons.search", flow::SearchTapped{}, Skin::kButton, Icon::kSearch},
                 kDone.front()});
  return sheet.take();
}

Page compose_procedures(const flow::Procedures& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  Rect area = sheet.areas().body;
  sheet.title("procedures.title", area);
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < view.survey.procedures.size(); ++i) {
    const flow::Procedure& procedure = view.survey.procedures[i];
    if (procedure.field != screen.field) continue;
    cells.push_back({view.texts.glued(procedure.name),
                     flow::ChoiceTapped{static_cast<int>(i)},
                     {},
                     has_chosen(screen.visit, "procedure", procedure.code),
                     {},
                     {}});
  }
  list(sheet, area, cells, screen.page);
  sheet.footer(
      kBack, screen.stay,
      std::array{Action{"buttons.search", flow::SearchTapped{}, Skin::kButton, Icon::kSearch},
                 kDone.front()});
  return sheet.take();
}

Page compose_counters(const flow::Counters& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  Rect area = sheet.areas().body;
  sheet.title("counters.title", area);
  std::vector<Cell> cells;
  const auto& survey = view.survey;
  for (std::size_t i = 0; i < survey.counters.size(); ++i) {
    const flow::Counter& counter = survey.counters[i];
    cells.push_back({counter.name,
                     flow::ChoiceTapped{static_cast<int>(i)},
                     {},
                     has_chosen(screen.visit, "counter", counter.id.value),
                     Icon::kCounter,
                     {}});
  }
  for (std::size_t i = 0; i < survey.officers.size(); ++i) {
    const flow::Officer& officer = survey.officers[i];
    Cell cell{officer.name, flow::ChoiceTapped{static_cast<int>(survey.counters.size() + i)},
              {},           has_chosen(screen.visit, "officer", officer.id),
              {},           i};
    cells.push_back(std::move(cell));
  }
  list(sheet, area, cells, screen.page);
  sheet.footer(kBack, screen.stay, kDone);
  return sheet.take();
}

Page compose_extra_payment(const flow::ExtraPayment& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  const auto& m = sheet.metrics();
  Rect area = sheet.areas().body;
  const Rect question{area.x, area.y, area.width, whole(area.height * 0.36F)};
  sheet.write(TextRole::kQuestion, sheet.theme().text, sheet.text("extra_payment.title"), question);
  sheet.say("extra_payment.title");
  const Rect note{area.x, area.bottom() - whole(m.small * 3), area.width, whole(m.small * 3)};
  sheet.write(TextRole::kSmall, sheet.theme().muted, sheet.text("extra_payment.note"), note);
  area = {area.x, question.bottom() + m.grid, area.width, note.y - question.bottom() - 2 * m.grid};
  std::vector<Cell> cells;
  const auto& choices = view.survey.extra_payment.choices;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const std::string key = "extra_payment." + choices[i].id;
    cells.push_back({sheet.text(key),
                     flow::ChoiceTapped{static_cast<int>(i)},
                     key,
                     has_chosen(screen.visit, "extra-payment", choices[i].id),
                     {},
                     {}});
  }
  tiles(sheet, area, cells);
  sheet.footer(kBack, screen.stay, kDone);
  return sheet.take();
}

Page compose_complaints(const flow::Complaints& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  const auto& m = sheet.metrics();
  Rect area = sheet.areas().body;
  sheet.title("complaints.title", area);
  const float measure = std::min(area.width, whole(m.body * 30));
  area = {whole(area.centre_x() - measure / 2), area.y, measure, area.height};
  const auto& desk = view.survey.complaints;
  std::vector<std::pair<std::string, TextRole>> lines = {
      {sheet.text("complaints.body"), TextRole::kBody}};
  if (!desk.place.empty()) {
    lines.emplace_back(view.texts.with("complaints.place", desk.place), TextRole::kAnswer);
  }
  if (!desk.hours.empty()) {
    lines.emplace_back(view.texts.with("complaints.hours", desk.hours), TextRole::kAnswer);
  }
  if (!desk.phone.empty()) {
    lines.emplace_back(view.texts.with("complaints.phone", desk.phone), TextRole::kAnswer);
  }
  const auto rows = grid(area, static_cast<int>(lines.size()), 1, m.grid, whole(m.answer * 3.4F));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    sheet.write(lines[i].second, sheet.theme().text, lines[i].first, rows[i]);
  }
  sheet.say("complaints.body");
  sheet.footer(kBack, screen.stay, {});
  return sheet.take();
}

}  // namespace hailong::kiosk::screens
