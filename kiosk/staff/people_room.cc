#include <algorithm>

#include "kiosk/staff/days.h"
#include "kiosk/staff/door.h"
#include "kiosk/staff/listing.h"
#include "kiosk/staff/rooms.h"
#include "kiosk/staff/sight.h"
#include "kiosk/staff/wording.h"

namespace hailong::kiosk::staff {
namespace {

class PeopleRoom : public Room {
 public:
  explicit PeopleRoom(const Shift& shift) : shift_(shift) {}

  View view() override {
    View view;
    view.title = "Tài khoản";
    view.message = message_;
    view.message_tone = tone_;
    if (auto shown = show(view); !shown) say_unread(view, shown.error());
    add_way_out(view, step_ == Step::kList);
    return view;
  }

  void take(const Command& command) override {
    message_.clear();
    switch (command.verb) {
      case Verb::kPage:
        page_ = static_cast<int>(command.number);
        return;
      case Verb::kPerson:
        return open(command.text);
      case Verb::kAddPerson:
        return go_to(Step::kName);
      case Verb::kPersonName:
        return take_name(command.text);
      case Verb::kRole:
        return change_role(command.number == 1 ? core::StaffRole::kHead
                                               : core::StaffRole::kOfficer);
      case Verb::kRetire:
        return go_to(Step::kRetire);
      case Verb::kConfirm:
        return retire();
      case Verb::kGivePin:
        person_is_new_ = false;
        return go_to(Step::kPin);
      case Verb::kChangePin:
        person_ = shift_.me;
        person_is_new_ = false;
        return go_to(Step::kOldPin);
      case Verb::kOldPin:
        return take_old_pin(command.text);
      case Verb::kNewPin:
        return take_pin(command.text);
      case Verb::kRepeatPin:
        return take_repeated_pin(command.text);
      case Verb::kActs:
        return go_to(Step::kActs);
      default:
        return go_to(Step::kList);
    }
  }

 private:
  enum class Step { kList, kPerson, kName, kOldPin, kPin, kRepeatPin, kRetire, kActs };

  void go_to(Step step) {
    if (step == Step::kActs || step == Step::kList) page_ = 0;
    step_ = step;
  }

  void say(Tone tone, std::string message) {
    tone_ = tone;
    message_ = std::move(message);
  }

  /// What came of an addition to the journal.
  bool say(const core::Result<journal::Appended>& done, const std::string& message) {
    say(done ? Tone::kGood : Tone::kAlert, done ? message : fault_words(done.error()));
    return done.has_value();
  }

  core::Result<void> show(View& view) {
    switch (step_) {
      case Step::kList:
        return show_list(view);
      case Step::kActs:
        return show_acts(view);
      case Step::kPerson:
        show_person(view);
        return {};
      case Step::kName:
        view.title = "Thêm cán bộ";
        view.input =
            Input{Input::Kind::kLine, "Họ tên", "", 60, {Verb::kPersonName, 0, ""}, "Tiếp tục"};
        return {};
      case Step::kOldPin:
        view.title = "Đổi mã PIN của tôi";
        view.input = Input{Input::Kind::kPin, "Mã PIN hiện nay",      "",
                           kLongestPin,       {Verb::kOldPin, 0, ""}, "Tiếp tục"};
        return {};
      case Step::kPin:
      case Step::kRepeatPin:
        ask_for_pin(view);
        return {};
      case Step::kRetire:
        view.title = person_.name;
        view.blocks.emplace_back(
            Text{"Thôi không cho " + person_.name + " đăng nhập nữa? Việc đã làm vẫn còn ghi.",
                 Text::Size::kHeading, Tone::kPlain});
        view.actions = {{"Thôi quyền", {Verb::kConfirm, 0, ""}, Button::Kind::kDanger}};
        return {};
    }
    return {};
  }

