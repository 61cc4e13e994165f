#pragma once

#include <filesystem>
#include <string>

#include "core/ids.h"
#include "core/result.h"

namespace hailong::kiosk {

/// Where pictures are put together.
enum class RendererChoice {
  kAuto,      // the GPU on a screen without a window system, else software
  kSoftware,  // the processor, redrawing only what changed
  kGpu,
};

/// kiosk.toml; docs of every key are in config/kim-thanh/kiosk.toml.
struct Settings {
  std::filesystem::path data_dir;
  std::filesystem::path assets_dir;
  std::string language;
  std::string log_level;
  RendererChoice renderer = RendererChoice::kAuto;
  bool motion = true;
  core::DeviceId device;
  std::string unit_name;
  std::string place;
  core::CounterId counter;
  std::string counter_name;
  core::FieldId field;  // empty when the counter serves several fields
  int thank_you_seconds = 5;
};

/// Errors: kNotFound, kInvalid with file, line, key and what was expected.
core::Result<Settings> read_settings(const std::filesystem::path& file);

}  // namespace hailong::kiosk
