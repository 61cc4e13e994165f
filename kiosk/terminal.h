#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/opening_hours.h"
#include "kiosk/flow/flow.h"
#include "kiosk/input/keys.h"
#include "kiosk/input/pointer.h"
#include "kiosk/speech/narrator.h"
#include "kiosk/ui.h"

union SDL_Event;

namespace hailong::kiosk {

/// The kiosk without window, clock, disk and loudspeaker: SDL's events and the time go in, pictures
/// come out, and what is to be appended, said or noted. Tests drive it as the shell does. Not
/// thread-safe.
class Terminal {
 public:
  /// What it asks of whoever runs it. All are called on its own thread.
  struct Outside {
    std::function<void(const flow::Effect&)> append;
    /// To the Session, which says what it has to say by tell(StaffTold) and tell(StaffProgress).
    std::function<void(flow::Ticket, const staff::Command&)> ask_staff;
    std::function<void(const speech::Words&)> say;  // keys of texts; none: be quiet
    std::function<bool()> is_speaking;
    /// A scanned text as a dossier, nothing when it is none.
    std::function<std::optional<flow::Dossier>(const std::string&)> dossier;
  };

  Terminal(const Contents& contents, const flow::Durations& durations, core::TypingMethod typing,
           core::TonePlacement tones, Outside outside, bool staff_only = false);

  [[nodiscard]] Ui& ui() { return ui_; }
  [[nodiscard]] const flow::Flow& flow() const { return flow_; }

  /// The window's size has changed or its renderer is new. Errors: as Ui::fit().
  core::Result<void> fit(design::Size window, render::Renderer& renderer);
  core::Result<void> complete() { return ui_.complete(); }

  /// The contents are others from now on: only while flow().is_vacant(). Errors: as Ui::fit().
  core::Result<void> renew(const flow::Durations& durations, design::Size window,
                           render::Renderer& renderer);

  /// Something happened at the input devices.
  void handle(const SDL_Event& event, flow::Millis now);
  /// The window has lost the fingers, e.g. because it was hidden.
  void let_go(flow::Millis now);
  /// Something happened elsewhere: an outcome of the journal, headphones, opening hours.
  void tell(const flow::Event& event, flow::Millis now);
  /// Time has passed. `ticks`: SDL's clock of event time stamps.
  void pass_time(flow::Millis now, std::uint32_t ticks);

  /// Puts the picture together. Errors: when another text size cannot be made.
  core::Result<void> draw(flow::Millis now);

  /// When pass_time() is due at the latest; nothing while nothing can change.
  [[nodiscard]] std::optional<flow::Millis> deadline(flow::Millis now, std::uint32_t ticks) const;

 private:
  void dispatch(const flow::Event& event);
  void follow(const input::Step& step, flow::Millis now);
  void follow(const std::vector<input::KeyEvent>& keys, flow::Millis now);
  void follow(const input::Typed& typed);
  void follow(const input::KeyPressed& pressed);
  void follow(const input::Scanned& scanned);
  static void follow(const input::Garbage& garbage);
  void press(input::Key key);
  bool press_in_staff(input::Key key);
  void show(flow::Millis now);
  void narrate(flow::Millis now);
  [[nodiscard]] bool is_typing() const;
  [[nodiscard]] bool is_testing_parts() const;
  [[nodiscard]] bool is_asked_for_code() const;

  Outside outside_;
  bool five_buttons_;
  Ui ui_;
  flow::Flow flow_;
  input::Pointer pointer_;
  input::Keys keys_;
  speech::Narrator narrator_;
  core::Result<void> shown_;
};

}  // namespace hailong::kiosk
