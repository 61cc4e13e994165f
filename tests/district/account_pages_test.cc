#include <gtest/gtest.h>

#include <regex>

#include "tests/district/running_district.h"

namespace hailong::district {
namespace {

using access::Role;

/// What a page shows once.
std::string secret_on(const Reply& reply) {
  std::smatch found;
  EXPECT_TRUE(std::regex_search(reply.body, found, std::regex("<code>([^<]+)</code>")))
      << reply.body;
  return found.size() > 1 ? found[1].str() : "";
}

class AccountPages : public ::testing::Test {
 protected:
  bool shows(const std::string& path, const std::string& session, const std::string& text) {
    return district_.client().get(path, {session}).body.find(text) != std::string::npos;
  }
  RunningDistrict district_;
};

TEST_F(AccountPages, AddAPersonWhoseFirstPasswordMustBeChanged) {
  const std::string admin = district_.log_in();
  const Reply added = district_.submit(
      "accounts", admin, "name=ba-an&shown_name=B%C3%A0+An&role=commune-head&unit=10750");
  ASSERT_EQ(added.status, 200);
  const std::string given = secret_on(added);
  EXPECT_FALSE(shows("accounts", admin, given));
  EXPECT_TRUE(shows("accounts", admin, "Chờ đổi mật khẩu"));
  EXPECT_TRUE(shows("accounts", admin, "xã Phú Thái (mã 10750)"));

  const Reply login = district_.post_login("ba-an", given);
  ASSERT_EQ(login.status, 303);
  const std::string session = RunningDistrict::cookie_of(login);
  const Reply held = district_.client().get("", {session});
  EXPECT_EQ(held.status, 303);
  EXPECT_EQ(held.header("Location"), "/account");
  expect_problem(district_.client().get("api/v1/scores?from=2026-11-24&to=2026-11-24", {session}),
                 403, "no-right");
  EXPECT_TRUE(shows("account", session, "Xin đổi mật khẩu để tiếp tục."));

  const Reply changed = district_.submit(
      "account/password", session, "old=" + given + "&new=a+new+password&again=a+new+password");
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(district_.client().get("", {session}).status, 303);
  const std::string fresh = RunningDistrict::cookie_of(changed);
  EXPECT_TRUE(shows("account", fresh, "Bà An"));
  EXPECT_EQ(district_.post_login("ba-an", given).status, 401);
  EXPECT_EQ(district_.post_login("ba-an", "a new password").status, 303);
}

TEST_F(AccountPages, SayWhatIsWrongWithAForm) {
  const std::string admin = district_.log_in();
  for (const auto& [fields, words] : std::map<std::string, std::string>{
           {"name=&role=auditor", "không được để trống"},
           {"name=a&role=root", "Xin chọn một vai trò"},
           {"name=a&role=commune-staff", "cần có mã của xã"},
           {"name=a&role=commune-staff&unit=99999", "không có đơn vị nào mang mã này"},
           {"name=a&role=auditor&unit=10750", "không ghi mã xã"},
           {"name=can-bo&role=auditor", "Tên này đã có người dùng"}}) {
    const Reply reply = district_.submit("accounts", admin, fields);
    EXPECT_EQ(reply.status, 400) << fields;
    EXPECT_NE(reply.body.find(words), std::string::npos) << fields << reply.body;
  }
  EXPECT_EQ(must(storage::Accounts(district_.store()).list()).size(), 1U);
}

TEST_F(AccountPages, ChangeRolesAndEndTheSessionsOfThoseConcerned) {
  const std::string admin = district_.log_in();
  district_.add_user(Role::kDistrictOfficer, "b");
  const std::string session = district_.open_session("b");
  EXPECT_EQ(district_.submit("accounts/change", admin, "name=b&role=auditor&shown_name=B").status,
            303);
  EXPECT_EQ(district_.client().get("", {session}).status, 303);
  EXPECT_EQ(district_.client().get("audit", {district_.open_session("b")}).status, 200);
  EXPECT_EQ(district_.submit("accounts/disable", admin, "name=b").status, 303);
  EXPECT_TRUE(shows("accounts", admin, "Đã khóa"));
  EXPECT_EQ(district_.post_login("b", RunningDistrict::kPassword).status, 401);
  EXPECT_EQ(district_.submit("accounts/enable", admin, "name=b").status, 303);
  EXPECT_EQ(district_.post_login("b", RunningDistrict::kPassword).status, 303);
  const std::string given = secret_on(district_.submit("accounts/password", admin, "name=b"));
  EXPECT_EQ(district_.post_login("b", RunningDistrict::kPassword).status, 401);
  EXPECT_EQ(district_.post_login("b", given).status, 303);
  EXPECT_EQ(district_.submit("accounts/disable", admin, "name=nobody").status, 400);
}

TEST_F(AccountPages, NeverLetAnAdministratorLockThemselvesOut) {
  const std::string admin = district_.log_in();
  EXPECT_EQ(district_.submit("accounts/disable", admin, "name=can-bo").status, 400);
  EXPECT_EQ(district_.submit("accounts/change", admin, "name=can-bo&role=auditor").status, 400);
  EXPECT_EQ(district_.client().get("accounts", {admin}).status, 200);
}

TEST_F(AccountPages, ChangeThePasswordOnlyForOneThatIsKnownAndRepeated) {
  const std::string session = district_.log_in();
  const std::string old = "old=" + http::escaped(RunningDistrict::kPassword);
  for (const std::string& fields :
       {std::string("old=wrong&new=a+new+password&again=a+new+password"),
        old + "&new=short&again=short", old + "&new=a+new+password&again=another+password",
        old + "&new=" + old.substr(4) + "&again=" + old.substr(4)}) {
    EXPECT_EQ(district_.submit("account/password", session, fields).status, 400) << fields;
  }
  EXPECT_EQ(district_.client().get("", {session}).status, 200);
  EXPECT_EQ(district_.post_login(RunningDistrict::kUser, RunningDistrict::kPassword).status, 303);
}

TEST_F(AccountPages, LogOutEverywhere) {
  const std::string first = district_.log_in();
  const std::string second = district_.open_session(RunningDistrict::kUser);
  EXPECT_EQ(district_.submit("account/leave", second).status, 303);
  EXPECT_EQ(district_.client().get("", {first}).status, 303);
  EXPECT_EQ(district_.client().get("", {second}).status, 303);
}

TEST_F(AccountPages, GiveAndRevokeTokens) {
  const std::string admin = district_.log_in();
  EXPECT_EQ(district_.submit("tokens", admin, "name=kho").status, 400);
  const std::string token =
      secret_on(district_.submit("tokens", admin, "name=kho&scores=1&unit=10750"));
  EXPECT_FALSE(shows("tokens", admin, token));
  EXPECT_TRUE(shows("tokens", admin, "xã Phú Thái (mã 10750)"));
  const std::string bearer = "Authorization: Bearer " + token;
  const char* scores = "api/v1/scores?from=2026-11-24&to=2026-11-24";
  EXPECT_EQ(district_.client().get(scores, {bearer}).status, 200);
  EXPECT_EQ(district_.submit("tokens/revoke", admin, "name=kho").status, 303);
  EXPECT_EQ(district_.client().get(scores, {bearer}).status, 401);
}

TEST_F(AccountPages, ShowOnlyTheSectionsThatSomebodyMayOpen) {
  const std::string admin = district_.log_in();
  const std::string staff = district_.log_in(Role::kCommuneStaff, "staff");
  for (const char* section : {"/audit", "/accounts", "/tokens"}) {
    const std::string link = std::string("href=\"") + section + "\"";
    EXPECT_TRUE(shows("", admin, link));
    EXPECT_FALSE(shows("", staff, link));
  }
  EXPECT_TRUE(shows("account", staff, "Cán bộ xã"));
  const Reply refused = district_.client().get("accounts", {staff});
  EXPECT_EQ(refused.status, 403);
  EXPECT_NE(refused.body.find("Không có quyền xem trang này"), std::string::npos);
}

TEST_F(AccountPages, ShowTheAuditLogByFilterAndAsCsv) {
  const std::string admin = district_.log_in();
  district_.add_user(Role::kAuditor, "auditor");
  const std::string auditor = district_.open_session("auditor");
  EXPECT_EQ(district_.submit("accounts/disable", admin, "name=auditor").status, 303);
  EXPECT_EQ(district_.submit("accounts/enable", admin, "name=auditor").status, 303);
  const std::string again = district_.open_session("auditor");
  EXPECT_EQ(district_.client().get("audit", {auditor}).status, 303);
  EXPECT_TRUE(shows("audit", again, "Khóa tài khoản"));
  EXPECT_TRUE(shows("audit?action=account-disabled&who=can-bo&subject=auditor", again,
                    "data-label=\"Việc\">Khóa tài khoản"));
  EXPECT_TRUE(shows("audit?who=nobody", again, "Không có mục nào"));
  EXPECT_TRUE(shows("audit?from=2000-01-01&to=2000-01-02", again, "Không có mục nào"));
  const Reply csv = district_.client().get("audit.csv?who=can-bo", {again});
  EXPECT_EQ(csv.header("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_EQ(csv.body.rfind("\xEF\xBB\xBFSố,Lúc,", 0), 0U);
  EXPECT_NE(csv.body.find(",can-bo,Khóa tài khoản,auditor,\r\n"), std::string::npos) << csv.body;
  EXPECT_TRUE(shows("audit?action=audit-downloaded", again, "Tải nhật ký"));
}

TEST_F(AccountPages, LeafThroughALongAuditLog) {
  const std::string admin = district_.log_in();
  storage::Audit audit(district_.store());
  for (int i = 0; i < 150; ++i) {
    must(audit.add({now_ms(), "x", "login", "entry " + std::to_string(i), ""}));
  }
  const Reply first = district_.client().get("audit?who=x", {admin});
  EXPECT_NE(first.body.find(">entry 149<"), std::string::npos);
  EXPECT_EQ(first.body.find(">entry 49<"), std::string::npos);
  std::smatch older;
  ASSERT_TRUE(std::regex_search(first.body, older,
                                std::regex("href=\"/(audit\\?who=x&amp;before=[0-9]+)\"")));
  std::string path = older[1].str();
  path.replace(path.find("&amp;"), 5, "&");
  const Reply second = district_.client().get(path, {admin});
  EXPECT_NE(second.body.find(">entry 49<"), std::string::npos);
  EXPECT_EQ(second.body.find(">entry 50<"), std::string::npos);
  EXPECT_EQ(second.body.find("before="), std::string::npos);
}

}  // namespace
}  // namespace hailong::district
