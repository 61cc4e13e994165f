#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "core/local_date.h"
#include "core/result.h"
#include "core/scoring.h"

/// Figures and dates as staff read them in Vietnamese.

namespace hailong::kiosk::staff {

/// From score 1 to 5.
inline constexpr std::array kScoreNames = {"Rất không hài lòng", "Không hài lòng", "Bình thường",
                                           "Hài lòng", "Rất hài lòng"};

/// "1.234"
std::string count_words(std::int64_t count);
/// Hundredths of a percent: "86,50 %".
std::string percent_words(std::int64_t basis_points);
/// "86,50 % (80,1-91,2 %)", with the Wilson interval; n > 0.
std::string satisfied_words(const core::Counts& counts);
/// "12/11/2026"
std::string date_words(core::LocalDate date);
/// "12/11"
std::string short_date_words(core::LocalDate date);
/// "12/11/2026 16:05", local.
std::string moment_words(std::int64_t moment_ms);
/// "12/11/2026", or "từ 01/11/2026 đến 12/11/2026".
std::string range_words(core::LocalDate from, core::LocalDate to);
/// What a person in front of the machine can do. What the disk and the system say is in English,
/// for whoever is called; the rest says it itself.
std::string fault_words(const core::Error& error);
/// "2 phút 5 giây", at least "1 giây".
std::string wait_words(std::int64_t milliseconds);
/// Eight digits DDMMYYYY; nothing for anything else.
std::optional<core::LocalDate> date_in_digits(const std::string& digits);

}  // namespace hailong::kiosk::staff
