#include "kiosk/design/pictures.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "kiosk/design/signs.h"

namespace hailong::kiosk::design {
namespace {

constexpr Skin kFirstSkins[] = {Skin::kCard, Skin::kButton, Skin::kSwitch};
constexpr Icon kFirstIcons[] = {Icon::kText, Icon::kContrast, Icon::kLanguage, Icon::kSpeakerOff,
                                Icon::kLower};

ImU32 packed(Colour colour, std::uint8_t alpha = 255) {
  return IM_COL32(colour.red, colour.green, colour.blue, alpha);
}

void fill(ImDrawList& list, const Rect& rect, ImU32 colour) {
  if (rect.width <= 0 || rect.height <= 0) return;
  list.AddRectFilled({rect.x, rect.y}, {rect.right(), rect.bottom()}, colour);
}

void draw_whole(ImDrawList& list, render::Texture texture, const Rect& rect,
                ImU32 tint = IM_COL32_WHITE) {
  if (texture == nullptr) return;
  list.AddImage(texture, {rect.x, rect.y}, {rect.right(), rect.bottom()}, {0, 0}, {1, 1}, tint);
}

bool is_pill(Skin skin) { return skin == Skin::kButton || skin == Skin::kPrimary; }

}  // namespace

Pictures::Pictures(const Theme& theme, const Metrics& metrics, render::Renderer& renderer)
    : theme_(theme), metrics_(metrics), renderer_(renderer) {}

Pictures::~Pictures() {
  for (const render::Texture texture : textures_) renderer_.remove(texture);
}

core::Result<std::unique_ptr<Pictures>> Pictures::load_first(const Theme& theme,
                                                             const Metrics& metrics,
                                                             render::Renderer& renderer) {
  std::unique_ptr<Pictures> pictures(new Pictures(theme, metrics, renderer));
  for (const Skin skin : kFirstSkins) pictures->add_skin(skin, State::kResting);
  for (int score = 1; score <= 5; ++score) pictures->add_face(*core::Score::from(score), false);
  for (const Icon icon : kFirstIcons) pictures->add_large_icon(icon);
  if (auto done = pictures->outcome(); !done) return core::Failure(done.error());
  return pictures;
}

core::Result<void> Pictures::load_rest() {
  if (complete_) return {};
  for (std::size_t skin = 0; skin < kSkins; ++skin) {
    for (std::size_t state = 0; state < kStates; ++state) {
      add_skin(static_cast<Skin>(skin), static_cast<State>(state));
    }
  }
  focus_box_ = add(paint_focus(theme_, metrics_, Skin::kTile));
  focus_pill_ = add(paint_focus(theme_, metrics_, Skin::kButton));
  for (int score = 1; score <= 5; ++score) add_face(*core::Score::from(score), true);
  for (std::size_t icon = 0; icon < kIcons; ++icon) {
    add_large_icon(static_cast<Icon>(icon));
    add_small_icon(static_cast<Icon>(icon));
  }
  tick_ = add(paint_tick(theme_, static_cast<int>(metrics_.sign)));
  alert_ = add(paint_alert(theme_, static_cast<int>(metrics_.sign)));
  complete_ = !failure_;
  return outcome();
}

render::Texture Pictures::add(const Picture& picture) {
  const auto texture = renderer_.add(picture);
  if (!texture) {
    if (!failure_) failure_ = texture.error();
    return nullptr;
  }
  textures_.push_back(*texture);
  return *texture;
}

Pictures::Box Pictures::add(SlicedPicture sliced) {
  return {add(sliced.picture), sliced.slice, std::move(sliced.edges), sliced.middle};
}

void Pictures::add_skin(Skin skin, State state) {
  Box& place = skins_[static_cast<std::size_t>(skin)][static_cast<std::size_t>(state)];
  if (place.texture != nullptr || !is_painted(skin, state)) return;
  place = add(paint_skin(theme_, metrics_, skin, state));
}

void Pictures::add_face(core::Score score, bool pressed) {
  render::Texture& place = faces_[static_cast<std::size_t>(score.value() - 1)][pressed ? 1 : 0];
  place = add(paint_face(theme_, score, static_cast<int>(metrics_.face), pressed));
}

void Pictures::add_large_icon(Icon icon) {
  render::Texture& place = icons_[static_cast<std::size_t>(icon)].large;
  if (place == nullptr) place = add(paint_icon(icon, static_cast<int>(metrics_.icon)));
}

void Pictures::add_small_icon(Icon icon) {
  render::Texture& place = icons_[static_cast<std::size_t>(icon)].small;
  if (place == nullptr) place = add(paint_icon(icon, static_cast<int>(metrics_.small_icon)));
}

core::Result<void> Pictures::outcome() const {
  if (failure_) return core::Failure(*failure_);
  return {};
}

void Pictures::draw_box(ImDrawList& list, const Box& box, const Rect& rect) {
  if (box.texture == nullptr) return;
  const Patches patches = cut(box.slice, rect);
  const float side = box.slice.side;
  for (const auto& [from, to] : patches.corners) {
    list.AddImage(box.texture, {to.x, to.y}, {to.right(), to.bottom()},
                  {from.x / side, from.y / side}, {from.right() / side, from.bottom() / side});
  }
  for (std::size_t i = 0; i < kSides; ++i) {
    for (const EdgeLine& line : box.edges[i]) {
      fill(list, line_in(patches.edges[i], static_cast<Side>(i), line),
           packed(line.colour, line.alpha));
    }
  }
  if (!box.middle) return;
  for (const Rect& part : patches.fills) fill(list, part, packed(*box.middle));
}

void Pictures::draw_skin(ImDrawList& list, Skin skin, State state, const Rect& rect) const {
  draw_box(list, skins_[static_cast<std::size_t>(skin)][static_cast<std::size_t>(state)],
           drawn_rect(rect, state));
}

void Pictures::draw_focus(ImDrawList& list, const Rect& rect, Skin skin) const {
  draw_box(list, is_pill(skin) ? focus_pill_ : focus_box_, rect);
}

void Pictures::draw_face(ImDrawList& list, int score, bool pressed, const Rect& rect) const {
  draw_whole(list, faces_[static_cast<std::size_t>(score - 1)][pressed ? 1 : 0], rect);
}

void Pictures::draw_icon(ImDrawList& list, Icon icon, Colour colour, const Rect& rect) const {
  const IconSizes& sizes = icons_[static_cast<std::size_t>(icon)];
  // On narrow windows the answers, and the signs beside them, are smaller than the body.
  const auto [less, more] = std::minmax(metrics_.icon, metrics_.small_icon);
  const float side = more <= std::min(rect.width, rect.height) ? more : less;
  const render::Texture texture = side == metrics_.icon ? sizes.large : sizes.small;
  const Rect place{std::round(rect.centre_x() - side / 2), std::round(rect.centre_y() - side / 2),
                   side, side};
  draw_whole(list, texture, place, packed(colour));
}

void Pictures::draw_tick(ImDrawList& list, const Rect& rect) const {
  draw_whole(list, tick_, rect);
}

void Pictures::draw_alert(ImDrawList& list, const Rect& rect) const {
  draw_whole(list, alert_, rect);
}

}  // namespace hailong::kiosk::design
