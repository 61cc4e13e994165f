#pragma once

#include <optional>
#include <string>

#include "kiosk/staff/pins.h"
#include "kiosk/staff/shift.h"

namespace hailong::kiosk::staff {

/// Where people prove who they are: by name and PIN, or, to begin with, by the one-time code of the
/// configuration, which makes the account of a head of unit.
class Door {
 public:
  Door(const House& house, const Outside& outside, journal::StaffBook& book)
      : house_(house), outside_(outside), book_(book) {}

  /// Errors: those of the journal.
  core::Result<View> view();
  /// The person who has come in by it.
  core::Result<std::optional<journal::Person>> take(const Command& command);

 private:
  enum class Step { kWho, kPin, kCode, kName, kNewPin, kRepeatPin };
  using In = core::Result<std::optional<journal::Person>>;

  [[nodiscard]] core::Result<bool> has_fresh_code();
  core::Result<View> view_of_people();
  In try_pin(const std::string& pin);
  In try_code(const std::string& code);
  In take_new_pin(const std::string& pin);
  In take_repeated_pin(const std::string& pin);
  In set_up(const std::string& pin_hash);
  /// True when something may be tried now; says so otherwise.
  core::Result<bool> may_try(const std::string& who);
  core::Result<void> count_wrong(const std::string& who);
  void go_to(Step step) { step_ = step; }

  const House& house_;
  const Outside& outside_;
  journal::StaffBook& book_;
  Step step_ = Step::kWho;
  std::optional<journal::Person> person_;  // chosen; signed in where a new PIN is to be chosen
  std::string new_name_;
  std::string new_pin_;
  std::string message_;
  int page_ = 0;
};

/// "nguyen-thi-ha": a plain name made of a person's, empty when it has no letters.
std::string id_of_name(const std::string& name);
/// The same, with a number behind it where somebody has it already.
std::string free_id(const std::string& name, const std::vector<journal::Person>& people);

}  // namespace hailong::kiosk::staff
