#include <gtest/gtest.h>

#include "district/feedback/unsigned_days.h"
#include "district/web/periods.h"
#include "tests/district/running_district.h"

/// What pages and the API tell of what staff did at their kiosks.

namespace hailong::district {
namespace {

using access::Role;

constexpr const char* kSigningUnit = "10750@2025-07-01";

core::LocalDate in_november(unsigned day) {
  return {std::chrono::year{2026}, std::chrono::November, std::chrono::day{day}};
}

class UnsignedDays : public testing::Test {
 protected:
  std::vector<core::LocalDate> missing(core::LocalDate last) {
    return feedback::unsigned_days(found_, config_.rules.units, config_.calendar,
                                   last)[kSigningUnit];
  }

  tests::TempFolder folder_;
  Config config_ = must(read_config(write_config(folder_.path())));
  storage::SignOffs found_;
};

TEST_F(UnsignedDays, AreThoseOfRatingsToo) {
  found_.rated = {{kSigningUnit, {in_november(14), in_november(21)}}};  // Saturdays
  EXPECT_EQ(missing(in_november(16)), (std::vector{in_november(14), in_november(16)}));
}

TEST_F(UnsignedDays, AreWorkingDaysSinceTheFirstRatingOrSignature) {
  EXPECT_TRUE(missing(in_november(20)).empty());
  found_.rated = {{kSigningUnit, {in_november(12)}}, {"?99999", {in_november(2)}}};  // a Thursday
  EXPECT_EQ(missing(in_november(17)),
            (std::vector{in_november(12), in_november(13), in_november(16), in_november(17)}))
      << "and no weekend";
  found_.days.push_back({kSigningUnit, in_november(11), "lan", "", kNoon, core::DeviceId{"kt-1"}});
  found_.days.push_back({kSigningUnit, in_november(13), "lan", "", kNoon, core::DeviceId{"kt-1"}});
  EXPECT_EQ(missing(in_november(13)), std::vector{in_november(12)});
  EXPECT_EQ(feedback::unsigned_days(found_, config_.rules.units, config_.calendar, in_november(30))
                .size(),
            1U)
      << "a code that is nobody's signs nothing";
}

class StaffPages : public testing::Test {
 protected:
  StaffPages() {
    district_.know(kiosk_);
    district_.know(other_, "10792");
  }
  Reply get(const std::string& path, const std::string& cookie) {
    return district_.client().get(path, {cookie});
  }
  std::string session(Role role, const std::string& unit = "10750") {
    const std::string name = std::string(word_of(role)) + unit;
    district_.add_user(role, name, unit);
    return district_.open_session(name);
  }
  static bool shows(const Reply& reply, const std::string& text) {
    return reply.body.find(text) != std::string::npos;
  }
  /// The last working day before today, and the one before it.
  std::pair<core::LocalDate, core::LocalDate> last_working_days() {
    std::vector<core::LocalDate> days;
    core::LocalDate day = core::local_date(now_ms());
    while (days.size() < 2) {
      day = web::moved_by_days(day, -1);
      if (district_.config().calendar.is_working_day(day)) days.push_back(day);
    }
    return {days[0], days[1]};
  }

