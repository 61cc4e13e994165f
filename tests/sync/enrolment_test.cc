#include "sync/enrolment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <optional>

#include "sync/delivery.h"
#include "sync/first_start.h"
#include "tests/journal/sample.h"
#include "tests/temp_folder.h"
#include "wire/enrolment_file.h"
#include "wire/key_change.h"
#include "wire/key_file.h"

namespace hailong::sync {
namespace {

using core::Fault;
using journal::journal_with;
using journal::must;
using tests::TempFolder;

/// A district that invited one device and changes keys, as the real one does.
class Inviter : public Transport {
 public:
  wire::EnrolmentCode code = wire::new_enrolment_code();
  wire::SigningKey key = wire::SigningKey::from_seed(core::Bytes32{7});
  wire::Enrolment enrolment{journal::kDevice, core::UnitCode{"10750"}, "", {}, 1, {}};
  std::vector<wire::PublicKey> known;    // keys that may speak
  std::optional<wire::PublicKey> taken;  // by another device
  std::vector<std::string> asked;        // paths
  /// Whether the answer is lost after the request was done.
  bool loses_answer = false;
  std::optional<Answer> instead;
  std::function<void()> meanwhile;  // once, while the first request is answered

  Answer send(const Request& request) override {
    asked.push_back(request.path);
    if (meanwhile) std::exchange(meanwhile, nullptr)();
    if (instead) return *instead;
    Answer answer = request.path == "/api/v1/enrol" ? enrol(request) : change_key(request);
    if (loses_answer) return NetworkFailure{"cut"};
    return answer;
  }

  static HttpAnswer problem(long status, const std::string& kind) {
    return {status,
            {},
            "application/problem+json",
            R"({"type":"urn:hailong:problem:)" + kind + R"("})"};
  }

 private:
  Answer enrol(const Request& request) {
    const auto received = must(wire::receive_enrolment_request(request.body));
    if (received.request.invitation != code.invitation() || !received.knows(code.secret())) {
      return problem(403, "unknown-code");
    }
    if (taken == received.request.key) return problem(409, "key-taken");
    const core::DeviceId& present = received.request.device;
    if (!present.empty() && present != enrolment.device) return problem(409, "other-device");
    const wire::PublicKey& expected = received.request.district;
    if (expected != wire::PublicKey{} && expected != key.public_key()) {
      return problem(409, "other-district");
    }
    known.push_back(received.request.key);
    return HttpAnswer{200,
                      {},
                      "application/json",
                      wire::seal_enrolment(enrolment, received.request, code.secret(), key)};
  }

  Answer change_key(const Request& request) {
    const auto change = must(wire::open_key_change(request.body));
    known.push_back(change.new_key);
    return HttpAnswer{200, {}, "application/json", wire::seal_key_answer(change, key)};
  }
};

class EnrolmentTest : public testing::Test {
 protected:
  EnrolmentOutcome enrol_here() { return enrol(folder_.path(), inviter_.code, {}, inviter_); }

  std::string refusal(const EnrolmentOutcome& outcome) {
    const auto* refused = std::get_if<NotEnrolled>(&outcome);
    return refused == nullptr ? "enrolled" : refused->state;
  }

  wire::PublicKey key_on_disk() {
    return must(wire::read_key(folder_.path() / journal::kDeviceKeyFile)).public_key();
  }
  wire::PublicKey journals_key() {
    return must(journal::Outbox::open(folder_.path())).identity().public_key;
  }

  /// The journal opens, by a key that the district knows.
  void expect_can_send() {
    auto source = Source::open(folder_.path());
    ASSERT_TRUE(source) << source.error().message;
    EXPECT_EQ(std::count(inviter_.known.begin(), inviter_.known.end(), source->key().public_key()),
              1);
  }

  TempFolder folder_;
  Inviter inviter_;
};

TEST_F(EnrolmentTest, MakesAKeyAndKeepsWhatTheDistrictSaid) {
  EXPECT_EQ(refusal(enrol_here()), "enrolled");
  const auto kept = must(wire::read_enrolment(folder_.path()));
  EXPECT_EQ(kept.device, journal::kDevice);
  EXPECT_EQ(kept.district, inviter_.key.public_key());
  EXPECT_EQ(inviter_.known, std::vector{key_on_disk()});
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / journal::kNextKeyFile));
}

TEST_F(EnrolmentTest, AsksAgainByTheSameKeyWhenTheAnswerWasLost) {
  inviter_.loses_answer = true;
  EXPECT_EQ(refusal(enrol_here()), "offline");
  EXPECT_EQ(wire::read_enrolment(folder_.path()).error().fault, Fault::kNotFound);
  inviter_.loses_answer = false;
  EXPECT_EQ(refusal(enrol_here()), "enrolled");
  ASSERT_EQ(inviter_.known.size(), 2U);
  EXPECT_EQ(inviter_.known[0], inviter_.known[1]);
}

