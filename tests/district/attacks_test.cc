#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <functional>

#include "district/storage/appraisals.h"
#include "district/storage/audit.h"
#include "district/storage/programme_records.h"
#include "program/config.h"
#include "tests/district/running_district.h"

/// Attacks by way of what others put into the district (kiosks, data files, imports, a proxy's
/// headers) and by odd requests. security_test.cc tries what people type.

namespace hailong::district {
namespace {

using access::Role;

constexpr std::array kMarkup = {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
                                "' onmouseover='alert(1)", "</title><script>alert(1)</script>",
                                "\\\"}];alert(1);//<!--<script>"};

std::string quoted_csv(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

class Attacks : public ::testing::Test {
 protected:
  static bool holds(const Reply& reply, const std::string& text) {
    return reply.body.find(text) != std::string::npos;
  }
  static std::string name_of_role(Role role) { return std::string(word_of(role)); }

  /// Every page that somebody may open, with `fillings` in the place of what varies.
  static void look_everywhere(RunningDistrict& district, const std::vector<std::string>& fillings,
                              const std::function<void(const Reply&, const std::string&)>& look) {
    for (const Role role : access::kRoles) {
      district.add_user(role, name_of_role(role));
      const std::string session = district.open_session(name_of_role(role));
      for (const web::SiteRoute& route : district.routes()) {
        if (route.method != "GET" || !route.right || !may(role, *route.right)) continue;
        for (const std::string& filling : fillings) {
          std::string path = route.path.substr(1);
          for (std::size_t hole = path.find("{}"); hole != std::string::npos;
               hole = path.find("{}")) {
            path.replace(hole, 2, filling);
          }
          const std::string query = "?from=2026-11-01&to=2026-11-30&year=2026";
          look(district.client().get(path + query, {session}), name_of_role(role) + " " + path);
        }
      }
    }
  }

  /// A copy of a sample file in which `name` stands in place of `old`.
  std::string hostile_copy(const std::string& file, const std::string& old,
                           const std::string& name) {
    std::string text = must(program::read_text_file(std::string(HAILONG_SAMPLE_CONFIG "/") + file));
    for (std::size_t at = 0; (at = text.find(old, at)) != std::string::npos;
         at += quoted_csv(name).size()) {
      text.replace(at, old.size(), quoted_csv(name));
    }
    std::ofstream(folder_.path() / file) << text;
    return (folder_.path() / file).string();
  }

  tests::TempFolder folder_;
};

TEST_F(Attacks, NamesInDataFilesAndImportsNeverBecomeMarkup) {
  for (const char* markup : kMarkup) {
    Setting setting;
    setting.units = hostile_copy("units.csv", "Phú Thái", markup);
    setting.fields = hostile_copy("fields.csv", "Hộ tịch", markup);
    RunningDistrict district(setting);
    FakeKiosk kiosk("kt-1");
    for (int i = 0; i < 8; ++i) kiosk.rate(i < 4 ? 5 : 1, kNoon);
    district.know(kiosk);
    ASSERT_EQ(district.send(kiosk).status, 200);
    must(storage::ProgrammeRecords(district.store())
             .add_served({{"10750@2025-07-01", "2026-10", "", 1, 1, markup, markup, kNoon}}));
    must(storage::ProgrammeRecords(district.store())
             .confirm({2026, district.config().rules.programmes.for_year(2026)->digest(), markup,
                       markup, kNoon}));
    storage::AppraisalEntry entry;
    entry.unit_id = "10750@2025-07-01";
    entry.year = 2026;
    entry.step = storage::AppraisalStep::kRecognised;
    entry.level = 2;
    entry.words = entry.decision = entry.who = entry.role = markup;
    entry.decided_on = core::parse_date("2026-11-20");
    must(storage::Appraisals(district.store()).add(entry, [](const storage::AppraisalHistory&) {
      return core::Result<void>();
    }));
    int shown = 0;
    look_everywhere(district, {"2026", "10750@2025-07-01"},
                    [&](const Reply& page, const std::string& what) {
                      if (!page.header("Content-Type").starts_with("text/html")) return;
                      EXPECT_FALSE(holds(page, markup)) << what;
                      shown += holds(page, "alert(1)") ? 1 : 0;
                    });
    EXPECT_GT(shown, 20);
  }
}

TEST_F(Attacks, WhatAKioskSendsNeverBecomesMarkup) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  for (const char* markup : kMarkup) {
    const core::Seq rating = kiosk.rate(2, kNoon);
    kiosk.say(rating, markup);
    kiosk.rate(2, kNoon, markup);
    kiosk.rate(2, kNoon, "ho-tich", markup);
    kiosk.rate(2, kNoon, "ho-tich", "q1", {markup});
    kiosk.answer(rating, markup, "long-wait");
    kiosk.answer(rating, "reasons", markup);
  }
  must(storage::Devices(district.store())
           .add({kiosk.device(), core::UnitCode{"10750"}, core::CounterId{kMarkup[0]}, kMarkup[1],
                 kiosk.key().public_key()},
                {"test", kNoon}));
  ASSERT_EQ(district.send(kiosk).status, 200);
  // A reason of doubt is an id, or nothing is made of its rating; the rest is anything.
  EXPECT_EQ(district.peek().number("SELECT count(*) FROM quarantine"), kMarkup.size());
  const auto cases = district.peek().rows("SELECT stream_id, rating_seq FROM feedback_case");
  ASSERT_EQ(cases.size(), kMarkup.size());
  // An official calls them praise, so that the list of praise shows them, too.
  const std::string head = district.log_in(Role::kCommuneHead, "truong");
  std::vector<std::string> fillings = {"10750"};
  for (const sql::Row row : cases) {
    fillings.push_back(std::to_string(row.integer(0)) + "-" + std::to_string(row.integer(1)));
    const std::string path = "feedback/" + fillings.back();
    EXPECT_EQ(district.submit(path, head, "action=see&steps=0").status, 303);
    EXPECT_EQ(district.submit(path, head, "action=classify&class=praise&steps=1").status, 303);
  }
  int shown = 0;
  look_everywhere(district, fillings, [&](const Reply& page, const std::string& what) {
    if (!page.header("Content-Type").starts_with("text/html")) return;
    for (const char* markup : kMarkup) EXPECT_FALSE(holds(page, markup)) << what;
    shown += holds(page, "alert(1)") ? 1 : 0;
  });
  EXPECT_GT(shown, 10);
}

TEST_F(Attacks, TextsNeverBecomeFormulasOfASpreadsheet) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(5, kNoon, "ho-tich", "=1+1");
  district.know(kiosk);
  ASSERT_EQ(district.send(kiosk).status, 200);
  const Reply scores = district.scores("from=2026-11-24&to=2026-11-24&by=unit,counter&format=csv");
  EXPECT_TRUE(holds(scores, ",'=1+1,")) << scores.body;
  must(storage::Audit(district.store()).add({now_ms(), "+1", "-1", "=HYPERLINK(1)", "@x"}));
  const std::string auditor = district.log_in(Role::kAuditor, "kiem-tra");
  const Reply audit = district.client().get("audit.csv", {auditor});
  EXPECT_TRUE(holds(audit, ",'+1,'-1,'=HYPERLINK(1),'@x\r\n")) << audit.body;
}

TEST_F(Attacks, HeadersAreNeverMadeOfWhatWasAskedFor) {
  RunningDistrict district;
  district.add_user();
  const std::string session = district.log_in(Role::kAuditor, "kiem-tra");
  for (const char* target :
       {"%0d%0aSet-Cookie:%20a=b", "/%0d%0aSet-Cookie:%20a=b", "//evil.example",
        "https://evil.example", "/%5cevil.example", "/%09/evil.example"}) {
    const Reply stranger = district.client().get(std::string("units/") + target);
    EXPECT_EQ(stranger.header("Set-Cookie"), "") << target;
    EXPECT_TRUE(stranger.header("Location").empty() ||
                stranger.header("Location").starts_with("/login"))
        << stranger.header("Location");
    const Reply login = district.client().post(
        "login", std::string("name=") + RunningDistrict::kUser +
                     "&password=" + http::escaped(RunningDistrict::kPassword) + "&next=" + target);
    ASSERT_EQ(login.status, 303);
    EXPECT_EQ(login.header("Location"), "/") << target;
    EXPECT_TRUE(login.header("Set-Cookie").starts_with("hailong_session="));
    for (const char* path :
         {"reports/report.csv?unit=", "api/v1/scores?format=csv&from=", "audit?who=", "devices/"}) {
      const Reply reply = district.client().get(std::string(path) + target, {session});
      EXPECT_EQ(reply.header("Set-Cookie"), "") << path << target;
    }
  }
}

TEST_F(Attacks, TheHostThatARequestNamesIsNeverShownNorTrusted) {
  RunningDistrict district;
  const std::string session = district.log_in(Role::kAdministrator, "quan-tri");
  const std::string host = "Host: evil.example";
  for (const char* path : {"", "login", "accounts", "reports", "units", "y/abc", "nowhere"}) {
    for (const HttpClient::Headers& headers :
         {HttpClient::Headers{host}, {host, session}, {host, "X-Forwarded-Host: evil.example"}}) {
      const Reply reply = district.client().get(path, headers);
      EXPECT_FALSE(holds(reply, "evil.example")) << path;
      EXPECT_EQ(reply.header("Location").find("evil.example"), std::string::npos) << path;
    }
  }
  // Behind a proxy the form must come from the public address, whatever Host says.
  Setting setting;
  setting.public_url = "https://hai-long.example";
  RunningDistrict behind(setting);
  behind.add_user();
  const Reply reply = behind.post_login(RunningDistrict::kUser, RunningDistrict::kPassword,
                                        {host, "Origin: http://evil.example"});
  expect_problem(reply, 403, "foreign-form");
}

TEST_F(Attacks, OtherMethodsChangeAndShowNothing) {
  RunningDistrict district;
  const std::string session = district.log_in(Role::kAdministrator, "quan-tri");
  const std::string csrf = RunningDistrict::csrf(session);
  const auto counts = district.peek().counts();
  for (const web::SiteRoute& route : district.routes()) {
    std::string path = route.path.substr(1);
    for (std::size_t hole = path.find("{}"); hole != std::string::npos; hole = path.find("{}")) {
      path.replace(hole, 2, "kt-1");
    }
    for (const char* method : {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"}) {
      const Reply reply = district.client().custom(method, path, {session});
      EXPECT_TRUE(reply.status == 405 || reply.status == 501) << method << " " << path;
    }
    // HEAD is GET without the body: of a form's address it is nothing.
    const Reply head = district.client().head(path);
    EXPECT_TRUE(head.body.empty());
    if (route.method == "POST" && route.right) {
      for (const char* disguise : {"X-HTTP-Method-Override: POST", "X-Method-Override: POST"}) {
        std::string address = path;
        address.append("?").append(csrf).append("&_method=POST&name=quan-tri");
        const Reply get = district.client().get(address, {session, disguise});
        EXPECT_TRUE(get.status == 405 || get.status == 200 || get.status == 404) << path;
      }
    }
    if (route.method == "GET" && route.right) {
      EXPECT_NE(head.status, 200) << path;
    }
  }
  EXPECT_EQ(district.peek().counts(), counts);
  EXPECT_EQ(must(storage::Accounts(district.store()).list()).size(), 1U);
}

TEST_F(Attacks, NoSpellingOfAnAddressGetsAroundTheLogin) {
  RunningDistrict district;
  for (const web::SiteRoute& route : district.routes()) {
    if (route.method != "GET" || !route.right || route.path.find("{}") != std::string::npos)
      continue;
    const std::string path = route.path.substr(1);
    if (path.empty()) continue;
    const std::array<std::uint8_t, 1> initial{static_cast<std::uint8_t>(path.front())};
    const std::string first = "%" + core::to_hex(initial);
    for (const std::string& spelling :
         {"/" + path, path + "/", "./" + path, "x/../" + path, first + path.substr(1), path + "%00",
          path + ";x=1", path + "%2f", "%2f" + path, "login/%2e%2e/" + path, "login%2f..%2f" + path,
          "static/../" + path, path + "?csrf=1", path + "#x"}) {
      const Reply reply = district.client().get(spelling);
      EXPECT_TRUE(reply.status == 303 || reply.status == 401 || reply.status == 404)
          << spelling << " " << reply.status;
    }
  }
  for (const char* path :
       {"static/%252e%252e/district.key", "%252e%252e%252fdistrict.key",
        "static/%25252e%25252e/etc/passwd", "static/%c0%ae%c0%ae/etc/passwd",
        "reports/..%2f..%2fdistrict.key", "reports/report.pdf%00.html", "y/..%2f..%2fdistrict.key",
        "static/hailong.css%00.txt", "file:///etc/passwd"}) {
    const Reply reply = district.client().get(path);
    EXPECT_FALSE(holds(reply, "root:")) << path;
    EXPECT_NE(reply.header("Content-Type"), "application/octet-stream") << path;
    EXPECT_TRUE(reply.status != 200 || std::string_view(path).starts_with("static/hailong.css"))
        << path;
  }
}

TEST_F(Attacks, ASessionIsTakenFromItsCookieAlone) {
  RunningDistrict district;
  const std::string cookie = district.log_in();
  const std::string secret = cookie.substr(cookie.find('=') + 1);
  std::string twice = "accounts?session=";
  twice.append(secret).append("&hailong_session=").append(secret);
  for (const std::string& path : {"?hailong_session=" + secret, twice}) {
    EXPECT_EQ(district.client().get(path).status, 303) << path;
  }
  EXPECT_EQ(district.client().get("accounts", {"Authorization: Bearer " + secret}).status, 303);
  EXPECT_EQ(district.client().get("accounts", {"X-Session: " + secret}).status, 303);
  expect_problem(district.client().get("api/v1/scores?from=2026-11-24&to=2026-11-24",
                                       {"Authorization: Bearer " + secret}),
                 401, "no-token");
  // Behind TLS a cookie without the prefix could have been planted by another host of the domain.
  Setting setting;
  setting.public_url = "https://hai-long.example";
  RunningDistrict behind(setting);
  behind.add_user();
  const std::string session = behind.open_session(RunningDistrict::kUser);
  EXPECT_EQ(behind.client().get("", {session}).status, 303);
}

TEST_F(Attacks, AProxysHeaderIsWrittenDownAsTextAndShownAsText) {
  Setting setting;
  setting.public_url = "https://hai-long.example";
  RunningDistrict district(setting);
  district.post_login("x", "y", {"X-Forwarded-For: <script>alert(1)</script>"});
  district.add_user(Role::kAuditor, "kiem-tra");
  const std::string session = district.open_session("kiem-tra");
  const std::string secure = "Cookie: __Host-" + session.substr(std::string("Cookie: ").size());
  const Reply page = district.client().get("audit", {secure});
  ASSERT_EQ(page.status, 200);
  EXPECT_FALSE(holds(page, "<script>alert(1)"));
  EXPECT_TRUE(holds(page, "&lt;script&gt;alert(1)"));
}

TEST_F(Attacks, ANameTellsNothingByWhatTheLoginAnswers) {
  RunningDistrict district;
  district.add_user();
  district.add_user(Role::kAuditor, "zz-bi-khoa");
  must(storage::Accounts(district.store()).set_disabled("zz-bi-khoa", true, {"test", kNoon}));
  const auto without_name = [](std::string body, const std::string& name) {
    for (std::size_t at = body.find(name); at != std::string::npos; at = body.find(name, at)) {
      body.erase(at, name.size());
    }
    return body;
  };
  const Reply known = district.post_login(RunningDistrict::kUser, "wrong password");
  for (const char* name : {"nobody-here", "zz-bi-khoa"}) {
    const Reply other = district.post_login(name, "wrong password");
    EXPECT_EQ(other.status, known.status);
    EXPECT_EQ(without_name(other.body, name), without_name(known.body, RunningDistrict::kUser));
    EXPECT_EQ(other.headers.size(), known.headers.size());
  }
  // A name that nobody has costs a password's hash as well; see Gate::check().
  EXPECT_EQ(district.post_login("zz-bi-khoa", RunningDistrict::kPassword).status, 401);
}

TEST_F(Attacks, AnAccountWithoutItsUnitNeverGetsWhatWasMadeForOthers) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(5);
  district.know(kiosk);
  ASSERT_EQ(district.send(kiosk).status, 200);
  const std::string path = "api/v1/scores?from=2026-11-24&to=2026-11-24";
  const std::string officer = district.log_in(Role::kDistrictOfficer, "can-bo-cap-tren");
  const Reply all = district.client().get(path, {officer});
  EXPECT_FALSE(json_of(all).at("rows").empty());
  storage::Account account;
  account.name = "mo-coi";
  account.role = word_of(Role::kCommuneHead);
  must(storage::Accounts(district.store()).add(account, "no hash", {"test", kNoon}));
  const std::string session = district.open_session("mo-coi");
  const std::string known = "If-None-Match: " + all.header("ETag");
  for (const HttpClient::Headers& headers : {HttpClient::Headers{session}, {session, known}}) {
    const Reply none = district.client().get(path, headers);
    ASSERT_EQ(none.status, 200);
    EXPECT_TRUE(json_of(none).at("rows").empty()) << none.body;
  }
}

TEST_F(Attacks, NobodyActsForAnotherCommuneByNamingIt) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-2");
  kiosk.say(kiosk.rate(2, now_ms()), "Chờ lâu");
  district.know(kiosk, "10756");
  ASSERT_EQ(district.send(kiosk).status, 200);
  const auto row = district.peek().rows("SELECT stream_id, rating_seq FROM feedback_case");
  const std::string id =
      std::to_string(row[0].integer(0)) + "-" + std::to_string(row[0].integer(1));
  const auto counts = district.peek().counts();
  for (const Role role : {Role::kCommuneHead, Role::kCommuneStaff}) {
    const std::string session = district.log_in(role, name_of_role(role), "10750");
    EXPECT_EQ(district.client().get("feedback/" + id, {session}).status, 404);
    EXPECT_EQ(district.submit("feedback/" + id, session, "action=see&steps=0").status, 404);
    EXPECT_FALSE(
        holds(district.client().get("feedback?unit=10756%402025-07-01", {session}), "Chờ lâu"));
    const Reply list = district.client().get("api/v1/feedback?unit=10756%402025-07-01", {session});
    EXPECT_FALSE(holds(list, "\"" + id + "\""));
    EXPECT_EQ(district.client().get("units/10756", {session}).status, 403);
    EXPECT_EQ(district.client()
                  .get("reports/report.csv?unit=10756%402025-07-01&year=2025&span=year", {session})
                  .status,
              403);
    EXPECT_EQ(district.submit("devices/kt-2/suspend", session).status, 403);
    EXPECT_EQ(district.submit("appraisal/2026/10756@2025-07-01/confirm", session).status, 403);
    EXPECT_EQ(district
                  .submit("accounts/change", session,
                          "name=" + name_of_role(role) + "&role=administrator")
                  .status,
              403);
  }
  auto after = district.peek().counts();
  for (const char* own : {"audit", "login_try", "person", "session"}) after[own] = counts.at(own);
  EXPECT_EQ(after, counts);
}

}  // namespace
}  // namespace hailong::district
