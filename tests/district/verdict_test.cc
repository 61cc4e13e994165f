#include "district/scoring/verdict.h"

#include <gtest/gtest.h>

#include "tests/property.h"

namespace hailong::district::scoring {
namespace {

Programme placeholder() {
  Programme programme;
  programme.year = 2025;
  programme.minimum_sample = 200;
  programme.representative = true;
  programme.coverage_percent = 30;
  programme.timely_percent = 90;
  programme.max_points = 10;
  const std::array percents = {80, 85, 87, 95};
  for (std::size_t i = 0; i < percents.size(); ++i) {
    programme.levels[i] = {percents[i], true, i >= 2, {false, "tạm"}};
  }
  return programme;
}

Programme confirmed() {
  Programme programme = placeholder();
  programme.confirmation = Confirmation{0, "quan-tri", "QĐ 1"};
  return programme;
}

core::Counts counts(std::int64_t satisfied, std::int64_t others) {
  return {{0, others, 0, 0, satisfied}};
}

Evidence evidence(std::int64_t satisfied, std::int64_t others) {
  return {counts(satisfied, others), {}, Coverage{satisfied + others, 1'000}, Timely{10, 10}};
}

std::string verdict(const Evidence& sample, const Programme& programme = placeholder()) {
  return appraise_unit(sample, &programme, 2026).verdict;
}

TEST(Verdict, IsTheSentenceOfTheFile) {
  Evidence sample = evidence(376, 36);
  sample.timeliness = Timely{50, 41};
  EXPECT_EQ(verdict(sample, confirmed()),
            "Đạt mức 2: 91,3 % hài lòng (KTC 95 %: 88,1–93,6), 412 phiếu; chưa đạt mức 3 vì tỷ lệ "
            "phản hồi đúng hạn 82 % < 90 %");
  const Programme programme = confirmed();
  EXPECT_EQ(appraise_unit(sample, &programme, 2026).brief,
            "Đạt mức 2; chưa đạt mức 3 vì tỷ lệ phản hồi đúng hạn 82 % < 90 %");
}

TEST(Verdict, SaysThatASampleIsTooSmall) {
  EXPECT_EQ(verdict({}), "Chưa có phiếu nào");
  EXPECT_EQ(verdict({counts(12, 0), {}, {}, {}}), "Chưa đủ mẫu: 12/200 phiếu; ngưỡng tạm");
  EXPECT_EQ(verdict(evidence(12, 0)), "Chưa đủ mẫu: 12/286 phiếu; ngưỡng tạm");
  EXPECT_EQ(verdict(evidence(12, 0), confirmed()), "Chưa đủ mẫu: 12/286 phiếu");
}

TEST(Verdict, LetsASmallCommuneReachItsSample) {
  Evidence sample = evidence(53, 0);
  sample.coverage = Coverage{53, 60};  // 53 represent 60 dossiers
  EXPECT_EQ(verdict(sample, confirmed()),
            "Đạt mức 3: 100,0 % hài lòng (KTC 95 %: 93,2–100,0), 53 phiếu; chưa đạt mức 4 vì cận "
            "dưới khoảng tin cậy 93,2 % < 95 % (mẫu chưa đủ lớn để chắc chắn)");
}

TEST(Verdict, SaysWhatKeepsTheNextLevelAway) {
  EXPECT_EQ(verdict(evidence(70, 230)),
            "Chưa đạt mức nào: 23,3 % hài lòng (KTC 95 %: 18,9–28,4), 300 phiếu; chưa đạt mức 1 vì "
            "tỷ lệ hài lòng 23,3 % < 80 %; ngưỡng tạm");
  Evidence sample = evidence(270, 30);
  sample.coverage = Coverage{90, 1'000};
  EXPECT_EQ(verdict(sample),
            "Chưa đạt mức nào: 90,0 % hài lòng (KTC 95 %: 86,1–92,9), 300 phiếu; chưa đạt mức 1 vì "
            "tỷ lệ hồ sơ được đánh giá 9 % < 30 %; ngưỡng tạm");
  EXPECT_EQ(verdict(evidence(291, 9), confirmed()),
            "Đạt mức 3: 97,0 % hài lòng (KTC 95 %: 94,4–98,4), 300 phiếu; chưa đạt mức 4 vì cận "
            "dưới khoảng tin cậy 94,4 % < 95 % (mẫu chưa đủ lớn để chắc chắn)");
  EXPECT_EQ(verdict(evidence(398, 2), confirmed()),
            "Đạt mức 4: 99,5 % hài lòng (KTC 95 %: 98,2–99,9), 400 phiếu");
}

TEST(Verdict, NamesAllThatIsMissing) {
  Evidence sample = evidence(270, 30);
  sample.coverage.reset();
  sample.timeliness.reset();
  EXPECT_EQ(verdict(sample),
            "Không đủ dữ liệu để xét mức: 90,0 % hài lòng (KTC 95 %: 86,1–92,9), 300 phiếu; chưa "
            "xét được mức 1 vì chưa biết số hồ sơ đã trả; ngưỡng tạm");
  sample.coverage = Coverage{270, 1'000};
  EXPECT_EQ(verdict(sample, confirmed()),
            "Chưa đạt mức nào: 90,0 % hài lòng (KTC 95 %: 86,1–92,9), 300 phiếu; chưa đạt mức 1 vì "
            "tỷ lệ hồ sơ được đánh giá 27 % < 30 %");
  sample.coverage = Coverage{300, 1'000};
  EXPECT_EQ(verdict(sample, confirmed()),
            "Đạt mức 2: 90,0 % hài lòng (KTC 95 %: 86,1–92,9), 300 phiếu; chưa đạt mức 3 vì cận "
            "dưới khoảng tin cậy 86,1 % < 87 % (mẫu chưa đủ lớn để chắc chắn) và chưa có số liệu "
            "phản hồi đúng hạn");
  sample.counts = counts(300, 20);
  EXPECT_EQ(verdict(sample, confirmed()),
            "Đạt mức 2: 93,8 % hài lòng (KTC 95 %: 90,5–95,9), 320 phiếu; chưa xét được mức 3 vì "
            "chưa có số liệu phản hồi đúng hạn");
}

TEST(Verdict, GivesBothFiguresWhenRatingsAreLeftOut) {
  Evidence sample = evidence(300, 20);
  sample.left_out = counts(0, 30);
  EXPECT_EQ(verdict(sample, confirmed()),
            "Đạt mức 3: 93,8 % hài lòng (KTC 95 %: 90,5–95,9), 320 phiếu; chưa đạt mức 4 vì tỷ lệ "
            "hài lòng 93,8 % < 95 %; không tính 30 phiếu loại theo quyết định (nếu tính: 85,7 % "
            "hài lòng)");
}

TEST(Verdict, SaysThatAYearHasNoThresholds) {
  const Judged judged = appraise_unit({counts(300, 0), {}, {}, {}}, nullptr, 2024);
  EXPECT_EQ(judged.verdict,
            "100,0 % hài lòng (KTC 95 %: 98,7–100,0), 300 phiếu; chưa có ngưỡng cho năm 2024");
  EXPECT_EQ(judged.appraisal.level, std::nullopt);
}

TEST(Criterion, GivesPointsInHundredths) {
  EXPECT_EQ(appraise(evidence(200, 100), placeholder()).points_x100, 667);
  EXPECT_EQ(appraise(evidence(300, 0), placeholder()).points_x100, 1000);
  EXPECT_EQ(appraise(evidence(200, 0), placeholder()).points_x100, std::nullopt);
}

TEST(Criterion, CountsWhatTheYearCallsSatisfied) {
  Programme strict = placeholder();
  strict.satisfied_from = 5;
  const Evidence sample{{{0, 0, 0, 200, 200}}, {}, Coverage{400, 400}, Timely{}};
  EXPECT_EQ(appraise(sample, placeholder()).level, 4);
  EXPECT_EQ(appraise(sample, strict).level, 0);
}

TEST(Criterion, TakesNoFeedbackForTimely) {
  Evidence sample = evidence(398, 2);
  sample.timeliness = Timely{0, 0};
  EXPECT_EQ(appraise(sample, placeholder()).level, 4);
}

TEST(Criterion, NeverRewardsWorseEvidence) {
  HAILONG_PROPERTY(
      "one satisfied fewer, one dossier more, one answer late: never a higher level", [] {
        const auto n = *rc::gen::inRange<std::int64_t>(1, 2'000);
        const auto satisfied = *rc::gen::inRange<std::int64_t>(n * 3 / 4, n + 1);
        Evidence sample{counts(satisfied, n - satisfied), {}, Coverage{n, 2 * n}, Timely{100, 95}};
        const Programme programme = placeholder();
        const int level = appraise(sample, programme).level.value_or(0);
        Evidence worse = sample;
        if (satisfied > 0) worse.counts = counts(satisfied - 1, n - satisfied + 1);
        RC_ASSERT(appraise(worse, programme).level.value_or(0) <= level);
        worse = sample;
        worse.coverage->returned = 10 * n;
        RC_ASSERT(appraise(worse, programme).level.value_or(0) <= level);
        worse = sample;
        worse.timeliness->on_time = 80;
        RC_ASSERT(appraise(worse, programme).level.value_or(0) <= level);
      });
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