TEST_F(EnrolmentTest, GivesAJournalThatLostItsKeyANewOne) {
  journal_with(folder_.path(), 3);
  const wire::PublicKey lost = journals_key();
  std::filesystem::remove(folder_.path() / journal::kDeviceKeyFile);
  ASSERT_EQ(Source::open(folder_.path()).error().fault, Fault::kCorrupt);
  EXPECT_EQ(refusal(enrol_here()), "enrolled");
  EXPECT_NE(journals_key(), lost);
  expect_can_send();
}

TEST_F(EnrolmentTest, MakesAnotherKeyWhereTheOldOneWasRevoked) {
  journal_with(folder_.path(), 1);
  inviter_.taken = key_on_disk();
  EXPECT_EQ(refusal(enrol_here()), "enrolled");
  EXPECT_NE(key_on_disk(), *inviter_.taken);
  expect_can_send();
}

TEST_F(EnrolmentTest, LeavesAJournalOfAnotherDeviceAlone) {
  journal_with(folder_.path(), 1);
  inviter_.enrolment.device = core::DeviceId{"kt-10750-q2"};
  EXPECT_EQ(refusal(enrol_here()), "other-device");
  EXPECT_TRUE(inviter_.known.empty()) << "the code was not used";
  EXPECT_EQ(wire::read_enrolment(folder_.path()).error().fault, Fault::kNotFound);
  EXPECT_TRUE(Source::open(folder_.path()));
}

TEST_F(EnrolmentTest, BelievesOnlyTheDistrictThatIsConfigured) {
  const auto outcome = enrol(folder_.path(), inviter_.code, core::Bytes32{1}, inviter_);
  EXPECT_EQ(refusal(outcome), "other-district");
  EXPECT_TRUE(inviter_.known.empty()) << "the code was not used";
  EXPECT_EQ(wire::read_enrolment(folder_.path()).error().fault, Fault::kNotFound);
}

TEST_F(EnrolmentTest, TellsWhatPassesFromWhatAPersonMustMend) {
  const auto outcome_of = [&](const Answer& answer) {
    inviter_.instead = answer;
    return std::get<NotEnrolled>(enrol_here());
  };
  EXPECT_FALSE(outcome_of(Inviter::problem(403, "code-used")).passes());
  EXPECT_EQ(outcome_of(Inviter::problem(403, "code-expired")).state, "code-expired");
  EXPECT_TRUE(outcome_of(Inviter::problem(429, "too-many-tries")).passes());
  EXPECT_TRUE(outcome_of(Inviter::problem(503, "busy")).passes());
  EXPECT_TRUE(outcome_of(NetworkFailure{"no route"}).passes());
  // A captive portal's word is nobody's.
  EXPECT_TRUE(outcome_of(HttpAnswer{200, {}, "text/html", "<html>log in</html>"}).passes());
  EXPECT_TRUE(outcome_of(HttpAnswer{403, {}, "text/html", "<html>log in</html>"}).passes());
}

TEST_F(EnrolmentTest, RotatesTheKeyOfAJournal) {
  journal_with(folder_.path(), 2);
  const wire::PublicKey before = key_on_disk();
  auto running = must(Source::open(folder_.path()));
  const auto rotated = rotate_key(folder_.path(), inviter_.key.public_key(), inviter_);
  ASSERT_TRUE(rotated) << rotated.error().message;
  EXPECT_NE(*rotated, before);
  EXPECT_EQ(key_on_disk(), *rotated);
  EXPECT_EQ(journals_key(), *rotated);
  EXPECT_FALSE(running.is_current());
  expect_can_send();
}

TEST_F(EnrolmentTest, KeepsTheOldKeyUntilTheDistrictHasTakenTheNewOne) {
  journal_with(folder_.path(), 2);
  const wire::PublicKey before = key_on_disk();
  inviter_.loses_answer = true;
  EXPECT_EQ(rotate_key(folder_.path(), inviter_.key.public_key(), inviter_).error().fault,
            Fault::kOffline);
  EXPECT_EQ(must(Source::open(folder_.path())).key().public_key(), before);
  inviter_.loses_answer = false;
  // The same new key again: the district knows it already.
  ASSERT_TRUE(rotate_key(folder_.path(), inviter_.key.public_key(), inviter_));
  ASSERT_EQ(inviter_.known.size(), 2U);
  EXPECT_EQ(inviter_.known[0], inviter_.known[1]);
}

TEST_F(EnrolmentTest, DoesNotBelieveAStrangersWordThatTheKeyWasTaken) {
  journal_with(folder_.path(), 2);
  const wire::PublicKey before = key_on_disk();
  EXPECT_EQ(rotate_key(folder_.path(), core::Bytes32{1}, inviter_).error().fault, Fault::kOffline);
  EXPECT_EQ(must(Source::open(folder_.path())).key().public_key(), before);
}

// Cut between the journal's going by the new key and that key's taking its place.
TEST_F(EnrolmentTest, EndsAChangeOfKeysThatWasCutShort) {
  journal_with(folder_.path(), 2);
  const auto next = must(wire::read_or_make_key(folder_.path() / journal::kNextKeyFile));
  must(must(journal::Outbox::open(folder_.path())).set_public_key(next.public_key()));
  EXPECT_EQ(must(Source::open(folder_.path())).key().public_key(), next.public_key());
  EXPECT_EQ(key_on_disk(), next.public_key());
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / journal::kNextKeyFile));
}

