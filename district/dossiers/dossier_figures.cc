#include "district/dossiers/dossier_figures.h"

#include "district/ingest/lineage.h"

namespace hailong::district::dossiers {
namespace {

using storage::Complaint;
using storage::ReturnTime;

/// The first day of a month to the last of one, or to now; yesterday is now for staff.
bool are_whole_months(core::LocalDate from, core::LocalDate to, core::LocalDate today) {
  const bool to_the_end = core::next_day(to).day() == std::chrono::day{1};
  return from.day() == std::chrono::day{1} && (to_the_end || core::next_day(to) >= today);
}

std::string hidden_words(const DossierFigures& figures) {
  return std::string(figures.whole_months ? "dưới 5 hồ sơ" : "chỉ tính theo tháng trọn") +
         ": không hiện, để không lộ ý kiến của từng người";
}

/// "Có phản ánh, kiến nghị" of the decision excepts none, not even one that was found to be false.
std::size_t faults_of(const storage::DossierGroup& group) {
  std::size_t faults = 0;
  if (group.unsatisfied) faults |= scoring::kUnsatisfied;
  if (group.complaint != Complaint::kNone) faults |= scoring::kComplained;
  if (group.time == ReturnTime::kLate) faults |= scoring::kOverdue;
  return faults;
}

std::int64_t& conduct_of(const storage::DossierGroup& group, scoring::ConductFacts& conduct) {
  if (group.complaint == Complaint::kConduct) return conduct.complained;
  switch (group.time) {
    case ReturnTime::kEarly:
      return conduct.early;
    case ReturnTime::kOnTime:
      return conduct.on_time;
    case ReturnTime::kLate:
      break;
  }
  return conduct.late;
}

}  // namespace

std::int64_t DossierFigures::with(scoring::DossierFault fault) const {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < faults.by_faults.size(); ++i) {
    if ((i & fault) != 0) sum += faults.by_faults[i];
  }
  return sum;
}

std::string DossierFigures::ratio_words() const {
  return hidden() ? hidden_words(*this) : scoring::dossier_ratio_words(faults);
}

std::string DossierFigures::conduct_words() const {
  return hidden() ? hidden_words(*this) : scoring::index_words(scoring::conduct_scores(conduct));
}

DossierFigures figures_of(const std::vector<storage::DossierGroup>& groups) {
  DossierFigures figures;
  figures.faults.dossiers = 0;
  for (const storage::DossierGroup& group : groups) {
    *figures.faults.dossiers += group.n;
    figures.faults.by_faults[faults_of(group)] += group.n;
    conduct_of(group, figures.conduct) += group.n;
  }
  return figures;
}

core::Result<DossierFigures> FigureReader::read(const std::string& unit_id, core::LocalDate from,
                                                core::LocalDate to,
                                                std::optional<core::LocalDate> units_as_on,
                                                core::LocalDate today) {
  std::vector<std::string> ids{unit_id};
  const core::Unit* unit = units_.find_id(unit_id);
  if (units_as_on && unit != nullptr) {
    ids.clear();
    for (const core::Unit* part : units_.predecessors(*unit, *units_as_on)) {
      ids.push_back(part->id());
    }
  }
  const auto groups = register_.read(from, to, ids, ingest::lineage_of(units_, unit_id, today));
  if (!groups) return core::Failure(groups.error());
  DossierFigures figures = figures_of(*groups);
  figures.whole_months = are_whole_months(from, to, today);
  return figures;
}

}  // namespace hailong::district::dossiers
