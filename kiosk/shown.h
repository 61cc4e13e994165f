#pragma once

#include <cstdint>
#include <string>

#include "core/result.h"
#include "kiosk/settings.h"
#include "kiosk/ui.h"
#include "wire/bundle.h"

namespace hailong::kiosk {

/// What the kiosk shows and goes by.
struct Shown {
  Settings settings;
  Contents contents;
  std::string bundle{};              // id of the configuration bundle in it; empty: none
  std::int64_t published_at_ms = 0;  // when the bundle was, milliseconds since 1970 UTC
};

/// By the kiosk's own files alone. Errors: those of read_texts().
core::Result<Shown> read_own(Settings settings);

/// The kiosk's own with the parts of a bundle in their places.
Shown with_bundle(Shown own, const wire::OpenedBundle& opened);

}  // namespace hailong::kiosk
