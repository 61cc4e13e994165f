#include "kiosk/enrolment_desk.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <optional>
#include <thread>

#include "kiosk/settings.h"
#include "tests/temp_folder.h"
#include "wire/enrolment_file.h"

namespace hailong::kiosk {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using tests::TempFolder;

constexpr EnrolmentDesk::Pace kQuick{milliseconds{1}, seconds{20}, milliseconds{5}};

/// A desk, and what it tells.
class Counter {
 public:
  explicit Counter(const std::filesystem::path& data_dir, EnrolmentDesk::Pace pace = kQuick)
      : desk_(data_dir,
              {[this](std::uint64_t ticket, staff::View view) { take(ticket, std::move(view)); },
               [this] { enrolled_.set_value(); }},
              pace) {}
  ~Counter() { desk_.stop(); }

  /// The first answer.
  staff::View ask(staff::Verb verb, const std::string& text = {}) {
    ask_later(verb, text);
    return wait_until([](const staff::View& /*any*/) { return true; });
  }
  void ask_later(staff::Verb verb, const std::string& text) {
    const std::lock_guard lock(mutex_);
    last_.reset();
    desk_.ask(++ticket_, {verb, 0, text});
  }
  /// The first view from here on that says so.
  staff::View wait_for(const std::string& words) {
    return wait_until(
        [&](const staff::View& view) { return view.message.find(words) != std::string::npos; });
  }
  void wait_until_enrolled() { enrolled_.get_future().get(); }

 private:
  void take(std::uint64_t ticket, staff::View view) {
    {
      const std::lock_guard lock(mutex_);
      if (ticket == ticket_) last_ = std::move(view);
    }
    changed_.notify_one();
  }
  template <typename Wanted>
  staff::View wait_until(const Wanted& wanted) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return last_ && wanted(*last_); });
    return *last_;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t ticket_ = 0;
  std::optional<staff::View> last_;
  std::promise<void> enrolled_;
  EnrolmentDesk desk_;  // last: its thread uses the rest
};

/// What the daemon does: waits for a request, and says what became of it.
wire::EnrolRequest wait_for_request(const std::filesystem::path& data_dir) {
  auto request = wire::asked_to_enrol(data_dir);
  for (; !request; request = wire::asked_to_enrol(data_dir)) std::this_thread::yield();
  return *request;
}
void answer_request(const std::filesystem::path& data_dir, const wire::EnrolState& state) {
  ASSERT_TRUE(wire::say_enrol_state(data_dir, wait_for_request(data_dir), state));
}

wire::Enrolment an_enrolment() {
  return {core::DeviceId{"kt-10750-q1"}, core::UnitCode{"10750"}, "", {}, 42, core::Bytes32{1}};
}

TEST(EnrolmentDesk, AsksForTheCode) {
  const TempFolder folder;
  Counter counter(folder.path());
  const staff::View view = counter.ask(staff::Verb::kOpen);
  EXPECT_EQ(view.title, "Máy chưa được đăng ký");
  ASSERT_TRUE(view.input);
  EXPECT_EQ(view.input->kind, staff::Input::Kind::kCode);
  EXPECT_EQ(view.message, "");
}

TEST(EnrolmentDesk, FindsAMistypedCodeByItself) {
  const TempFolder folder;
  Counter counter(folder.path());
  std::string typed = wire::new_enrolment_code().text;
  typed.back() = typed.back() == '0' ? '1' : '0';
  const staff::View view = counter.ask(staff::Verb::kEnrol, typed);
  EXPECT_EQ(view.message_tone, staff::Tone::kAlert);
  EXPECT_NE(view.message.find("nhập nhầm"), std::string::npos) << view.message;
  EXPECT_FALSE(wire::asked_to_enrol(folder.path()));
}

TEST(EnrolmentDesk, HandsTheCodeToTheDaemonAndTellsWhatItSays) {
  const TempFolder folder;
  Counter counter(folder.path() / "data");
  const staff::View sent = counter.ask(staff::Verb::kEnrol, wire::new_enrolment_code().text);
  EXPECT_EQ(sent.message, enrolment_words("asking")) << "at once, before the daemon knows of it";
  answer_request(folder.path() / "data", {"offline"});
  EXPECT_EQ(counter.wait_for("kiểm tra mạng").message_tone, staff::Tone::kAlert);
  answer_request(folder.path() / "data", {"code-used", true});
  const staff::View view = counter.wait_for("máy khác");
  EXPECT_EQ(view.message, enrolment_words("code-used"));
  EXPECT_EQ(view.message_tone, staff::Tone::kAlert);
  EXPECT_TRUE(view.input);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "data" / wire::kEnrolRequestFile));
}

TEST(EnrolmentDesk, WaitsForTheAnswerToTheCodeThatWasEnteredLast) {
  const TempFolder folder;
  Counter counter(folder.path());
  counter.ask(staff::Verb::kEnrol, wire::new_enrolment_code().text);
  const wire::EnrolRequest mistaken = wait_for_request(folder.path());
  counter.ask(staff::Verb::kEnrol, wire::new_enrolment_code().text);
  const wire::EnrolRequest right = wait_for_request(folder.path());
  ASSERT_TRUE(wire::say_enrol_state(folder.path(), mistaken, {"unknown-code", true}));
  EXPECT_EQ(counter.ask(staff::Verb::kOpen).message, enrolment_words("asking"));
  EXPECT_EQ(wait_for_request(folder.path()), right);
}

TEST(EnrolmentDesk, SaysWhenNobodyTakesTheCode) {
  const TempFolder folder;
  Counter counter(folder.path(), {milliseconds{1}, milliseconds{20}, milliseconds{5}});
  counter.ask_later(staff::Verb::kEnrol, wire::new_enrolment_code().text);
  counter.wait_for("chưa nhận mã");
  EXPECT_TRUE(wire::asked_to_enrol(folder.path()));
}

TEST(EnrolmentDesk, EndsWhenTheMachineIsEnrolled) {
  const TempFolder folder;
  Counter counter(folder.path());
  counter.ask(staff::Verb::kEnrol, wire::new_enrolment_code().text);
  wait_for_request(folder.path());
  ASSERT_TRUE(wire::write_enrolment(folder.path(), an_enrolment()));
  counter.wait_until_enrolled();
}

TEST(EnrolmentDesk, EndsAlsoWhenAnotherWayWasTaken) {
  const TempFolder folder;
  Counter counter(folder.path());
  ASSERT_TRUE(wire::write_enrolment(folder.path(), an_enrolment()));
  counter.wait_until_enrolled();
}

TEST(EnrolmentDesk, HasWordsForWhateverTheDistrictSays) {
  EXPECT_NE(enrolment_words("something-new").find("something-new"), std::string::npos);
  EXPECT_EQ(enrolment_words(""), "");
}

TEST(Settings, LearnTheDeviceFromTheEnrolment) {
  const TempFolder folder;
  Settings settings;
  settings.data_dir = folder.path();
  EXPECT_FALSE(learn_device(settings).value());
  ASSERT_TRUE(wire::write_enrolment(folder.path(), an_enrolment()));
  EXPECT_TRUE(learn_device(settings).value());
  EXPECT_EQ(settings.device.value, "kt-10750-q1");
  EXPECT_EQ(settings.first, 42);
  settings.device = core::DeviceId{"kt-10750-q2"};
  EXPECT_EQ(learn_device(settings).error().fault, core::Fault::kConflict);
}

}  // namespace
}  // namespace hailong::kiosk
