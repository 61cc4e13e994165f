#pragma once

#include <optional>
#include <string>

#include "kiosk/staff/figures.h"
#include "kiosk/staff/view.h"

namespace hailong::kiosk::staff {

/// Which days a room looks at: a ready-made range, or two dates that are typed.
class Period {
 public:
  explicit Period(core::LocalDate today) : today_(today), range_{today, today} {}

  [[nodiscard]] const Range& range() const { return range_; }
  /// "Hôm nay, 26/11/2026"
  [[nodiscard]] std::string words() const;
  /// The choice of ranges.
  [[nodiscard]] Choices choices() const;
  /// A date is being typed: shown instead of the room's own blocks.
  [[nodiscard]] std::optional<Input> input() const;
  /// Why the date that was typed was not taken; empty when it was.
  [[nodiscard]] const std::string& fault() const { return fault_; }

  /// True when the command was about the period.
  bool take(const Command& command);

 private:
  enum class Typing { kNothing, kFrom, kTo };

  void choose(std::int64_t which);
  void take_date(const std::string& digits);

  core::LocalDate today_;
  Range range_;
  std::int64_t which_ = 0;  // of the ready-made ranges
  Typing typing_ = Typing::kNothing;
  core::LocalDate from_;
  std::string fault_;
};

}  // namespace hailong::kiosk::staff
