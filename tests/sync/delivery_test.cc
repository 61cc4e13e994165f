#include "sync/delivery.h"

#include <filesystem>

#include "tests/journal/sample.h"
#include "tests/sync/fake_district.h"
#include "tests/temp_folder.h"
#include "wire/key_file.h"

namespace hailong::sync {
namespace {

using core::Fault;
using journal::journal_with;
using journal::must;
using tests::TempFolder;

constexpr std::int64_t kMany = 1'000'000;

/// A journal of ten ratings, its source, and a district.
class DeliveryTest : public testing::Test {
 protected:
  Delivery send(const Position& position = {1, 500, 0}) {
    return deliver(source_, district_, district_.key.public_key(), position, kMany, true);
  }

  /// The next post is answered so, whatever it holds.
  void answer(Answer answer) {
    district_.instead = [answer = std::move(answer)](auto&, auto) { return answer; };
  }

  wire::Receipt true_receipt() {
    const wire::Batch batch = must(source_.outbox().batch(1, 10, kMany));
    return {batch.claim.device, batch.claim.epoch, 10, batch.claim.head, 1};
  }

  /// What the rule does with the answer; the outbox must be as before, and so must the next batch.
  Move nothing_leaves_after(Answer wrong) {
    answer(std::move(wrong));
    const Position before{1, 500, 0};
    const Delivery delivery = send(before);
    EXPECT_FALSE(std::holds_alternative<Delivered>(delivery.outcome));
    EXPECT_EQ(must(source_.outbox().high_water()), 0);
    EXPECT_EQ(must(source_.outbox().last()), 10);
    const Step next = step(delivery.outcome, delivery.sent, before, {}, 0.5);
    EXPECT_EQ(next.position.next, 1);
    send(next.position);
    EXPECT_EQ(district_.received.at(0), district_.received.at(1));
    return next.move;
  }

