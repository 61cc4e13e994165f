#include <gtest/gtest.h>

#include "district/http/answer_cache.h"
#include "district/http/etag.h"
#include "district/http/form.h"
#include "district/http/router.h"

namespace hailong::district::http {
namespace {

TEST(Form, IsDecoded) {
  EXPECT_EQ(parse_form("name=L%C3%AA+An&empty=&alone&a=b=c"),
            (Fields{{"name", "Lê An"}, {"empty", ""}, {"alone", ""}, {"a", "b=c"}}));
}

TEST(Form, LeavesABrokenEscapeAsItIs) {
  EXPECT_EQ(parse_form("a=100%&b=%zz&c=%4"), (Fields{{"a", "100%"}, {"b", "%zz"}, {"c", "%4"}}));
  EXPECT_TRUE(parse_form("").empty());
}

TEST(Form, GivesTheAddressBackAsALinkWouldHoldIt) {
  Request request;
  request.path = "/đơn vị/10750";
  request.query = {{"from", "2026-11-01"}, {"q", "a&b=c"}};
  EXPECT_EQ(address_of(request), "/%C4%91%C6%A1n%20v%E1%BB%8B/10750?from=2026-11-01&q=a%26b%3Dc");
  request.path = "/";
  request.query.clear();
  EXPECT_EQ(address_of(request), "/");
}

Response text(const std::string& body) { return {200, "text/plain", body, {}}; }

TEST(AnswerCache, GivesBackWhatStandsForTheSame) {
  AnswerCache cache(100);
  EXPECT_FALSE(cache.find("a"));
  cache.keep("a", text("first"));
  cache.keep("b", text("second"));
  ASSERT_TRUE(cache.find("a"));
  EXPECT_EQ(cache.find("a")->body, "first");
  EXPECT_EQ(cache.find("b")->body, "second");
  EXPECT_FALSE(cache.find("c"));
}

TEST(AnswerCache, LetsTheOldestGoForRoom) {
  AnswerCache cache(10);
  cache.keep("a", text("1234"));
  cache.keep("b", text("1234"));
  cache.keep("c", text("1234"));
  EXPECT_FALSE(cache.find("a"));
  EXPECT_TRUE(cache.find("b"));
  EXPECT_TRUE(cache.find("c"));
  cache.keep("d", text("an answer that is larger than all the room"));
  EXPECT_FALSE(cache.find("d"));
  EXPECT_TRUE(cache.find("c"));
}

TEST(AnswerCache, KeepsNoMoreThanItSearchesFast) {
  AnswerCache cache(1'000'000);
  for (int i = 0; i < 1000; ++i) cache.keep(std::to_string(i), text(""));
  EXPECT_FALSE(cache.find("0"));
  EXPECT_TRUE(cache.find("999"));
}

class Routes : public ::testing::Test {
 protected:
  Routes() {
    const auto echo = [](const Request& request) {
      std::string all;
      for (const std::string& one : request.parameters) all += (all.empty() ? "" : "|") + one;
      return Response{200, "text/plain", "[" + all + "]", {}};
    };
    router_.add("GET", "/", echo);
    router_.add("POST", "/devices/{}/batches", echo, 100);
    router_.add("GET", "/appraisal/{}/{}", echo);
    router_.add("GET", "/reports/{}.pdf", echo);
  }
  Response ask(const std::string& method, const std::string& path) {
    Request request;
    request.method = method;
    request.path = path;
    return router_.handle(request);
  }
  Router router_;
};

TEST_F(Routes, HandOutTheParameter) {
  EXPECT_EQ(ask("POST", "/devices/kt-1/batches").body, "[kt-1]");
  EXPECT_EQ(ask("GET", "/").body, "[]");
  EXPECT_EQ(ask("GET", "/appraisal/2026/10750").body, "[2026|10750]");
  EXPECT_EQ(ask("GET", "/appraisal/{}/{}").body, "[{}|{}]");
  EXPECT_EQ(ask("GET", "/reports/2026.pdf").body, "[2026]");
}

TEST_F(Routes, TakeNoOtherShape) {
  for (const char* path :
       {"/devices//batches", "/devices/a/b/batches", "/devices/batches", "/devices/a/batches/",
        "//", "", "/appraisal/2026", "/appraisal/2026/", "/reports/.pdf", "/reports/2026.xlsx"}) {
    EXPECT_EQ(ask("POST", path).status, 404) << path;
  }
  EXPECT_EQ(ask("GET", "/devices/kt-1/batches").status, 405);
}

TEST_F(Routes, LimitBodiesByAddress) {
  EXPECT_EQ(router_.body_limit("POST", "/devices/kt-1/batches"), 100U);
  EXPECT_EQ(router_.body_limit("GET", "/devices/kt-1/batches"), 0U);
  EXPECT_EQ(router_.body_limit("POST", "/other"), 0U);
}

TEST(Etag, IsFoundInAList) {
  const std::string etag = etag_of("one");
  Request request;
  EXPECT_FALSE(has_version(request, etag));
  request.headers = {{"if-none-match", "\"other\", W/" + etag}};
  EXPECT_TRUE(has_version(request, etag));
  EXPECT_FALSE(has_version(request, etag_of("two")));
  request.headers = {{"if-none-match", "*"}};
  EXPECT_TRUE(has_version(request, etag));
}

}  // namespace
}  // namespace hailong::district::http
