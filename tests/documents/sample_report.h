#pragma once

#include "documents/report.h"

namespace hailong::documents {

/// A table of three units, one of them with figures that nobody knows, and their sum.
inline Table sample_table() {
  const auto row = [](std::string at, std::string name, std::int64_t ratings,
                      std::optional<std::int64_t> share, std::string interval, Cell response,
                      std::string level, Cell points) {
    return Row{{text_cell(std::move(at)), text_cell(std::move(name)), count_cell(ratings),
                share ? hundredths_cell(share) : text_cell("–"), text_cell(std::move(interval)),
                std::move(response), text_cell(std::move(level)), std::move(points)},
               false};
  };
  Table table{"Kết quả",
              "Tỷ lệ hài lòng tại quầy, mức và điểm 6 tháng đầu năm 2026",
              {{"TT", 2, Align::kCenter},
               {"Đơn vị", 7},
               {"Số phiếu", 4, Align::kRight},
               {"Tỷ lệ hài lòng (%)", 5, Align::kRight},
               {"KTC 95 %", 6, Align::kCenter},
               {"Tỷ lệ phản hồi (%)", 5, Align::kRight},
               {"Mức", 6, Align::kCenter},
               {"Điểm", 5, Align::kRight}},
              {}};
  const Cell unknown = hundredths_cell(std::nullopt);
  table.rows = {
      row("1", "xã Phú Thái", 1'234, 9514, "93,8–96,2", hundredths_cell(3000), "Mức 3",
          hundredths_cell(951)),
      row("2", "xã Lai Khê", 12, 9167, "64,6–98,5", unknown, "Chưa đủ mẫu", text_cell("–")),
      row("3", "xã An Thành", 0, std::nullopt, "–", unknown, kNotKnown, text_cell("–")),
      row("", "Tổng cộng", 1'246, 9510, "93,8–96,2", unknown, "–", text_cell("–"))};
  table.rows.back().emphasised = true;
  return table;
}

/// Of the answers of a day, one too rare to be shown.
inline Chart sample_bars() {
  Chart chart;
  chart.name = "Phân bố";
  chart.caption = "Phân bố ý kiến theo mức";
  chart.words = "Nhiều nhất: Rất hài lòng, 734 phiếu.";
  chart.categories = "Mức";
  chart.values = "Số phiếu";
  chart.is_of_scale = true;
  chart.points = {{"Rất không hài lòng", text_cell("dưới 5")},
                  {"Không hài lòng", count_cell(20)},
                  {"Bình thường", count_cell(30)},
                  {"Hài lòng", count_cell(440)},
                  {"Rất hài lòng", count_cell(734)}};
  return chart;
}

/// A month of shares, nothing known of every seventh day.
inline Chart sample_line() {
  Chart chart;
  chart.name = "Xu hướng";
  chart.caption = "Tỷ lệ hài lòng tại quầy theo ngày";
  chart.words = "Từ 90,05 % ngày 01/6 đến 94,03 % ngày 30/6.";
  chart.kind = ChartKind::kLine;
  chart.categories = "Ngày";
  chart.values = "Tỷ lệ hài lòng (%)";
  chart.top = 100;
  for (int day = 1; day <= 30; ++day) {
    chart.points.push_back({(day < 10 ? "0" : "") + std::to_string(day) + "/6",
                            day % 7 == 0 ? text_cell(kNotKnown)
                                         : hundredths_cell(9'000 + day * 37 % 700 + 5 * day % 40)});
  }
  return chart;
}

/// A provisional report of several pages.
inline Report sample_report() {
  using namespace std::chrono;
  Report report;
  report.issuer = "Ủy ban nhân dân\nthành phố Hải Phòng";
  report.number = "Số:        /BC-UBND";
  report.place = "Hải Phòng";
  report.date = 2026y / July / 6;
  report.kind = "BÁO CÁO";
  report.subject = "Kết quả đánh giá sự hài lòng của người dân 6 tháng đầu năm 2026";
  report.addressees = {"Ban Thường vụ Thành ủy"};
  report.recipients = {"Như trên", "Lưu: VT"};
  report.signature = {"TM. Ủy ban nhân dân", "Chủ tịch"};
  report.provisional = true;
  std::string words;
  for (int i = 0; i < 8; ++i) words += "Từ ngày 01/01/2026 đến ngày 30/6/2026 có 1.246 phiếu. ";
  report.sections = {
      {"I. TÌNH HÌNH CHUNG", {words, words}},
      {"II. KẾT QUẢ CỦA TỪNG ĐƠN VỊ",
       {"Theo bảng sau.", sample_table(), sample_bars(), sample_line()}},
      {"III. GHI CHÚ VỀ PHƯƠNG PHÁP", {"Người dân tự quyết định có đánh giá hay không."}}};
  return report;
}

}  // namespace hailong::documents
