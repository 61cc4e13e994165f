#include <gtest/gtest.h>

#include <set>

#include "tests/district/running_district.h"

/// What an attacker would try, against the running service, on every address that it answers.

namespace hailong::district {
namespace {

using access::Right;
using access::Role;

constexpr std::array kInjections = {"' OR '1'='1",
                                    "'; DROP TABLE person; --",
                                    "1 UNION SELECT password FROM person",
                                    "\"; --",
                                    "%27%20OR%201=1",
                                    "$1",
                                    "x' AND (SELECT 1 FROM audit) = 1 --",
                                    "\\'; SELECT 1; --"};

constexpr std::array kScripts = {
    "<script>alert(1)</script>",   "\"><img src=x onerror=alert(1)>",   "' onmouseover='alert(1)",
    "<svg/onload=alert(1)>",       "</title><script>alert(1)</script>", "{{{main}}}<b>",
    "<a href=javascript:alert(1)>"};

/// Names of parameters and fields that pages read.
constexpr std::array kParameters = {"from",       "to",     "by",      "format", "as",
                                    "who",        "action", "subject", "before", "q",
                                    "status",     "unit",   "year",    "name",   "role",
                                    "shown_name", "scope",  "next",    "id",     "class"};

/// The route's address with something in place of each {}.
std::string address(const web::SiteRoute& route, const std::string& filling = "2026") {
  std::string path = route.path.substr(1);
  for (std::size_t hole = path.find("{}"); hole != std::string::npos; hole = path.find("{}")) {
    path.replace(hole, 2, filling);
  }
  return path;
}

bool has_hole(const web::SiteRoute& route) { return route.path.find("{}") != std::string::npos; }

std::string said(const web::SiteRoute& route) { return route.method + " " + route.path; }

bool contains(const Reply& reply, const std::string& text) {
  return reply.body.find(text) != std::string::npos;
}

class Security : public ::testing::Test {
 protected:
  Reply send(const web::SiteRoute& route, const std::string& cookie,
             const std::string& filling = "2026") {
    const std::string path = address(route, filling);
    if (route.method == "GET") return district_.client().get(path, {cookie});
    return district_.submit(path, cookie);
  }
  void add_all_roles() {
    for (const Role role : access::kRoles) district_.add_user(role, name_of_test(role));
  }
  static std::string name_of_test(Role role) { return std::string(word_of(role)); }

