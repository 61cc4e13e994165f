#include "kiosk/input/pointer.h"

#include <SDL.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace hailong::kiosk::input {
namespace {

/// A recorded stream: "<ms> <event> …" a line, '#' begins a comment.
///   finger-down|finger-move|finger-up <finger> <x> <y>   shares of the window
///   mouse-down|mouse-move|mouse-up <x> <y>               pixels
///   wait                                                 nothing came until then
SDL_Event finger_event(Uint32 type, Uint32 time, std::istringstream& line) {
  SDL_Event event{};
  event.tfinger.type = type;
  event.tfinger.timestamp = time;
  event.tfinger.touchId = 7;
  line >> event.tfinger.fingerId >> event.tfinger.x >> event.tfinger.y;
  return event;
}

SDL_Event mouse_event(Uint32 type, Uint32 time, std::istringstream& line) {
  SDL_Event event{};
  if (type == SDL_MOUSEMOTION) {
    event.motion.type = type;
    event.motion.timestamp = time;
    line >> event.motion.x >> event.motion.y;
  } else {
    event.button.type = type;
    event.button.timestamp = time;
    event.button.button = SDL_BUTTON_LEFT;
    line >> event.button.x >> event.button.y;
  }
  return event;
}

SDL_Event event_of(const std::string& kind, Uint32 time, std::istringstream& line) {
  if (kind == "finger-down") return finger_event(SDL_FINGERDOWN, time, line);
  if (kind == "finger-move") return finger_event(SDL_FINGERMOTION, time, line);
  if (kind == "finger-up") return finger_event(SDL_FINGERUP, time, line);
  if (kind == "mouse-down") return mouse_event(SDL_MOUSEBUTTONDOWN, time, line);
  if (kind == "mouse-move") return mouse_event(SDL_MOUSEMOTION, time, line);
  if (kind == "mouse-up") return mouse_event(SDL_MOUSEBUTTONUP, time, line);
  if (kind != "wait") ADD_FAILURE() << "unknown event " << kind;
  SDL_Event nothing{};
  nothing.common.timestamp = time;
  return nothing;
}

std::vector<SDL_Event> read_stream(const std::string& name) {
  std::ifstream file(std::string(HAILONG_STREAMS "/") + name + ".txt");
  EXPECT_TRUE(file) << name;
  std::vector<SDL_Event> events;
  for (std::string text; std::getline(file, text);) {
    if (text.empty() || text.front() == '#') continue;
    std::istringstream line(text);
    Uint32 time = 0;
    std::string kind;
    line >> time >> kind;
    events.push_back(event_of(kind, time, line));
  }
  return events;
}

/// What came out of a stream, e.g. "down(640,440) up(640,440)".
std::string played(const std::vector<SDL_Event>& events) {
  Pointer pointer;
  pointer.resize(1280, 800);
  std::ostringstream said;
  const auto say = [&said](const std::optional<Step>& step) {
    if (!step) return;
    static constexpr const char* kNames[] = {"down", "move", "up", "cancel"};
    said << (said.tellp() > 0 ? " " : "") << kNames[static_cast<int>(step->action)];
    if (step->action == Action::kCancel) return;
    said << "(" << static_cast<int>(step->at.x) << "," << static_cast<int>(step->at.y) << ")";
  };
  for (const SDL_Event& event : events) {
    say(pointer.expire(event.common.timestamp));
    say(pointer.handle(event));
  }
  return said.str();
}

std::string played(const std::string& stream) { return played(read_stream(stream)); }

constexpr const char* kOneTap = "down(640,440) up(640,440)";

TEST(Pointer, TakesAPlainTap) { EXPECT_EQ(played("plain-tap"), kOneTap); }

TEST(Pointer, TakesAMouseClick) { EXPECT_EQ(played("mouse-click"), kOneTap); }

TEST(Pointer, TakesATouchThatTheWindowSystemDoublesAsMouseOnce) {
  EXPECT_EQ(played("finger-then-mouse"), kOneTap);
  EXPECT_EQ(played("mouse-then-finger"), kOneTap);
  EXPECT_EQ(played("late-mouse"), kOneTap);
}

TEST(Pointer, TakesAPanelThatFiresTwiceOnce) {
  EXPECT_EQ(played("double-fire-80"), "down(640,440) up(640,440)");
  EXPECT_EQ(played("double-fire-150"), "down(640,440) up(640,440)");
  EXPECT_EQ(played("double-fire-250"), "down(640,440) up(640,440)");
}

TEST(Pointer, TakesABounceAfterALongPressOnce) { EXPECT_EQ(played("long-press-bounce"), kOneTap); }

TEST(Pointer, TakesAPalmOnceAtMost) { EXPECT_EQ(played("palm"), "down(640,440) up(640,440)"); }

TEST(Pointer, IgnoresASecondFinger) {
  EXPECT_EQ(played("second-finger"), "down(128,440) up(128,440)");
}

TEST(Pointer, TakesQuickTapsOnTwoFaces) {
  EXPECT_EQ(played("two-faces"), "down(128,440) up(128,440) down(1152,440) up(1152,440)");
}

TEST(Pointer, TakesTheSamePlaceAgainAfterAWhile) {
  EXPECT_EQ(played("same-place-later"), "down(640,440) up(640,440) down(640,440) up(640,440)");
}

TEST(Pointer, FollowsAFingerThatIsDraggedOff) {
  EXPECT_EQ(played("drag-off"), "down(640,440) move(640,600) move(640,752) up(640,752)");
}

TEST(Pointer, CancelsAFingerThatWasLost) {
  EXPECT_EQ(played("lost-up"), "down(640,440) cancel down(128,440) up(128,440)");
}

TEST(Pointer, IgnoresAStrayRelease) { EXPECT_EQ(played("stray-up"), ""); }

TEST(Pointer, IgnoresMovesOfAnUnpressedMouse) { EXPECT_EQ(played("hover"), ""); }

TEST(Pointer, IgnoresOtherButtonsAndSdlsOwnMouse) {
  std::istringstream at("640 440 640 440");
  std::vector<SDL_Event> events = {mouse_event(SDL_MOUSEBUTTONDOWN, 0, at)};
  events[0].button.button = SDL_BUTTON_RIGHT;
  EXPECT_EQ(played(events), "");
  events[0].button.button = SDL_BUTTON_LEFT;
  events[0].button.which = SDL_TOUCH_MOUSEID;
  EXPECT_EQ(played(events), "");
}

TEST(Pointer, SurvivesTheWrapOfTheTimeStamps) {
  std::vector<SDL_Event> events = read_stream("double-fire-80");
  for (SDL_Event& event : events) event.common.timestamp += 0xFFFFFFFF - 30;
  EXPECT_EQ(played(events), kOneTap);
}

TEST(Pointer, ForgetsAPressWhenTheWindowIsLost) {
  Pointer pointer;
  pointer.resize(1280, 800);
  const auto events = read_stream("plain-tap");
  ASSERT_TRUE(pointer.handle(events[0]));
  EXPECT_TRUE(pointer.deadline());
  EXPECT_EQ(pointer.cancel()->action, Action::kCancel);
  EXPECT_FALSE(pointer.handle(events[1]));
  EXPECT_FALSE(pointer.cancel());
  EXPECT_FALSE(pointer.deadline());
}

}  // namespace
}  // namespace hailong::kiosk::input
