#pragma once

#include <memory>
#include <vector>

#include "kiosk/design/picture.h"
#include "tests/kiosk/gallery.h"
#include "tests/kiosk/stage.h"

namespace hailong::tests {

/// A panel that the screens are made for: its pixels and its diagonal.
struct Panel {
  kiosk::design::Size size;
  double inches = 10.1;
};

/// Stages for one panel in both themes (rows) and all three text sizes (columns).
class Studio {
 public:
  explicit Studio(const Panel& panel, const kiosk::flow::Preferences& preferences = {});

  /// A screen in all six looks side by side, each `shrink` times smaller.
  kiosk::design::Picture photograph(const Exhibit& exhibit, int shrink);

  [[nodiscard]] const kiosk::flow::Survey& survey() const;

 private:
  std::vector<std::unique_ptr<Stage>> stages_;
};

/// What is on a stage.
kiosk::design::Picture picture_of(SDL_Surface& surface);

/// The picture at `1 / factor` of its size, each pixel the mean of those it stands for.
kiosk::design::Picture shrunk(const kiosk::design::Picture& picture, int factor);

}  // namespace hailong::tests
