#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/local_date.h"
#include "core/units.h"

/// Who somebody is and what they may do. The whole answer is one table (principal.cc); pages and
/// endpoints name the right they need, never a role.

namespace hailong::district::access {

enum class Role : std::uint8_t {
  kAdministrator,    // runs the system: accounts, devices, rules; no acts of the authority
  kDistrictOfficer,  // works for the authority above the communes
  kSupervisor,       // Mặt trận Tổ quốc, Hội đồng nhân dân, Ban Thanh tra nhân dân
  kAuditor,          // reads everything but contact data
  kCommuneHead,
  kCommuneStaff,
};
inline constexpr std::array kRoles = {Role::kAdministrator, Role::kDistrictOfficer,
                                      Role::kSupervisor,    Role::kAuditor,
                                      Role::kCommuneHead,   Role::kCommuneStaff};

/// One thing that somebody may do. For accounts of a commune each is limited to what belongs to it:
/// may_see_unit().
enum class Right : std::uint8_t {
  kOwnAccount,        // change one's password, log out
  kSeeScores,         // figures of ratings
  kExportScores,      // the same cell by cell as data, where no group is too small to be shown
  kSeeReports,        // 6-month and yearly reports
  kSeeProgramme,      // targets, thresholds, recognised levels
  kEnterServed,       // enter how many dossiers were served, and the register of dossiers
  kConfirmProgramme,  // confirm that thresholds are the official ones
  kSeeAppraisals,     // the year's appraisal
  kSelfAppraise,      // confirm or comment on one's own commune's score (tự chấm)
  kAppraise,     // appraise, rank, enter recognitions (thẩm định, xếp loại, công nhận)
  kDecideFlags,  // leave flagged ratings out; for people outside the rated unit
  kSeeHandledFeedback,  // what residents left and whose handling is over
  kSeeFeedback,         // what residents left, at every stage
  kReadWords,           // their words
  kSeeMisconduct,       // what tells of money or misconduct
  kSeeContacts,         // name and phone; each look is audited
  kHandleFeedback,      // classify, note, answer, close
  kAskCommunes,         // ask a commune for an answer
  kEraseData,           // erase words and contact data on request
  kSeeDevices,
  kManageDevices,  // suspend, resume, move
  kSeeAudit,
  kManageAccounts,
  kManageTokens,
};
inline constexpr std::size_t kRights = 24;

/// What a program's token is good for.
enum class Scope : std::uint8_t {
  kScores,    // figures, reports, programme
  kFeedback,  // how cases stand, without words; never what tells of misconduct
  kWords,     // the words of these cases, too; never contact data
  kDevices,
};
inline constexpr std::array kScopes = {Scope::kScores, Scope::kFeedback, Scope::kWords,
                                       Scope::kDevices};

/// Somebody who was let in: a person by a session, or a program by a token.
struct Principal {
  std::string name;        // of the account or token: what the audit log says
  std::string shown_name;  // "Nguyễn Văn A"; the name when nobody gave one
  Role role = Role::kCommuneStaff;
  bool program = false;               // then `scopes` count and not `role`
  std::vector<Scope> scopes;          // of a program
  core::UnitCode unit;                // of an account of a commune; empty: the whole authority
  std::vector<std::string> unit_ids;  // that unit and all that it came from; empty with `unit`
  bool must_change_password = false;  // may do nothing else before
  std::string csrf;                   // what forms of this session carry in the field "csrf"

  /// name_of(role), or "Chương trình": for pages.
  [[nodiscard]] std::string_view role_name() const;
};

bool may(Role role, Right right);
bool may(Scope scope, Right right);
bool may(const Principal& principal, Right right);

/// True for roles that belong to one commune, and see nothing else.
bool belongs_to_commune(Role role);

/// True for staff of a commune: whoever sits at the counter must not be able to tell one person's
/// answer (docs/dashboard.md).
bool works_at_counter(const Principal& principal);

/// The last day whose ratings may be in figures that are shown to somebody: today, and for who
/// works at a counter the last day of the month before, so that no two ranges differ by a few days.
core::LocalDate last_day_shown(const Principal& principal, core::LocalDate today);

/// True when what belongs to the unit may be shown. `unit_id` is "10750@2025-07-01".
bool may_see_unit(const Principal& principal, std::string_view unit_id);

/// The unit's id and the ids of all units that had become it by `today`: whose history is its own.
std::vector<std::string> with_predecessors(const core::UnitRegister& units, const core::Unit& unit,
                                           core::LocalDate today);

/// "administrator", "district-officer" …: for the command line and the store.
std::string_view word_of(Role role);
std::optional<Role> role_of(std::string_view word);
/// "Quản trị hệ thống" …: for people.
std::string_view name_of(Role role);

/// "scores", "feedback", "words", "devices".
std::string_view word_of(Scope scope);
std::optional<Scope> scope_of(std::string_view word);
/// "Số liệu, báo cáo, chương trình" …: for people.
std::string_view name_of(Scope scope);

}  // namespace hailong::district::access
