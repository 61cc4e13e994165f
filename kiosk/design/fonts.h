#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "core/result.h"
#include "kiosk/design/metrics.h"

struct ImFont;
struct ImFontAtlas;

namespace hailong::kiosk::design {

/// The four text sizes of the design for one window: semibold for the question, medium for the
/// rest.
struct Fonts {
  ImFont* question = nullptr;
  ImFont* answer = nullptr;
  ImFont* body = nullptr;
  ImFont* small = nullptr;
};

/// Draws the characters of `texts` into `atlas`, and no others: all 134 letters of Vietnamese in
/// four sizes would take twice the time and memory of the whole start. Only the atlas owns memory
/// afterwards. Errors: kNotFound, kInvalid (no usable font).
core::Result<Fonts> load_fonts(ImFontAtlas& atlas, const std::filesystem::path& assets_dir,
                               const Metrics& metrics, std::span<const std::string_view> texts);

/// Width of one line of text.
float text_width(const ImFont& font, std::string_view text);

}  // namespace hailong::kiosk::design
