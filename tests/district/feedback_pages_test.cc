#include <gtest/gtest.h>

#include "district/web/feedback_query.h"
#include "district/web/feedback_views.h"
#include "tests/district/sample.h"

/// What the pages about residents' words hold.

namespace hailong::district {
namespace {

using access::Role;
using storage::CaseId;

const std::string kHome = "10750@2025-07-01";
const std::string kNasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{csrf}}";

access::Principal visitor(Role role) {
  access::Principal person;
  person.name = "tai-khoan";
  person.role = role;
  person.csrf = "bí-mật-của-phiên";
  if (access::belongs_to_commune(role)) {
    person.unit = core::UnitCode{"10750"};
    person.unit_ids = {kHome};
  }
  return person;
}

class FeedbackViews : public testing::Test {
 protected:
  FeedbackViews() { register_kiosk(reception_.store(), kiosk_); }

  CaseId say(const std::string& text, std::int64_t at_ms = kNoon) {
    const core::Seq rating = kiosk_.rate(2, at_ms);
    kiosk_.answer(rating, "reasons", "long-wait");
    kiosk_.say(rating, text);
    const core::Seq first = sent_ + 1;
    sent_ = kiosk_.last();
    accepted(reception_.take(kiosk_, kiosk_.sealed(first, sent_)));
    return {1, rating};
  }

  std::string inbox(Role role, const feedback::InboxFilter& filter = {}, int limit = 50) {
    auto found = must(desk_.inbox(visitor(role), filter, std::nullopt, limit, true, kNoon));
    return web::inbox_main({reception_.config(), filter, false, {}, kNoon, std::move(found), ""});
  }
  std::string page(Role role, const CaseId& id, std::int64_t now_ms = kNoon) {
    const access::Principal person = visitor(role);
    auto opened = must(desk_.open(person, id, now_ms));
    return web::case_main({reception_.config(), person, now_ms, std::move(opened), ""});
  }
  void take(Role role, const CaseId& id, const core::CaseStep& step) {
    const auto file = must(storage::CaseStore(reception_.store()).read(id));
    must(desk_.take(visitor(role), id, step, static_cast<int>(file.steps.size()), kNoon));
  }

