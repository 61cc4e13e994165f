#include "kiosk/reports/unit_report.h"

#include <algorithm>
#include <numeric>

#include "core/numbers.h"
#include "core/scoring.h"
#include "kiosk/reports/trend.h"
#include "kiosk/staff/wording.h"

namespace hailong::kiosk::reports {
namespace {

using core::vietnamese_count;
using documents::Align;
using documents::Chart;
using documents::count_cell;
using documents::date_words;
using documents::hundredths_cell;
using documents::kNotKnown;
using documents::Report;
using documents::Row;
using documents::Section;
using documents::Table;
using documents::text_cell;
using staff::Figures;
using staff::kLeastSum;
using staff::Part;
using staff::Range;
using staff::Sum;

constexpr const char* kFew = "dưới 5 phiếu";
constexpr const char* kHidden = "ẩn";

/// "ngày 05/11/2026", or "từ ngày 01/11/2026 đến ngày 30/11/2026".
std::string range_words(const Range& range) {
  if (range.from == range.to) return "ngày " + date_words(range.from);
  return "từ ngày " + date_words(range.from) + " đến ngày " + date_words(range.to);
}

/// "80,12 % (KTC 95 %: 74,1–85,0 %; n = 200)"
std::string satisfied_words(const core::Counts& counts) {
  return percent_words(core::satisfied_basis_points(counts).value_or(0)) +
         " (KTC 95 %: " + interval_words(counts) + " %; n = " + vietnamese_count(counts.n()) + ")";
}

std::string sum_words(const Figures& figures) {
  if (figures.sum.hidden) return std::string("Số phiếu: ") + kFew + ".";
  const core::Counts& counts = figures.sum.counts;
  std::string words = "Số phiếu: " + vietnamese_count(counts.n()) +
                      ". Tỷ lệ hài lòng tại quầy: " + satisfied_words(counts) + ".";
  if (figures.flagged > 0) {
    words += " Trong đó " + vietnamese_count(figures.flagged) +
             " phiếu có dấu hiệu bất thường, vẫn được tính.";
  }
  if (figures.in_fives) words += " Tính theo từng nhóm đủ 5 phiếu, theo thứ tự nhận.";
  return words;
}

std::string coverage_words(const Figures& figures) {
  std::string words = "Tỷ lệ phản hồi: ";
  const auto coverage =
      core::share_basis_points(figures.rated_of_served, figures.served.value_or(0));
  if (!coverage) return words + kNotKnown + " (chưa có số hồ sơ đã giải quyết).";
  if (figures.sum.hidden || figures.rated_of_served < kLeastSum) {
    return words + kFew + " trên " + vietnamese_count(*figures.served) + " hồ sơ đã giải quyết.";
  }
  words += percent_words(*coverage) + " (" + vietnamese_count(figures.rated_of_served) +
           " phiếu trên " + vietnamese_count(*figures.served) + " hồ sơ đã giải quyết).";
  if (figures.days_without_served > 0) {
    words +=
        " Không tính " + vietnamese_count(figures.days_without_served) + " ngày chưa có số hồ sơ.";
  }
  return words;
}

Chart distribution_chart(const core::Counts& counts) {
  Chart chart;
  chart.name = "Biểu đồ mức";
  chart.caption = "Số phiếu theo mức hài lòng";
  chart.categories = "Mức hài lòng";
  chart.values = "Số phiếu";
  chart.is_of_scale = true;
  chart.points.reserve(staff::kScoreNames.size());
  for (std::size_t i = 0; i < staff::kScoreNames.size(); ++i) {
    chart.points.push_back({staff::kScoreNames.at(i), count_cell(counts.by_score.at(i))});
  }
  const auto most = std::max_element(counts.by_score.begin(), counts.by_score.end());
  chart.words = std::string("Nhiều nhất: ") +
                staff::kScoreNames.at(static_cast<std::size_t>(most - counts.by_score.begin())) +
                ", " + vietnamese_count(*most) + " trên " + vietnamese_count(counts.n()) +
                " phiếu.";
  return chart;
}

Table distribution_table(const core::Counts& counts) {
  Table table{
      "Mức hài lòng",
      "Phân bố phiếu theo mức hài lòng",
      {{"Mức hài lòng", 4}, {"Số phiếu", 2, Align::kRight}, {"Tỷ lệ (%)", 2, Align::kRight}},
      {}};
  for (std::size_t i = 0; i < staff::kScoreNames.size(); ++i) {
    const std::int64_t count = counts.by_score.at(i);
    table.rows.push_back({{text_cell(staff::kScoreNames.at(i)), count_cell(count),
                           hundredths_cell(core::share_basis_points(count, counts.n()))},
                          false});
  }
  table.rows.push_back(
      {{text_cell("Tổng"), count_cell(counts.n()), hundredths_cell(10'000)}, true});
  return table;
}

Section general_section(const Figures& figures) {
  Section section{"KẾT QUẢ CHUNG", {sum_words(figures), coverage_words(figures)}};
  if (!figures.sum.hidden) {
    section.blocks.emplace_back(distribution_table(figures.sum.counts));
    section.blocks.emplace_back(distribution_chart(figures.sum.counts));
  }
  return section;
}

/// Whether this time is better than an earlier one by more than chance explains.
std::string compared(const Sum& earlier, const Sum& now) {
  if (earlier.hidden || now.hidden) return "–";
  const core::Interval difference = core::difference95(
      earlier.counts.satisfied(), earlier.counts.n(), now.counts.satisfied(), now.counts.n());
  if (difference.low > 0) return "kỳ này cao hơn";
  if (difference.high < 0) return "kỳ này thấp hơn";
  return "chưa thấy khác biệt";
}

Row sum_row(const std::string& name, const Sum& sum) {
  Row row{{text_cell(name)}, false};
  append_figures(row, sum.hidden ? std::nullopt : std::optional(sum.counts), kFew);
  return row;
}

Section comparison_section(const Figures& figures) {
  Table table{"So sánh",
              "Kỳ này so với 7 ngày và 30 ngày trước đó",
              {{"Thời gian", 4},
               {"Số phiếu", 3, Align::kRight},
               {"Tỷ lệ hài lòng (%)", 3, Align::kRight},
               {"KTC 95 %", 3, Align::kCenter},
               {"So sánh", 4}},
              {}};
  const auto add = [&](const std::string& name, const Sum& sum, const std::string& words) {
    table.rows.push_back(sum_row(name, sum));
    table.rows.back().cells.push_back(text_cell(words));
  };
  add("Kỳ này", figures.sum, "–");
  add("7 ngày trước đó", figures.week_before, compared(figures.week_before, figures.sum));
  add("30 ngày trước đó", figures.month_before, compared(figures.month_before, figures.sum));
  return {"SO SÁNH VỚI THỜI GIAN TRƯỚC",
          {std::move(table),
           "“Chưa thấy khác biệt”: chênh lệch chưa lớn hơn mức dao động ngẫu nhiên (khoảng tin cậy "
           "95 % của hiệu hai tỷ lệ)."}};
}

Table parts_table(const std::string& name, const std::string& heading,
                  const std::vector<Part>& parts,
                  const std::function<std::string(const std::string&)>& name_of) {
  Table table{name,
              "Theo " + heading,
              {{capitalised(heading), 5},
               {"Số phiếu", 3, Align::kRight},
               {"Tỷ lệ hài lòng (%)", 3, Align::kRight},
               {"KTC 95 %", 3, Align::kCenter}},
              {}};
  for (const Part& part : parts) {
    Row row{{text_cell(part.id.empty() ? "Không rõ" : name_of(part.id))}, false};
    append_figures(row, part.hidden ? std::nullopt : std::optional(part.counts), kHidden);
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// "07" -> "07:00–08:00"
std::string hour_words(const std::string& hour) {
  const std::string next = std::to_string(std::stoi(hour) + 1);
  return hour + ":00–" + (next.size() < 2 ? "0" : "") + next + ":00";
}

bool any_hidden(const std::vector<Part>& parts) {
  return std::any_of(parts.begin(), parts.end(), [](const Part& part) { return part.hidden; });
}

Section parts_section(const UnitReportData& data) {
  const Figures& figures = data.figures;
  Section section{"THEO QUẦY, LĨNH VỰC, GIỜ", {}};
  if (!figures.split) {
    section.blocks.emplace_back(
        "Số liệu được chia theo tháng; chưa có tháng nào trọn vẹn và đủ 5 phiếu.");
    return section;
  }
  section.blocks.emplace_back("Số liệu " + range_words(*figures.split) + ".");
  section.blocks.emplace_back(parts_table("Quầy", "quầy", figures.by_counter, data.counter_name));
  section.blocks.emplace_back(
      parts_table("Lĩnh vực", "lĩnh vực", figures.by_field, data.field_name));
  section.blocks.emplace_back(parts_table("Giờ", "giờ", figures.by_hour, hour_words));
  if (any_hidden(figures.by_counter) || any_hidden(figures.by_field) ||
      any_hidden(figures.by_hour)) {
    section.blocks.emplace_back(
        "“ẩn”: nhóm có dưới 5 phiếu, hoặc nhóm được ẩn cùng để không ai tính ra được nhóm có dưới "
        "5 phiếu.");
  }
  return section;
}

Section cases_section(const UnitReportData& data) {
  Table table{
      "Xử lý ý kiến", "Tình trạng xử lý", {{"Tình trạng", 4}, {"Số ý kiến", 2, Align::kRight}}, {}};
  for (std::size_t i = 0; i < core::kCaseStatuses; ++i) {
    if (data.cases.by_status.at(i) == 0) continue;
    table.rows.push_back({{text_cell(std::string(core::name_of(static_cast<core::CaseStatus>(i)))),
                           count_cell(data.cases.by_status.at(i))},
                          false});
  }
  const std::int64_t received = data.cases.received();
  table.rows.push_back({{text_cell("Tổng"), count_cell(received)}, true});
  std::string words = "Số góp ý, phản ánh nhận được: " + vietnamese_count(received) +
                      "; quá hạn chưa trả lời: " + vietnamese_count(data.cases.overdue) + ".";
  if (!data.all_cases) words += " Chỉ tính những ý kiến do cán bộ xử lý.";
  return {"GÓP Ý, PHẢN ÁNH ĐÃ NHẬN VÀ XỬ LÝ", {std::move(words), std::move(table)}};
}

Section sign_off_section(const UnitReportData& data) {
  Section section{"XÁC NHẬN ĐÃ XEM HẾT Ý KIẾN TRONG NGÀY", {}};
  std::string missing;
  for (const core::LocalDate day : data.unsigned_days) {
    missing.append(missing.empty() ? "" : ", ").append(date_words(day));
  }
  section.blocks.emplace_back(missing.empty() ? "Không có ngày nào chưa xác nhận."
                                              : "Chưa xác nhận: " + missing + ".");
  if (data.signed_days.empty()) return section;
  Table table{
      "Xác nhận",
      "Những ngày đã xác nhận",
      {{"Ngày", 3, Align::kCenter}, {"Người xác nhận", 5}, {"Xác nhận ngày", 3, Align::kCenter}},
      {}};
  for (const journal::SignedDay& day : data.signed_days) {
    table.rows.push_back({{text_cell(date_words(day.day)), text_cell(data.person_name(day.who)),
                           text_cell(date_words(core::local_date(day.at_ms)))},
                          false});
  }
  section.blocks.emplace_back(std::move(table));
  return section;
}

Section notes_section(const UnitReportData& data) {
  return {
      "GHI CHÚ",
      {"Tỷ lệ hài lòng tại quầy = số phiếu hài lòng và rất hài lòng / tổng số phiếu × 100. "
       "Đây là thống kê tại quầy; người đánh giá tự nguyện nên không phải mẫu ngẫu nhiên.",
       "KTC 95 % là khoảng tin cậy Wilson ở mức tin cậy 95 %. Tỷ lệ phản hồi = số phiếu / số hồ "
       "sơ đã giải quyết của cùng những ngày.",
       "Người lập báo cáo: " + data.made_by + "."}};
}

/// "UBND xã Phú Thái" -> "Phú Thái": where the document is made.
std::string place_of(std::string unit) {
  for (const std::string_view before :
       {"UBND ", "Ủy ban nhân dân ", "xã ", "phường ", "đặc khu "}) {
    if (unit.starts_with(before)) unit.erase(0, before.size());
  }
  return unit;
}

}  // namespace

std::int64_t CaseFigures::received() const {
  return std::accumulate(by_status.begin(), by_status.end(), std::int64_t{0});
}

CaseFigures case_figures(const std::vector<journal::CaseHead>& cases,
                         const core::CaseLimits& limits, const core::WorkingCalendar& calendar,
                         std::int64_t now_ms) {
  CaseFigures figures;
  for (const journal::CaseHead& head : cases) {
    ++figures.by_status.at(static_cast<std::size_t>(head.state.status));
    if (core::is_settled(head.state.status)) continue;
    const auto due = core::answer_due(head.state, head.given_at, limits, calendar);
    if (due && *due <= now_ms) ++figures.overdue;
  }
  return figures;
}

Report unit_report(const UnitReportData& data) {
  Report report;
  report.issuer = data.unit + "\n" + data.place;
  report.place = place_of(data.unit);
  report.date = data.date;
  report.kind = "BÁO CÁO";
  report.subject =
      "Đánh giá của người dân tại " + data.place + " " + range_words(data.figures.range);
  report.signature = {"Người lập báo cáo"};
  report.footer = "Thống kê tại quầy, người đánh giá tự nguyện";
  report.sections = {general_section(data.figures),
                     comparison_section(data.figures),
                     parts_section(data),
                     trend_section(data.figures),
                     cases_section(data),
                     sign_off_section(data),
                     notes_section(data)};
  for (std::size_t i = 0; i < report.sections.size(); ++i) {
    report.sections[i].heading.insert(0, std::to_string(i + 1) + ". ");
  }
  return report;
}

std::string report_file_name(const Range& range, const std::string& extension) {
  std::string name = "bao-cao-" + core::to_string(range.from);
  if (range.from != range.to) name += "-den-" + core::to_string(range.to);
  return name + "." + extension;
}

}  // namespace hailong::kiosk::reports
