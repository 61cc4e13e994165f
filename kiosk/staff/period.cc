#include "kiosk/staff/period.h"

#include <array>

#include "kiosk/staff/wording.h"

namespace hailong::kiosk::staff {
namespace {

using core::LocalDate;

constexpr std::array kRanges = {"Hôm nay", "Hôm qua",   "7 ngày",
                                "30 ngày", "Tháng này", "Tháng trước"};
constexpr std::int64_t kTyped = kRanges.size();
// Plan 154-KH/HU, which this serves, is of 2024.
constexpr LocalDate kEarliest{std::chrono::year(2024), std::chrono::January, std::chrono::day(1)};

LocalDate back(LocalDate day, int days) {
  return std::chrono::sys_days(day) - std::chrono::days(days);
}

LocalDate month_start(LocalDate day) { return day.year() / day.month() / std::chrono::day(1); }

Range range_of(std::int64_t which, LocalDate today) {
  switch (which) {
    case 1:
      return {back(today, 1), back(today, 1)};
    case 2:
      return {back(today, 6), today};
    case 3:
      return {back(today, 29), today};
    case 4:
      return {month_start(today), today};
    case 5: {
      const LocalDate last = back(month_start(today), 1);
      return {month_start(last), last};
    }
    default:
      return {today, today};
  }
}

}  // namespace

std::string Period::words() const {
  std::string dates = range_words(range_.from, range_.to);
  if (which_ == kTyped) return dates;
  return std::string(kRanges[static_cast<std::size_t>(which_)]) + ", " + dates;
}

Choices Period::choices() const {
  Choices choices;
  for (std::size_t i = 0; i < kRanges.size(); ++i) {
    const auto which = static_cast<std::int64_t>(i);
    choices.choices.push_back({kRanges[i], {Verb::kPeriod, which, ""}, which == which_});
  }
  choices.choices.push_back({"Ngày khác", {Verb::kPeriod, kTyped, ""}, which_ == kTyped});
  return choices;
}

std::optional<Input> Period::input() const {
  switch (typing_) {
    case Typing::kFrom:
      return Input{Input::Kind::kDate, "Từ ngày", "", 8, {Verb::kPeriodFrom, 0, ""}, "Tiếp tục"};
    case Typing::kTo:
      return Input{Input::Kind::kDate,
                   "Từ " + date_words(from_) + " đến ngày",
                   "",
                   8,
                   {Verb::kPeriodTo, 0, ""},
                   "Xem"};
    case Typing::kNothing:
      break;
  }
  return std::nullopt;
}

bool Period::take(const Command& command) {
  fault_.clear();
  switch (command.verb) {
    case Verb::kPeriod:
      choose(command.number);
      return true;
    case Verb::kPeriodFrom:
    case Verb::kPeriodTo:
      take_date(command.text);
      return true;
    case Verb::kBack:
      if (typing_ == Typing::kNothing) return false;
      typing_ = Typing::kNothing;
      return true;
    default:
      return false;
  }
}

void Period::choose(std::int64_t which) {
  if (which == kTyped) {
    typing_ = Typing::kFrom;
    return;
  }
  which_ = which;
  range_ = range_of(which, today_);
}

void Period::take_date(const std::string& digits) {
  const auto date = date_in_digits(digits);
  if (!date) {
    fault_ = "Ngày cần đủ 8 chữ số, như 05092026.";
  } else if (*date > today_) {
    fault_ = "Ngày này chưa đến.";
  } else if (*date < kEarliest) {
    fault_ = "Máy không có số liệu trước năm 2024.";
  } else if (typing_ == Typing::kFrom) {
    from_ = *date;
    typing_ = Typing::kTo;
  } else if (*date < from_) {
    fault_ = "Ngày cuối phải sau ngày đầu.";
  } else {
    range_ = {from_, *date};
    which_ = kTyped;
    typing_ = Typing::kNothing;
  }
}

}  // namespace hailong::kiosk::staff
