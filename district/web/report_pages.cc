#include "district/web/report_pages.h"

#include <array>
#include <charconv>

#include "district/clock.h"
#include "district/http/form.h"
#include "district/web/figures.h"
#include "district/web/small_samples.h"
#include "documents/csv.h"
#include "documents/docx.h"
#include "documents/html.h"
#include "documents/pdf.h"
#include "documents/xlsx.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using reports::ReportPeriod;
using reports::Span;

constexpr const char* kSection = "reports";
constexpr int kOldestYear = 2024;  // the programme's first (Kế hoạch 154-KH/HU)

core::Result<std::string> csv_of(const reports::ReportData& figures) {
  return documents::write_csv(reports::units_table(figures));
}

/// One way to write a report down.
struct FileKind {
  std::string_view extension;
  const char* label;
  const char* content_type;
  core::Result<std::string> (*write)(const reports::ReportData& figures);
};

const std::array<FileKind, 4> kKinds = {{
    {"pdf", "PDF", "application/pdf",
     [](const reports::ReportData& figures) {
       return documents::write_pdf(reports::programme_report(figures));
     }},
    {"docx", "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     [](const reports::ReportData& figures) {
       return documents::write_docx(reports::programme_report(figures));
     }},
    {"xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     [](const reports::ReportData& figures) {
       return documents::write_xlsx(reports::programme_report(figures));
     }},
    {"csv", "CSV", "text/csv; charset=utf-8", &csv_of},
}};

const FileKind* kind_of(std::string_view file) {
  constexpr std::string_view kStem = "report.";
  if (!file.starts_with(kStem)) return nullptr;
  for (const FileKind& kind : kKinds) {
    if (kind.extension == file.substr(kStem.size())) return &kind;
  }
  return nullptr;
}

std::optional<int> year_of(const std::string& text, core::LocalDate today) {
  int year = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), year);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  if (year < kOldestYear || year > static_cast<int>(today.year())) return std::nullopt;
  return year;
}

/// The latest report that is whole: the half year that ended last, or the year.
ReportPeriod usual_period(core::LocalDate today) {
  const int year = static_cast<int>(today.year());
  if (today.month() >= std::chrono::July) return {year, Span::kFirstHalf};
  return {year - 1, Span::kYear};
}

const char* span_label(Span span) {
  switch (span) {
    case Span::kFirstHalf:
      return "6 tháng đầu năm";
    case Span::kSecondHalf:
      return "6 tháng cuối năm";
    case Span::kYear:
      break;
  }
  return "Cả năm";
}

kainjow::mustache::data option(const std::string& value, const std::string& label, bool chosen) {
  kainjow::mustache::data one;
  one.set("value", value);
  one.set("label", label);
  one.set("chosen", chosen);
  return one;
}

http::Response file_response(const FileKind& kind, const ReportPeriod& period, std::string bytes) {
  http::Response response{200, kind.content_type, std::move(bytes), {}};
  response.headers.emplace_back(
      "Content-Disposition", "attachment; filename=\"bao-cao-" + std::to_string(period.year) + "-" +
                                 period.word() + "." + std::string(kind.extension) + "\"");
  return response;
}

/// What the staff of a commune must not see: groups so small that a rater could be told.
void hide_small_groups(reports::ReportData& figures) {
  for (reports::UnitFigures& unit : figures.units) {
    unit.without.reset();  // the difference may be one rating
    unit.fault_parts = false;
    for (reports::IndexScores& index : unit.indices) {
      const std::int64_t scored = index.scores.scored();
      index.hidden = index.hidden || (scored > 0 && scored < kSmallestGroup);
    }
    std::vector<Group> groups;
    groups.reserve(unit.fields.size());
    for (const reports::FieldFigures& field : unit.fields) {
      groups.push_back({field.name, field.counts});
    }
    groups = without_small_groups(std::move(groups));
    for (std::size_t i = 0; i < groups.size(); ++i) unit.fields[i].counts = groups[i].counts;
  }
}

}  // namespace

void ReportPages::add_to(Site& site) {
  site.get("/reports", access::Right::kSeeReports,
           [this, &site](const http::Request& request, const access::Principal& reader) {
             return show(site, request, reader);
           });
  site.get("/reports/{}", access::Right::kSeeReports,
           [this, &site](const http::Request& request, const access::Principal& reader) {
             return download(site, request, reader);
           });
}

