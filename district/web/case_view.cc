#include <algorithm>

#include "core/staff.h"
#include "district/feedback/choices.h"
#include "district/feedback/sight.h"
#include "district/web/feedback_views.h"
#include "district/web/figures.h"
#include "district/web/survey_words.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

namespace mustache = kainjow::mustache;

constexpr std::array kScoreWords = {"Rất không hài lòng", "Không hài lòng", "Bình thường",
                                    "Hài lòng", "Rất hài lòng"};

mustache::data case_object(const std::string& name, const std::string& value) {
  mustache::data object;
  object.set(name, value);
  return object;
}

/// Sets `key` to {name: value}, unless the value is empty.
void set_unless_empty(mustache::data& data, const char* key, const char* name,
                      const std::string& value) {
  if (!value.empty()) data.set(key, case_object(name, value));
}

/// "14:05 27/11/2026".
std::string step_time(std::int64_t at_ms) {
  const core::LocalDate day = core::local_date(at_ms);
  const std::int64_t minutes = (at_ms - core::start_of_day_ms(day)) / 60'000;
  const auto two = [](std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return two(minutes / 60) + ":" + two(minutes % 60) + " " + day_words(day);
}

mustache::data words_data(const CaseView& view) {
  mustache::data list(mustache::data::type::list);
  for (const storage::CaseWords& words : view.opened.file.row.words) {
    mustache::data each;
    if (words.text) {
      each.set("text", case_object("said", *words.text));
    } else {
      each.set("why", view.opened.state.hidden ? "Nội dung đã ẩn."
                      : words.awaited ? "Nội dung chưa gửi tới: kiosk gửi phiếu trước, lời sau."
                                      : "Nội dung đã được xóa.");
    }
    list << each;
  }
  return list;
}

mustache::data case_answers(const CaseView& view) {
  mustache::data list(mustache::data::type::list);
  for (const storage::CaseAnswer& answer : view.opened.file.answers) {
    std::string chosen;
    for (const std::string& choice : feedback::choices_of(answer.choices)) {
      chosen.append(chosen.empty() ? "" : ", ").append(answer_words(answer.question, choice));
    }
    if (chosen.empty()) continue;
    mustache::data each = case_object("question", question_words(answer.question));
    each.set("answer", chosen);
    list << each;
  }
  return list;
}

std::string due_words(const core::CaseDue& due) {
  const core::LocalDate day = core::local_date(due.at_ms);
  if (due.at_ms == core::start_of_day_ms(day)) {
    return "hết ngày " + day_words(core::local_date(due.at_ms - 1));
  }
  return step_time(due.at_ms);
}

/// "; tạm tính 24/11/2026 (Ngày Văn hóa Việt Nam) là ngày nghỉ" for each day after `from` up to
/// `to` that the calendar only expects.
std::string expected_days(const core::WorkingCalendar& calendar, core::LocalDate from,
                          core::LocalDate to) {
  std::string words;
  for (core::LocalDate day = core::next_day(from); day <= to; day = core::next_day(day)) {
    const core::SpecialDay* special = calendar.special(day);
    if (special == nullptr || special->confirmed) continue;
    words.append("; tạm tính ").append(day_words(day)).append(" (").append(special->name);
    words.append(special->working ? ") là ngày làm việc" : ") là ngày nghỉ");
  }
  return words;
}

mustache::data dues_data(const CaseView& view) {
  mustache::data list(mustache::data::type::list);
  for (const core::CaseDue& due : view.opened.dues) {
    mustache::data each = case_object("what", std::string(core::name_of(due.duty)));
    each.set("when", due_words(due));
    each.set("binding", due.binding);
    each.set("late", due.binding && due.at_ms <= view.now_ms);
    const auto index = static_cast<std::size_t>(due.duty);
    if (index < core::kCaseLimits) {
      const core::CaseLimit& limit = view.config.case_limits[index];
      const std::string expected =
          expected_days(view.config.calendar, core::local_date(view.opened.file.row.head.given_at),
                        core::local_date(due.at_ms - 1));
      each.set("source", limit.source + expected);
      each.set("placeholder", !limit.official || !expected.empty());
    }
    list << each;
  }
  return list;
}

/// What the note of a step is for.
std::string note_label(core::CaseAction action, core::CaseStatus status) {
  switch (action) {
    case core::CaseAction::kAskForMore:
    case core::CaseAction::kDecline:
    case core::CaseAction::kReopen:
    case core::CaseAction::kHide:
      return "Lý do";
    case core::CaseAction::kClose:
      return status == core::CaseStatus::kHandled ? "Lý do đóng mà không công khai"
                                                  : "Ghi chú, nếu có";
    case core::CaseAction::kAskUnit:
      return "Điều cần trả lời";
    case core::CaseAction::kReply:
      return "Trả lời cấp trên";
    case core::CaseAction::kNote:
      return "Ghi chú";
    default:
      return "Ghi chú, nếu có";
  }
}

mustache::data classify_data(const core::CaseState& state) {
  const auto option = [](std::string_view value, std::string_view label, bool chosen) {
    mustache::data data = case_object("value", std::string(value));
    data.set("label", std::string(label));
    data.set("chosen", chosen);
    return data;
  };
  mustache::data data;
  mustache::data classes(mustache::data::type::list);
  for (std::size_t i = 1; i < core::kCaseClasses; ++i) {
    const auto classed = static_cast<core::CaseClass>(i);
    classes << option(core::word_of(classed), core::name_of(classed), state.classed == classed);
  }
  mustache::data subjects(mustache::data::type::list);
  for (const auto subject : {core::PetitionSubject::kNone, core::PetitionSubject::kRegulation,
                             core::PetitionSubject::kBehaviour}) {
    const bool none = subject == core::PetitionSubject::kNone;
    subjects << option(core::word_of(subject),
                       none ? "Không phải phản ánh, kiến nghị" : core::name_of(subject),
                       state.subject == subject);
  }
  data.set("classes", classes);
  data.set("subjects", subjects);
  data.set("officer", state.officer);
  data.set("misconduct", state.misconduct);
  return data;
}

mustache::data action_data(const CaseView& view, core::CaseAction action, bool open) {
  using core::CaseAction;
  const core::CaseState& state = view.opened.state;
  mustache::data data = case_object("name", std::string(core::name_of(action)));
  data.set("word", std::string(core::word_of(action)));
  data.set("open", open);
  data.set("id", to_string(view.opened.file.row.head.id));
  data.set("csrf", view.person.csrf);
  data.set("steps", std::to_string(state.steps));
  if (action == CaseAction::kClassify) data.set("classify", classify_data(state));
  data.set("receiver", action == CaseAction::kTransfer || action == CaseAction::kPassOn);
  data.set("answer", action == CaseAction::kHandle);
  data.set("due", action == CaseAction::kAskUnit);
  data.set("today", core::to_string(core::local_date(view.now_ms)));
  const std::string label = note_label(action, state.status);
  data.set("note", label);
  data.set("note_needed", !label.ends_with("nếu có"));
  return data;
}

/// What the authority waits for comes first, then what moves the case on; another class comes last.
/// The first is open, the others wait folded.
mustache::data actions_data(const CaseView& view) {
  mustache::data list(mustache::data::type::list);
  std::vector<core::CaseAction> actions = view.opened.actions;
  const bool classified = view.opened.state.classed != core::CaseClass::kNone;
  std::stable_partition(actions.begin(), actions.end(), [&](core::CaseAction action) {
    return action != core::CaseAction::kClassify || !classified;
  });
  std::stable_partition(actions.begin(), actions.end(),
                        [](core::CaseAction action) { return action == core::CaseAction::kReply; });
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const bool leads =
        actions[i] < core::CaseAction::kDecline || actions[i] == core::CaseAction::kReply;
    list << action_data(view, actions[i], i == 0 && leads);
  }
  return list;
}

