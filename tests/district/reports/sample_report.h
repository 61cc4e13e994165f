#pragma once

#include "district/reports/programme_reports.h"

namespace hailong::district::reports {

/// A half year of three units: one in full, one with too few ratings and nothing known beside them,
/// one that nobody rated.
inline ReportData sample_data(Span span = Span::kFirstHalf) {
  using namespace std::chrono;
  ReportData data;
  data.letterhead = {"",
                     "Ủy ban nhân dân thành phố Hải Phòng",
                     "BC-UBND",
                     "Hải Phòng",
                     {"Ban Thường vụ Thành ủy"},
                     {"Như trên", "Ban Dân vận Thành ủy", "Lưu: VT"},
                     {"TM. Ủy ban nhân dân", "Chủ tịch"}};
  data.date = 2026y / July / 6;
  data.period = {2026, span};
  data.rules_source = "Ngưỡng tạm, chờ bảng tiêu chí chính thức của Đề án 05-ĐA/TU";

  UnitFigures full;
  full.name = "xã Phú Thái";
  full.counts = {{10, 20, 30, 440, 734}};
  full.flagged = 12;
  full.without = core::Counts{{10, 20, 30, 440, 722}};
  full.served = 3'400;
  full.rated_dossiers = 1'020;
  full.level = "Mức 3";
  full.points_x100 = 951;
  full.explanation =
      "Đạt mức 3: 95,1 % hài lòng (KTC 95 %: 93,8–96,2), 1.234 phiếu; chưa đạt mức 4 vì tỷ lệ phản "
      "hồi "
      "đúng hạn 82 % < 90 %";
  full.fields = {{"Hộ tịch", core::Counts{{5, 10, 15, 140, 234}}},
                 {"Chứng thực", core::Counts{{5, 10, 15, 300, 500}}}};
  full.feedback = FeedbackFigures{20, 17, 14, 3, 2};
  full.appraisal = {{2026y / July / 1, "Đề xuất", "Mức 3, 9,51 điểm", "Hệ thống"},
                    {2026y / July / 3, "Tự chấm", "Đồng ý với đề xuất", "Lãnh đạo xã Phú Thái"}};
  full.recognition = Recognition{3, "1234/QĐ-UBND", 2026y / December / 20};

  UnitFigures few;
  few.name = "xã Lai Khê";
  few.counts = {{0, 0, 1, 5, 6}};
  few.level = "Chưa đủ mẫu";
  few.explanation = "Chưa đủ mẫu: 12/200 phiếu";

  UnitFigures none;
  none.name = "xã An Thành";
  none.level = "Không đủ dữ liệu";
  none.explanation = "Chưa có phiếu nào";

  data.units = {full, few, none};
  data.progress = std::vector<TargetProgress>{
      {"Đơn vị đạt mức 1 trở lên", "≥ 90 %", "1/3 (33,33 %)", "1/3 (33,33 %)", "Chưa đạt"}};
  data.praise = std::vector<Praise>{{"xã Phú Thái", "Quầy số 1", 7}};
  return data;
}

}  // namespace hailong::district::reports
