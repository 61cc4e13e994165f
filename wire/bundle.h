#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/opening_hours.h"
#include "core/result.h"
#include "core/survey.h"
#include "core/working_days.h"
#include "wire/signing.h"

/// Configuration from above: what one kiosk is to ask and say, in place of what its own files say.
/// The district makes it, signs it and publishes it; the daemon fetches it and the kiosk shows it,
/// and each of them reads it by the rules of this file (docs/formats.md).

namespace hailong::wire {

/// Longest text of a bundle, and longest sealed bundle, in bytes.
inline constexpr std::size_t kMostBundleBytes = 512 << 10;
inline constexpr std::size_t kMostSealedBundleBytes = 2 * kMostBundleBytes + 1024;

/// What the header says.
struct UnitNames {
  std::string name;
  std::string place;

  bool operator==(const UnitNames&) const = default;
};

/// By key of core/resident_texts.h.
using BundleTexts = std::map<std::string, std::string, std::less<>>;

/// A part that is left out leaves the kiosk's own files as they are.
struct Bundle {
  core::DeviceId device;
  /// When it was published, in milliseconds since 1970 UTC, and greater than that of every bundle
  /// that was published for the device before.
  std::int64_t number = 0;
  std::optional<UnitNames> unit;
  std::optional<int> thank_you_seconds;              // 1 to 30
  std::optional<core::Questionnaire> questionnaire;  // its texts come with it, in every language
  std::optional<std::vector<core::Field>> fields;
  std::optional<std::vector<core::Procedure>> procedures;  // only beside their fields
  std::optional<std::vector<core::Counter>> counters;
  std::optional<std::vector<core::Officer>> officers;  // photos are the kiosk's own
  std::optional<std::vector<core::OpeningHours::Entry>> opening;
  std::optional<core::WorkingCalendar> holidays;
  std::map<std::string, BundleTexts, std::less<>> texts;  // by language, "vi" or "en"

  bool operator==(const Bundle&) const = default;
};

/// Its text, read back by the same rules. Errors: as decode_bundle().
core::Result<std::string> encode_bundle(const Bundle& bundle);

/// Errors: kInvalid with the place in it and what was expected: an unknown key, an id twice, a
/// text that no screen shows, more than the screens have room for …
core::Result<Bundle> decode_bundle(std::string_view text);

/// The name of a bundle: the first 16 hex digits of BLAKE2b-256 of its text.
std::string bundle_id(std::string_view text);

/// {"bundle": "<text>", "signature": "<hex>"}; the signature covers the text as it stands.
std::string seal_bundle(std::string_view text, const SigningKey& district);

struct OpenedBundle {
  std::string id;
  Bundle bundle;

  /// Whether it may take the place of `other`: it is newer, or the same.
  [[nodiscard]] bool may_follow(const OpenedBundle& other) const {
    return bundle.number > other.bundle.number || id == other.id;
  }
};

/// A sealed bundle for `device`. Errors: kInvalid (no bundle, or one that breaks the rules),
/// kRefused (not signed by the district, or made for another device).
core::Result<OpenedBundle> open_bundle(std::string_view sealed, const PublicKey& district,
                                       const core::DeviceId& device);

}  // namespace hailong::wire
