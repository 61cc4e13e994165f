#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/case_deadlines.h"
#include "core/working_days.h"
#include "journal/review.h"
#include "journal/staff_book.h"
#include "kiosk/flow/survey.h"
#include "kiosk/machine/local_faults.h"
#include "kiosk/machine/machine_state.h"
#include "kiosk/reports/sticks.h"
#include "kiosk/staff/view.h"

/// What all rooms of staff mode share; for this folder's .cc files and their tests.

namespace hailong::kiosk::staff {

/// What staff mode knows of the place, from the configuration.
struct House {
  core::DeviceId device;
  machine::Sources machine;  // with the journal's folder
  /// Whether answers are recorded; null where nobody rates.
  std::function<std::optional<machine::RecordingTrouble>()> recording;
  std::string unit_name;
  std::string place;
  std::vector<flow::Counter> counters;
  std::vector<flow::Field> fields;
  std::vector<flow::Officer> officers;  // whom residents can name
  core::CaseLimits limits;
  core::WorkingCalendar calendar;
  std::string setup_code;               // one-time; empty: none
  std::filesystem::path report_folder;  // beside removable drives; empty: none
  reports::StickPlaces sticks;
  std::int64_t published_at_ms = 0;  // the configuration bundle that is shown; 0: none is
  /// What residents read for a choice of a question, "Chờ lâu".
  std::function<std::string(const std::string& question, const std::string& choice)> name_choice;
};

/// What a Session asks of whoever runs it. All are called on its own thread.
struct Outside {
  std::function<core::Stamp()> now;
  std::function<void(float)> progress;    // of something long, 0 to 1
  std::function<bool()> is_interrupted;   // asked between the steps of something long
  std::function<void()> play_test_sound;  // of the test of the parts
};

/// One person at work in the open journal.
struct Shift {
  const House& house;
  const Outside& outside;
  journal::Journal& journal;
  journal::StaffBook& book;
  journal::Review& review;
  journal::Person me;
  std::vector<std::string> my_officers;  // by which residents can choose this person

  [[nodiscard]] core::Stamp now() const { return outside.now(); }
  [[nodiscard]] core::LocalDate today() const { return core::local_date(now().wall_ms); }
};

/// One of the rooms behind the tabs. A Command that was offered, but is none of the room's, is a
/// mistake of the program.
class Room {
 public:
  Room() = default;
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;
  virtual ~Room() = default;

  /// What is to be seen, without tabs and name.
  virtual View view() = 0;
  /// Does what was asked for; the message says what came of it.
  virtual void take(const Command& command) = 0;
};

/// The officers of the configuration who bear this person's name, in whatever case and accents.
std::vector<std::string> officers_named(const House& house, const std::string& name);

/// Which cases whoever is signed in may know of. Errors: those of the journal.
core::Result<journal::CaseScope> scope_of(const Shift& shift);

/// What is wrong with the machine now; reads files.
machine::LocalFaults faults_of(const House& house);
/// Facts as they are shown: what somebody has to do stands out.
Facts facts_block(const std::vector<machine::Fact>& facts);

/// The name that the configuration has for an id, else the id itself; "Chưa rõ" for an empty one.
std::string field_name(const House& house, const core::FieldId& id);
std::string counter_name(const House& house, const core::CounterId& id);
std::string officer_name(const House& house, const std::string& id);

}  // namespace hailong::kiosk::staff
