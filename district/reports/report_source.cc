#include "district/reports/report_source.h"

#include <algorithm>
#include <map>

#include "district/scoring/numbers.h"
#include "district/scoring/progress.h"

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
  unit.unit_id = row.unit_id;
  unit.name = row.unit_name;
  unit.counts = row.counts;
  unit.flagged = row.flagged;
  unit.level = level_words(row, has_programme);
  unit.points_x100 = row.appraisal.points_x100;
  unit.explanation = row.verdict;
  if (row.excluded.n() > 0) {
    unit.without = row.counts;
    for (std::size_t i = 0; i < row.excluded.by_score.size(); ++i) {
      unit.without->by_score[i] -= row.excluded.by_score[i];
    }
  }
  if (row.evidence.coverage) {
    unit.served = row.evidence.coverage->returned;
    unit.rated_dossiers = row.evidence.coverage->rated;
  }
  return unit;
}

/// How far the units are on the way to the plan's targets by the criterion alone. What is
/// recognised is not known here.
std::vector<TargetProgress> progress_of(const scoring::Target& target,
                                        const std::vector<scoring::ScoreRow>& rows) {
  scoring::LevelCounts levels;
  for (const scoring::ScoreRow& row : rows) levels.add(row.appraisal.level);
  std::vector<TargetProgress> progress;
  for (const scoring::AimLine& line : scoring::aim_lines(target, levels)) {
    progress.push_back({line.name, line.aim, kNotKnown,
                        scoring::vietnamese_count(line.reached) + "/" +
                            scoring::vietnamese_count(levels.all()) + " đơn vị",
                        kNotKnown});
  }
  return progress;
}

/// Officers and counters are known here by their ids on the kiosk.
std::string praised_words(const feedback::Praised& praised) {
  const std::string counter =
      praised.counter_id.empty() ? "Bộ phận Một cửa" : "Quầy " + praised.counter_id;
  return praised.officer.empty() ? counter : "Công chức " + praised.officer + " – " + counter;
}

}  // namespace

core::Result<ReportData> ReportSource::gather(const ReportPeriod& period, std::int64_t now_ms,
                                              bool whole, const Wanted& wanted) {
  ReportData data;
  data.letterhead = config_.letterhead;
  data.date = core::local_date(now_ms);
  data.period = period;
  data.whole = whole;
  const core::LocalDate units_on = std::min(data.date, period.to());
  if (auto added = add_scores(data, units_on, wanted); !added) return core::Failure(added.error());
  if (auto added = add_feedback(data, units_on, now_ms); !added) {
    return core::Failure(added.error());
  }
  if (auto added = add_praise(data, units_on); !added) return core::Failure(added.error());
  return data;
}

core::Result<void> ReportSource::add_scores(ReportData& data, core::LocalDate units_on,
                                            const Wanted& wanted) {
  scoring::ScoreQuery query{data.period.from(), data.period.to(), {}};
  query.units_as_on = units_on;
  const auto totals = scoring::score_table(roll_ups_, config_.rules, query);
  if (!totals) return core::Failure(totals.error());
  query.by.by_field = true;
  const auto parts = scoring::score_table(roll_ups_, config_.rules, query);
  if (!parts) return core::Failure(parts.error());

  std::map<std::string, std::vector<FieldFigures>> fields;
  for (const scoring::ScoreRow& row : parts->rows) {
    fields[row.unit_id].push_back({row.field_name, row.counts});
  }
  const auto& programme = totals->programme;
  data.official = programme && programme->official();
  if (programme) data.rules_source = programme->sources();
  if (const auto* target = config_.rules.programmes.target(data.period.year)) {
    data.progress = progress_of(*target, totals->rows);
  }
  for (const scoring::ScoreRow& row : totals->rows) {
    if (!wanted(row.unit_id)) continue;
    UnitFigures unit = figures_of_row(row, programme.has_value());
    if (const auto found = fields.find(row.unit_id); found != fields.end()) {
      unit.fields = std::move(found->second);
    }
    data.units.push_back(std::move(unit));
  }
  return {};
}

core::Result<void> ReportSource::add_feedback(ReportData& data, core::LocalDate units_on,
                                              std::int64_t now_ms) {
  const auto times = timeliness_.read(data.period.from(), data.period.to(), now_ms);
  if (!times) return core::Failure(times.error());
  std::map<std::string, feedback::Timeliness> units;
  for (const auto& [unit_id, figures] : *times) units[unit_on(unit_id, units_on)] += figures.all;
  for (UnitFigures& unit : data.units) {
    const feedback::Timeliness& figures = units[unit.unit_id];
    unit.feedback = FeedbackFigures{figures.due + figures.open, figures.due, figures.on_time,
                                    figures.open, figures.overdue};
  }
  return {};
}

core::Result<void> ReportSource::add_praise(ReportData& data, core::LocalDate units_on) {
  const auto praised = praise_.read(data.period.from(), data.period.to());
  if (!praised) return core::Failure(praised.error());
  data.praise.emplace();
  for (const feedback::Praised& one : *praised) {
    const std::string unit_id = unit_on(one.unit_id, units_on);
    const auto unit = std::find_if(data.units.begin(), data.units.end(),
                                   [&](const UnitFigures& of) { return of.unit_id == unit_id; });
    if (unit == data.units.end()) continue;  // not wanted
    data.praise->push_back({unit->name, praised_words(one), one.visits});
  }
  return {};
}

/// What the unit had become by `day`; itself when it is not known.
std::string ReportSource::unit_on(const std::string& unit_id, core::LocalDate day) const {
  const core::Unit* const unit = config_.rules.units.find_id(unit_id);
  return unit == nullptr ? unit_id : config_.rules.units.successor(*unit, day).id();
}

}  // namespace hailong::district::reports
