#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <variant>

#include "kiosk/flow/preferences.h"
#include "kiosk/flow/screen.h"
#include "kiosk/flow/survey.h"

/// The resident's way through the kiosk, as a state machine.
///
///   Home --face--> Saving --appended--> Thanks --time or tap--> Home
///    |               |                   |  |
///    |               |                   |  +--"choose again"--> ChooseAgain --face--> Saving
///    |               +--failed--> Sorry  +--"say more"--> Reasons --> More <--> one screen a topic
///    +--> Complaints                                         |          |
///    |                                                       +--done----+--> SavingMore --> Thanks
///    +--hidden corner--> Staff --time or "lock"--> Home
///
/// It knows no window, clock or disk. Time enters as a Tick, which the shell sends before every
/// other event and whenever next_deadline() is reached; what is to be done comes back as an Effect,
/// and its outcome enters as an event again.
///
/// The first tap is a complete rating. Everything after it only adds: each screen hands what it was
/// given to the journal when it is left, by a tap or because its time is up, and never shows it to
/// the next person. Contact data are handed over only when the resident has agreed.
///
/// Taps are taken only after a screen has been up for a moment: drumming fingers and second taps
/// were not meant for what has just appeared. While a child drums on, the thank-you stays, and home
/// takes no vote. A rating can be corrected once: the thank-you after a
/// correction offers no further choice, so that nobody can keep a rating open from turn to turn.

namespace hailong::kiosk::flow {

/// A part of the follow-up that More leads to.
enum class Topic {
  kReasons,
  kQuestions,
  kProcedure,
  kCounter,
  kWords,
  kContact,
  kExtraPayment,
  kAssisted,  // "Có người hỗ trợ bấm giúp": marked or unmarked on the spot
  kComplaints
};

// Events. A tap is complete: finger down and up again on the same thing.

/// Events that say nothing but their name are all alike.
template <typename E>
requires std::is_empty_v<E>
constexpr bool operator==(const E& /*one*/, const E& /*other*/) { return true; }

struct FaceTapped {
  core::Score score;

  bool operator==(const FaceTapped&) const = default;
};
struct ChooseAgainTapped {};
struct KeepTapped {};       // the resident keeps the first choice
struct ElsewhereTapped {};  // anything that is no button
struct Stirred {};          // no tap, but a sign of life: listening, stepping with keys
struct SayMoreTapped {};
struct NextTapped {};  // on to the other topics
struct DoneTapped {};  // enough; also the way past a screen without answering
struct BackTapped {};
struct MoreTimeTapped {};
struct TopicTapped {
  Topic topic;

  bool operator==(const TopicTapped&) const = default;
};
/// The thing at `place` of what the screen offers: reason, purpose, field, procedure (place in
/// Survey::procedures), counter, officer (after the counters), or choice.
struct ChoiceTapped {
  int place = 0;

  bool operator==(const ChoiceTapped&) const = default;
};
struct AnswerTapped {
  int question = 0;
  int choice = 0;

  bool operator==(const AnswerTapped&) const = default;
};
struct PageTapped {
  int page = 0;

  bool operator==(const PageTapped&) const = default;
};
struct SearchTapped {};
struct CharacterTapped {
  char32_t character = 0;  // from the keyboard on the screen or a real one

  bool operator==(const CharacterTapped&) const = default;
};
struct EraseTapped {};
struct ToneTapped {
  core::Tone tone = core::Tone::kNone;

  bool operator==(const ToneTapped&) const = default;
};
struct CapitalsTapped {};
struct SymbolsTapped {};
struct MethodTapped {};  // on to the next way of typing
struct LineTapped {
  Contact::Line line = Contact::Line::kPhone;

  bool operator==(const LineTapped&) const = default;
};
struct ConsentTapped {};
struct PreferenceTapped {
  Preference preference;

  bool operator==(const PreferenceTapped&) const = default;
};
struct HeadphonesPlugged {
  bool in = false;

  bool operator==(const HeadphonesPlugged&) const = default;
};
struct DossierScanned {
  Dossier dossier;

  bool operator==(const DossierScanned&) const = default;
};
struct Opening {
  bool open = true;  // whether the office is open now

  bool operator==(const Opening&) const = default;
};
/// What was done about what residents said: shown in turn while nobody is there. Newest first.
struct Published {
  std::vector<std::string> answers;

  bool operator==(const Published&) const = default;
};
struct StaffOpened {};  // the hidden corner was held
struct StaffTapped {
  staff::Command command;

  bool operator==(const StaffTapped&) const = default;
};
struct CellTouched {  // by a finger that passes, on the page that tests the parts
  int cell = 0;

  bool operator==(const CellTouched&) const = default;
};
struct KeyNoticed {  // there, too
  std::string name;

  bool operator==(const KeyNoticed&) const = default;
};
struct CodeNoticed {  // there, too
  std::size_t characters = 0;

  bool operator==(const CodeNoticed&) const = default;
};
/// What the Session says to a command.
struct StaffTold {
  Ticket ticket = 0;
  staff::View view;

  bool operator==(const StaffTold&) const = default;
};
/// How far the Session is with a long command, 0 to 1.
struct StaffProgress {
  Ticket ticket = 0;
  float share = 0;

