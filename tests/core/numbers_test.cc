#include "core/numbers.h"

#include <gtest/gtest.h>

namespace hailong::core {
namespace {

TEST(Numbers, AreWrittenAsInVietnam) {
  EXPECT_EQ(vietnamese(8650), "86,50");
  EXPECT_EQ(vietnamese(5), "0,05");
  EXPECT_EQ(vietnamese_tenths(8214), "82,1");
  EXPECT_EQ(vietnamese_tenths(8215), "82,2");
  EXPECT_EQ(vietnamese_tenths(9999), "100,0");
  EXPECT_EQ(percent_words(376, 412), "91,3 %");
  EXPECT_EQ(percent_words(912'496, 1'000'000), "91,2 %");  // and not 91,25 rounded again
  EXPECT_EQ(percent_words_below(82, 100, 90), "82 %");
  EXPECT_EQ(percent_words_below(89'999, 100'000, 90), "89,9 %");
  EXPECT_EQ(vietnamese_count(0), "0");
  EXPECT_EQ(vietnamese_count(999), "999");
  EXPECT_EQ(vietnamese_count(1'234'567), "1.234.567");
  EXPECT_EQ(decimal(10000), "100.00");
  EXPECT_EQ(decimal(8605), "86.05");
}

TEST(Numbers, SharesAreRoundedHalfUp) {
  EXPECT_EQ(share_basis_points(2, 3), 6667);
  EXPECT_EQ(share_basis_points(1, 20'000), 1);  // 0,005 %
  EXPECT_EQ(share_basis_points(5, 5), 10'000);
  EXPECT_EQ(share_basis_points(0, 0), std::nullopt);
}

}  // namespace
}  // namespace hailong::core
