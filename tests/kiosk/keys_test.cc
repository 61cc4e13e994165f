#include "kiosk/input/keys.h"

#include <SDL.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace hailong::kiosk::input {
namespace {

/// A recorded stream: "<ms> <key> [shift] [ctrl] [caps] [repeat]" a line, '#' begins a comment.
/// Keys have SDL's names with '_' for a blank; "wait" means that nothing came until then.
SDL_Event event_of(Uint32 time, std::string name, std::istringstream& rest) {
  SDL_Event event{};
  event.common.timestamp = time;
  if (name == "wait") return event;
  std::replace(name.begin(), name.end(), '_', ' ');
  event.key.type = SDL_KEYDOWN;
  event.key.keysym.scancode = SDL_GetScancodeFromName(name.c_str());
  EXPECT_NE(event.key.keysym.scancode, SDL_SCANCODE_UNKNOWN) << name;
  unsigned modifiers = KMOD_NONE;
  for (std::string word; rest >> word;) {
    if (word == "shift") modifiers |= KMOD_LSHIFT;
    if (word == "ctrl") modifiers |= KMOD_LCTRL;
    if (word == "caps") modifiers |= KMOD_CAPS;
    if (word == "repeat") event.key.repeat = 1;
  }
  event.key.keysym.mod = static_cast<Uint16>(modifiers);
  return event;
}

std::vector<SDL_Event> read_stream(const std::string& name) {
  std::ifstream file(std::string(HAILONG_STREAMS "/keys/") + name + ".txt");
  EXPECT_TRUE(file) << name;
  std::vector<SDL_Event> events;
  for (std::string text; std::getline(file, text);) {
    if (text.empty() || text.front() == '#') continue;
    std::istringstream line(text);
    Uint32 time = 0;
    std::string key;
    line >> time >> key;
    events.push_back(event_of(time, key, line));
  }
  return events;
}

/// What came out, e.g. "a b scan(123456) [Enter] garbage(too long 600)".
class Account {
 public:
  void add(const std::vector<KeyEvent>& events) {
    for (const KeyEvent& event : events) {
      if (said_.tellp() > 0) said_ << " ";
      std::visit([this](const auto& what) { say(what); }, event);
    }
  }
  [[nodiscard]] std::string text() const { return said_.str(); }

 private:
  void say(const Scanned& what) { said_ << "scan(" << what.text << ")"; }
  void say(const Garbage& what) {
    said_ << "garbage(" << name_of(what.reason) << " " << what.length << ")";
  }
  void say(const KeyPressed& what) {
    static constexpr const char* kNames[] = {"Enter", "+",  "-",    "Backspace", "Left",
                                             "Right", "Up", "Down", "Escape"};
    if (const auto digit = digit_of(what.key)) {
      said_ << "[" << *digit << "]";
    } else {
      said_ << "[" << kNames[static_cast<int>(what.key) - 10] << "]";
    }
  }
  void say(const Typed& what) { said_ << static_cast<char>(what.character); }

