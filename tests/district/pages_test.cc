#include <gtest/gtest.h>
#include <zlib.h>

#include "district/clock.h"
#include "tests/district/running_district.h"

namespace hailong::district {
namespace {

bool holds(const Reply& reply, const std::string& text) {
  return reply.body.find(text) != std::string::npos;
}

TEST(Pages, SendStrangersToTheLogin) {
  RunningDistrict district;
  for (const HttpClient::Headers& headers :
       {HttpClient::Headers{}, {"Cookie: hailong_session=" + std::string(64, 'a')}}) {
    const Reply reply = district.client().get("", headers);
    EXPECT_EQ(reply.status, 303);
    EXPECT_EQ(reply.header("Location"), "/login");
    EXPECT_TRUE(reply.body.empty());
  }
}

TEST(Pages, LetInWithTheRightPasswordAndAStrictCookie) {
  RunningDistrict district;
  district.add_user();
  const Reply reply =
      district.client().post("login", "name=can-bo&password=m%E1%BA%ADt+kh%E1%BA%A9u+d%C3%A0i");
  EXPECT_EQ(reply.status, 303);
  EXPECT_EQ(reply.header("Location"), "/");
  const std::string cookie = reply.header("Set-Cookie");
  EXPECT_NE(cookie.find("; HttpOnly"), std::string::npos);
  EXPECT_NE(cookie.find("; SameSite=Strict"), std::string::npos);
  EXPECT_NE(cookie.find("; Path=/"), std::string::npos);
  EXPECT_NE(cookie.find("; Max-Age=43200"), std::string::npos);
  EXPECT_EQ(cookie.find("Secure"), std::string::npos);
  const Reply page = district.client().get("", {"Cookie: " + cookie.substr(0, cookie.find(';'))});
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(holds(page, "can-bo"));
}

TEST(Pages, ReturnToWhatWasAskedForAfterTheLogin) {
  RunningDistrict district;
  district.add_user();
  const Reply stranger = district.client().get("?from=2026-01-01&to=2026-01-31");
  EXPECT_EQ(stranger.header("Location"), "/login?next=%2F%3Ffrom%3D2026-01-01%26to%3D2026-01-31");
  const Reply form = district.client().get(stranger.header("Location").substr(1));
  EXPECT_TRUE(holds(form, "name=\"next\" value=\"/?from=2026-01-01&amp;to=2026-01-31\""));
  const Reply reply = district.client().post(
      "login",
      "name=can-bo&password=m%E1%BA%ADt+kh%E1%BA%A9u+d%C3%A0i&next=%2F%3Ffrom%3D2026-01-01");
  EXPECT_EQ(reply.header("Location"), "/?from=2026-01-01");
}

TEST(Pages, NeverSendAnybodyToAnotherSite) {
  for (const char* elsewhere :
       {"https://evil.example/", "//evil.example/", "/\\evil.example", "/\t/evil.example",
        "javascript:alert(1)", "evil.example", "", "\\\\evil", "/a\r\nSet-Cookie: a=b"}) {
    EXPECT_EQ(web::safe_target(elsewhere), "/") << elsewhere;
  }
  EXPECT_EQ(web::safe_target("/feedback?status=m%E1%BB%9Bi"), "/feedback?status=m%E1%BB%9Bi");
}

TEST(Pages, KeepTheCookieToHttpsWhenThatIsTheirAddress) {
  Setting setting;
  setting.public_url = "https://hai-long.example";
  RunningDistrict district(setting);
  district.add_user();
  const char* fields = "name=can-bo&password=m%E1%BA%ADt+kh%E1%BA%A9u+d%C3%A0i";
  expect_problem(district.client().post("login", fields, {"Origin: http://hai-long.example"}), 403,
                 "foreign-form");
  const Reply reply = district.client().post("login", fields, {"Origin: https://hai-long.example"});
  EXPECT_EQ(reply.status, 303);
  const std::string cookie = reply.header("Set-Cookie");
  EXPECT_EQ(cookie.rfind("__Host-hailong_session=", 0), 0U);
  EXPECT_NE(cookie.find("; Secure"), std::string::npos);
  const std::string secret = cookie.substr(cookie.find('=') + 1, 64);
  EXPECT_EQ(district.client().get("", {"Cookie: __Host-hailong_session=" + secret}).status, 200);
  EXPECT_EQ(district.client().get("", {"Cookie: hailong_session=" + secret}).status, 303);
}

TEST(Pages, RefuseAWrongPassword) {
  RunningDistrict district;
  district.add_user();
  const Reply reply = district.client().post("login", "name=can-bo&password=wrong");
  EXPECT_EQ(reply.status, 401);
  EXPECT_TRUE(holds(reply, "Tên đăng nhập hoặc mật khẩu chưa đúng."));
  EXPECT_TRUE(reply.header("Set-Cookie").empty());
  EXPECT_TRUE(district.log().lines_with("wrong\n").empty());
}

TEST(Pages, LetAnAccountRestAfterManyWrongPasswords) {
  RunningDistrict district;
  district.add_user();
  for (int i = 0; i < 5; ++i) district.client().post("login", "name=can-bo&password=wrong");
  const Reply reply =
      district.client().post("login", "name=can-bo&password=m%E1%BA%ADt+kh%E1%BA%A9u+d%C3%A0i");
  EXPECT_EQ(reply.status, 429);
  EXPECT_FALSE(reply.header("Retry-After").empty());
  EXPECT_TRUE(holds(reply, "Đã sai mật khẩu nhiều lần."));
}

TEST(Pages, TakeFormsFromTheirOwnSiteOnly) {
  RunningDistrict district;
  const std::string session = district.log_in();
  for (const char* foreign : {"Origin: https://elsewhere.example", "Origin: null",
                              "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"}) {
    expect_problem(
        district.client().post("logout", RunningDistrict::csrf(session), {session, foreign}), 403,
        "foreign-form");
    expect_problem(district.client().post("login", "name=a", {foreign}), 403, "foreign-form");
  }
  EXPECT_EQ(district.client().get("", {session}).status, 200);
  const std::string own = "Origin: " + district.url().substr(0, district.url().size() - 1);
  expect_problem(district.client().post("logout", "", {session, own}), 403, "foreign-form");
  expect_problem(district.client().post("logout", "csrf=" + std::string(64, '0'), {session, own}),
                 403, "foreign-form");
  EXPECT_EQ(district.client().get("", {session}).status, 200);
  const std::string csrf = RunningDistrict::csrf(session);
  EXPECT_TRUE(holds(district.client().get("", {session}), "value=\"" + csrf.substr(5) + "\""));
  EXPECT_EQ(district.client().post("logout", csrf, {session, own}).status, 303);
  EXPECT_EQ(district.client().get("", {session}).status, 303);
}

/// What a browser asks for when a person goes to an address.
constexpr const char* kBrowser = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";

void expect_page(const Reply& reply, long status, const std::string& words) {
  EXPECT_EQ(reply.status, status) << reply.body;
  EXPECT_EQ(reply.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_TRUE(holds(reply, "<h1>" + words + "</h1>")) << reply.body;
  EXPECT_TRUE(holds(reply, "Ủy ban nhân dân thành phố Hải Phòng")) << "in its frame";
}

TEST(Pages, TellPeopleWhatWentWrongAndWhatToDo) {
  RunningDistrict district;
  const std::string session = district.log_in();
  auto& client = district.client();
  expect_page(client.get("nowhere", {kBrowser}), 404, "Không có trang này");
  const Reply lost = client.get("nowhere", {kBrowser, session});
  EXPECT_TRUE(holds(lost, "href=\"/feedback\"")) << "with the way to everywhere else";
  EXPECT_FALSE(holds(client.get("nowhere", {kBrowser}), "href=\"/feedback\""));
  const Reply not_allowed = client.get("logout", {kBrowser, session});
  expect_page(not_allowed, 405, "Địa chỉ này không mở trực tiếp được");
  EXPECT_EQ(not_allowed.header("Allow"), "POST");
  expect_page(client.post("logout", "csrf=0", {kBrowser, session}), 403, "Biểu mẫu chưa được nhận");
  expect_page(client.post("login", "name=" + std::string(5000, 'a'), {kBrowser}), 413,
              "Nội dung gửi lên dài quá");
  expect_page(client.get("?from=%ff", {kBrowser, session}), 400, "Yêu cầu chưa đúng");
  expect_page(client.get("api/v1/scores", {kBrowser}), 401, "Chưa đăng nhập");
}

TEST(Pages, TellPeopleOfABusyStore) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  district.know(kiosk);
  const std::string session = district.log_in();
  const std::string csrf = RunningDistrict::csrf(session);
  auto peek = district.peek();
  const Peek::Hold hold = peek.hold();
  const Reply page = district.client().post("devices/kt-1/suspend", csrf, {kBrowser, session});
  expect_page(page, 503, "Máy chủ đang bận");
  EXPECT_EQ(page.header("Retry-After"), "10");
  expect_problem(district.client().post("devices/kt-1/suspend", csrf, {session}), 503,
                 "store-unavailable");
}

TEST(Pages, SpeakJsonOfProblemsToPrograms) {
  RunningDistrict district;
  auto& client = district.client();
  for (const char* accept : {"Accept: application/json", "Accept: */*", "Accept:"}) {
    expect_problem(client.get("nowhere", {accept}), 404, "no-such-page");
    expect_problem(client.get("api/v1/scores", {accept}), 401, "no-token");
    expect_problem(client.post("login", std::string(5000, 'a'), {accept}), 413, "too-large");
  }
}

TEST(Pages, ShowTodaysTableOfCommunes) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 9; ++i) kiosk.rate(i < 7 ? 5 : 2, now_ms());
  district.know(kiosk);
  ASSERT_EQ(district.send(kiosk).status, 200);
  const Reply page = district.client().get("", {district.log_in()});
  EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
  for (const char* text :
       {"Tỷ lệ hài lòng tại quầy", "Hôm nay, ", "xã Phú Thái", "xã Lai Khê", "xã An Thành",
        "xã Kim Thành", "77,8 %", "45,3–93,7", "Chưa đủ mẫu: 9/200 phiếu; ngưỡng tạm",
        "Chưa có phiếu nào", "Không hài lòng 2, Bình thường 0, Hài lòng 0, Rất hài lòng 7",
        "không phải chỉ số SIPAS"}) {
    EXPECT_TRUE(holds(page, text)) << text;
  }
  EXPECT_LT(page.body.size(), 300'000U);
}

TEST(Pages, ShowAlertsOfAUnitWithoutNamingAnybody) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  const core::Seq first = kiosk.rate(1, now_ms());
  const core::Seq second = kiosk.rate(2, now_ms());
  kiosk.append(core::Answers{
      first, {{"reasons", {"long-wait", "extra-money"}}, {"officer", {"nguyen-van-a"}}}, true});
  kiosk.answer(second, "extra-payment", "yes", true);
  district.know(kiosk);
  const std::string session = district.log_in();
  EXPECT_FALSE(holds(district.client().get("", {session}), "Cảnh báo: "));
  ASSERT_EQ(district.send(kiosk).status, 200);
  const Reply page = district.client().get("", {session});
  EXPECT_TRUE(holds(page,
                    "<strong class=\"alert\">Cảnh báo: 2 phiếu (Thu thêm tiền ngoài quy định: 1; "
                    "Phải trả thêm khoản tiền ngoài niêm yết: 1)</strong>"));
  EXPECT_FALSE(holds(page, "nguyen-van-a"));
  EXPECT_FALSE(holds(page, "long-wait"));
  EXPECT_FALSE(
      holds(district.client().get("?from=2026-01-01&to=2026-01-02", {session}), "Cảnh báo: "));
  const auto lines = district.log().lines_with("alert: device=kt-1");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].find("nguyen-van-a"), std::string::npos);
}

