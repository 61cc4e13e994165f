#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "tests/district/running_district.h"
#include "tests/documents/command.h"

namespace hailong::district {
namespace {

/// "GET /api/v1/devices/{}/batches": names of parameters do not matter.
std::string route_name(std::string method, const std::string& path) {
  std::transform(method.begin(), method.end(), method.begin(),
                 [](char c) { return static_cast<char>(std::toupper(c)); });
  return method + " " + std::regex_replace(path, std::regex("\\{[^}]*\\}"), "{}");
}

class OpenApi : public testing::Test {
 protected:
  OpenApi() : reply_(district_.client().get("api/v1/openapi.json")) {}

  /// Fails unless the answer is as documented for `path`.
  void expect_documented(const std::string& method, const std::string& path, const Reply& answer) {
    const documents::TempFile document("openapi.json", reply_.body);
    const documents::TempFile body("answer.json", answer.body);
    const std::string wrong = documents::output_of(
        "/usr/bin/python3 " HAILONG_VALIDATOR " " + document.quoted() + " " + method + " '" + path +
        "' " + std::to_string(answer.status) + " " + body.quoted());
    EXPECT_EQ(wrong, "") << method << " " << path << "\n" << answer.body;
  }

  RunningDistrict district_;
  Reply reply_;
};

TEST_F(OpenApi, NamesEveryRouteAndNoOther) {
  EXPECT_EQ(reply_.status, 200);
  EXPECT_EQ(reply_.header("Content-Type"), "application/json");
  std::set<std::string> documented;
  const auto document = json_of(reply_);
  for (const auto& [path, methods] : document.at("paths").items()) {
    for (const auto& method : methods.items()) documented.insert(route_name(method.key(), path));
  }
  std::set<std::string> answered;
  for (const web::SiteRoute& route : district_.routes()) {
    if (route.path.starts_with("/api/v1/")) answered.insert(route_name(route.method, route.path));
  }
  EXPECT_EQ(documented, answered);
}

TEST_F(OpenApi, DescribesTheAnswersAsTheyAre) {
  FakeKiosk kiosk("kt-10750-q1");
  for (const int score : {5, 4, 1}) kiosk.rate(score);
  kiosk.rate(5, kNoon, "chung-thuc", "q1", {"burst"});
  kiosk.say(1, "Cảm ơn");
  kiosk.say(2, "Thiếu ghế");
  kiosk.append(core::SignOff{"lan", core::local_date(kNoon), kiosk.last()});
  district_.know(kiosk);
  const std::string batches = "/api/v1/devices/{device}/batches";
  expect_documented("post", batches, district_.send(kiosk));
  expect_documented("post", batches, district_.send(kiosk, "no batch"));
  FakeKiosk unknown("kt-10756-q9");
  unknown.rate(5);
  expect_documented("post", batches, district_.send(unknown));

  expect_documented("get", "/api/v1/devices/{device}/config",
                    district_.client().get("api/v1/devices/kt-10750-q1/config"));

  const std::string scores = "/api/v1/scores";
  for (const char* query : {"from=2026-11-01&to=2026-11-30",
                            "from=2026-11-01&to=2026-11-30&by=unit,month,field,counter",
                            "from=2020-01-01&to=2020-01-31&as=now"}) {
    expect_documented("get", scores, district_.scores(query));
  }
  expect_documented("get", scores, district_.scores("from=x&to=y"));
  expect_documented("get", scores, district_.client().get("api/v1/scores"));
  const HttpClient::Headers token{district_.bearer()};
  const std::string programme = "/api/v1/programme";
  for (const char* query : {"", "?year=2023", "?year=2030", "?year=x"}) {
    expect_documented("get", programme,
                      district_.client().get("api/v1/programme" + std::string(query), token));
  }
  for (const char* query : {"from=2026-11-01&to=2026-11-30", "from=2025-01-01&to=2026-11-30&as=now",
                            "from=2026-11-01&to=2026-11-30&by=unit", ""}) {
    expect_documented("get", "/api/v1/dossiers",
                      district_.client().get(std::string("api/v1/dossiers?") + query, token));
  }
  const auto beat = district_.client().post("api/v1/devices/kt-10750-q1/heartbeat", kiosk.beat());
  EXPECT_EQ(beat.status, 200) << beat.body;
  const HttpClient::Headers person{district_.log_in()};
  expect_documented("get", "/api/v1/devices", district_.client().get("api/v1/devices", person));
  expect_documented("get", "/api/v1/devices", district_.client().get("api/v1/devices"));
  for (const char* query :
       {"?from=2026-11-02&to=2026-11-30", "?from=2026-11-02&to=2026-11-30&unit=10750@2025-07-01",
        "?from=2026-11-02&to=2028-11-30", "?from=2026-11-02&to=2026-11-01", "?from=2026-11-02",
        "?from=x&to=y&by=z"}) {
    expect_documented("get", "/api/v1/sign-offs",
                      district_.client().get(std::string("api/v1/sign-offs") + query, person));
  }
  for (const char* query : {"", "?limit=1", "?status=new&overdue=true", "?limit=0"}) {
    expect_documented("get", "/api/v1/feedback",
                      district_.client().get(std::string("api/v1/feedback") + query, person));
  }
  expect_documented("get", "/api/v1/openapi.json", reply_);
}

TEST_F(OpenApi, NoticesAnAnswerThatIsNotAsDocumented) {
  Reply answer = district_.scores("from=2026-11-01&to=2026-11-30");
  auto json = json_of(answer);
  json["rows"][0]["n"] = "many";
  const documents::TempFile document("openapi.json", reply_.body);
  const documents::TempFile body("answer.json", json.dump());
  const std::string wrong =
      documents::output_of("! /usr/bin/python3 " HAILONG_VALIDATOR " " + document.quoted() +
                           " get /api/v1/scores 200 " + body.quoted());
  EXPECT_NE(wrong.find("rows/0/n 'many' is not of type 'integer'"), std::string::npos) << wrong;
}

}  // namespace
}  // namespace hailong::district