  RunningDistrict district_;
};

TEST_F(Security, OnlyTheseAddressesAreOpenToEverybody) {
  std::set<std::string> open;
  for (const web::SiteRoute& route : district_.routes()) {
    if (!route.right) open.insert(said(route));
  }
  EXPECT_EQ(open, (std::set<std::string>{
                      "GET /healthz", "GET /metrics", "GET /api/v1/openapi.json",
                      "POST /api/v1/devices/{}/batches", "POST /api/v1/devices/{}/heartbeat",
                      "POST /api/v1/devices/{}/keys", "POST /api/v1/enrol",
                      "GET /api/v1/devices/{}/config", "GET /login", "POST /login",
                      "GET /static/hailong.css", "GET /static/hailong.js",
                      "GET /static/hailong-charts.js", "GET /static/chart.min.js",
                      "GET /static/icon.svg", "GET /static/later.css", "GET /y/{}", "POST /y/{}"}));
}

TEST_F(Security, StrangersGetNothingElse) {
  for (const web::SiteRoute& route : district_.routes()) {
    if (!route.right) continue;
    for (const std::string& cookie :
         {std::string("X-None: 1"), "Cookie: hailong_session=" + std::string(64, 'a')}) {
      const Reply reply = send(route, cookie);
      EXPECT_EQ(reply.status, route.for_programs ? 401 : 303) << said(route);
      if (!route.for_programs) {
        EXPECT_EQ(reply.header("Location").rfind("/login", 0), 0U) << said(route);
      }
    }
  }
}

TEST_F(Security, EveryRoleGetsWhatTheTableSaysAndNoMore) {
  add_all_roles();
  int allowed = 0;
  int refused = 0;
  for (const Role role : access::kRoles) {
    for (const web::SiteRoute& route : district_.routes()) {
      if (!route.right) continue;
      const Reply reply = send(route, district_.open_session(name_of_test(role)));
      const std::string what = name_of_test(role) + ": " + said(route);
      if (!may(role, *route.right)) {
        EXPECT_EQ(reply.status, 403) << what;
        ++refused;
        continue;
      }
      ++allowed;
      EXPECT_LT(reply.status, 500) << what;
      EXPECT_NE(reply.status, 401) << what;
      // What belongs to a commune may lie outside the person's own; without a {} nothing can.
      if (!has_hole(route) && route.method == "GET") {
        EXPECT_NE(reply.status, 403) << what;
      }
      if (reply.status == 303 && *route.right != Right::kOwnAccount) {
        EXPECT_NE(reply.header("Location"), "/login") << what;
      }
    }
  }
  EXPECT_GT(allowed, 20);
  EXPECT_GT(refused, 20);
}

TEST_F(Security, ProgramsGetWhatTheirScopesSayAndNoMore) {
  for (const access::Scope scope : access::kScopes) {
    const std::string token = access::new_token();
    const std::string name(word_of(scope));
    must(
        storage::Accounts(district_.store())
            .add_token({name, name, "", 0, false}, access::hash_of_secret(token), {"test", kNoon}));
    for (const web::SiteRoute& route : district_.routes()) {
      if (!route.right) continue;
      const std::string bearer = "Authorization: Bearer " + token;
      const Reply reply = send(route, bearer);
      if (!route.for_programs) {
        EXPECT_EQ(reply.status, 303) << name << ": " << said(route);
      } else if (may(scope, *route.right)) {
        EXPECT_NE(reply.status, 401) << name << ": " << said(route);
        EXPECT_NE(reply.status, 403) << name << ": " << said(route);
      } else {
        expect_problem(reply, 403, "no-right");
      }
    }
  }
}

TEST_F(Security, FormsOfOtherSitesAndSessionsAreRefused) {
  add_all_roles();
  const std::string own = district_.open_session("administrator");
  const std::string other = district_.open_session("auditor");
  for (const web::SiteRoute& route : district_.routes()) {
    if (!route.right || route.method != "POST") continue;
    const std::string path = address(route);
    for (const std::string& fields : {std::string(), std::string("csrf="),
                                      RunningDistrict::csrf(other), std::string("csrf=%00")}) {
      expect_problem(district_.client().post(path, fields, {own}), 403, "foreign-form");
    }
    expect_problem(district_.client().post(path, RunningDistrict::csrf(own),
                                           {own, "Origin: https://evil.example"}),
                   403, "foreign-form");
    expect_problem(district_.client().post(path, RunningDistrict::csrf(own),
                                           {own, "Sec-Fetch-Site: cross-site"}),
                   403, "foreign-form");
  }
  EXPECT_EQ(district_.client().get("", {own}).status, 200);
  EXPECT_EQ(must(storage::Accounts(district_.store()).list()).size(), access::kRoles.size());
}

TEST_F(Security, EveryAnswerCarriesTheSecurityHeaders) {
  add_all_roles();
  const auto expect_headers = [](const Reply& reply, const std::string& what) {
    EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff") << what;
    EXPECT_FALSE(reply.header("Cache-Control").empty()) << what;
    const std::string type = reply.header("Content-Type");
    if (type == "application/json" || type == "application/problem+json" ||
        type.starts_with("application/vnd.hailong.")) {
      return;  // no page
    }
    EXPECT_EQ(reply.header("Content-Security-Policy"),
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
              "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
        << what;
    EXPECT_EQ(reply.header("Referrer-Policy"), "same-origin") << what;
  };
  for (const web::SiteRoute& route : district_.routes()) {
    const Reply reply = send(route, district_.open_session("administrator"));
    expect_headers(reply, said(route));
    if (!route.right) continue;
    EXPECT_EQ(reply.header("Cache-Control").find("public"), std::string::npos) << said(route);
  }
  expect_headers(district_.client().get("no/such/page"), "404");
  expect_headers(district_.client().custom("DELETE", "login"), "405");
}

TEST_F(Security, NoPageHoldsInlineScriptOrStyle) {
  add_all_roles();
  for (const web::SiteRoute& route : district_.routes()) {
    if (route.method != "GET") continue;
    const Reply reply = send(route, district_.open_session("administrator"));
    if (reply.header("Content-Type").rfind("text/html", 0) != 0) continue;
    for (const char* inline_one :
         {" style=", "<style", " onclick=", " onload=", "javascript:", "<script>"}) {
      EXPECT_FALSE(contains(reply, inline_one)) << said(route) << inline_one;
    }
  }
}

TEST_F(Security, SqlInParametersStaysText) {
  add_all_roles();
  const std::string session = district_.open_session("administrator");
  const auto people = [&] { return district_.peek().dump("SELECT name, role FROM person"); };
  const std::string before = people();
  for (const char* injection : kInjections) {
    const std::string value = http::escaped(injection);
    std::string query;
    for (const char* name : kParameters) {
      query.append(query.empty() ? "" : "&").append(name).append("=").append(value);
    }
    for (const web::SiteRoute& route : district_.routes()) {
      // These end the session; everything else is asked with the same one.
      if (route.path == "/logout" || route.path == "/account/leave") continue;
      const std::string path = address(route, value);
      const Reply reply =
          route.method == "GET"
              ? district_.client().get(std::string(path).append("?").append(query), {session})
              : district_.client().post(
                    path, RunningDistrict::csrf(session).append("&").append(query), {session});
      EXPECT_GE(reply.status, 200) << said(route) << " " << injection;
      EXPECT_LT(reply.status, 500) << said(route) << " " << injection;
    }
    EXPECT_EQ(
        district_.client().get("", {"Cookie: hailong_session=" + std::string(injection)}).status,
        303);
    EXPECT_EQ(district_.client()
                  .get("api/v1/scores?from=2026-01-01&to=2026-01-02",
                       {"Authorization: Bearer " + std::string(injection)})
                  .status,
              401);
    EXPECT_NE(district_.post_login(injection, injection).status, 303);
  }
  EXPECT_EQ(people(), before);
}

TEST_F(Security, BytesThatAreNoTextAreRefused) {
  add_all_roles();
  const std::string session = district_.open_session("administrator");
  for (const char* bytes : {"%FF", "%C0%AF", "a%00b", "%ED%A0%80"}) {
    const std::string name = std::string("name=") + bytes;
    EXPECT_EQ(district_.submit("accounts", session, name).status, 400) << bytes;
    EXPECT_EQ(district_.client().post("login", name + "&password=" + bytes).status, 401) << bytes;
  }
  for (const char* bytes : {"%FF", "%C0%AF", "%ED%A0%80"}) {
    const std::string query = std::string("?who=") + bytes;
    EXPECT_EQ(district_.client().get("audit" + query, {session}).status, 400) << bytes;
    EXPECT_EQ(district_.client().get("api/v1/scores" + query, {session}).status, 400) << bytes;
  }
}

TEST_F(Security, PathsLeadNowhereElse) {
  for (const char* path :
       {"static/../district.key", "static/..%2f..%2fdistrict.key", "../../etc/passwd",
        "static/%2e%2e/%2e%2e/etc/passwd", "static//etc/passwd", "static/hailong.css/../x",
        "static/..\\..\\district.db", "%2e%2e%2fdistrict.db"}) {
    const Reply reply = district_.client().get(path);
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_FALSE(contains(reply, "root:")) << path;
  }
}

TEST_F(Security, WhatSomebodyTypedNeverBecomesMarkup) {
  add_all_roles();
  storage::Accounts accounts(district_.store());
  storage::Audit audit(district_.store());
  for (const char* script : kScripts) {
    storage::Account account;
    account.name = script;
    account.shown_name = script;
    account.role = word_of(Role::kAuditor);
    must(accounts.add(account, "no hash", {script, kNoon}));
    must(accounts.add_token({script, "scores", "", 0, false}, access::hash_of_secret(script),
                            {script, kNoon}));
    must(audit.add({now_ms(), script, script, script, script}));
  }
  const std::string session = district_.open_session("administrator");
  for (const char* script : kScripts) {
    std::string query;
    for (const char* name : kParameters) {
      query.append(query.empty() ? "?" : "&").append(name).append("=");
      query.append(http::escaped(script));
    }
    for (const web::SiteRoute& route : district_.routes()) {
      if (route.method != "GET") continue;
      for (const std::string& more : {std::string(), query}) {
        const Reply reply =
            district_.client().get(address(route, http::escaped(script)) + more, {session});
        if (reply.header("Content-Type").rfind("text/html", 0) != 0) continue;
        for (const char* raw : kScripts) {
          EXPECT_FALSE(contains(reply, raw)) << said(route) << more << " holds " << raw;
        }
      }
    }
    const Reply own = district_.client().get("account", {district_.open_session(script)});
    EXPECT_EQ(own.status, 200);
    EXPECT_FALSE(contains(own, script));
  }
  EXPECT_TRUE(contains(district_.client().get("accounts", {session}),
                       "&lt;script&gt;alert(1)&lt;/script&gt;"));
}

TEST_F(Security, CommunesSeeTheirOwnFiguresOnly) {
  FakeKiosk own("kt-1");
  FakeKiosk other("kt-2");
  own.rate(5, now_ms());
  for (int i = 0; i < 7; ++i) other.rate(1, now_ms());
  district_.know(own, "10750");
  district_.know(other, "10792");
  ASSERT_EQ(district_.send(own).status, 200);
  ASSERT_EQ(district_.send(other).status, 200);
  const core::UnitRegister& units = district_.config().rules.units;
  const core::LocalDate today = core::local_date(now_ms());
  const core::Unit* foreign = units.find(core::UnitCode{"10792"}, today);
  ASSERT_NE(foreign, nullptr);
  add_all_roles();
  for (const Role role : {Role::kCommuneHead, Role::kCommuneStaff}) {
    const std::string session = district_.open_session(name_of_test(role));
    const std::string day = core::to_string(today);
    std::string path = "api/v1/scores?from=";
    path.append(day).append("&to=").append(day);
    if (may(role, Right::kExportScores)) {
      const auto scores = json_of(district_.client().get(path, {session}));
      ASSERT_EQ(scores.at("rows").size(), 1U);
      EXPECT_EQ(scores.at("rows").at(0).at("unit_code"), "10750");
      EXPECT_EQ(scores.at("rows").at(0).at("n"), 1);
    }
    for (const web::SiteRoute& route : district_.routes()) {
      if (route.method != "GET" || !route.right || !may(role, *route.right)) continue;
      for (const std::string& filling : {foreign->code.value, foreign->id()}) {
        const Reply reply = send(route, session, http::escaped(filling));
        EXPECT_FALSE(contains(reply, foreign->full_name()))
            << said(route) << " shows another commune to " << name_of_test(role);
      }
    }
  }
  const std::string officer = district_.open_session("district-officer");
  EXPECT_TRUE(contains(district_.client().get("", {officer}), foreign->full_name()));
}

TEST_F(Security, ATokenOfACommuneReadsItsFiguresOnly) {
  const std::string token = access::new_token();
  must(storage::Accounts(district_.store())
           .add_token({"t", "scores", "10750@2025-07-01", 0, false}, access::hash_of_secret(token),
                      {"test", kNoon}));
  const auto scores = json_of(district_.client().get("api/v1/scores?from=2026-11-24&to=2026-11-24",
                                                     {"Authorization: Bearer " + token}));
  ASSERT_EQ(scores.at("rows").size(), 1U);
  EXPECT_EQ(scores.at("rows").at(0).at("unit_code"), "10750");
}

TEST_F(Security, ALoginNeverKeepsTheSessionThatWasPlanted) {
  district_.add_user();
  const std::string planted = "Cookie: hailong_session=" + std::string(64, 'b');
  const Reply reply =
      district_.post_login(RunningDistrict::kUser, RunningDistrict::kPassword, {planted});
  ASSERT_EQ(reply.status, 303);
  EXPECT_NE(RunningDistrict::cookie_of(reply), planted);
  EXPECT_EQ(district_.client().get("", {planted}).status, 303);
  const std::string first = RunningDistrict::cookie_of(reply);
  district_.post_login(RunningDistrict::kUser, RunningDistrict::kPassword, {first});
  EXPECT_EQ(district_.client().get("", {first}).status, 303);
}

TEST_F(Security, ForwardedAddressesCountBehindAProxyOnly) {
  district_.post_login("x", "y", {"X-Forwarded-For: 203.0.113.9"});
  EXPECT_EQ(district_.peek().text("SELECT detail FROM audit ORDER BY seq DESC LIMIT 1"),
            "từ 127.0.0.1");
  Setting setting;
  setting.public_url = "https://hai-long.example";
  RunningDistrict behind(setting);
  behind.post_login("x", "y", {"X-Forwarded-For: 198.51.100.1, 203.0.113.9"});
  EXPECT_EQ(behind.peek().text("SELECT detail FROM audit ORDER BY seq DESC LIMIT 1"),
            "từ 203.0.113.9");
}

}  // namespace
}  // namespace hailong::district