  TempFolder folder_;
  journal::Journal journal_ = journal_with(folder_.path(), 10);
  Source source_ = must(Source::open(folder_.path()));
  FakeDistrict district_;
};

TEST_F(DeliveryTest, IsDoneByAKeptReceipt) {
  const Delivery delivery = send();
  ASSERT_TRUE(std::holds_alternative<Delivered>(delivery.outcome));
  EXPECT_EQ(std::get<Delivered>(delivery.outcome).last, 10);
  EXPECT_EQ(delivery.sent.first, 1);
  EXPECT_EQ(delivery.sent.last, 10);
  EXPECT_EQ(must(source_.outbox().high_water()), 10);
  EXPECT_EQ(district_.events.size(), 10U);
}

TEST_F(DeliveryTest, TakesAReceiptThatReachesBeyondTheBatch) {
  send();
  const Delivery again = send({1, 3, 0});
  ASSERT_TRUE(std::holds_alternative<Delivered>(again.outcome));
  EXPECT_EQ(std::get<Delivered>(again.outcome).last, 10);
}

TEST_F(DeliveryTest, KeepsEventsOnACaptivePortal) {
  const HttpAnswer portal{200, {}, "text/html", "<html><body>Please log in</body></html>"};
  EXPECT_EQ(nothing_leaves_after(portal), Move::kWait);
  answer(portal);
  const Outcome outcome = send().outcome;
  EXPECT_NE(std::get<NoReceipt>(outcome).why.find("captive portal"), std::string::npos);
}

TEST_F(DeliveryTest, KeepsEventsOnARedirect) {
  EXPECT_EQ(nothing_leaves_after(HttpAnswer{302, {}, "", ""}), Move::kWait);
}

TEST_F(DeliveryTest, KeepsEventsOnNotFound) {
  EXPECT_EQ(nothing_leaves_after(HttpAnswer{404, {}, "text/html", "none"}), Move::kAlarm);
}

TEST_F(DeliveryTest, KeepsEventsOnForbidden) {
  EXPECT_EQ(nothing_leaves_after(HttpAnswer{403, {}, "", ""}), Move::kAlarm);
}

TEST_F(DeliveryTest, KeepsEventsOnANetworkFailure) {
  EXPECT_EQ(nothing_leaves_after(NetworkFailure{"cut"}), Move::kWait);
}

TEST_F(DeliveryTest, KeepsEventsOnAnEmptyAnswer) {
  EXPECT_EQ(nothing_leaves_after(HttpAnswer{204, {}, "", ""}), Move::kWait);
}

TEST_F(DeliveryTest, KeepsEventsOnGarbage) {
  EXPECT_EQ(nothing_leaves_after(HttpAnswer{200, {}, "", std::string("\xff\x00\x1f", 3)}),
            Move::kWait);
}

TEST_F(DeliveryTest, KeepsEventsOnEveryCutReceipt) {
  const std::string whole = district_.receipt(true_receipt()).body;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    answer(HttpAnswer{200, {}, "application/json", whole.substr(0, size)});
    ASSERT_TRUE(std::holds_alternative<NoReceipt>(send().outcome)) << size;
  }
  EXPECT_EQ(must(source_.outbox().high_water()), 0);
}

TEST_F(DeliveryTest, KeepsEventsOnAReceiptOfAnotherKey) {
  const wire::SigningKey stranger = wire::SigningKey::generate();
  const HttpAnswer forged{200, {}, "", wire::seal_receipt(true_receipt(), stranger)};
  EXPECT_EQ(nothing_leaves_after(forged), Move::kWait);
}

TEST_F(DeliveryTest, KeepsEventsOnAReceiptForAnotherDevice) {
  wire::Receipt receipt = true_receipt();
  receipt.device = core::DeviceId{"kt-10750-q2"};
  EXPECT_EQ(nothing_leaves_after(district_.receipt(receipt)), Move::kAlarm);
}

TEST_F(DeliveryTest, KeepsEventsOnAReceiptForAnotherEpoch) {
  wire::Receipt receipt = true_receipt();
  receipt.epoch = core::EpochId{"0123456789abcdef"};
  EXPECT_EQ(nothing_leaves_after(district_.receipt(receipt)), Move::kAlarm);
}

TEST_F(DeliveryTest, KeepsEventsOnAReceiptForAnotherHead) {
  wire::Receipt receipt = true_receipt();
  receipt.head[0] ^= 1U;
  EXPECT_EQ(nothing_leaves_after(district_.receipt(receipt)), Move::kAlarm);
}

TEST_F(DeliveryTest, RaisesAnAlarmWhenTheDistrictHoldsMoreThanTheJournal) {
  wire::Receipt receipt = true_receipt();
  receipt.last = 11;
  EXPECT_EQ(nothing_leaves_after(district_.receipt(receipt)), Move::kAlarm);
}

TEST_F(DeliveryTest, DoesNotTakeAnOldReceiptForANewOne) {
  const wire::Batch first = must(source_.outbox().batch(1, 4, kMany));
  answer(district_.receipt({first.claim.device, first.claim.epoch, 4, first.claim.head, 1}));
  const Delivery delivery = send();
  EXPECT_TRUE(std::holds_alternative<NoReceipt>(delivery.outcome));
  EXPECT_EQ(must(source_.outbox().high_water()), 4);  // which is true
}

TEST_F(DeliveryTest, KeepsEventsOnARefusalThatBearsATrueReceipt) {
  HttpAnswer odd = district_.receipt(true_receipt());
  odd.status = 404;
  EXPECT_EQ(nothing_leaves_after(odd), Move::kAlarm);
}

TEST_F(DeliveryTest, BeginsWithTheEpochsFirstEventWhenAskedForOne) {
  const TempFolder folder;
  auto journal = must(journal::Journal::open(folder.path(), journal::kDevice, 4));
  must(journal.append(journal::stamp_at(1), journal::rating_of(5, "v")));
  auto source = must(Source::open(folder.path()));
  district_.instead = [](FakeDistrict& /*district*/, std::string_view bytes) {
    EXPECT_EQ(must(wire::open_batch(bytes, 1'000'000)).claim.first, 4);
    return NetworkFailure{"enough"};
  };
  deliver(source, district_, district_.key.public_key(), {1, kMany, 0}, kMany, true);
  EXPECT_EQ(district_.received.size(), 1U);
}

TEST(Source, WaitsForTheKiosk) {
  const TempFolder folder;
  EXPECT_EQ(Source::open(folder.path()).error().fault, Fault::kNotFound);
}

TEST(Source, RefusesTheKeyOfAnotherJournal) {
  const TempFolder folder;
  journal_with(folder.path(), 1);
  std::filesystem::remove(folder.path() / journal::kDeviceKeyFile);
  EXPECT_EQ(Source::open(folder.path()).error().fault, Fault::kCorrupt);
  must(wire::read_or_make_key(folder.path() / journal::kDeviceKeyFile));
  EXPECT_EQ(Source::open(folder.path()).error().fault, Fault::kConflict);
}

TEST(Source, RefusesAKeyThatOthersMayRead) {
  const TempFolder folder;
  journal_with(folder.path(), 1);
  std::filesystem::permissions(folder.path() / journal::kDeviceKeyFile,
                               std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  EXPECT_EQ(Source::open(folder.path()).error().fault, Fault::kRefused);
}

TEST(Source, KnowsWhenAnotherJournalStandsInItsPlace) {
  const TempFolder folder;
  const TempFolder other;
  journal_with(folder.path(), 1);
  const Source source = must(Source::open(folder.path()));
  EXPECT_TRUE(source.is_current());
  journal_with(other.path(), 1);
  std::filesystem::rename(other.path() / journal::kJournalFile,
                          folder.path() / journal::kJournalFile);
  EXPECT_FALSE(source.is_current());
  std::filesystem::remove(folder.path() / journal::kJournalFile);
  EXPECT_FALSE(source.is_current());
}

}  // namespace
}  // namespace hailong::sync
