#include "district/access/principal.h"

#include <algorithm>

namespace hailong::district::access {
namespace {

/// A row of the table: who holds the right. o: yes, .: no.
struct Row {
  Right right;
  std::string_view roles;   // in the order of kRoles
  std::string_view scopes;  // in the order of kScopes
};

// Administrators do not handle what residents said, and appraise nobody: who runs the system must
// not be the one who changes its figures. Staff never see what tells of money or misconduct, since
// it may be about the colleague at the next counter, nor when a kiosk's last tap came. An auditor
// sees who looked at contact data, not the data. docs/access.md says the same in words.
constexpr std::array<Row, kRights> kTable = {{
    //                              admin officer supervisor auditor head staff
    {Right::kOwnAccount, "oooooo", "...."},       {Right::kSeeScores, "oooooo", "o..."},
    {Right::kExportScores, "ooooo.", "o..."},     {Right::kSeeReports, "oooooo", "o..."},
    {Right::kSeeProgramme, "oooooo", "o..."},     {Right::kEnterServed, ".o....", "...."},
    {Right::kConfirmProgramme, "o.....", "...."}, {Right::kSeeAppraisals, "oooooo", "o..."},
    {Right::kSelfAppraise, "....o.", "...."},     {Right::kAppraise, ".o....", "...."},
    {Right::kDecideFlags, ".o....", "...."},      {Right::kSeeHandledFeedback, "oooooo", ".oo."},
    {Right::kSeeFeedback, "oo.ooo", ".oo."},      {Right::kReadWords, "oooooo", "..o."},
    {Right::kSeeMisconduct, "oo.oo.", "...."},    {Right::kSeeContacts, ".o..o.", "...."},
    {Right::kHandleFeedback, ".o..oo", "...."},   {Right::kAskCommunes, ".o....", "...."},
    {Right::kEraseData, "oo....", "...."},        {Right::kSeeDevices, "oo.oo.", "...o"},
    {Right::kManageDevices, "o.....", "...."},    {Right::kSeeAudit, "o..o..", "...."},
    {Right::kManageAccounts, "o.....", "...."},   {Right::kManageTokens, "o.....", "...."},
}};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    if (static_cast<std::size_t>(kTable[i].right) != i) return false;
    if (kTable[i].roles.size() != kRoles.size()) return false;
    if (kTable[i].scopes.size() != kScopes.size()) return false;
  }
  return true;
}
static_assert(is_in_order(), "one row per right, in the order of the enumeration");

struct Naming {
  std::string_view word;
  std::string_view name;
};
constexpr std::array<Naming, kRoles.size()> kRoleNames = {{
    {"administrator", "Quản trị hệ thống"},
    {"district-officer", "Cán bộ cơ quan cấp trên"},
    {"supervisor", "Giám sát"},
    {"auditor", "Kiểm tra"},
    {"commune-head", "Lãnh đạo xã"},
    {"commune-staff", "Cán bộ xã"},
}};
constexpr std::array<Naming, kScopes.size()> kScopeNames = {{
    {"scores", "Số liệu, báo cáo, chương trình"},
    {"feedback", "Tình trạng xử lý ý kiến, không kèm lời"},
    {"words", "Ý kiến kèm lời của người dân, không kèm liên hệ"},
    {"devices", "Tình trạng thiết bị"},
}};

const Row& row_of(Right right) { return kTable[static_cast<std::size_t>(right)]; }

}  // namespace

std::string_view Principal::role_name() const {
  return program ? std::string_view("Chương trình") : name_of(role);
}

bool may(Role role, Right right) {
  return row_of(right).roles[static_cast<std::size_t>(role)] == 'o';
}

bool may(Scope scope, Right right) {
  return row_of(right).scopes[static_cast<std::size_t>(scope)] == 'o';
}

bool may(const Principal& principal, Right right) {
  if (!principal.program) return may(principal.role, right);
  return std::any_of(principal.scopes.begin(), principal.scopes.end(),
                     [&](Scope scope) { return may(scope, right); });
}

bool belongs_to_commune(Role role) {
  return role == Role::kCommuneHead || role == Role::kCommuneStaff;
}

bool works_at_counter(const Principal& principal) {
  return !principal.program && principal.role == Role::kCommuneStaff;
}

core::LocalDate last_day_shown(const Principal& principal, core::LocalDate today) {
  if (!works_at_counter(principal)) return today;
  const std::chrono::year_month month{today.year(), today.month()};
  return (month - std::chrono::months{1}) / std::chrono::last;
}

bool may_see_unit(const Principal& principal, std::string_view unit_id) {
  const bool bound =
      !principal.unit.empty() || (!principal.program && belongs_to_commune(principal.role));
  return !bound || std::find(principal.unit_ids.begin(), principal.unit_ids.end(), unit_id) !=
                       principal.unit_ids.end();
}

std::vector<std::string> with_predecessors(const core::UnitRegister& units, const core::Unit& unit,
                                           core::LocalDate today) {
  // A unit that is no more keeps the history that it had on its last day.
  const core::LocalDate date = std::min(today, unit.valid_to.value_or(today));
  std::vector<std::string> ids;
  for (const core::Unit* each : units.predecessors(unit, date)) ids.push_back(each->id());
  return ids;
}

std::string_view word_of(Role role) { return kRoleNames[static_cast<std::size_t>(role)].word; }
std::string_view name_of(Role role) { return kRoleNames[static_cast<std::size_t>(role)].name; }
std::string_view word_of(Scope scope) { return kScopeNames[static_cast<std::size_t>(scope)].word; }
std::string_view name_of(Scope scope) { return kScopeNames[static_cast<std::size_t>(scope)].name; }

std::optional<Role> role_of(std::string_view word) {
  const auto* found =
      std::find_if(kRoles.begin(), kRoles.end(), [&](Role role) { return word_of(role) == word; });
  if (found == kRoles.end()) return std::nullopt;
  return *found;
}

std::optional<Scope> scope_of(std::string_view word) {
  const auto* found = std::find_if(kScopes.begin(), kScopes.end(),
                                   [&](Scope scope) { return word_of(scope) == word; });
  if (found == kScopes.end()) return std::nullopt;
  return *found;
}

}  // namespace hailong::district::access