TEST(Pages, ShowTheRangeInTheAddress) {
  RunningDistrict district;
  const std::string session = district.log_in();
  const Reply page = district.client().get("?from=2026-01-01&to=2026-03-31", {session});
  EXPECT_TRUE(holds(page, "Quý I/2026"));
  EXPECT_TRUE(holds(page, "/api/v1/scores?from=2026-01-01&amp;to=2026-03-31&amp;format=csv"));
  const Reply wrong = district.client().get("?from=2026-13-01&to=x", {session});
  EXPECT_EQ(wrong.status, 400);
  EXPECT_TRUE(holds(wrong, "Khoảng ngày chưa đúng"));
}

TEST(Pages, AreSentAgainOnlyWhenTheyChanged) {
  RunningDistrict district;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(5, now_ms());
  district.know(kiosk);
  const std::string session = district.log_in();
  const std::string path = "?from=2026-01-01&to=2026-12-31";
  const std::string etag = district.client().get(path, {session}).header("ETag");
  EXPECT_EQ(district.client().get(path, {session, "If-None-Match: " + etag}).status, 304);
  district.send(kiosk);
  EXPECT_EQ(district.client().get(path, {session, "If-None-Match: " + etag}).status, 200);
}

TEST(Pages, EscapeEverythingThatCameFromOutside) {
  Setting setting;
  setting.authority = "<script>alert(1)</script>";
  RunningDistrict district(setting);
  const std::string evil = "\"><img src=x onerror=alert(2)>";
  const Reply page =
      district.client().get("", {district.log_in(access::Role::kAdministrator, evil)});
  EXPECT_FALSE(holds(page, "<script>alert"));
  EXPECT_FALSE(holds(page, "<img"));
  EXPECT_TRUE(holds(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
  const Reply again =
      district.client().post("login", "name=%22%3E%3Cimg+src%3Dx%3E&password=wrong");
  EXPECT_FALSE(holds(again, "<img"));
  EXPECT_TRUE(holds(again, "value=\"&quot;&gt;&lt;img src=x&gt;\""));
}

TEST(Pages, LetBrowsersKeepTheirFiles) {
  RunningDistrict district;
  for (const char* path : {"static/hailong.css", "static/hailong.js", "static/hailong-charts.js",
                           "static/chart.min.js", "static/icon.svg"}) {
    const Reply reply = district.client().get(path);
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.header("Cache-Control"), "public, max-age=31536000, immutable");
  }
  EXPECT_EQ(district.client().get("static/../district.key").status, 404);
}

TEST(Pages, SendTheirFilesPackedToThoseWhoCanUnpackThem) {
  RunningDistrict district;
  const Reply plain = district.client().get("static/chart.min.js");
  EXPECT_TRUE(plain.header("Content-Encoding").empty());
  const Reply packed = district.client().get("static/chart.min.js", {"Accept-Encoding: gzip, br"});
  EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
  EXPECT_EQ(packed.header("Vary"), "Accept-Encoding");
  EXPECT_LT(packed.body.size() * 2, plain.body.size());
  std::string unpacked(plain.body.size() + 1, '\0');
  z_stream stream{};
  ASSERT_EQ(inflateInit2(&stream, MAX_WBITS + 16), Z_OK);
  std::string in = packed.body;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(unpacked.data());
  stream.avail_out = static_cast<uInt>(unpacked.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  unpacked.resize(stream.total_out);
  inflateEnd(&stream);
  EXPECT_EQ(unpacked, plain.body);
}

}  // namespace
}  // namespace hailong::district
