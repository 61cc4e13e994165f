#include "kiosk/staff/figures.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "journal/staff_book.h"
#include "tests/journal/look.h"
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

  void correct(core::Seq rating, int score) {
    must(
        journal_.append(journal::stamp_at(0), core::Correction{rating, *core::Score::from(score)}));
  }

  void name_dossier(core::Seq rating, std::uint8_t which) {
    must(journal_.append_dossier(journal::stamp_at(0), rating,
                                 {"H" + std::to_string(which), core::Bytes32{which}, "", {}}));
  }

  Figures figures(StaffRole role, const Range& range) {
    journal::Review review(journal_);
    return must(figures_of(review, role, range));
  }

  const TempFolder& folder() { return folder_; }

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
  const auto figures = shop.figures(StaffRole::kHead, {november(2), november(3)});
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
  const auto figures = shop.figures(StaffRole::kHead, {november(12), november(12)});
  EXPECT_EQ(figures.week_before.counts.n(), 6);
  EXPECT_EQ(figures.month_before.counts.n(), 13);
}

TEST(Figures, OfLessThanFiveAreHiddenFromBoth) {
  Shop shop;
  shop.rate_many(november(4), 4, 1);
  for (const auto role : {StaffRole::kOfficer, StaffRole::kHead}) {
    EXPECT_TRUE(shop.figures(role, {november(4), november(4)}).sum.hidden);
  }
}

TEST(Figures, OfTodayGrowInStepsOfFiveForAnOfficer) {
  Shop shop;
  const Range today{november(4), november(4)};
  for (int i = 1; i <= 12; ++i) {
    shop.rate(november(4), i % 5 + 1);
    const auto seen = shop.figures(StaffRole::kOfficer, today).sum;
    EXPECT_EQ(seen.counts.n(), (i - 1) / 5 * 5);
    EXPECT_EQ(seen.hidden, i <= 5);
    EXPECT_EQ(shop.figures(StaffRole::kHead, today).sum.counts.n(), i);
  }
}

/// Two looks, two ranges: whatever an officer subtracts from each other, fives are left. Whoever
/// corrects a rating does so before the next one begins.
TEST(Figures, OfAnyTwoLooksDifferForAnOfficerByWholeFives) {
  Shop shop;
  std::mt19937 random(7);
  const auto a_score = [&] { return 1 + static_cast<int>(random() % 5); };
  std::map<LocalDate, core::Counts> seen;
  core::Counts before;
  std::int64_t given = 0;
  for (LocalDate today = october(26); today <= november(6); today = core::next_day(today)) {
    SCOPED_TRACE(core::to_string(today));
    const int count = static_cast<int>(random() % 9);
    for (int i = 0; i < count; ++i) {
      const core::Seq rating = shop.rate(today, a_score(), 16 - i);  // the clock goes backwards
      if (random() % 3 == 0) shop.correct(rating, a_score());
      if (random() % 3 == 0) shop.name_dossier(rating, static_cast<std::uint8_t>(random() % 4));
      ++given;
      core::Counts all;
      for (LocalDate day = october(26); day <= today; day = core::next_day(day)) {
        const auto of_day = shop.figures(StaffRole::kOfficer, {day, day}).sum.counts;
        const std::int64_t more = of_day.n() - seen[day].n();
        ASSERT_TRUE(more == 0 ? of_day == seen[day] : more == kLeastSum);
        seen[day] = of_day;
        all += of_day;
        ASSERT_EQ(shop.figures(StaffRole::kOfficer, {october(26), day}).sum.counts, all);
      }
      ASSERT_EQ(all.n(), (given - 1) / kLeastSum * kLeastSum);
      for (std::size_t score = 0; score < 5; ++score) {
        ASSERT_GE(all.by_score[score], before.by_score[score]);
      }
      before = all;
    }
  }
  journal::expect_verifies(shop.folder());
}

TEST(Figures, OfSmallDaysCountForAnOfficerOnceTheyAreFive) {
  Shop shop;
  shop.rate_many(november(2), 3, 1);
  shop.rate_many(november(3), 1, 2);
  shop.rate_many(november(4), 3, 5);
  const auto on = [&](unsigned day) {
    return shop.figures(StaffRole::kOfficer, {november(day), november(day)}).sum.counts;
  };
  EXPECT_EQ(on(2), core::Counts{});
  EXPECT_EQ(on(3), core::Counts{});
  EXPECT_EQ(on(4), (core::Counts{{3, 1, 0, 0, 1}}));
}

TEST(Figures, AreSplitUpForAnOfficerByWholeMonthsOnly) {
  Shop shop;
  shop.rate_many(october(5), 6, 5, 8, "dat-dai");
  shop.rate_many(october(5), 9, 4, 10, "ho-tich");
  shop.rate_many(october(6), 1, 1, 15, "chung-thuc");  // is of no five
  shop.rate_many(november(3), 9, 2, 9, "ho-tich");
  // Until five came in November, another five may still be October's.
  const auto officer = shop.figures(StaffRole::kOfficer, {november(3), november(3)});
  EXPECT_EQ(officer.split, (Range{october(1), october(31)}));
  ASSERT_EQ(officer.by_field.size(), 2U);
  EXPECT_EQ(officer.by_field[0].counts.n(), 6);
  EXPECT_EQ(officer.by_field[1].counts.n(), 9);
  const auto head = shop.figures(StaffRole::kHead, {november(3), november(3)});
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
  const auto figures = shop.figures(StaffRole::kHead, {november(2), november(3)});
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
