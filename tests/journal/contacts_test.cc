#include <gtest/gtest.h>

#include <fstream>

#include "tests/journal/look.h"

/// Contact data: with a consent only, and not for ever.

namespace hailong::journal {
namespace {

using core::Fault;
using tests::TempFolder;

constexpr std::int64_t kDay = 86'400'000;
constexpr std::int64_t kStart = 1'795'453'200'000;

core::Stamp unsynced_at(std::int64_t wall_ms) {
  core::Stamp stamp = stamp_at(wall_ms);
  stamp.clock = core::ClockState::kUnsynced;
  return stamp;
}

class Contacts : public testing::Test {
 protected:
  Contacts() : journal_(journal_with(folder_.path(), 1)) {}
  ~Contacts() override { expect_verifies(folder_); }

  void leave(const core::Stamp& stamp, const std::string& contact, int keep_days = 3650) {
    must(journal_.append_contact(stamp, consent_for(1, keep_days), contact));
  }
  int erased_before(std::int64_t before, const core::Stamp& now) {
    return must(journal_.erase_contacts_before(now, before, "retention"));
  }
  [[nodiscard]] std::string left() const {
    return text(folder_, "SELECT ifnull(group_concat(text), '') FROM v_feedback");
  }

  TempFolder folder_;
  Journal journal_;
};

TEST_F(Contacts, NeedAConsent) {
  constexpr auto kContact = core::FeedbackKind::kContact;
  const auto refused = journal_.append_feedback(stamp_at(1), 1, kContact, "0912345678");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, Fault::kInvalid);
  EXPECT_EQ(text(folder_, "SELECT count(*) FROM content"), "0");
}

TEST_F(Contacts, AreKeptRightBehindTheirConsent) {
  EXPECT_EQ(must(journal_.append_contact(stamp_at(1), consent_for(1, 90), "0912345678")).seq, 3);
  EXPECT_EQ(text(folder_, "SELECT seq || rating_seq || notice || keep_days FROM consent"),
            "21contact-190");
  EXPECT_EQ(text(folder_, "SELECT seq || rating_seq || kind || text || status FROM v_feedback"),
            "31contact0912345678new");
}

TEST_F(Contacts, AreAppendedOnce) {
  const Appended first = must(journal_.append_contact(stamp_at(1), consent_for(1), "0912345678"));
  EXPECT_EQ(must(journal_.append_contact(stamp_at(2), consent_for(1), "0912345678")).hash,
            first.hash);
  EXPECT_EQ(must(journal_.append_contact(stamp_at(3), consent_for(1), "0987654321")).seq, 5);
}

TEST_F(Contacts, AreRefusedWhenEmptyBrokenOrKeptForNoTime) {
  for (const char* contact : {"", "\xC3"}) {
    EXPECT_EQ(journal_.append_contact(stamp_at(1), consent_for(1), contact).error().fault,
              Fault::kInvalid);
  }
  EXPECT_EQ(journal_.append_contact(stamp_at(1), consent_for(1, 0), "a").error().fault,
            Fault::kInvalid);
  EXPECT_EQ(text(folder_, "SELECT count(*) FROM event"), "1");
}

TEST_F(Contacts, AreErasedWhenTheyAreOldAndNothingElseIs) {
  leave(stamp_at(kStart), "old");
  leave(stamp_at(kStart + 1), "old too");
  leave(stamp_at(kStart + kDay), "new");
  must(journal_.append_feedback(stamp_at(kStart), 1, core::FeedbackKind::kWords, "words"));
  EXPECT_EQ(erased_before(kStart + kDay, stamp_at(kStart + 2 * kDay)), 2);
  EXPECT_EQ(left(), "new,words");
  EXPECT_EQ(erased_before(kStart + kDay, stamp_at(kStart + 2 * kDay)), 0);
  EXPECT_EQ(text(folder_, "SELECT count(*) FROM event WHERE instr(bytes, 'retention')"), "2");
}

TEST_F(Contacts, AreErasedWhenTheirOwnConsentHasRunOut) {
  leave(stamp_at(kStart), "ten days", 10);
  leave(stamp_at(kStart), "twenty days", 20);
  EXPECT_EQ(erased_before(0, stamp_at(kStart + 10 * kDay)), 0);
  EXPECT_EQ(erased_before(0, stamp_at(kStart + 10 * kDay + 1)), 1);
  EXPECT_EQ(left(), "twenty days");
}

TEST_F(Contacts, AreNotErasedByAnUnsyncedClock) {
  leave(stamp_at(kStart), "here", 1);
  EXPECT_EQ(erased_before(kStart + kDay, unsynced_at(kStart + 4000 * kDay)), 0);
  EXPECT_EQ(left(), "here");
}

TEST_F(Contacts, OfAnUnsyncedClockAreAsOldAsTheNextSyncedEvent) {
  leave(unsynced_at(0), "left in 1970, says the clock");
  EXPECT_EQ(erased_before(kStart + kDay, stamp_at(kStart + 2 * kDay)), 0);
  must(journal_.append(unsynced_at(kStart), rating_of(4, "unsynced too")));
  must(journal_.append(stamp_at(kStart + kDay), rating_of(4, "synced")));
  EXPECT_EQ(erased_before(kStart + kDay, stamp_at(kStart + 2 * kDay)), 0);
  EXPECT_EQ(erased_before(kStart + kDay + 1, stamp_at(kStart + 2 * kDay)), 1);
  EXPECT_EQ(left(), "");
}

TEST_F(Contacts, AreErasedByTheDistrictsTimeToo) {
  leave(unsynced_at(0), "left in 1970, says the clock", 30);
  core::Stamp later = unsynced_at(60'000);
  const auto learn = [&](std::int64_t true_ms, std::int64_t error_ms) {
    must(journal_.learn_time(later, true_ms, error_ms, core::TimeSource::kDistrict));
  };
  learn(kStart + kDay, 7'200'000);
  EXPECT_EQ(must(journal_.true_time(later)), std::nullopt) << "too vague";
  EXPECT_EQ(erased_before(kStart + 2 * kDay, later), 0);
  learn(kStart + kDay, 1000);
  EXPECT_EQ(must(journal_.true_time(later)), kStart + kDay);
  EXPECT_EQ(erased_before(kStart, later), 0);
  later.mono_ms += 31 * kDay;
  later.wall_ms += 31 * kDay;
  EXPECT_EQ(erased_before(0, later), 1) << "its own consent has run out";
  EXPECT_EQ(left(), "");
}

TEST_F(Contacts, OfABootThatNobodyToldTheTimeAreAsOldAsTheNextThatWasTold) {
  leave(unsynced_at(0), "left in 1970, says the clock");
  core::Stamp next = unsynced_at(1000);
  next.boot_id = std::string(32, 'd');
  must(journal_.learn_time(next, kStart, 0, core::TimeSource::kDistrict));
  EXPECT_EQ(erased_before(kStart, next), 0);
  EXPECT_EQ(erased_before(kStart + 1, next), 1);
}

TEST_F(Contacts, LeaveNoTraceInTheFile) {
  leave(stamp_at(kStart), "KHONG-AI-DUOC-DOC");
  leave(stamp_at(kStart), "CUNG-KHONG");
  EXPECT_EQ(erased_before(kStart + kDay, stamp_at(kStart + 2 * kDay)), 2);
  for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
    std::ifstream stream(file.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    EXPECT_EQ(bytes.find("KHONG"), std::string::npos) << file.path();
  }
}

}  // namespace
}  // namespace hailong::journal
