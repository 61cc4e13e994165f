#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <thread>

#include "journal/reader.h"
#include "kiosk/machine/facts.h"
#include "tests/journal/sample.h"
#include "tests/kiosk/outcomes.h"
#include "tests/log_capture.h"
#include "tests/read_only_folder.h"
#include "tests/temp_folder.h"

/// A kiosk whose card can only be read: the kernel remounts it so when it has seen an error there.

namespace hailong::tests {
namespace {

class ReadOnlyCard : public testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why = ReadOnlyFolder::refusal(); !why.empty()) GTEST_SKIP() << why;
    journal::journal_with(folder_.path(), 3);
    card_.emplace(folder_.path());
    card_->freeze();
    ASSERT_FALSE(std::ofstream(folder_.path() / "file")) << "it can be written";
  }

  [[nodiscard]] std::int64_t ratings() const {
    auto reader = journal::must(journal::Reader::open(folder_.path() / journal::kJournalFile));
    EXPECT_EQ(journal::must(reader.verify()).first_bad, std::nullopt);
    return journal::must(reader.statistics()).counts.n();
  }

  TempFolder folder_;
  std::optional<ReadOnlyFolder> card_;
};

TEST_F(ReadOnlyCard, ThanksForNothingLosesNothingAndGoesOnWhenItCanBeWritten) {
  kiosk::WriterRules rules;
  rules.retry_every = std::chrono::milliseconds{1};
  const LogCapture log;
  Outcomes outcomes;
  kiosk::Writer writer(folder_.path(), journal::kDevice, outcomes.collector(), rules);
  writer.append(rating_job("v4", 4));
  const auto failed = outcomes.wait_for(0);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().fault, core::Fault::kIo) << failed.error().message;
  EXPECT_TRUE(writer.trouble());
  EXPECT_FALSE(log.lines_with("not recorded").empty());
  EXPECT_EQ(ratings(), 3);

  card_->thaw();
  while (log.lines_with("answers are recorded again").empty()) std::this_thread::yield();
  writer.append(rating_job("v5", 5));
  EXPECT_TRUE(outcomes.wait_for(1));
  EXPECT_FALSE(writer.trouble());
  writer.stop();
  EXPECT_EQ(ratings(), 4);
}

TEST_F(ReadOnlyCard, IsToldOnTheStaffPage) {
  kiosk::machine::Sources sources;
  sources.data_dir = folder_.path();
  const auto says_so = [&] {
    for (const auto& fact : kiosk::machine::facts_of(kiosk::machine::read_state(sources))) {
      if (fact.words.starts_with("Chỉ đọc được, không ghi được")) return true;
    }
    return false;
  };
  EXPECT_TRUE(says_so());
  card_->thaw();
  EXPECT_FALSE(says_so());
}

}  // namespace
}  // namespace hailong::tests
