#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "district/clock.h"
#include "district/storage/places.h"
#include "tests/district/running_district.h"

namespace hailong::district {
namespace {

bool shows(const Reply& reply, const std::string& text) {
  return reply.body.find(text) != std::string::npos;
}

std::string today_query() {
  const std::string today = core::to_string(core::local_date(now_ms()));
  return "?from=2026-01-01&to=" + today;
}

/// A district in which one kiosk of xã Phú Thái sent 12 ratings of two fields.
struct RatedDistrict {
  RunningDistrict district;
  FakeKiosk kiosk{"kt-1"};
  std::string session;

  RatedDistrict() {
    for (int i = 0; i < 12; ++i) {
      kiosk.rate(i < 9 ? 5 : 2, now_ms(), i < 8 ? "chung-thuc" : "ho-tich", i < 6 ? "q1" : "q2");
    }
    district.know(kiosk);
    EXPECT_EQ(district.send(kiosk).status, 200);
    session = district.log_in();
  }

  Reply page(const std::string& path) { return district.client().get(path, {session}); }
};

TEST(ScorePages, PutTheBreakdownByFieldBesideTheTotal) {
  RatedDistrict rated;
  const Reply page = rated.page("");
  for (const char* text : {"Theo lĩnh vực", "Chứng thực", "Hộ tịch", "12 tháng gần đây"}) {
    EXPECT_TRUE(shows(page, text)) << text;
  }
  EXPECT_TRUE(shows(page, "href=\"/units/10750@2025-07-01"));
}

TEST(ScorePages, TellNoDataFromNoComplaints) {
  RatedDistrict rated;
  const Reply page = rated.page("");
  EXPECT_TRUE(shows(page, "chưa có kiosk"));
  FakeKiosk idle("kt-2");
  rated.district.know(idle, "10756");
  EXPECT_TRUE(shows(rated.page(""), "chưa nhận gì"));
}

/// A kiosk that was registered for a commune that is part of another one today.
TEST(ScorePages, FollowAKioskThroughAMerger) {
  RunningDistrict district;
  const std::int64_t before =
      core::start_of_day_ms(core::parse_date("2025-06-10").value()) + kDay / 2;
  FakeKiosk kiosk("kt-1");
  kiosk.rate(5, before);
  must(storage::Devices(district.store())
           .add({kiosk.device(), core::UnitCode{"10771"}, core::CounterId{"q1"}, "",
                 kiosk.key().public_key()},
                {"test", before}));
  ingest::Receiver receiver(district.store(), district.config().rules.units,
                            {district.config().case_limits, district.config().calendar},
                            district.config().limits.unpacked_bytes);
  accepted(must(receiver.receive(kiosk.device(), kiosk.sealed(), before)));

  EXPECT_TRUE(shows(district.client().get("metrics"),
                    "last_events_timestamp_seconds{unit=\"10750@2025-07-01\"} " +
                        std::to_string(before / 1000) + "\n"));
  const std::string officer = district.log_in();
  EXPECT_TRUE(shows(district.client().get("devices", {officer}), "xã Phú Thái"));
  EXPECT_TRUE(shows(district.client().get("units/10750", {officer}), "kt-1"));
  const std::string head = district.log_in(access::Role::kCommuneHead, "head");
  EXPECT_TRUE(shows(district.client().get("devices", {head}), "kt-1"));

  // Then it was Kim Xuyên's; now it is Phú Thái's.
  const auto row_of = [&](const std::string& unit, const char* as) {
    const std::string page =
        district.client()
            .get(std::string("?from=2025-06-01&to=2025-06-30&as=") + as, {officer})
            .body;
    const auto at = page.find("/units/" + unit);
    return at == std::string::npos ? "" : page.substr(at, page.find("</tr>", at) - at);
  };
  EXPECT_NE(row_of("10771@", "then").find("10/06/2025"), std::string::npos)
      << row_of("10771@", "then");
  EXPECT_NE(row_of("10750@2025-07-01", "now").find("10/06/2025"), std::string::npos)
      << row_of("10750@2025-07-01", "now");
}

TEST(ScorePages, ShowOneCommuneByItsCodeOrItsId) {
  RatedDistrict rated;
  for (const char* path : {"units/10750", "units/10750@2025-07-01"}) {
    const Reply page = rated.page(path);
    EXPECT_EQ(page.status, 200);
    for (const char* text :
         {"Xã Phú Thái", "Theo quầy", "q2", "Lịch sử đơn vị", "thị trấn Phú Thái (mã 10750)",
          "xã Kim Anh (mã 10780)", "kt-1", "Chưa đề xuất</a>"}) {
      EXPECT_TRUE(shows(page, text)) << text;
    }
    EXPECT_FALSE(shows(page, "xã Lai Khê"));
  }
  EXPECT_EQ(rated.page("units/99999").status, 404);
  EXPECT_EQ(rated.page("units/%3Cscript%3E").status, 404);
}

TEST(ScorePages, ShowHoursReasonsAndIndicesOfACommune) {
  RatedDistrict rated;
  rated.kiosk.answer(1, "reasons", "listening");
  rated.kiosk.answer(2, "reasons", "listening");
  rated.kiosk.answer(1, "tt01-1", "2");
  rated.kiosk.answer(2, "tt01-1", "1");
  ASSERT_EQ(rated.district.send(rated.kiosk).status, 200);
  const Reply page = rated.page("units/10750");
  EXPECT_TRUE(shows(page, "Lắng nghe</th><td class=\"number\">2</td>"));
  EXPECT_TRUE(shows(page, "1,5 / 2"));
  EXPECT_TRUE(shows(page, "<figure class=\"chart\" data-chart=\"scores\">"));
}

TEST(ScorePages, ShowWhereACommuneReceivesPeopleAndHowItsKiosksAre) {
  RatedDistrict rated;
  const core::LocalDate day = *core::parse_date("2025-07-01");
  const storage::Author by{"test", kNoon};
  storage::Places places(rated.district.store());
  must(places.add({"tt-phu-thai", core::UnitCode{"10750"}, "Trung tâm Phú Thái", day, {}}, by));
  must(places.add({"kim-anh",
                   core::UnitCode{"10780"},
                   "Trụ sở cũ Kim Anh",
                   *core::parse_date("2024-12-01"),
                   {}},
                  by));
  must(places.close("kim-anh", *core::parse_date("2026-01-31"), by));
  must(places.add({"lai-khe", core::UnitCode{"10756"}, "Trung tâm Lai Khê", day, {}}, by));
  const Reply before = rated.page("units/10750");
  EXPECT_TRUE(shows(before, "Trung tâm Phú Thái</b> <span class=\"muted\">từ 01/07/2025"));
  EXPECT_TRUE(shows(before, "Trụ sở cũ Kim Anh"));
  EXPECT_TRUE(shows(before, "từ 01/12/2024 đến 31/01/2026"));
  EXPECT_TRUE(shows(before, "Chưa ghi điểm tiếp nhận"));
  EXPECT_FALSE(shows(before, "Trung tâm Lai Khê"));
  must(rated.district.peek().execute("UPDATE device_place SET point_id = $1 WHERE device_id = $2",
                                     "tt-phu-thai", "kt-1"));
  EXPECT_TRUE(shows(rated.page("units/10750"), "kt-1 <span class=\"muted\">Quầy mã q1"));
  EXPECT_FALSE(shows(rated.page("units/10750"), "Chưa ghi điểm tiếp nhận"));
  rated.district.submit("devices/kt-1/suspend", rated.session);
  EXPECT_TRUE(shows(rated.page("units/10750"), "<span class=\"badge warn\">Đang tạm dừng</span>"));
  // What became of a unit has its kiosks; the unit that it was shows none of them.
  EXPECT_FALSE(shows(rated.page("units/10780@2024-12-01"), "kt-1 "));
}

TEST(ScorePages, FollowAnOldUnitToWhatItBecame) {
  RatedDistrict rated;
  const Reply page = rated.page("units/10771@");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(shows(page, "nay thuộc xã Phú Thái"));
}

TEST(ScorePages, TakeTheTrendByWeekToo) {
  RatedDistrict rated;
  EXPECT_TRUE(shows(rated.page("units/10750"), "Diễn biến theo tháng"));
  EXPECT_TRUE(shows(rated.page("units/10750?trend=week"), "Diễn biến theo tuần"));
}

TEST(ScorePages, SayWhatIsWrongWithAnAddress) {
  RatedDistrict rated;
  for (const char* path : {"?from=2026-13-01&to=x", "?as=whenever", "units/10750?from=1&to=2"}) {
    EXPECT_EQ(rated.page(path).status, 400) << path;
  }
}

TEST(ScorePages, ListTheCommunesOfToday) {
  RatedDistrict rated;
  const Reply page = rated.page("units");
  for (const char* text : {"xã Phú Thái", "xã Lai Khê", "xã An Thành", "xã Kim Thành"}) {
    EXPECT_TRUE(shows(page, text)) << text;
  }
  EXPECT_FALSE(shows(page, "Kim Xuyên"));
}

TEST(ScorePages, RankOnlyCommunesWithEnoughRatings) {
  RatedDistrict rated;
  FakeKiosk good("kt-2");
  FakeKiosk better("kt-3");
  for (int i = 0; i < 250; ++i) good.rate(i < 200 ? 5 : 1, now_ms());
  for (int i = 0; i < 250; ++i) better.rate(i < 240 ? 5 : 1, now_ms());
  rated.district.know(good, "10756");
  rated.district.know(better, "10792");
  ASSERT_EQ(rated.district.send(good).status, 200);
  ASSERT_EQ(rated.district.send(better).status, 200);
  const std::string page = rated.page("").body;
  const auto first = page.find("Hạng 1/2");
  const auto second = page.find("Hạng 2/2");
  const auto unranked = page.find("Chưa xếp hạng (chưa đủ mẫu)");
  ASSERT_NE(first, std::string::npos);
  ASSERT_NE(second, std::string::npos);
  EXPECT_LT(page.find("/units/10792"), first);
  EXPECT_LT(first, page.find("/units/10756"));
  EXPECT_LT(second, unranked);
}

TEST(ScorePages, SayHowFarEasyFieldsLiftATotal) {
  RatedDistrict rated;
  EXPECT_TRUE(shows(rated.page(""), "Trong đó lĩnh vực Chứng thực: 8/12 phiếu (66,7 %)"));
  EXPECT_TRUE(
      shows(rated.page("units/10750"), "Trong đó lĩnh vực Chứng thực: 8/12 phiếu (66,7 %)"));
}

TEST(ScorePages, CountWhatWaitsForAnAnswer) {
  RatedDistrict rated;
  EXPECT_TRUE(shows(rated.page(""), "<strong>0</strong> <span>0 quá hạn trả lời</span>"));
  rated.kiosk.say(1, "Chờ lâu quá");
  rated.kiosk.say(2, "Không ai hướng dẫn");
  ASSERT_EQ(rated.district.send(rated.kiosk).status, 200);
  EXPECT_TRUE(shows(rated.page(""), "<strong>2</strong> <span>0 quá hạn trả lời</span>"));
  EXPECT_TRUE(shows(rated.page("units/10750"), "10750@2025-07-01\">2</a></strong>"));
}

TEST(ScorePages, BeginOnTheirOwnPageForPeopleOfACommune) {
  RatedDistrict rated;
  for (const access::Role role : {access::Role::kCommuneHead, access::Role::kCommuneStaff}) {
    const std::string own =
        rated.district.log_in(role, std::string("xa-") + std::string(word_of(role)), "10756");
    auto& client = rated.district.client();
    const Reply start = client.get("", {own});
    EXPECT_EQ(start.status, 303);
    const std::string page = start.header("Location").substr(1);
    EXPECT_TRUE(shows(client.get(page, {own}), "Xã Lai Khê"));
    EXPECT_EQ(client.get("units/10750", {own}).status, 403);
    EXPECT_EQ(client.get("units/10750@2025-07-01", {own}).status, 403);
    EXPECT_FALSE(shows(client.get("units", {own}), "Phú Thái"));
    EXPECT_FALSE(shows(client.get("devices", {own}), "kt-1"));
  }
}

/// The last day of the month before this one, and noon of some day in it.
core::LocalDate last_whole_day() {
  const core::LocalDate today = core::local_date(now_ms());
  return (std::chrono::year_month{today.year(), today.month()} - std::chrono::months{1}) /
         std::chrono::last;
}

TEST(ScorePages, ShowStaffMonthsThatAreOverAndNoSmallGroup) {
  RatedDistrict rated;  // 12 ratings of today
  const std::int64_t then = core::start_of_day_ms(last_whole_day()) + kDay / 2;
  for (int i = 0; i < 11; ++i) {
    rated.kiosk.rate(i < 7 ? 5 : 2, then, i < 8 ? "chung-thuc" : "ho-tich");
  }
  ASSERT_EQ(rated.district.send(rated.kiosk).status, 200);
  const std::string path = "units/10750?from=" + core::to_string(last_whole_day()) +
                           "&to=" + core::to_string(core::local_date(now_ms()));
  auto& client = rated.district.client();
  const std::string head = rated.district.log_in(access::Role::kCommuneHead, "truong");
  EXPECT_TRUE(shows(client.get(path, {head}), "<strong>23</strong>"));
  EXPECT_FALSE(shows(client.get(path, {head}), "Dưới 5 phiếu"));
  const std::string staff = rated.district.log_in(access::Role::kCommuneStaff, "nhan-vien");
  for (const std::string& asked : {path, path + "&trend=week", std::string("units/10750")}) {
    const Reply page = client.get(asked, {staff});
    EXPECT_TRUE(shows(page, "<strong>11</strong>")) << asked;
    EXPECT_TRUE(shows(page, "Dưới 5 phiếu"));
    EXPECT_FALSE(shows(page, "Ý kiến chờ trả lời"));
    EXPECT_FALSE(shows(page, "trend=week"));
    EXPECT_FALSE(shows(page, "Hôm nay"));
  }
}

TEST(ScorePages, ShowStaffTheSameForAllRangesThatTouchTheSameMonths) {
  RatedDistrict rated;
  for (int day = 0; day < 20; ++day) {
    const std::int64_t then = core::start_of_day_ms(last_whole_day()) + kDay / 2 - day * kDay;
    rated.kiosk.rate(day % 2 == 0 ? 5 : 1, then);
  }
  ASSERT_EQ(rated.district.send(rated.kiosk).status, 200);
  auto& client = rated.district.client();
  const std::string staff = rated.district.log_in(access::Role::kCommuneStaff, "nhan-vien");
  // Otherwise the difference of two ranges would be the ratings of one day.
  std::set<std::string> pages;
  for (int day = 0; day < 20; day += 5) {
    const auto to =
        core::LocalDate{std::chrono::sys_days{last_whole_day()} - std::chrono::days{day}};
    pages.insert(client
                     .get("units/10750?from=" + core::to_string(last_whole_day()).substr(0, 8) +
                              "01&to=" + core::to_string(to),
                          {staff})
                     .body);
  }
  EXPECT_EQ(pages.size(), 1U);
  EXPECT_TRUE(shows({200, *pages.begin(), {}}, "<strong>20</strong>"));
}

TEST(ScorePages, GiveStaffNoFiguresCellByCell) {
  RatedDistrict rated;
  const std::string staff = rated.district.log_in(access::Role::kCommuneStaff, "nhan-vien");
  const std::string head = rated.district.log_in(access::Role::kCommuneHead, "truong");
  auto& client = rated.district.client();
  for (const char* format : {"json", "csv", "xlsx"}) {
    const std::string path = std::string("api/v1/scores") + today_query() +
                             "&by=unit,month,field,counter&format=" + format;
    expect_problem(client.get(path, {staff}), 403, "no-right");
    EXPECT_EQ(client.get(path, {head}).status, 200) << format;
  }
  const std::string this_year =
      "?year=" + core::to_string(core::local_date(now_ms())).substr(0, 4) + "&span=year";
  for (const std::string& path : {"reports" + this_year, "reports/report.csv" + this_year,
                                  "reports/report.xlsx" + this_year}) {
    EXPECT_EQ(client.get(path, {staff}).status, 400) << path;
    EXPECT_EQ(client.get(path, {head}).status, 200) << path;
  }
  EXPECT_EQ(client.get("reports/report.csv", {staff}).status, 200);
  const auto programme = json_of(client.get("api/v1/programme", {staff}));
  EXPECT_EQ(programme.at("until"), core::to_string(last_whole_day()));
}

/// Whatever staff of the commune can ask for by an address alone, and pages of figures: by address.
std::map<std::string, std::string> all_that_staff_see(RunningDistrict& district,
                                                      const std::string& staff) {
  std::vector<std::string> paths = {"units/10750", "units/10750" + today_query(),
                                    "units/10750" + today_query() + "&as=now", "appraisal/2026"};
  for (const web::SiteRoute& route : district.routes()) {
    const bool is_plain = route.path.find("{}") == std::string::npos;
    if (route.method == "GET" && route.right && is_plain) paths.push_back(route.path.substr(1));
  }
  std::map<std::string, std::string> seen;
  for (const std::string& path : paths) {
    const Reply page = district.client().get(path, {staff});
    EXPECT_TRUE(page.status == 200 || page.status == 303 || page.status == 400 ||
                page.status == 403)
        << path << " " << page.status;
    seen[path] = page.body;
  }
  return seen;
}

/// A rating by a clock that nobody set, of a boot of which nothing is known.
void rate_without_time(FakeKiosk& kiosk, std::int64_t mono_ms) {
  kiosk.append({1'000 + mono_ms, std::string(32, 'c'), mono_ms, core::ClockState::kUnsynced},
               core::Rating{core::VisitId{"v" + std::to_string(mono_ms)},
                            core::Score::from(1).value(),
                            core::CounterId{"q1"},
                            core::FieldId{"ho-tich"},
                            {}});
}

TEST(ScorePages, ShowStaffNoTapArriving) {
  RatedDistrict rated;
  FakeKiosk timeless("kt-2");
  rated.district.know(timeless);
  rate_without_time(timeless, 1'000);
  const std::int64_t last_month = core::start_of_day_ms(last_whole_day()) + kDay / 2;
  FakeKiosk late("kt-3");
  rated.district.know(late);
  for (int i = 0; i < 7; ++i) late.rate(5, last_month);
  ASSERT_EQ(rated.district.send(timeless).status, 200);
  ASSERT_EQ(rated.district.send(late).status, 200);
  const std::string staff = rated.district.log_in(access::Role::kCommuneStaff, "nhan-vien");
  const auto before = all_that_staff_see(rated.district, staff);
  EXPECT_NE(before.at("units/10750").find("<strong>7</strong>"), std::string::npos);
  EXPECT_GE(before.size(), 10U);

  rated.kiosk.rate(1, now_ms());
  ASSERT_EQ(rated.district.send(rated.kiosk).status, 200);
  EXPECT_EQ(all_that_staff_see(rated.district, staff), before) << "one of today";
  rate_without_time(timeless, 2'000);
  ASSERT_EQ(rated.district.send(timeless).status, 200);
  EXPECT_EQ(all_that_staff_see(rated.district, staff), before) << "one of a day that is not known";
  const std::string head = rated.district.log_in(access::Role::kCommuneHead, "truong");
  EXPECT_TRUE(shows(rated.district.client().get("units/10750", {head}), "Chưa chắc ngày: 2 phiếu"));
}

TEST(ScorePages, ShowStaffWhatComesLateForAMonthByFives) {
  RatedDistrict rated;
  const std::int64_t then = core::start_of_day_ms(last_whole_day()) + kDay / 2;
  FakeKiosk late("kt-2");
  rated.district.know(late);
  for (int i = 0; i < 7; ++i) late.rate(5, then);
  ASSERT_EQ(rated.district.send(late).status, 200);
  const std::string staff = rated.district.log_in(access::Role::kCommuneStaff, "nhan-vien");
  const std::string head = rated.district.log_in(access::Role::kCommuneHead, "truong");
  const std::string month = "units/10750?from=" + core::to_string(last_whole_day()) +
                            "&to=" + core::to_string(last_whole_day());
  auto& client = rated.district.client();
  const auto before = all_that_staff_see(rated.district, staff);
  for (int i = 1; i < 5; ++i) {
    const core::Seq rating = late.rate(1, then, "chung-thuc", "q2", {"burst"});
    late.answer(rating, "reasons", "slow");
    late.append(core::Correction{rating, core::Score::from(2).value()}, then);
    ASSERT_EQ(rated.district.send(late).status, 200);
    EXPECT_EQ(all_that_staff_see(rated.district, staff), before) << i;
    EXPECT_TRUE(shows(client.get(month, {head}), "<strong>" + std::to_string(7 + i) + "</strong>"));
  }
  // Asked again and again of one person, a rating is still one.
  late.append(core::Correction{late.last() - 2, core::Score::from(1).value()}, then);
  ASSERT_EQ(rated.district.send(late).status, 200);
  EXPECT_EQ(all_that_staff_see(rated.district, staff), before);

  late.rate(4, then);
  ASSERT_EQ(rated.district.send(late).status, 200);
  const Reply shown = client.get(month, {staff});
  EXPECT_TRUE(shows(shown, "<strong>12</strong>"));
  EXPECT_TRUE(shows(shown, "Cần xem lại: 4 phiếu"));
  const auto after = all_that_staff_see(rated.district, staff);
  EXPECT_NE(after, before);
  late.rate(4, then);
  ASSERT_EQ(rated.district.send(late).status, 200);
  EXPECT_EQ(all_that_staff_see(rated.district, staff), after) << "the next group begins";
}

TEST(DevicePages, SuspendAndResumeAKiosk) {
  RatedDistrict rated;
  const std::string csrf = RunningDistrict::csrf(rated.session);
  auto& client = rated.district.client();
  EXPECT_EQ(client.post("devices/kt-1/suspend", csrf, {rated.session}).status, 303);
  EXPECT_TRUE(shows(rated.page("devices"), "Đang tạm dừng"));
  rated.kiosk.rate(5, now_ms());
  EXPECT_EQ(rated.district.send(rated.kiosk).status, 403);
  EXPECT_EQ(client.post("devices/kt-1/resume", csrf, {rated.session}).status, 303);
  EXPECT_EQ(rated.district.send(rated.kiosk).status, 200);
  EXPECT_FALSE(shows(rated.page("devices"), "Đang tạm dừng"));
  EXPECT_EQ(client.post("devices/nobody/suspend", csrf, {rated.session}).status, 404);
}

TEST(DevicePages, ChangeNothingForAFormWithoutItsToken) {
  RatedDistrict rated;
  auto& client = rated.district.client();
  EXPECT_EQ(client.post("devices/kt-1/suspend", "csrf=1", {rated.session}).status, 403);
  EXPECT_EQ(client.post("devices/kt-1/suspend", "").status, 303);  // to the login
  EXPECT_FALSE(shows(rated.page("devices"), "Đang tạm dừng"));
}

TEST(DevicePages, LeaveKiosksToAdministrators) {
  RatedDistrict rated;
  for (const access::Role role : {access::Role::kDistrictOfficer, access::Role::kAuditor,
                                  access::Role::kCommuneHead, access::Role::kCommuneStaff}) {
    const std::string own = rated.district.log_in(role, std::string(word_of(role)));
    EXPECT_FALSE(shows(rated.district.client().get("devices", {own}), "Tạm dừng kiosk này"));
    EXPECT_EQ(rated.district.submit("devices/kt-1/suspend", own).status, 403);
  }
  EXPECT_FALSE(shows(rated.page("devices"), "Đang tạm dừng"));
}

TEST(DevicePages, AnswerProgramsToo) {
  RatedDistrict rated;
  const auto json = json_of(rated.page("api/v1/devices"));
  ASSERT_EQ(json["devices"].size(), 1U);
  EXPECT_EQ(json["devices"][0]["id"], "kt-1");
  EXPECT_EQ(json["devices"][0]["events"], 12);
  EXPECT_EQ(rated.district.client().get("api/v1/devices").status, 401);
}

/// Addresses of all pages without a parameter, and the pages of figures with theirs.
std::vector<std::string> pages_of(RunningDistrict& district) {
  std::vector<std::string> pages = {"units/10750", "units/10750?trend=week", today_query()};
  for (const web::SiteRoute& route : district.routes()) {
    const bool page = route.method == "GET" && !route.for_programs && route.right &&
                      route.path.find("{}") == std::string::npos;
    if (page) pages.push_back(route.path.substr(1));
  }
  return pages;
}

TEST(AllPages, CarryNoScriptAndNoStyleOfTheirOwn) {
  RatedDistrict rated;
  const std::regex own("<script(?![^>]* src=)|<style|\\sstyle=|\\son[a-z]+=|javascript:");
  const std::vector<std::string> pages = pages_of(rated.district);
  EXPECT_GE(pages.size(), 6U);
  for (const std::string& path : pages) {
    const Reply page = rated.page(path);
    if (page.header("Content-Type") != "text/html; charset=utf-8") continue;  // a download
    EXPECT_FALSE(std::regex_search(page.body, own)) << path;
  }
}

/// What a browser that knows nothing yet loads for a page.
std::size_t bytes_with_files(RunningDistrict& district, const Reply& page) {
  std::size_t bytes = page.body.size();
  // As a browser asks for them.
  const std::regex file("(?:src|href)=\"/(static/[^\"]*)\"");
  for (std::sregex_iterator it(page.body.begin(), page.body.end(), file), end; it != end; ++it) {
    const Reply reply = district.client().get((*it)[1], {"Accept-Encoding: gzip"});
    EXPECT_EQ(reply.status, 200) << (*it)[1];
    bytes += reply.body.size();
  }
  return bytes;
}

/// A province of 250 communes, three kiosks in each, all of which sent something.
struct Province {
  static constexpr int kCommunes = 250;
  tests::TempFolder folder;
  RunningDistrict district;
  std::string session;

  Province() : district(setting_in(folder.path())) {
    for (const char* code : {"10750", "10756", "10792", "10804"}) add_commune(code);
    for (int i = 4; i < kCommunes; ++i) add_commune(code_of(i));
    session = district.log_in();
  }

  static std::string code_of(int i) { return std::to_string(20'001 + i); }

  static Setting setting_in(const std::filesystem::path& folder) {
    Setting setting;
    std::ofstream units(folder / "units.csv");
    units << std::ifstream(setting.units).rdbuf();
    for (int i = 4; i < kCommunes; ++i) {
      units << code_of(i) << ",Nguyễn Bỉnh Khiêm " << i << ",phường,31,2025-07-01,\n";
    }
    setting.units = folder / "units.csv";
    return setting;
  }

  void add_commune(const std::string& code) {
    for (const char* kiosk : {"-q1", "-q2", "-q3"}) {
      FakeKiosk idle("kt-" + code + kiosk);
      district.know(idle, code);
      if (kiosk != std::string("-q1")) continue;
      for (int i = 0; i < 10; ++i) {
        idle.rate(i % 5 + 1, now_ms(), i % 2 == 0 ? "ho-tich" : "dat-dai", "q1", {"burst"});
      }
      EXPECT_EQ(district.send(idle).status, 200);
    }
  }

  Reply page(const std::string& path) { return district.client().get(path, {session}); }
};

TEST(AllPages, OfAProvinceAreSearchedAndTurnedOver) {
  Province province;
  const Reply first = province.page("");
  EXPECT_TRUE(shows(first, "Trang 1/5"));
  EXPECT_TRUE(shows(first, "<strong>2.500</strong>"));
  const Reply found = province.page("?q=binh+khiem+249");
  EXPECT_TRUE(shows(found, "Tìm thấy 1 trong 250."));
  EXPECT_TRUE(shows(found, "phường Nguyễn Bỉnh Khiêm 249</a>"));
  EXPECT_FALSE(shows(found, "phường Nguyễn Bỉnh Khiêm 248</a>"));
  EXPECT_TRUE(shows(found, "<strong>2.500</strong>")) << "the authority's figures stay its own";
  for (const char* path :
       {"?page=5", "units?page=5", "programme?page=5", "appraisal/2026?page=5"}) {
    EXPECT_TRUE(shows(province.page(path), "phường Nguyễn Bỉnh Khiêm 249")) << path;
  }
  EXPECT_TRUE(shows(province.page("devices?q=kt-20250"), "Tìm thấy 3 trong 750."));
  EXPECT_TRUE(shows(province.page("devices?page=15"), "kt-20250-q3"));
  for (const std::string& path : pages_of(province.district)) {
    const Reply page = province.page(path);
    if (page.header("Content-Type") != "text/html; charset=utf-8") continue;
    const std::size_t bytes = bytes_with_files(province.district, page);
    RecordProperty("bytes of /" + path, static_cast<int>(bytes));
    EXPECT_LT(bytes, 300'000U) << path;
  }
}

TEST(AllPages, StayBelow300KilobytesWithEverythingTheyLoad) {
  RatedDistrict rated;
  for (const std::string& path : pages_of(rated.district)) {
    const Reply page = rated.page(path);
    if (page.header("Content-Type") != "text/html; charset=utf-8") continue;
    EXPECT_LT(bytes_with_files(rated.district, page), 300'000U) << path;
  }
}

}  // namespace
}  // namespace hailong::district
