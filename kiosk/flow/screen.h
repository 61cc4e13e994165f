#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "core/event.h"
#include "core/ids.h"
#include "core/score.h"

/// What the kiosk can show. Each screen holds just what its picture needs and what its way out
/// needs.

namespace hailong::kiosk::flow {

/// Milliseconds of a monotonic clock with any start.
using Millis = std::int64_t;

/// The question with its five faces.
struct Home {
  Millis ready = 0;  // taps before this moment were meant for the screen before

  bool operator==(const Home&) const = default;
};

/// A face was tapped and the answer is on its way to the disk. Looks like the screen it was tapped
/// on, with the face pressed.
struct Saving {
  core::Score score;
  std::optional<core::Seq> correcting;  // the rating whose score is being replaced

  bool operator==(const Saving&) const = default;
};

/// The answer is on the disk. Holds no score: the picture is the same for every answer, so that a
/// bystander learns nothing.
struct Thanks {
  core::Seq rating = 0;
  bool may_choose_again = true;
  Millis ready = 0;
  Millis until = 0;
  int seconds_left = 0;

  bool operator==(const Thanks&) const = default;
};

/// The five faces once more, for a rating that is on the disk and stands until another face is
/// tapped.
struct ChooseAgain {
  core::Seq rating = 0;
  Millis ready = 0;
  Millis until = 0;

  bool operator==(const ChooseAgain&) const = default;
};

/// The answer could not be recorded.
struct Sorry {
  Millis ready = 0;
  Millis until = 0;

  bool operator==(const Sorry&) const = default;
};

using Screen = std::variant<Home, Saving, Thanks, ChooseAgain, Sorry>;

}  // namespace hailong::kiosk::flow
