#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hailong::core {

/// A Vietnamese subscriber's number in its national form, digits only: "0912345678" (mobile, 10
/// digits) or "02203567890" (landline, 11 digits). Accepts spaces, dots, dashes and brackets
/// between digits, and the country code as +84, 84 or 0084, with or without the trunk 0 after it.
/// Nothing for anything else: foreign numbers, service numbers (1900…, 1800…, 113), the 11-digit
/// mobile numbers of before 15/9/2018 and the area codes of before 2017.
///
/// Numbering plan: Thông tư 22/2014/TT-BTTTT (22/12/2014, amended by Thông tư 27/2021/TT-BTTTT).
/// - Area codes: Quyết định 2036/QĐ-BTTTT (21/11/2016), in force everywhere since 17/6/2017; "0",
///   area code and number are always 11 digits. Vĩnh Phúc, Phú Thọ, Hòa Bình, Hà Giang kept theirs.
///   Whether the mergers of provinces on 1/7/2025 changed any was not looked up.
/// - Mobile networks 032-039, 056, 058, 059, 070, 076-079, 081-085: Quyết định 798/QĐ-BTTTT
///   (25/5/2018). That 052, 055, 086-089 and 090-099 are in use is common knowledge, not read in a
///   decree; a network code that is not in use yet is refused until it is added here.
std::optional<std::string> vietnamese_phone(std::string_view text);

/// Whether a text holds `phone` (as vietnamese_phone() gives it), however it is spelled there: with
/// or without the trunk 0, with the country code in any of its forms, the digits parted by up to
/// three spaces, dots, dashes, brackets, slashes, commas or line ends, in ASCII or full-width
/// digits. Never inside a longer unparted number. A number that is written in words is not found.
bool holds_phone(std::string_view text, std::string_view phone);

}  // namespace hailong::core
