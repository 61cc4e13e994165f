#include "kiosk/screens/layout.h"

#include <algorithm>
#include <cmath>

#include "kiosk/design/tokens.h"

namespace hailong::kiosk::screens {
namespace {

using design::Align;
using design::Fonts;
using design::Metrics;
using design::Rect;

struct Setting {
  const Metrics& metrics;
  const Fonts& fonts;
  const Texts& texts;

  [[nodiscard]] float width() const { return static_cast<float>(metrics.window.width); }
  [[nodiscard]] float height() const { return static_cast<float>(metrics.window.height); }
  [[nodiscard]] float inner_width() const { return width() - 2 * metrics.margin; }
};

float whole(float value) { return std::round(value); }

Rect whole(const Rect& rect) {
  return {whole(rect.x), whole(rect.y), whole(rect.width), whole(rect.height)};
}

void lay_out_header(Layout& layout, const Setting& at, const Place& place) {
  const Metrics& m = at.metrics;
  layout.header = {0, 0, at.width(), m.header};
  const float line = design::line_height(*at.fonts.body);
  const float small_line = design::line_height(*at.fonts.small);
  const float top = whole((m.header - line - small_line) / 2);
  const float counter_width = whole(at.inner_width() * 0.3F);
  const float left_width = at.inner_width() - counter_width - m.gap;
  layout.unit = design::set_line(*at.fonts.body, design::kOnAccent, place.unit,
                                 {m.margin, top, left_width, line}, Align::kLeft);
  layout.place = design::set_line(*at.fonts.small, design::kOnAccentMuted, place.place,
                                  {m.margin, top + line, left_width, small_line}, Align::kLeft);
  layout.counter = design::set_line(
      *at.fonts.body, design::kOnAccent, place.counter,
      {at.width() - m.margin - counter_width, 0, counter_width, m.header}, Align::kRight);
}

/// The first card. Its height and middle are shares of the window's height, so that it spans the
/// contract's 55 % at every size.
Rect card_row(const Setting& at) {
  const Metrics& m = at.metrics;
  const float ratio = m.upright ? 2.1F : 1.64F;
  const float height = whole(std::min(m.card * ratio, at.height() * 0.455F));
  const float middle = at.height() * (m.upright ? 0.56F : 0.605F);
  return whole(Rect{m.margin, middle - height / 2, m.card, height});
}

void lay_out_faces(Layout& layout, const Setting& at) {
  const Metrics& m = at.metrics;
  const Rect row = card_row(at);
  const float pitch = row.width + m.gap;
  const float left = whole((at.width() - 5 * row.width - 4 * m.gap) / 2);
  const float padding = whole(row.width * 0.04F);
  const float label_height = 2 * design::line_height(*at.fonts.answer);
  const float diameter = whole(std::min(row.width * 0.76F, row.height - label_height - 7 * m.grid));
  // Above the face, between face and label, and below the label: as 5 : 3 : 4.
  const float free = row.height - diameter - label_height;
  for (std::size_t i = 0; i < layout.faces.size(); ++i) {
    FaceCard& face = layout.faces[i];
    const float x = left + static_cast<float>(i) * pitch;
    face.card = {x, row.y, row.width, row.height};
    const float hit_left = i == 0 ? 0 : x - m.gap / 2;
    const float hit_right = i == 4 ? at.width() : x + row.width + m.gap / 2;
    face.hit = {hit_left, row.y - m.gap / 2, hit_right - hit_left, row.height + m.gap};
    face.face =
        whole(Rect{x + (row.width - diameter) / 2, row.y + free * 5 / 12, diameter, diameter});
    face.label = design::set_text(*at.fonts.answer, design::kText, at.texts.scale[i],
                                  {x + padding, face.face.bottom() + whole(free * 3 / 12),
                                   row.width - 2 * padding, label_height});
  }
}

Button make_button(const Setting& at, const std::string& text, float middle) {
  const Metrics& m = at.metrics;
  const float width = whole(design::text_width(*at.fonts.answer, text) + m.button * 1.2F);
  const Rect rect = whole(Rect{(at.width() - width) / 2, middle - m.button / 2, width, m.button});
  return {rect, design::set_line(*at.fonts.answer, design::kAccent, text, rect, Align::kCentre)};
}

void lay_out_question(Layout& layout, const Setting& at) {
  const Metrics& m = at.metrics;
  const float top = layout.faces[0].card.y;
  const float bottom = layout.faces[0].card.bottom();
  const Rect above{m.margin, m.header, at.inner_width(), top - m.header};
  const Rect below{m.margin, bottom, at.inner_width(), at.height() - bottom};
  // An upright window has more room than texts: there they keep close to the cards.
  const float lines = 3 * design::line_height(*at.fonts.question);
  const Rect close_above{m.margin, top - lines - 4 * m.grid, at.inner_width(), lines};
  const Rect close_below{m.margin, bottom + m.grid, at.inner_width(), 14 * m.grid};
  const Rect& question = m.upright ? close_above : above;
  const Rect& rest = m.upright ? close_below : below;
  layout.question =
      design::set_text(*at.fonts.question, design::kText, at.texts.question, question);
  layout.again = design::set_text(*at.fonts.question, design::kText, at.texts.again, question);
  layout.hint = design::set_text(*at.fonts.small, design::kMuted, at.texts.hint, rest);
  layout.keep = make_button(at, at.texts.keep, rest.centre_y());
}

/// Sign, title and sentence as one group whose first pixel is at `top`.
Message make_message(const Setting& at, const std::string& title, const std::string& body,
                     float top) {
  const Metrics& m = at.metrics;
  const float sign = whole(m.question * 2.5F);
  const float measure = std::min(at.inner_width(), whole(m.body * 26));
  const float left = (at.width() - measure) / 2;
  Message message;
  message.sign = whole(Rect{(at.width() - sign) / 2, top, sign, sign});
  const Rect title_box{m.margin, message.sign.bottom() + 4 * m.grid, at.inner_width(),
                       design::line_height(*at.fonts.question)};
  message.title = design::set_text(*at.fonts.question, design::kText, title, title_box);
  const auto lines = design::break_lines(*at.fonts.body, body, measure).size();
  const Rect body_box{left, title_box.bottom() + 2 * m.grid, measure,
                      static_cast<float>(lines) * design::line_height(*at.fonts.body)};
  message.body = design::set_text(*at.fonts.body, design::kMuted, body, body_box);
  return message;
}

/// Centres a group between header and bottom edge, a little above the middle as the eye expects.
float group_top(const Setting& at, float height) {
  const float free = at.height() - at.metrics.header - height;
  return whole(at.metrics.header + free * 0.45F);
}

float height_of(const Message& message) { return message.body.box.bottom() - message.sign.y; }

void lay_out_messages(Layout& layout, const Setting& at) {
  const Metrics& m = at.metrics;
  const Texts& texts = at.texts;
  const float small_line = design::line_height(*at.fonts.small);
  const float tail = 5 * m.grid + m.button + 3 * m.grid + small_line;
  const Message trial = make_message(at, texts.thanks_title, texts.thanks_body, 0);
  layout.thanks = make_message(at, texts.thanks_title, texts.thanks_body,
                               group_top(at, height_of(trial) + tail));
  const float button_top = layout.thanks.body.box.bottom() + 5 * m.grid;
  layout.choose_again = make_button(at, texts.choose_again, button_top + m.button / 2);
  const Rect countdown{m.margin, button_top + m.button + 3 * m.grid, at.inner_width(), small_line};
  for (std::size_t i = 0; i < layout.countdown.size(); ++i) {
    layout.countdown[i] =
        design::set_line(*at.fonts.small, design::kMuted,
                         texts.countdown_before + std::to_string(i + 1) + texts.countdown_after,
                         countdown, Align::kCentre);
  }
  const Message sorry = make_message(at, texts.sorry_title, texts.sorry_body, 0);
  layout.sorry =
      make_message(at, texts.sorry_title, texts.sorry_body, group_top(at, height_of(sorry)));
}

}  // namespace

Layout lay_out(const Metrics& metrics, const Fonts& fonts, const Texts& texts, const Place& place) {
  const Setting at{metrics, fonts, texts};
  Layout layout;
  layout.metrics = metrics;
  lay_out_header(layout, at, place);
  lay_out_faces(layout, at);
  lay_out_question(layout, at);
  lay_out_messages(layout, at);
  return layout;
}

}  // namespace hailong::kiosk::screens
