#include "kiosk/terminal.h"

#include <SDL.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace hailong::kiosk {
namespace {

template <typename... Screens>
bool is_one_of(const flow::Screen& screen) {
  return (std::holds_alternative<Screens>(screen) || ...);
}

/// Milliseconds until an SDL time stamp, which wraps.
flow::Millis until(std::uint32_t stamp, std::uint32_t ticks) {
  return static_cast<std::int32_t>(stamp - ticks);
}

}  // namespace

Terminal::Terminal(const Contents& contents, const flow::Durations& durations,
                   core::TypingMethod typing, core::TonePlacement tones, Outside outside,
                   bool staff_only)
    : outside_(std::move(outside)),
      five_buttons_(contents.five_buttons),
      ui_(contents),
      flow_(durations, contents.survey, typing, tones, staff_only) {}

core::Result<void> Terminal::fit(design::Size window, render::Renderer& renderer) {
  pointer_.resize(window.width, window.height);
  return ui_.fit(window, renderer);
}

core::Result<void> Terminal::renew(const flow::Durations& durations, design::Size window,
                                   render::Renderer& renderer) {
  flow_.renew(durations);
  if (auto fitted = fit(window, renderer); !fitted) return fitted;
  return complete();
}

bool Terminal::is_testing_parts() const {
  const auto* staff = std::get_if<flow::Staff>(&flow_.screen());
  return staff != nullptr && staff->view.input &&
         staff->view.input->kind == staff::Input::Kind::kParts;
}

bool Terminal::is_asked_for_code() const {
  const auto* staff = std::get_if<flow::Staff>(&flow_.screen());
  return staff != nullptr && staff->view.input &&
         staff->view.input->kind == staff::Input::Kind::kCode;
}

bool Terminal::is_typing() const {
  if (const auto* staff = std::get_if<flow::Staff>(&flow_.screen())) {
    return staff->view.input && !is_testing_parts();
  }
  return is_one_of<flow::Words, flow::Search, flow::Contact>(flow_.screen());
}

void Terminal::handle(const SDL_Event& event, flow::Millis now) {
  dispatch(flow::Tick{now});
  show(now);
  if (const auto step = pointer_.handle(event)) follow(*step, now);
  follow(keys_.handle(event), now);
}

void Terminal::let_go(flow::Millis now) {
  keys_.cancel();
  if (const auto step = pointer_.cancel()) follow(*step, now);
}

void Terminal::tell(const flow::Event& event, flow::Millis now) {
  dispatch(flow::Tick{now});
  dispatch(event);
  show(now);
}

void Terminal::pass_time(flow::Millis now, std::uint32_t ticks) {
  dispatch(flow::Tick{now});
  show(now);
  if (const auto step = pointer_.expire(ticks)) follow(*step, now);
  follow(keys_.expire(ticks), now);
}

void Terminal::follow(const input::Step& step, flow::Millis now) {
  if (const auto event = ui_.point(step, now)) dispatch(*event);
  show(now);
}

/// What a key means depends on the page that the one before it led to.
void Terminal::follow(const std::vector<input::KeyEvent>& keys, flow::Millis now) {
  for (const input::KeyEvent& key : keys) {
    std::visit([this](const auto& what) { this->follow(what); }, key);
    show(now);
  }
}

void Terminal::follow(const input::Typed& typed) {
  if (is_testing_parts()) {
    return dispatch(flow::KeyNoticed{input::name_of(typed)});
  }
  dispatch(is_typing() ? flow::Event(flow::CharacterTapped{typed.character}) : flow::Stirred{});
}

void Terminal::follow(const input::KeyPressed& pressed) { press(pressed.key); }

void Terminal::follow(const input::Scanned& scanned) {
  if (is_asked_for_code()) {  // the whole code, whatever was typed of it before
    const auto typed = std::get<flow::Staff>(flow_.screen()).digits.size();
    for (std::size_t i = 0; i < typed; ++i) dispatch(flow::EraseTapped{});
    for (const char character : scanned.text) {
      dispatch(flow::CharacterTapped{static_cast<unsigned char>(character)});
    }
    return;
  }
  if (is_one_of<flow::Staff>(flow_.screen())) {
    return dispatch(flow::CodeNoticed{scanned.text.size()});
  }
  if (const auto dossier = outside_.dossier(scanned.text)) {
    dispatch(flow::DossierScanned{*dossier});
  } else {
    spdlog::info("a scanned code of {} characters is no dossier code: ignored",
                 scanned.text.size());
  }
}

