#include "core/units.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace hailong::core {
namespace {

constexpr std::string_view kHeading = "code,name,kind,parent_code,valid_from,valid_to\n";
constexpr std::string_view kNoSuccessors = "from_code,to_code,effective,source\n";

LocalDate on(const char* text) { return parse_date(text).value(); }

std::string sample(const std::string& name) {
  std::ifstream file(std::string(HAILONG_SOURCE_DIR) + "/config/kim-thanh/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

UnitRegister kim_thanh() {
  auto units = UnitRegister::parse(sample("units.csv"), sample("unit-successors.csv"));
  EXPECT_TRUE(units.has_value()) << (units ? "" : units.error().message);
  return units.value();
}

std::string refusal(const std::string& rows, std::string_view successors = kNoSuccessors) {
  const auto units = UnitRegister::parse(std::string(kHeading) + rows, successors);
  return units ? "accepted" : units.error().message;
}

TEST(UnitRegister, KnowsThatACodeWasUsedAgain) {
  const UnitRegister units = kim_thanh();
  const UnitCode code{"10756"};
  EXPECT_EQ(units.find(code, on("2024-11-30"))->name, "Cộng Hòa");
  EXPECT_EQ(units.find(code, on("2024-12-01"))->name, "Lai Khê");
  EXPECT_EQ(units.find(code, on("2025-06-30"))->full_name(), "xã Lai Khê");
  EXPECT_EQ(units.find(code, on("2025-07-01"))->parent, UnitCode{"31"});
  EXPECT_NE(units.find(code, on("2025-06-30"))->id(), units.find(code, on("2025-07-01"))->id());
}

TEST(UnitRegister, HoldsKimThanhAsItShrank) {
  const UnitRegister units = kim_thanh();
  EXPECT_EQ(units.children(UnitCode{"293"}, on("2024-11-30")).size(), 18U);
  EXPECT_EQ(units.children(UnitCode{"293"}, on("2024-12-01")).size(), 14U);
  EXPECT_EQ(units.children(UnitCode{"293"}, on("2025-07-01")).size(), 0U);
  EXPECT_EQ(units.children(UnitCode{"31"}, on("2025-07-01")).size(), 4U);
}

TEST(UnitRegister, FindsUnitsById) {
  const UnitRegister units = kim_thanh();
  ASSERT_NE(units.find_id("10804@2025-07-01"), nullptr);
  EXPECT_EQ(units.find_id("10804@2025-07-01")->full_name(), "xã Kim Thành");
  EXPECT_EQ(units.find_id("10804@")->name, "Đồng Cẩm");
  EXPECT_EQ(units.find_id("10804"), nullptr);
  for (const Unit& unit : units.all()) EXPECT_EQ(units.find_id(unit.id()), &unit);
}

std::string became(const UnitRegister& units, const char* id, const char* day) {
  return units.successor(*units.find_id(id), on(day)).id();
}

TEST(UnitRegister, FollowsAUnitThroughItsMergers) {
  const UnitRegister units = kim_thanh();
  EXPECT_EQ(became(units, "10753@", "2024-11-30"), "10753@");
  EXPECT_EQ(became(units, "10753@", "2024-12-01"), "10756@2024-12-01");
  EXPECT_EQ(became(units, "10753@", "2026-11-24"), "10756@2025-07-01");
  EXPECT_EQ(became(units, "10807@", "2026-11-24"), "10804@2025-07-01");  // by way of Hòa Bình
  EXPECT_EQ(became(units, "10756@2025-07-01", "2024-01-01"), "10756@2025-07-01");  // not begun
  EXPECT_EQ(became(units, "293@", "2026-11-24"), "293@");  // nothing followed the district
}

TEST(UnitRegister, GathersEveryUnitOnceInItsPresentSuccessor) {
  const UnitRegister units = kim_thanh();
  const LocalDate today = on("2026-11-24");
  std::size_t gathered = 0;
  for (const Unit* commune : units.communes(UnitCode{"31"}, today)) {
    gathered += units.predecessors(*commune, today).size();
  }
  EXPECT_EQ(gathered, 18U + 4U + 4U);  // of 18, 4 merged ones followed and then 4 again
  const auto lai_khe = units.predecessors(*units.find_id("10756@2025-07-01"), today);
  std::string ids;
  for (const Unit* unit : lai_khe) ids.append(unit->id()).append(" ");
  EXPECT_EQ(ids,
            "10753@ 10756@ 10756@2024-12-01 10756@2025-07-01 10759@ 10762@ 10762@2024-12-01 "
            "10768@ ");
}

TEST(UnitRegister, GivesAUnitThatWasSplitToItsMainSuccessor) {
  const auto units = UnitRegister::parse(
      std::string(kHeading) + "1,A,xã,9,,2024-12-31\n2,B,xã,9,,\n3,C,xã,9,2025-01-01,\n",
      std::string(kNoSuccessors) + "1,2,2024-06-01,a part\n1,3,2025-01-01,x\n1,2,2025-01-01,x\n");
  ASSERT_TRUE(units.has_value()) << units.error().message;
  EXPECT_EQ(became(*units, "1@", "2024-12-31"), "1@");  // what went to B is not known
  EXPECT_EQ(became(*units, "1@", "2025-01-01"), "3@2025-01-01");
}

TEST(UnitRegister, TakesACodeThatWasUsedAgainForAnotherUnit) {
  const auto units = UnitRegister::parse(
      std::string(kHeading) + "1,A,xã,9,,2024-12-31\n1,B,xã,9,2025-01-01,\n2,C,xã,9,,\n",
      std::string(kNoSuccessors) + "1,2,2025-01-01,x\n");
  ASSERT_TRUE(units.has_value()) << units.error().message;
  EXPECT_EQ(became(*units, "1@", "2026-01-01"), "2@");
  EXPECT_EQ(units->last_of(UnitCode{"1"})->name, "B");
  EXPECT_EQ(units->last_of(UnitCode{"3"}), nullptr);
}

TEST(UnitRegister, FindsTheCommunesOfAnyLevelAbove) {
  const UnitRegister units = kim_thanh();
  EXPECT_EQ(units.communes(UnitCode{"293"}, on("2024-12-01")).size(), 14U);
  EXPECT_EQ(units.communes(UnitCode{"30"}, on("2024-12-01")).size(), 14U);  // by way of 293
  EXPECT_EQ(units.communes(UnitCode{"31"}, on("2025-07-01")).size(), 4U);
  EXPECT_TRUE(units.communes(UnitCode{"30"}, on("2025-07-01")).empty());
  const auto loop =
      UnitRegister::parse(std::string(kHeading) + "1,A,xã,2,,\n2,B,xã,1,,\n", kNoSuccessors);
  EXPECT_TRUE(loop->communes(UnitCode{"9"}, on("2025-07-01")).empty());
}

TEST(UnitRegister, RefusesTwoUnitsOfOneCodeOnOneDay) {
  EXPECT_NE(refusal("1,A,xã,,,2024-12-01\n1,B,xã,,2024-12-01,\n").find("same day"),
            std::string::npos);
  EXPECT_EQ(refusal("1,A,xã,,,2024-11-30\n1,B,xã,,2024-12-01,\n"), "accepted");
}

TEST(UnitRegister, NamesTheLineThatIsWrong) {
  EXPECT_EQ(refusal("1,A,xã,,2024-02-30,\n"),
            "units.csv:2: expected a date YYYY-MM-DD, found '2024-02-30'");
  EXPECT_EQ(refusal("1,A,xã\n"), "units.csv:2: expected 6 fields, found 3");
  EXPECT_EQ(refusal(",A,xã,,,\n"), "units.csv:2: expected a code and a name");
  EXPECT_EQ(refusal("1,A,xã,,,\n", "from_code,to_code,effective,source\n1,9,2025-07-01,x\n"),
            "unit-successors.csv:2: no unit 9 on 2025-07-01");
}

}  // namespace
}  // namespace hailong::core