  core::Result<void> show_list(View& view) {
    const auto people = shift_.book.people();
    if (!people) return core::Failure(people.error());
    const bool manages = manages_people(shift_.me.role);
    Table table;
    table.columns = {{"Họ tên", 4, false}, {"Vai trò", 2, false}, {"", 2, false}};
    for (const journal::Person& person : *people) {
      const bool may_open = manages && person.id != shift_.me.id;
      table.rows.push_back(
          {{person.name, std::string(core::name_of(person.role)),
            person.active ? "" : "đã thôi quyền"},
           may_open ? std::optional(Command{Verb::kPerson, 0, person.id}) : std::nullopt,
           person.active ? Tone::kPlain : Tone::kMuted});
    }
    turn(view, table, page_);
    view.blocks.emplace_back(std::move(table));
    view.actions = {{"Đổi mã PIN của tôi", {Verb::kChangePin, 0, ""}, Button::Kind::kPlain}};
    if (manages) {
      view.actions.push_back({"Nhật ký", {Verb::kActs, 0, ""}, Button::Kind::kPlain});
      view.actions.push_back({"Thêm cán bộ", {Verb::kAddPerson, 0, ""}, Button::Kind::kPrimary});
    }
    return {};
  }

  core::Result<void> show_acts(View& view) {
    constexpr int kMost = 210;
    const auto acts = shift_.review.acts(kMost);
    if (!acts) return core::Failure(acts.error());
    view.title = "Nhật ký: " + std::to_string(acts->size()) + " việc gần nhất";
    Table table;
    table.columns = {
        {"Lúc", 3, false}, {"Người làm", 4, false}, {"Việc", 5, false}, {"Về", 3, false}};
    table.nothing = "Chưa có gì.";
    for (const journal::DoneAct& act : *acts) {
      const bool failed = act.act.who.empty();
      table.rows.push_back(
          {{moment_words(act.at_ms), failed ? "chưa rõ" : person_name(shift_, act.act.who),
            std::string(core::name_of(act.act.deed)), about(act.act)},
           std::nullopt,
           failed ? Tone::kAlert : Tone::kPlain});
    }
    turn(view, table, page_);
    view.blocks.emplace_back(std::move(table));
    return {};
  }

  [[nodiscard]] std::string about(const core::StaffAct& act) const {
    switch (act.deed) {
      case core::StaffDeed::kReadCase:
      case core::StaffDeed::kSeeContact:
        return "ý kiến số " + act.about;
      case core::StaffDeed::kWrongPin:
      case core::StaffDeed::kLockOut:
      case core::StaffDeed::kGivePin:
        return act.about.empty() ? "mã thiết lập" : person_name(shift_, act.about);
      default:
        return act.about;
    }
  }

  void show_person(View& view) const {
    view.title = person_.name;
    Choices roles;
    roles.label = "Vai trò";
    for (const auto role : {core::StaffRole::kOfficer, core::StaffRole::kHead}) {
      roles.choices.push_back({std::string(core::name_of(role)),
                               {Verb::kRole, role == core::StaffRole::kHead ? 1 : 0, ""},
                               person_.role == role});
    }
    view.blocks.emplace_back(std::move(roles));
    if (!person_.active) {
      view.blocks.emplace_back(Text{"Đã thôi quyền. Cấp mã PIN mới để cho đăng nhập lại.",
                                    Text::Size::kBody, Tone::kMuted});
    }
    view.actions = {{"Cấp mã PIN mới", {Verb::kGivePin, 0, ""}, Button::Kind::kPlain}};
    if (person_.active) {
      view.actions.push_back({"Thôi quyền", {Verb::kRetire, 0, ""}, Button::Kind::kDanger});
    }
  }

  void ask_for_pin(View& view) const {
    const bool own = person_.id == shift_.me.id && !person_is_new_;
    view.title = own ? "Đổi mã PIN của tôi" : "Mã PIN tạm cho " + person_.name;
    const bool again = step_ == Step::kRepeatPin;
    view.input = Input{Input::Kind::kPin,
                       again ? "Nhập lại mã PIN mới" : "Mã PIN mới, 6 đến 12 chữ số",
                       "",
                       kLongestPin,
                       {again ? Verb::kRepeatPin : Verb::kNewPin, 0, ""},
                       "Tiếp tục"};
  }

