#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/event.h"
#include "core/hex.h"
#include "core/ids.h"
#include "core/result.h"
#include "core/score.h"

/// What happens at the district itself and changes what kiosks sent: answers that were given later
/// from home, and erasures. Kiosks' events are never changed: these are events of a stream of the
/// district's own, appended and chained like the rest, and applied after all events of kiosks in
/// whatever order they come. docs/formats.md describes their bytes.

namespace hailong::district::ingest {

/// The stream of the district's own events. No kiosk can have this name: it is no plain one.
inline const core::DeviceId kOwnDevice{"@district"};
inline const core::EpochId kOwnEpoch{"1"};

/// A visit was rated again from home, by the token that its kiosk showed. The score replaces the
/// rating's, corrections of any time included; reasons stand beside those that the kiosk sent.
struct LaterAnswer {
  core::DeviceId device;  // whose rating it is
  core::EpochId epoch;
  core::Seq rating = 0;
  core::Bytes32 token{};  // digest
  core::Score score;
  std::vector<std::string> reasons;    // ids of assets/survey.toml
  bool alert = false;                  // one of them tells of money or misconduct
  std::optional<core::Bytes32> words;  // digest of what was written

  bool operator==(const LaterAnswer&) const = default;
};

/// One piece of content that an erasure erased.
struct ErasedContent {
  core::DeviceId device;
  core::EpochId epoch;
  core::Seq seq = 0;       // of the event that commits to it; -n for event n of the district's own
  core::Bytes32 digest{};  // stays

  bool operator==(const ErasedContent&) const = default;
};

/// Words and codes were lawfully erased here, after their time or because somebody asked.
struct OwnErasure {
  std::string by;                        // account or command that did it
  std::string reason;                    // in words; "retention" when their time was over
  std::string about;                     // "dossier" or "phone"; empty for retention
  std::optional<core::Bytes32> subject;  // keyed hash of that code or number
  std::vector<ErasedContent> contents;

  bool operator==(const OwnErasure&) const = default;
};

using OwnBody = std::variant<LaterAnswer, OwnErasure>;

struct OwnEvent {
  core::Seq seq = 0;
  std::int64_t at_ms = 0;  // by the district's clock
  OwnBody body;

  bool operator==(const OwnEvent&) const = default;
};

/// One line of JSON. Its texts must be valid UTF-8.
std::string encode_own_event(const OwnEvent& event);

/// Errors: kCorrupt; the district wrote these bytes itself.
core::Result<OwnEvent> decode_own_event(std::string_view bytes);

}  // namespace hailong::district::ingest
