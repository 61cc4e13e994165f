#include "district/reports/report_source.h"

#include <algorithm>
#include <map>

#include "core/numbers.h"
#include "district/access/principal.h"
#include "district/scoring/appraisal.h"
#include "district/scoring/asked_indices.h"
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

std::string of_all(std::int64_t reached, std::int64_t all) {
  return core::vietnamese_count(reached) + "/" + core::vietnamese_count(all) + " đơn vị";
}

using Histories = std::map<std::string, storage::AppraisalHistory>;  // by unit

std::optional<int> recognised_level(const Histories& histories, const std::string& unit_id) {
  const auto found = histories.find(unit_id);
  if (found == histories.end()) return std::nullopt;
  const auto* recognised = scoring::state_of(found->second).recognised;
  return recognised == nullptr ? std::nullopt : recognised->level;
}

/// How far the units are on the way to the plan's targets: by decisions, and by the criterion
/// alone.
std::vector<TargetProgress> progress_of(const scoring::Target& target,
                                        const std::vector<scoring::ScoreRow>& rows,
                                        const Histories& histories) {
  scoring::LevelCounts levels;
  scoring::LevelCounts recognised;
  for (const scoring::ScoreRow& row : rows) {
    levels.add(row.appraisal.level);
    recognised.add(recognised_level(histories, row.unit_id));
  }
  const auto by_criterion = scoring::aim_lines(target, levels);
  const auto by_decision = scoring::aim_lines(target, recognised);
  std::vector<TargetProgress> progress;
  progress.reserve(by_decision.size());
  for (std::size_t i = 0; i < by_decision.size(); ++i) {
    progress.push_back(
        {by_decision[i].name, by_decision[i].aim, of_all(by_decision[i].reached, recognised.all()),
         of_all(by_criterion[i].reached, levels.all()), by_decision[i].met ? "Đạt" : "Chưa đạt"});
  }
  return progress;
}

/// "Mức 2, 8,70 điểm. Quyết định 12/QĐ-UBND. Lý do …"
std::string step_words(const storage::AppraisalEntry& entry) {
  std::string words;
  const auto add = [&](const std::string& part) {
    words.append(words.empty() ? "" : ". ").append(part);
  };
  if (entry.level || entry.points_x100) {
    std::string outcome = scoring::level_name(entry.level);
    if (entry.points_x100) {
      outcome.append(", ").append(core::vietnamese(*entry.points_x100)).append(" điểm");
    }
    add(outcome);
  }
  if (!entry.decision.empty()) add("Quyết định số " + entry.decision);
  if (!entry.words.empty()) add(entry.words);
  return words;
}

void set_appraisal(UnitFigures& unit, const storage::AppraisalHistory& history) {
  unit.appraisal.reserve(history.size());
  for (const storage::AppraisalEntry& entry : history) {
    unit.appraisal.push_back({core::local_date(entry.at_ms), scoring::step_name(entry.step),
                              step_words(entry), entry.who + " (" + entry.role + ")"});
  }
  const auto* recognised = scoring::state_of(history).recognised;
  if (recognised != nullptr && recognised->level && recognised->decided_on) {
    unit.recognition =
        Recognition{*recognised->level, recognised->decision, *recognised->decided_on};
  }
}

std::string praised_words(const feedback::Praised& praised, const feedback::DeskNames& names) {
  std::string counter = praised.counter_id.empty()
                            ? "Bộ phận Một cửa"
                            : names.counter(praised.unit_id, praised.counter_id);
  if (praised.officer.empty()) return counter;
  return "Công chức " + names.officer(praised.unit_id, praised.officer) + " – " + counter;
}

}  // namespace