/// The role of who took the step: of an account here, or at the kiosk.
std::string role_words(const std::string& role) {
  if (const auto here = access::role_of(role)) return std::string(access::name_of(*here));
  if (const auto at_kiosk = core::staff_role_of(role)) {
    return std::string(core::name_of(*at_kiosk)) + " trên kiosk";
  }
  return role;
}

std::string step_detail(const core::CaseStep& step) {
  std::string text;
  const auto add = [&](std::string_view part) {
    if (!part.empty()) text.append(text.empty() ? "" : "; ").append(part);
  };
  if (step.action == core::CaseAction::kClassify) {
    add(core::name_of(step.classed));
    add(core::name_of(step.subject));
    if (step.misconduct) add("nói đến tiền hoặc sai phạm");
    if (!step.officer.empty()) add("người bị phản ánh: " + step.officer);
  }
  const bool assigns =
      step.action == core::CaseAction::kStart || step.action == core::CaseAction::kNote;
  if (!step.receiver.empty()) add((assigns ? "người phụ trách: " : "") + step.receiver);
  if (step.due) add("trước hết ngày " + day_words(*step.due));
  return text;
}

mustache::data case_history(const CaseView& view) {
  mustache::data list(mustache::data::type::list);
  const auto& steps = view.opened.file.steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const storage::TakenStep& step = steps[i];
    mustache::data each = case_object("what", std::string(core::name_of(step.action)));
    set_unless_empty(each, "detail", "text", step_detail(step));
    each.set("when", step_time(step.at_ms));
    if (!step.who.empty()) {
      mustache::data who = case_object("name", step.who);
      who.set("role", role_words(step.role));
      each.set("who", who);
    }
    set_unless_empty(each, "note", "text", step.note);
    set_unless_empty(each, "answer", "text", step.answer);
    each.set("late", !step.moved);
    each.set("last", i + 1 == steps.size());
    list << each;
  }
  return list;
}

