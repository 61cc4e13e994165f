#include <gtest/gtest.h>

#include "district/scoring/breakdown.h"
#include "district/scoring/dossier_ratio.h"
#include "district/scoring/ranking.h"
#include "district/scoring/service_indices.h"
#include "tests/property.h"

namespace hailong::district::scoring {
namespace {

TEST(ServiceIndex, IsRoundedToOneDecimalBeforeItIsAdded) {
  EXPECT_EQ(index_tenths({}), std::nullopt);
  EXPECT_EQ(index_tenths({{0, 0, 5}}), 20);
  EXPECT_EQ(index_tenths({{1, 1, 1}}), 10);
  EXPECT_EQ(index_tenths({{3, 5, 12}}), 15);  // 1,45 is 1,5
  EXPECT_EQ(index_words({{3, 5, 12}}), "1,5/2 (20 hồ sơ được chấm)");
  EXPECT_EQ(index_words({}), "không đủ dữ liệu");
}

TEST(ServiceIndex, OfConductFollowsTimeAndComplaints) {
  const DossierScores scores = conduct_scores({10, 5, 2, 3});
  EXPECT_EQ(scores.by_points, (std::array<std::int64_t, 3>{5, 5, 10}));
}

TEST(ServiceIndices, HaveAClassOnlyIfAllNineExist) {
  ServiceIndices indices;
  indices.fill(17);
  EXPECT_EQ(agency_total(indices)->tenths, 153);
  EXPECT_EQ(agency_total(indices)->name, "Xuất sắc");
  indices[0] = 13;
  EXPECT_EQ(agency_total(indices)->name, "Tốt");  // 14,9
  indices[0] = 14;
  EXPECT_EQ(agency_total(indices)->name, "Xuất sắc");  // 15,0
  EXPECT_EQ(officer_total(indices), 14 + 4 * 17);
  indices[4] = std::nullopt;
  EXPECT_FALSE(agency_total(indices).has_value());
  EXPECT_TRUE(officer_total(indices).has_value());
  indices[6] = std::nullopt;
  EXPECT_FALSE(officer_total(indices).has_value());
  indices.fill(0);
  EXPECT_EQ(agency_total(indices)->name, "Yếu");
}

/// The worked example of measurement-rules.md 3.
DossierFaults worked_example() {
  DossierFaults faults;
  faults.dossiers = 400;
  faults.by_faults[kOverdue] = 18;
  faults.by_faults[kOverdue | kUnsatisfied] = 2;
  faults.by_faults[kUnsatisfied] = 5;
  faults.by_faults[kUnsatisfied | kComplained] = 1;
  faults.by_faults[kComplained] = 4;
  return faults;
}

TEST(DossierRatio, CountsADossierWithTwoFaultsOnce) {
  const DossierFaults faults = worked_example();
  EXPECT_EQ(faults.faulty(), 30);
  EXPECT_EQ(dossier_ratio(faults)->basis_points, 9250);
  EXPECT_EQ(dossier_ratio(faults)->points_x100, 600);
  EXPECT_EQ(dossier_ratio_words(faults),
            "92,50 % (370/400 hồ sơ không có lỗi, tính theo hợp các tập), 6,00/6 điểm");
}

TEST(DossierRatio, GivesPointsInProportionBelowNinetyPercent) {
  DossierFaults faults;
  faults.dossiers = 400;
  faults.by_faults[kOverdue] = 80;
  EXPECT_EQ(dossier_ratio(faults)->points_x100, 533);
  faults.by_faults[kOverdue] = 40;
  EXPECT_EQ(dossier_ratio(faults)->points_x100, 600);
  faults.by_faults[kOverdue] = 41;
  EXPECT_EQ(dossier_ratio(faults)->points_x100, 598);
}

TEST(DossierRatio, NeedsTheNumberOfDossiers) {
  DossierFaults faults = worked_example();
  for (const std::optional<std::int64_t>& dossiers :
       {std::optional<std::int64_t>{}, std::optional<std::int64_t>{0},
        std::optional<std::int64_t>{29}}) {
    faults.dossiers = dossiers;
    EXPECT_FALSE(dossier_ratio(faults).has_value());
    EXPECT_EQ(dossier_ratio_words(faults), "không đủ dữ liệu");
  }
}

std::vector<Contender> four() {
  return {{"xã A", 360, 400, true},
          {"xã B", 180, 200, true},
          {"xã C", 300, 400, true},
          {"xã D", 10, 10, false}};
}

TEST(Ranking, SharesARankBetweenEqualShares) {
  const auto places = rank(four());
  EXPECT_EQ(places[0].rank, 1U);
  EXPECT_EQ(places[1].rank, 1U);
  EXPECT_EQ(places[2].rank, 3U);
  EXPECT_EQ(places[3].rank, std::nullopt);
  EXPECT_EQ(place_words(four(), places, 0), "Hạng 1/3, đồng hạng với xã B");
  EXPECT_EQ(place_words(four(), places, 2), "Hạng 3/3");
  EXPECT_EQ(place_words(four(), places, 3), "Chưa xếp hạng (chưa đủ mẫu)");
}

TEST(Ranking, NamesThoseThatTheFiguresDoNotTellApart) {
  const std::vector<Contender> close{{"xã A", 365, 400, true}, {"xã B", 360, 400, true}};
  const auto places = rank(close);
  EXPECT_EQ(place_words(close, places, 0), "Hạng 1/2; không khác biệt rõ với xã B");
  EXPECT_EQ(place_words(close, places, 1), "Hạng 2/2; không khác biệt rõ với xã A");
}

TEST(Ranking, CountsTheRestWhenManyAreClose) {
  std::vector<Contender> close;
  close.reserve(9);
  for (int i = 0; i < 9; ++i) {
    close.push_back({"xã " + std::string(1, static_cast<char>('A' + i)), 365 - i, 400, true});
  }
  EXPECT_EQ(place_words(close, rank(close), 0),
            "Hạng 1/9; không khác biệt rõ với xã B, xã C, xã D và 5 đơn vị khác");
  close.resize(6);
  EXPECT_EQ(place_words(close, rank(close), 5),
            "Hạng 6/6; không khác biệt rõ với xã A, xã B, xã C, xã D, xã E");
}

TEST(Ranking, IsTheSameInWhateverOrder) {
  HAILONG_PROPERTY("reversing the contenders reverses the places", [] {
    std::vector<Contender> contenders;
    const auto number = *rc::gen::inRange<std::size_t>(1, 20);
    for (std::size_t i = 0; i < number; ++i) {
      const auto n = *rc::gen::inRange<std::int64_t>(0, 500);
      contenders.push_back({"", *rc::gen::inRange<std::int64_t>(0, n + 1), n, n >= 100});
    }
    const auto places = rank(contenders);
    std::reverse(contenders.begin(), contenders.end());
    const auto reversed = rank(contenders);
    for (std::size_t i = 0; i < number; ++i) {
      RC_ASSERT(places[i].rank == reversed[number - 1 - i].rank);
      for (const std::size_t other : places[i].close) {
        const auto& back = places[other].close;
        RC_ASSERT(std::find(back.begin(), back.end(), i) != back.end());
      }
    }
  });
}

TEST(Breakdown, ShowsATotalWithAndWithoutTheEasyFields) {
  const Breakdown breakdown = break_down({{"ho-tich", {{10, 0, 0, 0, 40}}},
                                          {"chung-thuc", {{0, 0, 0, 0, 100}}},
                                          {"dat-dai", {{20, 0, 0, 0, 30}}},
                                          {"chung-thuc", {{0, 0, 0, 50, 0}}}},
                                         {"chung-thuc"});
  ASSERT_EQ(breakdown.parts.size(), 3U);
  EXPECT_EQ(breakdown.parts[0].field_id, "chung-thuc");
  EXPECT_EQ(breakdown.total.n(), 250);
  EXPECT_EQ(breakdown.easy.n(), 150);
  EXPECT_EQ(breakdown.without.n(), 100);
  EXPECT_EQ(breakdown.words("chứng thực"),
            "Trong đó chứng thực: 150/250 phiếu (60,0 %); không kể các phiếu đó: 70,0 % hài lòng "
            "(KTC 95 %: 60,4–78,1), 100 phiếu");
  EXPECT_EQ(break_down({}, {}).words("chứng thực"), "Chưa có phiếu nào");
}

}  // namespace
}  // namespace hailong::district::scoring
