#pragma once

#include <map>
#include <string>
#include <vector>

#include "kiosk/staff/pins.h"
#include "kiosk/staff/session.h"
#include "tests/journal/look.h"
#include "tests/temp_folder.h"

namespace hailong::tests {

inline constexpr const char* kHeadPin = "314159";
inline constexpr const char* kOfficerPin = "271828";

/// A kiosk with a head of unit ("ha", Hà) and an officer ("minh", Minh), whom a test takes the part
/// of: taps what is offered by its words, and types. The time passes only when told to.
class Office {
 public:
  Office();

  /// 09:00 of the day on which everything happens, and a working day.
  static constexpr std::int64_t kMorning = 1'795'485'600'000;  // 24/11/2026 09:00

  kiosk::staff::House& house() { return house_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
  [[nodiscard]] const TempFolder& journal_folder() const { return folder_; }
  [[nodiscard]] core::LocalDate today() const { return core::local_date(now_.wall_ms); }
  core::Stamp& now() { return now_; }

  /// The program, and with it the session, starts anew.
  void restart();
  /// The machine does.
  void reboot();

  // What residents do.
  core::Seq rate(int score, std::int64_t at_ms = kMorning, const std::string& field = "ho-tich");
  core::Seq say(int score, const std::string& words, std::int64_t at_ms = kMorning);
  /// Five others do: after that, an officer sees whatever there was before.
  void five_others_rate(std::int64_t at_ms = kMorning);
  /// An empty choice takes the answer back.
  void answer(core::Seq rating, const std::string& question, const std::string& choice,
              bool alert = false);
  void leave_contact(core::Seq rating, const std::string& contact);

  // What staff do.
  const kiosk::staff::View& see() const { return view_; }
  const kiosk::staff::View& open();
  const kiosk::staff::View& sign_in(const std::string& name, const std::string& pin);
  const kiosk::staff::View& enter_as_head() { return sign_in("Hà", kHeadPin); }
  const kiosk::staff::View& enter_as_officer() { return sign_in("Minh", kOfficerPin); }
  /// Taps what has these words on it, or a row with a cell that begins so. Fails the test when
  /// nothing has.
  const kiosk::staff::View& tap(const std::string& words);
  const kiosk::staff::View& type(const std::string& text);
  const kiosk::staff::View& send(const kiosk::staff::Command& command);
  [[nodiscard]] bool offers(const std::string& words) const;
  /// Everything that stands in the view, a line each.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string fact(const std::string& label) const;
  [[nodiscard]] bool says(const std::string& words) const {
    return text().find(words) != std::string::npos;
  }
  /// All that may be tapped now.
  [[nodiscard]] std::vector<kiosk::staff::Command> commands() const;

  [[nodiscard]] const std::vector<float>& progress() const { return progress_; }
  [[nodiscard]] int sounds() const { return sounds_; }

 private:
  struct Offer {
    std::string words;
    kiosk::staff::Command command;
  };
  [[nodiscard]] std::vector<Offer> offered() const;

  TempFolder folder_;
  kiosk::staff::House house_;
  core::Stamp now_;
  int visits_ = 0;
  std::vector<float> progress_;
  int sounds_ = 0;
  std::unique_ptr<kiosk::staff::Session> session_;
  kiosk::staff::View view_;
};

}  // namespace hailong::tests
