#include "kiosk/staff/fives.h"

#include <algorithm>
#include <map>
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

/// How a day goes out.
struct Day {
  LocalDate date;
  std::vector<Cell> cells;
  bool is_five = false;   // some five becomes whole on it
  std::int64_t rest = 0;  // of its own last ratings, how many are of no whole five then
};

/// The days of the cells, by what is in them alone.
std::vector<Day> days_of(std::vector<Cell> cells) {
  std::vector<Day> days;
  for (Cell& cell : cells) {
    if (days.empty() || days.back().date != cell.day) days.push_back({cell.day, {}});
    days.back().cells.push_back(std::move(cell));
  }
  std::int64_t waiting = 0;
  for (std::size_t i = 0; i < days.size(); ++i) {
    Day& day = days[i];
    if (i > 0 && first_of_month(day.date) != first_of_month(days[i - 1].date)) waiting = 0;
    std::int64_t n = 0;
    for (const Cell& cell : day.cells) n += cell.counts.n();
    waiting += n;
    day.is_five = waiting >= kLeastSum;
    waiting = day.is_five ? waiting % kLeastSum : waiting;
    day.rest = day.is_five ? waiting : n;
  }
  return days;
}

/// Goes through the days in their order.
class Counter {
 public:
  explicit Counter(std::map<LocalDate, std::vector<RatingNow>> rests) : rests_(std::move(rests)) {}

  /// What becomes whole on the day.
  std::vector<Cell> count(Day day) {
    if (first_of_month(day.date) != first_of_month(date_)) waiting_.clear();
    date_ = day.date;
    std::vector<RatingNow>& rest = rests_[day.date];
    if (!day.is_five) {
      std::move(rest.begin(), rest.end(), std::back_inserter(waiting_));
      return {};
    }
    for (const RatingNow& rating : rest) take_away(day.cells, rating.cell);
    for (RatingNow& rating : waiting_) {
      rating.cell.day = day.date;
      day.cells.push_back(std::move(rating.cell));
    }
    waiting_ = std::move(rest);
    return std::move(day.cells);
  }

  [[nodiscard]] std::vector<core::Seq> waiting(LocalDate to) const {
    std::vector<core::Seq> ratings;
    if (first_of_month(to) != first_of_month(date_)) return ratings;
    ratings.reserve(waiting_.size());
    for (const RatingNow& rating : waiting_) ratings.push_back(rating.seq);
    return ratings;
  }

 private:
  std::map<LocalDate, std::vector<RatingNow>> rests_;
  LocalDate date_{};
  std::vector<RatingNow> waiting_;
};

}  // namespace

core::Result<Fives> whole_fives(journal::Review& review, LocalDate from, LocalDate to) {
  auto cells = review.cells(first_of_month(from), to);
  if (!cells) return core::Failure(cells.error());
  std::vector<Day> days = days_of(std::move(*cells));
  // What waits at the end of a day with a five came on it, so nothing is asked of those before.
  auto begin = days.begin();
  for (auto day = days.begin(); day != days.end() && day->date < from; ++day) {
    if (day->is_five) begin = day;
  }
  std::map<LocalDate, std::int64_t> wanted;
  for (auto day = begin; day != days.end(); ++day) wanted[day->date] = day->rest;
  auto rests = review.last_ratings(wanted);
  if (!rests) return core::Failure(rests.error());
  Fives fives;
  Counter counter(std::move(*rests));
  for (auto day = begin; day != days.end(); ++day) {
    const bool is_in_range = day->date >= from;
    std::vector<Cell> whole = counter.count(std::move(*day));
    if (is_in_range) std::move(whole.begin(), whole.end(), std::back_inserter(fives.cells));
  }
  fives.waiting = counter.waiting(to);
  return fives;
}

}  // namespace hailong::kiosk::staff
