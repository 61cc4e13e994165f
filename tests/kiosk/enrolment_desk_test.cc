#include "kiosk/enrolment_desk.h"

#include <gtest/gtest.h>

#include <future>
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

/// A desk whose answers can be waited for.
class Counter {
 public:
  explicit Counter(const std::filesystem::path& data_dir, EnrolmentDesk::Pace pace = kQuick)
      : desk_(data_dir,
              {[this](std::uint64_t /*ticket*/, staff::View view) {
                 answer_.set_value(std::move(view));
               },
               [this] { enrolled_.set_value(); }},
              pace) {}
  ~Counter() { desk_.stop(); }

  staff::View ask(staff::Verb verb, const std::string& text = {}) {
    answer_ = {};
    auto answer = answer_.get_future();
    desk_.ask(1, {verb, 0, text});
    return answer.get();
  }
  std::future<staff::View> ask_later(const std::string& code) {
    answer_ = {};
    auto answer = answer_.get_future();
    desk_.ask(1, {staff::Verb::kEnrol, 0, code});
    return answer;
  }
  void wait_until_enrolled() { enrolled_.get_future().get(); }

 private:
  std::promise<staff::View> answer_;
  std::promise<void> enrolled_;
  EnrolmentDesk desk_;  // last: its thread uses the rest
};

/// What the daemon does: waits for a request, and says what became of it.
void wait_for_request(const std::filesystem::path& data_dir) {
  while (!wire::asked_to_enrol(data_dir)) std::this_thread::yield();
}
void answer_request(const std::filesystem::path& data_dir, std::string_view state, bool done) {
  wait_for_request(data_dir);
  ASSERT_TRUE(wire::say_enrol_state(data_dir, state, done));
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
  const wire::EnrolmentCode code = wire::new_enrolment_code();
  auto refused = counter.ask_later(code.text);
  answer_request(folder.path() / "data", "code-used", true);
  const staff::View view = refused.get();
  EXPECT_EQ(view.message, enrolment_words("code-used"));
  EXPECT_EQ(view.message_tone, staff::Tone::kAlert);
  EXPECT_TRUE(view.input);
}

TEST(EnrolmentDesk, SaysWhenNobodyTakesTheCode) {
  const TempFolder folder;
  Counter counter(folder.path(), {milliseconds{1}, milliseconds{20}, milliseconds{5}});
  const staff::View view = counter.ask(staff::Verb::kEnrol, wire::new_enrolment_code().text);
  EXPECT_NE(view.message.find("chưa nhận mã"), std::string::npos) << view.message;
  EXPECT_TRUE(wire::asked_to_enrol(folder.path()));
}

TEST(EnrolmentDesk, EndsWhenTheMachineIsEnrolled) {
  const TempFolder folder;
  Counter counter(folder.path());
  auto answer = counter.ask_later(wire::new_enrolment_code().text);
  wait_for_request(folder.path());
  ASSERT_TRUE(wire::write_enrolment(folder.path(), an_enrolment()));
  answer_request(folder.path(), "enrolled", true);
  answer.get();
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
