#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "kiosk/design/fonts.h"
#include "kiosk/design/pictures.h"
#include "kiosk/flow/flow.h"
#include "kiosk/input/pointer.h"
#include "kiosk/render/renderer.h"
#include "kiosk/screens/draw.h"
#include "kiosk/screens/sheet.h"
#include "kiosk/texts.h"

struct ImDrawData;
struct ImGuiContext;

namespace hailong::kiosk {

/// What the screens are made of, whoever looks at them.
struct Contents {
  Texts vietnamese;
  Texts english;
  flow::Survey survey;
  screens::Place place;
  std::filesystem::path assets_dir;
  double diagonal_inches = 10.1;  // of the panel, for sizes in millimetres
  bool motion = true;             // a new screen fades in; that never delays what the resident does
  bool five_buttons = false;      // digits step where text is typed, too
};

/// The pages with the ImGui context that they are drawn in: composes a page when the screen or the
/// resident's preferences change, finds out what fingers and keys mean on it, and draws it.
/// `contents` must outlive it. Not thread-safe.
class Ui {
 public:
  explicit Ui(const Contents& contents);
  Ui(const Ui&) = delete;
  Ui& operator=(const Ui&) = delete;
  ~Ui();

  /// Makes everything that an untouched home screen shows, for a window and its renderer. To be
  /// called again for a new size or a new renderer. Errors: kNotFound, kInvalid (fonts), kIo.
  core::Result<void> fit(design::Size window, render::Renderer& renderer);

  /// Gives everything back to the renderer, which may end afterwards. Nothing can be drawn until
  /// fit().
  void release();

  /// Makes the rest, once the home screen has been shown: nobody waits for it. Errors as fit().
  core::Result<void> complete();

  /// What is to be seen. `open`: whether the office is. Errors: kIo, kInvalid (fonts) when the
  /// resident's preferences ask for sizes that cannot be made.
  core::Result<void> show(const flow::Screen& screen, const flow::Preferences& preferences,
                          bool open, flow::Millis now);

  /// The code for answering at home that the next thank-you shows.
  void show_later(screens::Code code);

  /// A step of the pointer on what is shown; says what the resident has done by it. In listening
  /// mode, a finger that rests only listens.
  std::optional<flow::Event> point(const input::Step& step, flow::Millis now);

  /// Five buttons do all that a finger does: on the faces, 1 to 5 is the answer; everywhere else 1
  /// and 2 step backward and forward, 3 chooses, 4 says the page again, 5 goes on. `digit`: 1 to 5.
  std::optional<flow::Event> press_digit(int digit);
  /// Chooses what stepping has come to.
  std::optional<flow::Event> press_enter();
  /// Steps through what can be tapped, by +1 or -1.
  void step(int by);

  /// Puts the frame together.
  void draw(flow::Millis now);
  /// The last frame; valid until the next one.
  [[nodiscard]] const ImDrawData& picture() const;
  [[nodiscard]] design::Colour background() const;

  /// Whether the next frame would look different although nothing happens.
  [[nodiscard]] bool is_moving() const { return moving_; }

  [[nodiscard]] const screens::Page& page() const { return page_; }
  [[nodiscard]] const design::Metrics& metrics() const { return metrics_; }
  [[nodiscard]] const design::Theme& theme() const;

  /// Changes whenever another page is opened, but not when one merely counts down.
  [[nodiscard]] std::uint64_t page_number() const { return page_number_; }
  /// Where stepping with keys has come to, by place in the page's items.
  [[nodiscard]] std::optional<std::size_t> focused() const { return focus_; }
  /// Key of what lies under a resting finger or the focus; empty for nothing.
  [[nodiscard]] std::string_view touched() const;

 private:
  core::Result<void> fit_preferences(const flow::Preferences& preferences);
  [[nodiscard]] const Texts& texts() const;
  [[nodiscard]] std::vector<std::string_view> first_characters() const;
  [[nodiscard]] std::vector<std::string_view> all_characters() const;
  [[nodiscard]] std::optional<std::size_t> place_at(float x, float y) const;
  [[nodiscard]] std::optional<flow::Event> passed(std::optional<std::size_t> under) const;
  void load_photos();
  void compose();
  void keep_touched(const screens::Page& before);
  void let_go();
  void draw_veil(flow::Millis now);

  const Contents& contents_;
  ImGuiContext* context_;
  render::Renderer* renderer_ = nullptr;
  design::Size window_;
  bool completed_ = false;
  design::Metrics metrics_;
  std::unique_ptr<design::FontSet> fonts_;
  std::unique_ptr<design::Pictures> pictures_;
  screens::Photos photos_;

  flow::Screen screen_;
  flow::Preferences preferences_;
  bool open_ = true;
  screens::Code later_;
  screens::Page page_;
  std::uint64_t page_number_ = 0;

  std::optional<std::size_t> held_;     // where the finger went down
  std::optional<std::size_t> pressed_;  // the same, while it is still over it
  bool may_tap_ = false;  // the finger went down on this page, and the same thing is there still
  flow::Millis held_since_ = 0;
  std::optional<std::size_t> focus_;
  bool moving_ = false;
  flow::Millis veil_until_ = 0;
};

/// A finger that rests as long in listening mode wants to hear, not to tap.
inline constexpr flow::Millis kListenMs = 400;

}  // namespace hailong::kiosk
