#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/hex.h"
#include "core/local_date.h"

/// The code of a dossier (mã hồ sơ), as printed on the appointment slip:
/// "000.00.01.H23-240814-0001" by Thông tư 01/2018/TT-VPCP Điều 19 (unit, date of receipt, number
/// within the day), newer ones "H15.50.05.13-261008-0975". It is a pseudonym of a person: see
/// dossier_key(), masked_dossier().

namespace hailong::core {

/// The first code in what a scanner read: the bare code, or an address or text that holds it;
/// percent encoding, small letters and spaces within are mended. Nothing for anything else.
///
/// The pattern is measurement-rules.md 9's tolerant one,
///   (ddd.dd.dd.)? A dd (.ddd?){0,4} - YYMMDD - dddd to ddddddd
/// (d a digit, A a letter), with no letter, digit or dot directly before it and no letter, digit or
/// dash directly after it, so that no piece of something longer is taken; YYMMDD must be a real day
/// of 2000 to 2099.
///
/// `today` guards against misread dates: a date after tomorrow is refused (tomorrow is not, for
/// clocks that differ by hours). Give nothing when the clock is not known to be right: a kiosk that
/// starts without a network lives in the past, and must not lose a scan for it.
std::optional<std::string> dossier_code_in(std::string_view scanned,
                                           std::optional<LocalDate> today);

/// What leaves the kiosk instead of the code: BLAKE2b-256 with `secret` as its key over
/// "hailong dossier 1\n" and the code as dossier_code_in() gives it. Two ratings of one dossier
/// meet in it; without the secret, codes cannot be tried one after the other.
Bytes32 dossier_key(const Bytes32& secret, std::string_view code);

/// What may be shown on a screen that others can see: "…-0001", the end by which the holder knows
/// the code. Of longer numbers only the last four digits.
std::string masked_dossier(std::string_view code);

}  // namespace hailong::core
