#include "district/web/feedback_pages.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "core/text.h"
#include "district/clock.h"
#include "district/http/form.h"
#include "district/web/feedback_query.h"
#include "district/web/feedback_views.h"

namespace hailong::district::web {
namespace {

using access::Principal;
using access::Right;

constexpr int kCasesOnAPage = 50;
constexpr const char* kFeedbackSection = "feedback";
constexpr std::size_t kLongestOfficer = 64;
constexpr std::size_t kLongestReceiver = 200;
constexpr std::size_t kLongestAnswer = 1000;
constexpr std::size_t kLongestNote = 2000;

/// The units whose cases this person may choose from, by name; none when there is no choice.
std::vector<std::pair<std::string, std::string>> units_to_choose(const Config& config,
                                                                 const Principal& person) {
  std::vector<std::pair<std::string, std::string>> list;
  if (person.unit_ids.size() == 1) return list;
  for (const core::Unit& unit : config.rules.units.all()) {
    if (unit.code == config.rules.authority || !may_see_unit(person, unit.id())) continue;
    std::string name = unit.full_name();
    if (unit.valid_to) name += " (đến " + day_words(*unit.valid_to) + ")";
    list.emplace_back(unit.id(), std::move(name));
  }
  std::sort(list.begin(), list.end(),
            [](const auto& a, const auto& b) { return a.second < b.second; });
  return list;
}

/// What was typed into a field: composed, without spaces around; cut where it is too long, which
/// the page's own fields never are.
std::string typed_text(const http::Request& request, const char* name, std::size_t most) {
  std::u32string text =
      core::to_nfc(core::code_points(http::first_of(request.form, name).value_or("")));
  std::erase_if(text, [](char32_t c) { return c != U'\n' && !core::can_be_written(c); });
  const auto first = std::find_if_not(text.begin(), text.end(), core::is_white_space);
  text.erase(text.begin(), first);
  while (!text.empty() && core::is_white_space(text.back())) text.pop_back();
  if (text.size() > most) text.resize(most);
  return core::utf8(text);
}

/// The step that a form asks for; nothing when it is none of this site's forms.
std::optional<core::CaseStep> step_in(const http::Request& request) {
  const auto word = [&](const char* name) {
    return http::first_of(request.form, name).value_or("");
  };
  const auto action = core::case_action_of(word("action"));
  if (!action) return std::nullopt;
  core::CaseStep step;
  step.action = *action;
  step.note = typed_text(request, "note", kLongestNote);
  if (*action == core::CaseAction::kClassify) {
    step.classed = core::case_class_of(word("class")).value_or(core::CaseClass::kNone);
    if (step.classed == core::CaseClass::kPetition) {
      step.subject =
          core::petition_subject_of(word("subject")).value_or(core::PetitionSubject::kNone);
    }
    step.misconduct = word("misconduct") == "1";
    step.officer = typed_text(request, "officer", kLongestOfficer);
  }
  if (*action == core::CaseAction::kHandle)
    step.answer = typed_text(request, "answer", kLongestAnswer);
  if (*action == core::CaseAction::kTransfer || *action == core::CaseAction::kPassOn) {
    step.receiver = typed_text(request, "receiver", kLongestReceiver);
  }
  if (*action == core::CaseAction::kAskUnit) step.due = core::parse_date(word("due"));
  return step;
}

/// -1, which no case has, for what is no number.
int known_steps(const http::Request& request) {
  const std::string text = http::first_of(request.form, "steps").value_or("");
  int steps = -1;
  std::from_chars(text.data(), text.data() + text.size(), steps);
  return steps;
}

core::LocalDate start_of_year(core::LocalDate day) {
  return core::LocalDate{day.year(), std::chrono::January, std::chrono::day{1}};
}

}  // namespace

void FeedbackPages::add_to(Site& site) {
  site_ = &site;
  const auto bound =
      [this](http::Response (FeedbackPages::*page)(const http::Request&, const Principal&)) {
        return [this, page](const http::Request& request, const Principal& person) {
          return (this->*page)(request, person);
        };
      };
  site.get("/feedback", Right::kSeeHandledFeedback, bound(&FeedbackPages::inbox));
  site.get("/feedback/{}", Right::kSeeHandledFeedback, bound(&FeedbackPages::open_case));
  site.post("/feedback/{}", Right::kHandleFeedback, bound(&FeedbackPages::take_step));
  site.get("/praise", Right::kSeeHandledFeedback, bound(&FeedbackPages::praise));
}

http::Response FeedbackPages::inbox(const http::Request& request, const Principal& person) {
  InboxQuery query = parse_inbox_query(request.query);
  const std::int64_t now = now_ms();
  if (query.filter.unit_id) {
    const core::Unit* unit = config_.rules.units.find_id(*query.filter.unit_id);
    if (unit != nullptr) {
      query.filter.unit_history =
          access::with_predecessors(config_.rules.units, *unit, core::local_date(now));
    }
  }
  auto found = desk_.inbox(person, query.filter, query.after, kCasesOnAPage, true, now);
  if (!found) return store_failed(found.error());
  const InboxView view{config_,
                       std::move(query.filter),
                       query.after.has_value(),
                       units_to_choose(config_, person),
                       now,
                       std::move(*found),
                       query.error};
  http::Response page =
      site_->page(person, kFeedbackSection, "Ý kiến của người dân", inbox_main(view));
  if (!query.error.empty()) page.status = 400;
  return page;
}

http::Response FeedbackPages::case_page(const Principal& person, const storage::CaseId& id,
                                        const std::string& error) {
  const std::int64_t now = now_ms();
  auto opened = desk_.open(person, id, now);
  if (!opened) {
    if (opened.error().fault == core::Fault::kNotFound) return site_->not_found(person);
    return store_failed(opened.error());
  }
  const CaseView view{config_, person, now, std::move(*opened), error};
  http::Response page =
      site_->page(person, kFeedbackSection, "Ý kiến " + to_string(id), case_main(view));
  if (!error.empty()) page.status = 400;
  return page;
}

http::Response FeedbackPages::open_case(const http::Request& request, const Principal& person) {
  const auto id = storage::parse_case_id(request.parameter());
  if (!id) return site_->not_found(person);
  return case_page(person, *id, "");
}

http::Response FeedbackPages::take_step(const http::Request& request, const Principal& person) {
  const auto id = storage::parse_case_id(request.parameter());
  if (!id) return site_->not_found(person);
  const auto step = step_in(request);
  if (!step) return case_page(person, *id, "Không rõ việc cần làm; xin chọn lại.");
  const auto taken = desk_.take(person, *id, *step, known_steps(request), now_ms());
  if (taken) return http::redirect_to("/feedback/" + to_string(*id));
  switch (taken.error().fault) {
    case core::Fault::kInvalid:
    case core::Fault::kRefused:
    case core::Fault::kConflict:
      return case_page(person, *id, taken.error().message);
    case core::Fault::kNotFound:
      return site_->not_found(person);
    default:
      return store_failed(taken.error());
  }
}

http::Response FeedbackPages::praise(const http::Request& request, const Principal& person) {
  const core::LocalDate today = core::local_date(now_ms());
  const auto from = http::first_of(request.query, "from");
  const auto to = http::first_of(request.query, "to");
  PraiseView view{config_, start_of_year(today), today, {}, ""};
  if (from || to) {
    const auto first = core::parse_date(from.value_or(""));
    const auto last = core::parse_date(to.value_or(""));
    if (first && last && *first <= *last) {
      view.from = *first;
      view.to = *last;
    } else {
      view.error = "Khoảng ngày chưa đúng; đang hiện từ đầu năm.";
    }
  }
  auto praised = praise_.read(view.from, view.to);
  if (!praised) return store_failed(praised.error());
  std::erase_if(*praised,
                [&](const feedback::Praised& each) { return !may_see_unit(person, each.unit_id); });
  view.praised = std::move(*praised);
  if (!view.praised.empty()) {
    const auto noted = audit_.add({now_ms(), person.name, "case-praise-read",
                                   core::to_string(view.from) + " " + core::to_string(view.to),
                                   "Xem lời khen của người dân"});
    if (!noted) return store_failed(noted.error());
  }
  http::Response page = site_->page(person, kFeedbackSection, "Người dân khen", praise_main(view));
  if (!view.error.empty()) page.status = 400;
  return page;
}

}  // namespace hailong::district::web
