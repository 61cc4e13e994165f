#pragma once

#include <optional>
#include <string>

#include "kiosk/flow/flow.h"
#include "kiosk/shown.h"
#include "kiosk/staff/shift.h"
#include "kiosk/writer.h"

/// What follows from what is shown, for each part of the kiosk. Nothing of it refers to what it was
/// made from, so that the parts may be other threads.

namespace hailong::kiosk {

flow::Durations durations_of(const Settings& settings);

WriterRules writer_rules(const Settings& settings);

/// Where staff work; `shown` has staff mode. Whether answers are recorded is for the caller to add.
staff::House staff_house(const Shown& shown);

/// A scanned text as a dossier, nothing when it is none.
std::optional<flow::Dossier> dossier_in(const std::string& text);

}  // namespace hailong::kiosk
