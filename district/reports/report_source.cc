#include "district/reports/report_source.h"

#include <algorithm>
#include <map>

namespace hailong::district::reports {
namespace {

std::string level_words(const scoring::ScoreRow& row, bool has_programme) {
  if (row.counts.n() == 0) return "Chưa có phiếu";
  if (!has_programme) return "Chưa có ngưỡng";
  if (!row.appraisal.enough) return "Chưa đủ mẫu";
  if (!row.appraisal.level) return "Không đủ dữ liệu";
  if (*row.appraisal.level == 0) return "Chưa đạt mức 1";
  return "Mức " + std::to_string(*row.appraisal.level);
}

UnitFigures figures_of_row(const scoring::ScoreRow& row, bool has_programme) {
  UnitFigures unit;
  unit.name = row.unit_name;
  unit.counts = row.counts;
  unit.flagged = row.flagged;
  unit.level = level_words(row, has_programme);
  unit.points_x100 = row.appraisal.points_x100;
  unit.explanation = row.verdict;
  if (row.evidence.coverage) {
    unit.served = row.evidence.coverage->returned;
    unit.rated_dossiers = row.evidence.coverage->rated;
  }
  return unit;
}

}  // namespace

core::Result<ReportData> ReportSource::gather(const ReportPeriod& period, core::LocalDate today,
                                              bool whole, const Wanted& wanted) {
  scoring::ScoreQuery query{period.from(), period.to(), {}};
  query.units_as_on = std::min(today, period.to());
  const auto totals = scoring::score_table(roll_ups_, rules_, query);
  if (!totals) return core::Failure(totals.error());
  query.by.by_field = true;
  const auto parts = scoring::score_table(roll_ups_, rules_, query);
  if (!parts) return core::Failure(parts.error());

  std::map<std::string, std::vector<FieldFigures>> fields;
  for (const scoring::ScoreRow& row : parts->rows) {
    fields[row.unit_id].push_back({row.field_name, row.counts});
  }
  ReportData data;
  data.letterhead = letterhead_;
  data.date = today;
  data.period = period;
  data.whole = whole;
  const auto& programme = totals->programme;
  data.official = programme && programme->official();
  if (programme) data.rules_source = programme->sources();
  for (const scoring::ScoreRow& row : totals->rows) {
    if (!wanted(row.unit_id)) continue;
    UnitFigures unit = figures_of_row(row, programme.has_value());
    if (const auto found = fields.find(row.unit_id); found != fields.end()) {
      unit.fields = std::move(found->second);
    }
    data.units.push_back(std::move(unit));
  }
  return data;
}

}  // namespace hailong::district::reports
