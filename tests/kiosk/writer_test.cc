#include "kiosk/writer.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <thread>

#include "journal/reader.h"
#include "journal/set_aside.h"
#include "tests/journal/damage.h"
#include "tests/journal/sample.h"
#include "tests/kiosk/disk.h"
#include "tests/kiosk/outcomes.h"
#include "tests/log_capture.h"
#include "tests/temp_folder.h"

namespace hailong::tests {
namespace {

using kiosk::Writer;

const core::DeviceId kDevice{"kt-10750-q1"};

std::string visit(int number) {
  std::string digits = std::to_string(number);
  return std::string(16 - digits.size(), '0') + digits;
}

class WriterTest : public testing::Test {
 protected:
  WriterTest() {
    watch_disk();
    mend_disk();
  }
  ~WriterTest() override { mend_disk(); }

  [[nodiscard]] journal::Statistics statistics() const {
    auto reader = journal::Reader::open(data_dir_ / journal::kJournalFile);
    EXPECT_TRUE(reader);
    EXPECT_EQ(reader->verify()->first_bad, std::nullopt);
    return *reader->statistics();
  }

  TempFolder folder_;
  std::filesystem::path data_dir_ = folder_.path() / "data";
  Outcomes outcomes_;
};

TEST_F(WriterTest, RecordsRatingsInOrder) {
  Writer writer(data_dir_, kDevice, outcomes_.collector());
  for (int i = 0; i < 5; ++i) writer.append(rating_job(visit(i), i + 1));
  for (int i = 0; i < 5; ++i) {
    const auto outcome = outcomes_.wait_for(static_cast<std::size_t>(i));
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_EQ(*outcome, i + 1);
  }
  writer.stop();
  EXPECT_EQ(statistics().counts.by_score, (std::array<std::int64_t, 5>{1, 1, 1, 1, 1}));
}

TEST_F(WriterTest, RecordsACorrection) {
  Writer writer(data_dir_, kDevice, outcomes_.collector());
  writer.append(rating_job(visit(1), 1));
  const auto rating = outcomes_.wait_for(0);
  ASSERT_TRUE(rating);
  writer.append({journal::stamp_now(), core::Correction{*rating, *core::Score::from(5)}});
  EXPECT_EQ(*outcomes_.wait_for(1), 2);
  writer.stop();
  EXPECT_EQ(statistics().counts.by_score[4], 1);
  EXPECT_EQ(statistics().corrections, 1);
}

TEST_F(WriterTest, RecordsAVisitOnce) {
  Writer writer(data_dir_, kDevice, outcomes_.collector());
  writer.append(rating_job(visit(1), 4));
  writer.append(rating_job(visit(1), 4));
  EXPECT_EQ(*outcomes_.wait_for(0), *outcomes_.wait_for(1));
  writer.stop();
  EXPECT_EQ(statistics().counts.n(), 1);
}

TEST_F(WriterTest, AppendsEverythingBeforeItStops) {
  Writer writer(data_dir_, kDevice, outcomes_.collector());
  for (int i = 0; i < 50; ++i) writer.append(rating_job(visit(i), 3));
  writer.stop();
  EXPECT_EQ(outcomes_.count(), 50U);
  EXPECT_EQ(statistics().counts.n(), 50);
}

TEST_F(WriterTest, TriesAgainWhenTheDiskWasFullForAMoment) {
  Writer writer(data_dir_, kDevice, outcomes_.collector());
  writer.append(rating_job(visit(1), 4));
  ASSERT_TRUE(outcomes_.wait_for(0));
  break_disk(DiskFault::kFull, 1);
  writer.append(rating_job(visit(2), 5));
  const auto outcome = outcomes_.wait_for(1);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(*outcome, 2);
  writer.stop();
  EXPECT_EQ(statistics().counts.n(), 2);
}

TEST_F(WriterTest, RecordsOnceWhatReachedTheDiskDespiteAnError) {
  Writer writer(data_dir_, kDevice, outcomes_.collector());
  writer.append(rating_job(visit(1), 4));
  ASSERT_TRUE(outcomes_.wait_for(0));
  break_disk(DiskFault::kBrokenSync, 1);
  writer.append(rating_job(visit(2), 5));
  const auto outcome = outcomes_.wait_for(1);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(*outcome, 2);
  writer.stop();
  EXPECT_EQ(statistics().counts.n(), 2);
}

TEST_F(WriterTest, SaysWhenTheDiskStaysFullAndGoesOnWhenItIsNot) {
  Writer writer(data_dir_, kDevice, outcomes_.collector());
  writer.append(rating_job(visit(1), 4));
  ASSERT_TRUE(outcomes_.wait_for(0));
  break_disk(DiskFault::kFull, 1'000'000);
  writer.append(rating_job(visit(2), 5));
  const auto failed = outcomes_.wait_for(1);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().fault, core::Fault::kFull);
  mend_disk();
  writer.append(rating_job(visit(3), 5));
  const auto outcome = outcomes_.wait_for(2);
  ASSERT_TRUE(outcome) << outcome.error().message;
  writer.stop();
  EXPECT_EQ(statistics().counts.n(), 2);
}

TEST_F(WriterTest, StopsWhileTheDiskIsFull) {
  Writer writer(data_dir_, kDevice, outcomes_.collector());
  writer.append(rating_job(visit(1), 4));
  ASSERT_TRUE(outcomes_.wait_for(0));
  break_disk(DiskFault::kFull, 1'000'000);
  writer.append(rating_job(visit(2), 5));
  writer.stop();
  EXPECT_FALSE(outcomes_.wait_for(1));
}

TEST_F(WriterTest, OpensTheJournalLaterWhenItCannotAtFirst) {
  std::ofstream(data_dir_) << "a file in the folder's place";
  Writer writer(data_dir_, kDevice, outcomes_.collector());
  writer.append(rating_job(visit(1), 4));
  const auto failed = outcomes_.wait_for(0);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().fault, core::Fault::kIo);
  std::filesystem::remove(data_dir_);
  writer.append(rating_job(visit(1), 4));
  const auto outcome = outcomes_.wait_for(1);
  ASSERT_TRUE(outcome) << outcome.error().message;
}

