#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/staff/shift.h"

namespace hailong::kiosk::staff {

/// One case in front of one person: what was said, what may be done, and what was done.
class CaseDesk {
 public:
  /// Opening a case is noted in the journal, and makes a new one seen.
  CaseDesk(const Shift& shift, core::Seq rating);

  /// Errors: those of the journal.
  core::Result<View> view();
  void take(const Command& command);
  [[nodiscard]] bool is_left() const { return left_; }

 private:
  core::Result<void> show(View& view, const journal::CaseFile& file);
  void show_words(View& view, const journal::CaseFile& file) const;
  void show_answers(View& view, const journal::CaseFile& file) const;
  core::Result<void> show_contact(View& view, const journal::CaseFile& file);
  void show_dues(View& view, const journal::CaseFile& file) const;
  void show_history(View& view, const journal::CaseFile& file) const;
  void show_actions(View& view, const journal::CaseHead& head) const;
  void ask_for_assignee(View& view) const;
  void ask_for_step(View& view, const core::CaseFacts& facts) const;
  void ask_for_class(View& view, const core::CaseFacts& facts) const;

  void begin(core::CaseAction action);
  void take_choice(const Command& command);
  void take_step();
  void see_contact();
  void assign(const std::string& person);
  void say(Tone tone, std::string message);

  const Shift& shift_;
  core::Seq rating_;
  int known_steps_ = 0;  // as of the view that the person acts on
  core::Seq known_seq_ = 0;
  std::optional<core::CaseStep> step_;  // being filled in
  bool assigning_ = false;
  bool full_contact_ = false;
  int page_ = 0;
  bool left_ = false;
  bool noted_ = false;  // that it was opened; without that nothing of it is shown
  std::string message_;
  Tone tone_ = Tone::kPlain;
};

}  // namespace hailong::kiosk::staff
