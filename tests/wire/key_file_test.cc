#include "wire/key_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/temp_folder.h"

namespace hailong::wire {
namespace {

using core::Fault;
using tests::TempFolder;

TEST(KeyFile, MakesTheKeyOnce) {
  const TempFolder folder;
  const auto file = folder.path() / "device.key";
  const PublicKey made = read_or_make_key(file).value().public_key();
  EXPECT_EQ(read_or_make_key(file).value().public_key(), made);
  EXPECT_EQ(read_key(file).value().public_key(), made);
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(KeyFile, SaysThatThereIsNone) {
  const TempFolder folder;
  EXPECT_EQ(read_key(folder.path() / "device.key").error().fault, Fault::kNotFound);
}

TEST(KeyFile, RefusesAKeyThatOthersMayRead) {
  const TempFolder folder;
  const auto file = folder.path() / "device.key";
  ASSERT_TRUE(read_or_make_key(file).has_value());
  ASSERT_EQ(::chmod(file.c_str(), 0640), 0);
  EXPECT_EQ(read_key(file).error().fault, Fault::kRefused);
  // Nor is it replaced by a new one.
  EXPECT_EQ(read_or_make_key(file).error().fault, Fault::kRefused);
}

TEST(KeyFile, NeverReplacesADamagedKey) {
  const TempFolder folder;
  const auto file = folder.path() / "device.key";
  const std::string digits(64, 'a');
  for (const std::string& text : {std::string(), std::string("not a key\n"), digits.substr(1),
                                  digits + "a", digits + "\n\n", digits + "\r\n"}) {
    std::ofstream(file) << text;
    ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
    EXPECT_EQ(read_or_make_key(file).error().fault, Fault::kCorrupt) << text;
  }
}

TEST(KeyFile, MayLackItsLineEnd) {
  const TempFolder folder;
  const auto file = folder.path() / "device.key";
  std::ofstream(file) << std::string(64, 'a');
  ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
  EXPECT_TRUE(read_key(file).has_value());
}

TEST(SigningKey, SignsForOnePurposeOnly) {
  const SigningKey key = SigningKey::generate();
  const Signature signature = key.sign("batch", "text");
  EXPECT_TRUE(verify_signature(key.public_key(), "batch", "text", signature));
  EXPECT_FALSE(verify_signature(key.public_key(), "receipt", "text", signature));
  EXPECT_FALSE(verify_signature(key.public_key(), "batch", "text ", signature));
  EXPECT_FALSE(verify_signature(SigningKey::generate().public_key(), "batch", "text", signature));
}

}  // namespace
}  // namespace hailong::wire
