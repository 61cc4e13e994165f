#include "kiosk/speech/player.h"

#include <SDL.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <semaphore>
#include <thread>

#include "tests/kiosk/spoken.h"
#include "tests/temp_folder.h"

namespace hailong::kiosk::speech {
namespace {

using std::chrono::milliseconds;

void wait_until(const std::function<bool()>& is_so) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!is_so() && std::chrono::steady_clock::now() < limit) std::this_thread::yield();
  EXPECT_TRUE(is_so());
}

/// A player whose sound device is a file, fifty times as fast as sound.
class Recorder {
 public:
  explicit Recorder(milliseconds linger = Player::kLinger) : linger_(linger) {
    setenv("SDL_AUDIODRIVER", "disk", 1);
    setenv("SDL_DISKAUDIOFILE", file().c_str(), 1);
    set_delay("1");
  }

  /// Milliseconds from one buffer of 43 ms to the next.
  static void set_delay(const char* ms) { setenv("SDL_DISKAUDIODELAY", ms, 1); }

  Player& player() {
    if (player_ == nullptr) {
      player_ = std::move(Player::open(
                              kSpeechFolder, [this] { silences_.release(); }, linger_)
                              .value());
    }
    return *player_;
  }

  void wait_for_silence() { ASSERT_TRUE(silences_.try_acquire_for(std::chrono::seconds(30))); }

  void wait_for_sound() {
    wait_until([this] { return !recorded().empty(); });
  }

  [[nodiscard]] bool has_fallen_silent_again() { return silences_.try_acquire(); }

  /// Ends the player. What was heard.
  std::vector<Sample> heard() {
    player_.reset();
    return recorded();
  }

 private:
  [[nodiscard]] std::string file() const { return (folder_.path() / "heard.raw").string(); }

  /// Silence left out, since SDL fills gaps with it.
  [[nodiscard]] std::vector<Sample> recorded() const {
    std::ifstream recording(file(), std::ios::binary);
    std::vector<Sample> samples;
    for (Sample sample; recording.read(reinterpret_cast<char*>(&sample), sizeof sample);) {
      if (sample != 0) samples.push_back(sample);
    }
    return samples;
  }

  tests::TempFolder folder_;
  milliseconds linger_;
  std::counting_semaphore<> silences_{0};
  std::unique_ptr<Player> player_;
};

/// What those prompts sound like one after the other; silence left out.
std::vector<Sample> sound_of(std::initializer_list<std::string> ids) {
  std::vector<Sample> samples;
  for (const std::string& id : ids) {
    for (const Sample sample : decoded(kSpeechFolder / (id + ".opus"))) {
      if (sample != 0) samples.push_back(sample);
    }
  }
  return samples;
}

TEST(Player, SaysAPrompt) {
  Recorder recorder;
  recorder.player().say("scale.score_4");
  EXPECT_TRUE(recorder.player().is_speaking());
  recorder.wait_for_silence();
  EXPECT_FALSE(recorder.player().is_speaking());
  EXPECT_EQ(recorder.heard(), sound_of({"scale.score_4"}));
}

TEST(Player, SaysPromptsOneAfterTheOther) {
  Recorder recorder;
  const std::vector<std::string> ids = {"question.text", "scale.score_1", "scale.score_2"};
  recorder.player().say(ids);
  recorder.wait_for_silence();
  EXPECT_EQ(recorder.heard(), sound_of({"question.text", "scale.score_1", "scale.score_2"}));
}

TEST(Player, SaysTheNextThingWithADeviceThatIsOpenStill) {
  Recorder recorder;
  recorder.player().say("scale.score_1");
  recorder.wait_for_silence();
  recorder.player().say("scale.score_2");
  recorder.wait_for_silence();
  EXPECT_EQ(recorder.heard(), sound_of({"scale.score_1", "scale.score_2"}));
}

TEST(Player, LeavesOffForTheNextThing) {
  Recorder recorder;
  Recorder::set_delay("43");
  recorder.player().say("sorry.body");
  recorder.wait_for_sound();
  recorder.player().say("scale.score_3");
  recorder.wait_for_silence();
  EXPECT_FALSE(recorder.has_fallen_silent_again());
  const std::vector<Sample> heard = recorder.heard();
  const std::vector<Sample> last = sound_of({"scale.score_3"});
  ASSERT_GT(heard.size(), last.size());
  EXPECT_LT(heard.size(), sound_of({"sorry.body"}).size());
  EXPECT_TRUE(std::equal(last.rbegin(), last.rend(), heard.rbegin()));
}

TEST(Player, FallsSilentWhenHushed) {
  Recorder recorder;
  Recorder::set_delay("43");
  recorder.player().say("sorry.body");
  recorder.wait_for_sound();
  recorder.player().hush();
  EXPECT_FALSE(recorder.player().is_speaking());
  EXPECT_FALSE(recorder.has_fallen_silent_again());
  EXPECT_LT(recorder.heard().size(), sound_of({"sorry.body"}).size() / 2);
}

TEST(Player, FallsSilentWhenItEnds) {
  Recorder recorder;
  Recorder::set_delay("43");
  recorder.player().say("sorry.body");
  recorder.wait_for_sound();
  EXPECT_LT(recorder.heard().size(), sound_of({"sorry.body"}).size() / 2);
}

TEST(Player, LeavesOutWhatItDoesNotKnow) {
  Recorder recorder;
  const std::vector<std::string> ids = {"no.such", "scale.score_5", "no.such"};
  recorder.player().say(ids);
  recorder.wait_for_silence();
  recorder.player().say("no.such");
  recorder.wait_for_silence();
  EXPECT_EQ(recorder.heard(), sound_of({"scale.score_5"}));
}

TEST(Player, OpensTheDeviceOnlyToSpeak) {
  Recorder recorder(milliseconds(0));
  recorder.player();
  recorder.player().hush();
  EXPECT_EQ(SDL_GetCurrentAudioDriver(), nullptr);
  recorder.player().say("no.such");
  recorder.wait_for_silence();
  EXPECT_EQ(SDL_GetCurrentAudioDriver(), nullptr);
  recorder.player().say("scale.score_1");
  recorder.wait_for_silence();
  wait_until([] { return SDL_GetCurrentAudioDriver() == nullptr; });
}

TEST(Player, IsHeardOnceThereIsADevice) {
  Recorder recorder;
  setenv("SDL_AUDIODRIVER", "no-such-driver", 1);
  recorder.player().say("scale.score_1");
  recorder.wait_for_silence();
  EXPECT_FALSE(recorder.player().is_speaking());
  setenv("SDL_AUDIODRIVER", "disk", 1);
  recorder.player().say("scale.score_2");
  recorder.wait_for_silence();
  EXPECT_EQ(recorder.heard(), sound_of({"scale.score_2"}));
}

TEST(Player, WantsAFolder) {
  EXPECT_EQ(Player::open("/no/such/folder").error().fault, core::Fault::kNotFound);
}

}  // namespace
}  // namespace hailong::kiosk::speech
