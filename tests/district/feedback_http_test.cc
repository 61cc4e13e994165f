#include <gtest/gtest.h>

#include "district/clock.h"
#include "tests/district/running_district.h"

/// Residents' words over HTTP: pages, forms and the endpoint, as each role.

namespace hailong::district {
namespace {

using access::Role;

class FeedbackHttp : public testing::Test {
 protected:
  FeedbackHttp() { district_.know(kiosk_); }

  /// Words that came an hour ago; the address of their case.
  std::string say(const std::string& text) {
    const core::Seq rating = kiosk_.rate(2, now_ms() - 3'600'000);
    kiosk_.say(rating, text);
    return send(rating);
  }
  std::string send(core::Seq rating) {
    const core::Seq first = sent_ + 1;
    sent_ = kiosk_.last();
    EXPECT_EQ(district_.send(kiosk_, kiosk_.sealed(first, sent_)).status, 200);
    return "feedback/1-" + std::to_string(rating);
  }

  std::string session(Role role, const std::string& name, const std::string& unit = "10750") {
    district_.add_user(role, name, unit);
    return district_.open_session(name);
  }
  Reply get(const std::string& path, const std::string& cookie) {
    return district_.client().get(path, {cookie});
  }
  Reply submit(const std::string& path, const std::string& cookie, const std::string& fields) {
    return district_.submit(path, cookie, fields);
  }

