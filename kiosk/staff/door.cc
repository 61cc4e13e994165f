#include "kiosk/staff/door.h"

#include <algorithm>
#include <utility>

#include "core/folding.h"
#include "kiosk/staff/listing.h"
#include "kiosk/staff/wording.h"

namespace hailong::kiosk::staff {
namespace {

constexpr std::size_t kLongestName = 60;

View asking(std::string title, Input input) {
  View view;
  view.title = std::move(title);
  view.input = std::move(input);
  view.actions = {{"Quay lại", {Verb::kBack, 0, ""}, Button::Kind::kPlain}};
  return view;
}

Input pin_input(Verb verb, std::string label) {
  return {Input::Kind::kPin, std::move(label), "", kLongestPin, {verb, 0, ""}, "Tiếp tục"};
}

}  // namespace

std::string id_of_name(const std::string& name) {
  constexpr std::size_t kLongest = 48;
  const std::string folded = core::fold(name);
  std::string id;
  for (const std::string_view word : core::words(folded)) {
    if (!id.empty()) id += '-';
    for (const char c : word) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (plain) id += c;
    }
  }
  id.resize(std::min(id.size(), kLongest));
  while (!id.empty() && id.back() == '-') id.pop_back();
  return id;
}

std::string free_id(const std::string& name, const std::vector<journal::Person>& people) {
  const std::string base = id_of_name(name);
  std::string id = base;
  for (int number = 2; std::any_of(people.begin(), people.end(),
                                   [&](const auto& person) { return person.id == id; });
       ++number) {
    id = base + "-" + std::to_string(number);
  }
  return id;
}

core::Result<bool> Door::has_fresh_code() {
  if (house_.setup_code.empty()) return false;
  const auto used = book_.is_used(setup_code_digest(house_.setup_code));
  if (!used) return core::Failure(used.error());
  return !*used;
}

core::Result<View> Door::view() {
  auto view = core::Result<View>(View{});
  switch (step_) {
    case Step::kWho:
      view = view_of_people();
      break;
    case Step::kPin:
      view = asking(person_->name, pin_input(Verb::kPin, "Mã PIN"));
      break;
    case Step::kCode:
      view = asking("Thiết lập chế độ cán bộ", {Input::Kind::kNumber,
                                                "Mã dùng một lần trong cấu hình máy",
                                                "",
                                                16,
                                                {Verb::kSetUpCode, 0, ""},
                                                "Tiếp tục"});
      break;
    case Step::kName:
      view = asking("Thiết lập chế độ cán bộ", {Input::Kind::kLine,
                                                "Họ tên trưởng đơn vị",
                                                "",
                                                static_cast<int>(kLongestName),
                                                {Verb::kSetUpName, 0, ""},
                                                "Tiếp tục"});
      break;
    case Step::kNewPin:
      view = asking("Chọn mã PIN của riêng mình",
                    pin_input(Verb::kNewPin, "Mã PIN mới, 6 đến 12 chữ số"));
      break;
    case Step::kRepeatPin:
      view =
          asking("Chọn mã PIN của riêng mình", pin_input(Verb::kRepeatPin, "Nhập lại mã PIN mới"));
      break;
  }
  if (!view) return view;
  view->message = message_;
  view->message_tone = message_.empty() ? Tone::kPlain : Tone::kAlert;
  return view;
}

core::Result<View> Door::view_of_people() {
  const auto people = book_.people();
  if (!people) return core::Failure(people.error());
  const auto fresh = has_fresh_code();
  if (!fresh) return core::Failure(fresh.error());
  View view;
  view.title = "Chế độ cán bộ";
  Table table;
  table.columns = {{"Họ tên", 3, false}, {"Vai trò", 2, false}};
  table.nothing = *fresh ? "Chưa có tài khoản. Trưởng đơn vị bấm “Thiết lập”."
                         : "Chưa có tài khoản, và cấu hình máy chưa có mã thiết lập mới.";
  for (const journal::Person& person : *people) {
    if (!person.active) continue;
    table.rows.push_back({{person.name, std::string(core::name_of(person.role))},
                          Command{Verb::kChooseMe, 0, person.id},
                          Tone::kPlain});
  }
  turn(view, table, page_);
  view.blocks.emplace_back(std::move(table));
  view.actions = {{"Đóng", {Verb::kLock, 0, ""}, Button::Kind::kPlain}};
  if (*fresh) {
    view.actions.push_back({"Thiết lập", {Verb::kSetUpCode, 0, ""}, Button::Kind::kPlain});
  }
  return view;
}

