#include "kiosk/staff/case_desk.h"

#include <algorithm>
#include <array>

#include "kiosk/staff/days.h"
#include "kiosk/staff/inbox_list.h"
#include "kiosk/staff/listing.h"
#include "kiosk/staff/sight.h"
#include "kiosk/staff/wording.h"

namespace hailong::kiosk::staff {
namespace {

using core::CaseAction;
using core::CaseClass;
using core::PetitionSubject;

struct ClassOffer {
  CaseClass classed;
  PetitionSubject subject;
};

constexpr std::array kClassOffers = {ClassOffer{CaseClass::kPraise, PetitionSubject::kNone},
                                     ClassOffer{CaseClass::kSuggestion, PetitionSubject::kNone},
                                     ClassOffer{CaseClass::kPetition, PetitionSubject::kRegulation},
                                     ClassOffer{CaseClass::kPetition, PetitionSubject::kBehaviour},
                                     ClassOffer{CaseClass::kComplaint, PetitionSubject::kNone},
                                     ClassOffer{CaseClass::kInvalid, PetitionSubject::kNone}};

std::string class_words(CaseClass classed, PetitionSubject subject) {
  std::string words(core::name_of(classed));
  if (subject != PetitionSubject::kNone) words += ": " + std::string(core::name_of(subject));
  return words;
}

/// What has to be written for a step, and into what.
struct Asked {
  const char* label;
  std::string core::CaseStep::*into;
  Input::Kind kind;
};

std::optional<Asked> asked_for(CaseAction action) {
  using Step = core::CaseStep;
  switch (action) {
    case CaseAction::kAskForMore:
      return Asked{"Cần người dân bổ sung điều gì?", &Step::note, Input::Kind::kWords};
    case CaseAction::kHandle:
      return Asked{"Trả lời cho người dân: đã làm gì?", &Step::answer, Input::Kind::kWords};
    case CaseAction::kDecline:
      return Asked{"Lý do từ chối", &Step::note, Input::Kind::kWords};
    case CaseAction::kReopen:
      return Asked{"Lý do mở lại", &Step::note, Input::Kind::kWords};
    case CaseAction::kHide:
      return Asked{"Lý do ẩn nội dung", &Step::note, Input::Kind::kWords};
    case CaseAction::kClose:
      return Asked{"Lý do đóng mà không công khai", &Step::note, Input::Kind::kWords};
    case CaseAction::kNote:
      return Asked{"Ghi chú nội bộ", &Step::note, Input::Kind::kWords};
    case CaseAction::kReply:
      return Asked{"Trả lời cấp trên", &Step::note, Input::Kind::kWords};
    case CaseAction::kTransfer:
      return Asked{"Chuyển đến cơ quan nào?", &Step::receiver, Input::Kind::kLine};
    case CaseAction::kPassOn:
      return Asked{"Chuyển cho ai tiếp công dân?", &Step::receiver, Input::Kind::kLine};
    default:
      return std::nullopt;
  }
}

/// Account of whoever took the case on, or was given it, last; empty: nobody yet.
std::string responsible(const std::vector<core::CaseStep>& steps) {
  std::string person;
  for (const core::CaseStep& step : steps) {
    const bool names = step.action == CaseAction::kStart || step.action == CaseAction::kNote;
    if (names && !step.receiver.empty()) person = step.receiver;
  }
  return person;
}

/// Nothing to be written, but worth a second look.
const char* question_before(CaseAction action) {
  if (action == CaseAction::kPublish) {
    return "Câu trả lời sẽ hiện trên màn hình chờ của ki-ốt. Công khai?";
  }
  return nullptr;
}

}  // namespace

CaseDesk::CaseDesk(const Shift& shift, core::Seq rating) : shift_(shift), rating_(rating) {
  const auto file = shift_.review.case_file(rating);
  if (!file || !may_open(shift_.me, file->head)) return;  // view() says why
  const auto noted = shift_.book.append(
      shift_.now(),
      core::StaffAct{shift_.me.id, core::StaffDeed::kReadCase, std::to_string(rating)});
  noted_ = noted.has_value();
  if (!noted) {
    say(Tone::kAlert, fault_words(noted.error()));
    return;
  }
  known_steps_ = file->head.state.steps;
  known_seq_ = file->head.last_seq;
  if (core::fits(file->head.state, CaseAction::kSee, file->head.facts)) {
    begin(CaseAction::kSee);
    if (tone_ == Tone::kGood) message_.clear();
  }
}

void CaseDesk::say(Tone tone, std::string message) {
  tone_ = tone;
  message_ = std::move(message);
}

core::Result<View> CaseDesk::view() {
  const auto file = shift_.review.case_file(rating_);
  if (!file) return core::Failure(file.error());
  const journal::CaseHead& head = file->head;
  View view;
  view.title = class_words(head.state.classed, head.state.subject) + " · " +
               std::string(core::name_of(head.state.status));
  view.message = message_;
  view.message_tone = tone_;
  if (!may_open(shift_.me, head)) {
    // It has become so while it lay open.
    view.title = "Ý kiến";
    view.message = "Ý kiến này do người khác xử lý.";
  } else if (!noted_) {
    view.title = "Ý kiến";
  } else if (assigning_) {
    ask_for_assignee(view);
  } else if (step_) {
    ask_for_step(view, head.facts);
  } else if (auto shown = show(view, *file); !shown) {
    return core::Failure(shown.error());
  }
  view.actions.insert(view.actions.begin(),
                      {"Quay lại", {Verb::kBack, 0, ""}, Button::Kind::kPlain});
  return view;
}

core::Result<void> CaseDesk::show(View& view, const journal::CaseFile& file) {
  known_steps_ = file.head.state.steps;
  known_seq_ = file.head.last_seq;
  show_words(view, file);
  show_answers(view, file);
  if (auto shown = show_contact(view, file); !shown) return shown;
  show_dues(view, file);
  show_actions(view, file.head);
  show_history(view, file);
  return {};
}

void CaseDesk::show_words(View& view, const journal::CaseFile& file) const {
  view.blocks.emplace_back(
      Text{"Nhận " + half_day_words(file.head.given_at), Text::Size::kSmall, Tone::kMuted});
  if (!sees_words(shift_.me.role, file.head.state)) {
    view.blocks.emplace_back(Text{"Nội dung đã được ẩn.", Text::Size::kBody, Tone::kMuted});
    return;
  }
  for (const journal::Words& words : file.words) {
    view.blocks.emplace_back(words ? Text{*words, Text::Size::kBody, Tone::kPlain}
                                   : Text{"(nội dung đã xóa)", Text::Size::kBody, Tone::kMuted});
  }
}

void CaseDesk::show_answers(View& view, const journal::CaseFile& file) const {
  if (!sees_details(shift_.me.role)) return;
  const journal::CaseHead& head = file.head;
  Facts facts;
  facts.facts.push_back({"Điểm", std::to_string(head.score), Tone::kPlain});
  facts.facts.push_back({"Quầy", counter_name(shift_.house, head.counter), Tone::kPlain});
  if (!head.field.empty()) {
    facts.facts.push_back({"Lĩnh vực", field_name(shift_.house, head.field), Tone::kPlain});
  }
  std::string reasons;
  for (const core::Answer& answer : file.answers) {
    if (answer.question == "field" || answer.question == "counter" ||
        answer.question == "procedure") {
      continue;
    }
    for (const std::string& choice : answer.choices) {
      reasons += reasons.empty() ? "" : "; ";
      reasons += answer.question == "officer" ? officer_name(shift_.house, choice)
                                              : shift_.house.name_choice(answer.question, choice);
    }
  }
  if (!reasons.empty()) {
    facts.facts.push_back({"Đã chọn", reasons, head.facts.alert ? Tone::kAlert : Tone::kPlain});
  }
  if (head.flagged) {
    facts.facts.push_back({"Cần xem lại", "phiếu có dấu hiệu bất thường", Tone::kAlert});
  }
  view.blocks.emplace_back(std::move(facts));
}

core::Result<void> CaseDesk::show_contact(View& view, const journal::CaseFile& file) {
  if (!file.head.facts.has_contact) return {};
  const auto contact = shift_.review.contact(rating_);
  if (!contact) return core::Failure(contact.error());
  if (!*contact) return {};
  const std::size_t end = (*contact)->find('\n');
  std::string phone = (*contact)->substr(0, end);
  std::string name = end == std::string::npos ? "" : (*contact)->substr(end + 1);
  if (!full_contact_) {
    phone = masked_phone(phone);
    name.clear();
    view.actions.push_back({"Hiện liên hệ", {Verb::kContact, 0, ""}, Button::Kind::kPlain});
  }
  view.blocks.emplace_back(
      Facts{{{"Liên hệ", name.empty() ? phone : name + ", " + phone, Tone::kPlain}}});
  return {};
}

void CaseDesk::show_dues(View& view, const journal::CaseFile& file) const {
  const journal::CaseHead& head = file.head;
  const std::int64_t now = shift_.now().wall_ms;
  Facts facts;
  if (const std::string person = responsible(file.steps); !person.empty()) {
    facts.facts.push_back({"Người phụ trách", person_name(shift_, person), Tone::kPlain});
  }
  for (const core::CaseDue& due :
       core::dues(head.state, head.given_at, shift_.house.limits, shift_.house.calendar)) {
    const auto duty = static_cast<std::size_t>(due.duty);
    std::string words = "đến hết ngày " + date_words(core::local_date(due.at_ms - 1));
    const bool late = due.at_ms <= now;
    if (late) words += ", đã quá hạn";
    if (duty < shift_.house.limits.size() && !shift_.house.limits[duty].official) {
      words += " (hạn tạm)";
    }
    facts.facts.push_back({std::string(core::name_of(due.duty)), std::move(words),
                           late && due.binding ? Tone::kAlert : Tone::kPlain});
  }
  if (!head.state.receiver.empty()) {
    facts.facts.push_back({"Nơi nhận", head.state.receiver, Tone::kPlain});
  }
  if (!facts.facts.empty()) view.blocks.emplace_back(std::move(facts));
}

void CaseDesk::show_actions(View& view, const journal::CaseHead& head) const {
  Choices actions;
  actions.label = "Việc có thể làm";
  for (std::size_t i = 0; i < core::kCaseActions; ++i) {
    const auto action = static_cast<CaseAction>(i);
    if (action == CaseAction::kSee || !core::fits(head.state, action, head.facts) ||
        !may_take(shift_.me, head, action)) {
      continue;
    }
    actions.choices.push_back({std::string(core::name_of(action)),
                               {Verb::kStep, static_cast<std::int64_t>(i), ""},
                               false});
  }
  const bool open = !core::is_settled(head.state.status);
  if (open && may_take(shift_.me, head, CaseAction::kNote)) {
    actions.choices.push_back({"Giao việc", {Verb::kAssign, 0, ""}, false});
  }
  if (!actions.choices.empty()) view.blocks.emplace_back(std::move(actions));
}

void CaseDesk::show_history(View& view, const journal::CaseFile& file) const {
  Table table;
  table.columns = {{"Lúc", 3, false},
                   {"Người làm", 3, false},
                   {"Việc", 3, false},
                   {"Ghi chú, trả lời", 6, false}};
  table.nothing = "Chưa ai xử lý.";
  for (auto step = file.steps.rbegin(); step != file.steps.rend(); ++step) {
    std::string what(core::name_of(step->action));
    if (step->action == CaseAction::kClassify) {
      what += ": " + class_words(step->classed, step->subject);
    }
    std::string texts = step->answer;
    const bool went = step->action == CaseAction::kTransfer || step->action == CaseAction::kPassOn;
    for (const std::string& text : {step->note, went ? step->receiver : std::string()}) {
      if (text.empty()) continue;
      texts += texts.empty() ? "" : " / ";
      texts += text;
    }
    table.rows.push_back({{moment_words(step->at_ms), person_name(shift_, step->who),
                           std::move(what), std::move(texts)},
                          std::nullopt,
                          Tone::kPlain});
  }
  int page = page_;
  turn(view, table, page);
  view.blocks.emplace_back(std::move(table));
}

void CaseDesk::ask_for_assignee(View& view) const {
  view.title = "Giao việc cho ai?";
  Table table;
  table.columns = {{"Họ tên", 3, false}, {"Vai trò", 2, false}};
  const auto people = shift_.book.people();
  if (!people) {
    view.message = fault_words(people.error());
    view.message_tone = Tone::kAlert;
    return;
  }
  for (const journal::Person& person : *people) {
    if (!person.active) continue;
    table.rows.push_back({{person.name, std::string(core::name_of(person.role))},
                          Command{Verb::kAssign, 0, person.id},
                          Tone::kPlain});
  }
  int page = page_;
  turn(view, table, page);
  view.blocks.emplace_back(std::move(table));
}

void CaseDesk::ask_for_step(View& view, const core::CaseFacts& facts) const {
  const CaseAction action = step_->action;
  view.title = core::name_of(action);
  if (action == CaseAction::kClassify) return ask_for_class(view, facts);
  if (const auto asked = asked_for(action)) {
    view.input = Input{asked->kind, asked->label, "", 500, {Verb::kText, 0, ""}, "Ghi"};
    return;
  }
  view.blocks.emplace_back(Text{question_before(action), Text::Size::kHeading, Tone::kPlain});
  view.actions.push_back({"Công khai", {Verb::kTakeStep, 0, ""}, Button::Kind::kPrimary});
}

void CaseDesk::ask_for_class(View& view, const core::CaseFacts& facts) const {
  Choices classes;
  classes.label = "Loại";
  for (std::size_t i = 0; i < kClassOffers.size(); ++i) {
    const ClassOffer& offer = kClassOffers[i];
    // Nobody who cannot be answered makes a petition: name, address and contact are asked for by
    // NĐ 20/2008/NĐ-CP Điều 7. What they say is a suggestion.
    if (offer.classed == CaseClass::kPetition && !facts.has_contact) continue;
    classes.choices.push_back({class_words(offer.classed, offer.subject),
                               {Verb::kClass, static_cast<std::int64_t>(i), ""},
                               step_->classed == offer.classed && step_->subject == offer.subject});
  }
  view.blocks.emplace_back(std::move(classes));
  Choices grave;
  grave.label = "Có nói đến tiền hoặc hành vi sai trái (chỉ trưởng đơn vị và cấp trên xem)";
  grave.choices = {{"Không", {Verb::kMisconduct, 0, ""}, !step_->misconduct},
                   {"Có", {Verb::kMisconduct, 1, ""}, step_->misconduct}};
  view.blocks.emplace_back(std::move(grave));
  const bool about_somebody =
      step_->subject == PetitionSubject::kBehaviour || step_->classed == CaseClass::kComplaint;
  if (about_somebody) {
    Choices officers;
    officers.label = "Nói về ai";
    officers.choices.push_back({"Không rõ", {Verb::kOfficer, 0, ""}, step_->officer.empty()});
    if (const auto people = shift_.book.people()) {
      for (const journal::Person& person : *people) {
        officers.choices.push_back(
            {person.name, {Verb::kOfficer, 0, person.id}, step_->officer == person.id});
      }
    }
    view.blocks.emplace_back(std::move(officers));
  }
  if (step_->classed != CaseClass::kNone) {
    view.actions.push_back({"Ghi", {Verb::kTakeStep, 0, ""}, Button::Kind::kPrimary});
  }
}

void CaseDesk::take(const Command& command) {
  message_.clear();
  switch (command.verb) {
    case Verb::kPage:
      page_ = static_cast<int>(command.number);
      return;
    case Verb::kStep:
      return begin(static_cast<CaseAction>(command.number));
    case Verb::kClass:
    case Verb::kMisconduct:
    case Verb::kOfficer:
      return take_choice(command);
    case Verb::kText:
      (*step_).*(asked_for(step_->action)->into) = command.text;
      return take_step();
    case Verb::kTakeStep:
      return take_step();
    case Verb::kContact:
      return see_contact();
    case Verb::kAssign:
      return assign(command.text);
    default:  // back: out of the form, then out of the case
      left_ = !step_ && !assigning_;
      assigning_ = false;
      step_.reset();
  }
}

void CaseDesk::begin(CaseAction action) {
  core::CaseStep step;
  step.action = action;
  step.who = shift_.me.id;
  step.role = core::word_of(shift_.me.role);
  step.seen = known_seq_;
  if (action == CaseAction::kStart) step.receiver = shift_.me.id;
  step_ = std::move(step);
  const auto file = shift_.review.case_file(rating_);
  const bool published = file && file->head.state.status == core::CaseStatus::kPublished;
  const bool writes = asked_for(action) && !(action == CaseAction::kClose && published);
  if (!writes && action != CaseAction::kClassify && question_before(action) == nullptr) {
    take_step();
  }
}

void CaseDesk::take_choice(const Command& command) {
  if (!step_) return;
  if (command.verb == Verb::kClass) {
    const ClassOffer& offer = kClassOffers[static_cast<std::size_t>(command.number)];
    step_->classed = offer.classed;
    step_->subject = offer.subject;
    step_->officer.clear();
  } else if (command.verb == Verb::kMisconduct) {
    step_->misconduct = command.number != 0;
  } else {
    step_->officer = command.text;
  }
}

void CaseDesk::take_step() {
  if (!step_) return;
  const auto file = shift_.review.case_file(rating_);
  auto done = file ? core::Result<void>() : core::Result<void>(core::Failure(file.error()));
  if (done) done = may_take(shift_.me, file->head, step_->action);
  if (done) {
    const auto place = shift_.book.append(shift_.now(), rating_, *step_, known_steps_);
    if (!place) done = core::Failure(place.error());
  }
  if (!done) {
    // What was chosen stays, so that only what is missing has to be mended.
    const bool over = done.error().fault == core::Fault::kConflict ||
                      done.error().fault == core::Fault::kRefused ||
                      (!asked_for(step_->action) && step_->action != CaseAction::kClassify &&
                       question_before(step_->action) == nullptr);
    say(Tone::kAlert, fault_words(done.error()));
    if (over) step_.reset();
    return;
  }
  say(Tone::kGood, "Đã ghi: " + std::string(core::name_of(step_->action)) + ".");
  step_.reset();
}

/// A note that names who takes the case on.
void CaseDesk::assign(const std::string& person) {
  page_ = 0;
  if (person.empty()) {
    assigning_ = true;
    return;
  }
  assigning_ = false;
  begin(CaseAction::kNote);
  step_->receiver = person;
  step_->note = "Giao cho " + person_name(shift_, person) + ".";
  take_step();
}

void CaseDesk::see_contact() {
  const auto noted = shift_.book.append(
      shift_.now(),
      core::StaffAct{shift_.me.id, core::StaffDeed::kSeeContact, std::to_string(rating_)});
  if (!noted) return say(Tone::kAlert, fault_words(noted.error()));
  full_contact_ = true;
}

}  // namespace hailong::kiosk::staff
