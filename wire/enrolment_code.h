#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/hex.h"

/// The one-time code by which a machine proves to the district, and the district to the machine,
/// that both were told of each other by the same person: K7QD-M2XF-4H9P-0TRB-W3C6.
///
/// Twenty characters of Crockford's base32, which has no I, L, O and U. The first four name the
/// invitation, fifteen are its secret (75 random bits), the last one checks the others, so that a
/// mistyped code is found before anybody is asked.

namespace hailong::wire {

inline constexpr std::string_view kCodeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
inline constexpr std::size_t kCodeLength = 20;
inline constexpr std::size_t kInvitationNameLength = 4;

struct EnrolmentCode {
  std::string text;  // twenty characters of the alphabet

  [[nodiscard]] std::string invitation() const { return text.substr(0, kInvitationNameLength); }

  /// What both sides know and never send: BLAKE2b-256("hailong enrolment code 1\n" ‖ text).
  [[nodiscard]] core::Bytes32 secret() const;

  /// In five groups of four characters with '-' between them, for people.
  [[nodiscard]] std::string shown() const;

  bool operator==(const EnrolmentCode&) const = default;
};

/// A new one from the kernel's random source.
EnrolmentCode new_enrolment_code();

/// The code that was typed: in any case, with or without '-' and spaces, O for 0, I or L for 1.
/// Nothing for what cannot be one.
std::optional<EnrolmentCode> read_enrolment_code(std::string_view typed);

/// True for the name of an invitation: four characters of the alphabet.
bool is_invitation_name(std::string_view text);

}  // namespace hailong::wire
