#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/hex.h"
#include "core/ids.h"
#include "core/local_date.h"
#include "core/result.h"
#include "district/storage/ledger.h"
#include "district/storage/store.h"

/// Words and codes that are held, for erasure. Any thread.

namespace hailong::district::storage {

/// How long what residents wrote is kept.
struct Retention {
  int words_days = 365;             // at most, from its arrival
  int words_days_after_close = 90;  // once its case is closed
};

/// One piece of content whose text is there, or still comes.
struct HeldContent {
  RatingPlace place;  // of the event that commits to it, not of the rating; a negative seq is that
                      // of an event of the district's own
  core::DeviceId device;
  core::EpochId epoch;
  core::Bytes32 digest{};
  std::string text;
  std::string event;  // that event's bytes
  bool is_awaited = false;
};

/// A rating as events name it.
struct NamedRating {
  core::DeviceId device;
  core::EpochId epoch;
  core::Seq seq = 0;

  auto operator<=>(const NamedRating&) const = default;
};

/// A kiosk that was told of contact data or a dossier, which may still lie on it.
struct HoldingKiosk {
  core::DeviceId device;
  core::UnitCode unit;

  auto operator<=>(const HoldingKiosk&) const = default;
};

class Contents {
 public:
  explicit Contents(Store& store) : store_(store) {}

  /// Every piece of content that is here or awaited, as of one moment, stream by stream in order.
  core::Result<void> each(const std::function<void(const HeldContent&)>& visit);

  /// At most `most` pieces whose time by `rule` was over at `now_ms`.
  core::Result<std::vector<HeldContent>> outdated(const Retention& rule, std::int64_t now_ms,
                                                  int most);

  /// The ratings that are linked to a dossier, by its key.
  core::Result<std::vector<NamedRating>> ratings_of_dossier(const core::Bytes32& key);

  /// All kiosks, by device.
  core::Result<std::vector<HoldingKiosk>> kiosks();
  /// Kiosks where somebody left contact data that may be kept on `today` or later, each once.
  core::Result<std::vector<HoldingKiosk>> kiosks_with_contacts(core::LocalDate today);

 private:
  Store& store_;
};

}  // namespace hailong::district::storage
