#include "kiosk/writer.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "journal/reader.h"
#include "tests/kiosk/disk.h"
#include "tests/kiosk/outcomes.h"
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

}  // namespace
}  // namespace hailong::tests
