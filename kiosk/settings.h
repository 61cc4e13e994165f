#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/case_deadlines.h"
#include "core/doubts.h"
#include "core/hex.h"
#include "core/ids.h"
#include "core/opening_hours.h"
#include "core/result.h"
#include "core/vietnamese.h"
#include "core/working_days.h"
#include "kiosk/flow/survey.h"
#include "kiosk/rotation.h"

namespace hailong::kiosk {

/// Where pictures are put together.
enum class RendererChoice {
  kAuto,      // the GPU on a screen without a window system, else software
  kSoftware,  // the processor, redrawing only what changed
  kGpu,
};

/// What staff mode goes by.
struct StaffSettings {
  std::string setup_code;  // one-time; empty: none
  core::CaseLimits limits;
  core::WorkingCalendar calendar;
  std::filesystem::path report_folder;  // beside removable drives; empty: none
};

/// kiosk.toml; docs of every key are in config/kim-thanh/kiosk.toml.
struct Settings {
  std::filesystem::path data_dir;
  std::filesystem::path assets_dir;
  std::string log_level;
  RendererChoice renderer = RendererChoice::kAuto;
  bool motion = true;
  double diagonal_inches = 10.1;
  Rotation rotation = Rotation::kNone;
  core::DeviceId device;                  // empty: what enrolment says
  core::Seq first = 1;                    // number that a new journal begins with; enrolment says
  std::optional<core::Bytes32> district;  // its public key; nothing: enrolment says
  std::string unit_name;
  std::string place;
  core::CounterId counter;
  std::string counter_name;
  core::FieldId field;  // empty when the counter serves several fields
  int thank_you_seconds = 5;
  core::TypingMethod typing = core::TypingMethod::kLetters;
  core::TonePlacement tones = core::TonePlacement::kOld;
  bool five_buttons = false;           // what is plugged in are five buttons, no keyboard
  std::string later_url;               // what the token is put after; empty: no code is shown
  std::filesystem::path dossier_list;  // of today's dossiers; empty: none
  core::DoubtRules doubts;             // with the opening hours
  flow::Survey survey;
  std::optional<StaffSettings> staff;  // nothing: no staff mode
  int keep_days = 90;                  // of events that the district confirmed
};

/// Takes the device from the enrolment in data_dir, if there is one. True when it is known now.
/// Errors: kConflict when the configuration names another one, those of wire::read_enrolment; but
/// where data_dir cannot be read and the configuration names the device, that counts.
core::Result<bool> learn_device(Settings& settings);

/// Errors: kNotFound, kInvalid with file, line, key and what was expected.
core::Result<Settings> read_settings(const std::filesystem::path& file);

}  // namespace hailong::kiosk