  Reception reception_;
  FakeKiosk kiosk_{"kt-1"};
  feedback::Desk desk_{reception_.store(), reception_.config().case_limits,
                       reception_.config().calendar};
  core::Seq sent_ = 0;
};

bool view_has(const std::string& html, const std::string& text) {
  return html.find(text) != std::string::npos;
}

core::CaseStep classified(core::CaseClass classed) {
  core::CaseStep step;
  step.action = core::CaseAction::kClassify;
  step.classed = classed;
  return step;
}

TEST_F(FeedbackViews, NeverLetWordsBecomeMarkup) {
  const CaseId id = say(kNasty);
  core::CaseStep ask;
  ask.action = core::CaseAction::kAskUnit;
  ask.note = kNasty;
  ask.due = core::local_date(kNoon + kDay);
  take(Role::kDistrictOfficer, id, ask);
  core::CaseStep note;
  note.action = core::CaseAction::kNote;
  note.note = kNasty;
  take(Role::kCommuneHead, id, note);
  feedback::InboxFilter searched;
  searched.search = kNasty;
  for (const std::string& html : {inbox(Role::kCommuneHead), page(Role::kCommuneHead, id),
                                  inbox(Role::kDistrictOfficer, searched)}) {
    EXPECT_FALSE(view_has(html, "<script"));
    EXPECT_FALSE(view_has(html, "<img"));
    EXPECT_TRUE(view_has(html, "&lt;script&gt;"));
    EXPECT_TRUE(view_has(html, "{{csrf}}")) << "nor a place to be filled in";
    EXPECT_FALSE(view_has(html, " style="));
    EXPECT_FALSE(view_has(html, " onclick"));
  }
}

TEST_F(FeedbackViews, SayWhatCanBeDoneWithTheFormsForIt) {
  const CaseId id = say("Chờ lâu");
  std::string html = page(Role::kCommuneStaff, id);
  EXPECT_TRUE(view_has(html, "name=\"action\" value=\"classify\""));
  EXPECT_TRUE(view_has(html, "name=\"csrf\" value=\"bí-mật-của-phiên\""));
  EXPECT_TRUE(view_has(html, "name=\"steps\" value=\"1\""));
  EXPECT_FALSE(view_has(html, "value=\"ask-unit\"")) << "that is the authority's";
  EXPECT_FALSE(view_has(html, "value=\"ask-for-more\"")) << "nobody can be asked";
  take(Role::kCommuneStaff, id, classified(core::CaseClass::kSuggestion));
  html = page(Role::kCommuneStaff, id);
  EXPECT_TRUE(view_has(html, "name=\"answer\""));
  EXPECT_TRUE(view_has(html, "name=\"receiver\""));
  html = page(Role::kSupervisor, [&] {
    core::CaseStep answer;
    answer.action = core::CaseAction::kHandle;
    answer.answer = "Xã đã kê thêm ghế.";
    take(Role::kCommuneStaff, id, answer);
    return id;
  }());
  EXPECT_FALSE(view_has(html, "<form"));
  EXPECT_TRUE(view_has(html, "Xã đã kê thêm ghế."));
  EXPECT_FALSE(view_has(html, "tai-khoan")) << "who did it is the officials' business";
}

TEST_F(FeedbackViews, KeepScoreCounterAndTimeFromTheStaff) {
  const CaseId id = say("Chờ lâu", kNoon + std::int64_t{7} * 60'000);
  const std::string staff = page(Role::kCommuneStaff, id, kNoon + kDay);
  EXPECT_TRUE(view_has(staff, "chiều 24/11/2026"));
  EXPECT_FALSE(view_has(staff, "Không hài lòng"));
  EXPECT_FALSE(view_has(staff, "12:07"));
  EXPECT_TRUE(view_has(staff, "<dt>Lý do</dt><dd>Chờ lâu</dd>"));
  const std::string head = page(Role::kCommuneHead, id, kNoon + kDay);
  EXPECT_TRUE(view_has(head, "Không hài lòng"));
  EXPECT_FALSE(view_has(head, "12:07"));
}

TEST_F(FeedbackViews, MarkPlaceholdersAndWhatIsLate) {
  const CaseId id = say("Chờ lâu");
  const std::string html = page(Role::kDistrictOfficer, id, kNoon + 30 * kDay);
  EXPECT_TRUE(view_has(html, "hạn tạm"));
  EXPECT_TRUE(view_has(html, "09:00 25/11/2026"));
  EXPECT_TRUE(view_has(html, "Quá hạn"));
}

TEST_F(FeedbackViews, SayWhichHolidaysNobodyHasAnnouncedYet) {
  const std::string words = "tạm tính 24/11/2026 (Ngày Văn hóa Việt Nam) là ngày nghỉ";
  const std::int64_t before = kNoon - 4 * kDay;
  const core::Seq rating = kiosk_.rate(1, before);
  kiosk_.append(core::Feedback{rating, core::FeedbackKind::kWords, core::Bytes32{1}}, before);
  accepted(reception_.take(kiosk_));
  sent_ = kiosk_.last();
  const auto dues_of = [&](const CaseId& id) {
    core::CaseStep see;
    see.action = core::CaseAction::kSee;
    take(Role::kDistrictOfficer, id, see);
    take(Role::kDistrictOfficer, id, classified(core::CaseClass::kSuggestion));
    return page(Role::kDistrictOfficer, id);
  };
  EXPECT_TRUE(view_has(dues_of({1, rating}), words));
  EXPECT_FALSE(view_has(dues_of(say("Chờ lâu")), words));
}

TEST_F(FeedbackViews, ListWhatIsThereWithLinksThatKeepTheFilter) {
  EXPECT_TRUE(view_has(inbox(Role::kCommuneStaff), "Không có ý kiến nào"));
  for (int i = 0; i < 3; ++i) say("Ghế " + std::string(200, 'a'));
  feedback::InboxFilter filter;
  filter.search = "ghế & quạt";
  EXPECT_EQ(web::inbox_address(filter, CaseId{1, 4}),
            "/feedback?q=gh%E1%BA%BF%20%26%20qu%E1%BA%A1t&after=1-4");
  filter.search = "ghe";
  const std::string html = inbox(Role::kCommuneStaff, filter, 2);
  EXPECT_TRUE(view_has(html, "/feedback?q=ghe&amp;after=1-4"));
  EXPECT_TRUE(view_has(html, "Mới <b>3</b>"));
  EXPECT_TRUE(view_has(html, "…")) << "long words are cut";
}

TEST(InboxQueries, AreReadFromTheAddress) {
  const auto query = web::parse_inbox_query({{"status", "in-progress"},
                                             {"class", "praise"},
                                             {"unit", kHome},
                                             {"overdue", "1"},
                                             {"from", "2026-01-01"},
                                             {"to", ""},
                                             {"q", "ghế"},
                                             {"after", "3-17"}});
  EXPECT_EQ(query.error, "");
  EXPECT_EQ(query.filter.status, core::CaseStatus::kInProgress);
  EXPECT_EQ(query.filter.classed, core::CaseClass::kPraise);
  EXPECT_EQ(query.filter.unit_id, kHome);
  EXPECT_TRUE(query.filter.overdue);
  EXPECT_EQ(query.filter.to, std::nullopt);
  EXPECT_EQ(query.after, (CaseId{3, 17}));
  for (const http::Fields& wrong : {http::Fields{{"status", "x"}},
                                    {{"from", "2026-13-01"}},
                                    {{"after", "x"}},
                                    {{"x", "1"}},
                                    {{"overdue", "yes"}},
                                    {{"q", std::string(201, 'a')}}}) {
    const auto refused = web::parse_inbox_query(wrong);
    EXPECT_NE(refused.error, "") << wrong[0].first;
    EXPECT_EQ(refused.filter.status, std::nullopt);
    EXPECT_EQ(refused.filter.search, "");
  }
}

}  // namespace
}  // namespace hailong::district