core::Result<ReportPages::Wish> ReportPages::wish_of(const http::Request& request,
                                                     const access::Principal& reader,
                                                     core::LocalDate today) const {
  Wish wish{usual_period(today), ""};
  if (const auto year = http::first_of(request.query, "year")) {
    const auto number = year_of(*year, today);
    if (!number) return core::fail(core::Fault::kInvalid, "Năm không hợp lệ.");
    wish.period.year = *number;
  }
  if (const auto word = http::first_of(request.query, "span")) {
    const auto span = reports::span_of(*word);
    if (!span) return core::fail(core::Fault::kInvalid, "Kỳ báo cáo không hợp lệ.");
    wish.period.span = *span;
  }
  if (today < wish.period.from()) {
    return core::fail(core::Fault::kInvalid, "Kỳ báo cáo này chưa bắt đầu.");
  }
  if (access::works_at_counter(reader) &&
      access::last_day_shown(reader, today) < wish.period.to()) {
    return core::fail(core::Fault::kInvalid,
                      "Kỳ báo cáo này chưa kết thúc; tài khoản này chỉ xem được kỳ đã kết thúc.");
  }
  wish.unit_id = http::first_of(request.query, "unit").value_or("");
  if (!wish.unit_id.empty() && config_.rules.units.find_id(wish.unit_id) == nullptr) {
    return core::fail(core::Fault::kInvalid, "Không có đơn vị này.");
  }
  return wish;
}

core::Result<reports::ReportData> ReportPages::gather(const Wish& wish,
                                                      const access::Principal& reader,
                                                      std::int64_t now_ms) {
  const bool whole = wish.unit_id.empty() && reader.unit.empty();
  const bool for_staff = access::works_at_counter(reader);
  auto figures = source_.gather(
      wish.period, now_ms, whole,
      [&](const std::string& unit_id) {
        return (wish.unit_id.empty() || unit_id == wish.unit_id) &&
               access::may_see_unit(reader, unit_id);
      },
      for_staff ? storage::Shown::kInFives : storage::Shown::kAll);
  if (figures && for_staff) hide_small_groups(*figures);
  return figures;
}

http::Response ReportPages::with_report(const Site& site, const http::Request& request,
                                        const access::Principal& reader, const Use& use) {
  const std::int64_t now = now_ms();
  const core::LocalDate today = core::local_date(now);
  const auto wish = wish_of(request, reader, today);
  if (!wish) return site.refused(reader, kSection, wish.error().message);
  if (!wish->unit_id.empty() && !access::may_see_unit(reader, wish->unit_id)) {
    return site.forbidden(reader);
  }
  const auto figures = gather(*wish, reader, now);
  if (!figures) return store_failed(figures.error());
  return use(*wish, *figures, today);
}

http::Response ReportPages::show(const Site& site, const http::Request& request,
                                 const access::Principal& reader) {
  return with_report(
      site, request, reader,
      [&](const Wish& wish, const reports::ReportData& figures, core::LocalDate today) {
        return site.page(
            reader, kSection, "Báo cáo " + wish.period.words(),
            form(wish, reader, today) + documents::write_html(reports::programme_report(figures)));
      });
}

http::Response ReportPages::download(const Site& site, const http::Request& request,
                                     const access::Principal& reader) {
  const FileKind* const kind = kind_of(request.parameter());
  if (kind == nullptr) return site.not_found(reader);
  return with_report(
      site, request, reader,
      [&](const Wish& wish, const reports::ReportData& figures, core::LocalDate /*today*/) {
        auto bytes = kind->write(figures);
        return bytes ? file_response(*kind, wish.period, std::move(*bytes))
                     : store_failed(bytes.error());
      });
}

std::string ReportPages::form(const Wish& wish, const access::Principal& reader,
                              core::LocalDate today) const {
  using kainjow::mustache::data;
  data years(data::type::list);
  for (int year = static_cast<int>(today.year()); year >= kOldestYear; --year) {
    years << option(std::to_string(year), std::to_string(year), year == wish.period.year);
  }
  data spans(data::type::list);
  for (const Span span : {Span::kFirstHalf, Span::kSecondHalf, Span::kYear}) {
    spans << option(ReportPeriod{0, span}.word(), span_label(span), span == wish.period.span);
  }
  data units(data::type::list);
  const core::LocalDate day = std::min(today, wish.period.to());
  for (const core::Unit* unit : config_.rules.units.communes(config_.rules.authority, day)) {
    if (!access::may_see_unit(reader, unit->id())) continue;
    units << option(unit->id(), unit->full_name(), unit->id() == wish.unit_id);
  }
  data files(data::type::list);
  const std::string query = "?year=" + std::to_string(wish.period.year) +
                            "&span=" + wish.period.word() +
                            (wish.unit_id.empty() ? "" : "&unit=" + http::escaped(wish.unit_id));
  for (const FileKind& kind : kKinds) {
    data file;
    file.set("href", "/reports/report." + std::string(kind.extension) + query);
    file.set("label", kind.label);
    files << file;
  }
  data page;
  page.set("years", years);
  page.set("spans", spans);
  page.set("units", units);
  page.set("files", files);
  return render(templates::k_reports_mustache, page);
}

}  // namespace hailong::district::web
