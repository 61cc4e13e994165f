#include "district/reports/programme_reports.h"

#include <algorithm>
#include <array>

#include "core/numbers.h"
#include "district/scoring/verdict.h"

namespace hailong::district::reports {
namespace {

using core::share_basis_points;
using core::vietnamese;
using core::vietnamese_count;
using core::vietnamese_tenths;
using documents::Align;
using documents::Cell;
using documents::count_cell;
using documents::date_words;
using documents::hundredths_cell;
using documents::kNotKnown;
using documents::Report;
using documents::Row;
using documents::Section;
using documents::Table;
using documents::text_cell;

constexpr std::array kRoman = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII"};

std::string percent(std::optional<std::int64_t> hundredths) {
  return hundredths ? vietnamese(*hundredths) + " %" : kNotKnown;
}

std::string interval_words(const core::Counts& counts) {
  const scoring::Figures figures = scoring::figures_of(counts);
  if (!figures.low) return "–";
  return vietnamese_tenths(*figures.low) + "–" + vietnamese_tenths(*figures.high);
}

/// The satisfied share; "–" where nobody rated.
Cell share_cell(const core::Counts& counts) {
  const auto satisfied = core::satisfied_basis_points(counts);
  return satisfied ? hundredths_cell(satisfied) : text_cell("–");
}

std::optional<std::int64_t> response(const UnitFigures& unit) {
  if (!unit.served || !unit.rated_dossiers) return std::nullopt;
  return share_basis_points(*unit.rated_dossiers, *unit.served);
}

/// All units together. What one of them does not know, all do not.
UnitFigures total_of(const std::vector<UnitFigures>& units) {
  UnitFigures total;
  total.name = "Tổng cộng";
  total.served = 0;
  total.rated_dossiers = 0;
  total.feedback.emplace();
  for (const UnitFigures& unit : units) {
    total.counts += unit.counts;
    total.flagged += unit.flagged;
    const auto add = [](std::optional<std::int64_t>& sum, const std::optional<std::int64_t>& more) {
      sum = sum && more ? std::optional(*sum + *more) : std::nullopt;
    };
    add(total.served, unit.served);
    add(total.rated_dossiers, unit.rated_dossiers);
    if (!unit.feedback) total.feedback.reset();
    if (total.feedback) *total.feedback += *unit.feedback;
  }
  return total;
}

std::string summary(const ReportData& data, const UnitFigures& total) {
  std::string text = "Từ ngày " + date_words(data.period.from()) + " đến ngày " +
                     date_words(data.period.to()) + ", thiết bị đánh giá tại Bộ phận Một cửa của " +
                     vietnamese_count(static_cast<std::int64_t>(data.units.size())) +
                     " đơn vị cấp xã ghi nhận " + vietnamese_count(total.counts.n()) +
                     " phiếu đánh giá";
  if (total.counts.n() == 0) return text + ".";
  return text + ", trong đó " + vietnamese_count(total.counts.satisfied()) +
         " phiếu hài lòng hoặc rất hài lòng; " + "Tỷ lệ hài lòng tại quầy là " +
         percent(core::satisfied_basis_points(total.counts)) +
         " (khoảng tin cậy 95 %: " + interval_words(total.counts) + ").";
}

std::string response_words(const UnitFigures& total) {
  if (const auto rate = response(total)) {
    return "Tỷ lệ phản hồi (số hồ sơ có phiếu đánh giá trên số hồ sơ đã trả kết quả) là " +
           percent(rate) + ": " + vietnamese_count(*total.rated_dossiers) + " trên " +
           vietnamese_count(*total.served) + " hồ sơ.";
  }
  return "Tỷ lệ phản hồi: không đủ dữ liệu, vì chưa có số hồ sơ đã trả kết quả của mọi đơn vị.";
}

std::string flagged_words(const UnitFigures& total) {
  if (total.flagged == 0) return "Không có phiếu nào mang dấu hiệu bất thường.";
  return vietnamese_count(total.flagged) +
         " phiếu mang dấu hiệu bất thường. Các phiếu này vẫn được tính, trừ khi người ngoài đơn vị "
         "được đánh giá đã có quyết định bằng văn bản không tính.";
}

Row unit_row(const UnitFigures& unit, const std::string& index) {
  const Cell points = unit.points_x100 ? hundredths_cell(unit.points_x100) : text_cell("–");
  return {{text_cell(index), text_cell(unit.name), count_cell(unit.counts.n()),
           share_cell(unit.counts), text_cell(interval_words(unit.counts)),
           hundredths_cell(response(unit)), text_cell(unit.level), points},
          false};
}

Table explanations_table(const ReportData& data) {
  Table table{"Giải thích",
              "Giải thích mức và điểm của từng đơn vị",
              {{"TT", 1, Align::kCenter}, {"Đơn vị", 4}, {"Giải thích", 13}},
              {}};
  for (std::size_t i = 0; i < data.units.size(); ++i) {
    table.rows.push_back({{count_cell(static_cast<std::int64_t>(i + 1)),
                           text_cell(data.units[i].name), text_cell(data.units[i].explanation)},
                          false});
  }
  return table;
}

Table fields_table(const ReportData& data) {
  Table table{"Theo lĩnh vực",
              "Kết quả theo lĩnh vực",
              {{"Đơn vị", 4},
               {"Lĩnh vực", 5},
               {"Số phiếu", 2, Align::kRight},
               {"Tỷ lệ hài lòng (%)", 3, Align::kRight},
               {"KTC 95 %", 3, Align::kCenter}},
              {}};
  for (const UnitFigures& unit : data.units) {
    for (const FieldFigures& field : unit.fields) {
      const Cell hidden = text_cell("ẩn");
      table.rows.push_back({{text_cell(unit.name), text_cell(field.name),
                             field.counts ? count_cell(field.counts->n()) : hidden,
                             field.counts ? share_cell(*field.counts) : hidden,
                             field.counts ? text_cell(interval_words(*field.counts)) : hidden},
                            false});
    }
  }
  return table;
}

bool hides_fields(const ReportData& data) {
  return std::any_of(data.units.begin(), data.units.end(), [](const UnitFigures& unit) {
    return std::any_of(unit.fields.begin(), unit.fields.end(),
                       [](const FieldFigures& field) { return !field.counts; });
  });
}

Table without_table(const ReportData& data) {
  Table table{"Phiếu không tính",
              "Kết quả khi tính và khi không tính các phiếu bị loại theo quyết định",
              {{"Đơn vị", 4},
               {"Số phiếu: tính cả", 2, Align::kRight},
               {"Tỷ lệ (%)", 2, Align::kRight},
               {"Số phiếu: không tính", 2, Align::kRight},
               {"Tỷ lệ (%)", 2, Align::kRight}},
              {}};
  for (const UnitFigures& unit : data.units) {
    if (!unit.without) continue;
    table.rows.push_back(
        {{text_cell(unit.name), count_cell(unit.counts.n()), share_cell(unit.counts),
          count_cell(unit.without->n()), share_cell(*unit.without)},
         false});
  }
  return table;
}

Section results_section(const ReportData& data) {
  Section section{"KẾT QUẢ CỦA TỪNG ĐƠN VỊ", {}};
  section.blocks.emplace_back(units_table(data));
  section.blocks.emplace_back(explanations_table(data));
  if (Table fields = fields_table(data); !fields.rows.empty()) {
    section.blocks.emplace_back(
        "Thủ tục đơn giản, trả kết quả trong ngày (như chứng thực) thường được đánh giá cao và "
        "chiếm "
        "phần lớn số phiếu; vì vậy kết quả chung cần đọc cùng kết quả theo từng lĩnh vực.");
    section.blocks.emplace_back(std::move(fields));
    if (hides_fields(data)) {
      section.blocks.emplace_back(
          "“ẩn”: nhóm có quá ít phiếu không hiển thị cho tài khoản này, để giữ kín người đánh "
          "giá.");
    }
  }
  if (Table without = without_table(data); !without.rows.empty()) {
    section.blocks.emplace_back(std::move(without));
  }
  return section;
}

Row feedback_row(const std::string& name, const std::optional<FeedbackFigures>& feedback,
                 bool emphasised) {
  if (!feedback) {
    Row row{{text_cell(name)}, emphasised};
    for (int i = 0; i < 6; ++i) row.cells.push_back(text_cell(kNotKnown));
    return row;
  }
  const auto on_time = share_basis_points(feedback->on_time, feedback->due);
  return {{text_cell(name), count_cell(feedback->received), count_cell(feedback->due),
           count_cell(feedback->on_time), on_time ? hundredths_cell(on_time) : text_cell("–"),
           count_cell(feedback->open), count_cell(feedback->overdue)},
          emphasised};
}

Section feedback_section(const ReportData& data, const UnitFigures& total) {
  Table table{"Phản ánh",
              "Xử lý góp ý, phản ánh, kiến nghị",
              {{"Đơn vị", 4},
               {"Tiếp nhận", 2, Align::kRight},
               {"Đã trả lời hoặc đến hạn", 3, Align::kRight},
               {"Đúng hạn", 2, Align::kRight},
               {"Tỷ lệ đúng hạn (%)", 3, Align::kRight},
               {"Còn trong hạn", 2, Align::kRight},
               {"Quá hạn chưa trả lời", 2, Align::kRight}},
              {}};
  for (const UnitFigures& unit : data.units) {
    table.rows.push_back(feedback_row(unit.name, unit.feedback, false));
  }
  table.rows.push_back(feedback_row(total.name, total.feedback, true));
  return {"XỬ LÝ GÓP Ý, PHẢN ÁNH, KIẾN NGHỊ", {std::move(table)}};
}

/// "370", or that it is not shown, or not known.
Cell dossiers_cell(const UnitFigures& unit, std::int64_t count, bool is_part) {
  if (unit.registered.dossiers() == 0) return text_cell(kNotKnown);
  const bool hidden = unit.registered.hidden() || (is_part && !unit.fault_parts);
  return hidden ? text_cell("ẩn") : count_cell(count);
}

Row ratio_row(const UnitFigures& unit) {
  const dossiers::DossierFigures& figures = unit.registered;
  const auto ratio = scoring::dossier_ratio(figures.faults);
  const auto cell_of = [&](std::int64_t scoring::DossierRatio::*value) {
    if (figures.hidden() || !unit.fault_parts) return text_cell("ẩn");
    return hundredths_cell(ratio ? std::optional((*ratio).*value) : std::nullopt);
  };
  return {
      {text_cell(unit.name), dossiers_cell(unit, figures.dossiers(), false),
       dossiers_cell(unit, figures.with(scoring::kUnsatisfied), true),
       dossiers_cell(unit, figures.with(scoring::kComplained), true),
       dossiers_cell(unit, figures.with(scoring::kOverdue), true),
       dossiers_cell(unit, figures.faults.faulty(), true),
       cell_of(&scoring::DossierRatio::basis_points), cell_of(&scoring::DossierRatio::points_x100)},
      false};
}

Table ratios_table(const ReportData& data) {
  Table table{"QĐ 766",
              "Tỷ lệ hồ sơ không có lỗi (Quyết định 766/QĐ-TTg, chỉ số 5.4; tính theo hợp các tập)",
              {{"Đơn vị", 4},
               {"Hồ sơ", 2, Align::kRight},
               {"Không hài lòng", 2, Align::kRight},
               {"Có phản ánh, kiến nghị", 3, Align::kRight},
               {"Quá hạn", 2, Align::kRight},
               {"Có lỗi", 2, Align::kRight},
               {"Tỷ lệ (%)", 2, Align::kRight},
               {"Điểm (tối đa 6)", 2, Align::kRight}},
              {}};
  for (const UnitFigures& unit : data.units) table.rows.push_back(ratio_row(unit));
  return table;
}

Cell index_cell(const IndexScores& index) {
  if (index.hidden) return text_cell("ẩn");
  const auto tenths = scoring::index_tenths(index.scores);
  if (!tenths) return text_cell(kNotKnown);
  return text_cell(vietnamese_tenths(std::int64_t{10} * *tenths) + " (" +
                   vietnamese_count(index.scores.scored()) + ")");
}

Table indices_table(const ReportData& data) {
  Table table{"TT 01",
              "Chỉ số thành phần (Thông tư 01/2018/TT-VPCP, Điều 13), trong ngoặc là số hồ sơ được "
              "chấm",
              {{"Đơn vị", 4}},
              {}};
  if (data.units.empty()) return table;
  for (const IndexScores& index : data.units.front().indices) {
    table.columns.push_back({"Chỉ số " + std::to_string(index.number), 3, Align::kRight});
  }
  for (const UnitFigures& unit : data.units) {
    Row row{{text_cell(unit.name)}, false};
    for (const IndexScores& index : unit.indices) row.cells.push_back(index_cell(index));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Section other_logics_section(const ReportData& data) {
  Section section{"CHỈ SỐ THEO HỒ SƠ", {}};
  section.blocks.emplace_back(
      "Các chỉ số dưới đây là cách tính riêng, trên hồ sơ chứ không trên phiếu: không cộng, không "
      "so với tỷ lệ hài lòng tại quầy. Hồ sơ của kỳ là hồ sơ trả kết quả hoặc quá hạn trong kỳ, "
      "theo sổ hồ sơ của hệ thống một cửa.");
  section.blocks.emplace_back(ratios_table(data));
  section.blocks.emplace_back(indices_table(data));
  section.blocks.emplace_back(
      "“Không hài lòng” là phiếu mức 1 hoặc 2 (tạm). Chỉ số 1, 3, 4 do người dân trả lời tại "
      "quầy; chỉ số 7 tính theo thời hạn và phản ánh: trễ hạn mà không có phản ánh tính 0 (tạm: "
      "văn bản không quy định). Chưa đủ chín chỉ số nên không xếp loại. “ẩn”: quá ít hồ sơ, không "
      "hiện để giữ kín người đánh giá.");
  return section;
}

Section appraisal_section(const ReportData& data) {
  Table table{"Chấm điểm",
              "Các bước tự chấm, thẩm định, xếp loại",
              {{"Đơn vị", 3},
               {"Ngày", 2, Align::kCenter},
               {"Bước", 3},
               {"Nội dung", 6},
               {"Người thực hiện", 3}},
              {}};
  for (const UnitFigures& unit : data.units) {
    for (const AppraisalStep& step : unit.appraisal) {
      table.rows.push_back({{text_cell(unit.name), text_cell(date_words(step.date)),
                             text_cell(step.step), text_cell(step.words), text_cell(step.who)},
                            false});
    }
  }
  Section section{"TỰ CHẤM, THẨM ĐỊNH, XẾP LOẠI VÀ CÔNG NHẬN", {}};
  if (table.rows.empty()) {
    section.blocks.emplace_back("Chưa có bước chấm điểm nào được ghi nhận.");
  } else {
    section.blocks.emplace_back(std::move(table));
  }
  return section;
}

Table recognition_table(const ReportData& data) {
  Table table{"Công nhận",
              "Công nhận mức độ chuẩn " + data.period.words(),
              {{"TT", 1, Align::kCenter},
               {"Đơn vị", 5},
               {"Mức công nhận", 3, Align::kCenter},
               {"Số quyết định", 5},
               {"Ngày", 3, Align::kCenter}},
              {}};
  for (std::size_t i = 0; i < data.units.size(); ++i) {
    const auto& decision = data.units[i].recognition;
    table.rows.push_back(
        {{count_cell(static_cast<std::int64_t>(i + 1)), text_cell(data.units[i].name),
          text_cell(decision ? "Mức " + std::to_string(decision->level) : "chưa công nhận"),
          text_cell(decision ? decision->decision : "–"),
          text_cell(decision ? date_words(decision->date) : "–")},
         false});
  }
  return table;
}

Section progress_section(const ReportData& data) {
  Section section{"TIẾN ĐỘ THỰC HIỆN CHỈ TIÊU CỦA KẾ HOẠCH", {}};
  if (!data.progress) {
    section.blocks.emplace_back("Kế hoạch không có chỉ tiêu cho " + data.period.words() + ".");
    return section;
  }
  Table table{"Chỉ tiêu",
              "Chỉ tiêu của Kế hoạch và kết quả",
              {{"Chỉ tiêu", 6},
               {"Kế hoạch", 3, Align::kCenter},
               {"Đã công nhận", 3, Align::kCenter},
               {"Riêng tiêu chí hài lòng", 4, Align::kCenter},
               {"Đánh giá", 3, Align::kCenter}},
              {}};
  for (const TargetProgress& target : *data.progress) {
    table.rows.push_back(
        {{text_cell(target.target), text_cell(target.planned), text_cell(target.recognised),
          text_cell(target.by_criterion), text_cell(target.met)},
         false});
  }
  section.blocks.emplace_back(std::move(table));
  section.blocks.emplace_back(
      "Cột “Riêng tiêu chí hài lòng” cho biết kết quả nếu chỉ xét tiêu chí này; việc công nhận xét "
      "đủ "
      "các tiêu chí của Đề án.");
  return section;
}

Section praise_section(const ReportData& data) {
  Section section{"TẬP THỂ, CÁ NHÂN ĐƯỢC NGƯỜI DÂN KHEN", {}};
  if (!data.praise) {
    section.blocks.emplace_back(std::string("Danh sách: ") + kNotKnown + ".");
  } else if (data.praise->empty()) {
    section.blocks.emplace_back("Không có lời khen nào được ghi nhận.");
  } else {
    Table table{"Biểu dương",
                "Tập thể, cá nhân được người dân khen bằng lời của mình",
                {{"Đơn vị", 4}, {"Được khen", 6}, {"Số lượt", 2, Align::kRight}},
                {}};
    for (const Praise& one : *data.praise) {
      table.rows.push_back(
          {{text_cell(one.unit), text_cell(one.whom), count_cell(one.times)}, false});
    }
    section.blocks.emplace_back(std::move(table));
  }
  return section;
}

Section method_section(const ReportData& data) {
  Section section{"GHI CHÚ VỀ PHƯƠNG PHÁP", {}};
  section.blocks.emplace_back(
      "Tỷ lệ hài lòng tại quầy = số phiếu hài lòng và rất hài lòng / tổng số phiếu × 100. Người "
      "dân tự "
      "quyết định có đánh giá hay không, nên đây không phải mẫu ngẫu nhiên và không phải Chỉ số "
      "hài "
      "lòng SIPAS; không so sánh hai chỉ số này với nhau.");
  section.blocks.emplace_back(
      "KTC 95 % là khoảng tin cậy Wilson ở mức tin cậy 95 %. Hai đơn vị có khoảng tin cậy chồng "
      "lên nhau "
      "thì chưa thể nói đơn vị nào cao hơn.");
  section.blocks.emplace_back(std::string("“") + kNotKnown +
                              "” nghĩa là số liệu đầu vào chưa có; hệ thống không ước đoán thay.");
  const std::string source = data.rules_source.empty() ? kNotKnown : data.rules_source;
  section.blocks.emplace_back(
      data.official ? "Ngưỡng xếp mức và thang điểm: " + source + "."
                    : "NGƯỠNG TẠM: ngưỡng xếp mức và thang điểm trong báo cáo này là tạm thời, "
                      "chưa được cơ quan "
                      "có thẩm quyền xác nhận; mức và điểm chỉ để tham khảo. Nguồn: " +
                          source + ".");
  return section;
}

/// "Ủy ban nhân dân" and whose it is, in a line each.
std::string issuer_lines(std::string issuer) {
  const std::string committee = "Ủy ban nhân dân ";
  if (issuer.starts_with(committee)) issuer[committee.size() - 1] = '\n';
  return issuer;
}

}  // namespace

core::LocalDate ReportPeriod::from() const {
  using namespace std::chrono;
  return std::chrono::year(year) / (span == Span::kSecondHalf ? July : January) / 1;
}

core::LocalDate ReportPeriod::to() const {
  using namespace std::chrono;
  if (span == Span::kFirstHalf) return std::chrono::year(year) / June / 30;
  return std::chrono::year(year) / December / 31;
}

std::string ReportPeriod::words() const {
  const std::string number = std::to_string(year);
  switch (span) {
    case Span::kFirstHalf:
      return "6 tháng đầu năm " + number;
    case Span::kSecondHalf:
      return "6 tháng cuối năm " + number;
    case Span::kYear:
      break;
  }
  return "năm " + number;
}

std::string ReportPeriod::word() const {
  switch (span) {
    case Span::kFirstHalf:
      return "first-half";
    case Span::kSecondHalf:
      return "second-half";
    case Span::kYear:
      break;
  }
  return "year";
}

std::optional<Span> span_of(std::string_view word) {
  for (const Span span : {Span::kFirstHalf, Span::kSecondHalf, Span::kYear}) {
    if (ReportPeriod{0, span}.word() == word) return span;
  }
  return std::nullopt;
}

FeedbackFigures& FeedbackFigures::operator+=(const FeedbackFigures& other) {
  received += other.received;
  due += other.due;
  on_time += other.on_time;
  open += other.open;
  overdue += other.overdue;
  return *this;
}

Table units_table(const ReportData& data) {
  Table table{"Kết quả",
              "Tỷ lệ hài lòng tại quầy, mức và điểm " + data.period.words(),
              {{"TT", 2, Align::kCenter},
               {"Đơn vị", 7},
               {"Số phiếu", 4, Align::kRight},
               {"Tỷ lệ hài lòng (%)", 5, Align::kRight},
               {"KTC 95 %", 6, Align::kCenter},
               {"Tỷ lệ phản hồi (%)", 5, Align::kRight},
               {data.official ? "Mức" : "Mức (ngưỡng tạm)", 6, Align::kCenter},
               {data.official ? "Điểm" : "Điểm (ngưỡng tạm)", 5, Align::kRight}},
              {}};
  table.rows.reserve(data.units.size() + 1);
  for (std::size_t i = 0; i < data.units.size(); ++i) {
    table.rows.push_back(unit_row(data.units[i], std::to_string(i + 1)));
  }
  // Levels and points are a unit's own: together they have none.
  UnitFigures total = total_of(data.units);
  total.level = "–";
  table.rows.push_back(unit_row(total, ""));
  table.rows.back().emphasised = true;
  return table;
}

Report programme_report(const ReportData& data) {
  const Letterhead& head = data.letterhead;
  Report report;
  report.superior = head.superior;
  report.issuer = issuer_lines(head.issuer);
  report.number = "Số:        /" + head.symbol;
  report.place = head.place;
  report.date = data.date;
  report.kind = "BÁO CÁO";
  report.subject = "Kết quả đánh giá sự hài lòng của người dân tại Bộ phận Một cửa cấp xã " +
                   data.period.words() + " thực hiện “Chính quyền thân thiện, vì Nhân dân phục vụ”";
  report.addressees = head.addressees;
  report.recipients = head.recipients;
  report.signature = head.signature;
  report.provisional = !data.official;

  const UnitFigures total = total_of(data.units);
  report.sections.push_back(
      {"TÌNH HÌNH CHUNG", {summary(data, total), response_words(total), flagged_words(total)}});
  report.sections.push_back(results_section(data));
  report.sections.push_back(feedback_section(data, total));
  report.sections.push_back(other_logics_section(data));
  report.sections.push_back(appraisal_section(data));
  if (data.period.span == Span::kYear) {
    report.sections.back().blocks.emplace_back(recognition_table(data));
  }
  if (data.whole) report.sections.push_back(progress_section(data));
  report.sections.push_back(praise_section(data));
  report.sections.push_back(method_section(data));
  for (std::size_t i = 0; i < report.sections.size(); ++i) {
    report.sections[i].heading.insert(0, std::string(kRoman.at(i)) + ". ");
  }
  return report;
}

}  // namespace hailong::district::reports
