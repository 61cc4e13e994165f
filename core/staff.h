#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// The commune's staff at the kiosk: who they may be, and what they do there beside dealing with
/// cases (case_life.h).

namespace hailong::core {

enum class StaffRole : std::uint8_t {
  kOfficer,  // Cán bộ
  kHead,     // Trưởng đơn vị
};
inline constexpr std::size_t kStaffRoles = 2;

/// What leaves no other event.
enum class StaffDeed : std::uint8_t {
  kSetUp,       // the one-time code of the configuration was taken
  kSignIn,      // by PIN
  kWrongPin,    // `about`: the account that was tried; nobody did it for certain
  kLockOut,     // the same, and no PIN is taken for a while
  kSignOut,     // by tap, or because nobody touched the screen
  kChangePin,   // the own one
  kGivePin,     // to `about`, who has to change it
  kReadCase,    // `about`: seq of the case's rating
  kSeeContact,  // the same, with its contact data
  kSearch,      // looked for words; which ones is not kept
  kReport,      // `about`: what was saved
  kTestParts,   // touch, sound, keys, scanner
};
inline constexpr std::size_t kStaffDeeds = 12;

/// Words of the journal: "sign-in". Never change one that was in use.
std::string_view word_of(StaffRole role);
std::string_view word_of(StaffDeed deed);
std::optional<StaffRole> staff_role_of(std::string_view word);
std::optional<StaffDeed> staff_deed_of(std::string_view word);

/// For people: "Trưởng đơn vị", "Đăng nhập".
std::string_view name_of(StaffRole role);
std::string_view name_of(StaffDeed deed);

}  // namespace hailong::core
