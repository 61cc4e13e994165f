#include "district/storage/cases.h"

#include <gtest/gtest.h>

#include "district/feedback/praise.h"
#include "district/feedback/timeliness.h"
#include "tests/district/sample.h"

/// Cases: how they come about, how they are found, what becomes of them.

namespace hailong::district {
namespace {

using storage::CaseId;
using storage::CaseQuery;

constexpr std::int64_t kHour = kDay / 24;

class Cases : public testing::Test {
 protected:
  Cases() { register_kiosk(reception_.store(), kiosk_); }

  /// What people did survives, and everything else is made anew alike.
  ~Cases() override {
    Peek peek = reception_.peek();
    const auto handled = [&] {
      return peek.dump("SELECT * FROM case_step ORDER BY 1, 2, 3") +
             peek.dump("SELECT * FROM case_state ORDER BY 1, 2");
    };
    const std::string projections = peek.projections();
    const std::string steps = handled();
    must(reception_.receiver().rebuild());
    EXPECT_EQ(peek.projections(), projections);
    EXPECT_EQ(handled(), steps);
  }

  void send() {
    const core::Seq first = sent_ + 1;
    sent_ = kiosk_.last();
    accepted(reception_.take(kiosk_, kiosk_.sealed(first, sent_)));
  }

  CaseId say(const std::string& text, std::int64_t at_ms = kNoon, int score = 3) {
    const core::Seq rating = kiosk_.rate(score, at_ms);
    kiosk_.say(rating, text);
    send();
    return {1, rating};
  }

  [[nodiscard]] storage::CaseCutoffs cutoffs(std::int64_t now_ms) {
    return feedback::cutoffs_at(now_ms, reception_.config().case_limits,
                                reception_.config().calendar);
  }

  static CaseQuery everything() {
    CaseQuery query;
    query.with_restricted = true;
    return query;
  }

  std::vector<std::string> found(const CaseQuery& query, std::int64_t now_ms = kNoon,
                                 std::optional<CaseId> after = std::nullopt, int limit = 100) {
    std::vector<std::string> ids;
    for (const auto& row : must(cases_.list(query, cutoffs(now_ms), after, limit))) {
      ids.push_back(to_string(row.head.id));
    }
    return ids;
  }
  std::vector<std::string> search(const std::string& words) {
    CaseQuery query = everything();
    query.search = words;
    return found(query);
  }

  void step(const CaseId& id, core::CaseStep step, std::int64_t at_ms) {
    must(cases_.change(id, [&](const storage::CaseFile& file) -> core::Result<storage::CaseChange> {
      core::CaseState state;
      for (const auto& before : file.steps) {
        state = *core::after(state, before, file.row.head.facts);
      }
      step.at_ms = at_ms;
      step.who = "can-bo";
      step.role = "commune-staff";
      step.seen = file.row.head.last_seq;
      const auto next = core::after(state, step, file.row.head.facts);
      if (!next) return core::Failure(next.error());
      storage::CaseStanding standing;
      standing.status = next->status;
      standing.classed = next->classed;
      standing.misconduct = next->misconduct;
      standing.settled_at = next->settled_at;
      standing.answer_due =
          core::answer_due(*next, file.row.head.given_at, reception_.config().case_limits,
                           reception_.config().calendar);
      standing.due_at = standing.answer_due;
      standing.seen = next->seen;
      standing.steps = next->steps;
      return storage::CaseChange{step, standing, {at_ms, "can-bo", "case-step", "", ""}};
    }));
  }
  void step(const CaseId& id, core::CaseAction action, std::int64_t at_ms) {
    core::CaseStep one;
    one.action = action;
    one.answer = "Xã đã kê thêm ghế.";
    step(id, one, at_ms);
  }
  void classify(const CaseId& id, core::CaseClass classed, std::int64_t at_ms) {
    core::CaseStep one;
    one.action = core::CaseAction::kClassify;
    one.classed = classed;
    if (classed == core::CaseClass::kPetition) one.subject = core::PetitionSubject::kRegulation;
    step(id, core::CaseAction::kSee, at_ms);
    step(id, one, at_ms);
  }

