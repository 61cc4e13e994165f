#include <gtest/gtest.h>

#include "district/storage/programme_records.h"
#include "tests/district/dossier_export.h"
#include "tests/district/running_district.h"
#include "tests/district/shell.h"

/// Served totals and the register of dossiers, over HTTP and as commands.

namespace hailong::district {
namespace {

using access::Role;

Setting setting_with(const DossierKeys& keys) {
  Setting setting;
  setting.more = "[erasure]\ndossier_keys = \"" + keys.folder().string() + "\"\n";
  return setting;
}

/// A district with the secret of one commune, whose officer enters what was served.
class ServedPage : public testing::Test {
 protected:
  ServedPage() : keys_(folder_.path() / "keys"), district_(setting_with(keys_)) {
    keys_.secret("10750");
    officer_ = district_.log_in(Role::kDistrictOfficer, "can-bo-cap-tren");
  }

  /// Dossiers of this year's last month but one, all returned in time but the first.
  std::string dossiers_csv(int number) {
    std::vector<ExportLine> lines(static_cast<std::size_t>(number));
    for (int i = 0; i < number; ++i) {
      ExportLine& line = lines[static_cast<std::size_t>(i)];
      line.code = dossier_code(i);
      line.received_on = "2026-10-02";
      line.due_on = "2026-10-20";
      line.returned_on = i == 0 ? "2026-10-21" : "2026-10-19";
      line.exported_on = "2026-11-02";
    }
    for (ExportLine& line : lines) line.code.replace(line.code.find("261102"), 6, "261002");
    return export_csv(lines);
  }
  Reply post(const std::string& path, const std::string& kind, const std::string& csv) {
    return district_.submit(path, officer_, "kind=" + kind + "&csv=" + http::escaped(csv));
  }
  static bool shows(const Reply& reply, const std::string& text) {
    return reply.body.find(text) != std::string::npos;
  }
  nlohmann::json row_of(const std::string& address) {
    const auto answer = json_of(district_.client().get(address, {district_.bearer()}));
    for (const auto& row : answer.at("rows")) {
      if (row.at("unit_code") == "10750") return row;
    }
    ADD_FAILURE() << answer.dump();
    return {};
  }

