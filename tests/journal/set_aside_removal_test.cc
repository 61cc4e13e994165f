#include "journal/set_aside_removal.h"

#include <gtest/gtest.h>

#include "journal/outbox.h"
#include "journal/salvage.h"
#include "journal/set_aside.h"
#include "tests/journal/damage.h"
#include "tests/journal/look.h"

/// What was set aside goes when nobody needs it any more.

namespace hailong::journal {
namespace {

namespace fs = std::filesystem;
using tests::TempFolder;

constexpr std::int64_t kSetAsideMs = 1'795'500'000'000;
constexpr std::int64_t kADay = 86'400'000;

class SetAsideRemoval : public testing::Test {
 protected:
  void SetUp() override { journal_with(folder_.path(), 90); }

  void set_aside() {
    must(salvage(folder_.path(), kDevice, stamp_at(kSetAsideMs), 1));
    ASSERT_EQ(damaged_journals(folder_.path()).size(), 1U);
  }
  [[nodiscard]] fs::path aside() const { return damaged_journals(folder_.path()).at(0); }

  /// The district has all of a journal, contents up to `contents` where it says so.
  void confirm(const fs::path& folder, int day, std::optional<core::Seq> contents = std::nullopt) {
    auto outbox = must(Outbox::open(folder));
    const wire::BatchClaim claim =
        must(outbox.batch(1 + must(outbox.high_water()), 500, 1'000'000)).claim;
    const wire::Receipt receipt{
        kDevice, claim.epoch, claim.last, claim.head, kSetAsideMs + day * kADay, contents};
    must(outbox.keep(receipt, wire::seal_receipt(receipt, district_)));
  }

  int removed_on(int day) {
    return must(remove_delivered_journals(folder_.path(), kSetAsideMs + day * kADay,
                                          district_.public_key()));
  }

  TempFolder folder_;
  wire::SigningKey district_ = wire::SigningKey::generate();
};

TEST_F(SetAsideRemoval, WaitsUntilAllOfItIsDeliveredForThirtyDays) {
  damage_event(folder_.path() / kJournalFile, "v60");
  set_aside();
  EXPECT_EQ(removed_on(400), 0);
  confirm(folder_.path(), 1);
  EXPECT_EQ(removed_on(400), 0) << "nothing of the old epoch was delivered";
  confirm(aside(), 2, 0);
  EXPECT_EQ(removed_on(400), 0) << "its contents were not";
  confirm(aside(), 2);
  EXPECT_EQ(removed_on(31), 0);
  EXPECT_EQ(removed_on(32), 1);
  EXPECT_TRUE(fs::is_empty(folder_.path() / kSetAsideFolder));
  expect_verifies(folder_);
}

TEST_F(SetAsideRemoval, KeepsWhatCannotBeReadForThirtyDaysAfterTheNextWasHeardOf) {
  damage_page(folder_.path() / kJournalFile, 1);
  set_aside();
  EXPECT_EQ(removed_on(400), 0);
  confirm(folder_.path(), 1);
  EXPECT_EQ(removed_on(30), 0);
  EXPECT_EQ(removed_on(31), 1);
}

TEST_F(SetAsideRemoval, BelievesOnlyTheDistrict) {
  damage_event(folder_.path() / kJournalFile, "v60");
  set_aside();
  confirm(folder_.path(), 1);
  confirm(aside(), 1);
  const auto other = wire::SigningKey::generate().public_key();
  const auto refused = remove_delivered_journals(folder_.path(), kSetAsideMs + 400 * kADay, other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, core::Fault::kRefused);
  EXPECT_TRUE(fs::exists(aside() / kDamagedFile));
}

}  // namespace
}  // namespace hailong::journal
