#include "core/case_life.h"

#include <algorithm>

#include "core/folding.h"

namespace hailong::core {
namespace {

struct CaseName {
  std::string_view word;
  std::string_view name;
};

constexpr std::array<CaseName, kCaseStatuses> kStatusNames = {
    {{"new", "Mới"},
     {"seen", "Đã xem"},
     {"classified", "Đã phân loại"},
     {"in-progress", "Đang xử lý"},
     {"awaiting-more", "Chờ bổ sung"},
     {"handled", "Đã xử lý"},
     {"awaiting-publication", "Chờ công khai"},
     {"published", "Đã công khai"},
     {"closed", "Đóng"},
     {"declined", "Từ chối"},
     {"transferred", "Chuyển cơ quan khác"},
     {"passed-on", "Chuyển tiếp công dân"}}};
constexpr std::array<CaseName, kCaseClasses> kClassNames = {{{"none", "Chưa phân loại"},
                                                             {"praise", "Khen"},
                                                             {"suggestion", "Góp ý"},
                                                             {"petition", "Phản ánh, kiến nghị"},
                                                             {"complaint", "Khiếu nại, tố cáo"},
                                                             {"invalid", "Không hợp lệ"}}};
constexpr std::array<CaseName, 3> kSubjectNames = {
    {{"none", ""},
     {"regulation", "Quy định, chính sách, thủ tục"},
     {"behaviour", "Hành vi của cán bộ, công chức"}}};
constexpr std::array<CaseName, kCaseActions> kActionNames = {
    {{"see", "Đã xem"},
     {"classify", "Phân loại"},
     {"start", "Bắt đầu xử lý"},
     {"ask-for-more", "Yêu cầu bổ sung"},
     {"receive-more", "Đã nhận bổ sung"},
     {"handle", "Trả lời"},
     {"offer-publication", "Trình công khai"},
     {"publish", "Công khai"},
     {"close", "Đóng"},
     {"decline", "Từ chối"},
     {"transfer", "Chuyển cơ quan khác"},
     {"pass-on", "Chuyển tiếp công dân"},
     {"reopen", "Mở lại"},
     {"note", "Ghi chú"},
     {"ask-unit", "Yêu cầu đơn vị trả lời"},
     {"reply", "Trả lời yêu cầu của cấp trên"},
     {"hide", "Ẩn nội dung"},
     {"show", "Hiện lại nội dung"}}};

template <typename Kind, std::size_t N>
std::optional<Kind> kind_of(const std::array<CaseName, N>& names, std::string_view word) {
  const auto found = std::find_if(names.begin(), names.end(),
                                  [&](const CaseName& each) { return each.word == word; });
  if (found == names.end()) return std::nullopt;
  return static_cast<Kind>(found - names.begin());
}

template <typename Kind, std::size_t N>
const CaseName& named(const std::array<CaseName, N>& names, Kind kind) {
  return names[static_cast<std::size_t>(kind)];
}

bool is_answerable(CaseClass classed) {
  return classed == CaseClass::kPraise || classed == CaseClass::kSuggestion ||
         classed == CaseClass::kPetition;
}

/// Seen, but nothing was said to anybody yet.
bool is_open(CaseStatus status) {
  return status == CaseStatus::kSeen || status == CaseStatus::kClassified ||
         status == CaseStatus::kInProgress || status == CaseStatus::kAwaitingMore;
}

/// Classified, and with those who handle it.
bool is_at_work(CaseStatus status) {
  return status == CaseStatus::kClassified || status == CaseStatus::kInProgress;
}

bool is_blank(std::string_view text) { return fold(text).empty(); }

Failure lacks(const char* what) { return fail(Fault::kInvalid, what); }

Result<void> check_class(const CaseStep& step) {
  if (step.classed == CaseClass::kNone) return lacks("Xin chọn loại.");
  const bool petition = step.classed == CaseClass::kPetition;
  if (petition != (step.subject != PetitionSubject::kNone)) {
    return lacks(petition ? "Xin chọn nội dung của phản ánh, kiến nghị: quy định hay hành vi."
                          : "Chỉ phản ánh, kiến nghị mới có nội dung quy định hay hành vi.");
  }
  const bool about_somebody =
      step.subject == PetitionSubject::kBehaviour || step.classed == CaseClass::kComplaint;
  if (!step.officer.empty() && !about_somebody) {
    return lacks("Chỉ ghi người bị phản ánh khi nội dung là hành vi của cán bộ, công chức.");
  }
  return {};
}

/// What the step must carry.
Result<void> check(const CaseState& state, const CaseStep& step) {
  const bool no_note = is_blank(step.note);
  switch (step.action) {
    case CaseAction::kClassify:
      return check_class(step);
    case CaseAction::kHandle:
      if (is_blank(step.answer)) return lacks("Xin viết câu trả lời cho người dân.");
      break;
    case CaseAction::kTransfer:
    case CaseAction::kPassOn:
      if (is_blank(step.receiver)) return lacks("Xin ghi nơi nhận.");
      break;
    case CaseAction::kAskUnit:
      if (!step.due) return lacks("Xin ghi ngày hạn trả lời.");
      if (*step.due < local_date(step.at_ms)) return lacks("Hạn trả lời đã qua.");
      if (no_note) return lacks("Xin ghi điều cần trả lời.");
      break;
    case CaseAction::kClose:
      if (state.status == CaseStatus::kHandled && no_note) {
        return lacks("Xin ghi lý do đóng mà không công khai.");
      }
      break;
    case CaseAction::kAskForMore:
    case CaseAction::kDecline:
    case CaseAction::kReopen:
    case CaseAction::kHide:
      if (no_note) return lacks("Xin ghi lý do.");
      break;
    case CaseAction::kNote:
    case CaseAction::kReply:
      if (no_note) return lacks("Xin viết nội dung.");
      break;
    default:
      break;
  }
  return {};
}

/// What a fitting step makes of the case.
void apply(CaseState& state, const CaseStep& step) {
  switch (step.action) {
    case CaseAction::kSee:
      state.status = CaseStatus::kSeen;
      break;
    case CaseAction::kClassify:
      state.status = CaseStatus::kClassified;
      state.classed = step.classed;
      state.subject = step.subject;
      state.misconduct = step.misconduct;
      state.officer = step.officer;
      state.classified_at = step.at_ms;
      break;
    case CaseAction::kStart:
      state.status = CaseStatus::kInProgress;
      break;
    case CaseAction::kAskForMore:
      state.status = CaseStatus::kAwaitingMore;
      state.waits.push_back({step.at_ms, std::nullopt});
      break;
    case CaseAction::kReceiveMore:
      state.status = CaseStatus::kInProgress;
      break;
    case CaseAction::kHandle:
      state.status = CaseStatus::kHandled;
      state.answer = step.answer;
      break;
    case CaseAction::kOfferPublication:
      state.status = CaseStatus::kAwaitingPublication;
      break;
    case CaseAction::kPublish:
      state.status = CaseStatus::kPublished;
      break;
    case CaseAction::kClose:
      state.status = CaseStatus::kClosed;
      break;
    case CaseAction::kDecline:
      state.status = CaseStatus::kDeclined;
      break;
    case CaseAction::kTransfer:
    case CaseAction::kPassOn:
      state.status =
          step.action == CaseAction::kTransfer ? CaseStatus::kTransferred : CaseStatus::kPassedOn;
      state.receiver = step.receiver;
      break;
    case CaseAction::kReopen:
      state.status = CaseStatus::kInProgress;
      state.reopened_at = step.at_ms;
      state.settled_at.reset();
      state.waits.clear();
      break;
    case CaseAction::kAskUnit:
      state.reply_due = step.due;
      break;
    case CaseAction::kReply:
      state.reply_due.reset();
      break;
    case CaseAction::kHide:
      state.hidden = true;
      break;
    case CaseAction::kShow:
      state.hidden = false;
      break;
    case CaseAction::kNote:
      break;
  }
}

}  // namespace

bool fits(const CaseState& state, CaseAction action, const CaseFacts& facts) {
  const CaseStatus status = state.status;
  switch (action) {
    case CaseAction::kSee:
      return status == CaseStatus::kNew;
    case CaseAction::kClassify:
      return is_open(status);
    case CaseAction::kStart:
      return status == CaseStatus::kClassified && is_answerable(state.classed);
    case CaseAction::kAskForMore:
      return status == CaseStatus::kInProgress && facts.has_contact;
    case CaseAction::kReceiveMore:
      return status == CaseStatus::kAwaitingMore;
    case CaseAction::kHandle:
      return is_at_work(status) && is_answerable(state.classed);
    case CaseAction::kOfferPublication:
      return status == CaseStatus::kHandled && !is_restricted(state, facts);
    case CaseAction::kPublish:
      return status == CaseStatus::kAwaitingPublication && !is_restricted(state, facts);
    case CaseAction::kClose:
      return status == CaseStatus::kHandled || status == CaseStatus::kPublished;
    case CaseAction::kDecline:
    case CaseAction::kTransfer:
      return is_at_work(status) || status == CaseStatus::kAwaitingMore;
    case CaseAction::kPassOn:
      return is_open(status);
    case CaseAction::kReopen:
      return status == CaseStatus::kClosed;
    case CaseAction::kAskUnit:
      return !is_settled(status) && !state.reply_due;
    case CaseAction::kReply:
      return state.reply_due.has_value();
    case CaseAction::kHide:
      return !state.hidden;
    case CaseAction::kShow:
      return state.hidden;
    case CaseAction::kNote:
      return true;
  }
  return false;
}

Result<CaseState> after(const CaseState& state, const CaseStep& step, const CaseFacts& facts) {
  if (!fits(state, step.action, facts)) {
    return fail(Fault::kRefused, "“" + std::string(name_of(step.action)) +
                                     "” không làm được khi ý kiến đang ở trạng thái “" +
                                     std::string(name_of(state.status)) + "”.");
  }
  if (auto complete = check(state, step); !complete) return Failure(complete.error());
  CaseState next = state;
  apply(next, step);
  if (next.status != CaseStatus::kAwaitingMore && !next.waits.empty() && !next.waits.back().to_ms) {
    next.waits.back().to_ms = step.at_ms;
  }
  if (is_settled(next.status)) {
    if (!next.settled_at) next.settled_at = step.at_ms;
    if (!is_settled(state.status)) next.reply_due.reset();  // the answer itself is there now
  }
  next.seen = std::max(state.seen, step.seen);
  ++next.steps;
  return next;
}

bool is_settled(CaseStatus status) { return status >= CaseStatus::kHandled; }

bool is_restricted(const CaseState& state, const CaseFacts& facts) {
  return facts.alert || state.misconduct || state.classed == CaseClass::kComplaint ||
         state.status == CaseStatus::kPassedOn;
}

std::string_view word_of(CaseStatus status) { return named(kStatusNames, status).word; }
std::string_view word_of(CaseClass classed) { return named(kClassNames, classed).word; }
std::string_view word_of(PetitionSubject subject) { return named(kSubjectNames, subject).word; }
std::string_view word_of(CaseAction action) { return named(kActionNames, action).word; }

std::optional<CaseStatus> case_status_of(std::string_view word) {
  return kind_of<CaseStatus>(kStatusNames, word);
}
std::optional<CaseClass> case_class_of(std::string_view word) {
  return kind_of<CaseClass>(kClassNames, word);
}
std::optional<PetitionSubject> petition_subject_of(std::string_view word) {
  return kind_of<PetitionSubject>(kSubjectNames, word);
}
std::optional<CaseAction> case_action_of(std::string_view word) {
  return kind_of<CaseAction>(kActionNames, word);
}

std::string_view name_of(CaseStatus status) { return named(kStatusNames, status).name; }
std::string_view name_of(CaseClass classed) { return named(kClassNames, classed).name; }
std::string_view name_of(PetitionSubject subject) { return named(kSubjectNames, subject).name; }
std::string_view name_of(CaseAction action) { return named(kActionNames, action).name; }

}  // namespace hailong::core
