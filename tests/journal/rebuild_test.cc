#include "tests/journal/look.h"
#include "tests/property.h"

/// Projections against ones that are made anew: by a rebuild, and by an auditor's walk.

namespace hailong::journal {
namespace {

using tests::TempFolder;

std::string projections(const TempFolder& folder) {
  SQLite::Database database = raw(folder);
  std::string all;
  for (const char* sql :
       {"SELECT * FROM v_rating ORDER BY seq", "SELECT * FROM v_feedback ORDER BY seq",
        "SELECT * FROM answer ORDER BY 1, 2", "SELECT rating_seq, seq, hex(key) FROM dossier",
        "SELECT seq, rating_seq, hex(digest) FROM token", "SELECT * FROM consent ORDER BY seq"}) {
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

/// One step of a kiosk's life. Some are refused, for want of a rating or of content.
void take(Journal& journal, const TempFolder& folder, unsigned move) {
  const auto newest = std::stoll(text(folder, "SELECT ifnull(max(seq), 0) FROM event"));
  const core::Seq rating = newest == 0 ? 1 : (move / 16) % newest + 1;
  const auto key = static_cast<std::uint8_t>(move / 64 % 3);
  const core::Stamp stamp = stamp_at(1'795'453'200'000 + newest * 1000);
  const std::string some = std::to_string(move % 50);
  switch (move % 8) {
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
    const std::string before = projections(folder);
    raw(folder).exec(
        "UPDATE rating SET score = 1, flags = 'x'; DELETE FROM answer; DELETE FROM dossier;"
        "DELETE FROM token; DELETE FROM feedback; UPDATE consent SET keep_days = 1");
    must(journal.rebuild_projections());
    RC_ASSERT(projections(folder) == before);
  });
}

}  // namespace
}  // namespace hailong::journal
