#include "kiosk/screens/screens.h"

#include <imgui.h>

#include <algorithm>

#include "kiosk/design/tokens.h"

namespace hailong::kiosk::screens {
namespace {

using design::Rect;
using flow::Event;

ImU32 packed(design::Colour colour) { return IM_COL32(colour.red, colour.green, colour.blue, 255); }

void draw_block(const design::TextBlock& block, float lower_by = 0) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const design::Line& line : block.lines) {
    list.AddText(block.font, block.font->FontSize, {line.x, line.y + lower_by},
                 packed(block.colour), line.text.data(), line.text.data() + line.text.size());
  }
}

/// Places a picture so that the thing in it covers `rect`.
void draw_sprite(const Sprite& sprite, const Rect& rect) {
  const ImVec2 from{rect.x - sprite.margin, rect.y - sprite.margin};
  ImGui::GetWindowDrawList()->AddImage(sprite.texture, from,
                                       {from.x + sprite.width, from.y + sprite.height});
}

void draw_pressable(const Pressable& thing, const Rect& rect, bool pressed) {
  draw_sprite(pressed ? thing.pressed : thing.resting, rect);
}

struct Touch {
  bool pressed = false;  // a finger is on it
  bool tapped = false;   // a finger was lifted from it
};

Touch touch(const char* id, const Rect& rect) {
  ImGui::SetCursorScreenPos({rect.x, rect.y});
  const bool tapped = ImGui::InvisibleButton(id, {rect.width, rect.height});
  return {ImGui::IsItemActive() && ImGui::IsItemHovered(), tapped};
}

/// The rest of the screen. Must come after everything else that can be touched.
bool touch_elsewhere() {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  return touch("elsewhere", {0, 0, size.x, size.y}).tapped;
}

void draw_header(const Layout& layout) {
  const Rect& header = layout.header;
  ImGui::GetWindowDrawList()->AddRectFilled({header.x, header.y}, {header.right(), header.bottom()},
                                            packed(design::kAccent));
  draw_block(layout.unit);
  draw_block(layout.place);
  draw_block(layout.counter);
}

void draw_face(const View& view, std::size_t index, bool pressed) {
  const FaceCard& face = view.layout.faces[index];
  draw_pressable(view.sprites.card, face.card, pressed);
  draw_pressable(view.sprites.faces[index], face.face, pressed);
  draw_block(face.label);
}

/// The five faces, to be tapped.
std::optional<core::Score> ask_score(const View& view) {
  std::optional<core::Score> tapped;
  for (std::size_t i = 0; i < view.layout.faces.size(); ++i) {
    const int value = static_cast<int>(i) + 1;
    ImGui::PushID(value);
    const Touch state = touch("face", view.layout.faces[i].hit);
    ImGui::PopID();
    if (state.tapped) tapped = core::Score::from(value);
    draw_face(view, i, state.pressed || state.tapped);
  }
  return tapped;
}

bool ask_button(const char* id, const Button& button, const Pressable& picture) {
  const Touch state = touch(id, button.rect);
  draw_pressable(picture, button.rect, state.pressed);
  draw_block(button.label);
  return state.tapped;
}

void draw_message(const Message& message, const Sprite& sign) {
  draw_sprite(sign, message.sign);
  draw_block(message.title);
  draw_block(message.body);
}

std::optional<Event> draw_screen(const flow::Home& /*screen*/, const View& view) {
  draw_block(view.layout.question);
  draw_block(view.layout.hint);
  if (const auto score = ask_score(view)) return flow::FaceTapped{*score};
  return std::nullopt;
}

std::optional<Event> draw_screen(const flow::Saving& screen, const View& view) {
  const bool again = screen.correcting.has_value();
  draw_block(again ? view.layout.again : view.layout.question);
  if (!again) draw_block(view.layout.hint);
  for (std::size_t i = 0; i < view.layout.faces.size(); ++i) {
    draw_face(view, i, screen.score.value() == static_cast<int>(i) + 1);
  }
  if (again) {
    draw_pressable(view.sprites.keep, view.layout.keep.rect, false);
    draw_block(view.layout.keep.label);
  }
  return std::nullopt;
}

std::optional<Event> draw_screen(const flow::Thanks& screen, const View& view) {
  const Layout& layout = view.layout;
  draw_message(layout.thanks, view.sprites.tick);
  std::optional<Event> event;
  if (screen.may_choose_again) {
    if (ask_button("choose again", layout.choose_again, view.sprites.choose_again)) {
      event = flow::ChooseAgainTapped{};
    }
  }
  const int shown = std::clamp(screen.seconds_left, 1, static_cast<int>(layout.countdown.size()));
  const design::TextBlock& countdown = layout.countdown[static_cast<std::size_t>(shown - 1)];
  // Without the button the line moves up into its place.
  draw_block(countdown, screen.may_choose_again ? 0 : layout.choose_again.rect.y - countdown.box.y);
  if (touch_elsewhere()) event = flow::ElsewhereTapped{};
  return event;
}

std::optional<Event> draw_screen(const flow::ChooseAgain& /*screen*/, const View& view) {
  draw_block(view.layout.again);
  std::optional<Event> event;
  if (const auto score = ask_score(view)) event = flow::FaceTapped{*score};
  if (ask_button("keep", view.layout.keep, view.sprites.keep)) event = flow::KeepTapped{};
  if (touch_elsewhere()) event = flow::ElsewhereTapped{};
  return event;
}

std::optional<Event> draw_screen(const flow::Sorry& /*screen*/, const View& view) {
  draw_message(view.layout.sorry, view.sprites.alert);
  if (touch_elsewhere()) return flow::ElsewhereTapped{};
  return std::nullopt;
}

}  // namespace

std::optional<Event> draw(const flow::Screen& screen, const View& view) {
  draw_header(view.layout);
  // A press that began on one screen must not end as a tap on what the next screen has in its
  // place.
  ImGui::PushID(static_cast<int>(screen.index()));
  const auto event =
      std::visit([&view](const auto& shown) { return draw_screen(shown, view); }, screen);
  ImGui::PopID();
  return event;
}

}  // namespace hailong::kiosk::screens
