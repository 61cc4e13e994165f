#include "program/descriptor.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace hailong::program {
namespace {

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) != -1; }

TEST(Descriptor, ClosesWithItsOwner) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const Descriptor other(ends[1]);
  {
    const Descriptor one(ends[0]);
    EXPECT_TRUE(one.is_open());
    EXPECT_EQ(one.get(), ends[0]);
  }
  EXPECT_FALSE(is_open(ends[0]));
  EXPECT_TRUE(is_open(ends[1]));
}

TEST(Descriptor, ClosesOnceWhenItMoves) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  Descriptor one(ends[0]);
  Descriptor other(ends[1]);
  {
    const Descriptor taken(std::move(one));
    EXPECT_EQ(taken.get(), ends[0]);
  }
  EXPECT_FALSE(is_open(ends[0]));
  other = Descriptor();
  EXPECT_FALSE(other.is_open());
  EXPECT_FALSE(is_open(ends[1]));
}

}  // namespace
}  // namespace hailong::program
