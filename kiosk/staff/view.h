#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// Staff mode between its two halves: a Session (session.h) on a worker thread knows the journal
/// and who is signed in, and makes a View; the screen shows the View and hands back the Command of
/// whatever was tapped or typed. Nothing that the person may not see is ever in a View.

namespace hailong::kiosk::staff {

/// What to do. The Session takes no Command that it does not offer to this person now.
enum class Verb : std::uint8_t {
  kOpen,      // the door: who are you?
  kLock,      // out
  kChooseMe,  // text: person
  kPin,       // text: what was typed
  kSetUpCode,
  kSetUpName,
  kNewPin,
  kRepeatPin,
  kToday,       // the day or range in view
  kSplit,       // number: how it is split up
  kPeriod,      // number: which ready-made range
  kPeriodFrom,  // text: digits of a date
  kPeriodTo,
  kInbox,
  kPage,  // number: of the list in view
  kFilter,
  kSearch,  // text
  kOpenCase,
  kStep,   // number: core::CaseAction, to be filled in
  kClass,  // number: of the class and subject offered
  kMisconduct,
  kOfficer,
  kAssign,  // text: person; empty: choose one
  kText,    // text: note, answer or receiver
  kTakeStep,
  kContact,
  kServed,
  kServedDay,
  kServedField,
  kServedCount,
  kServedFiles,
  kServedFile,
  kServedTake,
  kSignOff,
  kSignDay,
  kReports,
  kReportFormat,
  kReportPlace,
  kReportSave,
  kMachine,
  kVerify,
  kTestParts,
  kTestSound,
  kPeople,
  kPerson,
  kAddPerson,
  kPersonName,
  kRole,
  kRetire,
  kGivePin,
  kChangePin,
  kOldPin,
  kActs,
  kEnrol,    // text: the code; only before the kiosk is a device of the district
  kConfirm,  // the dangerous thing that was asked about, in words
  kBack,
};

struct Command {
  Verb verb = Verb::kOpen;
  std::int64_t number = 0;
  std::string text;

  bool operator==(const Command&) const = default;
};

/// Colour marks state; the words say it, too.
enum class Tone : std::uint8_t { kPlain, kMuted, kGood, kAlert };

struct Text {
  enum class Size : std::uint8_t { kHeading, kBody, kSmall, kFigure };
  std::string text;
  Size size = Size::kBody;
  Tone tone = Tone::kPlain;

  bool operator==(const Text&) const = default;
};

/// "Tỷ lệ hài lòng: 86,50 % (80,1-91,2 %, n = 120)": a label and what belongs to it, a line each.
struct Facts {
  struct Fact {
    std::string label;
    std::string value;
    Tone tone = Tone::kPlain;

    bool operator==(const Fact&) const = default;
  };
  std::vector<Fact> facts;

  bool operator==(const Facts&) const = default;
};

/// Rows that can be tapped, or just read. It is turned page by page: a View holds one page of it.
struct Table {
  struct Column {
    std::string heading;
    float share = 1;
    bool right = false;  // figures

    bool operator==(const Column&) const = default;
  };
  struct Row {
    std::vector<std::string> cells;  // as many as columns
    std::optional<Command> command;
    Tone tone = Tone::kPlain;

    bool operator==(const Row&) const = default;
  };
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::string nothing;  // said in place of no rows

  bool operator==(const Table&) const = default;
};

/// Axes are labelled and shares begin at 0.
struct Chart {
  enum class Kind : std::uint8_t { kBars, kLine };
  struct Point {
    std::string label;            // on the axis; an empty one is left out
    std::optional<double> value;  // nothing: a gap
    std::string text;             // the value as people read it
    int score = 0;                // 1 to 5: drawn in that colour; 0: in the accent's

    bool operator==(const Point&) const = default;
  };
  Kind kind = Kind::kBars;
  std::string title;
  std::string unit;  // "%", "phiếu"
  double top = 0;    // of the axis, which begins at 0
  std::vector<Point> points;

  bool operator==(const Chart&) const = default;
};

/// Of a few things one, or some, can be chosen.
struct Choices {
  struct Choice {
    std::string text;
    Command command;
    bool chosen = false;

    bool operator==(const Choice&) const = default;
  };
  std::string label;  // may be empty
  std::vector<Choice> choices;

  bool operator==(const Choices&) const = default;
};

using Block = std::variant<Text, Facts, Table, Chart, Choices>;

struct Button {
  enum class Kind : std::uint8_t { kPlain, kPrimary, kDanger };
  std::string text;
  Command command;
  Kind kind = Kind::kPlain;

  bool operator==(const Button&) const = default;
};

/// Something is to be typed; `submit` goes back with what was typed as its text.
struct Input {
  enum class Kind : std::uint8_t {
    kPin,     // number pad, dots
    kNumber,  // number pad
    kDate,    // number pad: DDMMYYYY, shown as DD/MM/YYYY
    kCode,    // pad of digits and capitals without I, L, O, U; shown in fours
    kLine,    // keyboard, one line
    kWords,   // keyboard, several lines
    kParts,   // the test of touch, keys and scanner: nothing is submitted
  };
  Kind kind = Kind::kPin;
  std::string label;
  std::string start;  // stands there at first
  int longest = 500;  // characters
  Command submit;
  std::string submit_text;  // on the button

  bool operator==(const Input&) const = default;
};

struct View {
  std::string title;
  std::string who;                    // signed in, with the role; empty at the door
  std::vector<Choices::Choice> tabs;  // the rooms of staff mode; none at the door
  std::vector<Block> blocks;
  std::vector<Button> actions;  // one primary at most
  std::optional<Input> input;
  std::string message;  // what just happened, or why not
  Tone message_tone = Tone::kPlain;
  int page = 0;  // of the table
  int pages = 1;
  std::optional<float> progress;  // 0 to 1: something long is going on

  bool operator==(const View&) const = default;
};

/// How many rows a Session puts into one page of a table.
inline constexpr int kRowsAPage = 7;

}  // namespace hailong::kiosk::staff
