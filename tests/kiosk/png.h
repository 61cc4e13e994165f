#pragma once

#include <filesystem>
#include <optional>

#include "kiosk/design/picture.h"

namespace hailong::tests {

/// Opaque pictures as PNG files, by Cairo. Nothing and false on any failure.
std::optional<kiosk::design::Picture> read_png(const std::filesystem::path& file);
bool write_png(const kiosk::design::Picture& picture, const std::filesystem::path& file);

}  // namespace hailong::tests
