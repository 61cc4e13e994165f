#include "district/web/programme_view.h"

#include "core/hex.h"
#include "core/numbers.h"
#include "district/scoring/appraisal.h"
#include "district/web/figures.h"
#include "district/web/periods.h"
#include "web_templates.h"

namespace hailong::district::web {
namespace {

using kainjow::mustache::data;
using scoring::Origin;

constexpr int kFirstPlannedYear = 2024;
constexpr int kLastPlannedYear = 2030;

data planned_years(int shown) {
  data years(data::type::list);
  for (int year = kFirstPlannedYear; year <= kLastPlannedYear; ++year) {
    data chip{"year", std::to_string(year)};
    chip.set("current", year == shown);
    years << chip;
  }
  return years;
}

data aims_data(const scoring::ProgrammeProgress& progress) {
  data aims(data::type::list);
  const auto recognised = scoring::aim_lines(*progress.target, progress.recognised);
  const auto criterion = scoring::aim_lines(*progress.target, progress.by_criterion);
  for (std::size_t i = 0; i < recognised.size(); ++i) {
    const scoring::AimLine& line = recognised[i];
    data aim{"name", line.name};
    aim.set("aim", line.aim);
    aim.set("needed", std::to_string(line.needed));
    aim.set("recognised", std::to_string(line.reached));
    aim.set("criterion", std::to_string(criterion[i].reached));
    aim.set("state", line.met ? "Đạt" : "Chưa đạt");
    aim.set("badge", line.met ? "good" : "warn");
    aims << aim;
  }
  return aims;
}

data progress_row(const scoring::UnitProgress& unit) {
  data row{"name", unit.unit_name};
  row.set("recognised", unit.recognition ? scoring::level_name(unit.recognition->level) : "–");
  if (unit.recognition) {
    std::string decision = "QĐ " + unit.recognition->decision;
    if (unit.recognition->decided_on) {
      decision.append(" ngày ").append(vietnamese_date(*unit.recognition->decided_on));
    }
    row.set("decision", data{"text", decision});
  }
  row.set("criterion", scoring::level_name(unit.criterion_level));
  row.set("verdict", unit.verdict);
  return row;
}

void set_progress(data& page, const ProgrammeView& view) {
  const std::vector<scoring::UnitProgress>& units = view.progress.units;
  std::vector<ListRow> names;
  names.reserve(units.size());
  for (const scoring::UnitProgress& unit : units) names.push_back({unit.unit_name, {}});
  const ListPart part = part_of(names, view.list);
  data rows(data::type::list);
  for (const std::size_t i : part.rows) rows << progress_row(units[i]);
  page.set("units", rows);
  set_list_tools(page, view.list, part);
}

data value_row(const std::string& name, const std::string& value, const Origin& origin) {
  data row{"name", name};
  row.set("value", value);
  row.set("source", origin.source);
  row.set("provisional", !origin.official);
  return row;
}

std::string percent(int value) { return std::to_string(value) + " %"; }

std::string level_value(const scoring::LevelRule& level) {
  return "cận dưới khoảng tin cậy 95 % từ " + percent(level.satisfied_percent) +
         (level.needs_coverage ? "; đủ tỷ lệ hồ sơ được đánh giá" : "") +
         (level.needs_timeliness ? "; đủ tỷ lệ phản hồi đúng hạn" : "");
}

data values_data(const scoring::Programme& programme) {
  data rows(data::type::list);
  rows << value_row("Hài lòng", "từ điểm " + std::to_string(programme.satisfied_from) + " trên 5",
                    programme.satisfied_origin);
  rows << value_row(
      "Mẫu tối thiểu",
      core::vietnamese_count(programme.minimum_sample) + " phiếu" +
          (programme.representative ? "; khi biết số hồ sơ N: N/(1 + N × 0,05²), làm tròn lên"
                                    : ""),
      programme.sample_origin);
  rows << value_row("Tỷ lệ hồ sơ được đánh giá", "từ " + percent(programme.coverage_percent),
                    programme.coverage_origin);
  rows << value_row("Tỷ lệ phản hồi đúng hạn", "từ " + percent(programme.timely_percent),
                    programme.timeliness_origin);
  rows << value_row("Điểm tối đa", std::to_string(programme.max_points), programme.points_origin);
  for (std::size_t i = 0; i < programme.levels.size(); ++i) {
    rows << value_row("Mức " + std::to_string(i + 1), level_value(programme.levels[i]),
                      programme.levels[i].origin);
  }
  return rows;
}

data criterion_data(const scoring::Programme& programme, const ProgrammeView& view) {
  data criterion{"first_year", std::to_string(programme.year)};
  criterion.set("values", values_data(programme));
  if (programme.confirmation) {
    data confirmed{"document", programme.confirmation->document};
    confirmed.set("who", programme.confirmation->who);
    confirmed.set("date", vietnamese_date(core::local_date(programme.confirmation->at_ms)));
    criterion.set("confirmed", confirmed);
  }
  if (!programme.official()) {
    criterion.set("provisional", true);
    if (view.may_confirm)
      criterion.set("confirm", data{"digest", core::to_hex(programme.digest())});
  }
  return criterion;
}

}  // namespace

std::string programme_main(const ProgrammeView& view) {
  const scoring::ProgrammeProgress& progress = view.progress;
  data page{"year", std::to_string(progress.year)};
  page.set("until", vietnamese_date(progress.until));
  page.set("years", planned_years(progress.year));
  page.set("csrf", view.csrf);
  page.set("number", std::to_string(progress.units.size()));
  if (progress.target) {
    data target{"source", progress.target->origin.source};
    target.set("aims", aims_data(progress));
    page.set("target", target);
  }
  set_progress(page, view);
  if (!progress.merged.empty()) {
    data rows(data::type::list);
    for (const scoring::UnitProgress& unit : progress.merged) rows << progress_row(unit);
    data merged;
    merged.set("units", rows);
    page.set("merged", merged);
  }
  if (progress.programme) page.set("criterion", criterion_data(*progress.programme, view));
  return render(templates::k_programme_mustache, page);
}

}  // namespace hailong::district::web
