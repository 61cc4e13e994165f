#include "kiosk/clerk.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/kiosk/staff_office.h"

/// The thread that staff mode works on.

namespace hailong::tests {
namespace {

using kiosk::Clerk;
using kiosk::staff::Command;
using kiosk::staff::Verb;
using kiosk::staff::View;

/// Waits for what a clerk says.
class Counter {
 public:
  explicit Counter(Office& office)
      : clerk_(office.house(), {[this](std::uint64_t ticket, View view) {
                                  note([&] { told_[ticket] = std::move(view); });
                                  const std::lock_guard wait(working_);
                                },
                                [](std::uint64_t, float) {},
                                [this](std::vector<std::string> answers) {
                                  note([&] {
                                    published_ = std::move(answers);
                                    ++publications_;
                                  });
                                },
                                [] {}, [&office] { return office.now(); }}) {}

  View ask(const Command& command) {
    const std::uint64_t ticket = ++last_;
    clerk_.ask(ticket, command);
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return told_.contains(ticket); });
    return told_[ticket];
  }
  std::vector<std::string> published(int publication) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return publications_ >= publication; });
    return published_;
  }
  Clerk& clerk() { return clerk_; }
  /// While this is held, the clerk does not come to an end of what it is at.
  std::unique_lock<std::mutex> keep_working() { return std::unique_lock(working_); }

 private:
  template <typename What>
  void note(const What& what) {
    {
      const std::lock_guard lock(mutex_);
      what();
    }
    changed_.notify_all();
  }

  std::mutex working_;
  std::mutex mutex_;  // guards what is below but clerk_
  std::condition_variable changed_;
  std::map<std::uint64_t, View> told_;
  std::vector<std::string> published_;
  int publications_ = 0;
  std::uint64_t last_ = 0;
  Clerk clerk_;  // last: its thread calls back
};

TEST(Clerk, TellsTheViewOfEveryCommand) {
  Office office;
  Counter counter(office);
  EXPECT_EQ(counter.ask({}).title, "Chế độ cán bộ");
  EXPECT_EQ(counter.ask({Verb::kChooseMe, 0, "ha"}).title, "Hà");
  EXPECT_TRUE(counter.ask({Verb::kPin, 0, kHeadPin}).who.starts_with("Hà"));
  EXPECT_EQ(counter.ask({Verb::kLock, 0, ""}), View{});
}

TEST(Clerk, SignsOutWhoeverIsThereWhenItStops) {
  Office office;
  {
    Counter counter(office);
    counter.ask({});
    counter.ask({Verb::kChooseMe, 0, "minh"});
    counter.ask({Verb::kPin, 0, kOfficerPin});
    counter.clerk().ask(99, {Verb::kToday, 0, ""});
  }
  EXPECT_EQ(journal::text(office.journal_folder(),
                          "SELECT who || ' ' || deed FROM staff_act ORDER BY seq DESC LIMIT 1"),
            "minh sign-out");
}

TEST(Clerk, GoesOnInAnotherHouseWithoutHoldingUpTheWindow) {
  Office office;
  Counter counter(office);
  counter.ask({});
  counter.ask({Verb::kChooseMe, 0, "ha"});
  auto working = counter.keep_working();
  counter.clerk().ask(99, {Verb::kPin, 0, kHeadPin});
  kiosk::staff::House another = office.house();
  another.published_at_ms = Office::kMorning;
  counter.clerk().move_to(std::move(another));  // returns while the clerk is at work
  working.unlock();
  EXPECT_EQ(counter.ask({}).title, "Chế độ cán bộ");
  counter.ask({Verb::kChooseMe, 0, "ha"});
  counter.ask({Verb::kPin, 0, kHeadPin});
  const View machine = counter.ask({Verb::kMachine, 0, ""});
  const auto says = [](const kiosk::staff::Block& block) {
    const auto* facts = std::get_if<kiosk::staff::Facts>(&block);
    return facts != nullptr &&
           std::any_of(facts->facts.begin(), facts->facts.end(), [](const auto& fact) {
             return fact.value.find("Bản công bố lúc") != std::string::npos;
           });
  };
  EXPECT_TRUE(std::any_of(machine.blocks.begin(), machine.blocks.end(), says));
}

TEST(Clerk, PublishesWhatWasDoneWhenStaffLeave) {
  Office office;
  const core::Seq rating = office.say(2, "Thiếu ghế");
  Counter counter(office);
  EXPECT_TRUE(counter.published(1).empty());
  {
    journal::Journal journal =
        journal::must(journal::Journal::open(office.folder(), journal::kDevice));
    journal::StaffBook book(journal);
    int known = 0;
    for (const auto action :
         {core::CaseAction::kSee, core::CaseAction::kClassify, core::CaseAction::kHandle,
          core::CaseAction::kOfferPublication, core::CaseAction::kPublish}) {
      core::CaseStep step;
      step.action = action;
      step.who = "ha";
      step.role = "head";
      step.classed = core::CaseClass::kSuggestion;
      step.answer = "Đã kê thêm ghế.";
      step.seen = rating + 1;
      journal::must(book.append(office.now(), rating, step, known++));
    }
  }
  counter.ask({Verb::kLock, 0, ""});
  EXPECT_EQ(counter.published(2), std::vector<std::string>{"Đã kê thêm ghế."});
}

}  // namespace
}  // namespace hailong::tests