  feedback::UnitTimeliness timeliness(std::int64_t now_ms) {
    feedback::TimelinessReader reader(reception_.store(), reception_.config().case_limits,
                                      reception_.config().calendar);
    const auto day = core::local_date(kNoon);
    return must(reader.read(day, core::next_day(day), now_ms))["10750@2025-07-01"];
  }

  Reception reception_;
  FakeKiosk kiosk_{"kt-1"};
  storage::CaseStore cases_{reception_.store()};
  core::Seq sent_ = 0;
};

TEST_F(Cases, AreWhatLeftWordsOrTellsOfMoney) {
  kiosk_.rate(5);  // left nothing
  const core::Seq words = kiosk_.rate(2, kNoon - kHour);
  kiosk_.say(words, "Chờ lâu quá");
  kiosk_.say(words, "Thiếu ghế");
  const core::Seq money = kiosk_.rate(1);
  kiosk_.answer(money, "reasons", "extra-money", true);
  kiosk_.append(core::Feedback{kiosk_.rate(4), core::FeedbackKind::kContact, {}});
  send();

  const auto rows = must(cases_.list(everything(), cutoffs(kNoon), std::nullopt, 10));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_TRUE(rows[0].head.facts.alert);
  EXPECT_TRUE(rows[0].words.empty());
  EXPECT_EQ(rows[1].head.id, (CaseId{1, words}));
  EXPECT_EQ(rows[1].head.unit_id, "10750@2025-07-01");
  EXPECT_EQ(rows[1].head.score, 2);
  ASSERT_EQ(rows[1].words.size(), 2U);
  EXPECT_EQ(rows[1].words[1].text, "Thiếu ghế");
  EXPECT_EQ(rows[1].standing.status, core::CaseStatus::kNew);
}

TEST_F(Cases, OfAnAlertThatWasTakenBackAreNone) {
  const core::Seq rating = kiosk_.rate(1);
  kiosk_.answer(rating, "reasons", "extra-money", true);
  send();
  EXPECT_EQ(found(everything()).size(), 1U);
  kiosk_.answer(rating, "reasons", "long-wait");
  send();
  EXPECT_TRUE(found(everything()).empty());

  const CaseId kept = say("Chờ lâu");
  kiosk_.answer(kept.rating, "reasons", "extra-money", true);
  send();
  EXPECT_TRUE(must(cases_.read(kept)).row.head.facts.alert);
  kiosk_.answer(kept.rating, "reasons", "long-wait");
  send();
  EXPECT_FALSE(must(cases_.read(kept)).row.head.facts.alert);
}

TEST_F(Cases, AreFoundByTheBeginningsOfWordsWithoutAccents) {
  const std::string wait = to_string(say("Chờ quá LÂU, thiếu ghế ngồi!"));
  const std::string thanks = to_string(say("Cảm ơn cô Lan ở quầy 3; đúng hẹn 100%."));
  EXPECT_EQ(search("cho lau"), std::vector{wait});
  EXPECT_EQ(search("GHẾ thiếu"), std::vector{wait}) << "in any order";
  EXPECT_EQ(search("dung hen"), std::vector{thanks});
  EXPECT_EQ(search("cam on quầy"), std::vector{thanks});
  EXPECT_EQ(search("ghe lan"), std::vector<std::string>{}) << "all words in one case";
  EXPECT_EQ(search("an"), std::vector<std::string>{}) << "only beginnings";
  EXPECT_EQ(search("100"), std::vector{thanks});
  EXPECT_EQ(search("%"), (std::vector{thanks, wait})) << "no word, no filter";
  EXPECT_EQ(search("' OR 1=1 --"), std::vector<std::string>{});
}

TEST_F(Cases, KeepNothingOfErasedWordsButTheirPlace) {
  const CaseId id = say("Số của tôi là 0912345678");
  ASSERT_EQ(search("0912345678").size(), 1U);
  const auto digest = must(storage::CaseStore(reception_.store()).read(id)).row.words.front().seq;
  const std::string hex =
      reception_.peek().text("SELECT digest FROM content WHERE seq = " + std::to_string(digest));
  core::Bytes32 bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(std::stoi(hex.substr(2 * i, 2), nullptr, 16));
  }
  kiosk_.append(core::Erasure{bytes, "theo yêu cầu"});
  send();
  EXPECT_TRUE(search("0912345678").empty());
  EXPECT_EQ(reception_.peek().text("SELECT folded FROM case_words"), "");
  const auto file = must(cases_.read(id));
  ASSERT_EQ(file.row.words.size(), 1U);
  EXPECT_EQ(file.row.words[0].text, std::nullopt);
}

TEST_F(Cases, AreListedPageByPageNewestFirst) {
  std::vector<std::string> ids;
  for (int i = 0; i < 7; ++i) {
    // Two at a time came at the same moment.
    ids.insert(ids.begin(), to_string(say("Ý kiến", kNoon + (i / 2) * kHour)));
  }
  std::vector<std::string> seen;
  std::optional<CaseId> after;
  for (int page = 0; page < 4; ++page) {
    const auto rows = must(cases_.list(everything(), cutoffs(kNoon), after, 2));
    for (const auto& row : rows) seen.push_back(to_string(row.head.id));
    if (!rows.empty()) after = rows.back().head.id;
  }
  EXPECT_EQ(seen, ids);
}

TEST_F(Cases, AreNarrowedByUnitClassDayAndState) {
  const CaseId old = say("Cũ", kNoon - 10 * kDay);
  const CaseId praise = say("Khen", kNoon);
  classify(praise, core::CaseClass::kPraise, kNoon + kHour);
  CaseQuery query = everything();
  query.classed = core::CaseClass::kPraise;
  EXPECT_EQ(found(query), std::vector{to_string(praise)});
  query = everything();
  query.status = core::CaseStatus::kNew;
  EXPECT_EQ(found(query), std::vector{to_string(old)});
  query = everything();
  query.to = core::local_date(kNoon - kDay);
  EXPECT_EQ(found(query), std::vector{to_string(old)});
  query.from = query.to;
  EXPECT_TRUE(found(query).empty());
  query = everything();
  query.unit_ids = std::vector<std::string>{"10750@2025-07-01"};
  EXPECT_EQ(found(query).size(), 2U);
  query.unit_ids = std::vector<std::string>{"10756@"};
  EXPECT_TRUE(found(query).empty());
  query.unit_ids = std::vector<std::string>{};
  EXPECT_TRUE(found(query).empty()) << "nobody's units are no units";
  query = everything();
  query.overdue = true;
  EXPECT_EQ(found(query, kNoon + kHour), std::vector{to_string(old)});

  const auto counts = must(cases_.count(everything(), cutoffs(kNoon + kHour)));
  EXPECT_EQ(counts.by_status,
            (std::map<core::CaseStatus, std::int64_t>{{core::CaseStatus::kNew, 1},
                                                      {core::CaseStatus::kClassified, 1}}));
  EXPECT_EQ(counts.overdue, 1);
}

TEST_F(Cases, HideWhatIsRestrictedFromWhoMayNotSeeIt) {
  kiosk_.answer(kiosk_.rate(1), "extra-payment", "yes", true);
  const CaseId complaint = say("Tôi tố cáo");
  classify(complaint, core::CaseClass::kComplaint, kNoon);
  const CaseId words = say("Ghế");
  EXPECT_EQ(found(CaseQuery{}), std::vector{to_string(words)});
  EXPECT_EQ(found(everything()).size(), 3U);
}

TEST_F(Cases, KeepTheirStepsForEver) {
  const CaseId id = say("Ghế");
  step(id, core::CaseAction::kSee, kNoon);
  core::CaseStep note;
  note.action = core::CaseAction::kNote;
  note.note = "Ông A, số 0912345678";
  step(id, note, kNoon + 1);
  Peek peek = reception_.peek();
  EXPECT_FALSE(peek.execute("DELETE FROM case_step"));
  EXPECT_FALSE(peek.execute("UPDATE case_step SET who = 'ai khác'"));
  EXPECT_FALSE(peek.execute("UPDATE case_step SET note = 'khác' WHERE number = 2"));
  must(peek.execute("UPDATE case_step SET note = '' WHERE number = 2"));  // an erasure
  const auto file = must(cases_.read(id));
  ASSERT_EQ(file.steps.size(), 2U);
  EXPECT_EQ(file.steps[1].note, "");
  EXPECT_EQ(file.steps[1].who, "can-bo");
}

TEST_F(Cases, AreAnsweredInTimeOrNot) {
  const CaseId quick = say("Ghế", kNoon);
  const CaseId slow = say("Quạt", kNoon);
  const CaseId petition = say("Quy định", kNoon);
  const CaseId praise = say("Cảm ơn", kNoon);
  say("Chưa ai xem", kNoon);
  say("Hôm sau", kNoon + kDay);
  classify(quick, core::CaseClass::kSuggestion, kNoon);
  classify(slow, core::CaseClass::kSuggestion, kNoon);
  classify(petition, core::CaseClass::kPetition, kNoon);
  classify(praise, core::CaseClass::kPraise, kNoon);
  // Tuesday 24 November and five working days: until the end of Tuesday 1 December.
  step(quick, core::CaseAction::kHandle, kNoon + 7 * kDay + 12 * kHour - 1);
  step(slow, core::CaseAction::kHandle, kNoon + 7 * kDay + 12 * kHour);
  const std::int64_t end = kNoon + 7 * kDay + 12 * kHour;  // of that Tuesday

  auto figures = timeliness(end - 1);
  EXPECT_EQ(figures.suggestions, (feedback::Timeliness{2, 1, 0, 0}));
  EXPECT_EQ(figures.petitions, (feedback::Timeliness{0, 0, 1, 0}));
  EXPECT_EQ(figures.all, (feedback::Timeliness{2, 1, 3, 0})) << "without the praise";
  figures = timeliness(end);
  EXPECT_EQ(figures.all, (feedback::Timeliness{3, 1, 2, 1})) << "the unread one is late now";
  figures = timeliness(end + 30 * kDay);
  EXPECT_EQ(figures.all, (feedback::Timeliness{5, 1, 0, 3}));
  EXPECT_EQ(figures.petitions, (feedback::Timeliness{1, 0, 0, 1}));

  feedback::TimelinessReader reader(reception_.store(), reception_.config().case_limits,
                                    reception_.config().calendar);
  EXPECT_EQ(must(reader.overdue(kNoon + kHour, 10)).size(), 0U);
  const auto late = must(reader.overdue(kNoon + kDay, 10));
  ASSERT_EQ(late.size(), 1U);
  EXPECT_EQ(late[0].status, core::CaseStatus::kNew);
  EXPECT_EQ(late[0].due_at, kNoon + kDay - 3 * kHour);
}

TEST_F(Cases, PraiseWhomResidentsPraisedInTheirOwnWords) {
  const auto praise = [&](const std::string& text, const std::string& officer) {
    const core::Seq rating = kiosk_.rate(5);
    kiosk_.answer(rating, "reasons", "listening");
    if (!officer.empty()) kiosk_.answer(rating, "officer", officer);
    kiosk_.say(rating, text);
    send();
    const CaseId id{1, rating};
    classify(id, core::CaseClass::kPraise, kNoon);
    return id;
  };
  praise("Cô Lan rất tận tình", "lan");
  praise("Cảm ơn cô Lan", "lan");
  praise("Mọi người đều vui vẻ", "");
  say("Chưa phân loại thì chưa tính");
  feedback::PraiseReader reader(reception_.store());
  const auto day = core::local_date(kNoon);
  const auto list = must(reader.read(day, day));
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].officer, "lan");
  EXPECT_EQ(list[0].counter_id, "q1");
  EXPECT_EQ(list[0].visits, 2);
  EXPECT_EQ(list[0].reasons, (std::map<std::string, int>{{"listening", 2}}));
  ASSERT_EQ(list[0].words.size(), 2U);
  EXPECT_EQ(list[1].officer, "");
}

TEST(CaseIds, HaveOneSpelling) {
  EXPECT_EQ(storage::parse_case_id("3-17"), (CaseId{3, 17}));
  for (const char* text : {"", "-", "3", "3-", "-17", "03-17", "3-17 ", "3-+17", "3-17-1", "a-1",
                           "99999999999999999999-1"}) {
    EXPECT_EQ(storage::parse_case_id(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace hailong::district
