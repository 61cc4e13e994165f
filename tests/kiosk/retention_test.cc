#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "journal/outbox.h"
#include "journal/reader.h"
#include "kiosk/writer.h"
#include "tests/journal/sample.h"
#include "tests/kiosk/outcomes.h"
#include "tests/temp_folder.h"
#include "wire/receipt.h"

/// The journal shrinks beside the kiosk's work.

namespace hailong::tests {
namespace {

using journal::must;
using kiosk::Writer;

constexpr std::int64_t kBegin = 1'795'453'200'000;
constexpr std::int64_t kDayMs = 86'400'000;

class RetentionTest : public testing::Test {
 protected:
  void SetUp() override {
    const journal::Journal journal = journal::journal_with(folder_.path(), 20);
    journal::Outbox outbox = must(journal::Outbox::open(folder_.path()));
    const wire::BatchClaim claim = must(outbox.batch(1, 100, 100'000)).claim;
    const wire::Receipt receipt{claim.device, claim.epoch, claim.last, claim.head, kBegin};
    must(outbox.keep(receipt, wire::seal_receipt(receipt, district_)));
  }

  [[nodiscard]] journal::Statistics statistics() const {
    return must(must(journal::Reader::open(folder_.path() / journal::kJournalFile)).statistics());
  }

  /// Waits for what the other thread does; not for ever.
  [[nodiscard]] bool is_compacted() const {
    for (int i = 0; i < 1000 && statistics().compacted == 0; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return statistics().compacted == 20;
  }

  kiosk::WriterRules rules(std::optional<wire::PublicKey> key) {
    kiosk::WriterRules rules;
    rules.retention = {90, key};
    rules.now = [] { return journal::stamp_at(kBegin + 91 * kDayMs); };
    return rules;
  }

  TempFolder folder_;
  Outcomes outcomes_;
  wire::SigningKey district_ = wire::SigningKey::generate();
};

TEST_F(RetentionTest, TakesAwayWhatTheDistrictHolds) {
  Writer writer(folder_.path(), journal::kDevice, outcomes_.collector(),
                rules(district_.public_key()));
  EXPECT_TRUE(is_compacted());
  writer.append(rating_job("after", 4));
  EXPECT_EQ(*outcomes_.wait_for(0), 22);  // behind the event that tells of it
  writer.stop();
  EXPECT_EQ(statistics().counts.n(), 21);
}

TEST_F(RetentionTest, LeavesWhatAnotherKeySignedFor) {
  {
    const auto other = wire::SigningKey::generate().public_key();
    kiosk::Retention retention(folder_.path(), journal::kDevice);
    retention.begin(journal::stamp_at(kBegin + 91 * kDayMs), {90, other});
  }
  EXPECT_EQ(statistics().compacted, 0);
}

}  // namespace
}  // namespace hailong::tests