TEST_F(WriterTest, DoesNotWriteIntoAnotherDevicesJournal) {
  {
    Writer writer(data_dir_, core::DeviceId{"another"}, outcomes_.collector());
    writer.append(rating_job(visit(1), 4));
    ASSERT_TRUE(outcomes_.wait_for(0));
  }
  Writer writer(data_dir_, kDevice, outcomes_.collector());
  writer.append(rating_job(visit(2), 4));
  const auto outcome = outcomes_.wait_for(1);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().fault, core::Fault::kInvalid);
}

/// Waits until a line of the log holds `text`.
void wait_for_log(const LogCapture& log, const std::string& text) {
  while (log.lines_with(text).empty()) std::this_thread::yield();
}

TEST_F(WriterTest, SaysSinceWhenNothingIsRecordedAndRecoversByItself) {
  kiosk::WriterRules rules;
  rules.retry_every = std::chrono::milliseconds{1};
  const LogCapture log;
  Writer writer(data_dir_, kDevice, outcomes_.collector(), rules);
  writer.append(rating_job(visit(1), 4));
  ASSERT_TRUE(outcomes_.wait_for(0));
  EXPECT_FALSE(writer.trouble());
  break_disk(DiskFault::kFull, 1'000'000);
  writer.append(rating_job(visit(2), 5));
  ASSERT_FALSE(outcomes_.wait_for(1));
  const auto trouble = writer.trouble();
  ASSERT_TRUE(trouble);
  EXPECT_EQ(trouble->error.fault, core::Fault::kFull);
  mend_disk();
  wait_for_log(log, "answers are recorded again");
  EXPECT_FALSE(writer.trouble());
}

class DamagedJournal : public WriterTest {
 protected:
  DamagedJournal() { epoch_ = journal::journal_with(data_dir_, 90).identity().epoch; }

  /// The set-aside journal verifies, and so does the new one.
  void expect_set_aside() {
    const auto aside = journal::set_aside_journals(data_dir_);
    ASSERT_EQ(aside.size(), 1U);
    EXPECT_EQ(aside[0].filename(), epoch_.value);
    auto reader = journal::Reader::open(aside[0] / journal::kJournalFile);
    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->verify()->first_bad, std::nullopt);
    EXPECT_EQ(statistics().identity.first, 91);
  }

  core::EpochId epoch_;
};

TEST_F(DamagedJournal, IsSetAsideWhenNothingCanBeAppendedToIt) {
  journal::damage_event(data_dir_ / journal::kJournalFile, "v89");
  const LogCapture log;
  Writer writer(data_dir_, kDevice, outcomes_.collector());
  writer.append(rating_job(visit(1), 4));
  const auto outcome = outcomes_.wait_for(0);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(*outcome, 92) << "behind the event that tells of it";
  writer.stop();
  EXPECT_EQ(log.lines_with("is set aside as epoch " + epoch_.value).size(), 1U);
  expect_set_aside();
}

TEST_F(DamagedJournal, IsSetAsideWhenItCannotBeOpened) {
  journal::damage_page(data_dir_ / journal::kJournalFile, 1);
  Writer writer(data_dir_, kDevice, outcomes_.collector());
  writer.append(rating_job(visit(1), 4));
  const auto outcome = outcomes_.wait_for(0);
  ASSERT_TRUE(outcome) << outcome.error().message;
  writer.stop();
  EXPECT_EQ(journal::damaged_journals(data_dir_).size(), 1U);
}

TEST_F(DamagedJournal, IsSetAsideWhenAReaderReportsIt) {
  journal::damage_event(data_dir_ / journal::kJournalFile, "v30");
  ASSERT_TRUE(journal::report_damage(data_dir_));
  Writer writer(data_dir_, kDevice, outcomes_.collector());
  writer.append(rating_job(visit(1), 4));
  EXPECT_EQ(*outcomes_.wait_for(0), 92);
  writer.stop();
  expect_set_aside();
  EXPECT_FALSE(journal::is_damage_reported(data_dir_));
}

TEST_F(DamagedJournal, IsLeftAloneWhenItIsWhole) {
  ASSERT_TRUE(journal::report_damage(data_dir_));
  Writer writer(data_dir_, kDevice, outcomes_.collector());
  writer.append(rating_job(visit(1), 4));
  EXPECT_EQ(*outcomes_.wait_for(0), 91);
  writer.stop();
  EXPECT_TRUE(journal::damaged_journals(data_dir_).empty());
  EXPECT_FALSE(journal::is_damage_reported(data_dir_));
}

}  // namespace
}  // namespace hailong::tests