  std::ostringstream said_;
};

std::string played(const std::vector<SDL_Event>& events) {
  Keys keys;
  Account account;
  for (const SDL_Event& event : events) {
    account.add(keys.expire(event.common.timestamp));
    account.add(keys.handle(event));
  }
  return account.text();
}

std::string played(const std::string& stream) { return played(read_stream(stream)); }

constexpr const char* kOneScan = "scan(H26.10.15-240115-0001)";

TEST(Keys, TakeAScan) { EXPECT_EQ(played("scanner"), kOneScan); }

TEST(Keys, TakeAScanOfASlowScanner) { EXPECT_EQ(played("scanner-slow"), kOneScan); }

TEST(Keys, TakeTheLineEndsOfAScanForNothing) {
  EXPECT_EQ(played("scanner-crlf"), kOneScan);
  EXPECT_EQ(played("scanner-control-crlf"), kOneScan);
  EXPECT_EQ(played("scanner-tab"), kOneScan);
  EXPECT_EQ(played("scanner-late-enter"), kOneScan);
}

TEST(Keys, TakeAScanThatSilenceEnds) {
  std::vector<SDL_Event> events = read_stream("scanner-no-enter");
  EXPECT_EQ(played(events), kOneScan);
  events.pop_back();  // the second wait
  EXPECT_EQ(played(events), "");
}

TEST(Keys, TakeAScanAcrossASlowFrame) { EXPECT_EQ(played("scanner-stall"), kOneScan); }

TEST(Keys, TakeAScanWhoseEqualKeysSeemToRepeat) { EXPECT_EQ(played("scanner-instant"), kOneScan); }

TEST(Keys, TakeTwoScansInARow) {
  EXPECT_EQ(played("scanner-twice"), "scan(H26.10.15-240115-0001) scan(H26.10.15-240115-0002)");
}

TEST(Keys, TypeNothingOfACodeWithManyLines) {
  EXPECT_EQ(played("scanner-lines"),
            "scan(H26.10.15-240115-0001) garbage(too short 2) scan(0912345678)");
}

TEST(Keys, TakeAScanWithSignsOfAnAddress) {
  EXPECT_EQ(played("scanner-url"), "scan(https://dvc.gov.vn/?id=H26.10)");
}

TEST(Keys, TakeAScanWhileSomeoneTypes) {
  EXPECT_EQ(played("scan-during-typing"), "n g o scan(H26.10.15-240115-0001) a");
}

TEST(Keys, TakeUpTo512CharactersForAScan) {
  EXPECT_EQ(played("scanner-longest"), "scan(" + std::string(512, 'x') + ")");
  EXPECT_EQ(played("garbage-long"), "garbage(too long 600)");
}

TEST(Keys, DropScansWithControlCharacters) {
  EXPECT_EQ(played("garbage-control"), "garbage(control characters 14)");
}

TEST(Keys, LetAFastTypistType) {
  EXPECT_EQ(played("typist-fast"), "N g u o i x [7]   [2] [Enter]");
  EXPECT_EQ(played("typist-rolls"), "t i e [Backspace] n [Enter]");
}

TEST(Keys, HeedCapsLockForTypistsOnly) {
  EXPECT_EQ(played("typist-caps"), "A a - !");
  std::vector<SDL_Event> scan = read_stream("scanner");
  for (SDL_Event& event : scan) event.key.keysym.mod |= KMOD_CAPS;
  EXPECT_EQ(played(scan), kOneScan);
}

TEST(Keys, RepeatOnlyWhatIsOfUse) {
  EXPECT_EQ(played("key-held"), "[5] a [Backspace] [Backspace] [Backspace]");
}

TEST(Keys, PressTheKeysOfANumberPad) {
  EXPECT_EQ(played("number-pad"), "[5] [+] [-] [0] [Enter]");
  EXPECT_EQ(played("number-pad-fast"), "[1] [2]");
}

TEST(Keys, PressTheKeysOfAButtonBox) { EXPECT_EQ(played("button-box"), "[1] [5] [3]"); }

TEST(Keys, TypeDigitsThatHaveANeighbour) { EXPECT_EQ(played("digits-near"), "a 5 5 a [5] [6]"); }

TEST(Keys, PressNamedKeysAndIgnoreOthers) {
  EXPECT_EQ(played("other-keys"), "[Left] [Right] [Up] [Down] [Escape] [Right] [Left] [Enter] /");
}

TEST(Keys, SayWhenTheyAreDue) {
  const std::vector<SDL_Event> events = read_stream("scanner");
  Keys keys;
  EXPECT_FALSE(keys.deadline());
  for (const SDL_Event& event : events) {
    if (event.key.keysym.scancode == SDL_SCANCODE_PERIOD) break;
    keys.handle(event);
  }
  EXPECT_EQ(keys.deadline(), 1010 + Keys::kHoldMs);  // H, 2, 6
  for (const SDL_Event& event : events) {
    if (event.key.keysym.scancode != SDL_SCANCODE_RETURN) keys.handle(event);
  }
  EXPECT_EQ(keys.deadline(), 1100 + Keys::kScanEndMs);
  EXPECT_EQ(keys.expire(1100 + Keys::kScanEndMs).size(), 1U);
  EXPECT_FALSE(keys.deadline());
}

TEST(Keys, ForgetWhatIsHeldBack) {
  Keys keys;
  for (const SDL_Event& event : read_stream("scanner-no-enter")) {
    if (event.type == SDL_KEYDOWN) keys.handle(event);
  }
  keys.cancel();
  EXPECT_FALSE(keys.deadline());
  EXPECT_TRUE(keys.expire(10'000).empty());
}

TEST(Keys, SurviveTheWrapOfTheTimeStamps) {
  for (const char* stream : {"scanner", "scanner-crlf", "scan-during-typing", "digits-near"}) {
    std::vector<SDL_Event> events = read_stream(stream);
    const std::string expected = played(events);
    for (SDL_Event& event : events) event.common.timestamp += 0xFFFFFFFF - 1040;
    EXPECT_EQ(played(events), expected) << stream;
  }
}

TEST(Keys, IgnoreEventsThatAreNoKeys) {
  Keys keys;
  SDL_Event event{};
  for (const Uint32 type : {SDL_KEYUP, SDL_TEXTINPUT, SDL_FINGERDOWN}) {
    event.type = type;
    EXPECT_TRUE(keys.handle(event).empty());
  }
  EXPECT_FALSE(keys.deadline());
}

/// Whatever happens on other keys before and after, at a human pace: the code arrives whole, and
/// nothing of it is typed.
TEST(Keys, TakeEveryScanAmongEverything) {
  std::mt19937 random(20260710);
  const auto upto = [&random](Uint32 most) {
    return std::uniform_int_distribution<Uint32>(0, most)(random);
  };
  const std::vector<SDL_Event> scan = read_stream("scanner");
  for (int round = 0; round < 500; ++round) {
    Uint32 time = 0;
    std::vector<SDL_Event> events;
    const auto some_keys = [&] {
      for (Uint32 i = upto(5); i > 0; --i) {
        time += Keys::kScannerGapMs + 1 + upto(100);
        SDL_Event event{};
        event.key.type = SDL_KEYDOWN;
        event.key.timestamp = time;
        event.key.keysym.scancode = static_cast<SDL_Scancode>(4 + upto(95));
        events.push_back(event);
      }
    };
    some_keys();
    time += Keys::kScannerGapMs + 1 + upto(100);
    const Uint32 gap = 1 + upto(Keys::kScannerGapMs - 1);
    for (SDL_Event event : scan) {
      event.common.timestamp = time;
      if (event.key.keysym.scancode != SDL_SCANCODE_LSHIFT) time += gap;
      events.push_back(event);
    }
    some_keys();
    std::string text = played(events);
    const auto at = text.find(kOneScan);
    ASSERT_NE(at, std::string::npos) << text;
    EXPECT_EQ(text.find("scan(", at + 1), std::string::npos) << text;
  }
}

TEST(Keys, KnowTheirDigitsAndCharacters) {
  EXPECT_EQ(digit_of(Key::k7), 7);
  EXPECT_FALSE(digit_of(Key::kEnter));
  EXPECT_EQ(character_of(Key::k0), U'0');
  EXPECT_EQ(character_of(Key::kPlus), U'+');
  EXPECT_EQ(character_of(Key::kMinus), U'-');
  EXPECT_FALSE(character_of(Key::kBackspace));
}

}  // namespace
}  // namespace hailong::kiosk::input
