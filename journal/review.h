#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/case_life.h"
#include "core/local_date.h"
#include "core/scoring.h"
#include "journal/journal.h"

/// What staff mode reads. Knows nothing of who may see what: callers do (kiosk/staff/sight.h). Days
/// are local and ranges include both ends.

namespace hailong::journal {

/// The ratings of one hour at one counter in one field, as they stand now.
struct Cell {
  core::LocalDate day;
  int hour = 0;
  core::CounterId counter;
  core::FieldId field;  // empty when unknown
  core::Counts counts;
  std::int64_t flagged = 0;     // of these, how many are doubtful
  std::int64_t superseded = 0;  // beside these: gave way to a later rating of the same dossier

  bool operator==(const Cell&) const = default;
};

/// The last five that is seen.
struct LastFive {
  core::Seq fifth = 0;  // its last rating
  core::LocalDate day;
};

struct ServedCount {
  core::LocalDate day;
  core::FieldId field;
  std::int64_t count = 0;
  std::string who;

  bool operator==(const ServedCount&) const = default;
};

struct SignedDay {
  core::LocalDate day;
  std::int64_t at_ms = 0;
  std::string who;

  bool operator==(const SignedDay&) const = default;
};

/// Which cases somebody may know of.
struct CaseScope {
  bool with_restricted = false;        // what tells of money, misconduct or behaviour, or names an
                                       // officer; complaints; what hidden words say
  std::optional<core::Seq> up_to;      // the last rating of which they know
  std::vector<std::string> not_about;  // officers: no case in which the resident chose one of them
};

/// Which of them. What is not set does not filter.
struct CaseFilter {
  CaseScope scope;
  std::optional<core::CaseStatus> status;
  std::optional<int> score;
  std::optional<core::FieldId> field;
  bool flagged = false;                 // of doubtful ratings
  std::optional<core::LocalDate> from;  // days of the rating
  std::optional<core::LocalDate> to;
  std::string search;  // as people type it; every word begins one of the resident's
};

/// A case as lists need it.
struct CaseHead {
  core::Seq rating = 0;
  std::int64_t given_at = 0;  // of the rating
  int score = 0;
  core::CounterId counter;
  core::FieldId field;
  bool flagged = false;
  bool names_officer = false;  // the resident chose one of the officers
  core::CaseFacts facts;
  core::Seq last_seq = 0;  // of what the resident left
  core::CaseState state;   // without its answer
};

/// What a resident wrote; nothing where it was erased.
using Words = std::optional<std::string>;

/// A whole case. Contact data are no part of it: see Review::contact().
struct CaseFile {
  CaseHead head;
  std::vector<Words> words;
  std::vector<core::Answer> answers;
  std::vector<core::CaseStep> steps;  // with their texts; empty ones where they were erased
};

struct PublicAnswer {
  std::int64_t published_at = 0;
  std::string text;

  bool operator==(const PublicAnswer&) const = default;
};

struct DoneAct {
  std::int64_t at_ms = 0;
  core::StaffAct act;

  bool operator==(const DoneAct&) const = default;
};

/// Works on a journal that must outlive it; on the journal's thread. Errors of all: kIo, kBusy,
/// kCorrupt.
class Review {
 public:
  explicit Review(Journal& journal) : store_(*journal.store_) {}

  /// In order of day, hour, counter, field.
  core::Result<std::vector<Cell>> cells(core::LocalDate from, core::LocalDate to);
  /// The same of whole fives. In the order in which they came, every five ratings are seen together
  /// once somebody rated after them, and count to the day of the fifth; so whatever two looks or
  /// two ranges differ by is five ratings at least. Those that gave way to a later one are counted:
  /// a five never changes by who comes after it. `flagged` is 0.
  core::Result<std::vector<Cell>> five_cells(core::LocalDate from, core::LocalDate to);
  /// The fifth rating of the last such five.
  core::Result<std::optional<LastFive>> last_five();
  /// First day with a rating; nothing in an empty journal.
  core::Result<std::optional<core::LocalDate>> first_day();

  core::Result<std::vector<ServedCount>> served(core::LocalDate from, core::LocalDate to);
  /// In the order in which they were signed; a day may stand there twice.
  core::Result<std::vector<SignedDay>> signed_days(core::LocalDate from, core::LocalDate to);

  /// Newest first.
  core::Result<std::vector<CaseHead>> cases(const CaseFilter& filter);
  /// The texts of those cases, in order.
  core::Result<std::map<core::Seq, std::vector<Words>>> words(const std::vector<core::Seq>& cases);
  /// Errors also kNotFound.
  core::Result<CaseFile> case_file(core::Seq rating);
  /// Phone and name, a line each, as the resident left them; nothing where there is no consent or
  /// they were erased. Whoever shows them in full has noted it in the journal first.
  core::Result<std::optional<std::string>> contact(core::Seq rating);
  /// Days with a case that nobody has looked at, or with something that came after their last
  /// sign-off.
  core::Result<std::vector<core::LocalDate>> days_with_unseen(core::LocalDate from,
                                                              core::LocalDate to,
                                                              const CaseScope& scope);
  /// Cases of that day that nobody has looked at.
  core::Result<std::int64_t> unseen(core::LocalDate day, const CaseScope& scope);

  /// What was done about what residents said, newest first.
  core::Result<std::vector<PublicAnswer>> public_answers(int most);
  /// Newest first.
  core::Result<std::vector<DoneAct>> acts(int most);

  /// When the district last confirmed events, by its clock; nothing: never.
  core::Result<std::optional<std::int64_t>> last_receipt_at();
  core::Result<core::Seq> last_event();
  /// Events that the district has not confirmed.
  core::Result<std::int64_t> waiting();

 private:
  void index_words();

  Journal::Store& store_;
};

}  // namespace hailong::journal