  bool operator==(const StaffProgress&) const = default;
};
struct Appended {
  Ticket ticket = 0;
  core::Seq seq = 0;  // of the event that is now on the disk

  bool operator==(const Appended&) const = default;
};
struct AppendFailed {
  Ticket ticket = 0;

  bool operator==(const AppendFailed&) const = default;
};
struct Tick {
  Millis now = 0;

  bool operator==(const Tick&) const = default;
};
using Event =
    std::variant<FaceTapped, ChooseAgainTapped, KeepTapped, ElsewhereTapped, Stirred, SayMoreTapped,
                 NextTapped, DoneTapped, BackTapped, MoreTimeTapped, TopicTapped, ChoiceTapped,
                 AnswerTapped, PageTapped, SearchTapped, CharacterTapped, EraseTapped, ToneTapped,
                 CapitalsTapped, SymbolsTapped, MethodTapped, LineTapped, ConsentTapped,
                 PreferenceTapped, HeadphonesPlugged, DossierScanned, Opening, Published,
                 StaffOpened, StaffTapped, CellTouched, KeyNoticed, CodeNoticed, StaffTold,
                 StaffProgress, Appended, AppendFailed, Tick>;

// What is to be appended to the journal.
struct NewRating {
  core::Score score;
  std::optional<Dossier> dossier;

  bool operator==(const NewRating&) const = default;
};
struct NewWords {
  core::Seq rating = 0;
  std::string text;

  bool operator==(const NewWords&) const = default;
};
struct NewContact {
  core::Seq rating = 0;
  std::string name;
  std::string phone;  // as core::vietnamese_phone() gives it

  bool operator==(const NewContact&) const = default;
};
struct NewDossier {
  core::Seq rating = 0;
  Dossier dossier;

  bool operator==(const NewDossier&) const = default;
};
using Entry = std::variant<NewRating, core::Correction, core::Answers, NewWords, NewContact,
                           NewDossier, staff::Command>;

/// To be appended to the journal, or a command for staff mode's Session; the outcome comes back
/// with the same ticket.
struct Effect {
  Ticket ticket = 0;
  Entry entry;

  bool operator==(const Effect&) const = default;
};

/// How long things last, in milliseconds.
struct Durations {
  Millis thanks = 5'000;
  Millis thanks_guard = 600;   // a double tap on a face must not wipe away the thank-you
  Millis arrival_guard = 300;  // the tap that led here may echo
  Millis reaction = 150;       // nobody sees a new screen and taps on it sooner
  Millis drumming = 600;       // taps that follow each other more quickly end nothing and vote once
  Millis choose_again = 20'000;  // without a touch
  Millis sorry = 8'000;
  Millis follow_up = 20'000;    // without a touch
  Millis writing = 45'000;      // on screens with a keyboard
  Millis dossier = 60'000;      // from the scan to the rating
  Millis preferences = 30'000;  // on the home screen, without a touch: their owner has gone
  Millis dim = 60'000;          // out of hours, without a touch
  Millis published = 20'000;    // without a touch: nobody is there whom it could sway
  Millis drift = 300'000;       // between two steps against burn-in
  Millis staff = 60'000;        // in staff mode, without a touch
  Millis vacant = 3'000;        // on the home screen, without a touch: nobody's turn
};

/// The last seconds before staff mode locks itself are counted down.
inline constexpr Millis kLockWarning = 10'000;

/// Whether what was typed in staff mode can be handed in: digits may not be missing.
bool may_submit(const Staff& screen);

/// Number of different shifts against burn-in; Home::drift counts round them.
inline constexpr int kDriftSteps = 8;

struct Context;  // steps.h

class Flow {
 public:
  /// `survey` must outlive the flow. `typing`: how a new text is written at first. `staff_only`:
  /// for an office computer, where nobody rates: begins with staff mode and never leaves it.
  Flow(const Durations& durations, const Survey& survey, core::TypingMethod typing,
       core::TonePlacement tones, bool staff_only = false);

  /// Moves to the next screen, or changes nothing when the event means nothing there.
  std::optional<Effect> handle(const Event& event);

  [[nodiscard]] const Screen& screen() const { return screen_; }
  [[nodiscard]] const Preferences& preferences() const { return preferences_; }
  [[nodiscard]] bool is_open() const { return open_; }

  /// Whether it is nobody's turn: what is asked may change now.
  [[nodiscard]] bool is_vacant() const;

  /// From the next screen on; what a Survey holds may have changed, too. Only while is_vacant().
  void renew(const Durations& durations);

  /// When the picture changes by itself: a Tick is due then.
  [[nodiscard]] std::optional<Millis> next_deadline() const;

 private:
  [[nodiscard]] Context context() const;
  void pass_time_at_home(Home& home);

  Durations durations_;
  const Survey& survey_;
  core::TypingMethod typing_;
  core::TonePlacement tones_;
  bool staff_only_;
  Millis now_ = 0;
  Millis touched_ = 0;  // when somebody last did something
  Millis drift_at_ = 0;
  int drift_ = 0;
  std::vector<std::string> published_;
  std::size_t published_turn_ = 0;  // grows with each step against burn-in
  Ticket ticket_ = 0;
  Preferences preferences_;
  bool open_ = true;
  Screen screen_;
};

}  // namespace hailong::kiosk::flow
