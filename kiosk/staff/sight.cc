#include "kiosk/staff/sight.h"

#include <algorithm>

#include "core/local_date.h"
#include "kiosk/staff/wording.h"

namespace hailong::kiosk::staff {
namespace {

using core::CaseAction;
using core::Fault;
using core::StaffRole;

constexpr std::int64_t kHalfDayMs = 12 * 3'600'000LL;

}  // namespace

bool sees_restricted(StaffRole role) { return role == StaffRole::kHead; }
bool sees_details(StaffRole role) { return role == StaffRole::kHead; }
bool sees_growth(StaffRole role) { return role == StaffRole::kHead; }
bool manages_people(StaffRole role) { return role == StaffRole::kHead; }

bool sees_words(StaffRole role, const core::CaseState& state) {
  return !state.hidden || role == StaffRole::kHead;
}

core::Result<std::vector<journal::Cell>> cells_for(journal::Review& review, StaffRole role,
                                                   core::LocalDate from, core::LocalDate to) {
  return sees_growth(role) ? review.cells(from, to) : review.five_cells(from, to);
}

core::Result<journal::CaseScope> case_scope(journal::Review& review, StaffRole role,
                                            const std::vector<std::string>& officers) {
  journal::CaseScope scope;
  scope.with_restricted = sees_restricted(role);
  scope.not_about = officers;
  if (sees_growth(role)) return scope;
  const auto last = review.last_five();
  if (!last) return core::Failure(last.error());
  scope.up_to = *last ? (*last)->fifth : 0;
  return scope;
}

bool may_open(const journal::Person& person, const journal::CaseHead& head) {
  const bool is_for_head = core::is_restricted(head.state, head.facts) ||
                           head.state.subject == core::PetitionSubject::kBehaviour ||
                           head.names_officer;
  if (is_for_head && !sees_restricted(person.role)) return false;
  return head.state.officer.empty() || head.state.officer != person.id;
}

core::Result<void> may_take(const journal::Person& person, const journal::CaseHead& head,
                            CaseAction action) {
  if (!may_open(person, head)) {
    return core::fail(Fault::kRefused, "Ý kiến này do người khác xử lý.");
  }
  switch (action) {
    case CaseAction::kAskUnit:
      return core::fail(Fault::kRefused, "Chỉ cấp trên yêu cầu đơn vị trả lời.");
    case CaseAction::kHide:
    case CaseAction::kShow:
    case CaseAction::kPublish:
    case CaseAction::kReopen:
      if (person.role != StaffRole::kHead) {
        return core::fail(Fault::kRefused, "Việc này do trưởng đơn vị làm.");
      }
      return {};
    default:
      return {};
  }
}

std::int64_t half_day(std::int64_t moment_ms) {
  const std::int64_t start = core::start_of_day_ms(core::local_date(moment_ms));
  return moment_ms < start + kHalfDayMs ? start : start + kHalfDayMs;
}

std::string half_day_words(std::int64_t moment_ms) {
  const core::LocalDate day = core::local_date(moment_ms);
  const bool morning = half_day(moment_ms) == core::start_of_day_ms(day);
  return (morning ? "sáng " : "chiều ") + date_words(day);
}

void hide_small(std::vector<Part>& parts) {
  std::vector<Part*> by_size;
  by_size.reserve(parts.size());
  for (Part& part : parts) by_size.push_back(&part);
  std::stable_sort(by_size.begin(), by_size.end(),
                   [](const Part* a, const Part* b) { return a->counts.n() < b->counts.n(); });
  std::int64_t hidden = 0;
  for (Part* part : by_size) {
    const std::int64_t n = part->counts.n();
    if (n == 0) continue;
    if (n >= kLeastSum && (hidden == 0 || hidden >= kLeastSum)) break;
    part->hidden = true;
    hidden += n;
  }
}

std::string masked_phone(const std::string& phone) {
  constexpr std::size_t kShownFirst = 2;
  constexpr std::size_t kShownLast = 3;
  std::string masked;
  std::size_t digits = 0;
  const auto all = static_cast<std::size_t>(
      std::count_if(phone.begin(), phone.end(), [](char c) { return c >= '0' && c <= '9'; }));
  for (const char c : phone) {
    const bool digit = c >= '0' && c <= '9';
    if (digit) ++digits;
    const bool shown = digits <= kShownFirst || digits + kShownLast > all;
    if (!digit || shown) {
      masked += c;
    } else {
      masked += "*";
    }
  }
  return masked;
}

}  // namespace hailong::kiosk::staff
