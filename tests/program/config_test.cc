#include "program/config.h"

#include <gtest/gtest.h>

namespace hailong::program {
namespace {

ConfigFile parsed(std::string_view text) {
  auto file = ConfigFile::parse(text, "/etc/hailong/kiosk.toml");
  EXPECT_TRUE(file.has_value()) << (file ? "" : file.error().message);
  return std::move(*file);
}

std::string mistake(ConfigFile& file) {
  const auto done = file.finish();
  return done ? "none" : done.error().message;
}

TEST(ConfigFile, GivesTypedValues) {
  ConfigFile file =
      parsed("name = \"Phú Thái\"\nport = 8480\nmotion = true\n[device]\nid = \"q1\"\n");
  Section root = file.root();
  EXPECT_EQ(root.required_text("name"), "Phú Thái");
  EXPECT_EQ(root.integer("port", 1, 65535), 8480);
  EXPECT_EQ(root.boolean("motion"), true);
  EXPECT_EQ(root.table("device").required_text("id"), "q1");
  EXPECT_EQ(root.text("absent"), std::nullopt);
  EXPECT_EQ(mistake(file), "none");
}

TEST(ConfigFile, TakesPathsFromItsOwnFolder) {
  ConfigFile file = parsed("near = \"data\"\nfar = \"/srv/data\"\n");
  EXPECT_EQ(file.root().required_path("near"), "/etc/hailong/data");
  EXPECT_EQ(file.root().required_path("far"), "/srv/data");
}

TEST(ConfigFile, NamesLineKeyAndWhatWasExpected) {
  ConfigFile file = parsed("\nport = 70000\n");
  EXPECT_EQ(file.root().integer("port", 1, 65535), std::nullopt);
  EXPECT_EQ(mistake(file),
            "/etc/hailong/kiosk.toml:2: port: expected a whole number from 1 to 65535");
}

TEST(ConfigFile, ReportsAMissingKeyWithItsTable) {
  ConfigFile file = parsed("\n[device]\n");
  file.root().table("device").required_text("id");
  EXPECT_EQ(mistake(file),
            "/etc/hailong/kiosk.toml:2: device.id: missing; expected a text in quotes");
}

TEST(ConfigFile, RefusesKeysThatNobodyAskedFor) {
  ConfigFile file = parsed("[device]\nid = \"q1\"\ncolour = \"red\"\n");
  file.root().table("device").required_text("id");
  EXPECT_EQ(mistake(file), "/etc/hailong/kiosk.toml:3: device.colour: unknown key; known here: id");
}

TEST(ConfigFile, RefusesUnknownTables) {
  ConfigFile file = parsed("[devise]\nid = \"q1\"\n");
  (void)file.root();
  EXPECT_EQ(mistake(file), "/etc/hailong/kiosk.toml:1: devise: unknown key; known here: ");
}

TEST(ConfigFile, RefusesAWrongType) {
  ConfigFile file = parsed("motion = \"yes\"\n");
  EXPECT_EQ(file.root().boolean("motion"), std::nullopt);
  EXPECT_EQ(mistake(file), "/etc/hailong/kiosk.toml:1: motion: expected true or false");
}

TEST(ConfigFile, ReportsTheFirstMistakeOnly) {
  ConfigFile file = parsed("a = 1\nb = 2\n");
  Section root = file.root();
  EXPECT_EQ(root.text("b"), std::nullopt);
  EXPECT_EQ(root.text("a"), std::nullopt);
  EXPECT_EQ(mistake(file), "/etc/hailong/kiosk.toml:2: b: expected a text in quotes");
}

TEST(ConfigFile, ReadsArraysOfTables) {
  ConfigFile file = parsed("[[counter]]\nid = \"q1\"\n[[counter]]\nid = \"q2\"\nx = 1\n");
  std::vector<std::string> ids;
  for (Section& counter : file.root().tables("counter")) ids.push_back(counter.required_text("id"));
  EXPECT_EQ(ids, (std::vector<std::string>{"q1", "q2"}));
  EXPECT_EQ(mistake(file), "/etc/hailong/kiosk.toml:5: counter.x: unknown key; known here: id");
}

TEST(ConfigFile, SaysWhereTheTextIsNoToml) {
  const auto file = ConfigFile::parse("a = 1\nb = \n", "x.toml");
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().fault, core::Fault::kInvalid);
  EXPECT_EQ(file.error().message.rfind("x.toml:2: ", 0), 0U) << file.error().message;
}

TEST(ConfigFile, SaysThatAFileIsMissing) {
  const auto file = ConfigFile::read("/nowhere/kiosk.toml");
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().fault, core::Fault::kNotFound);
}

}  // namespace
}  // namespace hailong::program
