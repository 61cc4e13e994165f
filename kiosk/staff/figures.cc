#include "kiosk/staff/figures.h"

#include <algorithm>
#include <map>
#include <set>

namespace hailong::kiosk::staff {
namespace {

using core::LocalDate;
using core::StaffRole;

LocalDate days_before(LocalDate day, int count) {
  return std::chrono::sys_days(day) - std::chrono::days(count);
}

LocalDate first_of_month(LocalDate day) { return day.year() / day.month() / std::chrono::day(1); }

LocalDate last_of_month(LocalDate day) {
  return LocalDate(day.year() / day.month() / std::chrono::last);
}

Sum sum_of(const std::vector<journal::Cell>& cells) {
  Sum sum;
  for (const journal::Cell& cell : cells) sum.counts += cell.counts;
  sum.hidden = sum.counts.n() < kLeastSum;
  return sum;
}

/// The days with ratings.
std::map<LocalDate, Sum> by_day(const std::vector<journal::Cell>& cells) {
  std::map<LocalDate, Sum> days;
  for (const journal::Cell& cell : cells) {
    if (cell.counts.n() > 0) days[cell.day].counts += cell.counts;
  }
  for (auto& [day, sum] : days) sum.hidden = sum.counts.n() < kLeastSum;
  return days;
}

/// What the reading of one set of figures shares.
class Reading {
 public:
  Reading(journal::Review& review, StaffRole role) : review_(review), role_(role) {}

  [[nodiscard]] const std::optional<core::Error>& error() const { return error_; }

  /// What may be seen of it; nothing after an error.
  std::vector<journal::Cell> cells(const Range& range) {
    auto cells = cells_for(review_, role_, range.from, range.to);
    if (cells) return std::move(*cells);
    error_ = cells.error();
    return {};
  }

  Sum sum_over(const Range& range) { return sum_of(cells(range)); }

 private:
  journal::Review& review_;
  StaffRole role_;
  std::optional<core::Error> error_;
};

/// What an officer's parts are of: the last month by the range's end to which no five is added any
/// more. One month, so that two ranges never differ by the parts of another.
Range whole_month_before(const Range& range, LocalDate last_five) {
  LocalDate to = std::min(range.to, days_before(last_five, 1));
  if (to != last_of_month(to)) to = days_before(first_of_month(to), 1);
  return {first_of_month(to), to};
}

template <typename Key>
std::vector<Part> parts_by(const std::vector<journal::Cell>& cells, const Key& key) {
  std::map<std::string, core::Counts> sums;
  for (const journal::Cell& cell : cells) sums[key(cell)] += cell.counts;
  std::vector<Part> parts;
  parts.reserve(sums.size());
  for (auto& [id, counts] : sums) {
    if (counts.n() > 0) parts.push_back({id, counts, false});
  }
  hide_small(parts);
  return parts;
}

/// So that hours stand in their order.
std::string hour_key(int hour) { return (hour < 10 ? "0" : "") + std::to_string(hour); }

void split_up(Figures& figures, const std::vector<journal::Cell>& cells) {
  figures.by_counter = parts_by(cells, [](const auto& cell) { return cell.counter.value; });
  figures.by_field = parts_by(cells, [](const auto& cell) { return cell.field.value; });
  figures.by_hour = parts_by(cells, [](const auto& cell) { return hour_key(cell.hour); });
}

void add_served(Figures& figures, const std::vector<journal::ServedCount>& served,
                const std::map<LocalDate, Sum>& days) {
  std::set<LocalDate> known;
  for (const journal::ServedCount& count : served) {
    figures.served = figures.served.value_or(0) + count.count;
    known.insert(count.day);
  }
  for (const auto& [day, sum] : days) {
    if (known.contains(day)) {
      figures.rated_of_served += sum.counts.n();
    } else {
      ++figures.days_without_served;
    }
  }
}

}  // namespace

core::Result<Figures> figures_of(journal::Review& review, StaffRole role, const Range& range) {
  Reading reading(review, role);
  Figures figures;
  figures.range = range;
  figures.in_fives = !sees_growth(role);
  const auto cells = reading.cells(range);
  const auto days = by_day(cells);
  figures.sum = sum_of(cells);
  figures.week_before = reading.sum_over({days_before(range.from, 7), days_before(range.from, 1)});
  figures.month_before =
      reading.sum_over({days_before(range.from, 30), days_before(range.from, 1)});
  if (sees_growth(role)) {
    figures.split = range;
    split_up(figures, cells);
    for (const journal::Cell& cell : cells) figures.flagged += cell.flagged;
    if (figures.sum.hidden) figures.flagged = 0;
  } else {
    const auto last_five = review.last_five();
    if (!last_five) return core::Failure(last_five.error());
    const Range month = whole_month_before(range, *last_five ? (*last_five)->day : range.from);
    const auto of_month = reading.cells(month);
    if (!of_month.empty()) {
      figures.split = month;
      split_up(figures, of_month);
    }
  }
  const Range trend = range.from == range.to ? Range{days_before(range.to, 29), range.to} : range;
  for (const auto& [day, sum] : trend == range ? days : by_day(reading.cells(trend))) {
    figures.trend.push_back({day, sum});
  }
  const auto served = review.served(range.from, range.to);
  if (!served) return core::Failure(served.error());
  add_served(figures, *served, days);
  if (reading.error()) return core::Failure(*reading.error());
  return figures;
}

}  // namespace hailong::kiosk::staff
