#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/event.h"
#include "core/ids.h"
#include "core/score.h"
#include "core/vietnamese.h"
#include "kiosk/staff/view.h"

/// What the kiosk can show. Each screen holds just what its picture needs and what its way out
/// needs.

namespace hailong::kiosk::flow {

/// Milliseconds of a monotonic clock with any start.
using Millis = std::int64_t;

/// Numbers what is handed to the journal, in order, so that each outcome finds its place.
using Ticket = std::uint64_t;

/// A dossier whose slip was scanned.
struct Dossier {
  std::string code;

  bool operator==(const Dossier&) const = default;
};

/// The question with its five faces.
struct Home {
  Millis ready = 0;                // taps before this moment were meant for the screen before
  std::optional<Dossier> dossier;  // scanned already; belongs to the next rating
  Millis dossier_until = 0;        // then its owner has gone
  bool dim = false;                // nobody comes: out of hours and untouched
  int drift = 0;                   // steps of a small shift against burn-in
  std::string published;           // what was done about what somebody said; empty: none is shown

  bool operator==(const Home&) const = default;
};

/// A face was tapped and the answer is on its way to the disk. Looks like the screen it was tapped
/// on, with the face pressed.
struct Saving {
  core::Score score;
  std::optional<core::Seq> correcting;  // the rating whose score is being replaced
  Ticket ticket = 0;
  int drift = 0;

  bool operator==(const Saving&) const = default;
};

/// One person at the kiosk, from the rating on the disk to the way home.
struct Visit {
  core::Seq rating = 0;
  core::Score score;
  std::vector<core::Answer> answers;  // given so far; a question stands here once
  bool wrote = false;
  Ticket last = 0;               // of the newest thing handed to the journal for this visit
  Ticket saved = 0;              // of the newest that is on the disk
  Ticket contact = 0;            // of the contact data; 0: none were left
  core::Seq contact_number = 0;  // by which they can be erased on request; 0: none yet
  std::optional<Dossier> dossier;

  /// What was chosen for a question; nothing when it was not answered.
  [[nodiscard]] const core::Answer* answer(std::string_view question) const;
  bool operator==(const Visit&) const = default;
};

/// The rating is on the disk. The picture is the same for every answer, so that a bystander learns
/// nothing.
struct Thanks {
  Visit visit;
  bool may_choose_again = true;
  bool may_say_more = true;
  Millis ready = 0;
  Millis until = 0;
  int seconds_left = 0;

  bool operator==(const Thanks&) const = default;
};

/// The five faces once more, for a rating that is on the disk and stands until another face is
/// tapped.
struct ChooseAgain {
  core::Seq rating = 0;
  Millis ready = 0;
  Millis until = 0;

  bool operator==(const ChooseAgain&) const = default;
};

/// Something could not be recorded.
struct Sorry {
  bool rating_stands = false;  // only what followed the rating is missing
  Millis ready = 0;
  Millis until = 0;

  bool operator==(const Sorry&) const = default;
};

/// How long a screen waits for somebody who says nothing.
struct Stay {
  Millis ready = 0;
  Millis until = 0;
  int seconds_left = 0;

  bool operator==(const Stay&) const = default;
};

/// What all screens after the thank-you share.
struct FollowUp {
  Visit visit;
  Stay stay;

  bool operator==(const FollowUp&) const = default;
};

/// Chips, several of which may be chosen.
struct Reasons : FollowUp {
  std::vector<bool> chosen;  // by place in Survey::reasons()

  bool operator==(const Reasons&) const = default;
};

/// What else could be said, as tiles.
struct More : FollowUp {
  bool operator==(const More&) const = default;
};

/// "Hôm nay Ông/Bà đến để …"
struct Purpose : FollowUp {
  bool operator==(const Purpose&) const = default;
};

/// Up to four questions with their choices.
struct Questions : FollowUp {
  struct Asked {
    std::string question;
    int choice = -1;  // none yet

    bool operator==(const Asked&) const = default;
  };
  std::vector<Asked> asked;

  bool operator==(const Questions&) const = default;
};

/// The fields of procedures as tiles.
struct Fields : FollowUp {
  int page = 0;

  bool operator==(const Fields&) const = default;
};

/// The procedures of one field.
struct Procedures : FollowUp {
  core::FieldId field;
  int page = 0;

  bool operator==(const Procedures&) const = default;
};

/// A procedure looked for by its name, typed without marks.
struct Search : FollowUp {
  std::string query;
  int page = 0;

  bool operator==(const Search&) const = default;
};

/// Which counter, or which officer.
struct Counters : FollowUp {
  int page = 0;

  bool operator==(const Counters&) const = default;
};

/// "Khoản tiền ngoài niêm yết": asked by itself, under a name that tells a bystander nothing.
struct ExtraPayment : FollowUp {
  bool operator==(const ExtraPayment&) const = default;
};

/// What the keys of the screen show.
struct Keyboard {
  bool capitals = false;
  bool symbols = false;

  bool operator==(const Keyboard&) const = default;
};

/// Free text.
struct Words : FollowUp {
  core::Draft draft;
  Keyboard keyboard;

  bool operator==(const Words&) const = default;
};

/// Name and phone for an answer, kept only with consent.
struct Contact : FollowUp {
  enum class Line { kPhone, kName };
  Line line = Line::kPhone;
  std::string phone;  // as typed
  core::Draft name;
  Keyboard keyboard;
  bool agreed = false;
  bool asked_to_mend = false;  // sent with a number that cannot be one

  bool operator==(const Contact&) const = default;
};

/// Where complaints and denunciations are handed in.
struct Complaints {
  std::optional<Visit> visit;  // whose follow-up it was opened from; nothing: from the home screen
  Stay stay;
  std::optional<Dossier> dossier = {};  // scanned at home or here, for the next rating
  Millis dossier_until = 0;

  bool operator==(const Complaints&) const = default;
};

/// The resident is done; what was given is still on its way to the disk. Shows the tile screen.
struct SavingMore : FollowUp {
  bool operator==(const SavingMore&) const = default;
};

/// Cells that the test of the touch panel lays over the page.
inline constexpr int kTouchCells = 40;
/// Keys that the test of the keypad shows.
inline constexpr std::size_t kKeysShown = 8;

/// What the test of touch, keys and scanner has noticed so far.
struct Parts {
  std::array<bool, kTouchCells> touched{};
  std::vector<std::string> keys;  // the newest last, as people call them
  std::size_t scanned = 0;        // characters of the last code; 0: none yet

  bool operator==(const Parts&) const = default;
};

/// Staff mode: what the Session told last, and what is being typed into it.
struct Staff {
  staff::View view;
  bool waiting = true;  // for what was asked of the Session last
  Ticket asked = 0;     // 0: nothing yet
  int sheet = 0;        // of a view that is longer than the page
  std::string digits;   // typed on a number pad
  core::Draft draft;    // typed on a keyboard
  Keyboard keyboard;
  Parts parts;
  Stay stay;  // counts down only the last seconds

  bool operator==(const Staff&) const = default;
};

using Screen = std::variant<Home, Saving, Thanks, ChooseAgain, Sorry, Reasons, More, Purpose,
                            Questions, Fields, Procedures, Search, Counters, ExtraPayment, Words,
                            Contact, Complaints, SavingMore, Staff>;

}  // namespace hailong::kiosk::flow
