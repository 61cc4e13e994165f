#include "journal/staff_book.h"
#include "tests/journal/look.h"
#include "tests/property.h"

/// Projections against ones that are made anew: by a rebuild, and by an auditor's walk.

namespace hailong::journal {
namespace {

using tests::TempFolder;

constexpr const char* kCells =
    "SELECT * FROM cell WHERE n1 + n2 + n3 + n4 + n5 + superseded > 0"
    " ORDER BY day, hour, counter, field";

/// What the sums must be, counted anew.
constexpr const char* kCounted =
    "SELECT day, hour, counter, field, sum(score = 1 AND NOT superseded),"
    " sum(score = 2 AND NOT superseded), sum(score = 3 AND NOT superseded),"
    " sum(score = 4 AND NOT superseded), sum(score = 5 AND NOT superseded),"
    " sum(flagged AND NOT superseded), sum(superseded)"
    " FROM rating_now GROUP BY day, hour, counter, field ORDER BY day, hour, counter, field";

std::string projections(const TempFolder& folder) {
  SQLite::Database database = raw(folder);
  std::string all;
  for (const char* sql :
       {"SELECT * FROM v_rating ORDER BY seq", "SELECT * FROM v_feedback ORDER BY seq",
        "SELECT * FROM answer ORDER BY 1, 2", "SELECT rating_seq, seq, hex(key) FROM dossier",
        "SELECT seq, rating_seq, hex(digest) FROM token", "SELECT * FROM consent ORDER BY seq",
        "SELECT * FROM person ORDER BY id", "SELECT * FROM staff_act ORDER BY seq",
        "SELECT * FROM feedback_case ORDER BY rating_seq", "SELECT * FROM case_step ORDER BY seq",
        "SELECT * FROM served ORDER BY day, field", "SELECT * FROM sign_off ORDER BY seq",
        kCells}) {
    all += dump(database, sql);
  }
  return all;
}

core::Answers arbitrary_answers(core::Seq rating, unsigned move) {
  static const std::vector<std::string> kQuestions = {"reasons", "field", "counter", "procedure"};
  std::vector<std::string> choices;
  for (unsigned i = 0; i < move % 3; ++i) choices.push_back("c" + std::to_string(move % 7 + i));
  return {rating, {{kQuestions[move % kQuestions.size()], choices}}, move % 5 == 0};
}

/// What the staff do. Some of it is refused, since it does not fit.
void work(Journal& journal, const core::Stamp& stamp, core::Seq rating, unsigned move) {
  StaffBook book(journal);
  const core::LocalDate day = core::local_date(stamp.wall_ms);
  switch (move % 4) {
    case 0:
      (void)book.append(stamp, core::Served{"ha", core::FieldId{"f"}, day, move / 4 % 3});
      return;
    case 1:
      (void)book.append(stamp, core::SignOff{"ha", day, rating});
      return;
    case 2:
      (void)book.add(stamp, {"ha", "p" + std::to_string(move / 4 % 3), "P"}, "hash");
      return;
    default: {
      core::CaseStep step;
      step.action = static_cast<core::CaseAction>(move / 4 % core::kCaseActions);
      step.classed = core::CaseClass::kSuggestion;
      step.note = step.answer = step.receiver = "x";
      step.seen = 1'000'000;
      for (int known = 0; known < 20; ++known) {
        const auto place = book.append(stamp, rating, step, known);
        if (place || place.error().fault != core::Fault::kConflict) return;
      }
    }
  }
}

/// One step of a kiosk's life. Some are refused, for want of a rating or of content.
void take(Journal& journal, const TempFolder& folder, unsigned move) {
  const auto newest = std::stoll(text(folder, "SELECT ifnull(max(seq), 0) FROM event"));
  const core::Seq rating = newest == 0 ? 1 : (move / 16) % newest + 1;
  const auto key = static_cast<std::uint8_t>(move / 64 % 3);
  const core::Stamp stamp = stamp_at(1'795'453'200'000 + newest * 1000);
  const std::string some = std::to_string(move % 50);
  switch (move % 12) {
    case 0:
      (void)journal.append(stamp, core::Correction{rating, *core::Score::from(move % 5 + 1)});
      return;
    case 1:
      (void)journal.append(stamp, arbitrary_answers(rating, move / 8));
      return;
    case 2:
      (void)journal.append_dossier(stamp, rating, dossier_ref("d" + std::to_string(key), key));
      return;
    case 3:
      (void)journal.append_feedback(stamp, rating, core::FeedbackKind::kWords, some);
      return;
    case 4:
      (void)journal.append_contact(stamp, consent_for(rating), some);
      return;
    case 5:
      (void)journal.erase(stamp, rating, "request");
      return;
    case 6:
      (void)journal.erase_contacts_before(stamp, stamp.wall_ms - 5000, "retention");
      return;
    case 8:
    case 9:
    case 10:
      return work(journal, stamp, rating, move / 8);
    default:
      (void)journal.append(stamp, rating_of(static_cast<int>(move % 5) + 1, some),
                           {core::Bytes32{key}, dossier_ref("d" + std::to_string(key), key)});
  }
}

TEST(Rebuild, GivesTheSameAfterAnyLifeOfAKiosk) {
  HAILONG_PROPERTY("rebuild and verify", [](const std::vector<std::uint16_t>& moves) {
    const TempFolder folder;
    Journal journal = journal_with(folder.path(), 3);
    for (const unsigned move : moves) take(journal, folder, move);
    const Verification found = verified(folder);
    RC_ASSERT_FALSE(found.first_bad.has_value());
    SQLite::Database beside = raw(folder);
    RC_ASSERT(dump(beside, kCells) == dump(beside, kCounted));
    const std::string before = projections(folder);
    beside.exec(
        "UPDATE rating SET score = 1, flags = 'x'; DELETE FROM answer; DELETE FROM dossier;"
        "DELETE FROM token; DELETE FROM feedback; UPDATE consent SET keep_days = 1;"
        "UPDATE cell SET n1 = 7; DELETE FROM case_step; UPDATE feedback_case SET status = 'x';"
        "DELETE FROM person; DELETE FROM served; DELETE FROM sign_off; DELETE FROM staff_act");
    must(journal.rebuild_projections());
    RC_ASSERT(projections(folder) == before);
  });
}

}  // namespace
}  // namespace hailong::journal