core::Result<ReportData> ReportSource::gather(const ReportPeriod& period, std::int64_t now_ms,
                                              bool whole, const Wanted& wanted,
                                              storage::Shown shown) {
  ReportData data;
  data.letterhead = config_.letterhead;
  data.date = core::local_date(now_ms);
  data.period = period;
  data.whole = whole;
  const core::LocalDate units_on = std::min(data.date, period.to());
  auto roll_ups = roll_ups_.seen(shown);
  if (auto added = add_scores(data, units_on, wanted, roll_ups); !added) {
    return core::Failure(added.error());
  }
  if (auto added = add_feedback(data, units_on, now_ms); !added) {
    return core::Failure(added.error());
  }
  if (auto added = add_dossiers(data, units_on, roll_ups); !added) {
    return core::Failure(added.error());
  }
  if (auto added = add_praise(data, units_on); !added) return core::Failure(added.error());
  return data;
}

core::Result<void> ReportSource::add_scores(ReportData& data, core::LocalDate units_on,
                                            const Wanted& wanted, storage::RollUpReader& roll_ups) {
  scoring::ScoreQuery query{data.period.from(), data.period.to(), {}};
  query.units_as_on = units_on;
  const auto totals = scoring::score_table(roll_ups, config_.rules, query);
  if (!totals) return core::Failure(totals.error());
  query.by.by_field = true;
  const auto parts = scoring::score_table(roll_ups, config_.rules, query);
  if (!parts) return core::Failure(parts.error());

  std::map<std::string, std::vector<FieldFigures>> fields;
  for (const scoring::ScoreRow& row : parts->rows) {
    fields[row.unit_id].push_back({row.field_name, row.counts});
  }
  const auto entries = appraisals_.of_year(data.period.year);
  if (!entries) return core::Failure(entries.error());
  Histories histories;
  for (const storage::AppraisalEntry& entry : *entries) histories[entry.unit_id].push_back(entry);
  const auto& programme = totals->programme;
  data.official = programme && programme->official();
  if (programme) data.rules_source = programme->sources();
  if (const auto* target = config_.rules.programmes.target(data.period.year)) {
    data.progress = progress_of(*target, totals->rows, histories);
  }
  for (const scoring::ScoreRow& row : totals->rows) {
    if (!wanted(row.unit_id)) continue;
    UnitFigures unit = figures_of_row(row, programme.has_value());
    if (const auto found = fields.find(row.unit_id); found != fields.end()) {
      unit.fields = std::move(found->second);
    }
    if (const auto found = histories.find(row.unit_id); found != histories.end()) {
      set_appraisal(unit, found->second);
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

core::Result<void> ReportSource::add_dossiers(ReportData& data, core::LocalDate units_on,
                                              storage::RollUpReader& roll_ups) {
  const core::LocalDate from = data.period.from();
  const core::LocalDate to = data.period.to();
  for (UnitFigures& unit : data.units) {
    const auto figures = figures_.read(unit.unit_id, from, to, units_on, data.date);
    if (!figures) return core::Failure(figures.error());
    std::vector<std::string> ids{unit.unit_id};
    if (const core::Unit* found = config_.rules.units.find_id(unit.unit_id)) {
      ids = access::with_predecessors(config_.rules.units, *found, units_on);
    }
    const auto answers = roll_ups.answers(from, to, ids);
    if (!answers) return core::Failure(answers.error());
    unit.registered = *figures;
    for (const scoring::AskedIndex& asked : scoring::kAskedIndices) {
      unit.indices.push_back({asked.number, scoring::asked_scores(*answers, asked.question)});
    }
    unit.indices.push_back({7, scoring::conduct_scores(figures->conduct), figures->hidden()});
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
    data.praise->push_back({unit->name, praised_words(one, config_.desk_names), one.visits});
  }
  return {};
}

/// What the unit had become by `day`; itself when it is not known.
std::string ReportSource::unit_on(const std::string& unit_id, core::LocalDate day) const {
  const core::Unit* const unit = config_.rules.units.find_id(unit_id);
  return unit == nullptr ? unit_id : config_.rules.units.successor(*unit, day).id();
}

}  // namespace hailong::district::reports