  tests::TempFolder folder_;
  DossierKeys keys_;
  RunningDistrict district_;
  std::string officer_;
};

constexpr const char* kTotals =
    "unit,month,field,received,returned,source\n"
    "10750,2026-10,,120,100,Báo cáo tháng 10\n";
constexpr const char* kOctoberOf2026 = "from=2026-10-01&to=2026-10-31";

TEST_F(ServedPage, PreviewsTotalsAndThenEntersThem) {
  auto before = district_.peek().counts();
  const Reply preview = post("served/preview", "totals", kTotals);
  EXPECT_EQ(preview.status, 200);
  EXPECT_TRUE(shows(preview, "xã Phú Thái, tháng 10/2026: 120 tiếp nhận, 100 trả kết quả"));
  EXPECT_TRUE(shows(preview, "action=\"/served/import\""));
  ++before.at("audit");
  EXPECT_EQ(district_.peek().counts(), before);

  const Reply done = post("served/import", "totals", kTotals);
  EXPECT_EQ(done.status, 303);
  EXPECT_EQ(done.header("Location"), "/served?imported=1");
  const Reply page = district_.client().get("served?year=2026&imported=1", {officer_});
  EXPECT_TRUE(shows(page, "Đã nhập 1 dòng."));
  EXPECT_TRUE(shows(page, "Báo cáo tháng 10; can-bo-cap-tren nhập ngày"));
  EXPECT_EQ(row_of(std::string("api/v1/scores?") + kOctoberOf2026).at("coverage_pct"), 0.0);
  EXPECT_EQ(district_.peek().number("SELECT count(*) FROM audit WHERE action = 'served-entered'"),
            1);
}

TEST_F(ServedPage, TakesOneMonthFromItsForm) {
  const std::string form =
      "kind=total&unit=10750&month=2026-10&field=ho-tich&received=7&returned=5&source=" +
      http::escaped("Sổ, tay \"A\"");
  const Reply preview = district_.submit("served/preview", officer_, form);
  EXPECT_EQ(preview.status, 200);
  EXPECT_TRUE(shows(preview, "Hộ tịch: 7 tiếp nhận, 5 trả kết quả"));
  EXPECT_TRUE(shows(preview, "&quot;Sổ, tay"));
}

TEST_F(ServedPage, NamesTheLinesThatCannotBeTaken) {
  const std::string bad = std::string(kTotals) + "99999,2026-10,,1,1,x\n10750,2026-1,,1,1,x\n";
  for (const char* path : {"served/preview", "served/import"}) {
    const Reply refused = post(path, "totals", bad);
    EXPECT_EQ(refused.status, 400);
    EXPECT_TRUE(shows(refused, "Dòng 3: đơn vị: không đơn vị nào mang mã 99999 trong tháng đó"));
    EXPECT_TRUE(shows(refused, "Dòng 4: tháng: cần dạng 2026-10"));
    EXPECT_FALSE(shows(refused, "action=\"/served/import\""));
  }
  EXPECT_EQ(post("served/preview", "?", "").status, 400);
  EXPECT_EQ(district_.peek().number("SELECT count(*) FROM served"), 0);
}

TEST_F(ServedPage, TakesTheRegisterAndShowsItsFigures) {
  FakeKiosk kiosk("kt-1");
  for (int i = 0; i < 10; ++i) {
    std::string code = dossier_code(i);
    code.replace(code.find("261102"), 6, "261002");
    keys_.link(kiosk, kiosk.rate(i < 2 ? 1 : 5, kNoon - 35 * kDay), "10750", code);
  }
  district_.know(kiosk);
  ASSERT_EQ(district_.send(kiosk).status, 200);
  const Reply preview = post("served/preview", "dossiers", dossiers_csv(40));
  EXPECT_EQ(preview.status, 200) << preview.body;
  EXPECT_TRUE(shows(preview, "xã Phú Thái: 40 hồ sơ"));
  ASSERT_EQ(post("served/import", "dossiers", dossiers_csv(40)).status, 303);

  const auto row = row_of(std::string("api/v1/dossiers?") + kOctoberOf2026);
  const auto& ratio = row.at("qd766_5_4");
  EXPECT_EQ(ratio.at("dossiers"), 40);
  EXPECT_EQ(ratio.at("unsatisfied"), 2);
  EXPECT_EQ(ratio.at("overdue"), 1);
  EXPECT_EQ(ratio.at("faulty"), 2) << "the late one is disliked, too";
  EXPECT_EQ(ratio.at("ratio_pct"), 95.0);
  EXPECT_EQ(row.at("tt01").at(3).at("value"), 2.0);  // 78 of 40 dossiers, 1,95
  EXPECT_EQ(row_of(std::string("api/v1/scores?") + kOctoberOf2026).at("coverage_pct"), 25.0);

  const Reply page =
      district_.client().get(std::string("units/10750?") + kOctoberOf2026, {officer_});
  EXPECT_TRUE(
      shows(page, "95,00 % (38/40 hồ sơ không có lỗi, tính theo hợp các tập), 6,00/6 điểm"));
  EXPECT_TRUE(shows(page, "Không hài lòng (phiếu mức 1 hoặc 2)"));
  EXPECT_TRUE(shows(page, "Chỉ số 7: thái độ"));
  const Reply report = district_.client().get("reports?year=2026&span=year", {officer_});
  EXPECT_TRUE(shows(report, "CHỈ SỐ THEO HỒ SƠ"));
  EXPECT_TRUE(shows(report, "95,00"));
  const Reply served = district_.client().get("served?year=2026", {officer_});
  EXPECT_TRUE(shows(served, "Cộng từ sổ hồ sơ"));
}

TEST_F(ServedPage, ShowsStaffNeitherTheRatioNorItsParts) {
  ASSERT_EQ(post("served/import", "dossiers", dossiers_csv(40)).status, 303);
  const std::string staff = district_.log_in(Role::kCommuneStaff, "can-bo-xa");
  const Reply page = district_.client().get(std::string("units/10750?") + kOctoberOf2026, {staff});
  EXPECT_EQ(page.status, 200);
  EXPECT_FALSE(shows(page, "39/40"));
  EXPECT_FALSE(shows(page, "Không hài lòng (phiếu mức 1 hoặc 2)"));
  expect_problem(district_.client().get(std::string("api/v1/dossiers?") + kOctoberOf2026, {staff}),
                 403, "no-right");
}

TEST_F(ServedPage, IsEnteredByTheAuthorityAloneAndSeenByEachCommuneForItself) {
  ASSERT_EQ(post("served/import", "totals",
                 std::string(kTotals) + "10792,2026-10,,77,66,Báo cáo của Kim Thành\n")
                .status,
            303);
  for (const Role role : access::kRoles) {
    if (role == Role::kDistrictOfficer) continue;
    const std::string name = std::string(word_of(role));
    const std::string session = district_.log_in(role, name);
    const Reply page = district_.client().get("served?year=2026", {session});
    EXPECT_EQ(page.status, 200) << name;
    EXPECT_FALSE(shows(page, "action=\"/served/preview\"")) << name;
    EXPECT_EQ(shows(page, "Báo cáo của Kim Thành"), !access::belongs_to_commune(role)) << name;
    EXPECT_TRUE(shows(page, "Báo cáo tháng 10")) << name;
    EXPECT_EQ(
        district_.submit("served/import", session, "kind=totals&csv=" + http::escaped(kTotals))
            .status,
        403)
        << name;
  }
  EXPECT_EQ(district_.peek().number("SELECT count(*) FROM served"), 2);
}

TEST_F(ServedPage, SaysWhatToDoWhereAUnitsSecretIsMissing) {
  std::string csv = dossiers_csv(1);
  csv.replace(csv.find("\n10750,"), 7, "\n10792,");
  const Reply preview = post("served/preview", "dossiers", csv);
  EXPECT_EQ(preview.status, 400);
  EXPECT_TRUE(shows(preview, "Dòng 2: đơn vị: máy chủ chưa có khóa mã hồ sơ 10792.key"));
}

TEST(ServedCommand, SaysFirstWhatWouldComeOfAnImport) {
  tests::TempFolder folder;
  DossierKeys keys(folder.path() / "keys");
  keys.secret("10750");
  const auto config = write_config(folder.path(), setting_with(keys));
  const auto admin = [&](const std::string& words, const std::string& csv) {
    const auto file = folder.path() / "in.csv";
    std::ofstream(file) << csv;
    return run(std::string(HAILONG_DISTRICT_PROGRAM) + " admin --config " + config.string() + " " +
               words + " " + file.string());
  };
  ExportLine line;
  line.code = dossier_code(1);
  const std::string good = export_csv({line});
  EXPECT_EQ(admin("dossiers import --dry-run", good).output,
            "would import 1 dossiers, 0 of them in the register already\n10750@2025-07-01: 1\n");
  EXPECT_EQ(admin("dossiers import", good).output,
            "imported 1 dossiers, 0 of them in the register already\n10750@2025-07-01: 1\n");
  EXPECT_EQ(admin("dossiers import", good).output,
            "imported 1 dossiers, 1 of them in the register already\n10750@2025-07-01: 1\n");
  line.complaint = "x";
  const Outcome refused = admin("dossiers import", export_csv({line}));
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.output.find("line 2: complaint: expected none, conduct, unfounded or other\n"),
            std::string::npos);
  EXPECT_EQ(admin("served import --dry-run", kTotals).output, "would import 1 rows\n");
  EXPECT_EQ(admin("served import", kTotals).output, "imported 1 rows\n");
}

}  // namespace
}  // namespace hailong::district
