#include "core/csv.h"

#include <gtest/gtest.h>

#include "tests/property.h"

namespace hailong::core {
namespace {

using Fields = std::vector<std::string>;

TEST(Csv, ReadsQuotesCommasAndLineBreaksInFields) {
  const auto rows = parse_csv("a,\"b,\"\"c\"\"\",d\r\n\"two\nlines\",,x\n");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].fields, (Fields{"a", "b,\"c\"", "d"}));
  EXPECT_EQ(rows[1].fields, (Fields{"two\nlines", "", "x"}));
  EXPECT_EQ(rows[1].line, 2);
}

TEST(Csv, PassesOverMarkCommentsAndEmptyLines) {
  const auto rows = parse_csv("\xEF\xBB\xBF# why\n\na,b\n");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].fields, (Fields{"a", "b"}));
  EXPECT_EQ(rows[0].line, 3);
}

TEST(Csv, ReadsALastLineWithoutItsEnd) {
  const auto rows = parse_csv("a,b\nc,");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].fields, (Fields{"c", ""}));
}

TEST(Csv, ReadsFieldsBetweenSemicolons) {
  const auto rows = parse_csv("a;b,c;\"d;e\"\r\n;\n", ';');
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].fields, (Fields{"a", "b,c", "d;e"}));
  EXPECT_EQ(rows[1].fields, (Fields{"", ""}));
}

TEST(Csv, NeverWritesAFormula) {
  EXPECT_EQ(csv_field("=1+1"), "'=1+1");
  EXPECT_EQ(csv_field("@cmd"), "'@cmd");
  EXPECT_EQ(csv_field("Phú Thái"), "Phú Thái");
  EXPECT_EQ(csv_field("a \"b\", c"), "\"a \"\"b\"\", c\"");
}

TEST(Csv, GivesBackTheFieldsItWrote) {
  HAILONG_PROPERTY("round trip", [](const std::vector<std::string>& fields) {
    RC_PRE(!fields.empty());
    std::string line;
    Fields expected;
    for (const std::string& field : fields) {
      line += (line.empty() ? "x," : ",") + csv_field(field);
      const bool guarded =
          !field.empty() && std::string("=+-@\t\r").find(field[0]) != std::string::npos;
      expected.push_back(guarded ? "'" + field : field);
    }
    expected.insert(expected.begin(), "x");
    const auto rows = parse_csv(line + "\n");
    RC_ASSERT(rows.size() == 1U);
    RC_ASSERT(rows[0].fields == expected);
  });
}

}  // namespace
}  // namespace hailong::core