/// Lets somebody do the next thing at every sleep, and stops when nothing is left.
class Bystander : public Waiting {
 public:
  std::vector<std::function<void()>> deeds;
  std::size_t waits = 0;

  bool stopped() override { return stopped_; }
  [[nodiscard]] core::Stamp now() const override { return journal::stamp_at(1'795'453'200'000); }
  void watch() override {}
  Woken for_change(std::chrono::milliseconds /*most*/) override { return act(); }
  Woken for_time(std::chrono::milliseconds /*time*/) override {
    ++waits;
    return act();
  }

 private:
  Woken act() {
    stopped_ = next_ == deeds.size();
    if (!stopped_) deeds[next_++]();
    return Woken::kByChange;
  }
  std::size_t next_ = 0;
  bool stopped_ = false;
};

class FirstStartTest : public EnrolmentTest {
 protected:
  FirstStartTest() { settings_.data_dir = folder_.path(); }

  void wait_until_enrolled() {
    FirstStart(settings_, inviter_, bystander_, [] { return 0.5; }).wait_until_enrolled();
  }
  std::string state() { return must(wire::enrol_state(folder_.path())).word; }

  Settings settings_;
  Bystander bystander_;
};

TEST_F(FirstStartTest, EnrolsByTheCodeThatIsEnteredAtTheKiosk) {
  std::string refused;
  bystander_.deeds = {[&] { must(wire::ask_to_enrol(folder_.path(), wire::new_enrolment_code())); },
                      [&] {
                        refused = state();
                        must(wire::ask_to_enrol(folder_.path(), inviter_.code));
                      }};
  wait_until_enrolled();
  EXPECT_EQ(refused, "unknown-code");
  EXPECT_EQ(state(), "enrolled");
  EXPECT_EQ(settings_.district, inviter_.key.public_key());
  EXPECT_EQ(wire::asked_to_enrol(folder_.path()).error().fault, Fault::kNotFound);
}

TEST_F(FirstStartTest, TriesAgainByItselfWhileTheDistrictIsAway) {
  inviter_.instead = NetworkFailure{"no route"};
  must(wire::ask_to_enrol(folder_.path(), inviter_.code));
  std::string meanwhile;
  bystander_.deeds = {[] {},
                      [&] {
                        meanwhile = state();
                        inviter_.instead.reset();
                      }};
  wait_until_enrolled();
  EXPECT_EQ(meanwhile, "offline");
  EXPECT_EQ(bystander_.waits, 2U);
  EXPECT_EQ(inviter_.asked.size(), 3U);
  EXPECT_EQ(settings_.district, inviter_.key.public_key());
}

/// Whatever is written to `file` fails from now on.
void obstruct(const std::filesystem::path& file) {
  std::filesystem::create_directory(file.string() + ".new");
}

TEST_F(FirstStartTest, WaitsWhereTheEnrolmentCannotBeWritten) {
  must(wire::ask_to_enrol(folder_.path(), inviter_.code));
  const auto file = folder_.path() / wire::kEnrolmentFile;
  obstruct(file);
  bystander_.deeds = {[] {}, [&] { std::filesystem::remove(file.string() + ".new"); }};
  wait_until_enrolled();
  EXPECT_EQ(bystander_.waits, 2U);
  ASSERT_EQ(inviter_.known.size(), 3U);
  EXPECT_EQ(inviter_.known[0], inviter_.known[2]) << "the key was in its place before";
  EXPECT_EQ(state(), "enrolled");
}

TEST_F(FirstStartTest, AsksOnceAlsoWhereNoStateCanBeWritten) {
  must(wire::ask_to_enrol(folder_.path(), wire::new_enrolment_code()));
  const auto file = folder_.path() / wire::kEnrolStateFile;
  obstruct(file);
  bystander_.deeds = {[] {}, [&] { std::filesystem::remove(file.string() + ".new"); }, [] {}};
  wait_until_enrolled();
  EXPECT_EQ(inviter_.asked.size(), 1U);
  EXPECT_EQ(state(), "unknown-code");
}

TEST_F(FirstStartTest, GoesOnByACodeThatIsEnteredWhileAnotherIsAnswered) {
  must(wire::ask_to_enrol(folder_.path(), wire::new_enrolment_code()));
  inviter_.meanwhile = [&] { must(wire::ask_to_enrol(folder_.path(), inviter_.code)); };
  wait_until_enrolled();
  EXPECT_EQ(inviter_.asked.size(), 2U);
  EXPECT_EQ(state(), "enrolled");
}

TEST_F(FirstStartTest, DoesNotHoldUpAKioskThatWasRegisteredByHand) {
  journal_with(folder_.path(), 1);
  settings_.district = core::Bytes32{1};
  wait_until_enrolled();
  EXPECT_TRUE(inviter_.asked.empty());
}

}  // namespace
}  // namespace hailong::sync
