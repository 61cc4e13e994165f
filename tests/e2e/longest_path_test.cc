#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/e2e/journal_witness.h"
#include "tests/e2e/resident.h"
#include "tests/e2e/whole_way.h"

/// One resident says everything that can be said: real taps and keys on the real kiosk, each step
/// compared with the journal; then everything is sent, and nothing of it that must not leave.

namespace hailong::tests {
namespace {

using namespace kiosk::flow;
using Json = nlohmann::json;

constexpr const char* kCode = "000.00.01.H23-240814-0001";
constexpr const char* kPhone = "0912345678";

class LongestPath : public WholeWay {
 protected:
  LongestPath() : WholeWay({30, everything_asked()}), journal_(kiosk_.journal()) {
    kiosk_.start();
    resident_.emplace(display_, kiosk_);
  }

  [[nodiscard]] Resident& resident() { return *resident_; }

  /// The journal's next event says `body`, and the resident goes on.
  void expect_recorded(const Json& body) {
    ++recorded_;
    EXPECT_EQ(journal_.said(recorded_), body);
    resident().know_recorded(recorded_);
  }

  /// The same for what has a digest of its own, which is left out here.
  void expect_recorded_content(const Json& body, const std::string& content) {
    ++recorded_;
    Json said = journal_.said(recorded_);
    said.begin()->erase("content");
    said.begin()->erase("key");
    EXPECT_EQ(said, body);
    EXPECT_EQ(journal_.content(recorded_), content);
    resident().know_recorded(recorded_);
  }

  void expect_answers(const Json& answers, bool alert = false) {
    Json body{{"rating", 1}, {"answers", answers}};
    if (alert) body["alert"] = true;
    expect_recorded({{"answers", body}});
  }

  // The parts of the way, in its order.
  void rate();
  void give_reasons();
  void answer_questions();
  void name_procedure();
  void name_officer();
  void leave_words();
  void leave_contact();
  void tell_of_extra_payment();
  void mark_assisted();
  void look_at_complaints();
  void go_home();
  void show_the_next_person_nothing();
  void send();

  void go_everywhere() {
    rate();
    give_reasons();
    answer_questions();
    name_procedure();
    name_officer();
    leave_words();
    leave_contact();
    tell_of_extra_payment();
    mark_assisted();
    look_at_complaints();
    go_home();
  }

  /// Whether some file of the district's holds `text`.
  [[nodiscard]] bool district_holds(const std::string& text) const {
    for (const auto& file : std::filesystem::directory_iterator(district_.store().parent_path())) {
      if (text_of(file.path()).find(text) != std::string::npos) return true;
    }
    return false;
  }

  core::Seq recorded_ = 0;

