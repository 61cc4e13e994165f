#include "kiosk/staff/figures.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "journal/staff_book.h"
#include "kiosk/staff/fives.h"
#include "tests/journal/sample.h"
#include "tests/temp_folder.h"

/// What an officer and a head of unit see of the ratings.

namespace hailong::kiosk::staff {
namespace {

using core::LocalDate;
using core::StaffRole;
using journal::must;
using std::chrono::November;
using std::chrono::October;
using tests::TempFolder;

constexpr std::int64_t kHourMs = 3'600'000;

LocalDate november(unsigned day) {
  return LocalDate{std::chrono::year(2026), November, std::chrono::day(day)};
}

LocalDate october(unsigned day) {
  return LocalDate{std::chrono::year(2026), October, std::chrono::day(day)};
}

/// A journal that ratings are put into, day by day.
class Shop {
 public:
  Shop() : journal_(must(journal::Journal::open(folder_.path(), journal::kDevice))) {}

  core::Seq rate(LocalDate day, int score, int hour = 9, const std::string& field = "ho-tich") {
    const core::Stamp stamp = journal::stamp_at(core::start_of_day_ms(day) + hour * kHourMs +
                                                std::int64_t{1000} * ++visits_);
    core::Rating rating = journal::rating_of(score, "v" + std::to_string(visits_));
    rating.field = core::FieldId{field};
    return must(journal_.append(stamp, rating)).seq;
  }

  void rate_many(LocalDate day, int count, int score, int hour = 9,
                 const std::string& field = "ho-tich") {
    for (int i = 0; i < count; ++i) rate(day, score, hour, field);
  }

  Figures figures(StaffRole role, const Range& range, LocalDate today) {
    journal::Review review(journal_);
    return must(figures_of(review, role, range, today));
  }

  journal::Journal& journal() { return journal_; }

