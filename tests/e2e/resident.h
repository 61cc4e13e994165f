#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/flow/flow.h"
#include "tests/e2e/kiosk_session.h"
#include "tests/e2e/x_display.h"

namespace hailong::tests {

/// Somebody at the real kiosk who knows what should be on its screen.
///
/// Beside the real kiosk runs a second one in this process: the same configuration, flow and
/// pages, on a surface of the same size, without window, clock and journal. It is told whatever the
/// resident does and what the real journal holds. So it says where the thing with a wanted meaning
/// lies, and the resident goes on only when the real screen shows the very same picture, pixel by
/// pixel but for what counts down and the random code.
///
/// Waits for what is to be seen, with patience, and then as long as the kiosk takes no tap on a new
/// screen. Throws, with the path of two pictures, when something else is there. One thread.
class Resident {
 public:
  /// `kiosk` shows its home screen.
  Resident(XDisplay& display, KioskSession& kiosk);
  Resident(const Resident&) = delete;
  Resident& operator=(const Resident&) = delete;
  ~Resident();

  /// Taps what means such an event, e.g. tap(&TopicTapped::topic, Topic::kWords).
  template <typename E>
  void tap() {
    tap_on([](const kiosk::flow::Event& event) { return std::holds_alternative<E>(event); });
  }
  template <typename E, typename Value>
  void tap(Value E::*member, std::type_identity_t<Value> value) {
    tap_on([=](const kiosk::flow::Event& event) {
      const auto* meant = std::get_if<E>(&event);
      return meant != nullptr && meant->*member == value;
    });
  }
  void tap_answer(int question, int choice);
  /// Where nothing is.
  void tap_elsewhere();
  /// Keys of the screen's keyboard, one tap each; ASCII.
  void tap_keys(std::string_view characters);

  /// A code at the speed of a scanner. `dossier`: what it says.
  void scan(const std::string& code, const std::string& dossier);
  /// A real keyboard; each key is seen on the screen before the next one is typed.
  void type(std::string_view characters);

  /// What was handed to the journal last is there as event `seq`.
  void know_recorded(core::Seq seq);

  /// Waits until the real screen shows what it should, as far as it reaches.
  void see();

  [[nodiscard]] const kiosk::flow::Screen& screen() const;
  [[nodiscard]] const kiosk::flow::Preferences& preferences() const;

  template <typename S>
  [[nodiscard]] bool is_at() const {
    return std::holds_alternative<S>(screen());
  }

 private:
  class Shadow;
  using Wanted = std::function<bool(const kiosk::flow::Event&)>;
  void tap_on(const Wanted& wanted);
  void tap_at(int x, int y);
  void tell(const kiosk::flow::Event& event);
  void wait_until_ready();
  [[noreturn]] void complain(const std::vector<std::uint32_t>& seen) const;

  XDisplay& display_;
  KioskSession& kiosk_;
  std::unique_ptr<Shadow> shadow_;
};

}  // namespace hailong::tests
