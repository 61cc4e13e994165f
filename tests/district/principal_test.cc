#include "district/access/principal.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/district/sample.h"

namespace hailong::district::access {
namespace {

Principal principal_of(Role role) {
  Principal principal;
  principal.role = role;
  return principal;
}

std::vector<Role> holders(Right right) {
  std::vector<Role> found;
  for (const Role role : kRoles) {
    if (may(role, right)) found.push_back(role);
  }
  return found;
}

/// docs/access.md, said again: the table must not change by accident.
TEST(Rights, AreHeldByTheRolesOfTheTable) {
  using enum Role;
  using Roles = std::vector<Role>;
  const Roles all(kRoles.begin(), kRoles.end());
  const std::vector<std::pair<Right, Roles>> expected = {
      {Right::kOwnAccount, all},
      {Right::kSeeScores, all},
      {Right::kExportScores,
       {kAdministrator, kDistrictOfficer, kSupervisor, kAuditor, kCommuneHead}},
      {Right::kSeeReports, all},
      {Right::kSeeProgramme, all},
      {Right::kEnterServed, {kDistrictOfficer}},
      {Right::kConfirmProgramme, {kAdministrator}},
      {Right::kSeeAppraisals, all},
      {Right::kSelfAppraise, {kCommuneHead}},
      {Right::kAppraise, {kDistrictOfficer}},
      {Right::kDecideFlags, {kDistrictOfficer}},
      {Right::kSeeHandledFeedback, all},
      {Right::kSeeFeedback,
       {kAdministrator, kDistrictOfficer, kAuditor, kCommuneHead, kCommuneStaff}},
      {Right::kReadWords, all},
      {Right::kSeeMisconduct, {kAdministrator, kDistrictOfficer, kAuditor, kCommuneHead}},
      {Right::kSeeContacts, {kDistrictOfficer, kCommuneHead}},
      {Right::kHandleFeedback, {kDistrictOfficer, kCommuneHead, kCommuneStaff}},
      {Right::kAskCommunes, {kDistrictOfficer}},
      {Right::kEraseData, {kAdministrator, kDistrictOfficer}},
      {Right::kSeeDevices, {kAdministrator, kDistrictOfficer, kAuditor, kCommuneHead}},
      {Right::kManageDevices, {kAdministrator}},
      {Right::kSeeAudit, {kAdministrator, kAuditor}},
      {Right::kManageAccounts, {kAdministrator}},
      {Right::kManageTokens, {kAdministrator}},
  };
  ASSERT_EQ(expected.size(), kRights);
  for (const auto& [right, roles] : expected) {
    EXPECT_EQ(holders(right), roles) << "right " << static_cast<int>(right);
  }
}

TEST(Rights, OfProgramsComeFromTheirScopesOnly) {
  Principal program = principal_of(Role::kAdministrator);
  program.program = true;
  for (std::size_t i = 0; i < kRights; ++i) EXPECT_FALSE(may(program, static_cast<Right>(i)));
  program.scopes = {Scope::kScores, Scope::kDevices};
  EXPECT_TRUE(may(program, Right::kSeeScores));
  EXPECT_TRUE(may(program, Right::kSeeDevices));
  EXPECT_FALSE(may(program, Right::kSeeFeedback));
  program.scopes = {Scope::kFeedback};
  EXPECT_TRUE(may(program, Right::kSeeFeedback));
  EXPECT_FALSE(may(program, Right::kReadWords));
  program.scopes = {Scope::kWords};
  EXPECT_TRUE(may(program, Right::kSeeFeedback));
  EXPECT_TRUE(may(program, Right::kReadWords));
  for (const Right right : {Right::kSeeScores, Right::kSeeContacts, Right::kSeeMisconduct,
                            Right::kHandleFeedback, Right::kSeeAudit, Right::kManageAccounts}) {
    EXPECT_FALSE(may(program, right));
  }
}

TEST(Rights, OfACommuneEndAtItsOwnUnitAndItsPredecessors) {
  const tests::TempFolder folder;
  const Config config = must(read_config(write_config(folder.path())));
  const core::UnitRegister& units = config.rules.units;
  const core::Unit* own = units.find(core::UnitCode{"10750"}, core::local_date(kNoon));
  ASSERT_NE(own, nullptr);
  Principal head = principal_of(Role::kCommuneHead);
  EXPECT_FALSE(may_see_unit(head, own->id())) << "an account of a commune without one";
  head.unit = own->code;
  head.unit_ids = with_predecessors(units, *own, core::local_date(kNoon));
  EXPECT_GT(head.unit_ids.size(), 2U);
  EXPECT_TRUE(may_see_unit(head, "10750@2025-07-01"));
  int others = 0;
  for (const core::Unit& unit : units.all()) {
    const bool predecessor =
        std::find(head.unit_ids.begin(), head.unit_ids.end(), unit.id()) != head.unit_ids.end();
    EXPECT_EQ(may_see_unit(head, unit.id()), predecessor);
    EXPECT_TRUE(may_see_unit(principal_of(Role::kDistrictOfficer), unit.id()));
    others += predecessor ? 0 : 1;
  }
  EXPECT_GT(others, 10);
  EXPECT_FALSE(may_see_unit(head, "?10750"));
  EXPECT_FALSE(may_see_unit(head, ""));
}

/// Nobody's history belongs to two communes, and no commune of the authority is left out.
TEST(Rights, DivideTheHistoryOfAllUnitsAmongTheCommunesOfToday) {
  const tests::TempFolder folder;
  const Config config = must(read_config(write_config(folder.path())));
  const core::UnitRegister& units = config.rules.units;
  const core::LocalDate today = core::local_date(kNoon);
  std::map<std::string, int> owners;
  for (const core::Unit& unit : units.all()) {
    if (!unit.is_valid_on(today)) continue;
    for (const std::string& id : with_predecessors(units, unit, today)) ++owners[id];
  }
  for (const core::Succession& step : units.successions()) {
    const core::LocalDate before{std::chrono::sys_days{step.effective} - std::chrono::days{1}};
    const core::Unit* from = units.find(step.from, before);
    ASSERT_NE(from, nullptr);
    EXPECT_EQ(owners[from->id()], 1) << from->id();
  }
}

TEST(Rights, AreNamedByWordsThatCanBeReadBack) {
  for (const Role role : kRoles) {
    EXPECT_EQ(role_of(word_of(role)), role);
    EXPECT_FALSE(name_of(role).empty());
  }
  for (const Scope scope : kScopes) EXPECT_EQ(scope_of(word_of(scope)), scope);
  EXPECT_EQ(role_of("root"), std::nullopt);
  EXPECT_EQ(scope_of(""), std::nullopt);
}

}  // namespace
}  // namespace hailong::district::access
