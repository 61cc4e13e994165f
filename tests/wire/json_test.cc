#include "wire/json.h"

#include <gtest/gtest.h>

namespace hailong::wire {
namespace {

TEST(Json, IsReadToItsEnd) {
  EXPECT_TRUE(parse_object("{\"number\":1}\n"));
  EXPECT_FALSE(parse_object("{\"number\":1}{\"number\":2}"));
}

// nlohmann's parser takes it for the end: nobody would see what was signed behind it.
TEST(Json, DoesNotEndWithANullByte) {
  using std::string_view_literals::operator""sv;
  EXPECT_FALSE(parse_object("{\"number\":1}\0{\"number\":2}"sv));
  EXPECT_FALSE(parse_object("{\"number\":1}\0"sv));
  EXPECT_FALSE(parse_object("\0{\"number\":1}"sv));
}

}  // namespace
}  // namespace hailong::wire
