#include "kiosk/staff/session.h"

#include <algorithm>
#include <array>

#include "kiosk/machine/facts.h"
#include "kiosk/staff/door.h"
#include "kiosk/staff/rooms.h"
#include "kiosk/staff/wording.h"

namespace hailong::kiosk::staff {
namespace {

struct Tab {
  Verb verb;
  const char* name;
};

constexpr std::array kTabs = {Tab{Verb::kToday, "Hôm nay"},   Tab{Verb::kInbox, "Ý kiến"},
                              Tab{Verb::kServed, "Hồ sơ"},    Tab{Verb::kSignOff, "Ký ngày"},
                              Tab{Verb::kReports, "Báo cáo"}, Tab{Verb::kMachine, "Máy"},
                              Tab{Verb::kPeople, "Tài khoản"}};

bool is_tab(Verb verb) {
  return std::any_of(kTabs.begin(), kTabs.end(), [&](const Tab& tab) { return tab.verb == verb; });
}

std::unique_ptr<Room> make_room(Verb tab, const Shift& shift) {
  switch (tab) {
    case Verb::kInbox:
      return make_inbox_room(shift);
    case Verb::kServed:
      return make_served_room(shift);
    case Verb::kSignOff:
      return make_sign_off_room(shift);
    case Verb::kReports:
      return make_reports_room(shift);
    case Verb::kMachine:
      return make_machine_room(shift);
    case Verb::kPeople:
      return make_people_room(shift);
    default:
      return make_today_room(shift);
  }
}

}  // namespace

/// What lives as long as the journal is open.
struct Session::Open {
  Open(const House& house, const Outside& outside, journal::Journal opened)
      : journal(std::move(opened)), book(journal), review(journal), door(house, outside, book) {}

  journal::Journal journal;
  journal::StaffBook book;
  journal::Review review;
  Door door;
  std::optional<Shift> shift;  // somebody is signed in
  Verb tab = Verb::kToday;
  std::unique_ptr<Room> room;
};

Session::Session(const House& house, Outside outside)
    : house_(house), outside_(std::move(outside)) {}

Session::~Session() { leave(); }

View Session::handle(const Command& command) {
  if (command.verb == Verb::kLock) {
    leave();
    return shown({});
  }
  if (command.verb == Verb::kOpen) {
    leave();
    auto journal = journal::Journal::open_existing(house_.machine.data_dir, house_.device);
    if (!journal) {
      core::Error error = journal.error();
      // Another device's or a newer journal: nothing that staff can mend.
      if (error.fault == core::Fault::kInvalid) error.fault = core::Fault::kIo;
      return error_view(error);
    }
    open_ = std::make_unique<Open>(house_, outside_, std::move(*journal));
  } else if (!offered(command)) {
    return last_;
  }
  return open_->shift ? inside(command) : door(command);
}

/// Whoever is signed in is signed out; that is written down, and if it cannot be, they are out all
/// the same.
void Session::leave() {
  if (open_ && open_->shift) {
    (void)open_->book.append(outside_.now(),
                             core::StaffAct{open_->shift->me.id, core::StaffDeed::kSignOut, ""});
  }
  open_.reset();
}

View Session::door(const Command& command) {
  if (command.verb != Verb::kOpen) {
    auto person = open_->door.take(command);
    if (!person) return error_view(person.error());
    if (*person) {
      std::vector<std::string> officers = officers_named(house_, (*person)->name);
      open_->shift.emplace(Shift{house_, outside_, open_->journal, open_->book, open_->review,
                                 std::move(**person), std::move(officers)});
      enter(Verb::kToday);
      return inside({Verb::kToday, 0, ""});
    }
  }
  auto view = open_->door.view();
  if (!view) return error_view(view.error());
  return shown(std::move(*view));
}

void Session::enter(Verb tab) {
  open_->tab = tab;
  open_->room = make_room(tab, *open_->shift);
}

/// Somebody else may have taken the account out of use, or given it another role, meanwhile.
core::Result<bool> Session::is_still_in() {
  const auto people = open_->book.people();
  if (!people) return core::Failure(people.error());
  const journal::Person& me = open_->shift->me;
  return std::any_of(people->begin(), people->end(), [&](const journal::Person& each) {
    return each.id == me.id && each.role == me.role && each.active;
  });
}

View Session::inside(const Command& command) {
  const auto still_in = is_still_in();
  if (!still_in) return error_view(still_in.error());
  if (!*still_in) return handle({Verb::kOpen, 0, ""});
  if (is_tab(command.verb)) {
    enter(command.verb);
  } else {
    open_->room->take(command);
  }
  View view = open_->room->view();
  const journal::Person& me = open_->shift->me;
  view.who = me.name + " · " + std::string(core::name_of(me.role));
  for (const Tab& tab : kTabs) {
    view.tabs.push_back({tab.name, {tab.verb, 0, ""}, tab.verb == open_->tab});
  }
  return shown(std::move(view));
}

/// The journal failed: what was asked for did not happen, and it can be tried again. What has to be
/// done about the machine is told to whoever stands there.
View Session::error_view(const core::Error& error) {
  View view;
  view.title = "Chế độ cán bộ";
  view.message = fault_words(error);
  view.message_tone = Tone::kAlert;
  auto facts = machine::facts_of(machine::read_state(house_.machine));
  for (machine::Fact& fact : machine::facts_of(faults_of(house_))) facts.push_back(std::move(fact));
  std::erase_if(facts, [](const auto& fact) { return fact.verdict != machine::Verdict::kAct; });
  if (!facts.empty()) view.blocks.emplace_back(facts_block(facts));
  view.actions = {{"Đóng", {Verb::kLock, 0, ""}, Button::Kind::kPlain},
                  {"Thử lại", {Verb::kOpen, 0, ""}, Button::Kind::kPrimary}};
  return shown(std::move(view));
}

View Session::shown(View view) {
  last_ = view;
  return view;
}

bool Session::offered(const Command& command) const {
  if (!open_) return false;
  const auto same = [&](const auto& offer) { return offer.command == command; };
  if (std::any_of(last_.tabs.begin(), last_.tabs.end(), same) ||
      std::any_of(last_.actions.begin(), last_.actions.end(), same)) {
    return true;
  }
  if (last_.input && last_.input->submit.verb == command.verb &&
      last_.input->submit.number == command.number) {
    return true;
  }
  if (command.verb == Verb::kPage) {
    return command.number >= 0 && command.number < last_.pages && command.text.empty();
  }
  return std::any_of(last_.blocks.begin(), last_.blocks.end(), [&](const Block& block) {
    if (const auto* table = std::get_if<Table>(&block)) {
      return std::any_of(table->rows.begin(), table->rows.end(),
                         [&](const Table::Row& row) { return row.command == command; });
    }
    const auto* choices = std::get_if<Choices>(&block);
    return choices != nullptr &&
           std::any_of(choices->choices.begin(), choices->choices.end(), same);
  });
}

}  // namespace hailong::kiosk::staff