/// The authority's open question, from the step that asked it.
void set_question(mustache::data& data, const CaseView& view) {
  if (!view.opened.state.reply_due) return;
  const auto& steps = view.opened.file.steps;
  const auto asked = std::find_if(steps.rbegin(), steps.rend(), [](const core::CaseStep& step) {
    return step.action == core::CaseAction::kAskUnit;
  });
  mustache::data question = case_object("day", day_words(*view.opened.state.reply_due));
  question.set("text", asked->note);
  data.set("question", question);
}

void set_facts(mustache::data& data, const CaseView& view) {
  const storage::CaseRow& row = view.opened.file.row;
  const core::CaseState& state = view.opened.state;
  data.set("unit", unit_words(view.config, row.head.unit_id));
  data.set("given", feedback::half_day_words(row.head.given_at));
  data.set("field", view.config.rules.fields.name_of(row.head.field_id));
  if (view.opened.details) {
    mustache::data details;
    details.set("counter",
                row.head.counter_id.empty()
                    ? "–"
                    : view.config.desk_names.counter(row.head.unit_id, row.head.counter_id));
    details.set("score", kScoreWords[static_cast<std::size_t>(row.head.score - 1)]);
    data.set("details", details);
  }
  const std::string subject(core::name_of(state.subject));
  data.set("class",
           std::string(core::name_of(state.classed)) + (subject.empty() ? "" : " – " + subject));
  data.set("contact", row.head.facts.has_contact
                          ? "Người dân đồng ý cho liên hệ; thông tin chỉ có trên ki-ốt của đơn vị"
                          : "Không để lại");
  set_unless_empty(data, "officer", "name", state.officer);
  set_unless_empty(data, "receiver", "name", state.receiver);
  set_unless_empty(data, "public", "text", state.answer);
}

}  // namespace

std::string case_main(const CaseView& view) {
  const storage::CaseRow& row = view.opened.file.row;
  mustache::data data;
  data.set("id", to_string(row.head.id));
  data.set("status", std::string(core::name_of(view.opened.state.status)));
  data.set("alert", row.head.facts.alert || view.opened.state.misconduct);
  data.set("news", row.standing.steps > 0 && row.head.last_seq != row.standing.seen);
  set_unless_empty(data, "error", "text", view.error);
  set_question(data, view);
  data.set("words", words_data(view));
  data.set("any_words", !row.words.empty());
  data.set("answers", case_answers(view));
  set_facts(data, view);
  data.set("any_due", !view.opened.dues.empty());
  data.set("dues", dues_data(view));
  data.set("any_action", !view.opened.actions.empty());
  data.set("actions", actions_data(view));
  data.set("any_step", !view.opened.file.steps.empty());
  data.set("history", case_history(view));
  return render(templates::k_case_mustache, data);
}

}  // namespace hailong::district::web
