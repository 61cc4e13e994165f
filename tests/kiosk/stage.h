#pragma once

#include <SDL.h>

#include <memory>
#include <stdexcept>

#include "kiosk/flow/flow.h"
#include "kiosk/render/renderer.h"
#include "kiosk/ui.h"
#include "program/survey_file.h"
#include "tests/kiosk/surface.h"

namespace hailong::tests {

/// The value of a result that a test cannot go on without.
template <typename T>
T must(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// The survey of the sample configuration, with counters and officers on top. No real people.
inline kiosk::flow::Survey full_survey() {
  kiosk::flow::Survey survey;
  static_cast<core::Questionnaire&>(survey) =
      must(program::read_questionnaire(HAILONG_ASSETS "/survey.toml"));
  survey.fields = must(program::read_fields(HAILONG_CONFIG "/kim-thanh/fields.csv"));
  survey.procedures =
      must(program::read_procedures(HAILONG_CONFIG "/kim-thanh/procedures.csv", survey.fields));
  survey.counters = {{core::CounterId{"q1"}, "Quầy số 1"}, {core::CounterId{"q2"}, "Quầy số 2"}};
  survey.officers = {{"cb-1", "Cán bộ A", core::CounterId{"q1"}, ""},
                     {"cb-2", "Cán bộ B", core::CounterId{"q2"}, ""}};
  survey.complaints = {"Phòng tiếp công dân, trụ sở UBND xã", "Thứ Năm hằng tuần, 7:30–11:30",
                       "(số máy của đơn vị)"};
  survey.notice = "1";
  return survey;
}

inline const kiosk::screens::Place kPlace{"UBND xã Phú Thái", "Bộ phận Một cửa", "Quầy số 1"};

inline kiosk::Contents contents(double diagonal_inches = 10.1, bool motion = false) {
  kiosk::flow::Survey survey = full_survey();
  auto vietnamese = must(kiosk::read_texts(HAILONG_ASSETS "/vi", survey));
  auto english = must(kiosk::read_texts(HAILONG_ASSETS "/en", survey));
  return {std::move(vietnamese),
          std::move(english),
          std::move(survey),
          kPlace,
          HAILONG_ASSETS,
          diagonal_inches,
          motion};
}

/// The screens on a surface in memory: no window, no display.
class Stage {
 public:
  /// `size`: of the upright picture, whatever the panel is turned by.
  explicit Stage(kiosk::design::Size size, kiosk::Contents what = contents(),
                 kiosk::Rotation rotation = kiosk::Rotation::kNone)
      : contents_(std::move(what)),
        surface_(swaps_sides(rotation) ? surface_of(size.height, size.width)
                                       : surface_of(size.width, size.height)),
        renderer_(must(kiosk::render::make_surface_renderer(surface_.get(), rotation))),
        ui_(contents_) {
    must(ui_.fit(size, *renderer_));
    must(ui_.complete());
  }

  kiosk::Ui& ui() { return ui_; }
  [[nodiscard]] const kiosk::Contents& contents_shown() const { return contents_; }
  void prefer(const kiosk::flow::Preferences& preferences) { preferences_ = preferences; }

  /// Puts a screen on the surface. False when nothing had to be drawn.
  bool show(const kiosk::flow::Screen& screen, kiosk::flow::Millis now = 0) {
    must(ui_.show(screen, preferences_, true, now));
    ui_.draw(now);
    return renderer_->draw(ui_.picture(), ui_.background());
  }

  /// The same with everything drawn anew, whatever was there.
  bool show_anew(const kiosk::flow::Screen& screen, kiosk::flow::Millis now = 0) {
    renderer_->forget();
    return show(screen, now);
  }

  /// One step of the pointer on a screen.
  std::optional<kiosk::flow::Event> point(kiosk::input::Action action, float x, float y,
                                          const kiosk::flow::Screen& screen,
                                          kiosk::flow::Millis now = 0) {
    must(ui_.show(screen, preferences_, true, now));
    return ui_.point({action, {x, y}}, now);
  }

  std::optional<kiosk::flow::Event> tap(float x, float y, const kiosk::flow::Screen& screen) {
    auto early = point(kiosk::input::Action::kDown, x, y, screen);
    if (early) return early;
    return point(kiosk::input::Action::kUp, x, y, screen);
  }

  [[nodiscard]] SDL_Surface& surface() { return *surface_; }

 private:
  const kiosk::Contents contents_;
  Surface surface_;
  std::unique_ptr<kiosk::render::Renderer> renderer_;
  kiosk::Ui ui_;
  kiosk::flow::Preferences preferences_;
};

}  // namespace hailong::tests
