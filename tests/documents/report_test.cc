#include "documents/report.h"

#include <gtest/gtest.h>

namespace hailong::documents {
namespace {

TEST(PlaceAndDate, FollowsTheDecree) {
  using namespace std::chrono;
  Report report;
  report.place = "Hải Phòng";
  report.date = 2026y / February / 6;
  EXPECT_EQ(place_and_date(report), "Hải Phòng, ngày 06 tháng 02 năm 2026");
  report.date = 2026y / July / 31;
  EXPECT_EQ(place_and_date(report), "Hải Phòng, ngày 31 tháng 7 năm 2026");
}

TEST(Capitals, KnowVietnamese) {
  EXPECT_EQ(capitals("Ủy ban nhân dân xã Đồng Cẩm"), "ỦY BAN NHÂN DÂN XÃ ĐỒNG CẨM");
}

}  // namespace
}  // namespace hailong::documents
