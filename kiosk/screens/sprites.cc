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

Pressable load_button(Loader& loader, const Layout& layout, const design::Rect& rect) {
  const auto paint = [&](Look look) {
    return loader.load(design::paint_button(layout.metrics, static_cast<int>(rect.width),
                                            static_cast<int>(rect.height), look),
                       design::shadow_margin(layout.metrics));
  };
  return {paint(Look::kResting), paint(Look::kPressed)};
}

Pressable load_card(Loader& loader, const Layout& layout) {
  const design::Rect& card = layout.faces[0].card;
  const auto paint = [&](Look look) {
    return loader.load(design::paint_card(layout.metrics, static_cast<int>(card.width),
                                          static_cast<int>(card.height), look),
                       design::shadow_margin(layout.metrics));
  };
  return {paint(Look::kResting), paint(Look::kPressed)};
}

}  // namespace

core::Result<Sprites> make_sprites(const Layout& layout, render::Renderer& renderer) {
  Loader loader(renderer);
  Sprites sprites;
  sprites.card = load_card(loader, layout);
  for (std::size_t i = 0; i < sprites.faces.size(); ++i) {
    const auto score = *core::Score::from(static_cast<int>(i) + 1);
    const int diameter = static_cast<int>(layout.faces[i].face.width);
    sprites.faces[i] = {loader.load(design::paint_face(score, diameter, Look::kResting)),
                        loader.load(design::paint_face(score, diameter, Look::kPressed))};
  }
  sprites.choose_again = load_button(loader, layout, layout.choose_again.rect);
  sprites.keep = load_button(loader, layout, layout.keep.rect);
  sprites.tick = loader.load(design::paint_tick(static_cast<int>(layout.thanks.sign.width)));
  sprites.alert = loader.load(design::paint_alert(static_cast<int>(layout.sorry.sign.width)));
  if (loader.error()) return core::Failure(*loader.error());
  return sprites;
}

}  // namespace hailong::kiosk::screens