  void open(const std::string& id) {
    const auto people = shift_.book.people();
    if (!people) return say(Tone::kAlert, fault_words(people.error()));
    for (const journal::Person& person : *people) {
      if (person.id != id) continue;
      person_ = person;
      go_to(Step::kPerson);
    }
  }

  void take_name(const std::string& name) {
    const auto people = shift_.book.people();
    if (!people) return say(Tone::kAlert, fault_words(people.error()));
    if (id_of_name(name).empty()) return say(Tone::kAlert, "Xin nhập họ tên.");
    person_ = {free_id(name, *people), name, core::StaffRole::kOfficer, true};
    person_is_new_ = true;
    go_to(Step::kPin);
  }

  /// Somebody else may stand at a screen that was left open. Counts as a try at the door does.
  void take_old_pin(const std::string& pin) {
    const auto tries = shift_.book.tries(shift_.me.id);
    const auto kept = shift_.book.pin(shift_.me.id);
    if (!tries || !kept) {
      return say(Tone::kAlert, fault_words(tries ? kept.error() : tries.error()));
    }
    if (const auto left = wait_left(*tries, shift_.now()); left > 0) {
      return say(Tone::kAlert, "Đã nhập sai nhiều lần. Xin thử lại sau " + wait_words(left) + ".");
    }
    if (*kept && is_right_pin((*kept)->hash, pin)) return go_to(Step::kPin);
    const bool locks = wait_after(tries->wrong + 1) > 0;
    say(shift_.book.add_wrong_try(shift_.now(), shift_.me.id, locks), "");
    say(Tone::kAlert, "Chưa đúng. Xin nhập lại.");
  }

  void take_pin(const std::string& pin) {
    if (auto fault = fault_of_pin(pin)) return say(Tone::kAlert, std::move(*fault));
    pin_ = pin;
    go_to(Step::kRepeatPin);
  }

  void take_repeated_pin(const std::string& pin) {
    if (pin != std::exchange(pin_, "")) {
      go_to(Step::kPin);
      return say(Tone::kAlert, "Hai lần nhập không giống nhau. Xin chọn lại.");
    }
    const auto hash = hash_pin(pin);
    if (!hash) return say(Tone::kAlert, fault_words(hash.error()));
    keep_pin(*hash);
    go_to(Step::kList);
  }

  void keep_pin(const std::string& hash) {
    const core::Stamp now = shift_.now();
    const std::string& me = shift_.me.id;
    core::StaffAccount account{me, person_.id, person_.name, person_.role, true};
    if (person_is_new_) {
      say(shift_.book.add(now, account, hash), "Đã thêm " + person_.name + ".");
      return;
    }
    if (!say(shift_.book.set_pin(now, me, person_.id, hash), "Đã đổi mã PIN.")) return;
    if (!person_.active) {
      say(shift_.book.change(now, account), person_.name + " đăng nhập lại được.");
    }
  }

  void change_role(core::StaffRole role) {
    const core::StaffAccount account{shift_.me.id, person_.id, person_.name, role, person_.active};
    if (say(shift_.book.change(shift_.now(), account), "Đã đổi vai trò.")) person_.role = role;
  }

  void retire() {
    const core::StaffAccount account{shift_.me.id, person_.id, person_.name, person_.role, false};
    say(shift_.book.change(shift_.now(), account), person_.name + " không đăng nhập được nữa.");
    go_to(Step::kList);
  }

  const Shift& shift_;
  Step step_ = Step::kList;
  journal::Person person_;  // in view
  bool person_is_new_ = false;
  std::string pin_;
  int page_ = 0;
  std::string message_;
  Tone tone_ = Tone::kPlain;
};

}  // namespace

std::unique_ptr<Room> make_people_room(const Shift& shift) {
  return std::make_unique<PeopleRoom>(shift);
}

}  // namespace hailong::kiosk::staff
