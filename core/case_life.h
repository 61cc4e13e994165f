#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/local_date.h"
#include "core/result.h"

/// The life of a case: one visit's words, or its answers that tell of money or misconduct, from the
/// day they came to the day their handling is over (measurement-rules.md 13.4). A case is its
/// steps, each added by a person and never changed; where it stands is derived from them, by
/// after().
///
///   Mới → Đã xem → Đã phân loại → Đang xử lý ↔ Chờ bổ sung
///                       └────────────→ └→ Đã xử lý → Chờ công khai → Đã công khai → Đóng
///   side exits: Từ chối, Chuyển cơ quan khác, Chuyển tiếp công dân

namespace hailong::core {

enum class CaseStatus : std::uint8_t {
  kNew,
  kSeen,
  kClassified,
  kInProgress,
  kAwaitingMore,
  kHandled,
  kAwaitingPublication,
  kPublished,
  kClosed,
  kDeclined,
  kTransferred,
  kPassedOn,  // to the citizen reception (tiếp công dân)
};
inline constexpr std::size_t kCaseStatuses = 12;

enum class CaseClass : std::uint8_t {
  kNone,        // not classified yet
  kPraise,      // Khen
  kSuggestion,  // Góp ý
  kPetition,    // Phản ánh, kiến nghị
  kComplaint,   // Khiếu nại, tố cáo: never handled here, only passed on
  kInvalid,     // Không hợp lệ
};
inline constexpr std::size_t kCaseClasses = 6;

/// What a petition is about.
enum class PetitionSubject : std::uint8_t {
  kNone,
  kRegulation,  // Quy định, chính sách, thủ tục
  kBehaviour,   // Hành vi của cán bộ, công chức
};

enum class CaseAction : std::uint8_t {
  kSee,
  kClassify,
  kStart,
  kAskForMore,
  kReceiveMore,
  kHandle,
  kOfferPublication,
  kPublish,
  kClose,
  kDecline,
  kTransfer,
  kPassOn,
  kReopen,
  kNote,
  kAskUnit,  // the authority asks the unit for an answer
  kReply,    // the unit's answer to it
  kHide,     // the words hold personal data or insults
  kShow,
};
inline constexpr std::size_t kCaseActions = 18;

/// One thing that somebody did to a case. What an action does not need stays empty.
struct CaseStep {
  CaseAction action = CaseAction::kNote;
  std::int64_t at_ms = 0;
  std::string who;                                   // account
  std::string role;                                  // the account's at that moment
  CaseClass classed = CaseClass::kNone;              // kClassify
  PetitionSubject subject = PetitionSubject::kNone;  // kClassify as kPetition
  bool misconduct = false;                           // kClassify: tells of money or misconduct
  std::string officer;                               // kClassify: account of the officer named
  std::string note;                                  // for officials: why, or what was found
  std::string answer;                                // kHandle: the sentence for the public
  std::string receiver;  // kTransfer, kPassOn: to whom; kStart, kNote: account of who takes it on
  std::optional<LocalDate> due;  // kAskUnit: last day for the reply
  Seq seen = 0;                  // last event of the case known then

  bool operator==(const CaseStep&) const = default;
};

/// A time during which the next word was the resident's.
struct CaseWait {
  std::int64_t from_ms = 0;
  std::optional<std::int64_t> to_ms;  // nothing: still waiting

  bool operator==(const CaseWait&) const = default;
};

/// Where a case stands.
struct CaseState {
  CaseStatus status = CaseStatus::kNew;
  CaseClass classed = CaseClass::kNone;
  PetitionSubject subject = PetitionSubject::kNone;
  bool misconduct = false;
  std::string officer;
  bool hidden = false;
  std::string answer;    // the present sentence for the public
  std::string receiver;  // of a case that went elsewhere
  int steps = 0;
  Seq seen = 0;  // the last event of the case that somebody who acted knew
  std::optional<std::int64_t> classified_at;
  std::optional<std::int64_t> settled_at;  // answered, declined or gone elsewhere
  std::optional<std::int64_t> reopened_at;
  std::vector<CaseWait> waits;         // for the resident, since it came or was reopened
  std::optional<LocalDate> reply_due;  // of the authority's question, while it is open

  bool operator==(const CaseState&) const = default;
};

/// What a case is by itself, whatever people do with it.
struct CaseFacts {
  bool alert = false;        // an answer tells of money or misconduct
  bool has_contact = false;  // the resident agreed to be contacted
};

/// The case after one more step. Errors: kRefused when the step does not fit where the case stands,
/// kInvalid when it lacks what it needs (a reason, a receiver …); in words for the person who
/// tried.
Result<CaseState> after(const CaseState& state, const CaseStep& step, const CaseFacts& facts);

/// Whether some step with this action fits where the case stands.
bool fits(const CaseState& state, CaseAction action, const CaseFacts& facts);

/// Whether the handling is over for the resident: answered, declined or gone elsewhere.
bool is_settled(CaseStatus status);

/// The words are for the head of the unit and the authority alone: they tell of money or
/// misconduct, or are a complaint or a denunciation.
bool is_restricted(const CaseState& state, const CaseFacts& facts);

/// Words of the store and of addresses: "in-progress". Never change one that was in use.
std::string_view word_of(CaseStatus status);
std::string_view word_of(CaseClass classed);
std::string_view word_of(PetitionSubject subject);
std::string_view word_of(CaseAction action);
std::optional<CaseStatus> case_status_of(std::string_view word);
std::optional<CaseClass> case_class_of(std::string_view word);
std::optional<PetitionSubject> petition_subject_of(std::string_view word);
std::optional<CaseAction> case_action_of(std::string_view word);

/// For people: "Đang xử lý".
std::string_view name_of(CaseStatus status);
std::string_view name_of(CaseClass classed);
std::string_view name_of(PetitionSubject subject);
std::string_view name_of(CaseAction action);

}  // namespace hailong::core
