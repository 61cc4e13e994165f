#include <gtest/gtest.h>

#include "tests/journal/look.h"

/// What follows a rating: answers, dossiers, tokens, words; and that trying again doubles nothing.

namespace hailong::journal {
namespace {

using core::Answers;
using core::Fault;
using tests::TempFolder;

class FollowUps : public testing::Test {
 protected:
  FollowUps() : journal_(journal_with(folder_.path(), 3)) {}
  ~FollowUps() override { expect_verifies(folder_); }

  [[nodiscard]] std::string shown(core::Seq rating, const std::string& columns) const {
    SQLite::Database database = raw(folder_);
    return dump(database,
                "SELECT " + columns + " FROM v_rating WHERE seq = " + std::to_string(rating));
  }
  [[nodiscard]] std::string events() const { return text(folder_, "SELECT count(*) FROM event"); }
  Fault refused(const core::Result<Appended>& result) const {
    EXPECT_FALSE(result.has_value());
    return result ? Fault::kIo : result.error().fault;
  }

  TempFolder folder_;
  Journal journal_;
};

TEST_F(FollowUps, ShowTheFieldProcedureAndCounterThatWereAnswered) {
  EXPECT_EQ(shown(2, "field_id, procedure_id, counter_id"), "ho-tich||q1\n");
  must(journal_.append(
      stamp_at(9),
      Answers{2,
              {{"field", {"chung-thuc"}}, {"procedure", {"2.000815"}}, {"counter", {"q3"}}},
              false}));
  EXPECT_EQ(shown(2, "field_id, procedure_id, counter_id"), "chung-thuc|2.000815|q3\n");
  EXPECT_EQ(shown(1, "field_id, procedure_id, counter_id"), "ho-tich||q1\n");
}

TEST_F(FollowUps, TakeTheLaterAnswerToAQuestionAndKeepTheOthers) {
  must(journal_.append(stamp_at(9),
                       Answers{2, {{"field", {"chung-thuc"}}, {"counter", {"q3"}}}, false}));
  must(journal_.append(stamp_at(10), Answers{2, {{"field", {"dat-dai"}}}, false}));
  EXPECT_EQ(shown(2, "field_id, counter_id"), "dat-dai|q3\n");
  must(journal_.append(stamp_at(11), Answers{2, {{"field", {}}}, false}));  // taken back
  EXPECT_EQ(shown(2, "field_id, counter_id"), "ho-tich|q3\n");
}

TEST_F(FollowUps, KeepSeveralChoicesInTheirOrder) {
  must(journal_.append(stamp_at(9), Answers{1, {{"reasons", {"long-wait", "đợi \"lâu\""}}}, true}));
  EXPECT_EQ(text(folder_, "SELECT choices || alert || seq FROM answer"),
            R"(["long-wait","đợi \"lâu\""]14)");
}

TEST_F(FollowUps, AppendTheSameAnswersOnce) {
  const Answers answers{1, {{"reasons", {"long-wait"}}}, false};
  const Appended first = must(journal_.append(stamp_at(9), answers));
  const Appended again = must(journal_.append(stamp_at(10), answers));
  EXPECT_EQ(first.seq, again.seq);
  EXPECT_EQ(first.hash, again.hash);
  EXPECT_EQ(events(), "4");
  const Answers changed{1, {{"reasons", {"gentle"}}}, false};
  EXPECT_EQ(must(journal_.append(stamp_at(11), changed)).seq, 5);
  EXPECT_EQ(must(journal_.append(stamp_at(12), answers)).seq, 6);  // chosen back
  const Answers of_another{2, {{"reasons", {"long-wait"}}}, false};
  EXPECT_EQ(must(journal_.append(stamp_at(13), of_another)).seq, 7);
}

TEST_F(FollowUps, AreRefusedWithoutTheirRating) {
  EXPECT_EQ(refused(journal_.append(stamp_at(9), Answers{7, {{"a", {"b"}}}, false})),
            Fault::kInvalid);
  EXPECT_EQ(refused(journal_.append(stamp_at(9), Answers{1, {}, false})), Fault::kInvalid);
  EXPECT_EQ(refused(journal_.append_dossier(stamp_at(9), 7, dossier_ref("a", 1))), Fault::kInvalid);
  EXPECT_EQ(refused(journal_.append_feedback(stamp_at(9), 7, core::FeedbackKind::kWords, "a")),
            Fault::kInvalid);
  EXPECT_EQ(refused(journal_.append_contact(stamp_at(9), consent_for(7), "a")), Fault::kInvalid);
  EXPECT_EQ(events(), "3");
  EXPECT_EQ(must(journal_.append(stamp_at(9), rating_of(4, "next"))).seq, 4);
}

TEST_F(FollowUps, AreRefusedWithoutValidText) {
  EXPECT_EQ(refused(journal_.append(stamp_at(9), Answers{1, {{"a", {"\xFF"}}}, false})),
            Fault::kInvalid);
  for (const char* code : {"", "\xC3"}) {
    EXPECT_EQ(refused(journal_.append_dossier(stamp_at(9), 1, dossier_ref(code, 1))),
              Fault::kInvalid);
  }
  EXPECT_EQ(events(), "3");
}

TEST_F(FollowUps, LinkADossierAndShowItsCode) {
  DossierRef dossier = dossier_ref("H24-261120-0001", 7);
  dossier.procedure = "1.001193";
  dossier.field.value = "dat-dai";
  must(journal_.append_dossier(stamp_at(9), 2, dossier));
  EXPECT_EQ(shown(2, "dossier_code, field_id, procedure_id, flags"),
            "H24-261120-0001|dat-dai|1.001193|\n");
  EXPECT_EQ(text(folder_, "SELECT instr(bytes, 'H24-261120') FROM event WHERE seq = 4"), "0");
  // What the resident answers comes first.
  must(journal_.append(stamp_at(10), Answers{2, {{"field", {"cu-tru"}}}, false}));
  EXPECT_EQ(shown(2, "field_id, procedure_id"), "cu-tru|1.001193\n");
}

TEST_F(FollowUps, ShowNoDossierCodeOnceItIsErased) {
  must(journal_.append_dossier(stamp_at(9), 1, dossier_ref("H24-261120-0001", 7)));
  must(journal_.append_dossier(stamp_at(9), 2, dossier_ref("H24-261120-0001", 7)));
  must(journal_.erase(stamp_at(10), 4, "request"));
  EXPECT_EQ(shown(1, "ifnull(dossier_code, 'none'), flags"), "none|superseded\n");
  EXPECT_EQ(shown(2, "dossier_code"), "H24-261120-0001\n");
}

TEST_F(FollowUps, LinkTheSameDossierOnce) {
  const DossierRef dossier = dossier_ref("H24-261120-0001", 7);
  const Appended first = must(journal_.append_dossier(stamp_at(9), 2, dossier));
  EXPECT_EQ(must(journal_.append_dossier(stamp_at(10), 2, dossier)).hash, first.hash);
  EXPECT_EQ(events(), "4");
  DossierRef with_procedure = dossier;
  with_procedure.procedure = "1.001193";
  EXPECT_EQ(must(journal_.append_dossier(stamp_at(11), 2, with_procedure)).seq, 5);
  EXPECT_EQ(shown(2, "procedure_id"), "1.001193\n");
}

TEST_F(FollowUps, SupersedeTheEarlierRatingOfADossierAndKeepBoth) {
  core::Rating flagged = rating_of(1, "flagged");
  flagged.flags = {"burst"};
  must(journal_.append(stamp_at(8), flagged, {{}, dossier_ref("a", 7)}));  // 4 and 5
  must(journal_.append_dossier(stamp_at(9), 2, dossier_ref("a", 7)));
  EXPECT_EQ(shown(2, "score, flags"), "2|superseded\n");  // whatever was linked first
  must(journal_.append(stamp_at(10), rating_of(5, "last"), {{}, dossier_ref("a", 7)}));
  EXPECT_EQ(shown(2, "flags") + shown(4, "score, flags") + shown(7, "flags"),
            "superseded\n1|burst,superseded\n\n");
  EXPECT_EQ(shown(1, "flags"), "\n");
}

TEST_F(FollowUps, SupersedeNoLongerWhenTheLinkWasMended) {
  must(journal_.append_dossier(stamp_at(9), 1, dossier_ref("a", 7)));
  must(journal_.append_dossier(stamp_at(9), 2, dossier_ref("a", 7)));
  EXPECT_EQ(shown(1, "flags"), "superseded\n");
  must(journal_.append_dossier(stamp_at(10), 2, dossier_ref("b", 8)));
  EXPECT_EQ(shown(1, "flags"), "\n");
  EXPECT_EQ(shown(2, "dossier_code"), "b\n");
}

TEST_F(FollowUps, StandBesideTheRatingInOneTransaction) {
  const Beside beside{core::Bytes32{9}, dossier_ref("a", 7)};
  const Appended place = must(journal_.append(stamp_at(9), rating_of(5, "new"), beside));
  EXPECT_EQ(place.seq, 4);
  EXPECT_EQ(must(journal_.append(stamp_at(10), rating_of(5, "new"), beside)).hash, place.hash);
  EXPECT_EQ(events(), "6");
  EXPECT_EQ(text(folder_, "SELECT seq || '|' || rating_seq || '|' || hex(digest) FROM token"),
            "5|4|09" + std::string(62, '0'));
  EXPECT_EQ(shown(4, "dossier_code"), "a\n");
}

TEST_F(FollowUps, LeaveNothingBehindWhenOneBesideTheRatingIsRefused) {
  EXPECT_EQ(refused(journal_.append(stamp_at(9), rating_of(5, "new"),
                                    {core::Bytes32{9}, dossier_ref("", 7)})),
            Fault::kInvalid);
  EXPECT_EQ(events(), "3");
}

TEST_F(FollowUps, AppendTheSameWordsOnce) {
  constexpr auto kWords = core::FeedbackKind::kWords;
  const Appended first = must(journal_.append_feedback(stamp_at(9), 1, kWords, "chờ lâu"));
  EXPECT_EQ(must(journal_.append_feedback(stamp_at(10), 1, kWords, "chờ lâu")).hash, first.hash);
  EXPECT_EQ(must(journal_.append_feedback(stamp_at(11), 1, kWords, "chờ rất lâu")).seq, 5);
  EXPECT_EQ(must(journal_.append_feedback(stamp_at(12), 2, kWords, "chờ lâu")).seq, 6);
  must(journal_.erase(stamp_at(13), 4, "request"));
  EXPECT_EQ(must(journal_.append_feedback(stamp_at(14), 1, kWords, "chờ lâu")).seq, 8);
}

TEST_F(FollowUps, AreDurableAcrossStarts) {
  must(journal_.append(stamp_at(9), Answers{2, {{"field", {"dat-dai"}}}, false}));
  journal_ = must(Journal::open(folder_.path(), kDevice));
  EXPECT_EQ(must(journal_.append(stamp_at(9), Answers{2, {{"field", {"dat-dai"}}}, false})).seq, 4);
}

TEST_F(FollowUps, GiveTheRecentRatingsAsTheyWereTapped) {
  EXPECT_EQ(must(journal_.recent_ratings(0)).size(), 0U);
  must(journal_.append(stamp_at(9), core::Correction{3, *core::Score::from(5)}));
  const auto two = must(journal_.recent_ratings(2));
  ASSERT_EQ(two.size(), 2U);
  EXPECT_EQ(two[0].seq, 2);
  EXPECT_EQ(two[1], (RecentRating{*core::Score::from(3), stamp_at(1'795'453'200'002), 3}));
  EXPECT_EQ(must(journal_.recent_ratings(32)).size(), 3U);
}

}  // namespace
}  // namespace hailong::journal
