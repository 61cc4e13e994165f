#include "sync/problem.h"

#include <gtest/gtest.h>

namespace hailong::sync {
namespace {

TEST(Problem, IsDescribedInOneLine) {
  EXPECT_EQ(describe({503, {}, "", ""}), "answer 503");
  EXPECT_EQ(describe({404, {}, "text/html", "<html>"}), "answer 404 (text/html)");
  EXPECT_EQ(describe({403, {}, "application/problem+json", R"({"title":"No","detail":"why"})"}),
            "answer 403 (application/problem+json): why");
}

TEST(Problem, CannotForgeLogLines) {
  const std::string line =
      describe({400, {}, "text/html\x1b[2J", R"({"detail":"a\n<3>forged\u0000\u001b[31m"})"});
  EXPECT_EQ(line.find_first_of("\n\r\x1b"), std::string::npos);
  EXPECT_EQ(line.find('\0'), std::string::npos);
}

TEST(Problem, IsCutToABoundedLength) {
  const std::string body = R"({"detail":")" + std::string(60'000, 'x') + "\"}";
  EXPECT_LT(describe({400, {}, std::string(5000, 'y'), body}).size(), 500U);
}

TEST(Problem, GivesTheExpectedPosition) {
  EXPECT_EQ(expected_seq(R"({"type":"gap","expected_seq":12})"), 12);
  EXPECT_EQ(expected_seq("[12]"), std::nullopt);
  EXPECT_EQ(expected_seq(""), std::nullopt);
  EXPECT_EQ(expected_seq("\xff\xfe"), std::nullopt);
}

}  // namespace
}  // namespace hailong::sync
