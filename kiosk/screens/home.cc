#include <algorithm>
#include <array>
#include <cmath>

#include "core/dossier_code.h"
#include "kiosk/screens/sheet.h"

/// The question with its faces, the thank-you, and what can go wrong between them.
///
/// The contract: five equal columns over the full width, score 1 at the left; a tap at 55 % of the
/// window's height in the middle of a column hits its face at every supported size.

namespace hailong::kiosk::screens {
namespace {

using design::Icon;
using design::Skin;

constexpr float kContractHeight = 0.55F;

std::string score_key(int score) { return "scale.score_" + std::to_string(score); }

/// Where question, cards and the rest of the home screen lie.
struct Rows {
  Rect question;
  Rect cards;
  Rect below;
};

/// A share of the drift against burn-in: a few pixels up and down.
float drift_of(int drift, const design::Metrics& m) {
  constexpr std::array<float, flow::kDriftSteps> kShares = {0,     0.5F,  1,  0.5F,
                                                            0.25F, -0.5F, -1, -0.25F};
  return whole(kShares[static_cast<std::size_t>(drift % flow::kDriftSteps)] * m.grid / 2);
}

Rows rows_of(const Sheet& sheet, int drift) {
  const auto& m = sheet.metrics();
  const Areas& areas = sheet.areas();
  const float line = static_cast<float>(m.window.height) * kContractHeight;
  const float top = areas.body.y;
  const float bottom = areas.footer.y;
  const float highest = m.card * (m.upright ? 2.1F : 1.64F);
  const float least_question = std::min((bottom - top) * 0.36F, whole(m.question * 2.9F));
  const float free = bottom - top - least_question - m.grid;
  const float height = std::min(highest, free);
  // In the middle of what is left, but always across the contract's line.
  float y = top + least_question + (free - height) * 0.35F;
  y = std::clamp(y, line - height * 0.85F, line - height * 0.15F);
  y = whole(std::min(y, bottom - height)) + drift_of(drift, m);
  Rows rows;
  rows.cards = {0, y, static_cast<float>(m.window.width), whole(height)};
  const float room = std::min(y - top, whole(m.question * 4.2F));
  rows.question = {areas.body.x, y - room, areas.body.width, room - m.grid};
  rows.below = {areas.body.x, rows.cards.bottom() + m.grid, areas.body.width,
                areas.footer.bottom() - rows.cards.bottom() - m.grid};
  return rows;
}

Item face_card(const Sheet& sheet, int score, const Rect& row) {
  const auto& m = sheet.metrics();
  const auto place = static_cast<float>(score - 1);
  const float left = whole((row.width - 5 * m.card - 4 * m.gap) / 2);
  const float x = left + place * (m.card + m.gap);
  Item item;
  item.rect = {x, row.y, m.card, row.height};
  // No pixel between two faces is dead.
  const float hit_left = score == 1 ? 0 : x - m.gap / 2;
  const float hit_right = score == 5 ? row.width : x + m.card + m.gap / 2;
  item.hit = {hit_left, row.y - m.grid / 2, hit_right - hit_left, row.height + m.grid};
  item.skin = Skin::kCard;
  const float label_height = 2 * design::line_height(*sheet.view().fonts.fonts().answer);
  const float diameter = m.face;
  // Above the face, between face and label, and below the label: as 5 : 3 : 4.
  const float free = std::max(0.0F, row.height - diameter - label_height);
  const Rect face =
      whole(Rect{x + (m.card - diameter) / 2, row.y + free * 5 / 12, diameter, diameter});
  item.face = PlacedFace{score, {face.x, face.y, diameter, diameter}};
  const float padding = whole(m.card * 0.03F);
  const float label_top = face.bottom() + whole(free * 2 / 12);
  const Rect label{x + padding, label_top, m.card - 2 * padding,
                   row.y + row.height - label_top - std::min(m.grid, free / 12)};
  item.texts.push_back(
      sheet.fitted(TextRole::kAnswer, sheet.theme().text, sheet.text(score_key(score)), label));
  return item;
}

/// The five faces; `held`: the one that was tapped; without `may_tap`, none can be tapped.
void faces(Sheet& sheet, const Rect& row, bool may_tap, int held = 0) {
  for (int score = 1; score <= 5; ++score) {
    Item item = face_card(sheet, score, row);
    item.held = score == held;
    if (may_tap) {
      item.event = flow::FaceTapped{*core::Score::from(score)};
      item.spoken = score_key(score);
    } else {
      item.hit = {};
    }
    sheet.add(std::move(item));
  }
}

/// The way to staff mode: nothing to be seen, in the corner of the header.
void staff_corner(Sheet& sheet) {
  const Rect& bar = sheet.areas().header;
  const float side = sheet.metrics().target;
  Item corner;
  corner.rect = {bar.x, bar.y, side, std::min(side, bar.height)};
  corner.hit = corner.rect;
  corner.event = flow::StaffOpened{};
  corner.gesture = Gesture::kHold;
  sheet.add(std::move(corner));
}

/// What is said below the faces, beside the way to the complaint desk.
void below_faces(Sheet& sheet, const Rect& below, std::string_view hint, bool noted, bool may_tap) {
  const auto& m = sheet.metrics();
  const float height = std::min(m.target, below.height);
  const Rect row{below.x, below.bottom() - height, below.width, height};
  const float width = std::max(m.target * 2, whole(row.width * (m.upright ? 0.42F : 0.24F)));
  const Rect desk{row.right() - width, row.y, width, row.height};
  if (may_tap) {
    Item& item = sheet.keyed(Skin::kButton, desk, "more.complaints",
                             flow::TopicTapped{flow::Topic::kComplaints});
    item.texts = {sheet.fitted(TextRole::kSmall, sheet.theme().accent,
                               sheet.text("more.complaints"), desk.inset(m.grid / 2))};
  }
  // In a tall window the hint keeps close to the cards.
  const bool tall = below.height > 2 * height;
  const Rect text = tall ? Rect{below.x, below.y, below.width, 12 * m.grid}
                         : Rect{row.x, row.y, row.width - width - m.gap, row.height};
  if (!noted) {
    sheet.write(TextRole::kSmall, sheet.theme().muted, hint, text,
                tall ? Align::kCentre : Align::kLeft);
    return;
  }
  Item note;  // news, not the usual words
  note.rect = whole(text.inset(m.grid / 2));
  note.skin = Skin::kNote;
  note.texts.push_back(
      sheet.fitted(TextRole::kBody, sheet.theme().text, hint, note.rect.inset(m.grid)));
  sheet.add(std::move(note));
}

std::string hint_of(const flow::Home& screen, const View& view) {
  if (screen.dossier)
    return view.texts.with("question.dossier", core::masked_dossier(screen.dossier->code));
  if (!view.open) return view.texts["question.closed"];
  if (!screen.published.empty()) {
    return view.texts.with("question.published", view.texts.glued(screen.published));
  }
  return view.texts["question.hint"];
}

/// Something else than the usual words.
bool is_news(const flow::Home& screen, const View& view) {
  return screen.dossier || !view.open || !screen.published.empty();
}

Page question_page(const View& view, const flow::Home& screen, bool may_tap, int held) {
  Sheet sheet(view);
  sheet.header();
  if (may_tap) staff_corner(sheet);
  const Rows rows = rows_of(sheet, screen.drift);
  sheet.write(TextRole::kQuestion, sheet.theme().text, sheet.text("question.text"), rows.question);
  sheet.say("question.text");
  faces(sheet, rows.cards, may_tap, held);
  below_faces(sheet, rows.below, hint_of(screen, view), is_news(screen, view), may_tap);
  Page page = sheet.take();
  page.veil = screen.dim ? 0.55F : 0;
  return page;
}

Page again_page(const View& view, bool may_tap, int held) {
  Sheet sheet(view);
  sheet.header();
  const Rows rows = rows_of(sheet, 0);
  sheet.write(TextRole::kQuestion, sheet.theme().text, sheet.text("question.again"), rows.question);
  sheet.say("question.again");
  faces(sheet, rows.cards, may_tap, held);
  const auto& m = sheet.metrics();
  const float height = std::min(m.target, rows.below.height);
  const float width = whole(rows.below.width * (m.upright ? 0.6F : 0.34F));
  const Rect keep{whole(rows.below.centre_x() - width / 2), rows.below.bottom() - height, width,
                  height};
  Item& item = sheet.keyed(Skin::kButton, keep, "question.keep", flow::KeepTapped{});
  if (!may_tap) item.event.reset();
  return sheet.take();
}

/// Sign, title and sentence in the middle of `area`; returns what is left below.
Rect message(Sheet& sheet, const Rect& area, Sign sign, std::string_view title,
             std::string_view body) {
  const auto& m = sheet.metrics();
  const float size = m.sign;
  const float title_height = whole(m.question * 1.4F);
  const float body_height = whole(m.body * 4.2F);
  const float used = size + title_height + body_height + 3 * m.grid;
  const float top = whole(area.y + std::max(0.0F, (area.height - used) * 0.4F));
  Item picture;
  picture.rect = whole(Rect{area.centre_x() - size / 2, top, size, size});
  picture.sign = PlacedSign{sign, picture.rect};
  sheet.add(std::move(picture));
  const Rect title_box{area.x, top + size + 2 * m.grid, area.width, title_height};
  sheet.write(TextRole::kQuestion, sheet.theme().text, sheet.text(title), title_box);
  const float measure = std::min(area.width, whole(m.body * 26));
  const Rect body_box{whole(area.centre_x() - measure / 2), title_box.bottom() + m.grid, measure,
                      body_height};
  sheet.write(TextRole::kBody, sheet.theme().muted, sheet.text(body), body_box);
  sheet.say(title);
  sheet.say(body);
  return {area.x, body_box.bottom(), area.width, area.bottom() - body_box.bottom()};
}

/// The code for those who would rather answer at home, at the right of `area`, which gives way.
void later_code(Sheet& sheet, Rect& area) {
  const Code& code = sheet.view().later;
  if (code.modules == 0) return;
  const auto& m = sheet.metrics();
  const float caption = whole(m.small * 4.5F);
  const float room = std::min(area.width * 0.34F, area.height - caption);
  const float module = std::floor(room / static_cast<float>(code.modules + 8));
  const float size = module * static_cast<float>(code.modules + 8);
  Rect box;
  if (m.upright) {
    box = {whole(area.centre_x() - size / 2), area.bottom() - size - caption, size, size};
    area.height -= size + caption;
  } else {
    box = {area.right() - size, whole(area.centre_y() - (size + caption) / 2), size, size};
    area.width -= size + m.gap;
  }
  sheet.page().code = PlacedCode{box, code.modules, code.dark};
  const float wider = m.upright ? box.width : 0;
  sheet.write(TextRole::kSmall, sheet.theme().muted, sheet.text("thanks.later"),
              {box.x - wider / 2, box.bottom(), box.width + wider, caption});
}

}  // namespace

Page compose_home(const flow::Home& screen, const View& view) {
  return question_page(view, screen, true, 0);
}

Page compose_saving(const flow::Saving& screen, const View& view) {
  if (screen.correcting) return again_page(view, false, screen.score.value());
  flow::Home home;
  home.drift = screen.drift;
  return question_page(view, home, false, screen.score.value());
}

Page compose_again(const flow::ChooseAgain& /*screen*/, const View& view) {
  return again_page(view, true, 0);
}

Page compose_thanks(const flow::Thanks& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  const auto& m = sheet.metrics();
  Rect area = sheet.areas().body;
  area.height = sheet.areas().footer.y - area.y - m.grid;
  if (screen.may_say_more) later_code(sheet, area);
  // At the bottom: what can be done, and how long this stays.
  const float countdown_height = whole(m.small * 1.6F);
  area.height -= countdown_height;
  const Rect countdown{area.x, area.bottom(), area.width, countdown_height};
  message(sheet, area, Sign::kTick, "thanks.title", "thanks.body");
  if (screen.visit.contact_number != 0) {
    sheet.write(
        TextRole::kBody, sheet.theme().text,
        view.texts.with("thanks.contact_number", std::to_string(screen.visit.contact_number)),
        {area.x, area.bottom() - whole(m.body * 2), area.width, whole(m.body * 2)});
  }
  sheet.write(TextRole::kSmall, sheet.theme().muted,
              view.texts.with("thanks.countdown", std::to_string(std::max(1, screen.seconds_left))),
              countdown);
  const auto halves = split(sheet.areas().footer, std::array{1.0F, 1.0F}, m.gap);
  if (screen.may_say_more) {
    sheet.keyed(Skin::kPrimary, screen.may_choose_again ? halves[1] : sheet.areas().footer,
                "thanks.say_more", flow::SayMoreTapped{}, Icon::kReasons);
  }
  if (screen.may_choose_again) {
    sheet.keyed(Skin::kButton, halves[0], "thanks.choose_again", flow::ChooseAgainTapped{});
  }
  return sheet.take();
}

Page compose_sorry(const flow::Sorry& screen, const View& view) {
  Sheet sheet(view);
  sheet.header();
  Rect area = sheet.areas().body;
  area.height = sheet.areas().footer.bottom() - area.y;
  message(sheet, area, Sign::kAlert, "sorry.title",
          screen.rating_stands ? "sorry.more_body" : "sorry.body");
  return sheet.take();
}

}  // namespace hailong::kiosk::screens
