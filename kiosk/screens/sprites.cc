#include "kiosk/screens/sprites.h"

#include <optional>

#include "core/score.h"
#include "kiosk/design/paint.h"

namespace hailong::kiosk::screens {
namespace {

using design::Look;

/// Hands pictures to the renderer and remembers the first failure.
class Loader {
 public:
  explicit Loader(render::Renderer& renderer) : renderer_(renderer) {}

  Sprite load(const design::Picture& picture, int margin = 0) {
    auto texture = renderer_.add(picture);
    if (!texture) {
      if (!error_) error_ = texture.error();
      return {};
    }
    return {*texture, static_cast<float>(picture.width), static_cast<float>(picture.height),
            static_cast<float>(margin)};
  }

  [[nodiscard]] const std::optional<core::Error>& error() const { return error_; }

 private:
  render::Renderer& renderer_;
  std::optional<core::Error> error_;
};

/// Everything for one layout.
struct Painter {
  const Layout& layout;
  Loader loader;

  Sprite card(Look look) {
    const design::Rect& card = layout.faces[0].card;
    return loader.load(design::paint_card(layout.metrics, static_cast<int>(card.width),
                                          static_cast<int>(card.height), look),
                       design::shadow_margin(layout.metrics));
  }

  Sprite face(std::size_t index, Look look) {
    const auto score = *core::Score::from(static_cast<int>(index) + 1);
    const int diameter = static_cast<int>(layout.faces[index].face.width);
    return loader.load(design::paint_face(score, diameter, look));
  }

  Pressable button(const design::Rect& rect) {
    const auto paint = [&](Look look) {
      return loader.load(design::paint_button(layout.metrics, static_cast<int>(rect.width),
                                              static_cast<int>(rect.height), look),
                         design::shadow_margin(layout.metrics));
    };
    return {paint(Look::kResting), paint(Look::kPressed)};
  }

  [[nodiscard]] core::Result<void> outcome() const {
    if (loader.error()) return core::Failure(*loader.error());
    return {};
  }
};

}  // namespace

core::Result<void> paint_first(const Layout& layout, render::Renderer& renderer, Sprites& sprites) {
  Painter painter{layout, Loader(renderer)};
  sprites.card.resting = painter.card(Look::kResting);
  for (std::size_t i = 0; i < sprites.faces.size(); ++i) {
    sprites.faces[i].resting = painter.face(i, Look::kResting);
  }
  return painter.outcome();
}

core::Result<void> paint_rest(const Layout& layout, render::Renderer& renderer, Sprites& sprites) {
  Painter painter{layout, Loader(renderer)};
  sprites.card.pressed = painter.card(Look::kPressed);
  for (std::size_t i = 0; i < sprites.faces.size(); ++i) {
    sprites.faces[i].pressed = painter.face(i, Look::kPressed);
  }
  sprites.choose_again = painter.button(layout.choose_again.rect);
  sprites.keep = painter.button(layout.keep.rect);
  const auto size = [](const Message& message) { return static_cast<int>(message.sign.width); };
  sprites.tick = painter.loader.load(design::paint_tick(size(layout.thanks)));
  sprites.alert = painter.loader.load(design::paint_alert(size(layout.sorry)));
  return painter.outcome();
}

}  // namespace hailong::kiosk::screens
