#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/units.h"
#include "district/access/principal.h"

/// What an account or token must be like before it is stored. Pure.

namespace hailong::district::access {

inline constexpr std::size_t kLongestName = 64;       // bytes
inline constexpr std::size_t kShortestPassword = 10;  // characters
inline constexpr std::size_t kLongestPassword = 200;  // bytes

enum class Mistake {
  kName,         // empty, too long, or not in one line
  kShownName,    // too long, or not in one line
  kRole,         // there is no such role
  kUnitNeeded,   // the role belongs to a commune
  kUnitTooMuch,  // the role belongs to the whole authority
  kUnitUnknown,  // no commune bears the code today
  kPassword,     // too short or too long
  kOwnAccount,   // nobody changes the role of, or disables, the own account
  kScope,        // there is no such scope, or none was chosen
};

/// One line for the operator, in English.
std::string_view in_english(Mistake mistake);
/// The same for people in front of a page.
std::string_view in_vietnamese(Mistake mistake);

/// As it was typed.
struct AccountForm {
  std::string name;
  std::string shown_name;
  std::string role;  // word_of(Role)
  std::string unit;  // code; empty for roles of the whole authority
};

std::optional<Mistake> mistake_in(const AccountForm& form, const core::UnitRegister& units,
                                  core::LocalDate today);
std::optional<Mistake> mistake_in_name(std::string_view name);
std::optional<Mistake> mistake_in_password(std::string_view password);
/// `scopes`: words, separated by spaces or commas.
std::optional<Mistake> mistake_in_scopes(std::string_view scopes);
std::optional<Mistake> mistake_in_unit(const std::string& code, const core::UnitRegister& units,
                                       core::LocalDate today);

/// "10750@2025-07-01" for a code that somebody bears today, empty for an empty one.
std::string unit_id_of(const std::string& code, const core::UnitRegister& units,
                       core::LocalDate today);

/// The words of `scopes` in their own order, each once, with one space between.
std::string normal_scopes(std::string_view scopes);

}  // namespace hailong::district::access
