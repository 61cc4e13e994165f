#include "kiosk/staff/wording.h"

#include <algorithm>
#include <cmath>

namespace hailong::kiosk::staff {
namespace {

/// A number of 0 or more with zeros in front of it.
std::string padded(std::int64_t value, std::size_t digits) {
  std::string text = std::to_string(value);
  if (text.size() < digits) text.insert(0, digits - text.size(), '0');
  return text;
}

/// A share from 0 to 1 as "80,1".
std::string tenths_of_percent(double share) {
  const auto tenths = static_cast<int>(std::lround(share * 1000));
  return std::to_string(tenths / 10) + "," + std::to_string(tenths % 10);
}

}  // namespace

std::string count_words(std::int64_t count) {
  std::string text = std::to_string(count);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > (count < 0 ? 1 : 0); at -= 3) {
    text.insert(static_cast<std::size_t>(at), 1, '.');
  }
  return text;
}

std::string percent_words(std::int64_t basis_points) {
  return std::to_string(basis_points / 100) + "," + padded(basis_points % 100, 2) + " %";
}

std::string satisfied_words(const core::Counts& counts) {
  const core::Interval interval = core::wilson95(counts.satisfied(), counts.n());
  return percent_words(core::satisfied_basis_points(counts).value_or(0)) + " (" +
         tenths_of_percent(interval.low) + "-" + tenths_of_percent(interval.high) + " %)";
}

std::string date_words(core::LocalDate date) {
  return short_date_words(date) + "/" + padded(static_cast<int>(date.year()), 4);
}

std::string short_date_words(core::LocalDate date) {
  return padded(static_cast<unsigned>(date.day()), 2) + "/" +
         padded(static_cast<unsigned>(date.month()), 2);
}

std::string moment_words(std::int64_t moment_ms) {
  const core::LocalDate day = core::local_date(moment_ms);
  const std::int64_t minutes = (moment_ms - core::start_of_day_ms(day)) / 60'000;
  return date_words(day) + " " + padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2);
}

std::string range_words(core::LocalDate from, core::LocalDate to) {
  if (from == to) return date_words(from);
  return "từ " + date_words(from) + " đến " + date_words(to);
}

std::string fault_words(const core::Error& error) {
  const std::string details = " (" + error.message + ")";
  switch (error.fault) {
    case core::Fault::kBusy:
      return "Dữ liệu đang được dùng ở chỗ khác. Xin thử lại." + details;
    case core::Fault::kFull:
      return "Ổ đĩa của máy đã đầy. Xin báo bộ phận hỗ trợ." + details;
    case core::Fault::kCorrupt:
      return "Dữ liệu của máy bị hỏng. Giữ nguyên thẻ nhớ và báo bộ phận hỗ trợ." + details;
    case core::Fault::kIo:
      return "Máy không đọc, ghi được dữ liệu. Xin báo bộ phận hỗ trợ." + details;
    default:
      return error.message;
  }
}

std::string wait_words(std::int64_t milliseconds) {
  const std::int64_t seconds = std::max<std::int64_t>(1, (milliseconds + 999) / 1000);
  if (seconds < 60) return std::to_string(seconds) + " giây";
  const std::string minutes = std::to_string(seconds / 60) + " phút";
  return seconds % 60 == 0 ? minutes : minutes + " " + std::to_string(seconds % 60) + " giây";
}

std::optional<core::LocalDate> date_in_digits(const std::string& digits) {
  constexpr std::size_t kLength = 8;
  if (digits.size() != kLength) return std::nullopt;
  return core::parse_date(digits.substr(4) + "-" + digits.substr(2, 2) + "-" + digits.substr(0, 2));
}

}  // namespace hailong::kiosk::staff
