#include "district/scoring/appraisal.h"

#include <gtest/gtest.h>

#include "district/scoring/progress.h"
#include "district/scoring/recognitions.h"
#include "district/scoring/verdict.h"
#include "district/web/appraisal_pages.h"
#include "tests/district/sample.h"
#include "tests/property.h"

namespace hailong::district::scoring {
namespace {

using storage::AppraisalEntry;
using storage::AppraisalHistory;
using storage::AppraisalStep;

const core::LocalDate kDay = *core::parse_date("2026-11-24");

AppraisalEntry step(AppraisalStep kind, std::optional<int> level = std::nullopt,
                    const std::string& words = "") {
  AppraisalEntry entry;
  entry.unit_id = "10750@2025-07-01";
  entry.year = 2026;
  entry.step = kind;
  entry.level = level;
  entry.words = words;
  return entry;
}

AppraisalEntry decision(int level, const std::string& words = "") {
  AppraisalEntry entry = step(AppraisalStep::kRecognised, level, words);
  entry.decision = "12/QĐ-UBND";
  entry.decided_on = kDay;
  return entry;
}

/// The refusal, or nothing when the step may follow.
std::string refusal(const AppraisalHistory& history, const AppraisalEntry& entry) {
  const auto checked = check_step(history, entry, kDay);
  if (checked) return "";
  EXPECT_EQ(checked.error().fault, core::Fault::kRefused);
  return checked.error().message;
}

const AppraisalHistory kProposedOnly{step(AppraisalStep::kProposed, 2)};
const AppraisalHistory kConfirmedToo{step(AppraisalStep::kProposed, 2),
                                     step(AppraisalStep::kConfirmed)};

TEST(Appraisal, GoesFromProposalToDecision) {
  AppraisalHistory history;
  for (const AppraisalEntry& next :
       {step(AppraisalStep::kProposed, 2), step(AppraisalStep::kConfirmed),
        step(AppraisalStep::kAppraised, 2), step(AppraisalStep::kRanked, 2), decision(2)}) {
    EXPECT_EQ(refusal(history, next), "");
    history.push_back(next);
  }
  const AppraisalState state = state_of(history);
  EXPECT_TRUE(state.is_confirmed());
  ASSERT_NE(state.recognised, nullptr);
  EXPECT_EQ(state.recognised->level, 2);
  EXPECT_EQ(refusal(history, step(AppraisalStep::kProposed, 3)),
            "Đã có quyết định công nhận; không đề xuất lại được.");
  EXPECT_EQ(refusal(history, decision(2)), "Quyết định công nhận đã được nhập.");
}

TEST(Appraisal, TakesNoStepBeforeItIsDue) {
  EXPECT_EQ(refusal({}, step(AppraisalStep::kConfirmed)),
            "Chưa có đề xuất của hệ thống để xã cho ý kiến.");
  EXPECT_EQ(refusal({}, step(AppraisalStep::kAppraised, 2)),
            "Chưa có đề xuất của hệ thống để thẩm định.");
  EXPECT_EQ(refusal(kConfirmedToo, step(AppraisalStep::kRanked, 2)),
            "Phải thẩm định trước khi xếp loại.");
  EXPECT_EQ(refusal(kConfirmedToo, decision(2)),
            "Phải xếp loại trước khi nhập quyết định công nhận.");
  EXPECT_EQ(refusal(kConfirmedToo, step(AppraisalStep::kCommented, {}, "Sai")),
            "Xã đã cho ý kiến về đề xuất này.");
  AppraisalHistory appraised = kProposedOnly;
  appraised.push_back(step(AppraisalStep::kAppraised, 2, "Quá hạn tự chấm"));
  EXPECT_EQ(refusal(appraised, step(AppraisalStep::kConfirmed)),
            "Cấp trên đã thẩm định; xã không sửa được nữa.");
}

TEST(Appraisal, NeedsAReasonForEveryChange) {
  EXPECT_EQ(refusal(kProposedOnly, step(AppraisalStep::kCommented)),
            "Ý kiến của xã phải có nội dung.");
  EXPECT_EQ(refusal(kConfirmedToo, step(AppraisalStep::kAppraised, 3)),
            "Kết quả thẩm định khác đề xuất phải nêu lý do.");
  EXPECT_EQ(refusal(kConfirmedToo, step(AppraisalStep::kAppraised, 3, "Có sáng kiến")), "");
  AppraisalEntry points = step(AppraisalStep::kAppraised, 2);
  points.points_x100 = 870;
  EXPECT_EQ(refusal(kConfirmedToo, points), "Kết quả thẩm định khác đề xuất phải nêu lý do.");
  EXPECT_EQ(refusal(kProposedOnly, step(AppraisalStep::kAppraised, 2)),
            "Xã chưa xác nhận đề xuất; thẩm định phải nêu lý do.");
  AppraisalHistory appraised = kConfirmedToo;
  appraised.push_back(step(AppraisalStep::kAppraised, 2));
  EXPECT_EQ(refusal(appraised, step(AppraisalStep::kRanked, 1)),
            "Xếp loại khác mức đã thẩm định phải nêu lý do.");
  appraised.push_back(step(AppraisalStep::kRanked, 2));
  EXPECT_EQ(refusal(appraised, decision(3)), "Mức công nhận khác mức đã xếp loại phải nêu lý do.");
  EXPECT_EQ(refusal(appraised, decision(3, "Theo biên bản họp")), "");
}

TEST(Appraisal, KnowsNoOtherLevels) {
  for (const std::optional<int>& level :
       {std::optional<int>(), std::optional<int>(-1), std::optional<int>(5)}) {
    EXPECT_EQ(refusal(kConfirmedToo, step(AppraisalStep::kAppraised, level, "Lý do")),
              "Mức phải từ 0 (chưa đạt) đến 4.");
  }
  AppraisalEntry entry = decision(0);
  EXPECT_EQ(check_recognition(entry, kDay).error().message, "Mức công nhận phải từ 1 đến 4.");
  entry = decision(1);
  entry.decision.clear();
  EXPECT_EQ(check_recognition(entry, kDay).error().message, "Phải nhập số quyết định công nhận.");
  entry = decision(1);
  entry.decided_on = core::next_day(kDay);
  EXPECT_EQ(check_recognition(entry, kDay).error().message,
            "Ngày của quyết định công nhận chưa đến.");
}

TEST(Appraisal, BeginsAnewWithANewProposal) {
  AppraisalHistory history = kConfirmedToo;
  history.push_back(step(AppraisalStep::kAppraised, 2));
  history.push_back(step(AppraisalStep::kProposed, 3));
  const AppraisalState state = state_of(history);
  EXPECT_EQ(state.proposed->level, 3);
  EXPECT_EQ(state.answered, nullptr);
  EXPECT_EQ(state.appraised, nullptr);
  EXPECT_EQ(refusal(history, step(AppraisalStep::kConfirmed)), "");
}

TEST(Appraisal, IsNeverRecognisedWithoutEveryStep) {
  HAILONG_PROPERTY("whatever is tried in whatever order", [] {
    AppraisalHistory history;
    const auto tries = *rc::gen::inRange(1, 40);
    for (int i = 0; i < tries; ++i) {
      AppraisalEntry entry =
          decision(*rc::gen::inRange(0, 6), *rc::gen::element<std::string>("", "Lý do"));
      entry.step = static_cast<AppraisalStep>(*rc::gen::inRange(0, 6));
      if (check_step(history, entry, kDay)) history.push_back(entry);
    }
    const AppraisalState state = state_of(history);
    if (state.recognised != nullptr) RC_ASSERT(state.ranked != nullptr);
    if (state.ranked != nullptr) RC_ASSERT(state.appraised != nullptr);
    if (state.appraised != nullptr) RC_ASSERT(state.proposed != nullptr);
  });
}

TEST(Appraisal, FiguresAreReadBack) {
  Evidence evidence{{{1, 2, 3, 4, 500}}, {{1, 0, 0, 0, 9}}, Coverage{300, 900}, Timely{20, 19}};
  const Evidence again = must(parse_evidence(evidence_text(evidence)));
  EXPECT_EQ(again.counts, evidence.counts);
  EXPECT_EQ(again.left_out, evidence.left_out);
  EXPECT_EQ(again.coverage->returned, 900);
  EXPECT_EQ(again.timeliness->on_time, 19);
  evidence.coverage.reset();
  evidence.timeliness.reset();
  EXPECT_FALSE(must(parse_evidence(evidence_text(evidence))).coverage.has_value());
  EXPECT_FALSE(parse_evidence("n1 = 3\n").has_value());
}

TEST(Aims, RoundSharesOfFewUnitsUp) {
  Target target;
  target.level_1_percent = 50;
  target.above_1_percent = 20;
  target.level_4_units = 1;
  LevelCounts counts;
  for (const int level : {0, 1, 1, 2}) counts.add(level);
  const auto lines = aim_lines(target, counts);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].name, "Đạt mức 1 trở lên");
  EXPECT_EQ(lines[0].aim, "ít nhất 50 % số đơn vị");
  EXPECT_EQ(lines[0].needed, 2);
  EXPECT_EQ(lines[0].reached, 3);
  EXPECT_TRUE(lines[0].met);
  EXPECT_EQ(lines[1].needed, 1);  // 20 % of 4 is 0,8
  EXPECT_TRUE(lines[1].met);
  EXPECT_FALSE(lines[2].met);
  EXPECT_EQ(lines[2].aim, "ít nhất 1 đơn vị");
}

