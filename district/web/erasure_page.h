#pragma once

#include <optional>
#include <string>

#include "core/units.h"
#include "district/ingest/eraser.h"

namespace hailong::district::web {

/// The form by which words and codes are erased because somebody asked.
struct ErasureView {
  std::string csrf;
  std::string error;                     // empty: nothing was wrong
  std::optional<ingest::Erased> erased;  // what the request just did
  bool by_dossier = true;
  std::string reason;  // as typed before; what it was about is never shown again
  core::LocalDate today;
  const core::UnitRegister& units;
  int words_days = 0;  // [retention]
  int words_days_after_close = 0;
};

std::string erasure_html(const ErasureView& view);

}  // namespace hailong::district::web