 private:
  TempFolder folder_;
  journal::Journal journal_;
  int visits_ = 0;
};

TEST(Figures, AreThoseOfTheRange) {
  Shop shop;
  shop.rate_many(november(2), 6, 5);
  shop.rate_many(november(3), 4, 2);
  shop.rate_many(november(4), 9, 4);
  const auto figures = shop.figures(StaffRole::kHead, {november(2), november(3)}, november(4));
  EXPECT_EQ(figures.sum.counts.n(), 10);
  EXPECT_EQ(figures.sum.counts.satisfied(), 6);
  EXPECT_FALSE(figures.sum.hidden);
  EXPECT_EQ(figures.trend.size(), 2U);
  EXPECT_EQ(figures.served, std::nullopt);
}

TEST(Figures, AreComparedWithTheDaysBefore) {
  Shop shop;
  shop.rate_many(october(20), 7, 1);
  shop.rate_many(november(10), 6, 5);
  shop.rate_many(november(12), 5, 4);
  const auto figures = shop.figures(StaffRole::kHead, {november(12), november(12)}, november(12));
  EXPECT_EQ(figures.week_before.counts.n(), 6);
  EXPECT_EQ(figures.month_before.counts.n(), 13);
}

TEST(Figures, OfLessThanFiveAreHiddenFromBoth) {
  Shop shop;
  shop.rate_many(november(4), 4, 1);
  for (const auto role : {StaffRole::kOfficer, StaffRole::kHead}) {
    EXPECT_TRUE(shop.figures(role, {november(4), november(4)}, november(5)).sum.hidden);
  }
}

TEST(Figures, OfTodayGrowInStepsOfFiveForAnOfficer) {
  Shop shop;
  const Range today{november(4), november(4)};
  for (int i = 1; i <= 12; ++i) {
    shop.rate(november(4), i % 5 + 1);
    const auto seen = shop.figures(StaffRole::kOfficer, today, november(4)).sum;
    EXPECT_EQ(seen.counts.n(), i / 5 * 5);
    EXPECT_EQ(seen.hidden, i < 5);
    EXPECT_EQ(shop.figures(StaffRole::kHead, today, november(4)).sum.counts.n(), i);
  }
}

/// Two looks, two ranges: whatever an officer subtracts from each other, fives are left.
TEST(Figures, OfAnyTwoLooksDifferForAnOfficerByWholeFives) {
  Shop shop;
  std::mt19937 random(7);
  std::map<LocalDate, core::Counts> past;  // as it was once seen
  std::int64_t given = 0;
  for (LocalDate today = october(26); today <= november(6); today = core::next_day(today)) {
    SCOPED_TRACE(core::to_string(today));
    const int count = static_cast<int>(random() % 9);
    for (int i = 0; i < count; ++i) {
      shop.rate(today, 1 + static_cast<int>(random() % 5), 8 + i);
      const auto seen = shop.figures(StaffRole::kOfficer, {today, today}, today).sum;
      ASSERT_EQ(seen.counts.n() % kLeastSum, 0);
    }
    given += count;
    core::Counts all;
    for (LocalDate day = october(26); day <= today; day = core::next_day(day)) {
      const auto of_day = shop.figures(StaffRole::kOfficer, {day, day}, today).sum;
      all += of_day.counts;
      ASSERT_EQ(past.try_emplace(day, of_day.counts).first->second, of_day.counts);
      ASSERT_EQ(shop.figures(StaffRole::kOfficer, {october(26), day}, today).sum.counts, all);
    }
  }
  const auto all = shop.figures(StaffRole::kOfficer, {october(26), november(6)}, november(7)).sum;
  EXPECT_GT(all.counts.n(), given - 2 * kLeastSum);  // of each month, four at most are left
  EXPECT_EQ(shop.figures(StaffRole::kHead, {october(26), november(6)}, november(7)).sum.counts.n(),
            given);
}

TEST(Figures, OfSmallDaysCountForAnOfficerOnceTheyAreFive) {
  Shop shop;
  shop.rate_many(november(2), 3, 1);
  shop.rate_many(november(3), 1, 2);
  shop.rate_many(november(4), 3, 5);
  const auto on = [&](unsigned day) {
    return shop.figures(StaffRole::kOfficer, {november(day), november(day)}, november(9))
        .sum.counts;
  };
  EXPECT_EQ(on(2), core::Counts{});
  EXPECT_EQ(on(3), core::Counts{});
  EXPECT_EQ(on(4), (core::Counts{{3, 1, 0, 0, 1}}));
}

TEST(Fives, KeepWhatWaitsForTheOthersOfItsMonth) {
  Shop shop;
  journal::Review review(shop.journal());
  using Ratings = std::set<core::Seq>;
  const auto waiting = [&](LocalDate day) {
    const auto ratings = must(whole_fives(review, day, day)).waiting;
    return Ratings(ratings.begin(), ratings.end());
  };
  EXPECT_TRUE(waiting(october(30)).empty());
  shop.rate_many(october(30), 5, 4);
  const core::Seq sixth = shop.rate(october(30), 2, 10);
  const core::Seq seventh = shop.rate(october(31), 3);
  EXPECT_EQ(waiting(october(31)), (Ratings{sixth, seventh}));
  EXPECT_TRUE(waiting(november(1)).empty()) << "the month is over";
  const core::Seq first = shop.rate(november(1), 1);
  EXPECT_EQ(waiting(november(1)), Ratings{first});
}

TEST(Figures, AreSplitUpForAnOfficerByWholeMonthsOnly) {
  Shop shop;
  shop.rate_many(october(5), 6, 5, 8, "dat-dai");
  shop.rate_many(october(5), 9, 4, 10, "ho-tich");
  shop.rate_many(october(6), 1, 1, 15, "chung-thuc");  // is of no five
  shop.rate_many(november(3), 9, 2, 9, "ho-tich");
  const auto officer = shop.figures(StaffRole::kOfficer, {november(3), november(3)}, november(4));
  EXPECT_EQ(officer.split, (Range{october(1), october(31)}));
  ASSERT_EQ(officer.by_field.size(), 2U);
  EXPECT_EQ(officer.by_field[0].counts.n(), 6);
  EXPECT_EQ(officer.by_field[1].counts.n(), 9);
  const auto head = shop.figures(StaffRole::kHead, {november(3), november(3)}, november(4));
  EXPECT_EQ(head.split, (Range{november(3), november(3)}));
  ASSERT_EQ(head.by_field.size(), 1U);
  EXPECT_EQ(head.by_field[0].counts.n(), 9);
  EXPECT_EQ(head.by_hour[0].id, "09");
}

TEST(Figures, KnowWhatPartOfThoseServedHasRated) {
  Shop shop;
  shop.rate_many(november(2), 6, 5);
  shop.rate_many(november(3), 7, 5);
  journal::StaffBook book(shop.journal());
  const auto stamp = journal::stamp_at(core::start_of_day_ms(november(4)));
  must(book.append(stamp, core::Served{"ha", core::FieldId{"ho-tich"}, november(2), 10}));
  must(book.append(stamp, core::Served{"ha", core::FieldId{"dat-dai"}, november(2), 20}));
  must(book.append(stamp, core::Served{"ha", core::FieldId{"dat-dai"}, november(2), 14}));
  const auto figures = shop.figures(StaffRole::kHead, {november(2), november(3)}, november(4));
  EXPECT_EQ(figures.served, 24);  // the later count replaces the earlier one
  EXPECT_EQ(figures.rated_of_served, 6);
  EXPECT_EQ(figures.days_without_served, 1);
}

TEST(HiddenParts, AreAtLeastFiveTogether) {
  const auto part = [](const char* id, std::int64_t n) {
    return Part{id, core::Counts{{0, 0, 0, 0, n}}, false};
  };
  std::vector<Part> parts = {part("a", 40), part("b", 1), part("c", 9)};
  hide_small(parts);
  EXPECT_FALSE(parts[0].hidden);
  EXPECT_TRUE(parts[1].hidden);
  EXPECT_TRUE(parts[2].hidden);  // else 1 could be worked out from the whole
  parts = {part("a", 4), part("b", 1), part("c", 9)};
  hide_small(parts);
  EXPECT_TRUE(parts[0].hidden && parts[1].hidden);
  EXPECT_FALSE(parts[2].hidden);
  parts = {part("a", 5), part("b", 6)};
  hide_small(parts);
  EXPECT_FALSE(parts[0].hidden || parts[1].hidden);
}

TEST(HalfDay, IsAllThatIsToldOfATime) {
  const std::int64_t start = core::start_of_day_ms(november(4));
  EXPECT_EQ(half_day_words(start), "sáng 04/11/2026");
  EXPECT_EQ(half_day_words(start + 12 * kHourMs - 1), "sáng 04/11/2026");
  EXPECT_EQ(half_day_words(start + 12 * kHourMs), "chiều 04/11/2026");
}

TEST(MaskedPhone, ShowsNoMoreThanFiveDigits) {
  EXPECT_EQ(masked_phone("0912345678"), "09*****678");
  EXPECT_EQ(masked_phone("+84912345678"), "+84******678");
}

}  // namespace
}  // namespace hailong::kiosk::staff
