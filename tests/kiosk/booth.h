#pragma once

#include <SDL.h>

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "kiosk/render/null_renderer.h"
#include "kiosk/terminal.h"
#include "tests/kiosk/stage.h"

namespace hailong::tests {

/// The dossier that the booths' scanners understand: everything from "000." on, as in a bare code
/// or at the end of an address.
std::optional<kiosk::flow::Dossier> dossier_in(const std::string& text);

/// SDL's events as a panel and a keyboard send them.
SDL_Event finger(Uint32 type, std::int64_t id, float x, float y, Uint32 time);
SDL_Event key(int scancode, unsigned modifiers, Uint32 time);
/// The key that gives a printable ASCII character on an American keyboard.
SDL_Event key_of(char character, Uint32 time);

/// A kiosk with somebody in front of it: the terminal as the shell runs it, with a time that passes
/// only when told to, a journal that can be told what to do, and a renderer that shows nothing.
class Booth {
 public:
  enum class Journal { kTakesAll, kWaits, kFails };

  using MakeRenderer =
      std::function<std::unique_ptr<kiosk::render::Renderer>(kiosk::design::Size window)>;

  explicit Booth(
      kiosk::design::Size size = {1280, 800}, kiosk::Contents what = contents(),
      MakeRenderer make_renderer = [](kiosk::design::Size) {
        return kiosk::render::make_null_renderer();
      });
  Booth(const Booth&) = delete;
  Booth& operator=(const Booth&) = delete;
  ~Booth();

  kiosk::Terminal& terminal() { return terminal_; }
  [[nodiscard]] const kiosk::flow::Flow& flow() const { return terminal_.flow(); }
  [[nodiscard]] const kiosk::screens::Page& page() { return terminal_.ui().page(); }
  [[nodiscard]] kiosk::flow::Millis now() const { return now_; }
  [[nodiscard]] Uint32 ticks() const { return static_cast<Uint32>(now_ + skew_); }
  [[nodiscard]] kiosk::design::Size size() const { return size_; }
  [[nodiscard]] kiosk::render::Renderer& renderer() { return *renderer_; }

  template <typename S>
  [[nodiscard]] bool shows() const {
    return std::holds_alternative<S>(flow().screen());
  }
  template <typename S>
  [[nodiscard]] const S& as() const {
    return std::get<S>(flow().screen());
  }

  /// Time passes; the terminal is woken when it asked to be.
  void wait(kiosk::flow::Millis time);
  void handle(const SDL_Event& event);
  void tell(const kiosk::flow::Event& event);
  void fit(kiosk::design::Size size);
  /// Shows other contents, as the shell does when a configuration bundle has come.
  void renew(kiosk::Contents contents);
  /// Brings what is to be seen to the renderer. False when nothing is new.
  bool draw();
  /// SDL's clock of events jumps against the other.
  void set_event_clock(kiosk::flow::Millis by) { skew_ += by; }

  // What a finger does, at pixels.
  void press(float x, float y, std::int64_t id = 0);
  void move(float x, float y, std::int64_t id = 0);
  void lift(float x, float y, std::int64_t id = 0);
  /// Down and up again within 60 ms.
  void tap(float x, float y);
  void tap_face(int score);
  /// A tap by somebody who has seen the screen, on the first thing that means an `E` for which
  /// `wanted` holds.
  template <typename E, typename Wanted>
  void choose(const Wanted& wanted) {
    wait(kiosk::flow::Durations{}.thanks_guard);
    for (const kiosk::screens::Item& item : page().items) {
      const auto* event = item.event ? std::get_if<E>(&*item.event) : nullptr;
      if (event != nullptr && wanted(*event)) return tap_on(item);
    }
    throw std::runtime_error("nothing of that kind can be tapped here");
  }
  template <typename E>
  void choose() {
    choose<E>([](const E&) { return true; });
  }
  void choose_topic(kiosk::flow::Topic topic);

  // What keys do.
  void press_key(int scancode);
  /// As a person types: 120 ms a key.
  void type(std::string_view text);
  /// As a scanner sends a code: 8 ms a key, then Enter.
  void scan(std::string_view text);

  void use(Journal journal) { journal_ = journal; }
  /// Somebody else plays the journal: gets what is handed over, and tells the outcomes.
  void use(std::function<void(const kiosk::flow::Effect&)> journal);
  /// The journal reports on everything that waits, in order.
  void report(bool taken = true);

  /// What was handed to the journal, in order.
  [[nodiscard]] const std::vector<kiosk::flow::Effect>& handed_over() const { return effects_; }
  /// Also what was said.
  void forget_what_was_handed_over();
  template <typename E>
  [[nodiscard]] std::vector<E> entries() const {
    std::vector<E> entries;
    for (const auto& effect : effects_) {
      if (const auto* entry = std::get_if<E>(&effect.entry)) entries.push_back(*entry);
    }
    return entries;
  }
  /// What the Session was asked, in order.
  [[nodiscard]] const std::vector<kiosk::flow::Effect>& commands() const { return commands_; }
  /// The Session answers what it was asked last.
  void answer_staff(kiosk::staff::View view) {
    tell(kiosk::flow::StaffTold{commands_.back().ticket, std::move(view)});
  }
  /// What was said, in order; empty words are a hush.
  [[nodiscard]] const std::vector<kiosk::speech::Words>& said() const { return said_; }

  /// Rates, and goes as far as the thank-you.
  void rate(int score);
  /// Rates and goes as far as the tiles of topics.
  void rate_and_say_more(int score);

 private:
  void hand_over(const kiosk::flow::Effect& effect);
  [[nodiscard]] float share_x(float x) const { return x / static_cast<float>(size_.width); }
  [[nodiscard]] float share_y(float y) const { return y / static_cast<float>(size_.height); }
  void tap_on(const kiosk::screens::Item& item);
  void settle();

  kiosk::Contents contents_;
  kiosk::design::Size size_;
  const MakeRenderer make_renderer_;
  std::unique_ptr<kiosk::render::Renderer> renderer_;
  kiosk::flow::Millis now_ = 100'000;
  kiosk::flow::Millis skew_ = 0;
  Journal journal_ = Journal::kTakesAll;
  std::function<void(const kiosk::flow::Effect&)> other_journal_;
  std::vector<kiosk::flow::Effect> effects_;
  std::vector<kiosk::flow::Effect> commands_;
  std::size_t reported_ = 0;  // of effects_
  core::Seq seq_ = 0;
  std::vector<kiosk::speech::Words> said_;
  kiosk::Terminal terminal_;
};

}  // namespace hailong::tests
