#include "wire/compression.h"

#include <gtest/gtest.h>

#include "tests/property.h"

namespace hailong::wire {
namespace {

using core::Fault;

TEST(Compression, GivesBackTheText) {
  HAILONG_PROPERTY("round trip", [](const std::string& text) {
    RC_ASSERT(decompress(compress(text), text.size()).value() == text);
  });
}

TEST(Compression, StopsAtTheLimit) {
  const std::string text(300'000, 'a');
  const std::string frame = compress(text);
  EXPECT_EQ(decompress(frame, 300'000).value(), text);
  EXPECT_EQ(decompress(frame, 299'999).error().fault, Fault::kFull);
}

TEST(Compression, DoesNotUnpackABomb) {
  // 64 MiB of zeros in a few kilobytes.
  const std::string bomb = compress(std::string(std::size_t{64} << 20U, '\0'));
  ASSERT_LT(bomb.size(), 16'384U);
  EXPECT_EQ(decompress(bomb, 1 << 20).error().fault, Fault::kFull);
}

TEST(Compression, RefusesWhatIsNotExactlyOneFrame) {
  const std::string frame = compress("Ông/Bà hài lòng thế nào?");
  EXPECT_FALSE(decompress("", 100).has_value());
  EXPECT_FALSE(decompress("{\"not\":\"zstd\"}", 100).has_value());
  EXPECT_FALSE(decompress(frame + "x", 100).has_value());
  EXPECT_FALSE(decompress(frame + frame, 100).has_value());
  for (std::size_t size = 0; size < frame.size(); ++size) {
    EXPECT_FALSE(decompress(frame.substr(0, size), 100).has_value()) << size;
  }
}

}  // namespace
}  // namespace hailong::wire
