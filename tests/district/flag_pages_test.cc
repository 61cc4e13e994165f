#include <gtest/gtest.h>

#include "tests/district/running_district.h"

/// Decisions on flagged ratings, as they are made on the page.

namespace hailong::district {
namespace {

using access::Role;

constexpr const char* kDecision =
    "unit=10750%402025-07-01&from=2026-11-24&to=2026-11-24&reason=burst&effect=leave-out"
    "&why=Bi%C3%AAn+b%E1%BA%A3n";

/// A district with one flagged rating.
class FlagPages : public ::testing::Test {
 protected:
  FlagPages() {
    FakeKiosk kiosk("kt-1");
    kiosk.rate(5);
    kiosk.rate(1, kNoon, "ho-tich", "q1", {"burst"});
    district_.know(kiosk);
    EXPECT_EQ(district_.send(kiosk).status, 200);
  }

  Reply decide(const std::string& cookie, const std::string& fields) {
    return district_.client().post("flags", fields + "&" + RunningDistrict::csrf(cookie), {cookie});
  }
  std::int64_t decisions() { return district_.peek().number("SELECT count(*) FROM flag_decision"); }

  RunningDistrict district_;
};

TEST_F(FlagPages, RecordADecisionOfADistrictOfficer) {
  const std::string cookie = district_.log_in(Role::kDistrictOfficer);
  const Reply before = district_.client().get("flags?from=2026-11-24&to=2026-11-24", {cookie});
  EXPECT_EQ(before.status, 200);
  EXPECT_NE(before.body.find("nhiều phiếu liền nhau: 1"), std::string::npos);
  EXPECT_EQ(decide(cookie, kDecision).status, 303);
  const auto scores = json_of(district_.scores("from=2026-11-24&to=2026-11-24"));
  const auto row = scores.at("rows").at(0);
  EXPECT_EQ(row.at("counts"), nlohmann::json::array({1, 0, 0, 0, 1}));
  EXPECT_EQ(row.at("excluded"), nlohmann::json::array({1, 0, 0, 0, 0}));
  const Reply after = district_.client().get("flags?from=2026-11-24&to=2026-11-24", {cookie});
  EXPECT_NE(after.body.find("Biên bản"), std::string::npos);
  EXPECT_NE(after.body.find("100,0 %"), std::string::npos);
  EXPECT_EQ(district_.peek().number("SELECT count(*) FROM audit WHERE action = 'flags-decided'"),
            1);
}

/// 300 ratings of which 60, all bad, came in a burst.
void send_burst(RunningDistrict& district) {
  FakeKiosk kiosk("kt-2");
  kiosk.hear(kNoon - 40 * kDay);
  for (int i = 0; i < 240; ++i) kiosk.rate(i < 228 ? 5 : 2, kNoon - 40 * kDay);
  for (int i = 0; i < 60; ++i) kiosk.rate(1, kNoon - 40 * kDay, "ho-tich", "q1", {"burst"});
  district.know(kiosk, "10756");
  ASSERT_EQ(district.send(kiosk).status, 200);
}

TEST_F(FlagPages, ShowBothFiguresWhereverAUnitIsScored) {
  send_burst(district_);
  const std::string officer = district_.log_in(Role::kDistrictOfficer, "can-bo-cap-tren");
  const std::string october = "from=2026-10-01&to=2026-10-31";
  const auto row = [&] {
    const auto scores = json_of(district_.scores(october));
    for (const auto& each : scores.at("rows")) {
      if (each.at("unit_code") == "10756") return each;
    }
    ADD_FAILURE() << "no row";
    return nlohmann::json();
  };
  const auto page = [&](const std::string& path) {
    return district_.client().get(path, {officer}).body;
  };
  EXPECT_EQ(row().at("excluded"), nlohmann::json::array({0, 0, 0, 0, 0}));
  EXPECT_EQ(row().at("satisfied_pct"), 76.0);
  EXPECT_NE(row().at("verdict").get<std::string>().find("76,0 % hài lòng"), std::string::npos);
  EXPECT_NE(page("units/10756?" + october).find("Chưa có quyết định loại phiếu nào"),
            std::string::npos);

  ASSERT_EQ(decide(officer,
                   "unit=10756%402025-07-01&from=2026-10-01&to=2026-10-31&reason=burst"
                   "&effect=leave-out&why=Bi%C3%AAn+b%E1%BA%A3n")
                .status,
            303);
  const std::string without = "95,0 % hài lòng";
  const std::string with = "không tính 60 phiếu loại theo quyết định (nếu tính: 76,0 % hài lòng)";
  EXPECT_EQ(row().at("n"), 300);
  EXPECT_EQ(row().at("satisfied_pct"), 76.0);
  EXPECT_EQ(row().at("excluded"), nlohmann::json::array({60, 0, 0, 0, 0}));
  const std::string unit = page("units/10756?" + october);
  EXPECT_NE(unit.find("76,0"), std::string::npos);
  EXPECT_NE(unit.find("Khi bỏ các phiếu đã có quyết định loại: 95,0"), std::string::npos) << unit;
  ASSERT_EQ(district_.submit("appraisal/2026", officer).status, 303);
  for (const std::string& words :
       {row().at("verdict").get<std::string>(), unit, page("appraisal/2026/10756@2025-07-01"),
        page("programme?year=2026")}) {
    EXPECT_NE(words.find(without), std::string::npos) << words;
    EXPECT_NE(words.find(with), std::string::npos) << words;
  }
}

TEST_F(FlagPages, SayWhatIsMissingOfADecision) {
  const std::string cookie = district_.log_in(Role::kDistrictOfficer);
  const std::string all = kDecision;
  for (const char* part : {"unit=10750%402025-07-01", "from=2026-11-24", "reason=burst",
                           "effect=leave-out", "why=Bi%C3%AAn+b%E1%BA%A3n"}) {
    std::string fields = all;
    fields.replace(fields.find(part), std::string(part).size(), "x=1");
    EXPECT_EQ(decide(cookie, fields).status, 400) << part;
  }
  EXPECT_EQ(decide(cookie, all + "&reason=superseded").status, 400);
  EXPECT_EQ(decisions(), 0);
}

TEST_F(FlagPages, AreDecidedByNobodyElse) {
  int number = 0;
  for (const Role role : access::kRoles) {
    if (role == Role::kDistrictOfficer) continue;
    const std::string unit = access::belongs_to_commune(role) ? "10750" : "";
    const std::string cookie = district_.log_in(role, "nguoi-" + std::to_string(++number), unit);
    EXPECT_EQ(decide(cookie, kDecision).status, 403) << access::word_of(role);
  }
  EXPECT_EQ(decisions(), 0);
}

}  // namespace
}  // namespace hailong::district
