#include "kiosk/staff/figures.h"

#include <algorithm>
#include <map>

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

/// What the reading of one set of figures shares.
class Reading {
 public:
  Reading(journal::Review& review, StaffRole role, LocalDate today)
      : review_(review), role_(role), today_(today) {}

  /// Each of these keeps the first error.
  [[nodiscard]] const std::optional<core::Error>& error() const { return error_; }

  std::vector<journal::Cell> cells(const Range& range) {
    auto cells = review_.cells(range.from, range.to);
    if (cells) return std::move(*cells);
    error_ = cells.error();
    return {};
  }

  /// The days with ratings, as far as they may be seen one by one.
  std::map<LocalDate, Sum> by_day(const std::vector<journal::Cell>& cells) {
    std::map<LocalDate, Sum> days;
    for (const journal::Cell& cell : cells) days[cell.day].counts += cell.counts;
    for (auto& [day, sum] : days) {
      if (day == today_ && !sees_growth(role_)) sum.counts = in_steps(day, sum.counts);
      sum.hidden = sum.counts.n() < kLeastSum;
    }
    return days;
  }

  /// The whole range as one sum.
  [[nodiscard]] Sum sum_of(const std::map<LocalDate, Sum>& days) const {
    Sum whole;
    for (const auto& [day, sum] : days) {
      if (sum.hidden && !sees_growth(role_)) {
        if (day != today_) ++whole.days_left_out;  // today may still come to five
      } else {
        whole.counts += sum.counts;
      }
    }
    whole.hidden = whole.counts.n() < kLeastSum;
    return whole;
  }

  Sum sum_over(const Range& range) { return sum_of(by_day(cells(range))); }

 private:
  /// Today's ratings up to the last whole five of them.
  core::Counts in_steps(LocalDate day, const core::Counts& counts) {
    auto first = review_.first_ratings(day, counts.n() / kLeastSum * kLeastSum);
    if (first) return *first;
    error_ = first.error();
    return {};
  }

  journal::Review& review_;
  StaffRole role_;
  LocalDate today_;
  std::optional<core::Error> error_;
};

/// What an officer's parts are of: the last month that was over by the range's end. One month, so
/// that two ranges never differ by the parts of another.
Range months_of(const Range& range, LocalDate today) {
  LocalDate to = std::min(range.to, days_before(today, 1));
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

/// Cells of days that may be seen one by one.
std::vector<journal::Cell> of_shown_days(std::vector<journal::Cell> cells,
                                         const std::map<LocalDate, Sum>& days) {
  std::erase_if(cells, [&](const journal::Cell& cell) { return days.at(cell.day).hidden; });
  return cells;
}

void add_served(Figures& figures, const std::vector<journal::ServedCount>& served,
                const std::map<LocalDate, Sum>& days, StaffRole role) {
  std::map<LocalDate, std::int64_t> by_day;
  for (const journal::ServedCount& count : served) {
    const auto day = days.find(count.day);
    // A day whose ratings are left out must not make the others look fewer.
    const bool is_left_out = day != days.end() && day->second.hidden && !sees_growth(role);
    if (!is_left_out) by_day[count.day] += count.count;
  }
  for (const auto& [day, count] : by_day) figures.served = figures.served.value_or(0) + count;
  for (const auto& [day, sum] : days) {
    if (sum.hidden && !sees_growth(role)) continue;
    if (by_day.contains(day)) {
      figures.rated_of_served += sum.counts.n();
    } else {
      ++figures.days_without_served;
    }
  }
}

}  // namespace

core::Result<Figures> figures_of(journal::Review& review, StaffRole role, const Range& range,
                                 LocalDate today) {
  Reading reading(review, role, today);
  Figures figures;
  figures.range = range;
  const auto cells = reading.cells(range);
  const auto days_shown = reading.by_day(cells);
  figures.sum = reading.sum_of(days_shown);
  figures.week_before = reading.sum_over({days_before(range.from, 7), days_before(range.from, 1)});
  figures.month_before =
      reading.sum_over({days_before(range.from, 30), days_before(range.from, 1)});
  if (sees_growth(role)) {
    figures.split = range;
    split_up(figures, cells);
    for (const journal::Cell& cell : cells) figures.flagged += cell.flagged;
    if (figures.sum.hidden) figures.flagged = 0;
  } else {
    const Range months = months_of(range, today);
    const auto of_months = reading.cells(months);
    if (!of_months.empty()) {
      figures.split = months;
      split_up(figures, of_shown_days(of_months, reading.by_day(of_months)));
    }
  }
  const Range trend = range.from == range.to ? Range{days_before(range.to, 29), range.to} : range;
  for (const auto& [day, sum] :
       trend == range ? days_shown : reading.by_day(reading.cells(trend))) {
    figures.trend.push_back({day, sum});
  }
  const auto served = review.served(range.from, range.to);
  if (!served) return core::Failure(served.error());
  add_served(figures, *served, days_shown, role);
  if (reading.error()) return core::Failure(*reading.error());
  return figures;
}

}  // namespace hailong::kiosk::staff
