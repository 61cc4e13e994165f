#include "tests/kiosk/contact_sheet.h"

#include <cstring>

namespace hailong::tests {

using kiosk::design::Picture;
namespace flow = kiosk::flow;

namespace {

constexpr int kColumns = 3;  // text sizes
constexpr int kRows = 2;     // themes

void paste(const Picture& from, Picture& to, int x, int y) {
  for (int row = 0; row < from.height; ++row) {
    const auto source = static_cast<std::size_t>(row) * static_cast<std::size_t>(from.width);
    const auto target = static_cast<std::size_t>(y + row) * static_cast<std::size_t>(to.width) +
                        static_cast<std::size_t>(x);
    std::memcpy(&to.pixels[target], &from.pixels[source],
                static_cast<std::size_t>(from.width) * sizeof(std::uint32_t));
  }
}

void press(Stage& stage, const Exhibit& exhibit) {
  if (exhibit.press == 0) return;
  for (const auto& item : stage.ui().page().items) {
    if (item.face && item.face->score == exhibit.press) {
      stage.ui().point({kiosk::input::Action::kDown, {item.hit.centre_x(), item.hit.centre_y()}},
                       0);
      return;
    }
  }
}

}  // namespace

Picture picture_of(SDL_Surface& surface) {
  Picture picture{surface.w, surface.h, {}};
  const auto width = static_cast<std::size_t>(surface.w);
  picture.pixels.resize(width * static_cast<std::size_t>(surface.h));
  for (int y = 0; y < surface.h; ++y) {
    std::memcpy(&picture.pixels[static_cast<std::size_t>(y) * width],
                static_cast<const char*>(surface.pixels) + std::ptrdiff_t{y} * surface.pitch,
                width * sizeof(std::uint32_t));
  }
  for (std::uint32_t& pixel : picture.pixels) pixel |= 0xFF000000;
  return picture;
}

Picture shrunk(const Picture& picture, int factor) {
  Picture small{picture.width / factor, picture.height / factor, {}};
  const auto count = static_cast<std::uint32_t>(factor) * static_cast<std::uint32_t>(factor);
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) {
      std::uint32_t sums[3] = {};
      for (int dy = 0; dy < factor; ++dy) {
        for (int dx = 0; dx < factor; ++dx) {
          const auto at =
              static_cast<std::size_t>(y * factor + dy) * static_cast<std::size_t>(picture.width) +
              static_cast<std::size_t>(x * factor + dx);
          const std::uint32_t pixel = picture.pixels[at];
          for (int channel = 0; channel < 3; ++channel) {
            sums[channel] += pixel >> (8 * channel) & 0xFF;
          }
        }
      }
      std::uint32_t mean = 0xFF000000;
      for (int channel = 0; channel < 3; ++channel) {
        mean |= (sums[channel] + count / 2) / count << (8 * channel);
      }
      small.pixels.push_back(mean);
    }
  }
  return small;
}

Studio::Studio(const Panel& panel, const flow::Preferences& preferences) {
  for (const auto contrast : {flow::Contrast::kNormal, flow::Contrast::kHigh}) {
    for (const auto text :
         {flow::TextSize::kNormal, flow::TextSize::kLarge, flow::TextSize::kLargest}) {
      auto stage = std::make_unique<Stage>(panel.size, contents(panel.inches));
      flow::Preferences look = preferences;
      look.contrast = contrast;
      look.text = text;
      stage->prefer(look);
      stages_.push_back(std::move(stage));
    }
  }
}

const flow::Survey& Studio::survey() const { return stages_.front()->contents_shown().survey; }

Picture Studio::photograph(const Exhibit& exhibit, int shrink) {
  Picture sheet;
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    Stage& stage = *stages_[i];
    stage.ui().point({kiosk::input::Action::kCancel, {}}, 0);  // lets go of what was pressed
    stage.show(exhibit.screen);
    press(stage, exhibit);
    stage.show(exhibit.screen);
    const Picture small = shrunk(picture_of(stage.surface()), shrink);
    if (sheet.pixels.empty()) {
      sheet = {small.width * kColumns, small.height * kRows, {}};
      sheet.pixels.resize(static_cast<std::size_t>(sheet.width) *
                          static_cast<std::size_t>(sheet.height));
    }
    const int column = static_cast<int>(i) % kColumns;
    const int row = static_cast<int>(i) / kColumns;
    paste(small, sheet, column * small.width, row * small.height);
  }
  return sheet;
}

}  // namespace hailong::tests
