#include <algorithm>
#include <array>

#include "kiosk/screens/cells.h"

/// The pages of the follow-up that are answered by choosing.

namespace hailong::kiosk::screens {
namespace {

using design::Icon;
using design::Skin;
using Action = Sheet::Action;

/// The key of a choice's text: statements are answered on the scale of five.
std::string choice_key(const flow::Question& question, std::size_t choice) {
  const std::string& id = question.choices[choice].id;
  return question.choices.size() == 5 ? "scale.score_" + id : "choices." + question.id + "_" + id;
}

void question_row(Sheet& sheet, const Rect& row, int place, const flow::Questions::Asked& asked) {
  const flow::Question* question = flow::find_question(sheet.view().survey, asked.question);
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
