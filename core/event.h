#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/case_life.h"
#include "core/hex.h"
#include "core/ids.h"
#include "core/local_date.h"
#include "core/score.h"
#include "core/staff.h"

namespace hailong::core {

/// Whether the kernel said, when the event was stamped, that the wall clock follows a true one.
enum class ClockState { kUnsynced, kSynced };

/// When something happened, as far as the device knows. Wall time is data, never order: a Pi has no
/// battery clock. Boot id and monotonic time let the true time be worked out later.
struct Stamp {
  std::int64_t wall_ms = 0;  // milliseconds since 1970-01-01 UTC, by the wall clock
  std::string boot_id;       // 32 hex digits, new at every boot
  std::int64_t mono_ms = 0;  // milliseconds since that boot
  ClockState clock = ClockState::kUnsynced;

  bool operator==(const Stamp&) const = default;
};

/// A resident tapped a face. Complete in itself.
struct Rating {
  VisitId visit;  // unique: the same visit is never appended twice
  Score score;
  CounterId counter;
  FieldId field;  // empty when unknown
  std::vector<std::string>
      flags;             // why the rating is doubtful, e.g. "burst"; kept and counted apart
  std::string bundle{};  // id of the configuration bundle that was shown; empty: none was

  bool operator==(const Rating&) const = default;
};

/// The resident chose wrongly and chose again: replaces the score of an earlier rating.
struct Correction {
  Seq rating = 0;
  Score score;

  bool operator==(const Correction&) const = default;
};

/// What was chosen for one question after the rating, by the ids of assets/survey.toml. Reserved
/// questions: "reasons", "purpose", "field", "procedure", "counter", "officer", "assisted",
/// "extra-payment".
struct Answer {
  std::string question;
  std::vector<std::string> choices;

  bool operator==(const Answer&) const = default;
};

/// One screen of answers. A later answer to the same question replaces the earlier one.
struct Answers {
  Seq rating = 0;
  std::vector<Answer> answers;
  bool alert = false;  // tells of money or misconduct: for the head of the unit and the authority
                       // above, never only for the officer concerned

  bool operator==(const Answers&) const = default;
};

/// The dossier that a rating is about. A code is a pseudonym of a person, so the event holds only a
/// keyed hash; the plain code lies apart as content.
struct Dossier {
  Seq rating = 0;
  Bytes32 key{};          // dossier_key() of the code: equal for two ratings of one dossier
  Bytes32 content{};      // digest of the plain code
  std::string procedure;  // empty when unknown
  FieldId field;          // empty when unknown

  bool operator==(const Dossier&) const = default;
};

/// A one-time token was shown, by which the visit can be rated later from home. Only its digest is
/// kept, so that whoever reads the journal cannot answer in the resident's place.
struct Token {
  Seq rating = 0;
  Bytes32 digest{};

  bool operator==(const Token&) const = default;
};

/// The resident agreed, by a tap of its own, that contact data are kept.
struct Consent {
  Seq rating = 0;
  std::string notice;  // which wording was shown
  int keep_days = 0;

  bool operator==(const Consent&) const = default;
};

enum class FeedbackKind { kWords, kContact };

/// Words or contact data were left. The event holds only their digest; see content_digest().
struct Feedback {
  Seq rating = 0;
  FeedbackKind kind = FeedbackKind::kWords;
  Bytes32 content{};

  bool operator==(const Feedback&) const = default;
};

/// Content was lawfully erased; only its digest is left.
struct Erasure {
  Bytes32 content{};
  std::string reason;

  bool operator==(const Erasure&) const = default;
};

/// An account of the commune's staff as it is from now on. The PIN is no part of it.
struct StaffAccount {
  std::string who;  // the account that did it; its own at the set-up
  std::string id;   // a plain name, never used again for somebody else
  std::string name;
  StaffRole role = StaffRole::kOfficer;
  bool active = true;

  bool operator==(const StaffAccount&) const = default;
};

/// Something else that a person of the staff did.
struct StaffAct {
  std::string who;  // account; empty where nobody has proved who they are
  StaffDeed deed = StaffDeed::kSignIn;
  std::string about;  // see StaffDeed; may be empty

  bool operator==(const StaffAct&) const = default;
};

/// A step in dealing with the case of a rating. The stamp says when, so `step.at_ms` is 0 here; its
/// note and answer are empty here and lie apart as content, so that they can be erased.
struct Handling {
  Seq rating = 0;
  CaseStep step;
  Bytes32 content{};  // digest of both texts (wire/step_texts.h)

  bool operator==(const Handling&) const = default;
};

/// How many procedures of a field were finished on a day; a later one for the same field and day
/// replaces it.
struct Served {
  std::string who;
  FieldId field;
  LocalDate day;
  std::int64_t count = 0;

  bool operator==(const Served&) const = default;
};

/// "Đã xem hết ý kiến trong ngày".
struct SignOff {
  std::string who;
  LocalDate day;
  Seq seen = 0;  // last event of the journal when the day was looked through

  bool operator==(const SignOff&) const = default;
};

/// Who told a boot's true time.
enum class TimeSource { kNtp, kDistrict };

/// The true time of a boot became known: what happened `m` milliseconds after the boot happened at
/// `began_ms` + m, give or take `error_ms` and what the two clocks drift apart until then.
struct BootTime {
  std::string boot;            // boot id: the stamp's own
  std::int64_t began_ms = 0;   // true time at the boot, milliseconds since 1970 UTC
  std::int64_t error_ms = 0;   // how far off it may be at `learnt_ms`
  std::int64_t learnt_ms = 0;  // when it was learnt, milliseconds since that boot
  TimeSource by = TimeSource::kNtp;

  bool operator==(const BootTime&) const = default;
};

/// The journal before this one could not be used any more and was set aside; this one begins a new
/// epoch.
struct Salvage {
  EpochId epoch;    // of the journal that was set aside
  Seq last = 0;     // its last event that verifies; 0: none
  Bytes32 head{};   // chain hash there
  std::string why;  // one line

  bool operator==(const Salvage&) const = default;
};

/// Events that the district had confirmed were compacted away: the journal begins behind `last`
/// now, with what they came to kept as a snapshot.
struct Compaction {
  Seq last = 0;
  Bytes32 head{};      // chain hash there
  Bytes32 snapshot{};  // digest of the snapshot's bytes

  bool operator==(const Compaction&) const = default;
};

/// An event of a kind that this program does not know: kept and passed on, never interpreted.
struct Unknown {
  std::string kind;

  bool operator==(const Unknown&) const = default;
};

using Body = std::variant<Rating, Correction, Answers, Dossier, Token, Consent, Feedback, Erasure,
                          StaffAccount, StaffAct, Handling, Served, SignOff, BootTime, Salvage,
                          Compaction, Unknown>;

struct Event {
  Seq seq = 0;
  Stamp stamp;
  Body body;

  bool operator==(const Event&) const = default;
};

}  // namespace hailong::core
