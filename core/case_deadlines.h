#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/case_life.h"
#include "core/local_date.h"
#include "core/working_days.h"

/// By when a case must be dealt with (measurement-rules.md 13.5). Time counts from the day on which
/// the resident left it, in working days, the day itself not counted; it stands still while the
/// next word is the resident's, and begins anew when a case is reopened. All moments are
/// milliseconds since 1970-01-01 UTC and the first that is too late. Pure.

namespace hailong::core {

enum class CaseDuty : std::uint8_t {
  kSee,
  kAnswerSuggestion,
  kAnswerPetition,
  kAskForMore,
  kTransferRegulation,
  kTransferBehaviour,
  kDecline,
  kPassOn,
  kPublish,
  kReply,  // to the authority's question; its day is in the question
};
inline constexpr std::size_t kCaseDuties = 10;
inline constexpr std::size_t kCaseLimits = kCaseDuties - 1;  // all but kReply

struct CaseLimit {
  int working_days = 0;
  int until_hour = 24;  // of the last day, local time
  bool official = false;
  std::string source;
};

/// By duty.
using CaseLimits = std::array<CaseLimit, kCaseLimits>;

struct CaseDue {
  CaseDuty duty = CaseDuty::kSee;
  std::int64_t at_ms = 0;
  bool binding = false;  // false: only if this way is taken

  bool operator==(const CaseDue&) const = default;
};

/// The moment after the limit for what counts from `day`.
std::int64_t deadline(const CaseLimit& limit, const WorkingCalendar& calendar, LocalDate day);

/// The first day whose deadline has not passed yet at `now_ms`: whatever counts from a day before
/// it is overdue.
LocalDate first_day_in_time(const CaseLimit& limit, const WorkingCalendar& calendar,
                            std::int64_t now_ms);

/// By when the resident must have an answer, or know that none will come from here. Nothing for
/// praise, and while the next word is the resident's. What is not classified yet is held to the
/// limit of a suggestion, so that leaving everything unread looks no better than being late.
std::optional<std::int64_t> answer_due(const CaseState& state, std::int64_t given_at,
                                       const CaseLimits& limits, const WorkingCalendar& calendar);

/// Everything that is due now, soonest first.
std::vector<CaseDue> dues(const CaseState& state, std::int64_t given_at, const CaseLimits& limits,
                          const WorkingCalendar& calendar);

/// The soonest that binds.
std::optional<CaseDue> next_due(const CaseState& state, std::int64_t given_at,
                                const CaseLimits& limits, const WorkingCalendar& calendar);

/// "answer-petition": the key of the configuration.
std::string_view word_of(CaseDuty duty);
/// For people: "Trả lời phản ánh, kiến nghị".
std::string_view name_of(CaseDuty duty);

}  // namespace hailong::core