  RunningDistrict district_;
  FakeKiosk kiosk_{"kt-1"};
  FakeKiosk other_{"kt-2"};
};

TEST_F(StaffPages, SayWhichWorkingDaysNobodySigned) {
  const auto [late, early] = last_working_days();
  kiosk_.append(core::StaffAccount{"lan", "lan", "Nguyễn Thị Lan", core::StaffRole::kHead, true});
  kiosk_.append(core::SignOff{"lan", early, 1}, now_ms() - 60'000);
  other_.rate(5, core::start_of_day_ms(early) + kDay / 2);
  ASSERT_EQ(district_.send(kiosk_).status, 200);
  ASSERT_EQ(district_.send(other_).status, 200);
  const std::string late_words = web::vietnamese_date(late);
  const std::string early_words = web::vietnamese_date(early);

  const std::string officer = session(Role::kDistrictOfficer);
  const Reply all = get("sign-offs", officer);
  EXPECT_EQ(all.status, 200);
  EXPECT_TRUE(shows(all, "xã An Thành"));
  EXPECT_TRUE(shows(all, late_words));
  EXPECT_FALSE(shows(all, "Nguyễn Thị Lan")) << "signatures of one commune at a time";
  const Reply one = get(std::string("sign-offs?unit=") + kSigningUnit, officer);
  EXPECT_TRUE(shows(one, "Nguyễn Thị Lan (lan)"));
  EXPECT_TRUE(shows(one, early_words));
  EXPECT_TRUE(shows(get("", officer), "2 ngày chưa ký")) << "the other commune's";
  EXPECT_TRUE(shows(get(std::string("units/") + kSigningUnit, officer), "1 ngày chưa ký"));

  const Reply own = get("sign-offs", session(Role::kCommuneStaff));
  EXPECT_TRUE(shows(own, "Nguyễn Thị Lan (lan)"));
  EXPECT_FALSE(shows(own, "xã An Thành"));
  EXPECT_EQ(get("sign-offs?unit=10792@2025-07-01", session(Role::kCommuneHead)).status, 403);
  EXPECT_EQ(get("sign-offs?unit=x", officer).status, 404);
  const Reply watched =
      get(std::string("sign-offs?unit=") + kSigningUnit, session(Role::kSupervisor));
  EXPECT_TRUE(shows(watched, "cán bộ của đơn vị"));
  EXPECT_FALSE(shows(watched, "Nguyễn Thị Lan"));
}

TEST_F(StaffPages, TellProgramsTheSame) {
  const auto [late, early] = last_working_days();
  kiosk_.append(core::SignOff{"lan", early, 1});
  other_.append(core::SignOff{"hoa", late, 1});
  ASSERT_EQ(district_.send(kiosk_).status, 200);
  ASSERT_EQ(district_.send(other_).status, 200);
  const std::string range = "api/v1/sign-offs?from=" + core::to_string(early) +
                            "&to=" + core::to_string(core::local_date(now_ms()));
  const auto all = json_of(get(range, session(Role::kAuditor)));
  EXPECT_EQ(all.at("signed").size(), 2U);
  ASSERT_EQ(all.at("missing").size(), 1U) << "the other one begins with its signature";
  EXPECT_EQ(all.at("missing").at(0).at("unit_id"), kSigningUnit);
  EXPECT_EQ(all.at("missing").at(0).at("days").at(0), core::to_string(late));
  const auto narrowed = json_of(get(range + "&unit=10792@2025-07-01", session(Role::kSupervisor)));
  ASSERT_EQ(narrowed.at("signed").size(), 1U);
  EXPECT_TRUE(narrowed.at("signed").at(0).at("who").is_null());
  const auto own = json_of(get(range, session(Role::kCommuneHead)));
  ASSERT_EQ(own.at("signed").size(), 1U);
  EXPECT_EQ(own.at("signed").at(0).at("who"), "lan");
  expect_problem(get("api/v1/sign-offs?from=2026-01-01", session(Role::kDistrictOfficer)), 400,
                 "bad-parameter");
}

TEST_F(StaffPages, ShowWhatStaffDidAtAKiosk) {
  kiosk_.append(core::StaffAccount{"lan", "lan", "Lan <b>", core::StaffRole::kHead, true});
  kiosk_.append(core::StaffAct{"", core::StaffDeed::kWrongPin, "lan"});
  kiosk_.append(core::StaffAct{"", core::StaffDeed::kLockOut, "lan"});
  kiosk_.append(core::StaffAct{"lan", core::StaffDeed::kReadCase, "7"});
  ASSERT_EQ(district_.send(kiosk_).status, 200);
  const std::string head = session(Role::kCommuneHead);
  EXPECT_TRUE(shows(get("devices", head), "/devices/kt-1/staff"));
  const Reply page = get("devices/kt-1/staff", head);
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(shows(page, "Nhập sai mã PIN"));
  EXPECT_TRUE(shows(page, "<span class=\"badge bad\">Bị khóa vì nhập sai mã PIN"));
  EXPECT_TRUE(shows(page, "Lan &lt;b&gt; (lan), Trưởng đơn vị"));
  EXPECT_TRUE(shows(page, "-7"));
  EXPECT_EQ(get("devices/kt-1/staff", session(Role::kCommuneStaff)).status, 403);
  EXPECT_EQ(get("devices/kt-1/staff", session(Role::kCommuneHead, "10792")).status, 403);
  EXPECT_EQ(get("devices/kt-9/staff", session(Role::kAuditor)).status, 404);
}

TEST_F(StaffPages, ShowStepsOfTheKioskInTheHistoryOfTheCase) {
  const core::Seq rating = kiosk_.rate(2, now_ms() - 3'600'000);
  kiosk_.say(rating, "Thiếu ghế");
  core::CaseStep step;
  step.action = core::CaseAction::kSee;
  kiosk_.handle(rating, step, now_ms() - 60'000);
  step.action = core::CaseAction::kHandle;  // too early
  step.note = "Đã báo bộ phận quản trị";
  kiosk_.handle(rating, step, now_ms() - 30'000);
  step.action = core::CaseAction::kNote;
  step.receiver = "hoa";
  kiosk_.handle(rating, step, now_ms() - 20'000);
  ASSERT_EQ(district_.send(kiosk_).status, 200);
  const std::string id =
      district_.peek().text("SELECT CAST(id AS TEXT) FROM stream WHERE device_id = 'kt-1'");
  const std::string address = "feedback/" + id + "-" + std::to_string(rating);
  const std::string head = session(Role::kCommuneHead);
  const Reply page = get(address, head);
  EXPECT_TRUE(shows(page, "quầy:lan, Cán bộ trên kiosk"));
  EXPECT_TRUE(shows(page, "đến sau, không đổi trạng thái"));
  EXPECT_TRUE(shows(page, "Đã báo bộ phận quản trị"));
  EXPECT_TRUE(shows(page, "người phụ trách: hoa"));
  EXPECT_EQ(
      district_.submit(address, head, "action=classify&steps=3&class=suggestion&subject=none&note=")
          .status,
      303)
      << "the case goes on from where it stands";
}

TEST_F(StaffPages, NameCountsOfTheUnitWhereTheyMakeCoverage) {
  const core::LocalDate october{std::chrono::year{2026}, std::chrono::October, std::chrono::day{1}};
  kiosk_.link(kiosk_.rate(5, core::start_of_day_ms(october) + kDay / 2), 1);
  for (core::LocalDate day = october; day.month() == october.month(); day = core::next_day(day)) {
    if (!district_.config().calendar.is_working_day(day)) continue;
    kiosk_.append(core::Served{"lan", core::FieldId{"ho-tich"}, day, day == october ? 4 : 0});
  }
  ASSERT_EQ(district_.send(kiosk_).status, 200);
  const std::string range = "from=2026-10-01&to=2026-10-31";
  const auto rows = json_of(district_.scores(range)).at("rows");
  const auto row = std::find_if(rows.begin(), rows.end(), [](const auto& each) {
    return each.at("unit_id") == kSigningUnit;
  });
  EXPECT_EQ(row->at("coverage_pct"), 25.0);
  const std::string officer = session(Role::kDistrictOfficer);
  EXPECT_TRUE(shows(get(std::string("units/") + kSigningUnit + "?" + range, officer),
                    "1/4 hồ sơ đã trả, có ngày theo số đơn vị tự đếm"));
  EXPECT_TRUE(
      shows(get("served?year=2026", officer), "Đơn vị tự đếm trên kiosk, đủ mọi ngày làm việc"));
  kiosk_.append(core::Served{"lan", core::FieldId{"ho-tich"}, in_november(2), 4});
  ASSERT_EQ(district_.send(kiosk_, kiosk_.sealed(kiosk_.last(), kiosk_.last())).status, 200);
  EXPECT_TRUE(shows(get("served?year=2026", officer),
                    "Chưa tính: số đếm trên kiosk còn thiếu ngày làm việc"));
}

}  // namespace
}  // namespace hailong::district
