#include "tests/kiosk/staff_office.h"

#include <gtest/gtest.h>

#include <fstream>

namespace hailong::tests {
namespace {

using journal::must;
using kiosk::staff::Command;
using kiosk::staff::View;

/// Made once: it takes a while, as it is meant to.
const std::string& hash_of(const std::string& pin) {
  static std::map<std::string, std::string> hashes;
  std::string& hash = hashes[pin];
  if (hash.empty()) hash = must(kiosk::staff::hash_pin(pin));
  return hash;
}

core::CaseLimits five_days() {
  core::CaseLimits limits;
  for (core::CaseLimit& limit : limits) limit = {5, 24, false, "placeholder"};
  return limits;
}

}  // namespace

Office::Office() : now_(journal::stamp_at(kMorning)) {
  now_.mono_ms = 1'000'000;
  house_.device = journal::kDevice;
  house_.machine.data_dir = folder_.path();
  house_.machine.thermal = folder_.path() / "none";
  house_.machine.power = folder_.path() / "none";
  house_.machine.cards = folder_.path() / "none";
  house_.unit_name = "UBND xã Phú Thái";
  house_.place = "Bộ phận Một cửa";
  house_.fields = {{core::FieldId{"ho-tich"}, "Hộ tịch"}, {core::FieldId{"dat-dai"}, "Đất đai"}};
  house_.counters = {{core::CounterId{"q1"}, "Quầy số 1"}};
  house_.limits = five_days();
  house_.calendar = must(core::WorkingCalendar::parse("date,day,name,confirmed,source\n"));
  house_.report_folder = folder_.path() / "reports";
  house_.sticks.mounts = folder_.path() / "mountinfo";
  std::filesystem::create_directory(house_.report_folder);
  std::ofstream(house_.sticks.mounts).flush();
  house_.name_choice = [](const std::string&, const std::string& choice) { return choice; };
  journal::Journal journal = must(journal::Journal::open(folder_.path(), journal::kDevice));
  journal::StaffBook book(journal);
  const core::Bytes32 code = kiosk::staff::setup_code_digest("used");
  must(
      book.set_up(now_, code, {"ha", "ha", "Hà", core::StaffRole::kHead, true}, hash_of(kHeadPin)));
  must(book.add(now_, {"ha", "minh", "Minh", core::StaffRole::kOfficer, true},
                hash_of(kOfficerPin)));
  must(book.set_pin(now_, "minh", "minh", hash_of(kOfficerPin)));
  restart();
}

void Office::restart() {
  session_.reset();
  session_ = std::make_unique<kiosk::staff::Session>(
      house_, kiosk::staff::Outside{[this] { return now_; },
                                    [this](float share) { progress_.push_back(share); },
                                    [] { return false; }, [this] { ++sounds_; }});
  view_ = {};
}

void Office::reboot() {
  now_.boot_id = std::string(32, now_.boot_id.front() == 'b' ? 'c' : 'b');
  now_.mono_ms = 10'000;
  restart();
}

core::Seq Office::rate(int score, std::int64_t at_ms, const std::string& field) {
  journal::Journal journal = must(journal::Journal::open(folder_.path(), journal::kDevice));
  core::Rating rating = journal::rating_of(score, "v" + std::to_string(++visits_));
  rating.field = core::FieldId{field};
  return must(journal.append(journal::stamp_at(at_ms), rating)).seq;
}

void Office::five_others_rate(std::int64_t at_ms) {
  for (int score = 1; score <= 5; ++score) rate(score, at_ms);
}

core::Seq Office::say(int score, const std::string& words, std::int64_t at_ms) {
  const core::Seq rating = rate(score, at_ms);
  journal::Journal journal = must(journal::Journal::open(folder_.path(), journal::kDevice));
  must(
      journal.append_feedback(journal::stamp_at(at_ms), rating, core::FeedbackKind::kWords, words));
  return rating;
}

void Office::answer(core::Seq rating, const std::string& question, const std::string& choice,
                    bool alert) {
  journal::Journal journal = must(journal::Journal::open(folder_.path(), journal::kDevice));
  std::vector<std::string> choices;
  if (!choice.empty()) choices.push_back(choice);
  must(journal.append(now_, core::Answers{rating, {{question, choices}}, alert}));
}

void Office::leave_contact(core::Seq rating, const std::string& contact) {
  journal::Journal journal = must(journal::Journal::open(folder_.path(), journal::kDevice));
  must(journal.append_contact(now_, journal::consent_for(rating), contact));
}

const View& Office::open() { return view_ = session_->handle({}); }

const View& Office::sign_in(const std::string& name, const std::string& pin) {
  open();
  tap(name);
  return type(pin);
}

const View& Office::send(const Command& command) { return view_ = session_->handle(command); }

const View& Office::tap(const std::string& words) {
  for (const Offer& offer : offered()) {
    if (offer.words.starts_with(words)) return send(offer.command);
  }
  ADD_FAILURE() << "nothing with “" << words << "” can be tapped here:\n" << text();
  return view_;
}

bool Office::offers(const std::string& words) const {
  const auto list = offered();
  return std::any_of(list.begin(), list.end(),
                     [&](const Offer& offer) { return offer.words.starts_with(words); });
}

const View& Office::type(const std::string& text_typed) {
  if (!view_.input) {
    ADD_FAILURE() << "nothing can be typed here:\n" << text();
    return view_;
  }
  Command command = view_.input->submit;
  command.text = text_typed;
  return send(command);
}

std::vector<Office::Offer> Office::offered() const {
  std::vector<Offer> list;
  for (const auto& tab : view_.tabs) list.push_back({tab.text, tab.command});
  for (const auto& block : view_.blocks) {
    if (const auto* choices = std::get_if<kiosk::staff::Choices>(&block)) {
      for (const auto& choice : choices->choices) list.push_back({choice.text, choice.command});
    }
    if (const auto* table = std::get_if<kiosk::staff::Table>(&block)) {
      for (const auto& row : table->rows) {
        if (!row.command) continue;
        for (const std::string& cell : row.cells) list.push_back({cell, *row.command});
      }
    }
  }
  for (const auto& button : view_.actions) list.push_back({button.text, button.command});
  std::stable_partition(list.begin(), list.end(),
                        [](const Offer& offer) { return !offer.words.empty(); });
  return list;
}

std::vector<Command> Office::commands() const {
  std::vector<Command> list;
  for (const Offer& offer : offered()) {
    if (std::find(list.begin(), list.end(), offer.command) == list.end()) {
      list.push_back(offer.command);
    }
  }
  for (int page = 0; page < view_.pages; ++page) {
    list.push_back({kiosk::staff::Verb::kPage, page, ""});
  }
  return list;
}

std::string Office::text() const {
  using namespace kiosk::staff;  // NOLINT(google-build-using-namespace): the blocks of a view
  std::string all = view_.title + "\n" + view_.who + "\n" + view_.message + "\n";
  for (const Block& block : view_.blocks) {
    if (const auto* words = std::get_if<Text>(&block)) all += words->text + "\n";
    if (const auto* facts = std::get_if<Facts>(&block)) {
      for (const auto& each : facts->facts) all += each.label + ": " + each.value + "\n";
    }
    if (const auto* table = std::get_if<Table>(&block)) {
      for (const auto& column : table->columns) all += column.heading + " | ";
      all += "\n";
      for (const auto& row : table->rows) {
        for (const std::string& cell : row.cells) all += cell + " | ";
        all += "\n";
      }
      if (table->rows.empty()) all += table->nothing + "\n";
    }
    if (const auto* chart = std::get_if<Chart>(&block)) {
      all += chart->title + "\n";
      for (const auto& point : chart->points) all += point.label + " = " + point.text + "\n";
    }
    if (const auto* choices = std::get_if<Choices>(&block)) {
      for (const auto& choice : choices->choices) {
        all += (choice.chosen ? "(x) " : "( ) ") + choice.text + "\n";
      }
    }
  }
  for (const Button& button : view_.actions) all += "[" + button.text + "]\n";
  if (view_.input) all += view_.input->label + ": " + view_.input->start + "_\n";
  return all;
}

std::string Office::fact(const std::string& label) const {
  for (const auto& block : view_.blocks) {
    const auto* facts = std::get_if<kiosk::staff::Facts>(&block);
    if (facts == nullptr) continue;
    for (const auto& each : facts->facts) {
      if (each.label == label) return each.value;
    }
  }
  return "";
}

}  // namespace hailong::tests