Door::In Door::take(const Command& command) {
  message_.clear();
  switch (command.verb) {
    case Verb::kPage:
      page_ = static_cast<int>(command.number);
      return std::nullopt;
    case Verb::kChooseMe: {
      person_.reset();
      const auto people = book_.people();
      if (!people) return core::Failure(people.error());
      for (const journal::Person& person : *people) {
        if (person.id == command.text && person.active) person_ = person;
      }
      if (person_) go_to(Step::kPin);
      return std::nullopt;
    }
    case Verb::kPin:
      return try_pin(command.text);
    case Verb::kSetUpCode:
      if (step_ != Step::kCode) {
        go_to(Step::kCode);
        return std::nullopt;
      }
      return try_code(command.text);
    case Verb::kSetUpName:
      new_name_ = command.text;
      if (id_of_name(new_name_).empty()) {
        message_ = "Xin nhập họ tên.";
      } else {
        go_to(Step::kNewPin);
      }
      return std::nullopt;
    case Verb::kNewPin:
      return take_new_pin(command.text);
    case Verb::kRepeatPin:
      return take_repeated_pin(command.text);
    default:  // back to the beginning
      person_.reset();
      new_name_.clear();
      new_pin_.clear();
      go_to(Step::kWho);
      return std::nullopt;
  }
}

core::Result<bool> Door::may_try(const std::string& who) {
  const auto tries = book_.tries(who);
  if (!tries) return core::Failure(tries.error());
  const std::int64_t left = wait_left(*tries, outside_.now());
  if (left == 0) return true;
  message_ = "Đã nhập sai nhiều lần. Xin thử lại sau " + wait_words(left) + ".";
  return false;
}

core::Result<void> Door::count_wrong(const std::string& who) {
  const auto tries = book_.tries(who);
  if (!tries) return core::Failure(tries.error());
  const std::int64_t wait = wait_after(tries->wrong + 1);
  if (auto counted = book_.add_wrong_try(outside_.now(), who, wait > 0); !counted) {
    return core::Failure(counted.error());
  }
  message_ = wait == 0 ? "Chưa đúng. Xin nhập lại."
                       : "Chưa đúng. Xin thử lại sau " + wait_words(wait) + ".";
  return {};
}

Door::In Door::try_pin(const std::string& pin) {
  const auto may = may_try(person_->id);
  if (!may) return core::Failure(may.error());
  if (!*may) return std::nullopt;
  const auto kept = book_.pin(person_->id);
  if (!kept) return core::Failure(kept.error());
  if (!*kept || !is_right_pin((*kept)->hash, pin)) {
    if (auto counted = count_wrong(person_->id); !counted) return core::Failure(counted.error());
    return std::nullopt;
  }
  if (auto in = book_.sign_in(outside_.now(), person_->id); !in) return core::Failure(in.error());
  if (!(*kept)->given) return person_;
  message_ = "Mã PIN này do người khác cấp, xin chọn mã của riêng mình.";
  go_to(Step::kNewPin);
  return std::nullopt;
}

Door::In Door::try_code(const std::string& code) {
  const auto may = may_try("");
  if (!may) return core::Failure(may.error());
  if (!*may) return std::nullopt;
  if (code == house_.setup_code) {
    go_to(Step::kName);
  } else if (auto counted = count_wrong(""); !counted) {
    return core::Failure(counted.error());
  }
  return std::nullopt;
}

Door::In Door::take_new_pin(const std::string& pin) {
  if (auto fault = fault_of_pin(pin)) {
    message_ = std::move(*fault);
    return std::nullopt;
  }
  if (person_) {
    const auto kept = book_.pin(person_->id);
    if (!kept) return core::Failure(kept.error());
    if (*kept && is_right_pin((*kept)->hash, pin)) {
      message_ = "Xin chọn mã PIN khác mã được cấp: mã của mình thì chỉ mình biết.";
      return std::nullopt;
    }
  }
  new_pin_ = pin;
  go_to(Step::kRepeatPin);
  return std::nullopt;
}

Door::In Door::take_repeated_pin(const std::string& pin) {
  if (pin != std::exchange(new_pin_, "")) {
    message_ = "Hai lần nhập không giống nhau. Xin chọn lại.";
    go_to(Step::kNewPin);
    return std::nullopt;
  }
  const auto hash = hash_pin(pin);
  if (!hash) return core::Failure(hash.error());
  if (!person_) return set_up(*hash);
  const auto kept = book_.set_pin(outside_.now(), person_->id, person_->id, *hash);
  if (!kept) return core::Failure(kept.error());
  return person_;
}

Door::In Door::set_up(const std::string& pin_hash) {
  const auto people = book_.people();
  if (!people) return core::Failure(people.error());
  const std::string id = free_id(new_name_, *people);
  const core::StaffAccount account{id, id, new_name_, core::StaffRole::kHead, true};
  const auto made =
      book_.set_up(outside_.now(), setup_code_digest(house_.setup_code), account, pin_hash);
  if (!made) return core::Failure(made.error());
  if (auto in = book_.sign_in(outside_.now(), id); !in) return core::Failure(in.error());
  return journal::Person{id, new_name_, core::StaffRole::kHead, true};
}

}  // namespace hailong::kiosk::staff