  RunningDistrict district_;
  FakeKiosk kiosk_{"kt-1"};
  core::Seq sent_ = 0;
};

bool page_shows(const Reply& reply, const std::string& text) {
  return reply.body.find(text) != std::string::npos;
}

TEST_F(FeedbackHttp, GoFromTheKioskToAPublishedAnswer) {
  const std::string address = say("Thiếu ghế chờ");
  const std::string staff = session(Role::kCommuneStaff, "can-bo-xa");
  EXPECT_TRUE(page_shows(get("feedback", staff), "Thiếu ghế chờ"));
  Reply page = get(address, staff);
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(page_shows(page, "Đã xem"));
  EXPECT_NE(page.header("Cache-Control").find("no-store"), std::string::npos);

  const Reply classified =
      submit(address, staff, "action=classify&steps=1&class=suggestion&subject=none&note=");
  EXPECT_EQ(classified.status, 303);
  EXPECT_EQ(classified.header("Location"), "/" + address);
  const Reply late = submit(address, staff, "action=start&steps=1");
  EXPECT_EQ(late.status, 400);
  EXPECT_TRUE(page_shows(late, "Có người vừa cập nhật"));
  EXPECT_EQ(submit(address, staff, "action=handle&steps=2&answer=%20").status, 400);
  EXPECT_EQ(submit(address, staff,
                   "action=handle&steps=2&answer=X%C3%A3+%C4%91%C3%A3+k%C3%AA+"
                   "th%C3%AAm+gh%E1%BA%BF.")
                .status,
            303);
  EXPECT_EQ(submit(address, staff, "action=offer-publication&steps=3").status, 303);
  EXPECT_EQ(submit(address, staff, "action=publish&steps=4").status, 303);
  page = get(address, session(Role::kSupervisor, "mat-tran"));
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(page_shows(page, "Xã đã kê thêm ghế."));
  EXPECT_TRUE(page_shows(page, "Đã công khai"));
}

TEST_F(FeedbackHttp, RefuseWhatIsNotTheirs) {
  const std::string address = say("Thiếu ghế chờ");
  const core::Seq rating = kiosk_.rate(1, now_ms());
  kiosk_.answer(rating, "reasons", "extra-money", true);
  const std::string money = send(rating);
  const std::string staff = session(Role::kCommuneStaff, "can-bo-xa");
  const std::string neighbour = session(Role::kCommuneHead, "xa-ben", "10756");
  EXPECT_EQ(get(address, neighbour).status, 404);
  EXPECT_EQ(submit(address, neighbour, "action=see&steps=0").status, 404);
  EXPECT_FALSE(page_shows(get("feedback", neighbour), "Thiếu ghế"));
  EXPECT_EQ(get(money, staff).status, 404);
  EXPECT_EQ(get(address, session(Role::kSupervisor, "mat-tran")).status, 404);
  EXPECT_EQ(
      submit(address, session(Role::kAuditor, "kiem-tra"), "action=note&steps=0&note=a").status,
      403);
  for (const char* nowhere : {"feedback/9-9", "feedback/x", "feedback/1-1-1", "feedback/01-1"}) {
    EXPECT_EQ(get(nowhere, staff).status, 404) << nowhere;
  }
  EXPECT_EQ(submit(address, staff, "action=drop-tables&steps=0").status, 400);
  EXPECT_EQ(district_.client().post(address, "action=see&steps=0", {staff}).status, 403)
      << "no csrf";
  EXPECT_EQ(district_.peek().number("SELECT count(*) FROM case_step WHERE action <> 'see'"), 0);
}

TEST_F(FeedbackHttp, FilterAndSearch) {
  say("Thiếu ghế chờ");
  say("Cảm ơn cô Lan");
  const std::string officer = session(Role::kDistrictOfficer, "cap-tren");
  const Reply found = get("feedback?q=ghe", officer);
  EXPECT_TRUE(page_shows(found, "Thiếu ghế chờ"));
  EXPECT_FALSE(page_shows(found, "Cảm ơn"));
  EXPECT_TRUE(page_shows(get("feedback?unit=10750%402025-07-01", officer), "Cảm ơn"));
  EXPECT_TRUE(page_shows(get("feedback?unit=10756%402025-07-01", officer), "Không có ý kiến nào"));
  const Reply wrong = get("feedback?status=x%22%3E%3Cscript%3E", officer);
  EXPECT_EQ(wrong.status, 400);
  EXPECT_FALSE(page_shows(wrong, "><script>"));
  EXPECT_TRUE(page_shows(get("praise", officer), "Chưa có lời khen"));
}

TEST_F(FeedbackHttp, GivePrograms) {
  say("Thiếu ghế chờ");
  say("Cảm ơn cô Lan");
  const core::Seq rating = kiosk_.rate(1, now_ms());
  kiosk_.answer(rating, "reasons", "extra-money", true);
  send(rating);
  const auto token = [&](const std::string& scopes) {
    const std::string secret = access::new_secret();
    must(storage::Accounts(district_.store())
             .add_token({scopes, scopes, "", 0, false}, access::hash_of_secret(secret),
                        {"test", kNoon}));
    return "Authorization: Bearer " + secret;
  };
  const auto list = [&](const std::string& query, const std::string& bearer) {
    return district_.client().get("api/v1/feedback" + query, {bearer});
  };
  const std::string plain = token("feedback");
  const auto without = json_of(list("", plain));
  ASSERT_EQ(without["cases"].size(), 2U) << "never what tells of money";
  EXPECT_FALSE(without["cases"][0].contains("words"));
  EXPECT_EQ(without["cases"][0]["status"], "new");
  EXPECT_EQ(without["cases"][0]["unit_name"], "xã Phú Thái");
  EXPECT_EQ(without["counts"]["new"], 2);
  EXPECT_EQ(without["next"], nullptr);
  EXPECT_FALSE(without["cases"][0].contains("given_at"));

  const auto with = json_of(list("", token("words")));
  EXPECT_EQ(with["cases"][0]["words"][0], "Cảm ơn cô Lan");
  EXPECT_EQ(list("", token("scores")).status, 403);

  const auto first = json_of(list("?limit=1", plain));
  ASSERT_EQ(first["cases"].size(), 1U);
  const auto second = json_of(list("?limit=1&after=" + first["next"].get<std::string>(), plain));
  ASSERT_EQ(second["cases"].size(), 1U);
  EXPECT_NE(first["cases"][0]["id"], second["cases"][0]["id"]);
  EXPECT_EQ(second["next"], nullptr);
  EXPECT_EQ(json_of(list("?class=praise", plain))["cases"].size(), 0U);
  for (const char* wrong : {"?status=x", "?class=", "?from=yesterday", "?limit=0", "?limit=1001",
                            "?limit=1x", "?after=x", "?overdue=1", "?q=a", "?limit=1&limit=1"}) {
    expect_problem(list(wrong, plain), 400, "bad-parameter");
  }
}

}  // namespace
}  // namespace hailong::district
