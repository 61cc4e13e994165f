#include <algorithm>
#include <set>

#include "kiosk/staff/days.h"
#include "kiosk/staff/listing.h"
#include "kiosk/staff/rooms.h"
#include "kiosk/staff/sight.h"
#include "kiosk/staff/wording.h"

namespace hailong::kiosk::staff {
namespace {

class SignOffRoom : public Room {
 public:
  explicit SignOffRoom(const Shift& shift) : shift_(shift), day_(shift.today()) {}

  View view() override {
    View view;
    view.title = "Ký xác nhận ngày " + date_words(day_);
    view.message = message_;
    view.message_tone = tone_;
    if (auto shown = show(view); !shown) say_unread(view, shown.error());
    return view;
  }

  void take(const Command& command) override {
    message_.clear();
    if (command.verb == Verb::kPage) page_ = static_cast<int>(command.number);
    if (command.verb == Verb::kSignDay) {
      if (const auto day = core::parse_date(command.text)) day_ = *day;
    }
    if (command.verb == Verb::kConfirm) sign();
  }

 private:
  core::Result<void> show(View& view) {
    const auto unseen = unseen_cases();
    if (!unseen) return core::Failure(unseen.error());
    const auto last = shift_.review.last_event();
    if (!last) return core::Failure(last.error());
    seen_ = *last;
    const core::LocalDate today = shift_.today();
    const auto days = days_to_sign(
        shift_, {std::chrono::sys_days(today) - std::chrono::days(kSignBackDays), today});
    if (!days) return core::Failure(days.error());
    const auto signed_days = shift_.review.signed_days(day_, day_);
    if (!signed_days) return core::Failure(signed_days.error());
    Facts facts;
    facts.facts.push_back(
        {"Ý kiến chưa xem", count_words(*unseen), *unseen > 0 ? Tone::kAlert : Tone::kGood});
    for (const journal::SignedDay& each : *signed_days) {
      facts.facts.push_back(
          {"Đã ký", person_name(shift_, each.who) + ", " + moment_words(each.at_ms), Tone::kGood});
    }
    if (signed_days->empty()) facts.facts.push_back({"Đã ký", "chưa", Tone::kAlert});
    view.blocks.emplace_back(std::move(facts));
    Table table;
    table.columns = {{"Ngày chưa ký", 2, false}, {"", 1, false}};
    table.nothing = "Mọi ngày làm việc đã qua đều được ký.";
    for (auto day = days->rbegin(); day != days->rend(); ++day) {
      table.rows.push_back({{date_words(*day), *day == day_ ? "đang xem" : ""},
                            Command{Verb::kSignDay, 0, core::to_string(*day)},
                            Tone::kAlert});
    }
    turn(view, table, page_);
    view.blocks.emplace_back(std::move(table));
    view.actions = {{"Khóa", {Verb::kLock, 0, ""}, Button::Kind::kPlain}};
    if (*unseen > 0) {
      view.actions.push_back({"Xem ý kiến", {Verb::kInbox, 0, ""}, Button::Kind::kPrimary});
    } else {
      view.actions.push_back({"Đã xem hết ý kiến trong ngày",
                              {Verb::kConfirm, 0, core::to_string(day_)},
                              Button::Kind::kPrimary});
    }
    return {};
  }

  /// Of the day, as far as this person may know.
  core::Result<std::int64_t> unseen_cases() {
    const auto scope = scope_of(shift_);
    if (!scope) return core::Failure(scope.error());
    return shift_.review.unseen(day_, *scope);
  }

  /// What came after the view that the person looked at is not seen by this.
  core::Result<journal::Appended> try_to_sign() {
    const auto unseen = unseen_cases();
    if (!unseen) return core::Failure(unseen.error());
    if (*unseen > 0) {
      return core::fail(core::Fault::kConflict, "Vừa có ý kiến mới. Xin xem rồi ký lại.");
    }
    return shift_.book.append(shift_.now(), core::SignOff{shift_.me.id, day_, seen_});
  }

  void sign() {
    const auto done = try_to_sign();
    tone_ = done ? Tone::kGood : Tone::kAlert;
    message_ = done ? "Đã ký xác nhận ngày " + date_words(day_) + "." : fault_words(done.error());
  }

  const Shift& shift_;
  core::LocalDate day_;
  core::Seq seen_ = 0;  // last event when the view was made
  int page_ = 0;
  std::string message_;
  Tone tone_ = Tone::kPlain;
};

}  // namespace

core::Result<std::vector<core::LocalDate>> days_to_sign(const Shift& shift, const Range& range) {
  using Days = std::vector<core::LocalDate>;
  const auto first = shift.review.first_day();
  if (!first) return core::Failure(first.error());
  if (!*first) return Days{};
  const core::LocalDate from = std::max(**first, range.from);
  const core::LocalDate yesterday = std::chrono::sys_days(shift.today()) - std::chrono::days(1);
  const core::LocalDate to = std::min(range.to, yesterday);
  if (from > to) return Days{};
  const auto cells = cells_for(shift.review, shift.me.role, from, to);
  if (!cells) return core::Failure(cells.error());
  const auto signed_days = shift.review.signed_days(from, to);
  if (!signed_days) return core::Failure(signed_days.error());
  const auto scope = scope_of(shift);
  if (!scope) return core::Failure(scope.error());
  const auto unseen = shift.review.days_with_unseen(from, to, *scope);
  if (!unseen) return core::Failure(unseen.error());
  std::set<core::LocalDate> days(unseen->begin(), unseen->end());
  std::set<core::LocalDate> rated;
  for (const journal::Cell& cell : *cells) rated.insert(cell.day);
  std::set<core::LocalDate> done;
  for (const journal::SignedDay& day : *signed_days) done.insert(day.day);
  for (core::LocalDate day = from; day <= to; day = core::next_day(day)) {
    const bool due = shift.house.calendar.is_working_day(day) || rated.contains(day);
    if (due && !done.contains(day)) days.insert(day);
  }
  return Days(days.begin(), days.end());
}

std::string person_name(const Shift& shift, const std::string& id) {
  const auto people = shift.book.people();
  if (!people) return id;
  const auto found = std::find_if(people->begin(), people->end(),
                                  [&](const journal::Person& each) { return each.id == id; });
  return found == people->end() ? id : found->name;
}

std::unique_ptr<Room> make_sign_off_room(const Shift& shift) {
  return std::make_unique<SignOffRoom>(shift);
}

}  // namespace hailong::kiosk::staff