 private:
  JournalWitness journal_;
  std::optional<Resident> resident_;
};

void LongestPath::rate() {
  resident().scan(kCode, kCode);
  resident().tap(&FaceTapped::score, *core::Score::from(2));
  Json rating = journal_.said(++recorded_);
  EXPECT_EQ(rating["rating"]["visit"].get<std::string>().size(), 16U);
  rating["rating"].erase("visit");
  EXPECT_EQ(rating, (Json{{"rating", {{"score", 2}, {"counter", "q1"}, {"field", "ho-tich"}}}}));
  EXPECT_TRUE(journal_.said(++recorded_).contains("token"));
  resident().know_recorded(1);
  const core::Seq dossier = ++recorded_;
  Json link = journal_.said(dossier);
  EXPECT_EQ(link["dossier"]["key"].get<std::string>().size(), 64U);
  EXPECT_EQ(link["dossier"]["rating"], 1);
  EXPECT_EQ(journal_.content(dossier), kCode);
  EXPECT_TRUE(resident().is_at<Thanks>());
}

void LongestPath::give_reasons() {
  resident().tap<SayMoreTapped>();
  resident().tap(&ChoiceTapped::place, 0);
  resident().tap(&ChoiceTapped::place, 3);
  resident().tap<NextTapped>();
  expect_answers({{"reasons", {"long-wait", "poor-attitude"}}});
}

void LongestPath::answer_questions() {
  resident().tap(&TopicTapped::topic, Topic::kQuestions);
  resident().tap(&ChoiceTapped::place, 1);
  expect_answers({{"purpose", {"result"}}});
  const auto asked = std::get<Questions>(resident().screen()).asked;
  ASSERT_GE(asked.size(), 2U);
  resident().tap_answer(0, 2);
  resident().tap_answer(1, 0);
  resident().tap<BackTapped>();
  expect_answers({{asked[0].question, {"0"}}, {asked[1].question, {"2"}}});
}

void LongestPath::name_procedure() {
  resident().tap(&TopicTapped::topic, Topic::kProcedure);
  resident().tap(&ChoiceTapped::place, 0);  // the tile of a field
  resident().tap(&ChoiceTapped::place, 2);
  expect_answers({{"field", {"ho-tich"}}, {"procedure", {"1.001022"}}});
  resident().tap(&TopicTapped::topic, Topic::kProcedure);
  resident().tap<SearchTapped>();
  resident().tap_keys("khai sinh");
  resident().tap(&ChoiceTapped::place, 0);
  expect_answers({{"procedure", {"1.001193"}}});
}

void LongestPath::name_officer() {
  resident().tap(&TopicTapped::topic, Topic::kCounter);
  resident().tap(&ChoiceTapped::place, 3);  // behind the two counters
  expect_answers({{"officer", {"cb-2"}}, {"counter", {"q2"}}});
}

void LongestPath::leave_words() {
  resident().tap(&TopicTapped::topic, Topic::kWords);
  resident().tap_keys("camr own ");
  resident().type("cacs chij!");
  resident().tap<NextTapped>();
  expect_recorded_content({{"feedback", {{"rating", 1}, {"kind", "words"}}}}, "cảm ơn các chị!");
}

void LongestPath::leave_contact() {
  resident().tap(&TopicTapped::topic, Topic::kContact);
  resident().tap_keys(kPhone);
  resident().tap(&LineTapped::line, Contact::Line::kName);
  resident().type("Baf Ba");
  resident().tap(&LineTapped::line, Contact::Line::kPhone);
  resident().tap<NextTapped>();  // without consent nothing is taken
  resident().see();
  EXPECT_TRUE(std::get<Contact>(resident().screen()).asked_to_mend);
  EXPECT_EQ(journal_.last(), recorded_);
  resident().tap<ConsentTapped>();
  resident().tap<NextTapped>();
  EXPECT_EQ(journal_.said(++recorded_),
            (Json{{"consent", {{"rating", 1}, {"notice", "1"}, {"keep_days", 90}}}}));
  expect_recorded_content({{"feedback", {{"rating", 1}, {"kind", "contact"}}}},
                          std::string(kPhone) + "\nBà Ba");
}

void LongestPath::tell_of_extra_payment() {
  resident().tap(&TopicTapped::topic, Topic::kExtraPayment);
  resident().tap(&ChoiceTapped::place, 1);
  expect_answers({{"extra-payment", {"yes"}}}, true);
}

void LongestPath::mark_assisted() {
  resident().tap(&TopicTapped::topic, Topic::kAssisted);
  expect_answers({{"assisted", {"yes"}}});
}

void LongestPath::look_at_complaints() {
  resident().tap(&TopicTapped::topic, Topic::kComplaints);
  resident().tap<BackTapped>();
  resident().see();
  EXPECT_EQ(journal_.last(), recorded_);
}

void LongestPath::go_home() {
  resident().tap<DoneTapped>();
  EXPECT_TRUE(resident().is_at<Thanks>());
  resident().tap_elsewhere();
  resident().see();
  EXPECT_TRUE(resident().is_at<Home>());
  EXPECT_EQ(journal_.last(), recorded_);
}

void LongestPath::show_the_next_person_nothing() {
  resident().tap(&FaceTapped::score, *core::Score::from(5));
  recorded_ += 2;  // rating and token; the dossier was the first person's
  const Json second = JournalWitness(kiosk_.journal()).said(recorded_ - 1);
  EXPECT_EQ(second["rating"]["score"], 5);
  resident().know_recorded(recorded_ - 1);
  resident().tap<SayMoreTapped>();
  resident().see();
  EXPECT_EQ(JournalWitness(kiosk_.journal()).last(), recorded_);
}

void LongestPath::send() {
  enrol();
  const Outcome sent = sync_once();
  EXPECT_EQ(sent.code, 0) << sent.output;
  // The time goes along where the machine's clock is not kept by another one.
  const core::Seq last = JournalWitness(kiosk_.journal()).last();
  EXPECT_GE(last, recorded_);
  const std::string summary = "sent " + std::to_string(last) + " events, 0 unsent";
  EXPECT_NE(sent.output.find(summary), std::string::npos) << sent.output;

  SQLite::Database store(district_.store().string(), SQLite::OPEN_READWRITE, 5000);
  EXPECT_EQ(store.execAndGet("SELECT count(*) FROM v_quarantine").getInt(), 0);
  EXPECT_EQ(store.execAndGet("SELECT count(*) FROM event").getInt64(), last);
}

// One test, since the way there takes most of the time.
TEST_F(LongestPath, IsInTheJournalAndNothingOfItGoesWhereItMustNot) {
  go_everywhere();
  show_the_next_person_nothing();
  EXPECT_EQ(kiosk_.stop(), 0);
  const Outcome verified = run({HAILONG_JOURNAL, "verify", "--db", kiosk_.journal().string()});
  EXPECT_EQ(verified.code, 0) << verified.output;
  EXPECT_EQ(verified.output.substr(0, 3), "ok:") << verified.output;

  send();
  EXPECT_TRUE(district_holds("cảm ơn các chị!"));
  EXPECT_FALSE(district_holds(kPhone));
  EXPECT_FALSE(district_holds("Bà Ba"));
  EXPECT_FALSE(district_holds(kCode));
}

}  // namespace
}  // namespace hailong::tests
