#include "kiosk/staff/fives.h"

#include <algorithm>
#include <utility>

#include "kiosk/staff/sight.h"

namespace hailong::kiosk::staff {
namespace {

using core::LocalDate;
using journal::Cell;
using journal::RatingNow;

LocalDate first_of_month(LocalDate day) { return day.year() / day.month() / std::chrono::day(1); }

void take_away(std::vector<Cell>& cells, const Cell& rating) {
  const auto found = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) {
    return cell.day == rating.day && cell.hour == rating.hour && cell.counter == rating.counter &&
           cell.field == rating.field;
  });
  if (found == cells.end()) return;
  for (std::size_t i = 0; i < rating.counts.by_score.size(); ++i) {
    found->counts.by_score[i] -= rating.counts.by_score[i];
  }
  found->flagged -= rating.flagged;
}

/// Goes through the days of a month in their order.
class Counter {
 public:
  explicit Counter(journal::Review& review) : review_(review) {}

  /// `cells` are those of a day. Returns what becomes whole on it.
  core::Result<std::vector<Cell>> count(LocalDate day, std::vector<Cell> cells) {
    if (first_of_month(day) != first_of_month(day_)) waiting_.clear();
    day_ = day;
    std::int64_t n = 0;
    for (const Cell& cell : cells) n += cell.counts.n();
    const auto all = static_cast<std::int64_t>(waiting_.size()) + n;
    const bool is_five = all >= kLeastSum;
    const std::int64_t rest = is_five ? all % kLeastSum : n;
    auto last = review_.last_ratings(day, rest);
    if (!last) return core::Failure(last.error());
    if (!is_five) {
      waiting_.insert(waiting_.end(), std::make_move_iterator(last->begin()),
                      std::make_move_iterator(last->end()));
      return std::vector<Cell>{};
    }
    for (const RatingNow& rating : *last) take_away(cells, rating.cell);
    for (RatingNow& rating : waiting_) {
      rating.cell.day = day;
      cells.push_back(std::move(rating.cell));
    }
    waiting_ = std::move(*last);
    return cells;
  }

  [[nodiscard]] std::vector<core::Seq> waiting(LocalDate to) const {
    std::vector<core::Seq> ratings;
    if (first_of_month(to) != first_of_month(day_)) return ratings;
    ratings.reserve(waiting_.size());
    for (const RatingNow& rating : waiting_) ratings.push_back(rating.seq);
    return ratings;
  }

 private:
  journal::Review& review_;
  LocalDate day_{};
  std::vector<RatingNow> waiting_;
};

}  // namespace

core::Result<Fives> whole_fives(journal::Review& review, LocalDate from, LocalDate to) {
  auto cells = review.cells(first_of_month(from), to);
  if (!cells) return core::Failure(cells.error());
  Fives fives;
  Counter counter(review);
  for (auto begin = cells->begin(); begin != cells->end();) {
    const LocalDate day = begin->day;
    const auto end = std::find_if(begin, cells->end(), [&](const Cell& c) { return c.day != day; });
    auto whole = counter.count(day, {std::make_move_iterator(begin), std::make_move_iterator(end)});
    if (!whole) return core::Failure(whole.error());
    if (day >= from) std::move(whole->begin(), whole->end(), std::back_inserter(fives.cells));
    begin = end;
  }
  fives.waiting = counter.waiting(to);
  return fives;
}

}  // namespace hailong::kiosk::staff