TEST(Aims, AreMetExactlyWhenEnoughUnitsReachThem) {
  HAILONG_PROPERTY("met == (reached >= needed)", [] {
    Target target;
    target.level_1_percent = *rc::gen::inRange(1, 101);
    LevelCounts counts;
    counts.by_level[0] = *rc::gen::inRange<std::int64_t>(0, 400);
    counts.by_level[1] = *rc::gen::inRange<std::int64_t>(0, 400);
    const AimLine line = aim_lines(target, counts)[0];
    RC_ASSERT(line.met == (line.reached >= line.needed));
  });
}

TEST(Recognitions, AreReadForUnitsThatMergedSince) {
  Reception reception;
  const auto& units = reception.config().rules.units;
  const std::string head = "unit,year,level,decision,decided_on,note\n";
  const auto read = [&](const std::string& rows) {
    return parse_recognitions(head + rows, units, kDay);
  };
  const auto entries =
      must(read("10768,2024,2,15/QĐ-UBND,2024-12-30,\n10753@,2024,1,16/QĐ-UBND,2024-11-01,cũ\n"));
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].unit_id, "10768@");
  EXPECT_EQ(entries[0].level, 2);
  EXPECT_EQ(entries[1].unit_id, "10753@");
  EXPECT_EQ(read("10753,2024,1,1/QĐ,2024-12-30,\n").error().message,
            "line 2: unit: no unit 10753 at the end of that year");
  EXPECT_EQ(read("10768,2024,5,1/QĐ,2024-12-30,\n").error().message,
            "line 2: level: expected 1 to 4");
  EXPECT_EQ(read("10768,2024,1,1/QĐ,30/12/2024,\n").error().message,
            "line 2: Phải nhập ngày của quyết định công nhận.");
}

TEST(Points, AreReadAsPeopleWriteThem) {
  EXPECT_EQ(web::hundredths_of("8,7"), 870);
  EXPECT_EQ(web::hundredths_of("8.75"), 875);
  EXPECT_EQ(web::hundredths_of("8,05"), 805);
  EXPECT_EQ(web::hundredths_of("10"), 1000);
  for (const char* text : {"", ",5", "8,", "8,755", "-1", "8,-5", "1001", "tám"}) {
    EXPECT_EQ(web::hundredths_of(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace hailong::district::scoring
