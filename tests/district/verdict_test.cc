#include "district/scoring/verdict.h"

#include <gtest/gtest.h>

#include "district/scoring/numbers.h"
#include "tests/property.h"

namespace hailong::district::scoring {
namespace {

const core::Programme kPlaceholder{2025, 200, {80, 85, 90, 95}, 10, false, "tạm"};

core::Counts counts(std::int64_t satisfied, std::int64_t others) {
  return {{0, others, 0, 0, satisfied}};
}

std::string verdict(const core::Counts& sample, const core::Programme* programme = &kPlaceholder) {
  return appraise_unit(sample, programme, 2026).verdict;
}

TEST(Numbers, AreWrittenAsInVietnam) {
  EXPECT_EQ(vietnamese(8650), "86,50");
  EXPECT_EQ(vietnamese(5), "0,05");
  EXPECT_EQ(vietnamese_tenths(8214), "82,1");
  EXPECT_EQ(vietnamese_tenths(8215), "82,2");
  EXPECT_EQ(vietnamese_tenths(9999), "100,0");
  EXPECT_EQ(vietnamese_count(0), "0");
  EXPECT_EQ(vietnamese_count(999), "999");
  EXPECT_EQ(vietnamese_count(1'234'567), "1.234.567");
  EXPECT_EQ(decimal(10000), "100.00");
  EXPECT_EQ(decimal(8605), "86.05");
}

TEST(Verdict, SaysThatASampleIsTooSmall) {
  EXPECT_EQ(verdict(counts(0, 0)), "Chưa có phiếu nào");
  EXPECT_EQ(verdict(counts(12, 0)), "Chưa đủ mẫu: 12/200 phiếu; ngưỡng tạm");
}

TEST(Verdict, SaysTheLevelAndHowSureItIs) {
  EXPECT_EQ(verdict(counts(70, 130)),
            "Chưa đạt mức nào: 35,00 % hài lòng (KTC 95 %: 28,7–41,8), 200 phiếu; ngưỡng tạm");
  EXPECT_EQ(verdict(counts(1730, 270)),
            "Đạt mức 2 theo điểm số: 86,50 % hài lòng (KTC 95 %: 84,9–87,9), 2.000 phiếu; "
            "ngưỡng tạm");
  EXPECT_EQ(verdict(counts(1760, 240)),
            "Đạt mức 2, chắc chắn: 88,00 % hài lòng (KTC 95 %: 86,5–89,4), 2.000 phiếu; "
            "ngưỡng tạm");
}

TEST(Verdict, LeavesTheCautionOutForOfficialThresholds) {
  core::Programme official = kPlaceholder;
  official.official = true;
  EXPECT_EQ(verdict(counts(12, 0), &official), "Chưa đủ mẫu: 12/200 phiếu");
}

TEST(Verdict, SaysThatAYearHasNoThresholds) {
  const Judged judged = appraise_unit(counts(300, 0), nullptr, 2024);
  EXPECT_EQ(judged.verdict,
            "100,00 % hài lòng (KTC 95 %: 98,7–100,0), 300 phiếu; chưa có ngưỡng cho năm 2024");
  EXPECT_EQ(judged.appraisal.level, std::nullopt);
}

TEST(Figures, StayOrderedAndInRange) {
  HAILONG_PROPERTY("0 <= low <= satisfied <= high <= 100",
                   [](std::array<std::uint16_t, 5> numbers) {
                     core::Counts sample;
                     for (std::size_t i = 0; i < 5; ++i) sample.by_score[i] = numbers[i];
                     const Figures figures = figures_of(sample);
                     RC_ASSERT(figures.satisfied.has_value() == (sample.n() > 0));
                     if (sample.n() == 0) return;
                     RC_ASSERT(0 <= *figures.low && *figures.low <= *figures.satisfied);
                     RC_ASSERT(*figures.satisfied <= *figures.high && *figures.high <= 10'000);
                     RC_ASSERT(100 <= *figures.mean && *figures.mean <= 500);
                   });
}

}  // namespace
}  // namespace hailong::district::scoring
