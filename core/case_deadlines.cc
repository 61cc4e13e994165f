#include "core/case_deadlines.h"

#include <algorithm>
#include <chrono>

namespace hailong::core {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

struct DutyName {
  std::string_view word;
  std::string_view name;
};

constexpr std::array<DutyName, kCaseDuties> kDutyNames = {
    {{"see", "Xem ý kiến"},
     {"answer-suggestion", "Trả lời góp ý"},
     {"answer-petition", "Xử lý phản ánh, kiến nghị"},
     {"ask-for-more", "Yêu cầu bổ sung lần đầu"},
     {"transfer-regulation", "Chuyển phản ánh về quy định không thuộc thẩm quyền"},
     {"transfer-behaviour", "Chuyển phản ánh về hành vi không thuộc thẩm quyền"},
     {"decline", "Từ chối ý kiến không hợp lệ"},
     {"pass-on", "Chuyển tiếp công dân"},
     {"publish", "Công khai kết quả"},
     {"reply", "Trả lời yêu cầu của cấp trên"}}};

const DutyName& named(CaseDuty duty) { return kDutyNames[static_cast<std::size_t>(duty)]; }

LocalDate day_before(LocalDate day) {
  return LocalDate{std::chrono::sys_days{day} - std::chrono::days{1}};
}

/// One case's deadlines.
class CaseClock {
 public:
  CaseClock(const CaseState& state, std::int64_t given_at, const CaseLimits& limits,
            const WorkingCalendar& calendar)
      : state_(state),
        from_(local_date(state.reopened_at.value_or(given_at))),
        limits_(limits),
        calendar_(calendar) {}

  /// From the day on which the case came or was reopened, without the waits.
  [[nodiscard]] CaseDue since_start(CaseDuty duty, bool binding) const {
    CaseLimit limit = limit_of(duty);
    for (const CaseWait& wait : state_.waits) {
      if (!wait.to_ms) continue;
      limit.working_days +=
          working_days_between(calendar_, local_date(wait.from_ms), local_date(*wait.to_ms));
    }
    return {duty, deadline(limit, calendar_, from_), binding};
  }

  [[nodiscard]] CaseDue since(CaseDuty duty, std::int64_t moment) const {
    return {duty, deadline(limit_of(duty), calendar_, local_date(moment)), true};
  }

  [[nodiscard]] std::optional<CaseDue> answer() const {
    if (state_.status == CaseStatus::kAwaitingMore) return std::nullopt;
    switch (state_.classed) {
      case CaseClass::kNone:
      case CaseClass::kSuggestion:
        return since_start(CaseDuty::kAnswerSuggestion, true);
      case CaseClass::kPetition:
        return since_start(CaseDuty::kAnswerPetition, true);
      case CaseClass::kComplaint:
        return since(CaseDuty::kPassOn, *state_.classified_at);
      case CaseClass::kInvalid:
        return since_start(CaseDuty::kDecline, true);
      case CaseClass::kPraise:
        break;
    }
    return std::nullopt;
  }

  /// Of ways that the handling may take.
  void add_ways(std::vector<CaseDue>& list) const {
    if (state_.classed != CaseClass::kPetition) return;
    list.push_back(since_start(state_.subject == PetitionSubject::kRegulation
                                   ? CaseDuty::kTransferRegulation
                                   : CaseDuty::kTransferBehaviour,
                               false));
    if (state_.waits.empty()) list.push_back(since_start(CaseDuty::kAskForMore, false));
  }

 private:
  [[nodiscard]] const CaseLimit& limit_of(CaseDuty duty) const {
    return limits_[static_cast<std::size_t>(duty)];
  }

  const CaseState& state_;
  LocalDate from_;
  const CaseLimits& limits_;
  const WorkingCalendar& calendar_;
};

}  // namespace

std::int64_t deadline(const CaseLimit& limit, const WorkingCalendar& calendar, LocalDate day) {
  return start_of_day_ms(add_working_days(calendar, day, limit.working_days)) +
         limit.until_hour * kHourMs;
}

LocalDate first_day_in_time(const CaseLimit& limit, const WorkingCalendar& calendar,
                            std::int64_t now_ms) {
  LocalDate day = next_day(local_date(now_ms));
  while (deadline(limit, calendar, day_before(day)) > now_ms) day = day_before(day);
  return day;
}

std::optional<std::int64_t> answer_due(const CaseState& state, std::int64_t given_at,
                                       const CaseLimits& limits, const WorkingCalendar& calendar) {
  const auto due = CaseClock(state, given_at, limits, calendar).answer();
  if (!due) return std::nullopt;
  return due->at_ms;
}

std::vector<CaseDue> dues(const CaseState& state, std::int64_t given_at, const CaseLimits& limits,
                          const WorkingCalendar& calendar) {
  const CaseClock clock(state, given_at, limits, calendar);
  std::vector<CaseDue> list;
  if (state.status == CaseStatus::kNew) {
    list.push_back(clock.since_start(CaseDuty::kSee, true));
  } else if (!is_settled(state.status)) {
    if (const auto answer = clock.answer()) list.push_back(*answer);
    clock.add_ways(list);
  } else if (state.status == CaseStatus::kHandled ||
             state.status == CaseStatus::kAwaitingPublication) {
    list.push_back(clock.since(CaseDuty::kPublish, *state.settled_at));
  }
  if (state.reply_due) {
    list.push_back({CaseDuty::kReply, start_of_day_ms(next_day(*state.reply_due)), true});
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const CaseDue& a, const CaseDue& b) { return a.at_ms < b.at_ms; });
  return list;
}

std::optional<CaseDue> next_due(const CaseState& state, std::int64_t given_at,
                                const CaseLimits& limits, const WorkingCalendar& calendar) {
  const auto list = dues(state, given_at, limits, calendar);
  const auto first =
      std::find_if(list.begin(), list.end(), [](const CaseDue& due) { return due.binding; });
  if (first == list.end()) return std::nullopt;
  return *first;
}

std::string_view word_of(CaseDuty duty) { return named(duty).word; }
std::string_view name_of(CaseDuty duty) { return named(duty).name; }

}  // namespace hailong::core