void Terminal::follow(const input::Garbage& garbage) {
  spdlog::info("the scanner sent {} keys that are no code ({}): ignored", garbage.length,
               input::name_of(garbage.reason));
}

void Terminal::press(input::Key key) {
  using input::Key;
  if (press_in_staff(key)) return;
  const auto digit = input::digit_of(key);
  const bool is_button = five_buttons_ && digit && *digit >= 1 && *digit <= 5;
  if (is_typing() && !is_button) {
    if (const auto character = input::character_of(key)) {
      return dispatch(flow::CharacterTapped{*character});
    }
    if (key == Key::kBackspace) return dispatch(flow::EraseTapped{});
  }
  std::optional<flow::Event> event;
  switch (key) {
    case Key::kEnter:
      event = ui_.press_enter();
      break;
    case Key::kLeft:
    case Key::kUp:
      ui_.step(-1);
      event = flow::Stirred{};
      break;
    case Key::kRight:
    case Key::kDown:
      ui_.step(1);
      event = flow::Stirred{};
      break;
    case Key::kPlus:
      event = flow::MoreTimeTapped{};
      break;
    case Key::kEscape:
    case Key::kBackspace:
    case Key::k0:
      event = flow::BackTapped{};
      break;
    case Key::kMinus:
      event = flow::PreferenceTapped{flow::Preference::kSound};
      break;
    default:
      if (digit) event = ui_.press_digit(*digit);
      break;
  }
  if (event) dispatch(*event);
}

/// Whether that is all that the key means there.
bool Terminal::press_in_staff(input::Key key) {
  if (!is_one_of<flow::Staff>(flow_.screen())) return false;
  if (is_testing_parts()) {
    dispatch(flow::KeyNoticed{input::name_of(key)});
    return true;
  }
  const auto character = is_typing() ? input::character_of(key) : std::nullopt;
  if (character) {
    dispatch(flow::CharacterTapped{*character});
  } else if (key == input::Key::kEnter && is_typing() && !ui_.focused()) {
    dispatch(flow::NextTapped{});
  } else {
    return false;
  }
  return true;
}

void Terminal::dispatch(const flow::Event& event) {
  const auto effect = flow_.handle(event);
  if (!effect) return;
  if (const auto* command = std::get_if<staff::Command>(&effect->entry)) {
    outside_.ask_staff(effect->ticket, *command);
  } else {
    outside_.append(*effect);
  }
}

void Terminal::show(flow::Millis now) {
  if (auto shown = ui_.show(flow_.screen(), flow_.preferences(), flow_.is_open(), now); !shown) {
    shown_ = shown;
  }
  narrate(now);
}

core::Result<void> Terminal::draw(flow::Millis now) {
  dispatch(flow::Tick{now});
  show(now);
  if (!shown_) return shown_;
  ui_.draw(now);
  return {};
}

void Terminal::narrate(flow::Millis now) {
  speech::Hearing hearing;
  hearing.page = ui_.page_number();
  hearing.sound_on = flow_.preferences().sound;
  if (hearing.sound_on) {
    hearing.page_says = ui_.page().spoken;
    hearing.is_speaking = outside_.is_speaking();
    if (const auto touched = ui_.touched(); !touched.empty()) hearing.under_finger = touched;
  }
  if (const auto say = narrator_.update(hearing, now)) outside_.say(*say);
}

std::optional<flow::Millis> Terminal::deadline(flow::Millis now, std::uint32_t ticks) const {
  std::optional<flow::Millis> due = flow_.next_deadline();
  const auto consider = [&due](std::optional<flow::Millis> other) {
    if (other) due = std::min(due.value_or(*other), *other);
  };
  if (const auto lost = pointer_.deadline()) consider(now + until(*lost, ticks));
  if (const auto held = keys_.deadline()) consider(now + until(*held, ticks));
  consider(narrator_.deadline());
  return due;
}

}  // namespace hailong::kiosk
